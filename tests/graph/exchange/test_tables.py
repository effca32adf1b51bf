"""What the tables promise: nothing runs, nothing leaks, everything comes back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from graph.errors import CannotWrite
from graph.exchange.rdf.export import about
from graph.exchange.selection import PROFILES, Profile, chosen
from graph.exchange.tables import (
    answer_table,
    csv_folder,
    sheet_names,
    workbook,
    write_answer,
    write_csv,
    write_xlsx,
)
from graph.exchange.written import Written
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from tests.graph.exchange.sample import LONG, NASTY

ROOT = Path(__file__).resolve().parents[3]
CASE = ROOT.parent / "shared" / "cases" / "xlsx-export-sheet-names" / "aplikasi.csv"
CONTROL = str.maketrans("", "", "\x00\x07\x0b\x1f\ufffe")


def book(landscape: Landscape, folder: Path, **options: Any) -> Path:
    path = folder / "x.xlsx"
    write_xlsx(landscape, path, **({"profile": "internal", "lang": "id"} | options))
    return path


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """Read every sheet with openpyxl, which leaves the escapes of a workbook as they are."""
    read = openpyxl.load_workbook(path)
    return {
        s.title: [
            [unescape(c) if isinstance(c, str) else c for c in row]
            for row in s.iter_rows(values_only=True)
        ]
        for s in read
    }


def read_csv(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def unescaped(cell: str) -> str:
    return cell[1:] if re.match("'+[=+\\-@\t\r]", cell) else cell


def parted(cell: str) -> list[str]:
    found = re.findall(r"((?:\\.|[^;\\])+)", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", v, flags=re.DOTALL) for v in found]


# ------------------------------------------------------------------ workbook
def test_a_workbook_has_a_cover_and_a_sheet_per_type_and_relation(
    landscape: Landscape, tmp_path: Path
) -> None:
    sheets = cells(book(landscape, tmp_path))
    types = [NODE_TYPES[k].id for k in NODE_TYPES]
    assert list(sheets) == ["Tentang", *types, *RELATIONS, "Bukti"]
    cover = dict(r[:2] for r in sheets["Tentang"] if r[0])
    assert cover["Lanskap aplikasi pemerintah"] is None
    assert cover["Keadaan per"] == "2025-06"
    assert cover["Aplikasi"] == landscape.nodes["Application"].num_rows
    assert any("bukan putusan" in str(r[0]) for r in sheets["Tentang"])


def test_a_workbook_reads_back_what_the_landscape_says(
    landscape: Landscape, tmp_path: Path
) -> None:
    path = book(landscape, tmp_path)
    written = cells(path)["Aplikasi"]
    headings, rows = written[0], {r[0]: r for r in written[1:]}
    assert headings[:3] == ["ID", "Nama", "Nama lain"]
    row = dict(zip(headings, rows["app:esurat"], strict=True))
    assert row["Nama"] == NASTY[0].replace("\r\n", "\n")
    assert row["Status"] == "Belum diketahui"
    assert row["Boleh meneruskan data"] == "tidak"
    assert row["Pemerintah"] == "Pemkab Madiun (agency:kab-madiun)"
    assert row["Kode"] == "0012"
    assert row["Asal"] == "survei.csv › baris 17"
    assert row["Uraian"] == workbook._cut(LONG, workbook.CELL - 1) + "…"
    assert rows["app:surat-lain"][1] == "=1+1"
    edges = cells(path)["PERFORMS"]
    assert edges[0][:4] == ["Dari (id)", "Dari", "Ke (id)", "Ke"]
    assert [r[4:6] for r in edges[1:]] == [[0.93, 1], [1, 1], [0, 1]]


def test_two_readers_find_the_same_and_no_formula(landscape: Landscape, tmp_path: Path) -> None:
    path = book(landscape, tmp_path)
    calamine = CalamineWorkbook.from_path(path)
    for title, rows in cells(path).items():
        other = calamine.get_sheet_by_name(title).to_python(skip_empty_area=False)
        mine = [["" if c is None else c for c in r] for r in rows]
        assert [r[: len(mine[0])] for r in other] == mine
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            assert not re.search(rb"<f[ >]|<hyperlink|externalLink", parts.read(name)), name


@pytest.mark.parametrize("text", [*NASTY, "<r><t>x</t></r>", "https://x.go.id"])
def test_a_text_comes_back_from_a_workbook(tmp_path: Path, text: str) -> None:
    write_answer([{"a": text, "b": 1}], tmp_path / "x.xlsx", "xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_index(0).to_python()
    assert str(rows[1][0]).rstrip() == text.translate(CONTROL).replace("\r\n", "\n").rstrip()


def test_equal_input_gives_equal_bytes(landscape: Landscape, tmp_path: Path) -> None:
    first = write_xlsx(landscape, tmp_path / "a.xlsx")
    again = write_xlsx(landscape, tmp_path / "b.xlsx")
    assert first.sha256 == again.sha256
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert {i.date_time for i in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_both_languages_stand_in_one_heading(landscape: Landscape, tmp_path: Path) -> None:
    sheets = cells(book(landscape, tmp_path, lang=None))
    assert sheets["Aplikasi · Application"][0][:2] == ["ID", "Nama · Name"]
    assert cells(book(landscape, tmp_path, lang="en"))["Application"][0][1] == "Name"


def test_a_long_sheet_goes_on_in_another(
    landscape: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cells(book(landscape, tmp_path))["Aplikasi"]
    monkeypatch.setattr(workbook, "SHEET_ROWS", 4)
    sheets = cells(book(landscape, tmp_path))
    assert sheets["Aplikasi"] + sheets["Aplikasi 2"][1:] == whole


@pytest.mark.parametrize("generated", [True, False])
@pytest.mark.parametrize("profile", PROFILES)
def test_generated_data_is_marked(tmp_path: Path, generated: bool, profile: Profile) -> None:
    source = {"id": "source:uji", "name": "Inventaris uji", "generated": generated}
    made = Landscape.of([("Source", source)], [], [], [], "2025")
    cover = cells(book(made, tmp_path, profile=profile))["Tentang"]
    assert any("data buatan" in str(r[0]) for r in cover if r) is generated
    said = " ".join(about(chosen(made, profile)).values())
    assert ("Data buatan" in said, "Generated data" in said) == (generated, generated)


# ------------------------------------------------------------------ names of sheets
@given(st.lists(st.text(max_size=60), max_size=12))
def test_every_list_of_names_gives_names_that_a_workbook_takes(names: list[str]) -> None:
    found = sheet_names(names)
    assert len({n.casefold() for n in found}) == len(names)
    for name in found:
        assert 1 <= len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not set("[]:*?/\\") & set(name)
        assert name[0] != "'" != name[-1]
        assert name.casefold() != "history"


@pytest.mark.skipif(not CASE.is_file(), reason="the case is not here")
def test_names_of_units_that_are_too_long_or_alike() -> None:
    units = [row[2] for row in read_csv(CASE)[1:]]
    found = sheet_names(units)
    assert found == [
        "Dinas Pemberdayaan Perempuan da",
        "Dinas Pemberdayaan Perempua (2)",
        "Bagian Pengadaan Barang Jasa Se",
        "DINAS SOSIAL",
        "Dinas Sosial (2)",
        "Aisyiyah (mitra)",
        "History (2)",
        "Kantor lama arsip 🏥🏥🏥🏥 Ruma",
    ]


# ------------------------------------------------------------------ CSV
def test_a_folder_has_a_file_per_type_and_relation(landscape: Landscape, tmp_path: Path) -> None:
    told = write_csv(landscape, tmp_path / "csv", profile="internal")
    names = {p.stem for p in (tmp_path / "csv").iterdir()}
    assert names == {*NODE_TYPES, *RELATIONS, "evidence"}
    lines = sum(len(read_csv(p)) - 1 for p in (tmp_path / "csv").iterdir())
    assert told == Written(tmp_path / "csv", None, lines)


def test_csv_reads_back_what_the_landscape_says(landscape: Landscape, tmp_path: Path) -> None:
    write_csv(landscape, tmp_path, profile="internal")
    for kind, table in {**landscape.nodes, **landscape.edges}.items():
        headings, *rows = read_csv(tmp_path / f"{kind}.csv")
        assert headings == table.column_names
        for row, said in zip(rows, table.to_pylist(), strict=True):
            for name, cell in zip(headings, row, strict=True):
                assert back(cell, said[name]) == plain(said[name]), (kind, name)


def back(cell: str, said: Any) -> Any:
    if isinstance(said, list):
        return parted(unescaped(cell))
    if isinstance(said, bool):
        return {"true": True, "false": False}[cell]
    if isinstance(said, int | float):
        return type(said)(cell)
    return unescaped(cell) or None


def plain(said: Any) -> Any:
    if isinstance(said, list):
        return [s.translate(CONTROL) for s in said]
    return said.translate(CONTROL) if isinstance(said, str) else said


def test_no_csv_cell_is_taken_for_a_formula(landscape: Landscape, tmp_path: Path) -> None:
    write_csv(landscape, tmp_path, profile="internal")
    found = [c for p in tmp_path.iterdir() for row in read_csv(p) for c in row]
    assert "'=1+1" in found
    assert not [c for c in found if c[:1] in ("=", "+", "-", "@", "\t", "\r")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_several_values_in_a_cell_can_be_told_apart(values: list[str]) -> None:
    assert parted(csv_folder.list_text(values) or "") == values


def test_a_public_export_removes_what_an_internal_one_left(
    landscape: Landscape, tmp_path: Path
) -> None:
    write_csv(landscape, tmp_path, profile="internal")
    (tmp_path / "catatan.csv").write_text("milik orang lain")
    write_csv(landscape, tmp_path, profile="public")
    names = {p.stem for p in tmp_path.iterdir()}
    assert not {"SIMILAR_TO", "SAME_AS"} & names
    assert {"catatan", "Application", "MEMBER_OF"} <= names


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_public_profile_leaks_nothing(
    landscape: Landscape, tmp_path: Path, profile: Profile
) -> None:
    write_csv(landscape, tmp_path / "csv", profile=profile)
    write_xlsx(landscape, tmp_path / "x.xlsx", profile=profile)
    data = b"".join(p.read_bytes() for p in (tmp_path / "csv").iterdir())
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        data += b"".join(parts.read(n) for n in parts.namelist())
    secret = ("RAHASIA-1", "RAHASIA-3", "finding:terbuka", "finding:ditolak", "survei.csv")
    seen = [word for word in secret if word.encode() in data]
    assert seen == ([] if profile == "public" else list(secret))
    assert b"finding:diterima" in data
    assert b"BUKTI" in data


# ------------------------------------------------------------------ answers
ANSWER: list[dict[str, Any]] = [
    {
        "node": {"id": "app:x", "type": "Application", "name": "=X"},
        "functions": [{"code": "PBJ", "confidence": 0.9, "words": ["lelang", "spse"]}],
        "abstained": False,
        "score": 1.5,
    },
    {"node": None, "functions": [], "abstained": True, "score": None, "more": "@x"},
]


def test_an_answer_becomes_a_table() -> None:
    headings, rows = answer_table(ANSWER)
    assert headings == ["node", "node.name", "functions", "abstained", "score", "more"]
    assert rows[0] == [
        "app:x",
        "=X",
        "code: PBJ, confidence: 0.9, words: lelang; spse",
        "false",
        1.5,
        None,
    ]
    assert rows[1] == [None, None, "", "true", None, "@x"]


def test_an_answer_is_written_as_csv_and_as_workbook(tmp_path: Path) -> None:
    told = write_answer(ANSWER, tmp_path / "a.csv", "csv")
    assert told is not None
    assert told.records == 2
    assert read_csv(tmp_path / "a.csv")[1][:2] == ["app:x", "'=X"]
    stream = io.BytesIO()
    assert write_answer(ANSWER, stream, "csv") is None
    assert stream.getvalue() == (tmp_path / "a.csv").read_bytes()
    write_answer(ANSWER, tmp_path / "a.xlsx", "xlsx")
    (rows,) = cells(tmp_path / "a.xlsx").values()
    assert [r[1] for r in rows] == ["node.name", "=X", None]


def test_an_answer_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    write_answer([], tmp_path / "a.csv", "csv")
    assert (tmp_path / "a.csv").stat().st_size <= 5
    write_answer([], tmp_path / "a.xlsx", "xlsx")
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")


# ------------------------------------------------------------------ files
def test_what_cannot_be_written_is_named(landscape: Landscape, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        write_xlsx(landscape, tmp_path / "nowhere" / "x.xlsx")
    with pytest.raises(CannotWrite):
        write_xlsx(landscape, tmp_path)
    with pytest.raises(CannotWrite):
        write_csv(landscape, tmp_path / "file")
    with pytest.raises(CannotWrite):
        write_csv(landscape, tmp_path / "nowhere" / "csv")
    with pytest.raises(CannotWrite):
        write_answer(ANSWER, tmp_path / "nowhere" / "a.csv", "csv")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_the_examples_fit_in_tables(example_landscape: Landscape, tmp_path: Path) -> None:
    told = write_csv(example_landscape, tmp_path / "csv", profile="internal")
    book = write_xlsx(example_landscape, tmp_path / "x.xlsx", profile="internal", lang="id")
    assert told.records == book.records
    names = {r[1] for r in read_csv(tmp_path / "csv" / "Application.csv")[1:]}
    assert names == {row["name"] for row in example_landscape.rows("Application")}
    sheet = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_name("Aplikasi")
    assert len(sheet.to_python()) == example_landscape.nodes["Application"].num_rows + 1
