"""A real Neo4j: brought to a version by difference, asked without being changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.errors import (
    BrokenQuery,
    MissingParameter,
    RefusedQuery,
    ServerNotThere,
    ServerRefused,
    UnknownOption,
)
from graph.schema import NODE_TYPES, RELATIONS
from graph.store import neo4j_server
from graph.store.embedded import Embedded, write_engine
from graph.store.graph_store import Answer
from graph.store.neo4j_server import Neo4j, Row, publish
from tests.graph.store.small_landscape import landscape
from tests.neo4j_server import free_port

pytestmark = pytest.mark.neo4j

STRANGERS = (
    "CREATE (:Application {id: 'app:tnd', name: 'Punya Orang Lain', note: 'jangan diubah'})",
    "CREATE (:Application {id: 'app:tnd', name: 'Salinan Punya Orang Lain'})",
    (
        "CREATE (a:Application {id: 'X9', name: 'Aplikasi Lama'})"
        "-[:USES {since: 2019}]->(:Person {id: 'P1', name: 'Akun Contoh'})"
    ),
)
# what is there, ours or not, with everything it has
NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS props ORDER BY n.id, n.name"
EDGES = (
    "MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS props, a.id AS a, b.id AS b "
    "ORDER BY type, a, b, r.id"
)
CONSTRAINTS = "SHOW CONSTRAINT YIELD name RETURN name ORDER BY name"


class Server:
    """The server's own view, with the right to write."""

    def __init__(self, uri: str) -> None:
        self.uri, self.driver = uri, neo4j.GraphDatabase.driver(uri)

    def run(self, text: str, **parameters: Any) -> list[dict[str, Any]]:
        with self.driver.session() as session:
            return session.run(text, parameters).data()

    def everything(self) -> list[dict[str, Any]]:
        return self.run(NODES) + self.run(EDGES)

    def strangers(self) -> list[dict[str, Any]]:
        return [row for row in self.everything() if "_key" not in row["props"]]


@pytest.fixture
def server(empty_neo4j: str) -> Iterator[Server]:
    found = Server(empty_neo4j)
    yield found
    found.driver.close()


@pytest.fixture
def store(server: Server) -> Iterator[Neo4j]:
    publish(landscape(), server.uri)
    with Neo4j(server.uri, version="7") as found:
        yield found


def created() -> list[Row]:
    nodes, edges = landscape().counts()
    return [Row(kind, n, 0, 0, 0) for kind, n in [*nodes.items(), *edges.items()]]


# ------------------------------------------------------------------ publishing
def test_an_empty_server_takes_the_landscape(server: Server) -> None:
    assert publish(landscape(), server.uri) == created()
    ours = landscape()
    for kind in NODE_TYPES:
        found = server.run(f"MATCH (n:{kind}) RETURN properties(n) AS p ORDER BY n.id")
        assert [bare(row["p"]) for row in found] == [present(row) for row in ours.rows(kind)]
    for relation in RELATIONS:
        found = server.run(
            f"MATCH (a)-[r:{relation}]->(b) RETURN properties(r) AS p, "
            "a.id AS source, b.id AS target ORDER BY source, target, r.id"
        )
        assert [bare(row.pop("p")) | row for row in found] == [
            present(row) for row in ours.edge_rows(relation)
        ]
    assert {tuple(row["labels"]) for row in server.run(NODES)} <= {(k,) for k in NODE_TYPES}


def bare(props: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in props.items() if k not in ("_key", "_hash")}


def present(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if v is not None}


def test_publishing_twice_changes_nothing(server: Server) -> None:
    first = publish(landscape(), server.uri)
    before = server.everything()
    second = publish(landscape(), server.uri)
    assert second == [Row(r.type, 0, 0, 0, r.created) for r in first]
    assert server.everything() == before


def test_what_changed_is_updated_and_what_is_gone_is_removed(server: Server) -> None:
    publish(landscape(), server.uri)
    later = landscape(
        without=frozenset({"app:absen", "data:lama"}), renamed={"app:tnd": "TND 'baru'"}
    )
    rows = {row.type: row for row in publish(later, server.uri)}
    assert rows["Application"] == Row("Application", 0, 1, 1, 11)
    assert rows["DataEntity"] == Row("DataEntity", 0, 0, 1, 2)
    assert rows["MASTERS"] == Row("MASTERS", 0, 0, 1, 1)
    assert rows["INTEGRATES_WITH"] == Row("INTEGRATES_WITH", 0, 0, 1, 5)
    assert rows["OWNS"] == Row("OWNS", 0, 0, 0, 3)
    whole = server.everything()
    server.run("MATCH (n) DETACH DELETE n")
    publish(later, server.uri)
    assert server.everything() == whole


