"""A graph in memory, as columnar tables: what every store, export, page and command shows.

A Landscape holds one table per node type and one per relation, with the properties that
`graph.schema` declares, and two tables about them: where each fact comes from (`origins`) and
what speaks for and against each finding, suggestion and similar pair (`evidence`). Tables are
sorted, so equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
            pa.Table.from_pylist(sorted(evidence, key=lambda e: str(e["about"])), EVIDENCE),
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

    @cached_property
    def generated(self) -> bool:
        """Say whether any source is generated; whatever shows the graph says so too."""
        return any(self.nodes["Source"].column("generated").to_pylist())

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
        if kind in self._rows:
            return self._rows[kind][at]
        return self._one(self.nodes[kind].slice(at, 1))

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

    @staticmethod
    def _one(table: pa.Table) -> dict[str, Any]:
        return dict(table.to_pylist()[0])

    def name(self, id: str, lang: str) -> str:
        """Give a node's name in a language: the English one where there is one."""
        row = self.node(id)
        return str((lang == "en" and row.get("name_en")) or row["name"])

    def brief(self, id: str | None) -> dict[str, str] | None:
        """Name a node as the contract does: {"id", "type", "name"}; None for None."""
        if id is None:
            return None
        return {"id": id, "type": self.type_of(id), "name": self.node(id)["name"]}

    # ------------------------------------------------------------ edges
    def edges_of(self, id: str) -> list[tuple[str, str, dict[str, Any]]]:
        """Give (relation, "out" | "in", edge row) of each edge that touches a node.

        O(r log m + d) for r relations, m edges and d edges of the node; the first call sorts the
        edges by target once.
        """
        found = []
        for relation, table in self.edges.items():
            for direction, sorted_ in (("out", table), ("in", self._by_target[relation])):
                column = "source" if direction == "out" else "target"
                for row in _run(sorted_, column, id).to_pylist():
                    found.append((relation, direction, row))
        return found

    @cached_property
    def _by_target(self) -> dict[str, pa.Table]:
        return {
            k: t.sort_by([("target", "ascending"), ("source", "ascending"), ("id", "ascending")])
            for k, t in self.edges.items()
        }

    def targets(self, id: str, relation: str) -> list[str]:
        """Give the ids that edges of a relation lead to from a node."""
        return list(_run(self.edges[relation], "source", id).column("target").to_pylist())

    def sources(self, id: str, relation: str) -> list[str]:
        """Give the ids from which edges of a relation lead to a node."""
        return list(_run(self._by_target[relation], "target", id).column("source").to_pylist())

    # ------------------------------------------------------------ facts about facts
    def origins_of(self, about: str, property: str | None = None) -> list[Origin]:
        """Give the origins of a node, an edge, or one of a node's properties. O(log n)."""
        found = _run(self.origins, "about", about).to_pylist()
        wanted = [r for r in found if r.pop("about") and r.pop("property") == property]
        return [Origin(**r) for r in wanted]

    def evidence_of(self, about: str, side: str | None = None) -> list[dict[str, Any]]:
        """Give what speaks for or against a finding or a pair, in the order the build wrote it."""
        found = _run(self.evidence, "about", about).to_pylist()
        for row in found:
            row["facts"] = json.loads(row["facts"] or "{}")
            row["origins"] = [Origin(*o) for o in json.loads(row["origins"] or "[]")]
        return [r for r in found if side is None or r["side"] == side]

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


def _run(table: pa.Table, column: str, value: str) -> pa.Table:
    """Give the rows of a table sorted by a column that have a value. O(log n)."""
    values = table.column(column)
    start = bisect_left(range(len(values)), value, key=lambda i: values[i].as_py())
    end = bisect_right(range(len(values)), value, lo=start, key=lambda i: values[i].as_py())
    return table.slice(start, end - start)


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
        Edges are compared by their id and reported under the id of their source: one that came
        or went as its relation, before or after being its target; one whose properties changed
        as relation.property.
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
        for id in sorted(olds.keys() & news.keys()):
            for name in RELATIONS[relation].props:
                if olds[id][name] != news[id][name]:
                    where = f"{relation}.{name}"
                    yield "changed", news[id]["source"], where, olds[id][name], news[id][name]


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
