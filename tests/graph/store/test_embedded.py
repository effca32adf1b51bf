"""The embedded engine: what went in comes out, within limits, and nothing is ever written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from graph.errors import (
    BrokenQuery,
    BrokenWorkspace,
    MissingParameter,
    QueryTooLarge,
    RefusedQuery,
)
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.store.embedded import Embedded, EngineError, _frame, write_engine
from graph.store.graph_store import Answer
from tests.graph.store.small_landscape import landscape

ROOT = Path(__file__).parents[3]
SLOW = (
    "MATCH (a:Application) UNWIND range(1, 30000) AS i RETURN sum(reduce(s = 0, "
    "j IN range(1, 20000) | size(toString(s * 31 + i) + toString(j) + a.id))) AS n"
)

ENDS = 60  # seconds; a bound on a query that would run for minutes, no measure of speed


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engine") / "engine.kgl"
    write_engine(landscape(), path)
    return path


@pytest.fixture(scope="module")
def store(engine: Path) -> Iterator[Embedded]:
    found = Embedded(engine, "7")
    yield found
    found.close()


def rows(store: Embedded, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(r.values()) for r in store.query(text, parameters).rows]


# ------------------------------------------------------------------ what went in comes out
@pytest.mark.parametrize("kind", NODE_TYPES)
def test_every_node_comes_back_as_declared(kind: str, store: Embedded) -> None:
    names = ["id", *NODE_TYPES[kind].props]
    columns = ", ".join(f"n.{name} AS {name}" for name in names)
    found = store.query(f"MATCH (n:{kind}) RETURN {columns} ORDER BY id").rows
    wanted = landscape().rows(kind)
    assert found == wanted
    assert [[type(v) for v in r.values()] for r in found] == [
        [type(v) for v in r.values()] for r in wanted
    ]
    assert wanted, f"the landscape has no {kind}: nothing is tested"


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_edge_comes_back_as_declared(relation: str, store: Embedded) -> None:
    names = ["id", *RELATIONS[relation].props]
    columns = ", ".join(f"r.{name} AS {name}" for name in names)
    text = (
        f"MATCH (a)-[r:{relation}]->(b) RETURN r.id AS id, a.id AS source, b.id AS target, "
        f"{columns.removeprefix('r.id AS id').removeprefix(', ') or '1 AS one'} ORDER BY id"
    )
    found = store.query(text).rows
    wanted = sorted(landscape().edge_rows(relation), key=lambda r: r["id"])
    assert [{k: v for k, v in r.items() if k != "one"} for r in found] == wanted


def test_numbers_keep_their_type_beside_nulls(tmp_path: Path) -> None:
    nodes = [("Finding", finding(i, 1.0 * i)) for i in range(3)]
    edges = [
        ("PERFORMS", performs(1, 1.0, 2)),
        ("PERFORMS", performs(2, 0.1, 10**12)),
    ]
    functions = [("Function", {"id": "function:a", "name": "0012"})]
    apps = [("Application", {"id": f"app:{i}", "name": "2020-01-01"}) for i in (1, 2)]
    write_engine(Landscape.of([*nodes, *functions, *apps], edges), tmp_path / "e.kgl")
    small = Embedded(tmp_path / "e.kgl", "1")
    found = rows(
        small, "MATCH ()-[r:PERFORMS]->(f) RETURN r.rank AS r, r.confidence AS c, f.name AS n"
    )
    assert sorted(map(repr, found)) == ["(1000000000000, 0.1, '0012')", "(2, 1.0, '0012')"]
    scores = rows(small, "MATCH (f:Finding) RETURN f.score AS s, f.decision AS d ORDER BY s")
    assert repr(scores) == "[(0.0, None), (1.0, None), (2.0, None)]"
    small.close()


def test_a_column_of_numbers_with_gaps_keeps_whole_numbers() -> None:
    table = pa.table({"n": pa.array([1, None, 3]), "b": pa.array([True, None, False])})
    frame = _frame(table)
    assert repr(frame["n"].tolist()) == "[1, None, 3]"
    assert repr(frame["b"].tolist()) == "[True, None, False]"


def finding(i: int, score: float) -> dict[str, Any]:
    return {
        "id": f"finding:{i}",
        "name": "nan",
        "kind": "product",
        "function": "function:a",
        "score": score,
    }


def performs(i: int, confidence: float, rank: int) -> dict[str, Any]:
    ends = {"source": f"app:{i}", "target": "function:a"}
    return ends | {"confidence": confidence, "rank": rank}


def test_counts_agree_with_the_landscape(store: Embedded) -> None:
    nodes, edges = landscape().counts()
    labels = "MATCH (n) UNWIND labels(n) AS t RETURN t, count(*) AS n ORDER BY t"
    assert dict(rows(store, labels)) == nodes
    types = "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t"
    assert dict(rows(store, types)) == edges


def test_lists_are_lists_and_nothing_is_null(store: Embedded) -> None:
    found = rows(
        store,
        "MATCH (a:Application) WHERE '/* e */' IN a.aliases "
        "RETURN a.id AS id, size(a.aliases) AS n, a.description IS NULL AS unknown",
    )
    assert found == [("app:surat2", 3, True)]
    assert rows(store, "MATCH (a:Application) WHERE a.code IS NULL RETURN count(*) AS n") == [(12,)]


def test_nodes_edges_and_paths_are_plain(store: Embedded) -> None:
    (found,) = store.query(
        "MATCH p = (a:Agency {id: 'agency:anri'})-[r:OWNS]->(b) RETURN a, r, p, [a] AS many"
    ).rows
    anri = {"id": "agency:anri", "type": "Agency", "aliases": [], "kind": "central", "name": "ANRI"}
    assert found["a"] == anri
    assert found["many"] == [anri]
    assert found["r"].keys() == {"id", "type"}
    assert found["r"]["type"] == "OWNS"
    assert [part["type"] for part in found["p"]] == ["Agency", "OWNS", "Application"]


def test_a_map_that_looks_like_a_node_stays_a_map(store: Embedded) -> None:
    made = {"id": 1, "labels": ["a"], "properties": {"x": 1}}
    assert rows(store, "RETURN $made AS x", made=made) == [(made,)]


def test_columns_stand_as_in_return_and_dates_are_text(store: Embedded) -> None:
    answer = store.query("RETURN 2 AS z, date('2020-01-02') AS a, 0.0 / 0.0 AS m")
    assert answer == Answer(("z", "a", "m"), [{"z": 2, "a": "2020-01-02", "m": None}])
    assert store.version == "7"


# ------------------------------------------------------------------ what differed from Neo4j
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "MATCH (a:Application) WHERE (a)<-[:USES]-()-[:USES]->() RETURN count(*) AS n",
            [(11,)],
        ),
        (
            (
                "MATCH (a:Application) WHERE EXISTS { (a)<-[:USES]-()-[:USES]->() } "
                "RETURN count(*) AS n"
            ),
            [(11,)],
        ),
        ("RETURN round(-2.5) AS a, round(2.5) AS b, round(-0.4) AS c", [(-2.0, 3.0, 0.0)]),
        ("RETURN 2 IN [t IN [1, 2] WHERE t > 1] AS x", [(True,)]),
        # a test of an anchored node is dropped: push_where_into_match
        (
            (
                "MATCH (f:Finding {id: 'finding:2'}) WHERE f.score > 2 AND f.name <> 'q' "
                "RETURN f.id AS id"
            ),
            [],
        ),
        # one group without a key: fuse_optional_match_aggregate
        (
            (
                "MATCH (a:Application) OPTIONAL MATCH (a)-[:PERFORMS]->(f:Function) "
                "WITH f, count(*) AS n RETURN f.id AS id, n ORDER BY id"
            ),
            [("function:health", 2), ("function:office", 6), ("function:staff", 2), (None, 4)],
        ),
        # an edge to the node itself is not seen: fuse_match_with_aggregate
        (
            (
                "MATCH (a:Application)-[:INTEGRATES_WITH]->(a) "
                "WITH a, count(*) AS n RETURN a.id AS id, n"
            ),
            [("app:puskesmas", 1)],
        ),
        # none are counted: fuse_match_return_aggregate
        ("MATCH (a)-[:USES]-(b)<-[:USES]-(c) RETURN count(*) AS n", [(4,)]),
    ],
)
def test_known_wrong_answers_are_right(
    text: str, expected: list[tuple[Any, ...]], store: Embedded
) -> None:
    assert rows(store, text) == expected


# ------------------------------------------------------------------ limits
def test_rows_are_cut_at_the_limit_and_it_says_so(store: Embedded) -> None:
    text = "UNWIND range(1, 10001) AS i RETURN i ORDER BY i"
    cut = store.query(text)
    assert (len(cut.rows), cut.complete, cut.limit_hit) == (10_000, False, "limit 10000")
    assert store.query(text, limit=3).rows == [{"i": 1}, {"i": 2}, {"i": 3}]
    assert store.query(text, limit=3).limit_hit == "limit 3"
    whole = store.query(text, limit=10_001)
    assert (len(whole.rows), whole.complete, whole.limit_hit) == (10_001, True, None)


def test_a_query_of_minutes_ends_at_its_timeout(store: Embedded) -> None:
    begin = time.monotonic()
    answer = store.query(SLOW, timeout=1)
    assert answer == Answer((), [], False, "timeout 1 s")
    assert time.monotonic() - begin < ENDS
    assert rows(store, "RETURN 1 AS x") == [(1,)]


def test_an_engine_that_does_not_stop_is_killed(
    engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Embedded(engine, "1")
    process = hanging._process()
    hanging._idle.append(process)
    os.kill(process._process.pid, signal.SIGSTOP)  # alive, and deaf to its own clock
    monkeypatch.setattr("graph.store.embedded.GRACE", 0.2)
    begin = time.monotonic()
    assert hanging.query("RETURN 1 AS x", timeout=0.5).limit_hit == "timeout 0.5 s"
    assert time.monotonic() - begin < ENDS
    assert process._process.poll() is not None
    assert hanging.query("RETURN 1 AS x").rows == [{"x": 1}]
    hanging.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_query_that_asks_for_a_terabyte_ends_itself_only(store: Embedded) -> None:
    with pytest.raises(QueryTooLarge, match="4 GiB") as e:
        store.query("RETURN reduce(s = 'a', i IN range(1, 40) | s + s) AS x")
    assert isinstance(e.value, BrokenQuery)
    assert rows(store, "RETURN 1 AS x") == [(1,)]


def test_several_may_ask_at_once(store: Embedded) -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = [f"UNWIND range(1, {n}) AS i RETURN count(i) AS n" for n in range(1, 30)]
        found = list(pool.map(lambda text: store.query(text).rows[0]["n"], texts))
    assert found == list(range(1, 30))


def test_an_interrupted_asker_leaves_no_process(engine: Path) -> None:
    code = (
        "import sys, pathlib; from graph.store.embedded import Embedded\n"
        "s = Embedded(pathlib.Path(sys.argv[1]), '1'); s.query('RETURN 1 AS x')\n"
        "print(s._idle[0]._process.pid, flush=True); s.query(sys.argv[2], timeout=60)"
    )
    command = [sys.executable, "-c", code, str(engine), SLOW]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as asker:
        assert asker.stdout
        worker = int(asker.stdout.readline())
        time.sleep(0.5)
        asker.send_signal(signal.SIGINT)
        asker.wait(10)
    assert gone(worker)


def gone(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


# ------------------------------------------------------------------ refusals
@pytest.mark.parametrize(
    "text", ["CREATE (n:X) RETURN n", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"]
)
def test_only_reading_is_answered(text: str, store: Embedded, engine: Path) -> None:
    before = engine.read_bytes()
    with pytest.raises(RefusedQuery):
        store.query(text)
    assert engine.read_bytes() == before
    assert [p.name for p in engine.parent.iterdir()] == [engine.name]


def test_the_engine_itself_does_not_write_either(engine: Path) -> None:
    store = Embedded(engine, "1")
    kind, reason = store._process().ask(("CREATE (n:X) RETURN 1 AS x", {}, 1000, 10), 5)
    assert (kind, "read-only" in reason.lower()) == ("error", True)
    store.close()


@pytest.mark.parametrize(
    "text", ["MATCH (n RETURN n", "RETURN nothing AS x", "", "RETURN 1 AS x FORMAT CSV"]
)
def test_a_broken_query_has_the_engines_words_as_cause(text: str, store: Embedded) -> None:
    with pytest.raises(BrokenQuery) as e:
        store.query(text)
    assert isinstance(e.value.__cause__, EngineError)
    assert e.value.facts["reason"]


def test_a_missing_parameter_is_named(store: Embedded) -> None:
    with pytest.raises(MissingParameter, match="-p id=VALUE"):
        store.query("MATCH (a {id: $id}) RETURN a.id AS id")
    assert rows(store, "MATCH (a {id: $id}) RETURN a.id AS id", id="app:tnd") == [("app:tnd",)]


# ------------------------------------------------------------------ a cache that is made again
@pytest.mark.parametrize("content", [None, b"", b"KGLITE of another release"])
def test_an_unreadable_engine_file_is_made_again_elsewhere(
    content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "engine.kgl"
    if content is not None:
        path.write_bytes(content)
    store = Embedded(path, "1", landscape)
    assert rows(store, "MATCH (a:Application) RETURN count(*) AS n") == [(13,)]
    assert (path.read_bytes() if path.exists() else None) == content
    assert [p.name for p in tmp_path.iterdir()] == ([] if content is None else [path.name])
    made = store._path
    assert made.exists()
    store.close()
    assert not made.exists()


def test_without_tables_an_unreadable_engine_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrokenWorkspace):
        Embedded(tmp_path / "engine.kgl", "1").query("RETURN 1 AS x")


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare not found")
def test_it_works_without_any_network(engine: Path) -> None:
    apart = ["unshare", "-rn"]
    if subprocess.run([*apart, "true"], capture_output=True).returncode:
        pytest.skip("unshare -rn is not allowed here")
    code = (
        "import sys, pathlib; from graph.store.embedded import Embedded\n"
        "s = Embedded(pathlib.Path(sys.argv[1]), '1')\n"
        "print(s.query('RETURN 1 AS x').rows, s.query(sys.argv[2], timeout=1).limit_hit)"
    )
    found = subprocess.run(
        [*apart, sys.executable, "-c", code, str(engine), SLOW],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert found.stdout == "[{'x': 1}] timeout 1 s\n", found.stderr
