"""Loading: all or nothing, nothing lost, nothing personal, ids that last."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import (
    BadSlug,
    Locus,
    MissingColumn,
    NotASpreadsheet,
    SimpulError,
    SlugTaken,
    UnmetExpectation,
)
from graph.exchange.rdf.export import write
from graph.exchange.tables import write_csv, write_xlsx
from graph.landscape import Landscape
from graph.store.workspace import Workspace
from ingest.run import Done, load

EXAMPLES = Path(__file__).parents[2] / "examples"
SURVEY = EXAMPLES / "kab-madiun" / "survei-aplikasi-2025.csv"
MAPPING = EXAMPLES / "kab-madiun" / "source.yml"
HEADINGS = (
    "Nama Perangkat Daerah",
    "Nama Aplikasi",
    "Deskripsi Singkat Aplikasi",
    "Alamat Domain / Link Aplikasi",
    "Jenis Aplikasi",
    "Status Aplikasi",
    "Penyebab Aplikasi Tidak Aktif",
    "Nama Pengelola",
    "Nomor WA Pengelola",
)
Row = tuple[str, ...]


def survey(path: Path, rows: list[Row], headings: Row = HEADINGS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f, delimiter=";").writerows([headings, *rows])
    return path


def tree(path: Path) -> str:
    digest = hashlib.sha256()
    for p in sorted(path.rglob("*")):
        if p.is_file() and p.suffix != ".lock":
            digest.update(str(p.relative_to(path)).encode() + p.read_bytes())
    return digest.hexdigest()


def applications(workspace: Workspace) -> dict[str, frozenset[tuple[str, int | None]]]:
    """Id of each application → (source, row) of the rows it was read from."""
    landscape = workspace.version().landscape
    return {
        a["id"]: frozenset((o.source, o.row) for o in landscape.origins_of(a["id"]))
        for a in landscape.rows("Application")
    }


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


@pytest.fixture
def madiun(workspace: Workspace) -> Workspace:
    load(workspace, [EXAMPLES / "kab-madiun"])
    return workspace


def test_the_examples_are_accepted_whole(example_landscape: Landscape, examples: Workspace) -> None:
    accepted = {
        s: sum(f["accepted"] for f in v.meta["files"]) for s, v in examples.version().loads.items()
    }
    assert accepted == {
        "antarmuka": 68,
        "daerah-lain": 89,
        "data-induk": 96,
        "inovasi-daerah": 3,
        "integrasi": 204,
        "kab-madiun": 175,
        "kab-magetan": 104,
        "kota-madiun": 54,
        "layanan-daerah": 19,
        "layanan-dinilai": 13,
        "layanan-prioritas": 9,
        "proyek-perubahan": 10,
    }
    assert all(
        f["read"] == f["accepted"]
        for v in examples.version().loads.values()
        for f in v.meta["files"]
    )
    mission = {"Application", "Agency", "DataEntity", "Service"}
    assert mission <= set(example_landscape.counts()[0])


def test_a_reporting_unit_uses_and_does_not_own(madiun: Workspace) -> None:
    landscape = madiun.version().landscape
    reported = {e["target"] for e in landscape.edge_rows("USES")}
    owners = {e["source"] for e in landscape.edge_rows("OWNS")}
    assert len(reported) > 90
    assert not [o for o in owners if "35-19" in o]


def test_websites_are_rows_without_a_node(example_landscape: Landscape) -> None:
    sheets = {
        o.sheet
        for a in example_landscape.rows("Application")
        for o in example_landscape.origins_of(a["id"])
        if o.source == "kab-magetan"
    }
    assert sheets == {"Aplikasi"}


def test_a_stopped_integration_keeps_its_reason(example_landscape: Landscape) -> None:
    stopped = [
        e for e in example_landscape.edge_rows("INTEGRATES_WITH") if e["status"] == "stopped"
    ]
    assert len({o.row for e in stopped for o in example_landscape.origins_of(e["id"])}) == 25
    assert all(e["reason"] for e in stopped)


@pytest.mark.parametrize("source", ["integrasi", "data-induk", "layanan-prioritas"])
def test_every_row_of_a_list_of_facts_left_one(
    examples: Workspace, example_landscape: Landscape, source: str
) -> None:
    """A row that names only known things is the origin of its edges, and none is lost."""
    left = {r["row"] for r in example_landscape.origins.to_pylist() if r["source"] == source}
    rows = {r["row"] for r in examples.version().loads[source].rows}
    assert rows - left == set()


def test_a_refused_row_is_kept_with_its_cells(workspace: Workspace, tmp_path: Path) -> None:
    path = survey(
        tmp_path / "s.csv",
        [
            (
                "Dinas Sosial Kota Palu",
                "SITEST",
                "bantuan",
                "",
                "Aplikasi Khusus",
                "Aktif",
                "",
                "",
                "",
            ),
            (
                "Dinas Sosial Kota Palu",
                "",
                "Tanpa nama",
                "",
                "Aplikasi Khusus",
                "Aktif",
                "",
                "",
                "",
            ),
            ("Dinas Sosial Kota Palu", "SIKODE", "x", "", "Aplikasi Khusus", "Akktif", "", "", ""),
        ],
    )
    done = load(workspace, [path], slug="uji", mapping=MAPPING)
    [file] = done.sources[0].files
    assert [(r.origin.row, r.origin.column) for r in file.refused] == [
        (3, "Nama Aplikasi"),
        (4, "Status Aplikasi"),
    ]
    assert "aktif" in file.refused[1].error["id"]["hint"]
    kept = [r for r in workspace.version().loads["uji"].rows if r["refused"]]
    assert kept[0]["cells"]["Deskripsi Singkat Aplikasi"] == "Tanpa nama"


def test_one_bad_file_stops_all(madiun: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    survey(folder / "a.csv", [("Dinas Sosial Kota Palu", "SIBARU", *[""] * 7)])
    (folder / "b.xlsx").write_text("bukan buku kerja")
    before = tree(madiun.path)
    with pytest.raises(NotASpreadsheet):
        load(madiun, [folder / "a.csv", folder / "b.xlsx"])
    assert tree(madiun.path) == before


def test_a_renamed_column_stops_the_load(madiun: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "kab-madiun"
    folder.mkdir()
    text = SURVEY.read_text(encoding="utf-8-sig")
    (folder / SURVEY.name).write_text(text.replace("Nama Aplikasi", "Judul", 1), encoding="utf-8")
    (folder / "source.yml").write_bytes(MAPPING.read_bytes())
    before = tree(madiun.path)
    with pytest.raises(MissingColumn) as e:
        load(madiun, [folder], slug="kab-madiun")
    assert "Judul" in e.value.parts("id")["expected"]
    assert tree(madiun.path) == before


def test_half_a_file_stops_the_load(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "kab-madiun"
    folder.mkdir()
    lines = SURVEY.read_text(encoding="utf-8-sig").splitlines()
    (folder / SURVEY.name).write_text("\n".join(lines[:80]) + "\n", encoding="utf-8")
    (folder / "source.yml").write_bytes(MAPPING.read_bytes())
    with pytest.raises(UnmetExpectation):
        load(workspace, [folder])
    assert not workspace.path.exists()


def test_a_column_nobody_took_is_reported(workspace: Workspace, tmp_path: Path) -> None:
    path = survey(
        tmp_path / "s.csv",
        [("Dinas Sosial Kota Palu", "SITEST", *[""] * 7, "42")],
        (*HEADINGS, "Warna Sampul"),
    )
    [file] = load(workspace, [path], mapping=MAPPING).sources[0].files
    assert file.unknown == ["Warna Sampul"]
    assert file.accepted == 1


def test_an_unknown_agency_is_a_question_not_a_guess(workspace: Workspace, tmp_path: Path) -> None:
    path = survey(tmp_path / "s.csv", [("Yayasan Entah Apa", "SITEST", *[""] * 7)])
    [file] = load(workspace, [path], mapping=MAPPING).sources[0].files
    assert [r.code for r in file.remarks if r.code == "unsure-agency"] == ["unsure-agency"]
    agencies = workspace.version().landscape.rows("Agency")
    assert [a["kind"] for a in agencies if a["name"] == "Yayasan Entah Apa"] == ["unknown"]


def test_two_files_may_not_hold_one_name(workspace: Workspace, tmp_path: Path) -> None:
    for folder in ("satu", "dua"):
        (tmp_path / folder).mkdir()
        survey(tmp_path / folder / "s.csv", [("Dinas Sosial Kota Palu", "SITEST", *[""] * 7)])
    with pytest.raises(SlugTaken):
        load(workspace, [tmp_path / "satu", tmp_path / "dua"])


# ---------------------------------------------------------------- several files of one source
TWO = """
title_id: Dua berkas
transform: inventory
region: "72.71"
files:
  - file: a.csv
    columns: {Nama: name, Unit: owner}
  - file: b.csv
    columns: {Nama Aplikasi: name, Uraian: description, Unit: owner}
