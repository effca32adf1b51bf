"""What the profile of a node shows: facts and where each came from, neighbours, source rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow.compute as pc

from explorer.answers.findings import Claim, claims
from graph.landscape import Landscape
from graph.questions.profile import other_values
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Property
from graph.schema.records import Origin, plain

RowOf = Callable[[str, str | None, str | None, int | None], Mapping[str, str | None] | None]
ALWAYS = ("name", "description", "address", "status", "scope", "platform", "kind", "government")
HIDDEN = ("website", "relay", "kind", "scope_inferred", "name_en", "aliases")
LISTED = re.compile(r"[;\n]")  # between names in one cell
EMPTY: tuple[object, ...] = ("unknown", "", None, [], False)
MOST_ROWS = 40
# the node types that strands tell apart by shape; every other one is drawn as an application
SHAPES = {
    "Agency": "agency",
    "Application": "app",
    "DataEntity": "data",
    "Service": "service",
    "Function": "function",
    "Regulation": "rule",
    "Finding": "finding",
    "Region": "agency",
    "Interface": "interface",
    "Innovation": "innovation",
}
LINES = {"declared": "stated", "observed": "rule", "assumed": "assumed"}
"""Certainty → the line that stands for it (look.css)."""
SECOND_SIDE = ("SIMILAR_TO", "SAME_AS")  # they have no direction


class Fact(NamedTuple):
    """One property: its value, how it is known, and how many rows say it in the same words."""

    label: str
    value: str | None  # None: not known
    how: str
    rule: str | None
    agree: tuple[int, int] | None  # rows with the commonest spelling, rows that say anything
    others: tuple[tuple[str, int], ...]  # other spellings with their number of rows
    origins: tuple[Origin, ...]


class Neighbour(NamedTuple):
    """One edge, as seen from the node."""

    edge: str
    relation: str  # label in the language of the page
    side: str  # left: leads here; right: leads away
    id: str
    name: str
    type: str
    how: str
    note: str | None
    origins: tuple[Origin, ...]


class SourceRow(NamedTuple):
    """One row of a source, as it stands in the file."""

    origin: Origin
    cells: dict[str, str]


@dataclass(frozen=True)
class Profile:
    """One node, whole."""

    id: str
    type: str
    name: str
    facts: list[Fact]
    aliases: tuple[str, ...]
    merged: list[Claim]
    neighbours: list[Neighbour]
    rows: list[SourceRow]
    row_count: int
    sources: dict[str, tuple[str, str | None]]  # slug → name, as of
    owners: tuple[str, ...]


def joined(L: Landscape) -> dict[str, str]:
    """Lead from former ids of applications to the nodes that bear them now. O(nodes)."""
    rows = L.evidence.filter(pc.equal(L.evidence["side"], "former"))
    found = zip(rows["about"].to_pylist(), rows["facts"].to_pylist(), strict=True)
    return {old: about for about, facts in found for old in json.loads(facts)["ids"]}


def profile(L: Landscape, row_of: RowOf, id: str, lang: str) -> Profile:
    """Give a node with its facts, neighbours and source rows; `KeyError` if there is none.

    Parameters
    ----------
    row_of
        Gives the cells of a row by source, file, sheet and row number.
    """
    node, kind = L.node(id), L.type_of(id)
    records = L.origins_of(id)
    known = {s["slug"]: s for s in L.rows("Source")}
    slugs = dict.fromkeys(o.source for o in records)
    return Profile(
        id,
        kind,
        L.name(id, lang),
        [_fact(L, row_of, node, p, lang) for p in _shown(kind, node)],
        tuple(node.get("aliases") or ()),
        claims(L, id, "merged", lang),
        neighbours(L, id, lang),
        [_row(row_of, o) for o in records[:MOST_ROWS]],
        len(records),
        {s: (L.name(known[s]["id"], lang), known[s]["as_of"]) for s in slugs if s in known},
        tuple(L.name(a, lang) for a in L.sources(id, "OWNS")),
    )


def _shown(kind: str, node: Mapping[str, Any]) -> Iterable[Property]:
    props = NODE_TYPES[kind].props.values()
    return (
        p for p in props if p.name not in HIDDEN and (node[p.name] not in EMPTY or p.name in ALWAYS)
    )


def _fact(L: Landscape, row_of: RowOf, node: Mapping[str, Any], prop: Property, lang: str) -> Fact:
    value = node[prop.name]
    origins = L.origins_of(node["id"], prop.name)
    label = prop.meaning.label(lang)
    if value in EMPTY:
        return Fact(label, None, "unknown", None, None, (), ())
    said = Counter(text for o in origins if (text := _cell(row_of, o)))
    if prop.name == "name":
        said = _own(said, (str(value), *(node.get("aliases") or ())))
    common = sorted(said.items(), key=lambda item: (item[0] != value, -item[1], item[0]))
    agree = (common[0][1], sum(said.values())) if len(origins) > 1 and common else None
    differing = other_values(L, node["id"]).get(prop.name, [])
    others = [(worded(L, prop, o["value"], lang), len(o["origins"])) for o in differing]
    if others and agree is None:  # one row says the shown value, others say another
        agree = (len(origins), len(origins))
    if agree is not None:
        agree = (agree[0], agree[1] + sum(n for _, n in others))
    how, rule = certainty(origins)
    if not origins and L.origins_of(node["id"]):
        how, rule = "rule", None
    also = (*others, *common[1:5])
    return Fact(label, worded(L, prop, value, lang), how, rule, agree, also, tuple(origins))


def _own(said: Mapping[str, int], names: Iterable[str]) -> Counter[str]:
    """Count a cell that lists several applications as the spelling of this one in it."""
    own = {plain(n) for n in names}
    found: Counter[str] = Counter()
    for text, n in said.items():
        listed = (part.strip() for part in LISTED.split(text))
        found[next((p for p in listed if plain(p) in own), text)] += n
    return found


def worded(L: Landscape, prop: Property, value: Any, lang: str) -> str:
    """Write a value as people read it: labels for codes, names for ids."""
    if prop.codes is not None:
        return prop.codes.of(value).label(lang)
    if prop.many:
        return "; ".join(map(str, value))
    if prop.meaning.ref and value in L:
        return L.name(value, lang)
    return str(value)


def _cell(row_of: RowOf, o: Origin) -> str | None:
    cells = row_of(o.source, o.file, o.sheet, o.row) or {}
    text = cells.get(o.column) if o.column else None
    return " ".join(text.split()) if text else None


def certainty(origins: Iterable[Origin]) -> tuple[str, str | None]:
    """Give how a fact is known, the surest way first, and the rule's name if a rule did it."""
    ways = [o.how for o in origins]
    for way in ("judged", "stated"):
        if way in ways:
            return way, None
    rule = next((w.removeprefix("rule:") for w in ways if w.startswith("rule:")), None)
    if rule or not ways:
        return "rule", rule
    return "assumed", None


