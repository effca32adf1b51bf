"""A shared Neo4j server: brought to a version by difference, and asked like the embedded engine.

A server is never empty and never only ours. What is ours bears two properties: `_key`, the id it
is written by, and `_hash`, a hash of its content. Uniqueness stands on `_key`, which nobody else
has, so nodes of others keep their ids, even where two of them share one, or share one of ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from graph.errors import BrokenQuery, ServerNotThere, ServerRefused, UnknownOption
from graph.schema import NODE_TYPES, RELATIONS
from graph.store.cypher_text import guard, require, stripped
from graph.store.graph_store import ROW_LIMIT, TIMEOUT, Answer, answered, scalar, timed_out

if TYPE_CHECKING:
    import neo4j

    from graph.landscape import Landscape

ONE_TRANSACTION = 100_000  # changed rows; beyond it a server of 1 GB runs out of memory
BATCH = 5_000
MARK = "SimpulPublication"  # there while a publication in several transactions is under way
OURS = ("_key", "_hash")
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
PATIENCE = 5.0  # seconds until a server counts as not there

UPSERT_NODE = "UNWIND $rows AS r MERGE (n:{type} {{_key: r.key}}) SET n = r.props"
UPSERT_EDGE = (
    "UNWIND $rows AS r MATCH (a:{left} {{_key: r.source}}) MATCH (b:{right} {{_key: r.target}}) "
    "MERGE (a)-[x:{type} {{_key: r.key}}]->(b) SET x = r.props"
)
REMOVE_EDGE = "UNWIND $rows AS r MATCH ()-[x:{type} {{_key: r.key}}]->() DELETE x"
# a node that others have tied something to is left to them
LEAVE_NODE = "UNWIND $rows AS r MATCH (n:{type} {{_key: r.key}})--() REMOVE n._key, n._hash"
REMOVE_NODE = "UNWIND $rows AS r MATCH (n:{type} {{_key: r.key}}) DELETE n"
NODES_THERE = "MATCH (n:{type}) WHERE n._key IS NOT NULL RETURN n._key, n._hash"
EDGES_THERE = (
    "MATCH (a)-[x:{type}]->(b) WHERE x._key IS NOT NULL RETURN x._key, x._hash, a._key, b._key"
)


class Row(NamedTuple):
    """What publishing does to the nodes of a type or the edges of a relation."""

    type: str
    created: int
    updated: int
    removed: int
    unchanged: int


@dataclass
class Step:
    """One statement and the rows it is run over."""

    statement: str
    rows: list[dict[str, Any]] = field(default_factory=list)


def constraints() -> list[str]:
    """Give the statements that a server needs before anything is published, from the schema."""
    found = []
    for name in NODE_TYPES:
        low = name.lower()
        found.append(
            f"CREATE CONSTRAINT simpul_key_{low} IF NOT EXISTS "
            f"FOR (n:{name}) REQUIRE n._key IS UNIQUE"
        )
        found.append(f"CREATE INDEX simpul_id_{low} IF NOT EXISTS FOR (n:{name}) ON (n.id)")
    for name in RELATIONS:
        found.append(
            f"CREATE CONSTRAINT simpul_key_{name.lower()} IF NOT EXISTS "
            f"FOR ()-[r:{name}]-() REQUIRE r._key IS UNIQUE"
        )
    return found


def publish(
    landscape: Landscape,
    uri: str,
    user: str | None = None,
    password: str | None = None,
    *,
    database: str | None = None,
    dry_run: bool = False,
) -> list[Row]:
    """Bring a server to a landscape: write what is new or changed, remove what is gone and ours.

    Up to 100,000 changed rows go in one transaction, so readers see the old graph or the new
    one. More go in batches, between which a node `SimpulPublication` tells readers that the
    graph is incomplete; running it again finishes what was interrupted. A gone node to which
    others have tied an edge of their own is left to them, without our marks.

    Parameters
    ----------
    dry_run
        Only say what would be done; nothing is written, no constraint either.

    Returns
    -------
    list of Row
        Per type that is or was there, in the order of the schema.

    Raises
    ------
    ServerNotThere
        If it does not answer or does not let us in.
    ServerRefused
        If it answers and does not take the graph.
    """
    with _driver(uri, user, password) as driver, _sentences(uri):
        with driver.session(database=database, default_access_mode="READ") as session:
            rows, steps = _difference(session, landscape)
            unfinished = bool(
                session.run(f"MATCH (m:{MARK}) RETURN count(m)").single(strict=True)[0]
            )
        if not dry_run:
            with driver.session(database=database) as session:
                _constrain(session)
                _apply(session, steps, unfinished)
    return rows


def _constrain(session: neo4j.Session) -> None:
    """Make the constraints and indexes that are not there yet, in one transaction."""
    there = {name for (name,) in session.run("SHOW INDEXES YIELD name").values()}
    missing = [Step(text, [{}]) for text in constraints() if text.split()[2] not in there]
    if missing:
        session.execute_write(_run, missing)
        session.run("CALL db.awaitIndexes(300)").consume()


# ------------------------------------------------------------------ the difference
def _difference(session: neo4j.Session, landscape: Landscape) -> tuple[list[Row], list[Step]]:
    """Give the rows to report, and the steps in an order in which each finds what it needs."""
    report: list[Row] = []
    nodes: list[tuple[Step, ...]] = []
    edges: list[tuple[Step, ...]] = []
    for kind in NODE_TYPES:
        row, *steps = _nodes(session, landscape, kind)
        report.append(row)
        nodes.append(tuple(steps))
    for relation in RELATIONS:
        row, removed, written = _edges(session, landscape, relation)
        report.append(row)
        edges.append((removed, *written))
    ordered = [
        *(e[0] for e in edges),
        *(n[0] for n in nodes),
        *(step for e in edges for step in e[1:]),
        *(step for n in nodes for step in n[1:]),
    ]
    return [r for r in report if any(r[1:])], [s for s in ordered if s.rows]


def _nodes(session: neo4j.Session, landscape: Landscape, kind: str) -> tuple[Row, Step, Step, Step]:
    there = dict(session.run(NODES_THERE.format(type=kind)).values())
    before = len(there)
    wanted = [_marked(r["id"], r) for r in landscape.rows(kind)]
    write = [{"key": p["_key"], "props": p} for p in wanted if there.get(p["_key"]) != p["_hash"]]
    updated = sum(r["key"] in there for r in write)
    gone = [{"key": key} for key in sorted(there.keys() - {p["_key"] for p in wanted})]
    row = Row(kind, len(write) - updated, updated, len(gone), before - len(gone) - updated)
    return (
        row,
        Step(UPSERT_NODE.format(type=kind), write),
        Step(LEAVE_NODE.format(type=kind), gone),
        Step(REMOVE_NODE.format(type=kind), gone),
    )


def _edges(
    session: neo4j.Session, landscape: Landscape, relation: str
) -> tuple[Row, Step, list[Step]]:
    there = {k: tuple(rest) for k, *rest in session.run(EDGES_THERE.format(type=relation)).values()}
    write: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    gone, created, updated = set(there), 0, 0
    for row in landscape.edge_rows(relation):
        source, target = row["source"], row["target"]
        own = {k: v for k, v in row.items() if k not in ("source", "target")}
        props = _marked(row["id"], own)
        found = there.get(row["id"])
        same_ends = found is not None and found[1:] == (source, target)
        if same_ends:
            gone.discard(row["id"])
        if found == (props["_hash"], source, target):
            continue
        created, updated = created + (not same_ends), updated + same_ends
        types = landscape.type_of(source), landscape.type_of(target)
        write[types].append({"key": row["id"], "source": source, "target": target, "props": props})
    unchanged = len(there) - len(gone) - updated
    remove = Step(REMOVE_EDGE.format(type=relation), [{"key": k} for k in sorted(gone)])
    steps = [
        Step(UPSERT_EDGE.format(type=relation, left=a, right=b), rows)
        for (a, b), rows in sorted(write.items())
    ]
    return Row(relation, created, updated, len(gone), unchanged), remove, steps


def _marked(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the properties to write: what is null is absent, and our two marks are added."""
    props = {k: v for k, v in row.items() if v is not None}
    text = json.dumps(props, sort_keys=True, ensure_ascii=False)
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return props | {"_key": key, "_hash": digest}


