"""The example inventories hold the rows, spellings and gaps of their sources."""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DOMAIN = ROOT.parent / "shared" / "domain"
SOURCES = sorted(EXAMPLES.glob("*/source.yml"))
KEYS = {
    "title_id",
    "title_en",
    "publisher",
    "as_of",
    "transform",
    "region",
    "origin",
    "files",
    "codes",
    "expect",
}
FILE_KEYS = {"file", "reader", "columns", "ignore", "constants", "kind"}
TRANSFORMS = {
    "inventory",
    "data_entities",
    "integrations",
    "interfaces",
    "innovations",
    "services",
}
Row = dict[str, str]


def delimited(path: Path, delimiter: str, encoding: str = "utf-8") -> list[Row]:
    """Give the rows of a delimited file whose header is its first line."""
    with path.open(encoding=encoding, newline="") as f:
        return list(csv.DictReader(f, delimiter=delimiter, strict=True))


@cache
def sheet(name: str, header: int) -> list[Row]:
    """Give the rows of one sheet of Kab. Magetan, an empty cell as an empty text."""
    book = openpyxl.load_workbook(EXAMPLES / "kab-magetan" / "daftar-aplikasi-2023.xlsx")
    lines = list(book[name].iter_rows(min_row=header, values_only=True))
    heads = [str(h) for h in lines[0]]
    return [
        dict(zip(heads, ("" if v is None else str(v) for v in line), strict=True))
        for line in lines[1:]
    ]


def menu() -> list[Row]:
    """Give the menu of Kota Madiun, null as an empty text."""
    data: dict[str, Any] = json.loads(
        (EXAMPLES / "kota-madiun" / "menu-aplikasi.json").read_text(encoding="utf-8")
    )
    return [{k: v or "" for k, v in item.items()} for item in data["menu"]]


def read(entry: dict[str, Any], folder: Path) -> list[Row]:
    """Read one file entry of a source.yml as it says."""
    reader = entry["reader"]
    match reader["format"]:
        case "delimited":
            return delimited(folder / entry["file"], reader["delimiter"], "utf-8-sig")
        case "spreadsheet":
            return sheet(reader["sheet"], reader["header_row"])
        case "json":
            return menu()
        case other:
            raise AssertionError(other)


@cache
def truth(file: str) -> list[Row]:
    """Give a table of the shared facts; skip where they are not there."""
    if not DOMAIN.is_dir():
        pytest.skip("the shared facts are not beside this repository")
    return delimited(DOMAIN / file, ",")


def applications(prefix: str, *, websites: bool | None = None) -> list[Row]:
    """Give the application rows of one inventory; without `websites`, all of them."""
    return [
        r
        for r in truth("apps_real.csv")
        if r["id"].startswith(prefix) and websites in (None, r["record_kind"] == "website")
    ]


def cells(rows: Iterable[Row], *columns: str) -> list[tuple[str, ...]]:
    """Give the cells of some columns, row by row."""
    return [tuple(r[c] for c in columns) for r in rows]


def load(path: Path) -> dict[str, Any]:
    """Read a source.yml."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def test_kab_madiun_holds_the_survey() -> None:
    path = EXAMPLES / "kab-madiun" / "survei-aplikasi-2025.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfNama Perangkat Daerah;Nama Aplikasi;")
    rows = delimited(path, ";", "utf-8-sig")
    assert len(rows) == 175
    assert not any(
        r[h]
        for r in rows
        for h in ("Penyebab Aplikasi Tidak Aktif", "Nama Pengelola", "Nomor WA Pengelola")
    )
    ours = cells(
        rows,
        "Nama Perangkat Daerah",
        "Nama Aplikasi",
        "Deskripsi Singkat Aplikasi",
        "Alamat Domain / Link Aplikasi",
        "Jenis Aplikasi",
        "Status Aplikasi",
    )
    assert ours == cells(
        applications("MDK"),
        "owner",
        "name",
        "description",
        "address",
        "class_reported",
        "status_reported",
    )


def test_kab_magetan_holds_its_applications_under_a_title() -> None:
    rows = sheet("Aplikasi", 4)
    assert len(rows) == 71
    ours = cells(
        rows, "Nama Aplikasi", "Fungsi", "Perangkat Daerah", "Platform", "Status", "Alamat"
    )
    assert ours == cells(
        applications("MGT", websites=False),
        "name",
        "description",
        "owner",
        "platform",
        "status_reported",
        "address",
    )


def test_kab_magetan_holds_its_websites_on_a_sheet_of_their_own() -> None:
    rows = sheet("Website", 3)
    assert len(rows) == 33
    assert cells(rows, "Nama Website", "Perangkat Daerah", "Alamat", "Status") == cells(
        applications("MGT", websites=True), "name", "owner", "address", "status_reported"
    )


def test_kota_madiun_holds_its_menu() -> None:
    assert len(menu()) == 54
    assert cells(menu(), "nama", "keterangan", "unit") == cells(
        applications("MDN"), "name", "description", "owner"
    )


def test_other_regions_are_held_with_their_sources() -> None:
    rows = delimited(EXAMPLES / "daerah-lain" / "aplikasi-daerah-lain.csv", ",")
    assert len(rows) == 89
    assert cells(rows, *rows[0]) == cells(
        applications("NEW"),
        "name",
        "description",
        "owner",
        "region_code",
        "region",
        "scope",
        "record_kind",
        "source",
    )


@pytest.mark.parametrize(
    ("folder", "file", "facts", "rows"),
    [
        ("data-induk", "entitas-data.csv", "data_entities.csv", 96),
        ("integrasi", "integrasi.csv", "integrations.csv", 204),
        ("layanan-prioritas", "layanan-prioritas.csv", "priority_services.csv", 9),
    ],
)
def test_a_fact_table_is_carried_over_cell_by_cell(
    folder: str, file: str, facts: str, rows: int
) -> None:
    ours = delimited(EXAMPLES / folder / file, ",")
    assert len(ours) == rows
    assert [Counter(r.values()) for r in ours] == [Counter(r.values()) for r in truth(facts)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.parent.name)
def test_a_source_says_how_every_column_is_read(path: Path) -> None:
    source = load(path)
    assert set(source) <= KEYS
    assert source["transform"] in TRANSFORMS
    assert isinstance(source["as_of"], str)
    assert isinstance(source.get("region", ""), str)
    filled: Counter[str] = Counter()
    total = 0
    for entry in source["files"]:
        assert set(entry) <= FILE_KEYS
        rows = read(entry, path.parent)
        assert {*entry["columns"], *entry.get("ignore", [])} == set(rows[0])
        total += len(rows)
        for heading, role in entry["columns"].items():
            words = [r[heading].strip() for r in rows if r[heading].strip()]
            filled[role] += len(words)
            if role in source.get("codes", {}):
                assert {w.lower() for w in words} <= set(source["codes"][role])
    low, high = source["expect"]["rows"]
    assert low <= total <= high
    for role, share in source["expect"]["filled"].items():
        assert filled[role] >= share * total, role


def test_the_folders_are_all_described() -> None:
    assert {p.parent.name for p in SOURCES} == {p.name for p in EXAMPLES.iterdir() if p.is_dir()}
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [p.parent.name for p in SOURCES if p.parent.name not in text] == []


def test_a_column_of_persons_is_marked_as_one() -> None:
    roles = load(EXAMPLES / "kab-madiun" / "source.yml")["files"][0]["columns"]
    assert roles["Nama Pengelola"] == "contact_name"
    assert roles["Nomor WA Pengelola"] == "contact_phone"