expect: {rows: [2, 3], filled: {name: 1.0}}
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    folder = tmp_path / "dua"
    folder.mkdir()
    (folder / "source.yml").write_text(TWO)
    (folder / "a.csv").write_text("Nama;Unit\nSISATU;Dinas Sosial\nSIDUA;Dinas Sosial\n")
    (folder / "b.csv").write_text("Nama Aplikasi;Uraian;Unit\nSITIGA;lama;Dinas Sosial\n")
    return folder


def test_each_file_is_held_against_its_own_rows(workspace: Workspace, two: Path) -> None:
    load(workspace, [two])
    (two / "b.csv").write_text("Nama Aplikasi;Uraian;Unit\nSITIGA;baru;Dinas Sosial\n")
    done = load(workspace, [two], dry_run=True)
    assert done.changes["dua", "a.csv"].count == {"added": 0, "changed": 0, "removed": 0}
    change = done.changes["dua", "b.csv"]
    assert change.count == {"added": 0, "changed": 1, "removed": 0}
    assert change.cells == [{"row": 2, "column": "Uraian", "before": "lama", "after": "baru"}]


def test_a_role_is_counted_where_a_file_has_a_column_for_it(
    workspace: Workspace, two: Path
) -> None:
    """Both files have a name in every row, each under its own heading."""
    [source] = load(workspace, [two]).sources
    assert [(f.known["name"], f.filled["name"]) for f in source.files] == [(2, 2), (1, 1)]
    assert [f.known["description"] for f in source.files] == [0, 1]


