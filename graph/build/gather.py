"""From records to nodes: one node per thing, every value with the rows it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.landscape import edge_id
from graph.origins import Origins
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Property
from graph.schema.records import EdgeRecord, NodeRecord

TEXTS_KEPT = 5


@dataclass
class Gathered:
    """Nodes and edges as rows, each with its origins."""

    nodes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    edges: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    origins: Origins = field(default_factory=Origins)


def gather(nodes: Iterable[NodeRecord], edges: Iterable[EdgeRecord]) -> Gathered:
    """Make one node of the records of one id, one edge of those that say the same.

    Rows that only mention a thing are the node's origin only where no row describes it
    (design §14). O(n log n) for n records.
    """
    out = Gathered()
    by_id: dict[tuple[str, str], list[NodeRecord]] = defaultdict(list)
    for record in nodes:
        by_id[record.type, record.id].append(record)
    for (kind, id), records in sorted(by_id.items()):
        if len(records) > 1:
            records.sort(key=_place)
        described = [r for r in records if not r.mention]
        _node(out, kind, id, described, records)
    by_edge: dict[tuple[str, str], list[EdgeRecord]] = defaultdict(list)
    for edge in edges:
        by_edge[edge.relation, _edge_key(edge)].append(edge)
    for (relation, id), found in sorted(by_edge.items()):
        if len(found) > 1:
            found.sort(key=_place)
        _edge(out, relation, id, found)
    return out


def _edge_key(edge: EdgeRecord) -> str:
    return edge_id(edge.relation, edge.source, edge.target, edge.props)


def _place(record: NodeRecord | EdgeRecord) -> tuple[str, str, str, int, str, str]:
    o = record.origin
    return o.source, o.file or "", o.sheet or "", o.row or 0, o.column or "", o.how


def _node(
    out: Gathered, kind: str, id: str, described: list[NodeRecord], all: list[NodeRecord]
) -> None:
    props: dict[str, Any] = {"id": id}
    records = described or all
    stated = {name for r in all for name in r.props} - {"name", "aliases"}
    for name, declared in NODE_TYPES[kind].props.items():
        if name not in stated:
            continue
        value, holders = _value(declared, records)
        # many lists of regions that use a national application do not make it theirs
        if name == "government" and (told := _value(declared, _authority(records)))[1]:
            value, holders = told
        if name == "relay" and not holders:  # a gateway is known by those who name it as theirs
            value, holders = _value(declared, all)
        if holders:
            props[name] = value
            _told(out, id, name, holders)
    if not described and "mentioned" in NODE_TYPES[kind].props:
        props["mentioned"] = True
        out.origins.add(id, "mentioned", [r.origin for r in records])
    _names(out, kind, id, props, records, all)
    out.nodes.append((kind, props))
    out.origins.add(id, None, list(dict.fromkeys(r.origin for r in records)))


def _names(
    out: Gathered,
    kind: str,
    id: str,
    props: dict[str, Any],
    records: list[NodeRecord],
    all: list[NodeRecord],
) -> None:
    """The shown name is the authority's, else the one most rows bear; others are aliases."""
    count = Counter(str(r.props["name"]) for r in _authority(records) or records)
    shown = min(count, key=lambda n: (-count[n], n))
    props["name"] = shown
    has_aliases = "aliases" in NODE_TYPES[kind].props
    others: set[str] = set()
    for r in all:
        aliases = r.props.get("aliases") or ()
        spelled = [str(r.props["name"]), *(aliases if isinstance(aliases, tuple | list) else ())]
        if shown in spelled[:1]:
            _told(out, id, "name", [r])
        if has_aliases and any(s != shown for s in spelled):
            others |= {s for s in spelled if s != shown}
            out.origins.add(id, "aliases", [r.origin], [r.columns.get("name")])
    if others:
        props["aliases"] = tuple(sorted(others))


def _authority(records: list[NodeRecord]) -> list[NodeRecord]:
    return [r for r in records if r.origin.source == "reference"]


def _value(declared: Property, records: list[NodeRecord]) -> tuple[Any, list[NodeRecord]]:
    """Give the value most records say (ties: the first in order of text) and who says it."""
    said: list[tuple[Any, NodeRecord]] = [
        (r.props[declared.name], r) for r in records if r.props.get(declared.name) is not None
    ]
    if not said:
        return None, []
    if declared.many:
        values = sorted({v for value, _ in said for v in value})
        return tuple(values), [r for _, r in said]
    if declared.name == "description":
        count = Counter(str(v) for v, _ in said)
        kept = sorted(count, key=lambda t: (-count[t], -len(t), t))[:TEXTS_KEPT]
        return "; ".join(kept), [r for v, r in said if v in kept]
    stated = [(v, r) for v, r in said if v != "unknown"] or said
    counts = Counter(v for v, _ in stated)
    best = min(counts, key=lambda v: (-counts[v], str(v)))
    return best, [r for v, r in stated if v == best]


def _told(out: Gathered, id: str, name: str, holders: Sequence[NodeRecord]) -> None:
    """Keep the cells in which a value stands."""
    out.origins.add(id, name, [r.origin for r in holders], [r.columns.get(name) for r in holders])


def _edge(out: Gathered, relation: str, id: str, records: list[EdgeRecord]) -> None:
    first = records[0]
    row: dict[str, Any] = {"id": id, "source": first.source, "target": first.target}
    for name in RELATIONS[relation].props:
        values = [r.props[name] for r in records if r.props.get(name) is not None]
        if values:
            row[name] = values[0]
    out.edges.append((relation, row))
    out.origins.add(id, None, list(dict.fromkeys(r.origin for r in records)))


def renamed(records: Iterable[NodeRecord], ids: Mapping[str, str]) -> list[NodeRecord]:
    """Give the records under the ids of the nodes they belong to."""
    return [replace(r, id=ids[r.id]) if ids.get(r.id, r.id) != r.id else r for r in records]


def redirected(edges: Iterable[EdgeRecord], ids: Mapping[str, str]) -> list[EdgeRecord]:
    """Give the edges between the nodes that their ends belong to."""
    return [
        replace(e, source=ids.get(e.source, e.source), target=ids.get(e.target, e.target))
        if ids.get(e.source, e.source) != e.source or ids.get(e.target, e.target) != e.target
        else e
        for e in edges
    ]