def test_a_property_that_is_gone_is_absent(server: Server) -> None:
    publish(landscape(), server.uri)
    server.run("MATCH (a:Application {id: 'app:simrs'}) SET a.platform = 'web', a._hash = 'old'")
    rows = {row.type: row for row in publish(landscape(), server.uri)}
    assert rows["Application"] == Row("Application", 0, 1, 0, 12)
    text = "MATCH (a:Application {id: 'app:simrs'}) RETURN a.platform AS platform"
    assert server.run(text) == [{"platform": None}]


def test_a_dry_run_tells_the_same_and_writes_nothing(server: Server) -> None:
    for text in STRANGERS:
        server.run(text)
    server.run("DROP CONSTRAINT simpul_key_application IF EXISTS")
    before = server.everything() + server.run(CONSTRAINTS)
    assert publish(landscape(), server.uri, dry_run=True) == created()
    assert server.everything() + server.run(CONSTRAINTS) == before


def test_strangers_stay_as_they_are(server: Server) -> None:
    for text in STRANGERS:
        server.run(text)
    before = server.everything()
    assert len(before) == 5
    assert publish(landscape(), server.uri) == created()
    assert server.strangers() == before
    publish(landscape(), server.uri)
    assert server.strangers() == before
    publish(landscape(without=frozenset(row["id"] for row in all_nodes())), server.uri)
    assert server.everything() == before


def all_nodes() -> list[dict[str, Any]]:
    return [row for kind in NODE_TYPES for row in landscape().rows(kind)]


def test_an_edge_of_a_stranger_to_a_node_of_ours_stays(server: Server) -> None:
    publish(landscape(), server.uri)
    server.run(
        "MATCH (a:Application {id: 'app:absen'}), (b:Application {id: 'app:tnd'}) "
        "CREATE (:Person {id: 'P1'})-[:KNOWS {since: 2019}]->(a), (a)-[:USES]->(b)"
    )
    rows = publish(landscape(without=frozenset({"app:absen"})), server.uri)
    assert {row.type: row for row in rows}["Application"].removed == 1
    text = "MATCH (p)-[r:KNOWS]->(a) RETURN r.since AS since, a.name AS name, a._key AS ours"
    assert server.run(text) == [{"since": 2019, "name": "Absensi", "ours": None}]
    assert server.run("MATCH ({id: 'app:absen'})-[r:USES]->(b) RETURN b.id AS id") == [
        {"id": "app:tnd"}
    ]
    assert {row.type: row for row in publish(landscape(), server.uri)}["Application"].created == 1


