"""The map: each application once, inside its government, inside its level; colours by code."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from explorer.answers.atlas import CODES, FAMILIES, UNKNOWN, WHOLE, Atlas, Circles, atlas
from explorer.answers.landscape import Survey
from graph.landscape import Landscape
from graph.reference import function_groups
from graph.schema.records import Origin
from tests.explorer import inventory
from tests.explorer.pages import ROOT, html, run, text, title

pytestmark = pytest.mark.usefixtures("opened")

COLOURS = (ROOT / "explorer/look.css").read_text(encoding="utf-8")


def made(sizes: dict[str, int], kinds: dict[str, str]) -> Atlas:
    """Draw governments of so many applications; a kind of region makes their level."""
    nodes: list[tuple[str, dict[str, Any]]] = []
    edges: list[tuple[str, dict[str, Any]]] = []
    origins: list[tuple[str, str | None, Origin]] = []
    for g, n in sizes.items():
        kind = kinds.get(g, "")
        nodes.append(
            (
                "Agency",
                {"id": g, "name": g, "kind": "central" if kind == "central" else "government"},
            )
        )
        if kind in ("province", "regency", "city"):
            region = g.replace("agency", "region")
            nodes.append(("Region", {"id": region, "name": g, "kind": kind}))
            edges.append(("LOCATED_IN", {"source": g, "target": region}))
        for i in range(n):
            app = f"app:{g[7:]}-{i:03}"
            nodes.append(("Application", {"id": app, "name": app, "government": g}))
            origins.append((app, None, Origin("s", "s.csv", None, i + 2)))
    return atlas(Survey(Landscape.of(nodes, edges, origins)))


MANY = {f"agency:{i:02}": 1 + (i * 7) % 40 for i in range(60)}
KINDS = {g: ("central", "province", "regency", "city")[i % 4] for i, g in enumerate(MANY)}


def arrays(c: Circles) -> tuple[Any, Any, Any]:
    return np.array(c.x), np.array(c.y), np.array(c.r)


def test_every_application_of_the_overview_is_on_the_map_once() -> None:
    s = Survey(inventory.landscape())
    a = atlas(s)
    assert Counter(a.id) == Counter(list(s.applications))
    columns: list[list[Any]] = [a.name, a.function, a.government, a.x, a.y, *a.codes.values()]
    assert {len(c) for c in columns} == {len(a.id)}


def test_governments_and_their_levels_as_the_small_landscape_has_them() -> None:
    a = atlas(Survey(inventory.landscape()))
    homes = {i: a.governments.id[g] for i, g in zip(a.id, a.government, strict=True)}
    assert homes["app:lapor"] == "agency:kab-a"
    assert homes["app:eoffice"] == "agency:kab-b"
    assert a.levels.id == ["government"]
    at = a.id.index("app:lapor")
    said = {c: CODES[c][codes[at]] for c, codes in a.codes.items()}
    assert said == {
        "fungsi": "serve",
        "tingkat": "government",
        "status": "active",
        "temuan": "none",  # it covers the others' function, and is no member
    }
    assert CODES["temuan"][a.codes["temuan"][a.id.index("app:sipeduli")]] == "indicated"
    assert CODES["temuan"][a.codes["temuan"][a.id.index("app:epegawai")]] == "accepted"
    assert CODES["temuan"][a.codes["temuan"][a.id.index("app:eoffice")]] == "none"  # rejected
    assert CODES["fungsi"][a.codes["fungsi"][a.id.index("app:gis")]] == UNKNOWN


def test_nothing_overlaps_and_everything_lies_inside() -> None:
    a = made(MANY, KINDS)
    x, y, r = arrays(a.governments)
    gap = np.hypot(x[:, None] - x, y[:, None] - y) - r[:, None] - r
    assert gap[~np.eye(len(x), dtype=bool)].min() >= -2  # whole numbers: rounding only
    lx, ly, lr = arrays(a.levels)
    of = np.array(a.level_of)
    assert (np.hypot(x - lx[of], y - ly[of]) + r <= lr[of] + 2).all()
    apart = np.hypot(lx[:, None] - lx, ly[:, None] - ly) - lr[:, None] - lr
    assert apart[~np.eye(len(lx), dtype=bool)].min() >= -2
    assert (np.hypot(lx, ly) + lr <= WHOLE + 2).all()
    home = np.array(a.government)
    assert (np.hypot(np.array(a.x) - x[home], np.array(a.y) - y[home]) + a.radius <= r[home]).all()
    spots = np.column_stack((a.x, a.y))
    near = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(near, WHOLE)
    assert near.min() >= 2 * a.radius


def test_a_level_is_that_of_the_region_and_counts_its_applications() -> None:
    a = made(
        {"agency:a": 3, "agency:b": 2, "agency:c": 4}, {"agency:a": "city", "agency:c": "central"}
    )
    assert dict(zip(a.levels.id, a.levels.n, strict=True)) == {
        "central": 4,
        "city": 3,
        "government": 2,
    }


def test_the_same_landscape_gives_the_same_map() -> None:
    assert made(MANY, KINDS) == made(MANY, KINDS)


def test_an_empty_landscape_gives_an_empty_map() -> None:
    a = atlas(Survey(Landscape.of([], [])))
    assert a.id == a.governments.id == []


def test_every_group_of_functions_is_in_one_family_and_every_code_has_its_colour() -> None:
    groups = [g for family in FAMILIES.values() for g in family]
    assert Counter(f"G_{g}" for g in groups) == Counter(list(function_groups()))
    wanted = {f"--f-{k}:" for c, codes in CODES.items() if c != "temuan" for k in codes}
    missing = {k for k in wanted if k not in COLOURS}
    assert missing == {"--f-unknown:"}  # hollow, in soga


# ------------------------------------------------------------------ the page
def test_the_page_counts_what_it_shows_and_says_what_to_do() -> None:
    app = run("map")
    assert title(app) == "13 aplikasi di 2 pemerintah dan lembaga, dalam satu peta"
    assert "Belum ada yang dipilih" in text(app)
    table = app.dataframe[-1].value
    assert len(table) == 13
    row = table[table["Aplikasi"] == "SIPEDULI"].iloc[0].to_dict()
    assert row["Fungsi"] == "Pengaduan masyarakat"
    assert row["Keluarga fungsi"] == "Layanan & wilayah"
    assert row["Pemerintah"] == "Kabupaten Anggrek"
    assert row["Temuan"] == "Terindikasi"


def test_the_key_counts_each_colour() -> None:
    said = text(run("map", warna="temuan"))
    assert "Terindikasi 2" in said
    assert "Diterima analis 2" in said
    assert "Tidak dalam temuan 9" in said


def test_an_application_in_the_address_is_told_with_its_ways_on() -> None:
    out = html(run("map", pilih="app:sipeduli"))
    assert 'href="profil?app=app%3Asipeduli"' in out
    assert 'href="jejaring?app=app%3Asipeduli"' in out
    assert 'href="temuan?temuan=finding%3Af1"' in out


def test_a_government_or_a_marked_name_narrows_the_table() -> None:
    app = run("map", pemda="agency:kab-b")
    assert set(app.dataframe[-1].value["Pemerintah"]) == {"Kabupaten Bakung"}
    app = run("map", sorot="SIMPEG")
    assert set(app.dataframe[-1].value["Aplikasi"]) == {"SIMPEG", "Simpeg"}
    assert "Tidak ada nama yang memuat “zzz”" in text(run("map", sorot="zzz"))
