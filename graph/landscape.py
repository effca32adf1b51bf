"""A graph in memory, as columnar tables: what every store, export, page and command shows.

A Landscape holds one table per node type and one per relation, with the properties that
`graph.schema` declares, and two tables about them: where each fact comes from (`origins`) and
what speaks for and against each finding, suggestion and similar pair (`evidence`). Tables are
sorted, so equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Code, Property, Value
from graph.schema.records import Origin

if TYPE_CHECKING:
    import networkx as nx

ORIGINS = pa.schema(
    [
        ("about", pa.string()),  # id of a node or an edge
        ("property", pa.string()),  # null: the whole node or edge
        ("source", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("how", pa.string()),
    ]
)
EVIDENCE = pa.schema(
    [
        ("about", pa.string()),  # id of a Finding, or of a SIMILAR_TO or SAME_AS edge
        ("side", pa.string()),  # for | against | survivor | rule | runner_up | merged
        ("kind", pa.string()),  # function | text | government | product | data | service | rule …
        ("text_id", pa.string()),
        ("text_en", pa.string()),
        ("value", pa.float64()),  # bits of a similar pair's part; else null
        ("facts", pa.string()),  # JSON of what else a reader needs (ids, article, status)
        ("origins", pa.string()),  # JSON list of origins
    ]
)


def arrow_type(prop: Property) -> pa.DataType:
    """Give the column type of a declared property."""
    base = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}.get(prop.type, pa.string())
    return pa.list_(base) if prop.many else base


def node_schema(name: str) -> pa.Schema:
    """Give the table schema of a node type, as declared."""
    props = NODE_TYPES[name].props.values()
    return pa.schema([("id", pa.string()), *((p.name, arrow_type(p)) for p in props)])


def edge_schema(name: str) -> pa.Schema:
    """Give the table schema of a relation, as declared."""
    props = RELATIONS[name].props.values()
    ends = [("id", pa.string()), ("source", pa.string()), ("target", pa.string())]
    return pa.schema([*ends, *((p.name, arrow_type(p)) for p in props)])


def edge_id(relation: str, source: str, target: str, props: Mapping[str, Value]) -> str:
    """Name an edge by what it says: relation, ends and the properties that tell edges apart."""
    parts = [relation, source, target, *(str(props.get(k) or "") for k in RELATIONS[relation].key)]
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
    return f"{relation.lower()}:{digest}"


@dataclass(frozen=True)
class Landscape:
    """One version of the graph; see the module for what the tables hold."""

    nodes: Mapping[str, pa.Table]
    edges: Mapping[str, pa.Table]
    origins: pa.Table
    evidence: pa.Table
    as_of: str | None = None
    generated: bool = field(default=False)

    @classmethod
    def of(
        cls,
        nodes: Iterable[tuple[str, dict[str, Any]]],
        edges: Iterable[tuple[str, dict[str, Any]]],
        origins: Iterable[tuple[str, str | None, Origin]] = (),
        evidence: Iterable[dict[str, Any]] = (),
        as_of: str | None = None,
    ) -> Landscape:
        """Make a Landscape from rows: (type, {"id": …}), (relation, {"source": …, "target": …}).

        Missing properties take the declared default; edges get their id. O(n log n).
        """
        node_rows: dict[str, list[dict[str, Any]]] = {name: [] for name in NODE_TYPES}
        for kind, row in nodes:
            node_rows[kind].append(_filled(NODE_TYPES[kind].cls, row))
        edge_rows: dict[str, list[dict[str, Any]]] = {name: [] for name in RELATIONS}
        for kind, row in edges:
            named = {"id": edge_id(kind, row["source"], row["target"], row)} | row
            edge_rows[kind].append(_filled(RELATIONS[kind].props_cls, named))
        found = [
            {"about": about, "property": prop} | origin._asdict() for about, prop, origin in origins
        ]
        return cls(
            {k: _table(rows, node_schema(k), ("id",)) for k, rows in node_rows.items()},
            {
                k: _table(rows, edge_schema(k), ("source", "target", "id"))
                for k, rows in edge_rows.items()
            },
            _table(found, ORIGINS, tuple(ORIGINS.names)),
            pa.Table.from_pylist(list(evidence), EVIDENCE),
            as_of,
        )

    # ------------------------------------------------------------ tables
    @property
    def tables(self) -> dict[str, pa.Table]:
        """Give every table by its file name: nodes/Application, edges/USES, origins, evidence."""
        return {
            **{f"nodes/{k}": t for k, t in self.nodes.items()},
            **{f"edges/{k}": t for k, t in self.edges.items()},
            "origins": self.origins,
            "evidence": self.evidence,
        }

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """Count nodes by type and edges by relation; empty ones are left out."""
        return (
            {k: t.num_rows for k, t in self.nodes.items() if t.num_rows},
            {k: t.num_rows for k, t in self.edges.items() if t.num_rows},
        )

    @cached_property
    def sha256(self) -> str:
        """Hash the tables' content; equal content, equal hash."""
        digest = hashlib.sha256((self.as_of or "").encode())
        for name, table in sorted(self.tables.items()):
            digest.update(name.encode())
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as out:
                out.write_table(table.combine_chunks())
            digest.update(sink.getvalue())
        return digest.hexdigest()

    # ------------------------------------------------------------ nodes
    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        return {
            i: (kind, n)
            for kind, table in self.nodes.items()
            for n, i in enumerate(table.column("id").to_pylist())
        }

    def __contains__(self, id: object) -> bool:
        return id in self._places

    def type_of(self, id: str) -> str:
        """Give the type of a node; `KeyError` if there is none."""
        return self._places[id][0]

    def node(self, id: str) -> dict[str, Any]:
        """Give a node's properties, `id` among them; `KeyError` if there is none."""
        kind, at = self._places[id]
        return self.rows(kind)[at]

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Give the nodes of a type as dicts, sorted by id; made once."""
        if kind not in self._rows:
            self._rows[kind] = self.nodes[kind].to_pylist()
        return self._rows[kind]

    def edge_rows(self, relation: str) -> list[dict[str, Any]]:
        """Give the edges of a relation as dicts, sorted by source and target; made once."""
        if relation not in self._rows:
            self._rows[relation] = self.edges[relation].to_pylist()
        return self._rows[relation]

    @cached_property
    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    def brief(self, id: str | None) -> dict[str, str] | None:
        """Name a node as the contract does: {"id", "type", "name"}; None for None."""
        if id is None:
            return None
        return {"id": id, "type": self.type_of(id), "name": self.node(id)["name"]}

    # ------------------------------------------------------------ edges
    @cached_property
    def _touching(self) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
        found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
        for relation in self.edges:
            for row in self.edge_rows(relation):
                found.setdefault(row["source"], []).append((relation, "out", row))
                found.setdefault(row["target"], []).append((relation, "in", row))
        return found

    def edges_of(self, id: str) -> list[tuple[str, str, dict[str, Any]]]:
        """Give (relation, "out" | "in", edge row) of each edge that touches a node."""
        return self._touching.get(id, [])

    def targets(self, id: str, relation: str) -> list[str]:
        """Give the ids that edges of a relation lead to from a node."""
        return [e["target"] for r, d, e in self.edges_of(id) if r == relation and d == "out"]

    def sources(self, id: str, relation: str) -> list[str]:
        """Give the ids from which edges of a relation lead to a node."""
        return [e["source"] for r, d, e in self.edges_of(id) if r == relation and d == "in"]

    # ------------------------------------------------------------ facts about facts
    @cached_property
    def _origins(self) -> dict[str, list[tuple[str | None, Origin]]]:
        found: dict[str, list[tuple[str | None, Origin]]] = {}
        for row in self.origins.to_pylist():
            about, prop = row.pop("about"), row.pop("property")
            found.setdefault(about, []).append((prop, Origin(**row)))
        return found

    def origins_of(self, about: str, property: str | None = None) -> list[Origin]:
        """Give the origins of a node, an edge, or one of a node's properties."""
        return [o for p, o in self._origins.get(about, ()) if p == property]

    @cached_property
    def _evidence(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.evidence.to_pylist():
            row["facts"] = json.loads(row["facts"] or "{}")
            row["origins"] = [Origin(*o) for o in json.loads(row["origins"] or "[]")]
            found.setdefault(row["about"], []).append(row)
        return found

    def evidence_of(self, about: str, side: str | None = None) -> list[dict[str, Any]]:
        """Give what speaks for or against a finding or a pair, in the order the build wrote it."""
        rows = self._evidence.get(about, [])
        return [r for r in rows if side is None or r["side"] == side]

    # ------------------------------------------------------------ views
    def to_networkx(self, relations: Iterable[str] | None = None) -> nx.MultiDiGraph:
        """Give the graph as networkx sees it: nodes with `type`, edges keyed by relation.

        O(n + m) time and memory, about 1 kB a node.
        """
        import networkx as nx  # a fifth of a second that only this view needs

        graph: nx.MultiDiGraph = nx.MultiDiGraph()
        for kind in self.nodes:
            graph.add_nodes_from((r["id"], {"type": kind} | r) for r in self.rows(kind))
        for relation in relations if relations is not None else self.edges:
            for row in self.edge_rows(relation):
                graph.add_edge(
                    row["source"], row["target"], key=row["id"], relation=relation, **row
                )
        return graph


def evidence_row(
    about: str,
    side: str,
    kind: str,
    texts: Mapping[str, str],
    *,
    value: float | None = None,
    facts: Mapping[str, Any] | None = None,
    origins: Iterable[Origin] = (),
) -> dict[str, Any]:
    """Make a row of the evidence table; `texts` as `graph.texts.both` gives them."""
    return {
        "about": about,
        "side": side,
        "kind": kind,
        **texts,
        "value": value,
        "facts": json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True),
        "origins": json.dumps([list(o) for o in origins], ensure_ascii=False),
    }


