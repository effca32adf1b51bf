"""A graph in memory, as columnar tables: what every store, export, page and command shows.

A Landscape holds one table per node type and one per relation, with the properties that
`graph.schema` declares, and two tables about them: where each fact comes from (`origins`) and
what speaks for and against each finding, suggestion and similar pair (`evidence`). Tables are
sorted, so equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.origins import ORIGINS, OriginIndex, OriginRow, Origins, runs
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Code, Property, Value
from graph.schema.records import Origin

if TYPE_CHECKING:
    import networkx as nx
    from _typeshed import ReadableBuffer

__all__ = [
    "EVIDENCE",
    "ORIGINS",
    "Change",
    "Evidence",
    "Landscape",
    "arrow_type",
    "difference",
    "edge_id",
    "edge_schema",
    "evidence_row",
    "node_schema",
]

EVIDENCE = pa.schema(
    [
        ("about", pa.string()),  # id of a Finding, or of a SIMILAR_TO or SAME_AS edge
        ("side", pa.string()),  # for | against | survivor | rule | runner_up | merged | former
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


NODE_KEYS = ("id",)
EDGE_KEYS = ("source", "target", "id")
PACKED = 20_000  # rows
OFTEN = 200  # rows of a table per question from which on an index of it pays
_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


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
        origins: Iterable[OriginRow] = (),
        evidence: Iterable[dict[str, Any]] = (),
        as_of: str | None = None,
    ) -> Landscape:
        """Make a Landscape from rows: (type, {"id": …}), (relation, {"source": …, "target": …}).

        Missing properties take the declared default; edges get their id; an origin that is told
        twice counts once. O(n log n).
        """
        kinds, relations = _by_kind(nodes), _by_kind(edges)
        told = origins if isinstance(origins, Origins) else Origins(origins)
        return cls(
            {k: _node_table(k, kinds.get(k, [])) for k in NODE_TYPES},
            {k: _edge_table(k, relations.get(k, [])) for k in RELATIONS},
            told.table().cast(ORIGINS),
            (evidence if isinstance(evidence, Evidence) else Evidence(evidence)).table(),
            as_of,
        )

    def merged(
        self,
        nodes: Iterable[tuple[str, dict[str, Any]]] = (),
        edges: Iterable[tuple[str, dict[str, Any]]] = (),
        updates: Mapping[str, dict[str, Any]] = MappingProxyType({}),
    ) -> Landscape:
        """Give a Landscape with further nodes and edges, and other values of its applications.

        Tables that nothing is added to are those of this one. O(n log n) for the others.

        Parameters
        ----------
        nodes, edges
            As in `of`.
        updates
            Application → the properties that change.
        """
        kinds, relations = _by_kind(nodes), _by_kind(edges)
        tables = dict(self.nodes)
        if updates:
            apps = [row | updates.get(row["id"], {}) for row in self.rows("Application")]
            tables["Application"] = _node_table("Application", apps)
        for kind, rows in kinds.items():
            tables[kind] = _sorted([tables[kind], _node_table(kind, rows)], NODE_KEYS)
        links = dict(self.edges)
        for relation, rows in relations.items():
            links[relation] = _sorted([links[relation], _edge_table(relation, rows)], EDGE_KEYS)
        return replace(self, nodes=tables, edges=links)

    def without(self, ids: Iterable[str]) -> Landscape:
        """Give a Landscape without some nodes, and without the edges that touch them. O(n)."""
        gone = pa.array(sorted(ids), pa.string())
        nodes = {
            k: t.filter(pc.invert(pc.is_in(t.column("id"), gone))) for k, t in self.nodes.items()
        }
        edges = {k: t.filter(pc.invert(_touches(t, gone))) for k, t in self.edges.items()}
        return replace(
            self,
            nodes={k: t.combine_chunks() for k, t in nodes.items()},
            edges={k: t.combine_chunks() for k, t in edges.items()},
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
            with pa.ipc.new_stream(_Hashed(digest), table.schema) as out:
                out.write_table(table.combine_chunks())
        return digest.hexdigest()

    @cached_property
    def generated(self) -> bool:
        """Say whether any source is generated; whatever shows the graph says so too."""
        return any(self.nodes["Source"].column("generated").to_pylist())

    # ------------------------------------------------------------ nodes
    def ids(self, kind: str) -> set[str]:
        """Give the ids of the nodes of a type. O(n)."""
        return set(self.nodes[kind].column("id").to_pylist())

    def values(self, property: str) -> set[Any]:
        """Give the values that nodes of any type have of a property. O(n)."""
        tables = [t for t in self.nodes.values() if property in t.column_names]
        return {v for t in tables for v in t.column(property).unique().to_pylist()}

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
        for relation in self.edges:
            for direction, column in (("out", "source"), ("in", "target")):
                rows = self._run(relation, column, id)
                if rows is not None:
                    found += [(relation, direction, row) for row in rows.to_pylist()]
        return found

    def touching(self, ids: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give (relation, edge row) of each edge that touches one of many nodes. O(m) for m edges.

        `edges_of` is for a few.
        """
        wanted = pa.array(sorted(ids), pa.string())
        for relation, table in self.edges.items():
            for row in table.filter(_touches(table, wanted)).to_pylist():
                yield relation, row

    @cached_property
    def _by_target(self) -> dict[str, pa.Table]:
        return {
            k: t.sort_by([("target", "ascending"), ("source", "ascending"), ("id", "ascending")])
            for k, t in self.edges.items()
        }

    def targets(self, id: str, relation: str) -> list[str]:
        """Give the ids that edges of a relation lead to from a node."""
        return self._values(relation, "source", id, "target")

    def sources(self, id: str, relation: str) -> list[str]:
        """Give the ids from which edges of a relation lead to a node."""
        return self._values(relation, "target", id, "source")

    def _values(self, table: str, column: str, value: str, wanted: str) -> list[str]:
        rows = self._run(table, column, value)
        return [] if rows is None else list(rows.column(wanted).to_pylist())

    # ------------------------------------------------------------ facts about facts
    def origins_of(self, about: str, property: str | None = None) -> list[Origin]:
        """Give the origins of a node, an edge, or one of a node's properties. O(log n)."""
        if self._is_often_asked("origins", self.origins):
            return self._all_origins.of(about, property)
        rows = self._run("origins", "about", about)
        found = [] if rows is None else rows.to_pylist()
        wanted = [r for r in found if r.pop("about") and r.pop("property") == property]
        return [Origin(**r) for r in wanted]

    def evidence_of(self, about: str, side: str | None = None) -> list[dict[str, Any]]:
        """Give what speaks for or against a finding or a pair, in the order the build wrote it."""
        rows = self._run("evidence", "about", about)
        found = [] if rows is None else rows.to_pylist()
        for row in found:
            row["facts"] = json.loads(row["facts"] or "{}")
            row["origins"] = [Origin(*o) for o in json.loads(row["origins"] or "[]")]
        return [r for r in found if side is None or r["side"] == side]

    def _run(self, name: str, column: str, value: str) -> pa.Table | None:
        """Give the rows of a table that have a value in the column it is sorted by, if any do.

        O(log n), and O(1) once a table was asked so often that an index of it has paid.
        """
        key = name, column
        table = self._sorted_by(name, column)
        if self._is_often_asked(f"{name} {column}", table):
            if key not in self._indexes:
                self._indexes[key] = runs(table.column(column))
            start, end = self._indexes[key].get(value, (0, 0))
        else:
            start, end = _span(table.column(column), value)
        return table.slice(start, end - start) if end > start else None

    def _sorted_by(self, name: str, column: str) -> pa.Table:
        if name in self.edges:
            return self._by_target[name] if column == "target" else self.edges[name]
        return self.origins if name == "origins" else self.evidence

    def _is_often_asked(self, what: str, table: pa.Table) -> bool:
        self._asked[what] += 1
        return bool(self._asked[what] * OFTEN > table.num_rows)

    @cached_property
    def _asked(self) -> Counter[str]:
        return Counter()

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[str, tuple[int, int]]]:
        return {}

    @cached_property
    def _all_origins(self) -> OriginIndex:
        return OriginIndex(self.origins)

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


