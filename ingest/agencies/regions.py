"""A text as words, and the regions that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.reference import Region
from graph.schema.records import plain
from ingest.agencies.index import index
from ingest.agencies.words import ADMINISTRATIVE, GOVERNMENT, KINDS, SMALL


class Token(NamedTuple):
    """A word of a text: case folded, and where it stands."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Part a text into its words."""
    found = []
    for m in re.finditer(r"[^\W_]+", text):
        word = m[0].lower() if m[0].isascii() else plain(m[0]).replace(" ", "")
        if word:
            found.append(Token(word, m.start(), m.end()))
    return found


def regions_named(text: str) -> tuple[str, ...]:
    """Give the codes of the regions that a text names with their kind ("Kabupaten Magetan")."""
    return tuple(r.code for r in regions_in(tokens_of(text))[0])


def regions_in(
    tokens: Sequence[Token],
) -> tuple[tuple[Region, ...], list[tuple[int, int]]]:
    """Find the regions a text names with their kind; the most specific ones, and all places."""
    found: list[Region] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        hit = _region_at(tokens, at)
        if hit:
            found.append(hit[0])
            places.append((at, hit[1]))
        at = hit[1] if hit else at + 1
    parents = {r.parent for r in found}
    return tuple(dict.fromkeys(r for r in found if r.code not in parents)), places


def _region_at(tokens: Sequence[Token], at: int) -> tuple[Region, int] | None:
    kind = KINDS.get(tokens[at].word)
    if kind is None:
        return None
    start = at + 1
    while start < len(tokens) and tokens[start].word in ADMINISTRATIVE:
        start += 1
    names = index().regions[kind]
    for end in range(min(start + 5, len(tokens)), start, -1):
        region = names.get("".join(t.word for t in tokens[start:end]))
        if region:
            return region, end
    return None


def left(tokens: Sequence[Token], places: Sequence[tuple[int, int]]) -> list[Token]:
    """Give the words that stand outside some places."""
    gone = {i for start, end in places for i in range(start, end)}
    return [t for i, t in enumerate(tokens) if i not in gone]


def without_government(tokens: list[Token], named: bool) -> list[Token]:
    """Take off what only says that a government is meant, and small words at the end."""
    while tokens and tokens[-1].word in SMALL | ({"pemerintah", "pemda"} if named else set()):
        tokens = tokens[:-1]
    only = GOVERNMENT | KINDS.keys()
    return [] if all(t.word in only for t in tokens) else tokens


def spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the runs of tokens that may name a body: those at the end first, longest first."""
    n = len(tokens)
    yield from ((start, n) for start in range(1, n))
    yield from ((a, b) for a in range(n) for b in range(n - 1, a, -1))


def full_name(region: Region) -> str:
    """Name a region with its kind; the list has it for regencies and cities only."""
    name = region.name.strip()
    return f"Provinsi {name}" if region.kind == "province" else name


def ends_with_region(own: str, region: Region) -> bool:
    """Say whether a unit's own name ends with its region's: "Sleman" of Kabupaten Sleman."""
    kind_less = plain(region.name).split()
    kind_less = kind_less[1:] if kind_less[:1] in (["kabupaten"], ["kota"]) else kind_less
    words = plain(own).split()
    return bool(kind_less) and words[-len(kind_less) :] == kind_less
