"""The six reports: rows worked out by hand, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import (
    BrokenReport,
    UnknownOption,
    UnknownParameter,
    UnknownReport,
    WrongParameter,
)
from graph.reports import Report, parse, report, reports, run, values
from graph.store.embedded import Embedded, write_engine
from graph.store.graph_store import GraphStore
from graph.store.neo4j_server import Neo4j, publish
from graph.texts import LANGUAGES
from tests.graph.store.small_landscape import landscape

DINKES, DISPORA = "Dinas Kesehatan Kota A", 'Dispora "A" \\ é'
COVERED = ("Persuratan", "app:srikandi", "SRIKANDI", True)
KOTA = "Pemerintah Kota A"
TANPA = "日本 \"é\" 'x'\n2"
Rows = list[tuple[Any, ...]]

EXPECTED: dict[str, Rows] = {
    "applications-by-agency-and-function": [
        ("agency:dinkes-a", DINKES, "function:office", "Persuratan", 4),
        ("agency:dispora-a", DISPORA, "function:office", "Persuratan", 3),
        ("agency:dinkes-a", DINKES, "function:health", "Rekam medis", 2),
        ("agency:kota-a", KOTA, "function:staff", "Kepegawaian", 2),
        ("agency:anri", "ANRI", "function:office", "Persuratan", 1),
        ("agency:dispora-a", DISPORA, None, None, 1),
        ("agency:kota-a", KOTA, None, None, 1),
    ],
    "redundant-groups-by-function": [
        ("function:office", "Persuratan", 2, 3, 1, 1, 0, 3.5),
        ("function:staff", "Kepegawaian", 1, 2, 0, 0, 1, 1.0),
    ],
    "general-application-exists": [
        ("app:esurat", "e-Surat", [DINKES], "active", *COVERED),
        ("app:notadinas", "Nota Dinas", [DINKES, DISPORA], "unknown", *COVERED),
    ],
    "applications-without-integration": [
        ("app:absen", "Absensi", [KOTA], "Kepegawaian", "active"),
        ("app:esurat", "e-Surat", [DINKES], "Persuratan", "active"),
        ("app:notadinas", "Nota Dinas", [DINKES, DISPORA], "Persuratan", "unknown"),
        ("app:puskesmas", "e-Puskesmas", [DINKES], "Rekam medis", "unknown"),
        ("app:simrs", "SIMRS", [DINKES], "Rekam medis", "active"),
        ("app:surat2", "e-Surat 'Lama'", [DISPORA], "Persuratan", "unknown"),
        ("app:tanpa", TANPA, [], None, "unknown"),
    ],
    "data-held-by-several": [
        ("data:pegawai", "Pegawai", "limited", 3, ["SIMPEG"], ["Absensi", "SRIKANDI"]),
        ("data:penduduk", "Penduduk", "personal", 2, [], ["SIMRS", "e-Puskesmas"]),
    ],
    "inventory-completeness": [
        ("source:survei", "Survei A", "2025-09", 7, 2 / 7, 1 / 7, 3 / 7, 1 / 7, 6 / 7, 6 / 7),
        ("source:pusat", "Daftar pusat", None, 3, 1 / 3, 2 / 3, 1.0, 1.0, 1.0, 1.0),
    ],
}
CHOSEN: list[tuple[str, dict[str, Any], Rows]] = [
    (
        "applications-by-agency-and-function",
        {"agency": "agency:anri"},
        [("agency:anri", "ANRI", "function:office", "Persuratan", 1)],
    ),
    ("applications-by-agency-and-function", {"least": 5}, []),
    ("redundant-groups-by-function", {"kind": "product"}, []),
    (
        "general-application-exists",
        {"function": "K1", "confidence": 0.95},
        [],
    ),
    (
        "applications-without-integration",
        {"assumed": True, "government": "agency:kota-a"},
        [
            ("app:esurat", "e-Surat", [DINKES], "Persuratan", "active"),
            ("app:simrs", "SIMRS", [DINKES], "Rekam medis", "active"),
        ],
    ),
    (
        "data-held-by-several",
        {"least": 3},
        [("data:pegawai", "Pegawai", "limited", 3, ["SIMPEG"], ["Absensi", "SRIKANDI"])],
    ),
    ("inventory-completeness", {"source": "source:none"}, []),
]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    path = tmp_path_factory.mktemp("engine") / "engine.kgl"
    write_engine(landscape(), path)
    store = Embedded(path, "1")
    yield store
    store.close()


def cells(asked: str, store: GraphStore, chosen: dict[str, Any] | None = None) -> Rows:
    answer = run(asked, store, chosen)
    assert answer.complete
    assert answer.columns == tuple(c.name for c in report(asked).columns)
    return [tuple(row.values()) for row in answer.rows]


def test_every_report_has_rows_worked_out_by_hand() -> None:
    assert {r.name for r in reports()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_report_answers_on_the_embedded_engine(name: str, embedded: GraphStore) -> None:
    assert cells(name, embedded) == EXPECTED[name]


@pytest.mark.parametrize(("name", "chosen", "expected"), CHOSEN)
def test_a_report_obeys_its_parameters(
    name: str, chosen: dict[str, Any], expected: Rows, embedded: GraphStore
) -> None:
    assert cells(name, embedded, chosen) == expected


def test_every_parameter_is_tried() -> None:
    tried = {(name, p) for name, chosen, _ in CHOSEN for p in chosen}
    assert tried == {(r.name, p.name) for r in reports() for p in r.parameters}


@pytest.mark.neo4j
def test_the_same_texts_give_the_same_rows_on_neo4j(empty_neo4j: str) -> None:
    publish(landscape(), empty_neo4j)
    with Neo4j(empty_neo4j) as store:
        assert {name: cells(name, store) for name in EXPECTED} == EXPECTED
        for name, chosen, expected in CHOSEN:
            assert cells(name, store, chosen) == expected


@pytest.mark.parametrize("one", reports(), ids=lambda r: r.name)
def test_a_report_is_portable_and_labelled(one: Report) -> None:
    assert [remark.text("en") for remark in one.lint()] == []
    labels = [one.question, *(p.label for p in one.parameters), *(c.label for c in one.columns)]
    assert all(set(label) == set(LANGUAGES) and all(label.values()) for label in labels)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_shown_text_gives_the_rows_of_the_report(name: str, embedded: GraphStore) -> None:
    one = report(name)
    defaults = {p.name: p.default for p in one.parameters}
    assert embedded.query(one.text, defaults).rows == run(name, embedded).rows


@pytest.mark.parametrize("name", EXPECTED)
def test_the_order_of_rows_is_total(name: str) -> None:
    """The keys of the last ORDER BY tell every row from every other."""
    keys = report(name).text.rpartition("ORDER BY")[2].replace(" DESC", "").split(",")
    columns = [c.name for c in report(name).columns]
    places = [columns.index(k.strip()) for k in keys]
    found = [tuple(str(row[p]) for p in places) for row in EXPECTED[name]]
    assert len(set(found)) == len(found)


# ------------------------------------------------------------------ names and values
def test_an_unknown_report_names_the_nearest() -> None:
    with pytest.raises(UnknownReport) as e:
        report("data-held-by-seven")
    assert str(e.value.facts["names"]).split(", ")[0] == "data-held-by-several"


def test_an_unknown_report_that_is_like_none_names_all() -> None:
    with pytest.raises(UnknownReport, match="inventory-completeness"):
        report("zzz")


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(UnknownParameter, match='no parameter "lest"') as e:
        values(report("data-held-by-several"), {"lest": 2})
    assert isinstance(e.value, UnknownOption)


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("data-held-by-several", {"least": "two"}),
        ("data-held-by-several", {"least": 2.5}),
        ("data-held-by-several", {"least": True}),
        ("data-held-by-several", {"least": None}),
        ("general-application-exists", {"confidence": "0.5 or more"}),
        ("applications-without-integration", {"assumed": 1}),
        ("inventory-completeness", {"source": ["a"]}),
    ],
)
def test_a_value_of_another_type_is_refused(name: str, chosen: dict[str, Any]) -> None:
    with pytest.raises(WrongParameter):
        values(report(name), chosen)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        ("0.5", 0.5),
        ("true", True),
        ("agency:anri", "agency:anri"),
        ("007", "007"),
        ('"3"', "3"),
        ("", ""),
        ("null", None),
        ('["a"]', ["a"]),
        ("[a", "[a"),
    ],
)
def test_a_typed_value_is_json_or_else_text(typed: str, value: Any) -> None:
    assert parse(typed) == value


def test_a_number_typed_for_a_text_is_text() -> None:
    assert values(report("inventory-completeness"), {"source": 2023}) == {"source": "2023"}


# ------------------------------------------------------------------ heads
HEAD = """/*
name = "x"
[question]
id = "apa"
en = "what"
[parameters.n]
type = "integer"
default = 1
id = "n"
en = "n"
[columns]
x = { id = "x", en = "x" }
*/
RETURN $n AS x
"""


def test_a_whole_head_is_read(tmp_path: Path, embedded: GraphStore) -> None:
    (tmp_path / "x.cypher").write_text(HEAD)
    (one,) = reports(tmp_path)
    assert run(one, embedded, {"n": 7}).rows == [{"x": 7}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/*", "RETURN 1 /*"),
        ('name = "x"', 'name = "y"'),
        ('name = "x"', "name = x"),
        ('id = "apa"\n', ""),
        ('type = "integer"', 'type = "int"'),
        ("default = 1\n", ""),
        ("default = 1", 'default = "1"'),
        ("[columns]", "[column]"),
        ("*/", ""),
    ],
)
def test_a_broken_head_is_named(tmp_path: Path, old: str, new: str) -> None:
    assert old in HEAD
    (tmp_path / "x.cypher").write_text(HEAD.replace(old, new, 1))
    with pytest.raises(BrokenReport, match=r"x\.cypher"):
        reports(tmp_path)
