"""The authority lists by spelling, built once from the reference data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from graph import reference
from graph.reference import AuthorityAgency, CentralUnit, Region, UnitType
from graph.schema.records import plain
from ingest.agencies.words import ADMINISTRATIVE, LONG, PROVINCES


@dataclass(frozen=True)
class Index:
    """The authority lists, by spelling; built once."""

    bodies: dict[str, tuple[AuthorityAgency, ...]]
    successors: dict[str, tuple[AuthorityAgency, ...]]
    central_units: dict[str, CentralUnit]
    units: dict[str, tuple[UnitType, str]]
    units_in_full: dict[str, tuple[UnitType, str]]
    """The same with abbreviations written out; a form of two kinds is left out."""
    regions: dict[str, dict[str, Region]]
    """Kind → name without its kind and blanks → region."""
    bare: dict[str, tuple[Region, ...]]
    """The same for a name whose kind is not said: several regions may bear it."""


@cache
def index() -> Index:
    """Build the index of all spellings from the reference data."""
    bodies: dict[str, list[AuthorityAgency]] = defaultdict(list)
    successors: dict[str, list[AuthorityAgency]] = defaultdict(list)
    for body in reference.agencies().values():
        for spelling in dict.fromkeys(map(key, (*body.spellings, body.code))):
            bodies[spelling].append(body)
        if body.predecessor:
            successors[body.predecessor].append(body)
    central = {key(s): unit for unit in reference.central_units().values() for s in unit.spellings}
    units: dict[str, tuple[UnitType, str]] = {}
    for unit in reference.unit_types().values():
        for spelling in (unit.name, *unit.aliases, unit.code):
            units.setdefault(key(spelling), (unit, spelling))
    regions: dict[str, dict[str, Region]] = defaultdict(dict)
    bare: dict[str, list[Region]] = defaultdict(list)
    for region in reference.regions().values():
        for name in _region_names(region):
            regions[region.kind][name] = region
            bare[name].append(region)
    return Index(
        {k: tuple(v) for k, v in bodies.items()},
        {k: tuple(v) for k, v in successors.items()},
        central,
        units,
        _in_full(units.values()),
        dict(regions),
        {k: tuple(v) for k, v in bare.items()},
    )


def key(text: str) -> str:
    """Make the form in which spellings are compared: no blanks, no marks, no *dan*.

    >>> key("Dinas Komunikasi & Informatika") == key("dinas komunikasi dan informatika")
    True
    """
    return joined(plain(text).replace("direktorat jenderal", "ditjen").split())


def joined(words: Sequence[str]) -> str:
    """Join plain words without blanks and without *dan*."""
    return "".join(w for w in words if w not in {"dan", "and"})


def unit_called(words: Sequence[str]) -> tuple[UnitType, str] | None:
    """Give the kind of unit of plain words, and its spelling; "PTSP" is as good as its long form.

    >>> found = unit_called(["dinas", "penanaman", "modal", "dan", "ptsp"])
    >>> found and found[0].code
    'DPMPTSP'
    """
    found = index().units.get(joined(words))
    return found or (index().units_in_full.get(in_full(words)) if len(words) > 1 else None)


def in_full(words: Sequence[str]) -> str:
    """Join plain words with their abbreviations written out."""
    return joined([part for w in words for part in LONG.get(w, w).split()])


def _in_full(units: Iterable[tuple[UnitType, str]]) -> dict[str, tuple[UnitType, str]]:
    found: dict[str, list[tuple[UnitType, str]]] = defaultdict(list)
    for unit, spelling in units:
        words = plain(spelling).split()
        if len(words) > 1:
            found[in_full(words)].append((unit, spelling))
    return {k: v[0] for k, v in found.items() if len({unit.code for unit, _ in v}) == 1}


def regions_called(name: str) -> tuple[Region, ...]:
    """Give the regions of a name in the form of `key`, whatever their kind."""
    return index().bare.get(name, ())


def bare_of_state(spelled: str) -> str:
    """Take off "Republik Indonesia" where the list does not have it."""
    if spelled in index().bodies:
        return spelled
    for end in ("republikindonesia", "ri"):
        if spelled.endswith(end) and spelled[: -len(end)] in index().bodies:
            return spelled[: -len(end)]
    return spelled


@cache
def spellings() -> tuple[str, ...]:
    """Give every spelling of a body or a kind of unit, in the form of `key`."""
    return (*index().bodies, *index().units)


def _region_names(region: Region) -> set[str]:
    """Give the names of a region without its kind and without blanks."""
    words = plain(region.name).split()
    while words and (words[0] in {"kabupaten", "kota"} and region.kind != "province"):
        words = words[1:]
    while words and words[0] in ADMINISTRATIVE:
        words = words[1:]
    names = {"".join(words)}
    if region.kind == "province":
        names |= {plain(alias).replace(" ", "") for alias in PROVINCES.get(region.code, ())}
    return names