def test_more_rows_than_one_transaction_holds_go_in_batches(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(landscape(), server.uri)
    at_once = server.everything()
    server.run("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr(neo4j_server, "ONE_TRANSACTION", 10)
    monkeypatch.setattr(neo4j_server, "BATCH", 4)
    assert publish(landscape(), server.uri) == created()
    assert server.everything() == at_once


def test_an_interrupted_publication_says_so_and_is_finished(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_server, "ONE_TRANSACTION", 10)
    monkeypatch.setattr(neo4j_server, "BATCH", 4)
    write = neo4j_server._run
    done: list[Any] = []

    def die(transaction: Any, steps: Any) -> None:
        if len(done) == 8:
            raise KeyboardInterrupt
        done.append(steps)
        write(transaction, steps)

    monkeypatch.setattr(neo4j_server, "_run", die)
    with pytest.raises(KeyboardInterrupt):
        publish(landscape(), server.uri)
    monkeypatch.setattr(neo4j_server, "_run", write)
    with Neo4j(server.uri) as store:
        assert not store.complete
        rows = publish(landscape(), server.uri)
        assert store.complete
    assert 0 < sum(row.unchanged for row in rows) < sum(row.created for row in rows)
    assert publish(landscape(), server.uri) == [Row(r.type, 0, 0, 0, r.created) for r in created()]


def test_a_constraint_of_others_that_leaves_no_room_is_said_and_nothing_is_written(
    server: Server,
) -> None:
    server.run("CREATE CONSTRAINT FOR (n:Application) REQUIRE n.name IS UNIQUE")
    server.run("CREATE (:Application {id: 'X1', name: 'SIMPEG'})")
    with pytest.raises(ServerRefused, match="SIMPEG"):
        publish(landscape(), server.uri)
    assert len(server.everything()) == 1


def test_every_type_has_its_constraint(server: Server) -> None:
    server.run("DROP CONSTRAINT simpul_key_application IF EXISTS")
    server.run("DROP INDEX simpul_id_agency IF EXISTS")
    publish(landscape(), server.uri)
    found = server.run("SHOW CONSTRAINT YIELD labelsOrTypes AS t, properties AS p, type")
    assert sorted((row["t"][0], row["p"][0]) for row in found) == sorted(
        (name, "_key") for name in [*NODE_TYPES, *RELATIONS]
    )
    indexed = server.run(
        "SHOW INDEX YIELD labelsOrTypes AS t, properties AS p, name WHERE p = ['id']"
    )
    assert {row["t"][0] for row in indexed} == set(NODE_TYPES)


def test_without_a_server_a_sentence_names_the_address() -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(ServerNotThere, match="SIMPUL_NEO4J_USER") as e:
        publish(landscape(), uri)
    assert e.value.where == uri
    with pytest.raises(ServerNotThere):
        Neo4j(uri)
    with pytest.raises(UnknownOption, match="bolt://"):
        Neo4j("127.0.0.1")


# ------------------------------------------------------------------ asking
def test_both_stores_give_the_same_plain_cells(store: Neo4j, tmp_path: Path) -> None:
    write_engine(landscape(), tmp_path / "engine.kgl")
    embedded = Embedded(tmp_path / "engine.kgl", "7")
    for text in (
        "MATCH (n) RETURN n ORDER BY n.id",
        "MATCH ()-[r]->() RETURN r ORDER BY r.id",
        "MATCH p = (:Agency)-[:OWNS]->()-[:PERFORMS*0..1]->(b) RETURN p ORDER BY length(p), b.id",
        "MATCH (n) UNWIND labels(n) AS t RETURN t, count(*) AS n ORDER BY t",
        "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t",
        (
            "RETURN date('2020-01-02') AS d, datetime('2020-01-02T03:04:05Z') AS t, "
            "duration({days: 3}) AS u, [1, 2.5, null, {a: 'x'}] AS l, round(-2.5) AS r"
        ),
        "MATCH (a:Application) WHERE (a)<-[:USES]-()-[:USES]->() RETURN count(*) AS n",
        "MATCH (n:Application) RETURN n.name AS name /* c */ ORDER BY name; // end",
        "MATCH (n:Nothing) RETURN n.id AS id",
    ):
        assert store.query(text) == embedded.query(text), text
    embedded.close()


def test_rows_are_cut_at_the_limit(store: Neo4j) -> None:
    text = "UNWIND range(1, 10001) AS i RETURN i ORDER BY i"
    cut = store.query(text)
    assert (len(cut.rows), cut.complete, cut.limit_hit) == (10_000, False, "limit 10000")
    assert store.query(text, limit=2) == Answer(("i",), [{"i": 1}, {"i": 2}], False, "limit 2")
    assert store.query(text, limit=10_001).complete
    assert store.version == "7"


def test_a_slow_query_ends_at_its_timeout(store: Neo4j) -> None:
    text = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 RETURN count(i) AS n"
    assert store.query(text, timeout=1) == Answer((), [], False, "timeout 1 s")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:X) RETURN 1 AS x",
        "LO\\u0041D CSV FROM 'file:///etc/passwd' AS l RETURN l",
        "SHOW SETTINGS YIELD name RETURN name",
        "CALL dbms.components() YIELD name RETURN name",
    ],
)
def test_what_does_not_only_read_is_refused(text: str, store: Neo4j) -> None:
    with pytest.raises(RefusedQuery):
        store.query(text)


def test_the_server_does_not_write_either(
    store: Neo4j, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.everything()
    monkeypatch.setattr(neo4j_server, "guard", lambda text: None)
    with pytest.raises(BrokenQuery) as e:
        store.query("CREATE (n:X) RETURN 1 AS x")
    assert isinstance(e.value.__cause__, neo4j.exceptions.Neo4jError)
    assert "AccessMode" in str(e.value.__cause__.code)
    assert server.everything() == before


def test_the_guard_knows_escapes_because_the_server_does(server: Server, tmp_path: Path) -> None:
    """Without the guard, Neo4j reads the escaped words and the file."""
    (tmp_path / "x.csv").write_text("secret\n")
    text = f"LO\\u0041D CSV FROM 'file://{tmp_path / 'x.csv'}' AS l RETURN l"
    assert server.run(text) == [{"l": ["secret"]}]


def test_a_broken_query_has_the_servers_words_as_cause(store: Neo4j) -> None:
    with pytest.raises(BrokenQuery) as e:
        store.query("MATCH (n RETURN n")
    assert isinstance(e.value.__cause__, neo4j.exceptions.CypherSyntaxError)
    with pytest.raises(MissingParameter):
        store.query("RETURN $x AS x")
