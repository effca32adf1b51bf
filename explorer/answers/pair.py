"""What the comparison shows: how alike two applications are and why, and both field by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc

from explorer.answers.profile import worded
from graph.analysis.names import address
from graph.errors import Locus
from graph.landscape import Landscape
from graph.questions.pairs import pair as weighed
from graph.schema import NODE_TYPES
from graph.schema.records import Origin

if TYPE_CHECKING:
    from graph.analysis.similar import Likeness

SURE, MAYBE = 0.9, 0.5
PROPERTIES = ("government", "scope", "status", "platform")
TEXTS = ("name", "description")
WORD = re.compile(r"(\w(?:[\w.&-]*\w)?)")
LONGEST_SHARED = 3  # letters below which a word tells nothing
ABOUT_DATA = ("READS", "WRITES", "MASTERS")
ENDS = {  # field → relation, and the end of the edge at which the application stands
    "owner": ("OWNS", "in"),
    "reported": ("USES", "in"),
    "function": ("PERFORMS", "out"),
    "service": ("SUPPORTS", "out"),
}
Both = tuple["Value", ...]


class Bar(NamedTuple):
    """One step of the waterfall, in bits; the prior comes first."""

    kind: str
    text: str
    value: float


class Value(NamedTuple):
    """One value of a field: its key for comparing, its text, its node if it is one, its places."""

    key: str
    text: str
    id: str | None
    origins: tuple[Origin, ...]


class Field(NamedTuple):
    """One field of both sides; `sign` is equal, partly, differ or unknown."""

    name: str
    left: Both
    right: Both
    sign: str

    @property
    def shared(self) -> frozenset[str]:
        """The keys that stand on both sides."""
        return frozenset(v.key for v in self.left) & frozenset(v.key for v in self.right)


class Side(NamedTuple):
    """One of the two applications, and the rows that describe it."""

    id: str
    name: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Pair:
    """Two applications side by side.

    Parameters
    ----------
    probability
        That both do one job; None if one of the two is not compared.
    written
        Whether the version holds the pair; else it was weighed for this page.
    shared
        Stems of the words that the names and descriptions of both use.
    """

    left: Side
    right: Side
    probability: float | None
    bars: tuple[Bar, ...]
    written: bool
    fields: tuple[Field, ...]
    shared: frozenset[str]

    @property
    def verdict(self) -> str:
        """The word for the probability: sure, maybe, low, or none where nothing was weighed."""
        p = self.probability
        return "none" if p is None else "sure" if p >= SURE else "maybe" if p >= MAYBE else "low"


class Near(NamedTuple):
    """An application beside another one, with the probability that both do one job."""

    id: str
    name: str
    probability: float


def pair(L: Landscape, left: str, right: str, lang: str, likeness: Callable[[], Likeness]) -> Pair:
    """Set two applications side by side; `KeyError` if one is not there."""
    found = weighed(L, left, right, lang, likeness)
    bars = tuple(Bar(b["kind"], b["text"], b["value"]) for b in found["bits"]) if found else ()
    return Pair(
        _end(L, left, lang),
        _end(L, right, lang),
        found["probability"] if found else None,
        bars,
        bool(found and found["written"]),
        tuple(_fields(L, left, right, lang)),
        shared_stems(_said(L, left), _said(L, right)),
    )


def _end(L: Landscape, id: str, lang: str) -> Side:
    return Side(id, L.name(id, lang), tuple(L.origins_of(id)))


def near(L: Landscape, id: str, lang: str) -> list[Near]:
    """List the applications that probably do the same job, the surest first."""
    found = []
    for relation, direction, e in L.edges_of(id):
        if relation == "SIMILAR_TO":
            other = e["target"] if direction == "out" else e["source"]
            found.append(Near(other, told_apart(L, other, lang), float(e["probability"])))
    return sorted(found, key=lambda n: (-n.probability, n.name, n.id))


def told_apart(L: Landscape, id: str, lang: str) -> str:
    """Name an application with its government, since many bear one name."""
    government: str | None = L.node(id).get("government")
    name = L.name(id, lang)
    return f"{name} · {L.name(government, lang)}" if government and government in L else name


def both_told_apart(L: Landscape, left: str, right: str, lang: str) -> tuple[str, str]:
    """Name two applications; where they bear one name with the owner, else with file and row."""
    for name in (told_apart, _with_owner, _with_place):
        names = name(L, left, lang), name(L, right, lang)
        if names[0].casefold() != names[1].casefold():
            break
    return names


def _with_owner(L: Landscape, id: str, lang: str) -> str:
    owners = ", ".join(L.name(o, lang) for o in L.sources(id, "OWNS"))
    return f"{told_apart(L, id, lang)} · {owners}" if owners else told_apart(L, id, lang)


def _with_place(L: Landscape, id: str, lang: str) -> str:
    first = next(iter(L.origins_of(id)), None)
    if first is None:
        return told_apart(L, id, lang)
    place = Locus(first.file or first.source, first.sheet, first.row).text(lang)
    return f"{told_apart(L, id, lang)} · {place}"


def closest(L: Landscape, lang: str, limit: int) -> list[tuple[str, str, str, str, float]]:
    """List the most alike pairs: (left, its name, right, its name, probability)."""
    order = [("probability", "descending"), ("source", "ascending"), ("target", "ascending")]
    table = L.edges["SIMILAR_TO"].select([name for name, _ in order])
    edges = table.take(pc.select_k_unstable(table, limit, order)).to_pylist()
    return [
        (
            e["source"],
            names[0],
            e["target"],
            names[1],
            float(e["probability"]),
        )
        for e in edges
        for names in [both_told_apart(L, e["source"], e["target"], lang)]
    ]


# ------------------------------------------------------------ fields
def _fields(L: Landscape, left: str, right: str, lang: str) -> Iterable[Field]:
    sides = [_values(L, id, lang) for id in (left, right)]
    for name in sides[0]:
        a, b = (tuple(s[name]) for s in sides)
        yield Field(name, a, b, sign({v.key for v in a}, {v.key for v in b}))


def sign(left: set[str], right: set[str]) -> str:
    """Say how two sides compare; what one of them does not tell is unknown, not different."""
    if not left or not right:
        return "unknown"
    return "equal" if left == right else "partly" if left & right else "differ"


def _values(L: Landscape, id: str, lang: str) -> dict[str, list[Value]]:
    row = L.node(id)
    edges = L.edges_of(id)
    found: dict[str, list[Value]] = {"name": _names(L, row)}
    found["description"] = _text(L, row, "description")
    for name, (relation, end) in ENDS.items():
        near_end = "source" if end == "in" else "target"
        ends = [(e[near_end], e["id"]) for r, d, e in edges if (r, d) == (relation, end)]
        found[name] = _nodes(L, ends, lang)
    for name in PROPERTIES:
        found[name] = _property(L, row, name, lang)
    found["address"] = _address(L, row)
    data = [(e["target"], e["id"]) for r, d, e in edges if r in ABOUT_DATA and d == "out"]
    joins = [(d, e) for r, d, e in edges if r == "INTEGRATES_WITH"]
    found["data"] = _nodes(L, [*data, *((e["data"], e["id"]) for _, e in joins)], lang)
    others = [(e["target" if d == "out" else "source"], e["id"]) for d, e in joins]
    found["integration"] = _nodes(L, others, lang)
    return found


def _names(L: Landscape, row: Mapping[str, Any]) -> list[Value]:
    origins = tuple(L.origins_of(row["id"], "name"))
    spelled = dict.fromkeys((str(row["name"]), *(row["aliases"] or ())))
    return [Value(_plain(text), text, None, origins) for text in spelled]


def _text(L: Landscape, row: Mapping[str, Any], name: str) -> list[Value]:
    text = row[name]
    origins = tuple(L.origins_of(row["id"], name))
    return [Value(_plain(text), text, None, origins)] if text else []


def _property(L: Landscape, row: Mapping[str, Any], name: str, lang: str) -> list[Value]:
    stated = name
    if name == "scope" and row[name] == "unknown":
        stated = "scope_inferred"
    value = row[stated]
    if value in ("unknown", "", None):
        return []
    prop = NODE_TYPES["Application"].props[stated]
    node = str(value) if prop.meaning.ref and value in L else None
    origins = tuple(L.origins_of(row["id"], stated))
    return [Value(_plain(str(value)), worded(L, prop, value, lang), node, origins)]


def _address(L: Landscape, row: Mapping[str, Any]) -> list[Value]:
    """Compare hosts: one host under two paths is one host."""
    text = row["address"]
    if not text:
        return []
    place = address(text)
    origins = tuple(L.origins_of(row["id"], "address"))
    return [Value(place.host if place else _plain(text), text, None, origins)]


def _nodes(L: Landscape, ends: Iterable[tuple[str | None, str]], lang: str) -> list[Value]:
    edges: dict[str, list[str]] = {}
    for id, edge in ends:
        if id is not None and id in L:
            edges.setdefault(id, []).append(edge)
    found = [
        Value(id, L.name(id, lang), id, tuple(o for e in by for o in L.origins_of(e)))
        for id, by in edges.items()
    ]
    return sorted(found, key=lambda v: (v.text.casefold(), v.key))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


# ------------------------------------------------------------ words in common
def _said(L: Landscape, id: str) -> str:
    row = L.node(id)
    return " ; ".join(x for x in (row["name"], *(row["aliases"] or ()), row["description"]) if x)


def shared_stems(left: str, right: str) -> frozenset[str]:
    """Give the stems that both texts use; words that every inventory uses are left out."""
    from graph.analysis.similar import GENERIC  # its libraries take a second
    from graph.analysis.vocabulary import stem, words

    one, other = (
        {stem(w) for w in words(text) if w not in GENERIC and len(w) >= LONGEST_SHARED}
        for text in (left, right)
    )
    return frozenset(one & other)


def marked(text: str, shared: frozenset[str]) -> list[tuple[str, bool]]:
    """Cut a text into pieces; True marks a word that the other side uses too."""
    from graph.analysis.vocabulary import stem, words

    pieces = [p for p in WORD.split(text) if p]
    return [(p, any(stem(w) in shared for w in words(p))) for p in pieces]