def how_known(edge: Mapping[str, Any], origins: Iterable[Origin]) -> str:
    """Give how an edge is known: as its source says, else as its origins do."""
    return LINES.get(edge.get("kind") or "") or certainty(origins)[0]


def neighbours(L: Landscape, id: str, lang: str) -> list[Neighbour]:
    """Give the edges of a node, those that lead here first; sources are shown as rows instead."""
    found = []
    for relation, direction, edge in L.edges_of(id):
        if relation == "DERIVED_FROM":
            continue
        other = edge["target"] if direction == "out" else edge["source"]
        left = direction == "in" and relation not in SECOND_SIDE
        origins = tuple(L.origins_of(edge["id"]))
        how = how_known(edge, origins)
        found.append(
            Neighbour(
                edge["id"],
                RELATIONS[relation].label(lang, backwards=direction == "in"),
                "left" if left else "right",
                other,
                L.name(other, lang),
                L.type_of(other),
                how,
                remark(L, relation, edge, lang),
                origins,
            )
        )
    return _told_apart(L, sorted(found, key=lambda n: (n.side, n.relation, n.name, n.edge)), lang)


def _told_apart(L: Landscape, found: list[Neighbour], lang: str) -> list[Neighbour]:
    """Write the government behind applications that bear one name."""
    names: dict[str, set[str]] = {}
    for n in found:
        names.setdefault(n.name, set()).add(n.id)
    return [
        n._replace(name=f"{n.name} · {L.name(government, lang)}")
        if len(names[n.name]) > 1 and (government := L.node(n.id).get("government"))
        else n
        for n in found
    ]


def remark(L: Landscape, relation: str, edge: Mapping[str, Any], lang: str) -> str | None:
    """Give what else an edge says in a few words: what goes over it, or what decided it."""
    if relation == "INTEGRATES_WITH":
        data = L.name(edge["data"], lang) if edge["data"] in L else None
        why = edge["reason"] if edge["kind"] == "assumed" and not edge["channel"] else None
        return " · ".join(x for x in (data, edge["channel"], edge["quote"], why) if x) or None
    if relation == "SUPPORTS":
        return str(edge["quote"]) if edge["quote"] else None
    if relation == "PERFORMS" and edge["words"]:
        return ", ".join(edge["words"])
    return None


def _row(row_of: RowOf, o: Origin) -> SourceRow:
    cells = row_of(o.source, o.file, o.sheet, o.row) or {}
    return SourceRow(o, {k: v for k, v in cells.items() if v})
