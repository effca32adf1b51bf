"""An application originates from a project only where the title says so beyond doubt."""

from __future__ import annotations

from typing import Any

import pytest

from graph.build.provenance import originating
from graph.landscape import Landscape

HERE, THERE = "agency:pemda-35-20", "agency:pemda-35-21"
UNIT, OTHER = "agency:dinas", "agency:badan"


def scene(title: str, *apps: dict[str, Any], by: str = HERE) -> Landscape:
    """Make a Landscape of one project and of applications; `unit` of one is who uses it."""
    nodes: list[tuple[str, dict[str, Any]]] = [
        ("Agency", {"id": HERE, "name": "Magetan", "government": HERE}),
        ("Agency", {"id": THERE, "name": "Ngawi", "government": THERE}),
        ("Agency", {"id": UNIT, "name": "Dinas", "government": HERE}),
        ("Agency", {"id": OTHER, "name": "Badan", "government": HERE}),
        ("Innovation", {"id": "innovation:x", "name": title}),
    ]
    edges: list[tuple[str, dict[str, Any]]] = []
    if by:
        edges.append(("INITIATED", {"source": by, "target": "innovation:x"}))
    for n, given in enumerate(apps):
        row = {"id": f"app:{n}", "government": HERE} | given
        if unit := row.pop("unit", None):
            edges.append(("USES", {"source": unit, "target": row["id"]}))
        nodes.append(("Application", row))
    return Landscape.of(nodes, edges)


def born(title: str, *apps: dict[str, Any], by: str = HERE) -> list[str]:
    return [app for app, _ in originating(scene(title, *apps, by=by))]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SIPEDE", "SIPEDE"),
        ("Percepatan surat desa melalui aplikasi SIPEDE", "SIPEDE"),
        ('"SIPEDE" (Sistem Pelayanan Desa)', "Sipede"),
        ("SI-PEDE Magetan", "Si Pede"),
        ("S.I.P.E.D.E. untuk warga", "SIPEDE"),
        ("Antrean Kantor Wimjof", "Antrean Kantor Wimjof"),
    ],
)
def test_a_title_that_bears_the_whole_name_is_its_origin(title: str, name: str) -> None:
    assert born(title, {"name": name}) == ["app:0"]


def test_an_alias_is_a_name_too() -> None:
    assert born("SIPEDE", {"name": "Surat Pedesaan", "aliases": ("SIPEDE",)}) == ["app:0"]


def test_the_year_and_the_batch_do_not_matter_but_the_government_does() -> None:
    assert born("SIPEDE", {"name": "SIPEDE", "government": THERE}) == []
    assert born("SIPEDE", {"name": "SIPEDE", "government": None}) == []
    assert born("SIPEDE", {"name": "SIPEDE"}, by="") == []
    assert born("SIPEDE", {"name": "SIPEDE", "government": None, "unit": UNIT}) == ["app:0"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SIPEDEMAS", "SIPEDE"),  # a part of a word
        ("Sistem Pede", "SIPEDE"),
        ("Layanan SPD cepat", "SPD"),  # too short
        ("Peta Jalan SIPD", "SIPD Wimjof"),  # a part of the name
        ("Inovasi layanan surat desa", "Surat"),  # a word for a kind
        ("Aplikasi Simpeg terpadu", "Simpeg"),  # so many bear it
        ("Optimalisasi SIPEDE di kecamatan", "SIPEDE"),  # it was there before
        ("Pengembangan sistem informasi SIPEDE", "SIPEDE"),
        ("Strategi pemanfaatan aplikasi SIPEDE", "SIPEDE"),
    ],
)
def test_a_near_miss_gives_no_edge(title: str, name: str) -> None:
    assert born(title, {"name": name}) == []


def test_of_two_of_one_name_the_unit_decides_and_nothing_else() -> None:
    two = [{"name": "SIPEDE", "unit": UNIT}, {"name": "SIPEDE", "unit": OTHER}]
    assert born("SIPEDE", *two) == []
    assert born("SIPEDE", *two, by=UNIT) == ["app:0"]
    assert born("SIPEDE", *two, by=OTHER) == ["app:1"]


def test_a_longer_name_is_not_the_shorter_one_in_it() -> None:
    both = [{"name": "SIPEDE"}, {"name": "SIPEDE Wimjof"}]
    assert born("SIPEDE Wimjof", *both) == ["app:1"]
    assert born("SIPEDE", *both) == ["app:0"]


def test_a_project_of_one_of_its_users_did_not_make_a_national_application() -> None:
    used = {"name": "SRIKANDI", "government": THERE, "unit": UNIT}
    assert born("Surat lewat SRIKANDI Magetan", used) == ["app:0"]
    assert born("Surat lewat SRIKANDI Magetan", used | {"id": "app:srikandi"}) == []


def test_classes_and_plain_websites_are_born_of_nothing() -> None:
    assert born("SIPEDE", {"name": "SIPEDE", "kind": "class"}) == []
    assert born("SIPEDE", {"name": "SIPEDE", "website": True}) == []


def test_the_examples_know_the_origin_of_twelve(example_landscape: Landscape) -> None:
    edges = example_landscape.edge_rows("ORIGINATES_FROM")
    names = {e["id"]: example_landscape.node(e["source"])["name"] for e in edges}
    assert set(names.values()) == {
        "Antrian Online Kantah Balikpapan",
        "Batam BEDELAU",
        "OJOL BERLIAN",
        "OPTIMUS PRIME",
        "SADELPOS",
        "SI-PeDis",
        "SIAP",
        "SIMPATOR",
        "SIPATUN",
        "SITEPRA",
        "SiPERI",
        "e-GIFT Tasikmalaya",
    }
    for id in names:  # the evidence is the cell of the title
        (origin,) = example_landscape.origins_of(id)
        assert origin.how == "rule:name-in-project-title"
        assert origin.column in ("Judul Proyek/Aksi Perubahan", "Nama Inovasi")
