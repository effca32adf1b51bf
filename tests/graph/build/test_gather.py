"""One node per thing; every value with the rows that say it."""

from __future__ import annotations

from typing import Any

from graph.build.gather import gather
from graph.schema.core import Value
from graph.schema.records import EdgeRecord, NodeRecord, Origin

COLUMNS = {"name": "Nama Aplikasi", "status": "Status", "description": "Uraian"}


def record(
    row: int, name: str, *, mention: bool = False, source: str = "s", **props: Value
) -> NodeRecord:
    origin = Origin(source, "f.csv", None, row)
    return NodeRecord("Application", "app:x", {"name": name} | props, origin, COLUMNS, mention)


def node(*records: NodeRecord) -> tuple[dict[str, Any], dict[str | None, list[int | None]]]:
    """The gathered node, and property → rows it stands in."""
    out = gather(records, [])
    [(_, row)] = out.nodes
    rows: dict[str | None, list[int | None]] = {}
    for _, prop, origin in out.origins:
        rows.setdefault(prop, []).append(origin.row)
    return row, rows


def test_the_spelling_most_rows_bear_is_shown() -> None:
    row, rows = node(record(2, "Simpeg"), record(3, "E-Pegawai"), record(4, "Simpeg"))
    assert (row["name"], row["aliases"]) == ("Simpeg", ("E-Pegawai",))
    assert (rows["name"], rows["aliases"]) == ([2, 4], [3])


def test_the_authority_names_a_national_application() -> None:
    row, _ = node(
        record(2, "srikandi"), record(3, "srikandi"), record(9, "SRIKANDI", source="reference")
    )
    assert (row["name"], row["aliases"]) == ("SRIKANDI", ("srikandi",))


def test_regions_that_use_a_national_application_do_not_make_it_theirs() -> None:
    said = [record(r, "SIPD", government="agency:pemda-33-09") for r in (2, 3, 4)]
    row, rows = node(
        *said, record(9, "SIPD-RI", source="reference", government="agency:kemendagri")
    )
    assert (row["government"], rows["government"]) == ("agency:kemendagri", [9])
    assert node(*said, record(9, "X", source="reference"))[0]["government"] == "agency:pemda-33-09"


def test_ties_do_not_depend_on_the_order_of_rows() -> None:
    a, b = record(2, "Alfa", status="active"), record(3, "Beta", status="inactive")
    assert node(a, b)[0] == node(b, a)[0]


def test_unknown_gives_way_to_what_is_known() -> None:
    row, rows = node(record(2, "X", status="unknown"), record(3, "X", status="inactive"))
    assert (row["status"], rows["status"]) == ("inactive", [3])


def test_a_value_keeps_the_heading_of_its_column() -> None:
    out = gather([record(2, "X", status="active")], [])
    assert [o.column for _, prop, o in out.origins if prop == "status"] == ["Status"]


def test_different_descriptions_are_all_kept() -> None:
    row, rows = node(record(2, "X", description="surat"), record(3, "X", description="arsip"))
    assert set(row["description"].split("; ")) == {"surat", "arsip"}
    assert rows["description"] == [2, 3]


def test_a_mention_is_no_origin_where_a_row_describes() -> None:
    row, rows = node(record(2, "X"), record(7, "x", mention=True))
    assert rows[None] == [2]
    assert (row["aliases"], row.get("mentioned")) == (("x",), None)


def test_what_is_only_mentioned_says_so() -> None:
    row, rows = node(record(7, "X", mention=True))
    assert (row["mentioned"], rows[None]) == (True, [7])


def edge(row: int, **props: Value) -> EdgeRecord:
    said = {"kind": "declared", "status": "live"} | props
    return EdgeRecord("INTEGRATES_WITH", "app:x", "app:y", said, Origin("s", "f.csv", None, row))


def test_rows_that_say_the_same_are_one_edge() -> None:
    out = gather([], [edge(2, channel="API"), edge(3, channel="API"), edge(4, channel="file")])
    assert len(out.edges) == 2
    origins: dict[str, list[int | None]] = {}
    for about, _, origin in out.origins:
        origins.setdefault(about, []).append(origin.row)
    assert sorted(origins.values()) == [[2, 3], [4]]


def test_a_stopped_exchange_stands_beside_the_live_one() -> None:
    out = gather([], [edge(2), edge(3, status="stopped")])
    assert {row["status"] for _, row in out.edges} == {"live", "stopped"}


def test_the_value_most_rows_say_is_taken() -> None:
    rows = [record(n, "X", status=s) for n, s in ((2, "inactive"), (3, "active"), (4, "inactive"))]
    row, said = node(*rows)
    assert (row["status"], said["status"]) == ("inactive", [2, 4])
