"""Integrations that patterns let one expect, and values that rows state otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from graph.build.assumed import Assumed, assumed, unit_types
from graph.build.differing import differing
from graph.landscape import Landscape
from graph.schema.records import NodeRecord, Origin
from tests.graph.analysis.towns import app, town

PERSONNEL, PAY = "bkpsdm-35-20", "bpkad-35-20"


def performs(*said: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [
        {"source": f"app:{a}", "target": f"function:{f}", "rank": rank, "confidence": 0.8}
        for a, f, rank in said
    ]


def two(**more: Any) -> Landscape:
    """Give the two sides of pattern 4: performance of staff at BKPSDM, pay at BPKAD."""
    return town(
        [
            app("a", "Kinerjaku", uses=[PERSONNEL]),
            app("b", "Gajiku", uses=[PAY], **more),
        ]
    )


DOES = performs(("a", "kinerja-pegawai", 1), ("b", "gaji", 1))


def ends(found: Assumed) -> list[tuple[str, str]]:
    return [(r["source"], r["target"]) for _, r in found.edges]


def test_a_pattern_is_applied_where_both_sides_exist_and_says_that_it_is_assumed() -> None:
    found = assumed(two(), DOES, ())
    ((relation, row),) = found.edges
    assert (relation, row["source"], row["target"]) == ("INTEGRATES_WITH", "app:a", "app:b")
    assert (row["kind"], row["status"], row["direction"]) == ("assumed", "unknown", "unknown")
    assert row["join_keys"] == ("NIP",)
    assert "BKPSDM" in row["reason"]
    assert {o.how for _, _, o in found.origins} == {"assumed"}
    assert "integration_patterns.csv" in {o.file for _, _, o in found.origins}


def test_a_class_a_website_and_what_is_out_of_use_take_no_part() -> None:
    assert assumed(two(), DOES, {"app:b"}).edges == []
    assert assumed(two(kind="class"), DOES, ()).edges == []
    assert assumed(two(status="inactive"), DOES, ()).edges == []


def test_one_pattern_gives_one_edge_a_government_the_best_ranked() -> None:
    base = town(
        [app(x, f"Nama {x}", uses=[PERSONNEL]) for x in "ac"]
        + [app(x, f"Nama {x}", uses=[PAY]) for x in "bd"]
    )
    said = performs(
        ("a", "kinerja-pegawai", 2), ("c", "kinerja-pegawai", 1), ("b", "gaji", 1), ("d", "gaji", 3)
    )
    assert ends(assumed(base, said, ())) == [("app:c", "app:b")]


def test_nothing_is_assumed_across_governments() -> None:
    base = town([app("a", "Kinerjaku", uses=[PERSONNEL]), app("b", "Gajiku", uses=["bpkad-35-21"])])
    assert assumed(base, DOES, ()).edges == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DPMPTSP (MPP)", ("DPMPTSP",)),
        ("Dukcapil, BPKAD, all units in the mall", ("BPKAD", "DISDUKCAPIL")),
        ("All units", ()),
        ("Units with facilities", ()),
    ],
)
def test_a_wildcard_names_no_unit(text: str, codes: tuple[str, ...]) -> None:
    assert unit_types(text) == codes


# ------------------------------------------------------------ rows that contradict each other
def said(source: str, **props: str) -> NodeRecord:
    columns = {"status": "Status", "address": "URL"}
    return NodeRecord("Application", "app:a", props, Origin(source, source, None, 3), columns)


def test_a_value_that_another_row_states_is_kept_with_its_cell() -> None:
    records = [
        said("a.csv", status="active", address="sipo.contoh.go.id"),
        said("b.ods", status="inactive", address="https://sipo.contoh.go.id/"),
        said("c.csv", status="unknown"),
    ]
    shown = {"id": "app:a", "status": "active", "address": "sipo.contoh.go.id"}
    (row,) = differing(records, [("Application", shown)])
    assert (row["about"], row["side"]) == ("app:a", "also")
    assert row["text_id"] == "Status: juga Tidak aktif"
    assert '["b.ods", "b.ods", null, 3, "Status", "stated"]' in row["origins"]