class _Hashed(io.RawIOBase):
    """A file that is only hashed, so that what is written is never held twice."""

    def __init__(self, digest: hashlib._Hash) -> None:
        self._digest = digest

    def writable(self) -> bool:
        return True

    def write(self, part: ReadableBuffer, /) -> int:
        self._digest.update(part)
        return memoryview(part).nbytes


def _span(column: pa.ChunkedArray, value: str) -> tuple[int, int]:
    """Give where the rows of a value stand in a sorted column. O(log n)."""
    values = column.chunk(0) if column.num_chunks == 1 else column
    start = bisect_left(range(len(values)), value, key=lambda i: values[i].as_py())
    end = start
    while end < len(values) and values[end].as_py() == value:
        end += 1
    return start, end


class Evidence:
    """Rows of evidence as they are found: as a table from `PACKED` on, a fifth as large."""

    def __init__(self, rows: Iterable[dict[str, Any]] = ()) -> None:
        self._rows: list[dict[str, Any]] = []
        self._tables: list[pa.Table] = []
        self += rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give the rows in the order in which they were added."""
        for table in self._tables:
            yield from table.to_pylist()
        yield from self._rows

    def __iadd__(self, rows: Iterable[dict[str, Any]]) -> Evidence:
        for row in rows:
            self.append(row)
        return self

    def append(self, row: dict[str, Any]) -> None:
        """Add a row, as `evidence_row` makes it."""
        self._rows.append(row)
        if len(self._rows) == PACKED:
            self._pack()

    def _pack(self) -> None:
        self._tables.append(pa.Table.from_pylist(self._rows, EVIDENCE))
        self._rows = []

    def table(self, without: Iterable[str] = ()) -> pa.Table:
        """Give all as a table: by what it is about, and of one thing in the order added."""
        self._pack()
        gone = pa.array(sorted(without), pa.string())
        kept = [t.filter(pc.invert(pc.is_in(t.column("about"), gone))) for t in self._tables]
        return _sorted(kept if len(gone) else self._tables, ("about",))


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
        "facts": _json(dict(facts or {})),
        "origins": _json([list(o) for o in origins]),
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


def _defaults(cls: type | None) -> dict[str, Any]:
    fields: Mapping[str, Any] = getattr(cls, "__dataclass_fields__", {})
    return {f.name: f.default for f in fields.values() if isinstance(f.default, str | bool | tuple)}


def _by_kind(rows: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind, row in rows:
        found[kind].append(row)
    return found


def _node_table(kind: str, rows: list[dict[str, Any]]) -> pa.Table:
    return _sorted([_table(rows, NODE_TYPES[kind].cls, node_schema(kind))], NODE_KEYS)


def _edge_table(relation: str, rows: list[dict[str, Any]]) -> pa.Table:
    named = [
        row if "id" in row else row | {"id": edge_id(relation, row["source"], row["target"], row)}
        for row in rows
    ]
    cls = RELATIONS[relation].props_cls
    return _sorted([_table(named, cls, edge_schema(relation))], EDGE_KEYS)


def _table(rows: list[dict[str, Any]], cls: type | None, schema: pa.Schema) -> pa.Table:
    """Make a table, with the declared defaults in place of what is missing."""
    if not rows:
        return schema.empty_table()
    defaults = _defaults(cls)
    columns = [pa.array(_column(rows, f.name, defaults.get(f.name)), f.type) for f in schema]
    return pa.table(columns, schema=schema)


def _sorted(tables: list[pa.Table], keys: tuple[str, ...]) -> pa.Table:
    """Give the rows of tables as one table, sorted. O(n log n)."""
    whole = pa.concat_tables(tables)
    return whole.sort_by([(k, "ascending") for k in keys]).combine_chunks()


def _touches(table: pa.Table, ids: pa.Array) -> pa.ChunkedArray:
    """Say of each edge whether it begins or ends at one of these nodes."""
    return pc.or_(pc.is_in(table.column("source"), ids), pc.is_in(table.column("target"), ids))


def _column(rows: list[dict[str, Any]], name: str, default: Any) -> list[Any]:
    found = (default if (value := row.get(name)) is None else value for row in rows)
    return [value.value if isinstance(value, Code) else value for value in found]
