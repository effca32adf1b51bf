"""Files are read as the person who has them open sees them, and what is doubtful is told."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BrokenFile, Locus, NoHeader, NoRecords, UnknownSheet
from graph.texts import LANGUAGES
from ingest.readers import FORMATS, ReaderSpec, Remark, Sheet, read, readable, sniff
from ingest.readers.cells import shown
from ingest.readers.records import letters, ranges

Row = Sequence[object]
ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / ".." / "shared" / "cases"
DATA = ROOT / ".." / "shared" / "data"
EXAMPLES = ROOT / "examples"


def facts(case: str) -> dict[str, Any]:
    file = CASES / case / "case.yml"
    if not file.is_file():
        pytest.skip("the shared cases are not here")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]
    return found


def only(path: Path, spec: ReaderSpec | None = None) -> Sheet:
    [sheet] = read(path, spec) if spec else read(path)
    return sheet


def column(sheet: Sheet, heading: str) -> dict[int, str | None]:
    return {r.row: r.cells[heading] for r in sheet.rows}


def remarks(sheet: Sheet) -> list[Remark]:
    return [*sheet.remarks, *(m for r in sheet.rows for m in r.remarks)]


def told(sheet: Sheet, *codes: str) -> set[tuple[str, str]]:
    """Give code and cell (or row, or sheet) of each remark of these codes."""
    return {
        (m.code, m.facts.get("cell") or str(m.where.row or m.where.sheet or m.where.column))
        for m in remarks(sheet)
        if m.code in codes
    }


def book(path: Path, rows: Sequence[Row], title: str = "Aplikasi") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    made.save(path)
    return made


# ------------------------------------------------------------------ the shared cases
def test_codes_shown_by_a_format_are_told_and_never_taken_bare() -> None:
    case = "spreadsheet-codes-shown-by-format"
    known = facts(case)
    sheet = only(CASES / case / "aplikasi.xlsx")
    assert len(sheet.rows) == known["rows"]
    assert column(sheet, "Kode Wilayah") == {2: "35.19", 3: "35.20", 4: None, 5: "35.77"}
    assert column(sheet, "Kode Aplikasi") == {2: "007", 3: "012", 4: "013", 5: "014"}
    cells = {v for r in sheet.rows for v in r.cells.values()}
    assert not cells & set(known["never_a_code"])
    by_cell = {m.facts["cell"]: m for m in remarks(sheet)}
    assert {c: by_cell[c].facts["shown"] for c in known["shown"]} == known["shown"]
    assert {c: by_cell[c].facts["offered"] for c in known["offered"]} == known["offered"]
    assert by_cell["A2"].facts["stored"] == "3519"
    assert set(by_cell) == {"A2", "D2", "A4", "A5", "D5"}
    assert by_cell["A2"].where == Locus("aplikasi.xlsx", "Aplikasi", 2, "Kode Wilayah")


def test_formulas_and_errors_give_results_or_nothing() -> None:
    case = "spreadsheet-formulas-and-errors"
    known = facts(case)
    sheet, unit = read(CASES / case / "gabungan.xlsx")
    assert [r.row for r in sheet.rows] == [2, 3, 4, 5]
    assert column(sheet, "Nama Aplikasi") == {
        2: "Sipeta",
        3: "Catat Jalan",
        4: known["name"][4],
        5: None,
    }
    assert sheet.rows[1].cells["Tahun Pembuatan"] == str(known["year"][3])
    assert sheet.rows[0].cells["Alamat Domain / Link Aplikasi"] == "https://sipeta.contoh.go.id"
    unknown = told(sheet, "formula-without-result", "error-value")
    assert {cell for _, cell in unknown} == {*known["unknown_cells"], "B5"}
    assert ("link-taken", "D2") in told(sheet, "link-taken")
    assert told(unit, "looked-up") == {("looked-up", "Unit")}
    values = {v for s in (sheet, unit) for r in s.rows for v in r.cells.values()}
    assert not values & {"#N/A", "#REF!", "#VALUE!", "42", "15", "23", "0", "None", "nan", "buka"}


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    case = "spreadsheet-hidden-parts"
    known = facts(case)
    path = CASES / case / "inventaris.xlsx"
    sheet = only(path)
    assert {r.row for r in sheet.rows} == {*known["visible_rows"], *known["hidden_rows"]}
    marked = {r.row for r in sheet.rows if any(m.code == "hidden-row" for m in r.remarks)}
    assert marked == set(known["hidden_rows"])
    [columns] = [m for m in sheet.remarks if m.code == "hidden-column"]
    assert [columns.facts["letter"]] == known["hidden_columns"]
    [hidden] = [m for m in sheet.remarks if m.code == "hidden-sheet"]
    assert {hidden.where.sheet: int(hidden.facts["rows"])} == known["hidden_sheets"]
    archive = only(path, ReaderSpec(sheet="arsip  2022"))
    assert archive.hidden
    assert len(archive.rows) == 3


def test_merged_cells_are_filled_inside_their_block_only() -> None:
    case = "spreadsheet-merged-or-empty"
    known = facts(case)
    sheet = only(CASES / case / "daftar_magetan.xlsx")
    assert len(sheet.rows) == known["rows"]
    assert column(sheet, "Nama Perangkat Daerah") == known["owner"]
    status = column(sheet, "Status Aplikasi")
    assert {n: status[n] for n in known["status"]} == known["status"]
    assert sheet.titles == ("DAFTAR APLIKASI PEMERINTAH KABUPATEN MAGETAN TAHUN 2024",)


def test_two_heading_rows_are_one_heading() -> None:
    case = "spreadsheet-two-header-rows"
    known = facts(case)
    sheet = only(CASES / case / "belanja_aplikasi.xlsx")
    first = known["first"]
    assert sheet.header_row == known["header_rows"][-1]
    assert len(sheet.rows) == known["rows"]
    assert sheet.headings == (
        "No",
        "Pemilik / Nama",
        "Pemilik / Jenis",
        "Aplikasi / Nama",
        "Aplikasi / Jenis",
        "Biaya Pengembangan / 2023",
        "Biaya Pengembangan / 2024",
        "Keterangan",
        "Keterangan [I]",
    )
    cells = sheet.rows[0].cells
    assert cells["Aplikasi / Nama"] == first["application"]
    assert cells["Pemilik / Nama"] == first["owner"]
    assert cells["Keterangan"] == first["note_h"]
    assert cells["Keterangan [I]"] == first["note_i"]
    [unit] = [m for m in sheet.remarks if m.code == "unit-in-title"]
    cost = int(cells["Biaya Pengembangan / 2024"] or 0) * int(unit.facts["factor"])
    assert cost == first["cost_2024_rupiah"]
    assert known["unit"] in unit.facts["note"]
    named = only(CASES / case / "belanja_aplikasi.xlsx", ReaderSpec(header_row=5))
    assert named.headings == sheet.headings


def test_dates_and_money_stay_text() -> None:
    case = "delimited-dates-and-money"
    known = facts(case)
    sheet = only(CASES / case / "peluncuran.csv")
    assert len(sheet.rows) == known["accepted"]
    assert column(sheet, "Nilai Pengembangan Aplikasi")[4] == "2.480,75 juta"
    assert column(sheet, "Tanggal Peluncuran")[5] == "31/04/2021"


def test_encodings_that_hang_on_a_few_bytes() -> None:
    case = "delimited-encodings-with-few-signs"
    known = facts(case)
    for name, expected in known.items():
        sheet = only(CASES / case / name)
        assert sheet.remarks[0].facts["encoding"] == expected["encoding"]
        values = [v for r in sheet.rows for v in r.cells.values() if v]
        assert not any("\0" in v for v in values)
        assert set(expected.get("values", [])) <= set(values)
        if "records" in expected:
            assert len(sheet.rows) == expected["records"]
            assert sheet.rows[-1].cells["Nama Aplikasi"] == expected["last"]
        if "whole_records" in expected:
            assert len(sheet.rows) == expected["whole_records"]
            assert told(sheet, "cut-end") == {("cut-end", "5")}


def test_the_separator_is_not_the_commonest_mark() -> None:
    case = "delimited-separator-hidden-in-cells"
    known = facts(case)
    for name, expected in known.items():
        sheet = only(CASES / case / name)
        assert sheet.remarks[0].facts["separator"] == expected["separator"]
        assert len(sheet.headings) == expected["columns"]
        assert len(sheet.rows) == expected["records"]
        if "names" in expected:
            assert list(column(sheet, "nama").values()) == expected["names"]
            assert column(sheet, "fungsi")[3] == "UMKM & Koperasi & kios"
            assert told(sheet, "references-decoded") != set()
    assert column(only(CASES / case / "titik_koma.csv"), "pengguna")[5] == (
        "['Bappeda', 'Dinas Sosial']"
    )


# ------------------------------------------------------------------ real inventories
def test_the_examples_are_read_in_their_shapes() -> None:
    magetan = read(EXAMPLES / "kab-magetan" / "daftar-aplikasi-2023.xlsx")
    assert [(s.name, s.header_row, len(s.rows)) for s in magetan] == [
        ("Aplikasi", 4, 71),
        ("Website", 3, 33),
    ]
    assert magetan[0].rows[0].cells["Nama Aplikasi"] == "LPSE Magetan"
    assert "Keadaan Juni 2023" in magetan[0].titles
    survey = only(EXAMPLES / "kab-madiun" / "survei-aplikasi-2025.csv")
    assert survey.headings[0] == "Nama Perangkat Daerah"
    assert len(survey.rows) == 175
    assert survey.remarks[0].facts["separator"] == ";"
    menu = only(EXAMPLES / "kota-madiun" / "menu-aplikasi.json")
    assert menu.headings == ("nama", "keterangan", "unit")
    assert menu.rows[0][:2] == (
        1,
        {"nama": "E-Kinerja", "keterangan": "Kinerja ASN Kota Madiun", "unit": "BKPSDM"},
    )


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("id-banten/daftar-website-dan-aplikasi-2017.ods", [(1, 100), (1, 80), (1, 13)]),
        ("id-banten/daftar-website-dan-aplikasi-2017.csv", [(1, 100)]),
        ("us-ai-inventory/2023_consolidated_ai_inventory_raw.csv", [(1, 710)]),
        ("au-agift/agift.json", [(0, 611)]),
    ],
)
def test_inventories_of_other_governments(name: str, shapes: list[tuple[int, int]]) -> None:
    if not (DATA / name).is_file():
        pytest.skip("the shared data are not here")
    assert [(s.header_row, len(s.rows)) for s in read(DATA / name)] == shapes


def test_an_old_workbook_and_its_text_say_the_same() -> None:
    folder = DATA / "us-ai-inventory"
    if not folder.is_dir():
        pytest.skip("the shared data are not here")
    text = only(folder / "2024_consolidated_ai_inventory_raw_v2.csv")
    old = only(folder / "2024_consolidated_ai_inventory_raw_v2.xls")
    assert old.headings == text.headings
    heading = "Use Case Name"
    assert list(column(old, heading).values()) == list(column(text, heading).values())
    assert [m.code for m in old.remarks[:1]] == ["looks-unread"]


# ------------------------------------------------------------------ delimited text
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_an_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nama;Unit\nCafé – ²;Dinas\n".encode(encoding))
    assert only(path).rows[0].cells == {"Nama": "Café – ²", "Unit": "Dinas"}


def test_a_few_foreign_bytes_do_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nama,Unit\nCafé ’,Dinas ’\n".encode() + "Kafé,x\n".encode("cp1252"))
    sheet = only(path)
    assert column(sheet, "Nama") == {2: "Café ’", 3: "Kafé"}
    assert [m.code for m in sheet.remarks] == ["read-as", "mended-bytes"]


def test_an_encoding_that_is_named_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Nama,Unit\nЖурнал,x\n".encode("cp1251"))
    assert only(path, ReaderSpec(encoding="cp1251")).rows[0].cells["Nama"] == "Журнал"
    for encoding, reason in (("ascii", "wrong-encoding"), ("xyz", "unknown-encoding")):
        with pytest.raises(BrokenFile) as refused:
            read(path, ReaderSpec(encoding=encoding))
        assert refused.value.facts == {"reason": reason}


@settings(deadline=None)  # the machine may be busy
@given(
    separator=st.sampled_from([";", ",", "\t", "|"]),
    words=st.lists(
        st.tuples(*[st.sampled_from(["a, b", "x; y", "Dinas | Badan", "ya", "2,5", "-"])] * 3),
        min_size=3,
        max_size=20,
    ),
)
def test_quoted_marks_never_move_a_value(
    tmp_path_factory: pytest.TempPathFactory, separator: str, words: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("s") / "a.csv"
    rows = [("Nama Aplikasi", "Unit Kerja", "Uraian"), *words]
    lines = [separator.join('"' + c + '"' for c in row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    sheet = only(path)
    assert [tuple(r.cells.values()) for r in sheet.rows] == words


def test_headings_tell_a_separator_from_a_decimal_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"Aplikasi {n};1,5\n" for n in range(100)) + "Lebih;2,5;x\nLagi;2,5;x\n"
    path.write_text("Nama;Biaya\n" + rows, encoding="utf-8")
    assert only(path).rows[0].cells == {"Nama": "Aplikasi 0", "Biaya": "1,5", "[C]": None}


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Daftar;;\n\nNama;Uraian;X\nA;"dua\nbaris";1\n\nB;c;2\n', encoding="utf-8")
    sheet = only(path)
    assert sheet.header_row == 3
    assert column(sheet, "Uraian") == {4: "dua\nbaris", 6: "c"}
    assert sheet.titles == ("Daftar",)


def test_a_declared_separator_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\r\nNama|Unit\r\nA, b|c; d\r\n", encoding="utf-8")
    assert column(only(path), "Unit") == {2: "c; d"}


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama Aplikasi\nSIDA, Kabupaten\nSIMPEG\n", encoding="utf-8")
    assert column(only(path), "Nama Aplikasi") == {2: "SIDA, Kabupaten", 3: "SIMPEG"}


def test_uneven_rows_are_kept_whole_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama,Unit\nA,b\nC,d,lebih\nE\nF,g\n", encoding="utf-8")
    sheet = only(path)
    assert sheet.headings == ("Nama", "Unit", "[C]")
    assert sheet.rows[1].cells == {"Nama": "C", "Unit": "d", "[C]": "lebih"}
    assert told(sheet, "more-fields", "fewer-fields") == {
        ("more-fields", "3"),
        ("fewer-fields", "4"),
    }


def test_two_heading_rows_without_a_merged_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "No;Pemilik;;Aplikasi;;Ket\n;Nama;Jenis;Nama;Jenis;\n1;Dinas A;x;SIDA;y;z\n2;B;x;C;y;z\n",
        encoding="utf-8",
    )
    sheet = only(path)
    assert sheet.headings == (
        "No",
        "Pemilik / Nama",
        "Pemilik / Jenis",
        "Aplikasi / Nama",
        "Aplikasi / Jenis",
        "Ket",
    )
    assert [r.row for r in sheet.rows] == [3, 4]


def test_rows_that_are_no_records_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("No,Nama,Unit\n(1),(2),(3)\n1,A,b\nNo,Nama,Unit\n2,C,d\n", encoding="utf-8")
    sheet = only(path)
    assert [r.row for r in sheet.rows] == [3, 5]
    assert told(sheet, "numbering-row", "heading-again") == {
        ("numbering-row", "2"),
        ("heading-again", "4"),
    }


def test_a_quote_that_is_never_closed_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nama,Unit\nA,b\n"C,d\nE,f\n', encoding="utf-8")
    with pytest.raises(BrokenFile) as refused:
        read(path)
    assert refused.value.where == Locus("a.csv", None, 3)


def test_error_words_and_broken_numbers_of_an_export_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama,Kode\n#N/A,3.51E+15\nSIDA,0012\n", encoding="utf-8")
    sheet = only(path)
    assert [r.cells for r in sheet.rows] == [
        {"Nama": None, "Kode": None},
        {"Nama": "SIDA", "Kode": "0012"},
    ]
    assert told(sheet, "error-value", "digits-lost") == {
        ("error-value", "A2"),
        ("digits-lost", "B2"),
    }


# ------------------------------------------------------------------ workbooks
def test_typed_cells_become_the_text_a_person_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    day = datetime.date(2021, 3, 5)
    moment = datetime.datetime(2021, 3, 5, 14, 30)
    book(
        path,
        [["Nama", "Tahun", "Biaya", "Mulai", "Saat", "Aktif"], ["A", 2019, 2.5, day, moment, True]],
    )
    row = only(path).rows[0]
    assert row.cells == {
        "Nama": "A",
        "Tahun": "2019",
        "Biaya": "2.5",
        "Mulai": "2021-03-05",
        "Saat": "2021-03-05 14:30:00",
        "Aktif": "TRUE",
    }
    assert row.numbers == {"Tahun", "Biaya"}


def test_a_code_that_became_a_date_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[Row] = [
        ["Nama", "Kode"],
        ["A", "01-02"],
        ["B", "01-13"],
        ["C", datetime.date(2024, 3, 1)],
    ]
    book(path, rows)
    sheet = only(path)
    assert column(sheet, "Kode")[4] is None
    assert told(sheet, "date-among-codes") == {("date-among-codes", "B4")}


def test_numbers_under_a_heading_of_codes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[Row] = [["Nama", "Kode Aplikasi", "Kode Wilayah"], ["A", 7, 35.19], ["B", 12, 35.2]]
    book(path, rows)
    sheet = only(path)
    assert column(sheet, "Kode Aplikasi") == {2: "7", 3: "12"}
    assert column(sheet, "Kode Wilayah") == {2: "35.19", 3: None}
    assert told(sheet, "numbers-as-codes") == {("numbers-as-codes", "Aplikasi")}


def test_a_remark_shows_no_telephone(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", [["Nama", "No HP"], ["A", 81234567890]])
    made.worksheets[0]["B2"].number_format = "0000-0000-0000"
    made.save(tmp_path / "a.xlsx")
    sheet = only(tmp_path / "a.xlsx")
    assert sheet.rows[0].cells["No HP"] == "0812-3456-7890"
    assert "shown-by-format" in {m.code for m in remarks(sheet)}
    assert not any("812" in m.text(lang) for m in remarks(sheet) for lang in LANGUAGES)


def test_a_section_across_the_table_is_no_record(tmp_path: Path) -> None:
    rows: list[list[object]] = [["No", "Nama", "Unit"], ["A. Dinas"], [1, "X", "b"]]
    made = book(tmp_path / "a.xlsx", rows)
    made.worksheets[0].merge_cells("A2:C2")
    made.save(tmp_path / "a.xlsx")
    sheet = only(tmp_path / "a.xlsx")
    assert [r.row for r in sheet.rows] == [3]
    assert told(sheet, "section-row") == {("section-row", "2")}


def test_a_link_is_taken_for_an_address_and_offered_for_a_name(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", [["Nama", "Link"], ["SIDA", "klik"]])
    sheet = made.worksheets[0]
    sheet["A2"].hyperlink = sheet["B2"].hyperlink = "https://sida.contoh.go.id/"
    made.save(tmp_path / "a.xlsx")
    found = only(tmp_path / "a.xlsx")
    assert found.rows[0].cells == {"Nama": "SIDA", "Link": "https://sida.contoh.go.id/"}
    assert told(found, "link-taken", "link-offered") == {
        ("link-taken", "B2"),
        ("link-offered", "A2"),
    }


def test_zeros_of_a_program_that_cannot_calculate_are_no_results(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["Nama", "Jumlah"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, "=1+1")
    made.close()
    found = only(path)
    assert found.rows[0].cells["Jumlah"] is None
    assert told(found, "formula-without-result") == {("formula-without-result", "B2")}


def test_covers_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = book(path, [["Panduan pengisian"], ["Isi semua kolom"]], "Panduan")
    made.create_sheet("Kosong")
    made.create_sheet("Isi").append(["Nama", "Unit"])
    made["Isi"].append(["A", "b"])
    made.save(path)
    sheet = only(path)
    assert sheet.name == "Isi"
    assert told(sheet, "sheet-without-table") == {("sheet-without-table", "Panduan")}
    with pytest.raises(NoHeader):
        read(path, ReaderSpec(sheet="Panduan"))
    with pytest.raises(UnknownSheet) as unknown:
        read(path, ReaderSpec(sheet="Isian"))
    assert unknown.value.facts["sheets"] == "Panduan, Kosong, Isi"


def test_a_stray_cell_far_out_and_a_wrong_size_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = book(path, [["Nama", "Unit"], ["A", "b"]])
    made.worksheets[0]["A900000"] = "Catatan kaki"
    made.save(path)
    sheet = only(path)
    assert [r.row for r in sheet.rows] == [2, 900000]


def test_an_ods_keeps_what_its_formats_show(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    write_ods(
        path,
        "<table:table-row>" + ods("Nama") + ods("Kode") + ods("Unit") + "</table:table-row>"
        "<table:table-row>"
        + ods("A")
        + '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p>'
        "</table:table-cell>" + ods("Dinas", 'table:number-rows-spanned="2"') + "</table:table-row>"
        '<table:table-row table:visibility="collapse">'
        + ods("B")
        + ods("012")
        + "<table:covered-table-cell/></table:table-row>",
    )
    sheet = only(path)
    assert [r.cells for r in sheet.rows] == [
        {"Nama": "A", "Kode": "007", "Unit": "Dinas"},
        {"Nama": "B", "Kode": "012", "Unit": "Dinas"},
    ]
    assert told(sheet, "shown-by-format", "hidden-row") == {
        ("shown-by-format", "B2"),
        ("hidden-row", "3"),
    }


def ods(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def write_ods(path: Path, rows: str) -> None:
    names = "".join(
        f' xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{k}:1.0"'
        for k in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content{names}><office:body>'
            f'<office:spreadsheet><table:table table:name="Isi">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        ("3519", '00"."00', "35.19"),
        ("7", "000", "007"),
        ("1234", "000", "1234"),
        ("35.2", "00.00", "35.20"),
        ("81234567890", "0000-0000-0000", "0812-3456-7890"),
        ("7", '"APP-"000', "APP-007"),
        ("1250000", "#,##0", None),
        ("0.5", "0%", None),
        ("2.75", "0.0", None),
        ("44000", "dd/mm/yyyy", None),
        ("7", "General", None),
        ("-7", "000", None),
    ],
)
def test_what_a_format_shows(stored: str, number_format: str, text: str | None) -> None:
    assert shown(stored, number_format) == text


@pytest.mark.slow
def test_thirty_thousand_rows_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, [f"Kolom {c}" for c in "ABCDEFGHI"])
    for n in range(1, 30_001):
        sheet.write_row(n, 0, [n, *(f"teks {n} {c}" for c in "BCDEFGHI")])
    made.close()
    assert len(only(path).rows) == 30_000


# ------------------------------------------------------------------ JSON
def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_json_numbers_and_nested_values_stay_as_written(tmp_path: Path) -> None:
    text = (
        '[{"nama": "A", "versi": 1.10, "url": {"dev": [1.0, null]}, "aktif": true}, {"nama": null}]'
    )
    sheet = only(write(tmp_path / "a.json", text))
    assert [r[:2] for r in sheet.rows] == [
        (1, {"nama": "A", "versi": "1.10", "url": '{"dev":[1.0,null]}', "aktif": "true"}),
        (2, {"nama": None, "versi": None, "url": None, "aktif": None}),
    ]


def test_the_list_is_found_in_an_object_or_named(tmp_path: Path) -> None:
    data = {"meta": {"tags": [{"x": 1}]}, "isi": [{"nama": "A"}, {"nama": "B"}]}
    path = write(tmp_path / "a.json", json.dumps(data))
    assert column(only(path), "nama") == {1: "A", 2: "B"}
    assert [m.facts.get("others") for m in only(path).remarks] == [None, "meta.tags"]
    assert only(path, ReaderSpec(records="meta.tags")).headings == ("x",)
    with pytest.raises(NoRecords):
        read(path, ReaderSpec(records="meta.nama"))


def test_json_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"nama": "A"}\n\n{"nama": "B"}\n')
    assert column(only(path), "nama") == {1: "A", 2: "B"}


def test_a_key_written_twice_keeps_both_values(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", '[{"nama": "A", "nama": "B"}]')
    assert only(path).rows[0].cells == {"nama": "A", "nama [2]": "B"}


def test_an_entry_that_is_no_object_is_told(tmp_path: Path) -> None:
    sheet = only(write(tmp_path / "a.json", '[{"nama": "A"}, 7, {"nama": "B"}]'))
    assert column(sheet, "nama") == {1: "A", 3: "B"}
    assert told(sheet, "not-a-record") == {("not-a-record", "2")}


# ------------------------------------------------------------------ what is what
def test_content_decides_and_the_name_is_a_hint(tmp_path: Path) -> None:
    book(tmp_path / "a.csv", [["Nama", "Unit"], ["A", "b"]])
    assert sniff(tmp_path / "a.csv") == "spreadsheet"
    assert [m.code for m in only(tmp_path / "a.csv").remarks] == ["name-differs"]
    text = write(tmp_path / "a.xls", "Nama\tUnit\nA\tb\nC\td\n")
    assert sniff(text) == "delimited"
    assert only(text).rows[1].cells == {"Nama": "C", "Unit": "d"}
    assert sniff(write(tmp_path / "b.txt", '[{"a": 1}]')) == "json"
    assert set(FORMATS) == {"spreadsheet", "delimited", "json", "publiccode"}


def test_readable_files_of_a_folder() -> None:
    names = {p.name for p in EXAMPLES.rglob("*") if readable(p)}
    assert {"survei-aplikasi-2025.csv", "daftar-aplikasi-2023.xlsx", "menu-aplikasi.json"} <= names
    assert not [n for n in names if n.endswith((".yml", ".md", ".txt"))]


def test_locks_and_strangers_are_not_readable(tmp_path: Path) -> None:
    for name, content in {
        "~$a.xlsx": b"PK\x03\x04",
        "a.xlsx": b"tidak",
        "a.csv": b"",
        "b.csv": b"\x89PNG",
        "a.json": b"nama",
        "README.txt": b"a,b",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert not readable(tmp_path / name), name
    assert not readable(tmp_path / "tidak-ada.csv")
    assert not readable(tmp_path)


def test_the_name_given_stands_in_every_place(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Nama,Unit\n#N/A,b\nC\n")
    [sheet] = read(path, name="folder/a.csv")
    assert {m.where.file for m in remarks(sheet)} == {"folder/a.csv"}
    for lang in LANGUAGES:
        assert sheet.rows[0].remarks[0].text(lang).startswith("folder/a.csv › ")


def test_letters_and_ranges() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert ranges([6, 4, 7]) == "4, 6–7"


def test_every_remark_of_the_code_has_its_sentence() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "ingest").rglob("*.py"))
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', code))
    ours = tomllib.loads((ROOT / "graph/texts/readers.en.toml").read_text(encoding="utf-8"))
    known, reasons = set(ours["remark"]), set(ours["reason"])
    assert known <= quoted
    assert reasons <= quoted
    assert set(re.findall(r'(?:remark|Odd)\(\s*(?:\w+(?:\.\w+)?, )?"([a-z-]+)"', code)) <= known
    assert set(re.findall(r'reason="([a-z-]+)"', code)) <= reasons


# ------------------------------------------------------------------ half a sign
def test_half_a_sign_is_replaced_and_told(tmp_path: Path) -> None:
    rows = r'{"nama\udc00":"A\ud800 sistem","opd":["x\udfff"],"n":{"k\ud801":"\ud802"}}'
    (tmp_path / "a.json").write_text(f"[{rows}]", encoding="ascii")
    sheet = only(tmp_path / "a.json")
    cells = sheet.rows[0].cells
    assert cells["nama\ufffd"] == "A\ufffd sistem"
    assert cells["opd"] == "x\ufffd"
    assert cells["n"] == '{"k\ufffd":"\ufffd"}'
    assert len(told(sheet, "half-sign")) == 3
    for remark in remarks(sheet):
        (remark.text("id") + remark.text("en")).encode("utf-8")


def test_half_a_sign_in_a_workbook_and_in_a_table_is_replaced(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", [["Nama", "Unit"], ["A_xD800_ b", "x"], ["B", "y"]])
    (tmp_path / "b.csv").write_bytes(b"Nama,Unit\nA\\ud800 b,x\nB,y\n")
    for sheet in (
        only(tmp_path / "a.xlsx"),
        only(tmp_path / "b.csv", ReaderSpec(encoding="raw_unicode_escape")),
    ):
        text = repr([r.cells for r in sheet.rows])
        text.encode("utf-8")
        assert not re.search(r"\\ud[89a-f]", text)


def test_a_long_cell_does_not_hide_the_separator(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"Nama,Unit\nA,{'http://a.a.' * 36_000}\nB,y\n", "utf-8")
    code = "import sys, pathlib; from ingest.readers import read; "
    code += "print(read(pathlib.Path(sys.argv[1]))[0].headings)"
    # a program of its own: the limit of a field is set once for all readers
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.csv")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "('Nama', 'Unit')"