def test_emptier_than_expected_stops_and_more_is_remarked(workspace: Workspace, two: Path) -> None:
    (two / "source.yml").write_text(TWO.replace("name: 1.0}", "description: 0.9}"))
    (two / "b.csv").write_text("Nama Aplikasi;Uraian;Unit\nSITIGA;;Dinas Sosial\n")
    with pytest.raises(UnmetExpectation) as e:
        load(workspace, [two])
    assert "description" in e.value.parts("en")["problem"]
    (two / "source.yml").write_text(TWO.replace("[2, 3]", "[1, 2]"))
    done = load(workspace, [two])
    codes = [r.code for f in done.sources[0].files for r in f.remarks]
    assert "more-than-expected" in codes


def test_a_file_that_no_reader_takes_is_named(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    survey(folder / "a.csv", [("Dinas Sosial Kota Palu", "SIBARU", *[""] * 7)])
    (folder / "surat.pdf").write_bytes(b"%PDF-1.7 x")
    done = load(workspace, [folder])
    assert [r.where for r in done.remarks if r.code == "skipped-file"] == [Locus("surat.pdf")]


def test_the_same_content_from_elsewhere_makes_no_version(
    madiun: Workspace, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "salinan" / SURVEY.name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(SURVEY.read_bytes())
    done = load(madiun, [elsewhere], slug="kab-madiun")
    assert done.version is not None
    assert done.version.number == 1


def test_the_examples_may_move(madiun: Workspace, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(EXAMPLES / "kab-madiun", tmp_path / "kab-madiun"))
    with pytest.raises(SlugTaken):
        load(madiun, [moved])
    assert load(madiun, [moved], moved=True).version is not None


def test_an_unchanged_load_is_not_built_again(
    madiun: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("ingest.run.rebuild", fail)
    load(madiun, [EXAMPLES / "kab-madiun"])


def test_a_renamed_record_without_an_address_is_asked_about(
    workspace: Workspace, tmp_path: Path
) -> None:
    unit = "Dinas Sosial Kota Palu"
    for name in ("Sistem Bantuan Sosial Terpadu", "Sistem Bantuan Sosial Terpadu Kota"):
        path = survey(tmp_path / f"{len(name)}.csv", [(unit, name, "bantuan", *[""] * 6)])
        done = load(workspace, [path], slug="uji", mapping=MAPPING)
    assert [r.code for r in done.remarks] == ["renamed-or-new"]


def test_a_renamed_application_of_an_unknown_unit_is_another_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The unit, which many rows share, does not recognise a row; the application does."""
    rest = [("Dinas Antah", f"SI{n}", "bantuan", *[""] * 6) for n in range(3)]
    for name in ("SILAMA", "SIBARU"):
        path = survey(tmp_path / "s.csv", [("Dinas Antah", name, "surat", *[""] * 6), *rest])
        done = load(workspace, [path], slug="uji", mapping=MAPPING)
    assert done.changes["uji", "s.csv"].count == {"added": 1, "changed": 0, "removed": 1}


# ---------------------------------------------------------------- next year's file
def body() -> list[Row]:
    with SURVEY.open(encoding="utf-8-sig", newline="") as f:
        return [tuple(r) for r in csv.reader(f, delimiter=";")][1:]


@pytest.mark.parametrize("seed", range(3))
def test_ids_outlive_sorting_case_and_file_name(
    madiun: Workspace, tmp_path: Path, seed: int
) -> None:
    before = applications(madiun)
    rows = body()
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    moved = [
        (rows[i][0], rows[i][1].upper() + " " if i % 3 else rows[i][1], *rows[i][2:]) for i in order
    ]
    load(madiun, [survey(tmp_path / "tahun-depan.csv", moved)], slug="kab-madiun")
    after = applications(madiun)
    assert set(after) == set(before)
    was = {row: id for id, rows_ in before.items() for s, row in rows_ if s == "kab-madiun"}
    now = {row: id for id, rows_ in after.items() for s, row in rows_ if s == "kab-madiun"}
    assert [now[n] for n in range(2, len(rows) + 2)] == [was[i + 2] for i in order]


def test_a_renamed_application_at_its_own_address_keeps_its_id(
    workspace: Workspace, tmp_path: Path
) -> None:
    def rows(name: str) -> list[Row]:
        unit = "Dinas Sosial Kota Palu"
        return [
            (unit, name, "bantuan", "siratu.palukota.go.id", *[""] * 5),
            (unit, "Lain Sekali", "lain", "", *[""] * 5),
        ]

    load(workspace, [survey(tmp_path / "a.csv", rows("SIRATU"))], slug="uji", mapping=MAPPING)
    before = set(applications(workspace))
    load(workspace, [survey(tmp_path / "b.csv", rows("Ratu Baru"))], slug="uji")
    assert set(applications(workspace)) == before
    assert {a["name"] for a in workspace.version().landscape.rows("Application")} >= {"Ratu Baru"}


def test_the_order_of_sources_and_rows_does_not_matter(tmp_path: Path) -> None:
    """Two workspaces with the same content have the same ids, functions and findings."""
    rows = body()
    contents = []
    for name, moved in (("a", rows), ("b", rows[::-1])):
        workspace = Workspace(tmp_path / name)
        path = survey(tmp_path / f"{name}.csv", moved)
        load(workspace, [path], slug="kab-madiun", mapping=MAPPING)
        landscape = workspace.version().landscape
        contents.append(
            {
                kind: {
                    tuple(sorted((k, str(v)) for k, v in r.items())) for r in landscape.rows(kind)
                }
                for kind in ("Application", "Finding")
            }
            | {
                r: {(e["source"], e["target"]) for e in landscape.edge_rows(r)}
                for r in ("MEMBER_OF", "SIMILAR_TO", "PERFORMS", "SAME_AS")
            }
        )
    assert contents[0] == contents[1]


# ---------------------------------------------------------------- personal data
PERSONAL = {
    "name": "Siti Zulaxana Dembrova",
    "telephone": "081234987654",
    "nip": "197903152005011023",
    "nik": "3328011503790002",
    "email": "zulaxana.dembrova",
    "address": "10.77.31.204",
}


def packed(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, of what is packed in it, and of what a table holds."""
    for p in [path] if path.is_file() else sorted(path.rglob("*")):
        if p.is_file():
            yield p.name, p.read_bytes()
            if zipfile.is_zipfile(p):
                with zipfile.ZipFile(p) as z:
                    yield from ((f"{p.name}/{n}", z.read(n)) for n in z.namelist())


def contents(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    yield from packed(workspace.path)
    version = workspace.version()  # the tables are compressed: look at what they hold as well
    for name, table in version.landscape.tables.items():
        yield name, json.dumps(table.to_pylist(), ensure_ascii=False).encode()
    for slug, held in version.loads.items():
        yield slug, json.dumps([held.meta, held.rows, held.records], ensure_ascii=False).encode()


@pytest.fixture
def planted(workspace: Workspace, tmp_path: Path) -> tuple[Workspace, Done]:
    p = PERSONAL
    unit = "Dinas Sosial Kota Palu"
    rows: list[Row] = [
        (
            unit,
            "SISATU",
            f"hubungi {p['email']}@contoh.go.id atau {p['telephone']}",
            "",
            "",
            "Aktif",
            "",
            p["name"],
            p["telephone"],
        ),
        (
            unit,
            "SIDUA",
            f"server {p['address']}, NIK {p['nik']}",
            "",
            "",
            "Aktif",
            "",
            f"{p['name']} NIP {p['nip']}",
            p["telephone"],
        ),
        (
            unit,
            "",
            f"tanpa nama {p['email']}@contoh.go.id NIP {p['nip']}",
            "",
            "",
            "Aktif",
            "",
            p["name"],
            p["telephone"],
        ),
    ]
    path = survey(tmp_path / "s.csv", rows)
    return workspace, load(workspace, [path], slug="uji", mapping=MAPPING)


def test_personal_data_is_dropped_and_counted(planted: tuple[Workspace, Done]) -> None:
    [file] = planted[1].sources[0].files
    assert set(file.dropped) >= {"name", "telephone", "nip", "nik", "email", "internal_address"}
    assert (file.accepted, len(file.refused)) == (2, 1)


def test_personal_data_is_nowhere(planted: tuple[Workspace, Done], tmp_path: Path) -> None:
    workspace, _ = planted
    landscape = workspace.version().landscape
    out = tmp_path / "out"
    out.mkdir()
    for profile in ("public", "internal"):
        write_xlsx(landscape, out / f"{profile}.xlsx", profile=profile)
        write_csv(landscape, out / f"{profile}-csv", profile=profile)
        for form in ("turtle", "ntriples"):
            write(landscape, out / f"{profile}.{form}", format=form, profile=profile)
    places = [*contents(workspace), *packed(out)]
    assert len(places) > 100
    found = [
        (kind, place)
        for kind, value in PERSONAL.items()
        for place, data in places
        if value.lstrip("0").encode() in data or value.encode("utf-16-le") in data
    ]
    assert not found


def test_the_same_check_finds_what_is_not_personal(planted: tuple[Workspace, Done]) -> None:
    """Guards the test above: it must be able to find something."""
    assert [p for p, data in contents(planted[0]) if b"SISATU" in data]


# ---------------------------------------------------------------- reproducible
def test_two_workspaces_with_the_same_input_are_the_same(
    examples: Workspace, tmp_path: Path
) -> None:
    other = Workspace(tmp_path / "other")
    load(other, [EXAMPLES])
    a, b = examples.version(), other.version()
    assert a.manifest["sha256"] == b.manifest["sha256"] == b.landscape.sha256
    paths = [tmp_path / "a.nt", tmp_path / "b.nt"]
    for version, path in zip((a, b), paths, strict=True):
        write(version.landscape, path, format="ntriples", profile="internal")
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_damaged_mapping_is_a_sentence(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "rusak"
    folder.mkdir()
    (folder / "source.yml").write_text("title_id: [\n")
    with pytest.raises(SimpulError):
        load(workspace, [folder])
    assert not workspace.path.exists()


def test_a_suggestion_leads_back_to_the_rows_it_compares(example_landscape: Landscape) -> None:
    for edge in example_landscape.edge_rows("SAME_AS"):
        origins = example_landscape.origins_of(edge["id"])
        assert origins
        assert all(o.row for o in origins)


def test_every_value_leads_back_to_a_row(example_landscape: Landscape) -> None:
    """No node without an origin, no shown value without one."""
    known: set[Any] = {r["about"] for r in example_landscape.origins.to_pylist()}
    lost = [
        r["id"]
        for kind in example_landscape.nodes
        for r in example_landscape.rows(kind)
        if r["id"] not in known
    ]
    assert not lost


def test_totals_and_signatures_are_no_records(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text(
        "No;Nama Aplikasi;Deskripsi;Perangkat Daerah\n"
        "1;SISATU;bantuan sosial;Dinas Sosial Kota Palu\n"
        ";Jumlah;;26\n"
        "2;SIDUA;;Dinas Sosial Kota Palu\n"
        "Jumlah;2;;\n"
        ";;;Palu, 3 Maret 2025\n"
        ";;;Kepala Dinas\n"
    )
    [file] = load(workspace, [path], strict=True).sources[0].files
    assert (len(file.rows), file.accepted) == (2, 2)
    [told] = [r for r in file.remarks if r.code == "no-records"]
    assert told.facts["rows"] == "3, 5, 6, 7"


def test_a_row_that_says_something_is_refused_not_passed_over(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = survey(
        tmp_path / "s.csv",
        [
            ("Dinas Sosial Kota Palu", "SISATU", *[""] * 7),
            ("Dinas Sosial Kota Palu", "", "", "", "Aplikasi Khusus", "Aktif", "", "", ""),
        ],
    )
    [file] = load(workspace, [path], mapping=MAPPING).sources[0].files
    assert [r.origin.row for r in file.refused] == [3]


def test_ids_stay_when_the_region_becomes_known(workspace: Workspace, tmp_path: Path) -> None:
    path = survey(tmp_path / "s.csv", [("Dinas Sosial", "SISATU", *[""] * 7)])
    load(workspace, [path], mapping=MAPPING)
    before = set(applications(workspace))
    load(workspace, [path], mapping=MAPPING, region="Kota Palu")
    assert set(applications(workspace)) == before


def test_a_workspace_in_a_folder_is_no_inventory(workspace: Workspace, tmp_path: Path) -> None:
    survey(tmp_path / "s.csv", [("Dinas Sosial Kota Palu", "SISATU", *[""] * 7)])
    load(workspace, [tmp_path / "s.csv"])
    done = load(workspace, [tmp_path])
    assert [s.slug for s in done.sources] == ["s.csv"]


@pytest.mark.parametrize("slug", ["", ".", "..", "../../esc", "a/b", "/tmp/x", "x" * 300, ".git"])
def test_a_source_cannot_bear_the_name_of_a_path(
    workspace: Workspace, tmp_path: Path, slug: str
) -> None:
    path = survey(tmp_path / "s.csv", [("Dinas Sosial Kota Palu", "SISATU", *[""] * 7)])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadSlug):
        load(workspace, [path], slug=slug, mapping=MAPPING)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_one_stands_in_has_a_name(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES / "kab-madiun")
    assert [s.slug for s in load(workspace, [Path()]).sources] == ["kab-madiun"]


def test_names_of_sources_that_differ_in_signs_stay_apart(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("a b.csv", "a-b.csv", "A.b.csv"):
        load(workspace, [survey(tmp_path / name, [("Dinas Sosial Kota Palu", "SI", *[""] * 7)])])
    ids = {s["id"]: s["slug"] for s in workspace.version().landscape.rows("Source")}
    assert {"a b.csv", "a-b.csv", "A.b.csv"} <= set(ids.values())
    assert all(re.fullmatch(r"source:[a-z0-9-]+", id) for id in ids)


def test_names_and_headings_hold_nothing_personal(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "sumber"
    folder.mkdir()
    file = f"{PERSONAL['telephone']} Budi.csv"
    (folder / file).write_text(
        f"Nama Aplikasi;Perangkat Daerah;Catatan {PERSONAL['telephone']}\n"
        "SISATU;Dinas Sosial Kota Palu;x\n"
    )
    (folder / "source.yml").write_text(
        f'title_id: "Daftar milik {PERSONAL["email"]}@contoh.go.id"\n'
        f'publisher: "hubungi {PERSONAL["telephone"]}"\ntransform: inventory\nfiles:\n'
        f'  - file: "{file}"\n    columns: {{Nama Aplikasi: name, Perangkat Daerah: owner}}\n'
    )
    load(workspace, [folder])
    places = list(contents(workspace))
    for kind in ("telephone", "email"):
        wanted = PERSONAL[kind].lstrip("0").encode()
        assert [p for p, data in places if wanted in data] == []


def test_a_text_where_a_name_belongs_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """A name of 400 kB kept the comparison of names busy for hours."""
    unit = "Dinas Sosial Kota Palu"
    rows = [(unit, name, *[""] * 7) for name in ("SISATU", "x" * 400_000, "Aplikasi " * 50)]
    [file] = load(workspace, [survey(tmp_path / "s.csv", rows)], mapping=MAPPING).sources[0].files
    assert [(r.origin.row, r.error["en"]["code"]) for r in file.refused] == [(3, "too-long")]
