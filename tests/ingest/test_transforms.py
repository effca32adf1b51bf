"""Every kind of source gives whole values from the examples, and refuses none of their rows."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from graph.errors import EmptyCell, Locus
from graph.schema.core import RELATIONS, Edge, Entity
from graph.schema.records import EdgeRecord, NodeRecord, Origin, Reference, is_reference, reference
from ingest import readers
from ingest.agencies import Agencies
from ingest.mapping import fitted, read_mapping
from ingest.row import Row, record
from ingest.sources import transforms

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(p.parent.name for p in EXAMPLES.glob("*/source.yml"))
Record = NodeRecord | EdgeRecord


class Read(NamedTuple):
    """What came out of a source folder."""

    facts: list[Entity | Edge]
    records: list[Record]
    unsure: list[str]
    rows: int


@cache
def read(folder: str) -> Read:
    mapping = read_mapping(EXAMPLES / folder / "source.yml")
    transform = transforms()[mapping.transform]
    out = Read([], [], [], 0)
    for part in mapping.files:
        sheet = readers.read(EXAMPLES / folder / part.file, part.reader, name=part.file)[0]
        part = fitted(part, sheet, mapping.transform, where=part.file, own=True)
        if part.kind == "websites":
            continue
        out = out._replace(rows=out.rows + len(sheet.rows))
        for raw in sheet.rows:
            row = Row(
                raw.cells,
                Locus(part.file, sheet.name, raw.row),
                columns=part.columns,
                codes=mapping.codes,
                constants=part.constants,
                agencies=Agencies(mapping.as_of, mapping.region),
                region=mapping.region,
                ignore=part.ignore,
            )
            facts = [*transform.run(row)]
            origin = Origin(folder, part.file, sheet.name, raw.row)
            out.facts.extend(facts)
            out.records.extend(record(f, row, origin) for f in (*row.implied, *facts))
            out.unsure.extend(text for _, text, _ in row.unsure)
    return out


def nodes(folder: str, type: str) -> list[NodeRecord]:
    return [r for r in read(folder).records if isinstance(r, NodeRecord) and r.type == type]


def edges(folder: str, relation: str) -> list[EdgeRecord]:
    found = [r for r in read(folder).records if isinstance(r, EdgeRecord)]
    return [r for r in found if r.relation == relation]


def inventory(cells: dict[str, str], region: str | None = "35.19") -> tuple[list[object], Row]:
    columns = {h: h for h in cells}
    row = Row(
        cells,
        Locus("a.csv", None, 2),
        columns=columns,
        codes={},
        constants={},
        agencies=Agencies("2025", region),
        region=region,
    )
    return list(transforms()["inventory"].run(row)), row


# ---------------------------------------------------------------- all of them
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_row_of_an_example_is_refused_and_only_declared_things_come_out(folder: str) -> None:
    transform = transforms()[read_mapping(EXAMPLES / folder / "source.yml").transform]
    out = read(folder)
    kinds = {type(f) if isinstance(f, Entity) else f.relation.name for f in out.facts}
    declared = {t if isinstance(t, type) else t.name for t in transform.targets}
    assert out.rows > 0
    assert kinds <= declared
    for edge in (f for f in out.facts if isinstance(f, Edge)):
        assert set(edge.props) <= set(RELATIONS[edge.relation.name].props)


def test_every_kind_of_source_is_complete() -> None:
    assert set(transforms()) >= {
        "inventory",
        "data_entities",
        "integrations",
        "interfaces",
        "innovations",
        "services",
    }
    for t in transforms().values():
        assert {r for one in t.required for r in one.split("|")} <= set(t.roles)
        assert set(t.codes) <= set(t.roles)


# ---------------------------------------------------------------- inventories
def test_a_row_of_the_kab_madiun_survey() -> None:
    origin = Origin("kab-madiun", "survei-aplikasi-2025.csv", None, 2)
    app = str(Reference("app", "agency:bag-tapem-35-19", "Srikandi", "srikandi.arsip.go.id"))
    first = [r for r in read("kab-madiun").records if r.origin.row == 2]
    assert first == [
        NodeRecord(
            "Agency",
            "agency:bag-tapem-35-19",
            {
                "name": "Bagian Administrasi Pemerintahan Kabupaten Madiun",
                "aliases": ("Bagian Administrasi Pemerintahan",),
                "kind": "unit",
                "government": "agency:pemda-35-19",
            },
            origin,
            {"name": "Nama Perangkat Daerah"},
        ),
        NodeRecord(
            "Application",
            app,
            {
                "name": "Srikandi",
                "description": "Aplikasi Umum Bidang Kearsipan Dinamis Terintegrasi",
                "scope": "general",
                "status": "active",
                "address": "srikandi.arsip.go.id",
            },
            origin,
            {
                "name": "Nama Aplikasi",
                "description": "Deskripsi Singkat Aplikasi",
                "scope": "Jenis Aplikasi",
                "status": "Status Aplikasi",
                "address": "Alamat Domain / Link Aplikasi",
            },
        ),
        EdgeRecord(
            "USES",
            "agency:bag-tapem-35-19",
            app,
            {},
            origin._replace(column="Nama Perangkat Daerah"),
        ),
    ]


def test_a_reporting_unit_uses_and_an_owner_owns() -> None:
    assert len(edges("kab-madiun", "USES")) == len(nodes("kab-madiun", "Application")) == 175
    assert edges("kab-madiun", "OWNS") == []
    assert len(edges("kab-magetan", "OWNS")) == len(nodes("kab-magetan", "Application")) == 71
    assert edges("kab-magetan", "USES") == []


def test_a_row_without_a_body_is_of_the_government_of_its_region() -> None:
    facts, _ = inventory({"name": "SIAP"})
    (app,) = facts
    assert getattr(app, "government", None) == "agency:pemda-35-19"
    others = {
        str(r.props["government"])
        for r in nodes("daerah-lain", "Application")
        if r.props.get("government")
    }
    assert {"agency:pemda-35-16", "agency:pemda-31"} <= others


def test_a_body_that_no_list_knows_leaves_the_government_to_the_source() -> None:
    facts, row = inventory({"name": "SIAP", "owner": "Tim Percepatan"})
    assert getattr(facts[0], "government", None) == "agency:pemda-35-19"
    assert [e.relation.name for e in facts if isinstance(e, Edge)] == ["OWNS"]
    assert [text for _, text, _ in row.unsure] == ["Tim Percepatan"]


def test_two_governments_with_one_name_are_recognised_apart() -> None:
    ids = set()
    for owner in ("Dinas Perikanan Kabupaten Tegal", "Dinas Kesehatan Kota Palu"):
        facts, _ = inventory({"name": "SIKUTU", "owner": owner}, region=None)
        ids.add(reference(str(getattr(facts[0], "id", ""))).owner)
    assert ids == {"agency:dkp-ikan-33-28", "agency:dinkes-72-71"}


def test_an_address_stands_in_as_name() -> None:
    facts, row = inventory({"name": "", "address": "siap.go.id"})
    app = facts[0]
    assert isinstance(app, Entity)
    made = record(app, row, Origin("a"))
    assert made.props["name"] == "siap.go.id"
    assert made.columns["name"] == "address"


def test_a_row_without_name_and_address_is_refused_with_a_hint() -> None:
    with pytest.raises(EmptyCell) as e:
        inventory({"name": " ", "description": "Tanpa nama", "address": "-"})
    assert isinstance(e.value.where, Locus)
    assert e.value.where.column == "name"
    assert e.value.parts("id")["hint"]


def test_a_website_said_so_by_its_column_is_no_node() -> None:
    facts, _ = inventory({"name": "dlh.go.id", "record_kind": "Website", "status": "Aktif"})
    assert facts == []


# ---------------------------------------------------------------- data entities
def test_a_row_of_the_data_dictionary() -> None:
    entity = nodes("data-induk", "DataEntity")[0]
    assert (entity.id, entity.props, entity.mention) == (
        "data:identitas-penduduk",
        {
            "name": "identitas penduduk",
            "name_en": "resident identity",
            "code": "DE-001",
            "description": "who a resident is: number, name, birth, sex, address, as held in the "
            "population register",
            "kind": "master",
            "openness": "personal",
            "join_keys": ("NIK", "nomor KK"),
        },
        False,
    )
    assert entity.columns["description"] == "Definisi"
    siak = str(Reference("app", "agency:kemendagri-ditjen-dukcapil", "SIAK", "", True))
    master, steward = edges("data-induk", "MASTERS")[0], edges("data-induk", "STEWARDS")[0]
    assert (master.source, master.target) == (siak, "data:identitas-penduduk")
    assert steward.source == "agency:kemendagri-ditjen-dukcapil"


def test_data_entities_keep_apart_what_their_names_keep_apart() -> None:
    ids = [r.id for r in nodes("data-induk", "DataEntity")]
    assert len(ids) == len(set(ids)) == 96


def test_a_copy_is_no_master_and_a_general_holder_is_a_class() -> None:
    apps = {str(r.props["name"]): r.props.get("kind") for r in nodes("data-induk", "Application")}
    assert not any("salinan" in name for name in apps)
    assert "SIKN / JIKN" in apps  # one system written two ways
    assert {n for n, k in apps.items() if k == "class"} == {
        "sistem presensi instansi",
        "SSO instansi",
        "master OPD daerah",
        "SIMRS",
        "BPJS Kesehatan",
        "daftar daerah",
        "e-BPHTB daerah",
        "sistem pajak Bapenda provinsi",
        "portal instansi",
        "portal daerah",
        "portal satu data daerah",
    }


# ---------------------------------------------------------------- integrations
def test_a_row_of_the_integrations() -> None:
    lapor = str(Reference("app", "agency:kemenpanrb", "SP4N-LAPOR!", "", True))
    anyone = str(Reference("app", "", "Aplikasi pengaduan mandiri K/L/D", "", True))
    first = [r for r in read("integrasi").records if r.origin.row == 2]
    edge = next(r for r in first if isinstance(r, EdgeRecord))
    assert edge == EdgeRecord(
        "INTEGRATES_WITH",
        lapor,
        anyone,
        {
            "kind": "declared",
            "status": "live",
            "data": "data:pengaduan-masyarakat",
            "channel": "API",
            "protocol": "REST/JSON",
            "join_keys": ("nomor tiket", "kode instansi"),
            "agreement": "Perpres 76/2013; KepmenPANRB 680/2020",
            "reason": "Agencies' own complaint apps connect by API; documentation only for "
            "accounts with developer role; no hand-holding by the operator.",
            "confidence": "one source",
        },
        Origin("integrasi", "integrasi.csv", None, 2),
    )
    kinds = {r.id: r.props.get("kind") for r in first if isinstance(r, NodeRecord)}
    assert kinds == {lapor: None, anyone: "class", "data:pengaduan-masyarakat": None}


def test_refused_exchanges_are_kept_and_recalled_ones_are_assumed() -> None:
    exchanges = edges("integrasi", "INTEGRATES_WITH")
    rows = {(e.origin.row, e.props["status"]) for e in exchanges}
    assert Counter(status for _, status in rows) == {
        "live": 115,
        "unknown": 47,
        "stopped": 25,
        "planned": 9,
        "pilot": 8,
    }
    assert {e.props["kind"] for e in exchanges if e.props["confidence"] == "recalled"} == {
        "assumed"
    }
    assert {e.props["kind"] for e in exchanges if e.props["confidence"] != "recalled"} == {
        "declared"
    }
    assert all(e.props["reason"] for e in exchanges if e.props["status"] == "stopped")


def test_several_systems_in_a_cell_are_several_edges_and_bodies_are_read_side_by_side() -> None:
    row = next(
        e.origin.row
        for e in edges("integrasi", "INTEGRATES_WITH")
        if reference(e.source).name == "MOMS" and "ESDM" not in reference(e.target).name
    )
    sources = {
        reference(e.source) for e in edges("integrasi", "INTEGRATES_WITH") if e.origin.row == row
    }
    assert {(r.name, is_reference(r.owner)) for r in sources} == {("MOMS", False), ("BBO", False)}


def test_only_live_exchanges_are_read_and_no_owner_is_derived() -> None:
    live = {e.target for e in edges("integrasi", "INTEGRATES_WITH") if e.props["status"] == "live"}
    assert {e.source for e in edges("integrasi", "READS")} <= live
    assert edges("integrasi", "OWNS") == []
    assert all(r.mention for r in nodes("integrasi", "Application"))
    assert all(r.mention for r in nodes("integrasi", "DataEntity"))


def test_no_national_application_is_taken_for_a_class() -> None:
    from graph.reference import general_applications

    national = {s for app in general_applications().values() for s in app.spellings}
    classes = {
        str(r.props["name"])
        for folder in ("integrasi", "data-induk")
        for r in nodes(folder, "Application")
        if r.props.get("kind") == "class"
    }
    assert classes & national == set()
    assert {"Perorangan", "3.487 lembaga pengguna", "29 perusahaan", "Instansi lain"} <= classes


def test_data_that_is_not_named_is_no_entity() -> None:
    assert "data:tidak-disebut" not in {r.id for r in nodes("integrasi", "DataEntity")}
    assert any("data" not in e.props for e in edges("integrasi", "INTEGRATES_WITH"))


# ---------------------------------------------------------------- services
def test_services_and_the_bodies_of_their_year() -> None:
    services = nodes("layanan-prioritas", "Service")
    assert len(services) == 9
    assert (services[0].id, services[0].props) == (
        "service:layanan-pendidikan",
        {"name": "Layanan pendidikan", "name_en": "Education", "priority": True},
    )
    provides = {(e.source, e.target) for e in edges("layanan-prioritas", "PROVIDES")}
    assert ("agency:kemendikbudristek", "service:layanan-pendidikan") in provides
    assert ("agency:kominfo", "service:layanan-portal-pelayanan-publik") in provides
    assert len(provides) == 12


def test_a_local_service_belongs_to_its_government_and_a_national_one_to_nobody() -> None:
    local = {reference(n.id) for n in nodes("layanan-daerah", "Service")}
    governments = {r.owner for r in local}
    assert governments == {"agency:pemda-35-19", "agency:pemda-35-20"}
    assert len(local) == 19
    national = nodes("layanan-dinilai", "Service")
    assert {n.id for n in national} >= {"service:layanan-jdih", "service:layanan-data-terbuka"}
    assert not any(n.props.get("priority") for n in national)
    assert nodes("layanan-dinilai", "Agency") == []
    assert edges("layanan-dinilai", "PROVIDES") == []


# ---------------------------------------------------------------- how much is resolved
def test_how_many_bodies_are_sure() -> None:
    unsure = {folder: len(read(folder).unsure) for folder in FOLDERS}
    assert unsure == {
        "antarmuka": 0,
        "daerah-lain": 0,
        "data-induk": 10,  # kinds of unit without a region
        "inovasi-daerah": 0,
        "integrasi": 5,
        "kab-madiun": 0,
        "kab-magetan": 0,
        "kota-madiun": 0,
        "layanan-daerah": 0,
        "layanan-dinilai": 0,
        "layanan-prioritas": 0,
        "proyek-perubahan": 0,
    }