def _apply(session: neo4j.Session, steps: Sequence[Step], unfinished: bool) -> None:
    """Write the difference, in one transaction if it fits."""
    parts = [
        Step(step.statement, step.rows[i : i + BATCH])
        for step in steps
        for i in range(0, len(step.rows), BATCH)
    ]
    unmark = Step(f"UNWIND $rows AS r MATCH (m:{MARK}) DELETE m", [{}])
    if sum(len(p.rows) for p in parts) <= ONE_TRANSACTION:
        session.execute_write(_run, [*parts, unmark] if unfinished else parts)
        return
    session.execute_write(
        _run, [Step(f"UNWIND $rows AS r MERGE (:{MARK} {{id: r.id}})", [{"id": "graph"}])]
    )
    for part in parts:
        session.execute_write(_run, [part])
    session.execute_write(_run, [unmark])


def _run(transaction: neo4j.ManagedTransaction, steps: Sequence[Step]) -> None:
    for step in steps:
        transaction.run(step.statement, rows=step.rows).consume()


# ------------------------------------------------------------------ asking
class Neo4j:
    """A Neo4j server as a `GraphStore`; `close` it, or use it as a context.

    Parameters
    ----------
    version
        What `version` answers: the name of what was published, if the caller knows it.
    """

    def __init__(
        self,
        uri: str,
        user: str | None = None,
        password: str | None = None,
        *,
        database: str | None = None,
        version: str = "",
    ) -> None:
        self._uri, self._database, self._version = uri, database, version or uri
        self._driver = _connect(uri, user, password)

    def __enter__(self) -> Neo4j:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    @property
    def version(self) -> str:
        """Name what is asked."""
        return self._version

    @property
    def complete(self) -> bool:
        """Whether no publication in several steps is under way or was interrupted."""
        return not self.query(f"MATCH (m:{MARK}) RETURN m.id AS id").rows

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Give the rows of a query; see `GraphStore.query`.

        The server looks at the clock every two seconds, so a timeout may come that much later.
        """
        import neo4j

        guard(text)
        require(text, parameters or {})
        most = ROW_LIMIT if limit is None else limit
        seconds = TIMEOUT if timeout is None else timeout
        order = neo4j.Query(stripped(text), timeout=seconds)
        try:
            with (
                _sentences(self._uri),
                self._driver.session(database=self._database, default_access_mode="READ") as s,
            ):
                result = s.run(order, dict(parameters or {}))
                cells = [record.values() for record in result.fetch(most + 1)]
                columns = list(result.keys())
        except neo4j.exceptions.Neo4jError as e:
            if "TransactionTimedOut" in (e.code or ""):
                return timed_out(seconds)
            raise BrokenQuery("", reason=(e.message or "?").splitlines()[0]) from e
        return answered(columns, [[plain(v) for v in row] for row in cells], most)


# ------------------------------------------------------------------ connection and cells
def _connect(uri: str, user: str | None, password: str | None) -> neo4j.Driver:
    _checked(uri)
    import neo4j

    with _sentences(uri):
        try:
            driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password or "") if user else None,
                connection_timeout=PATIENCE,
                max_transaction_retry_time=PATIENCE,
                notifications_min_severity="OFF",
            )
        except (ValueError, neo4j.exceptions.ConfigurationError) as e:
            raise ServerNotThere(uri, reason=str(e).splitlines()[0]) from e
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return driver


def _checked(uri: str) -> None:
    """Refuse what is no address of a Neo4j server before the driver sees it."""
    try:
        parts = urlsplit(uri)
        known = parts.scheme in SCHEMES and bool(parts.hostname) and uri.isprintable()
        known = known and parts.port != 0
    except ValueError:  # a port that is none, a bracket that is not closed
        known = False
    if not known:
        raise UnknownOption(
            "publish",
            problem="scheme",
            value=uri.encode("utf-8", "backslashreplace").decode(),
            expected=" | ".join(f"{s}://HOST:PORT" for s in SCHEMES),
            hint="scheme-hint",
        )


@contextmanager
def _driver(uri: str, user: str | None, password: str | None) -> Iterator[neo4j.Driver]:
    driver = _connect(uri, user, password)
    try:
        yield driver
    finally:
        driver.close()


@contextmanager
def _sentences(uri: str) -> Iterator[None]:
    """Turn what the driver raises into sentences; errors of a query are left to the asker."""
    from neo4j import exceptions as e

    absent = (e.DriverError, e.AuthError, e.TokenExpired)
    try:
        yield
    except absent as error:
        raise ServerNotThere(uri, reason=_reason(error)) from error
    except e.Neo4jError as error:
        code = error.code or ""
        if ".Security." in code or "DatabaseNotFound" in code:
            raise ServerNotThere(uri, reason=_reason(error)) from error
        if ".Schema." in code or "Transient" in code or "OutOfMemory" in code:
            raise ServerRefused(uri, reason=_reason(error)) from error
        raise


def _reason(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(getattr(error, "message", None) or error)).strip()


def plain(value: Any) -> Any:
    """Give a value of the driver as JSON knows it."""
    from neo4j import graph, spatial, time

    if isinstance(value, graph.Node):
        kind = next(
            (k for k in sorted(value.labels) if k in NODE_TYPES), min(value.labels, default="")
        )
        return _entity(value, kind)
    if isinstance(value, graph.Relationship):
        return _entity(value, value.type)
    if isinstance(value, graph.Path):
        steps: list[Any] = [value.nodes[0]]
        for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [edge, node]
        return [plain(s) for s in steps]
    if isinstance(value, time.Duration):
        return {"months": value.months, "days": value.days, "seconds": value.seconds}
    if isinstance(value, time.Date | time.Time | time.DateTime):
        return scalar(value.to_native())
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple) and not isinstance(value, spatial.Point):
        return [plain(v) for v in value]
    return list(value) if isinstance(value, spatial.Point) else scalar(value)


def _entity(value: Any, kind: str) -> dict[str, Any]:
    """Give a node or edge: id, type, then the properties by name, without our marks."""
    props = {k: plain(v) for k, v in sorted(value.items()) if k not in OURS}
    return {"id": props.pop("id", None), "type": kind, **props}