Change = tuple[str, str, str | None, Any, Any]


def difference(before: Landscape, after: Landscape) -> Iterator[Change]:
    """Give what changed from one version to another, node by node and property by property.

    Yields
    ------
    (change, id, property, before, after)
        `change` is added, removed or changed; for the first two property is None.
        Edges are compared by their id and reported under the id of their source.
    """
    for kind in NODE_TYPES:
        old = {r["id"]: r for r in before.rows(kind)}
        new = {r["id"]: r for r in after.rows(kind)}
        for id in sorted(old.keys() | new.keys()):
            if id not in new:
                yield "removed", id, None, old[id]["name"], None
            elif id not in old:
                yield "added", id, None, None, new[id]["name"]
            else:
                for name in old[id]:
                    if old[id][name] != new[id][name]:
                        yield "changed", id, name, old[id][name], new[id][name]
    for relation in RELATIONS:
        olds = {r["id"]: r for r in before.edge_rows(relation)}
        news = {r["id"]: r for r in after.edge_rows(relation)}
        for id in sorted(olds.keys() - news.keys()):
            yield "changed", olds[id]["source"], relation, olds[id]["target"], None
        for id in sorted(news.keys() - olds.keys()):
            yield "changed", news[id]["source"], relation, None, news[id]["target"]


def _filled(cls: type | None, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row with the declared defaults in place of what is missing; codes as text."""
    defaults = {} if cls is None else _defaults(cls)
    full = defaults | {k: v for k, v in row.items() if v is not None}
    return {k: _bare(v) for k, v in full.items()}


def _defaults(cls: type) -> dict[str, Any]:
    fields: Mapping[str, Any] = getattr(cls, "__dataclass_fields__", {})
    return {f.name: f.default for f in fields.values() if isinstance(f.default, str | bool | tuple)}


def _bare(value: Any) -> Any:
    if isinstance(value, Code):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _table(rows: list[dict[str, Any]], schema: pa.Schema, keys: tuple[str, ...]) -> pa.Table:
    table = pa.Table.from_pylist(rows, schema)
    if not rows:
        return table
    return table.sort_by([(k, "ascending") for k in keys]).combine_chunks()
