"""Innovations: the programme each is from, the application born of it, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from graph.landscape import Landscape
from graph.schema.codes import Lifecycle, Survival

RUNNING = {Lifecycle.ACTIVE: Survival.ACTIVE}
ENDED = {Lifecycle.INACTIVE: Survival.INACTIVE, Lifecycle.RETIRED: Survival.INACTIVE}
FATE = {str(k): str(v) for k, v in (RUNNING | ENDED).items()}
"""What the status of an application says of the innovation that it was born of."""


class Born(NamedTuple):
    """An application that was born of an innovation."""

    id: str
    name: str
    status: str


class Entry(NamedTuple):
    """One innovation."""

    id: str
    name: str
    programme: str
    batch: str | None
    year: int | None
    stage: str
    by: tuple[tuple[str, str], ...]  # (id, name) of the bodies that initiated it
    born: tuple[Born, ...]
    survival: str
    inferred: bool  # the survival follows from the status of the application


class Step(NamedTuple):
    """So many innovations from one bar of the picture to the next."""

    source: tuple[int, str]
    target: tuple[int, str]
    amount: int


def entries(L: Landscape, lang: str) -> list[Entry]:
    """List the innovations, the newest first."""
    apps = {r["id"]: Born(r["id"], r["name"], r["status"]) for r in L.rows("Application")}
    found = []
    for r in L.rows("Innovation"):
        born = tuple(apps[a] for a in L.sources(r["id"], "ORIGINATES_FROM"))
        survival, inferred = _survival(str(r["survival"]), born)
        by = tuple((a, L.name(a, lang)) for a in L.sources(r["id"], "INITIATED"))
        found.append(
            Entry(
                r["id"],
                L.name(r["id"], lang),
                str(r["programme"]),
                r["batch"],
                r["year"],
                str(r["stage"]),
                by,
                born,
                survival,
                inferred,
            )
        )
    return sorted(found, key=lambda e: (-(e.year or 0), e.name.casefold()))


def _survival(said: str, born: Iterable[Born]) -> tuple[str, bool]:
    if said != Survival.UNKNOWN:
        return said, False
    fates = {FATE[b.status] for b in born if b.status in FATE}
    if not fates:
        return said, False
    return (str(Survival.ACTIVE) if str(Survival.ACTIVE) in fates else fates.pop()), True


def steps(found: Iterable[Entry]) -> list[Step]:
    """Add innovations up: programme → an application or none → what became of it."""
    amounts: Counter[tuple[tuple[int, str], tuple[int, str]]] = Counter()
    for e in found:
        path = ((0, e.programme), (1, "born" if e.born else "none"), (2, e.survival))
        amounts[path[0], path[1]] += 1
        amounts[path[1], path[2]] += 1
    return [Step(a, b, n) for (a, b), n in sorted(amounts.items())]
