"""Lists of interfaces and of innovations, ours and those of others."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import Locus, WrongValue
from graph.landscape import Landscape
from graph.schema.core import Edge, Entity
from graph.schema.nodes import Application, Innovation, Interface
from graph.schema.records import reference
from graph.store.workspace import Workspace
from ingest import readers
from ingest.agencies import Agencies
from ingest.mapping import guess
from ingest.readers.records import ReaderSpec
from ingest.row import Row
from ingest.run import load
from ingest.sources import transforms

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT / ".." / "shared"
GIVEN = {"IF-059", "IF-065"}  # rows of which one cell was written otherwise


def facts(file: str) -> list[dict[str, str]]:
    path = SHARED / "domain" / file
    if not path.exists():
        pytest.skip("the shared facts are not beside this repository")
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def ours(path: str) -> list[dict[str, str]]:
    with (EXAMPLES / path).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def run(kind: str, cells: Mapping[str, str], region: str | None = None) -> list[Entity | Edge]:
    row = Row(
        cells,
        Locus("a.csv", None, 2),
        columns={h: h for h in cells},
        codes={},
        constants={},
        agencies=Agencies("2025", region),
        region=region,
    )
    return list(transforms()[kind].run(row))


def edges(found: list[Entity | Edge], relation: str) -> list[Edge]:
    return [f for f in found if isinstance(f, Edge) and f.relation.name == relation]


# ---------------------------------------------------------------- interfaces
def test_an_interface_with_all_that_a_row_says() -> None:
    found = run(
        "interfaces",
        {
            "name": "Layanan data ASN",
            "system": "SIASN",
            "owner": "BKN",
            "endpoint": "https://api.contoh.go.id/siasn",
            "data_entities": "riwayat ASN; data utama pegawai ASN",
            "gateway": "gateway BKN (WSO2)",
            "subscribers": "SIMPEG Kab. Madiun",
            "status": "live",
        },
    )
    (made,) = [f for f in found if isinstance(f, Interface)]
    ref = reference(made.id)
    assert (made.name, ref.address) == ("Layanan data ASN", "https://api.contoh.go.id/siasn")
    assert reference(ref.owner).name == "SIASN"
    assert [e.source for e in edges(found, "PROVIDES")] == ["agency:bkn"]
    assert [e.target for e in edges(found, "CARRIES")] == [
        "data:riwayat-asn",
        "data:data-utama-pegawai-asn",
    ]
    apps = {f.name: f for f in found if isinstance(f, Application)}
    assert [a.relay for a in apps.values()] == [False, True, False]
    assert [e.source for e in edges(found, "EXPOSES")] == [apps["SIASN"].id]
    assert [e.target for e in edges(found, "PUBLISHED_ON")] == [apps["gateway BKN (WSO2)"].id]
    assert [e.source for e in edges(found, "SUBSCRIBES")] == [apps["SIMPEG Kab. Madiun"].id]
    assert all(reference(a.id).mention for a in apps.values())


@pytest.mark.parametrize("gateway", ["gateway daerah", "server di tiap instansi"])
def test_words_for_many_gateways_relay_nothing(gateway: str) -> None:
    found = run("interfaces", {"name": "A", "system": "B", "gateway": gateway})
    relays = {f.name: (f.kind, f.relay) for f in found if isinstance(f, Application)}
    assert relays[gateway] == ("class", False)


def test_an_interface_of_a_class_of_bodies_is_exposed_by_a_class() -> None:
    found = run("interfaces", {"name": "receiveNIB", "system": "Sistem penerima", "owner": "K/L"})
    assert [f.kind for f in found if isinstance(f, Application)] == ["class"]
    assert edges(found, "PROVIDES") == []


def test_the_catalogue_of_the_examples_holds_the_facts() -> None:
    rows = ours("antarmuka/katalog-antarmuka.csv")
    same = {
        "Kode": "id",
        "Nama API": "name",
        "Sistem": "system",
        "Instansi Pemilik": "agency",
        "Konteks": "context_or_base",
        "Protokol": "protocol",
        "Format": "format",
        "Autentikasi": "authentication",
        "Data": "data_entities",
        "Dokumentasi": "docs",
        "Status": "status",
        "Sumber": "source",
    }
    told = facts("interfaces.csv")
    assert len(rows) == len(told) == 68
    for mine, fact in zip(rows, told, strict=True):
        differing = {h for h, c in same.items() if mine[h] != fact[c]}
        assert bool(differing) == (mine["Kode"] in GIVEN), mine["Kode"]
        assert bool(mine["Gateway"]) == bool(fact["gateway"])
        assert mine["Versi"] in mine["Konteks"]
        assert mine["Endpoint"] == ""


def test_every_data_entity_that_is_carried_stands_in_the_dictionary() -> None:
    known = {r["Nama Data"] for r in ours("data-induk/entitas-data.csv")}
    carried = {
        w for r in ours("antarmuka/katalog-antarmuka.csv") for w in r["Data"].split("; ") if w
    }
    assert carried <= known


def test_gateways_of_the_examples_may_relay_and_nobody_else_by_this_list(
    example_landscape: Landscape,
) -> None:
    found = {
        row["name"]: row["relay"]
        for e in example_landscape.edge_rows("PUBLISHED_ON")
        if (row := example_landscape.node(e["target"]))
    }
    assert found == {
        "SPLP": True,
        "MANTRA": True,
        "gateway BKN (WSO2)": True,
        "gateway daerah": False,
        "server di tiap instansi": False,
    }


@pytest.mark.parametrize("file", ["catalogue.csv", "catalogue-from-json-source.csv"])
def test_a_foreign_list_of_interfaces_is_one_by_its_headings(file: str, tmp_path: Path) -> None:
    path = SHARED / "data" / "gb-api-catalogue" / file
    if not path.exists():
        pytest.skip("the shared registers are not beside this repository")
    mapping, _ = guess(readers.read(path, name=file), file)
    assert mapping.transform == "interfaces"
    (read,) = load(Workspace(tmp_path), [path]).sources[0].files
    assert (read.refused, read.accepted) == ([], len(read.rows))
    assert read.accepted >= (200 if file == "catalogue.csv" else 100)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nama API,Konteks,Versi,Endpoint\nA,/a,1,https://a.go.id\n", "interfaces"),
        ("name,url,description,documentation\nA,https://a.uk,x,https://d.uk\n", "interfaces"),
        ("name,url,description,owner\nA,https://a.uk,x,GDS\n", "inventory"),
        ("Nama Aplikasi,URL,Keterangan,Versi,Data\nA,a.go.id,x,1,y\n", "inventory"),
        ("Judul Inovasi,Tahapan,Dibuat Oleh\nA,Penerapan,Dinas Sosial\n", "innovations"),
        ("Judul,Keterangan,Instansi\nA,x,BKN\n", "inventory"),
    ],
)
def test_headings_choose_the_kind(text: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    sheets = readers.read(tmp_path / "a.csv", ReaderSpec(format="delimited"), name="a.csv")
    assert guess(sheets, "a.csv")[0].transform == kind


# ---------------------------------------------------------------- innovations
def test_a_project_is_of_the_unit_of_the_body_that_the_row_names() -> None:
    cells = {"name": "SITEPRA", "programme": "pka", "batch": "II", "year": "2023"}
    where = {"unit": "Bagian Administrasi Pembangunan", "agency": "Kabupaten Pulang Pisau"}
    found = run("innovations", cells | where)
    (made,) = [f for f in found if isinstance(f, Innovation)]
    assert (made.name, made.programme, made.batch, made.year) == ("SITEPRA", "pka", "II", 2023)
    assert reference(made.id)[:3] == ("innovation", "agency:bag-adbang-62-11", "SITEPRA pka 2023")
    assert [e.source for e in edges(found, "INITIATED")] == ["agency:bag-adbang-62-11"]


def test_without_a_unit_the_body_is_meant_and_without_one_the_region() -> None:
    found = run("innovations", {"name": "A", "agency": "Kementerian ATR/BPN"})
    assert [e.source for e in edges(found, "INITIATED")] == ["agency:atrbpn"]
    found = run("innovations", {"name": "A"}, region="35.19")
    assert [e.source for e in edges(found, "INITIATED")] == ["agency:pemda-35-19"]
    assert edges(run("innovations", {"name": "A"}), "INITIATED") == []


@pytest.mark.parametrize("year", ["2023/2024", "tahun lalu", "12023"])
def test_a_year_that_is_none_or_two_refuses_the_row(year: str) -> None:
    with pytest.raises(WrongValue):
        run("innovations", {"name": "A", "year": year})


def test_a_year_is_found_in_its_words() -> None:
    (made,) = run("innovations", {"name": "A", "year": "Tahun 2024"})
    assert isinstance(made, Innovation)
    assert made.year == 2024


def test_the_lists_of_the_examples_hold_the_facts() -> None:
    told = facts("innovation_examples.csv")
    mine = ours("proyek-perubahan/proyek-perubahan.csv")
    assert [
        (
            r["Judul Proyek/Aksi Perubahan"],
            ", ".join(filter(None, (r["Instansi"], r["Unit Kerja"]))),
            r["Angkatan"],
            r["Tahun"],
            r["Sumber"],
        )
        for r in mine
    ] == [(r["title"], r["agency_unit"], r["batch"], r["year"], r["source"]) for r in told]
    assert all(
        t["programme"].startswith(r["Jenis Pelatihan"]) for r, t in zip(mine, told, strict=True)
    )
    records = [r for r in facts("apps_real.csv") if r["record_kind"] == "innovation record"]
    assert [r["Nama Inovasi"] for r in ours("inovasi-daerah/inovasi-daerah.csv")] == [
        r["name"] for r in records
    ]


def test_names_of_participants_never_pass_the_door(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Judul Aksi Perubahan,Nama Peserta,Coach,Angkatan\nSITEPRA,Siti Aminah,Budi,II\n",
        encoding="utf-8",
    )
    (file,) = load(Workspace(tmp_path / "ws"), [tmp_path / "a.csv"]).sources[0].files
    assert (file.accepted, file.dropped) == (1, {"name": 2})
    kept = "".join(
        p.read_text(encoding="utf-8", errors="replace")
        for p in (tmp_path / "ws").rglob("*")
        if p.is_file()
    )
    assert "Aminah" not in kept
