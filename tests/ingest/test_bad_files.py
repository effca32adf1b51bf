"""A bad file is refused in a sentence, in both languages, soon; it never crashes or hangs us."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import (
    BrokenFile,
    EmptyFile,
    FileNotThere,
    LockedSpreadsheet,
    NoHeader,
    NoRecords,
    NotASpreadsheet,
    SimpulError,
    TooLarge,
    TooManyCells,
    UnknownFormat,
    UnknownSheet,
)
from ingest.readers import ReaderSpec, limits, ole, read, readable, sniff
from tests.ingest.test_readers import write_ods

OLE = ole.SIGNATURE
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(random.Random(1).randbytes(5000))


def workbook(path: Path, *, rows: int = 3) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for n in range(rows):
        sheet.append([f"Nama {n}", f"Unit {n}"])
    book.save(path)
    return path


def packed(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def replaced(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """Write a workbook again with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    parts[member] = change(bytes(parts[member]))  # type: ignore[arg-type]
    return packed(path, parts)


def bomb(path: Path, size: int, said: int | None = None) -> Path:
    """Write a workbook whose sheet unpacks to `size` zeros, and says it is `said` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(1 << 20))
    block = packer.flush(zlib.Z_FULL_FLUSH)  # may stand any number of times
    data = block * (size >> 20) + packer.flush()
    said = size if said is None else said
    names = [b"xl/workbook.xml", b"xl/worksheets/sheet1.xml"]
    out, central = b"", b""
    for name, body, length in ((names[0], b"\x03\x00", 0), (names[1], data, said)):
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(body), length, len(name), 0)
        at = len(out)
        out += b"PK\x03\x04" + fields + name + body
        central += b"PK\x01\x02" + struct.pack("<H", 20) + fields
        central += struct.pack("<HHHII", 0, 0, 0, 0, at) + name
    end = struct.pack("<HHHHIIH", 0, 0, 2, 2, len(central), len(out), 0)
    path.write_bytes(out + central + b"PK\x05\x06" + end)
    return path


def made(folder: Path) -> dict[str, tuple[Path, type[SimpulError]]]:
    """Make one bad file of each kind, with the error that refuses it."""

    def raw(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    whole = workbook(folder / "utuh.xlsx", rows=400).read_bytes()
    empty = openpyxl.Workbook()
    empty.save(folder / "lembar-kosong.xlsx")
    cover = openpyxl.Workbook()
    assert cover.active is not None
    cover.active["A1"] = "Panduan pengisian"
    cover.active["A2"] = "Isi semua kolom"
    cover.save(folder / "panduan.xlsx")
    entity = replaced(
        workbook(folder / "entitas.xlsx"),
        "xl/worksheets/sheet1.xml",
        lambda x: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + x,
    )
    far = replaced(
        workbook(folder / "jauh.xlsx"),
        "xl/worksheets/sheet1.xml",
        lambda x: x.replace(b'r="B3"', b'r="XFD3"'),
    )
    wide = f'<table:table-row table:number-rows-repeated="{1 << 20}"><table:table-cell {{}}/>'
    write_ods(
        folder / "berulang.ods",
        wide.format(
            'table:number-columns-repeated="16384" office:value-type="float" office:value="1"'
        )
        + "</table:table-row>",
    )
    write_ods(
        folder / "seratus-kali.ods",
        f'<table:table-row table:number-rows-repeated="{10**6}">'
        '<table:table-cell table:number-columns-repeated="100" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row>",
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    write_ods(
        folder / "spasi.ods",
        f"<table:table-row>{cell.format('Nama') + cell.format('Unit')}</table:table-row>"
        f"<table:table-row>{cell.format('A')}"
        + cell.format(f'x<text:s text:c="{10**8}"/>y')
        + "</table:table-row>",
    )
    return {
        "no such file": (folder / "tidak-ada.csv", FileNotThere),
        "a folder": (folder, FileNotThere),
        "text called xlsx": (raw("bukan.xlsx", b"ini bukan buku kerja"), NotASpreadsheet),
        "prose called xls": (raw("b.xls", b"satu, dua\ntiga\nempat lima\n" * 9), NotASpreadsheet),
        "a page called xls": (raw("c.xls", b"<html><table>" * 9), NotASpreadsheet),
        "a picture called xlsx": (raw("gambar.xlsx", PNG), NotASpreadsheet),
        "a zip called xlsx": (packed(folder / "d.xlsx", {"a.txt": "a"}), NotASpreadsheet),
        "empty": (raw("kosong.csv", b""), EmptyFile),
        "blank": (raw("spasi.csv", b" \n\n \n"), EmptyFile),
        "headings only": (raw("judul.csv", b"Nama,Unit\n"), EmptyFile),
        "an empty sheet": (folder / "lembar-kosong.xlsx", EmptyFile),
        "an empty list": (raw("kosong.json", b"[]"), EmptyFile),
        "a picture": (raw("gambar.csv", PNG), UnknownFormat),
        "a picture called json": (raw("gambar.json", PNG), UnknownFormat),
        "a PDF": (raw("surat.csv", b"%PDF-1.7\n" + b"a,b\n" * 9), UnknownFormat),
        "binary": (raw("tak-dikenal.bin", b"\0\1\2" * 100), UnknownFormat),
        "XML": (raw("a.xml", b"<?xml version='1.0'?><a/>"), UnknownFormat),
        "a zip": (packed(folder / "e.zip", {"a.txt": "a"}), UnknownFormat),
        "a damaged container": (
            raw("terkunci.xlsx", OLE + random.Random(2).randbytes(4000)),
            LockedSpreadsheet,
        ),
        "a cut container": (raw("terkunci2.xls", OLE), LockedSpreadsheet),
        "a password": (raw("sandi.xlsx", container("EncryptedPackage")), LockedSpreadsheet),
        "another container": (raw("surat.doc", container("WordDocument")), UnknownFormat),
        "an empty old workbook": (raw("lama.xls", container("Workbook")), EmptyFile),
        "a zip bomb": (bomb(folder / "bom.xlsx", 600 << 20), TooLarge),
        "a small lie": (bomb(folder / "bohong-kecil.xlsx", 2 << 20, said=100), BrokenFile),
        "cut": (raw("terpotong.xlsx", whole[: len(whole) // 2]), BrokenFile),
        "a broken part": (
            raw("rusak.xlsx", whole[:300] + bytes(200) + whole[500:]),
            BrokenFile,
        ),
        "entities": (entity, BrokenFile),
        "a cell far out": (far, TooManyCells),
        "repeated cells": (folder / "berulang.ods", TooManyCells),
        "cells far apart": (far_apart(folder / "jauh.xlsb"), TooManyCells),
        "more memory than there is": (folder / "seratus-kali.ods", TooManyCells),
        "a hundred million blanks": (folder / "spasi.ods", TooLarge),
        "a cell without end": (raw("buku.csv", b"Nama,Unit\nA," + b"b " * 600_000), TooLarge),
        "no table": (folder / "panduan.xlsx", NoHeader),
        "cut JSON": (raw("a.json", b'[{"nama": "A"}, {"na'), BrokenFile),
        "deep JSON": (raw("b.json", b"[" * 100_000), BrokenFile),
        "a bad line": (raw("a.jsonl", b'{"nama": "A"}\n{"nama\n'), BrokenFile),
        "JSON without records": (raw("c.json", b'{"nama": "A"}'), NoRecords),
        "a list of numbers": (raw("d.json", b"[1, 2]"), NoRecords),
        "an open quote": (raw("a.csv", b'Nama,Unit\n"A,b\n'), BrokenFile),
        "columns without end": (raw("b.csv", b"a," * 600 + b"\n" + b"1," * 600), TooManyCells),
    }


def far_apart(path: Path) -> Path:
    """Write an XLSB of a kilobyte whose two cells span half a thousand million."""

    def record(kind: int, body: bytes = b"") -> bytes:
        head = [kind] if kind < 128 else [kind & 127 | 128, kind >> 7]
        return bytes([*head, len(body)]) + body

    def text(said: str) -> bytes:
        return struct.pack("<I", len(said)) + said.encode("utf-16-le")

    def cell(row: int, column: int) -> bytes:
        return record(0, struct.pack("<I", row) + bytes(21)) + record(
            5, struct.pack("<IId", column, 0, 1.0)
        )

    sheet = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Isi"))
    rows = record(145) + cell(0, 0) + cell((1 << 20) - 1, 500) + record(146)
    kind = "http://schemas.openxmlformats.org/{}/2006/relationships"
    link = f'<Relationship Id="rId1" Type="{kind.format("officeDocument")}/worksheet" '
    return packed(
        path,
        {
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{kind.format("package")}">'
            f'{link}Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/workbook.bin": record(131) + record(143) + sheet + record(144) + record(132),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, 1, 0, 1))
            + rows
            + record(130),
        },
    )


def container(stream: str, size: int = 4096) -> bytes:
    """Write the smallest OLE container with one stream."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", table, end, *range(3, 10), end, *[free] * 118)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<BBIII", kind, 1, free, free, child) + bytes(36)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text))
            + links
            + struct.pack("<III", start, size, 0)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, free, 2, size)
    return head + fat + directory.ljust(512, b"\0") + bytes(4096)


KINDS = [
    "no such file",
    "a folder",
    "text called xlsx",
    "prose called xls",
    "a page called xls",
    "a picture called xlsx",
    "a zip called xlsx",
    "empty",
    "blank",
    "headings only",
    "an empty sheet",
    "an empty list",
    "a picture",
    "a picture called json",
    "a PDF",
    "binary",
    "XML",
    "a zip",
    "a damaged container",
    "a cut container",
    "a password",
    "another container",
    "an empty old workbook",
    "a zip bomb",
    "a small lie",
    "cut",
    "a broken part",
    "entities",
    "a cell far out",
    "repeated cells",
    "cells far apart",
    "more memory than there is",
    "a hundred million blanks",
    "a cell without end",
    "no table",
    "cut JSON",
    "deep JSON",
    "a bad line",
    "JSON without records",
    "a list of numbers",
    "an open quote",
    "columns without end",
]


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, type[SimpulError]]]:
    return made(tmp_path_factory.mktemp("bad"))


def test_the_list_is_whole(bad: dict[str, tuple[Path, type[SimpulError]]]) -> None:
    assert list(bad) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_file_is_refused_in_a_sentence(
    bad: dict[str, tuple[Path, type[SimpulError]]], kind: str
) -> None:
    path, error = bad[kind]
    with pytest.raises(SimpulError) as refused:
        read(path)
    assert type(refused.value) is error
    indonesian, english = (refused.value.parts(lang) for lang in ("id", "en"))
    assert path.name in str(indonesian["where"])
    assert indonesian["problem"] != english["problem"]
    assert indonesian["hint"] != english["hint"]
    assert "{" not in refused.value.text("id") + refused.value.text("en")


def test_a_bomb_is_refused_before_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bomb(tmp_path / "bom.xlsx", 600 << 20)
    assert path.stat().st_size < 1_000_000
    unpacked = 0
    original = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        nonlocal unpacked
        piece = original(self, n)
        unpacked += len(piece)
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    with pytest.raises(TooLarge):
        read(path)
    assert unpacked < 10_000_000


def test_a_directory_that_lies_does_not_help_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bomb(tmp_path / "bohong.xlsx", 100 << 20, said=100)
    monkeypatch.setattr(limits, "MAX_UNPACKED", 50 << 20)
    with pytest.raises(TooLarge):
        read(path)


def test_a_file_beyond_the_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE", 10)
    (tmp_path / "a.csv").write_bytes(b"Nama,Unit\nA,b\n")
    with pytest.raises(TooLarge):
        sniff(tmp_path / "a.csv")


@pytest.mark.parametrize("size", [4096, 100])
def test_a_circle_of_sectors_is_found(size: int) -> None:
    data = bytearray(container("Workbook", size))
    assert ole.streams(bytes(data)) == {"Root Entry", "Workbook"}
    struct.pack_into("<I", data, 512 + 9 * 4, 2)  # the last sector leads to the first
    with pytest.raises(ole.Damaged):
        ole.streams(bytes(data))


def test_a_format_that_is_named_wrongly_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Nama,Unit\nA,b\n")
    for kind, error in (
        ("spreadsheet", NotASpreadsheet),
        ("xyz", UnknownFormat),
        ("json", BrokenFile),
    ):
        with pytest.raises(error):
            read(tmp_path / "a.csv", ReaderSpec(format=kind))
    with pytest.raises(UnknownFormat):
        read(workbook(tmp_path / "a.xlsx"), ReaderSpec(format="delimited"))
    with pytest.raises(UnknownSheet):
        read(tmp_path / "a.xlsx", ReaderSpec(sheet="Tidak Ada"))
    with pytest.raises(NoHeader):
        read(tmp_path / "a.xlsx", ReaderSpec(header_row=99))
    with pytest.raises(BrokenFile):
        read(tmp_path / "a.csv", ReaderSpec(delimiter=";;"))


SUFFIX = st.sampled_from([".csv", ".tsv", ".xlsx", ".xls", ".ods", ".xlsb", ".json", ".jsonl", ""])
HEAD = st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xef\xbb\xbf", b"\xff\xfe", b"[", b"a,b\n"])
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def assert_read_or_refused(path: Path) -> None:
    try:
        sheets = read(path)
    except SimpulError as e:
        refusal = e.text("id")
    else:
        refusal = path.name
        assert sheets
        for sheet in sheets:
            assert len(set(sheet.headings)) == len(sheet.headings)
            assert sheet.rows
            assert all(set(r.cells) == set(sheet.headings) for r in sheet.rows)
    assert path.name in refusal


@QUIET
@given(head=HEAD, body=st.binary(max_size=2000), suffix=SUFFIX)
def test_random_bytes_raise_nothing_else(
    tmp_path: Path, head: bytes, body: bytes, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(head + body)
    readable(path)
    assert_read_or_refused(path)


@QUIET
@given(text=st.text(max_size=400), suffix=SUFFIX)
def test_random_text_raises_nothing_else(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert_read_or_refused(path)


@QUIET
@given(data=st.data(), member=st.sampled_from(["sheet", "workbook", "styles", "rels", "any"]))
def test_a_workbook_with_damaged_parts_raises_nothing_else(
    tmp_path: Path, data: st.DataObject, member: str
) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {n: bytearray(archive.read(n)) for n in archive.namelist()}
    names = [n for n in parts if member == "any" or member in n]
    part = parts[data.draw(st.sampled_from(names))]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        part[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    packed(path, {n: bytes(c) for n, c in parts.items()})
    assert_read_or_refused(path)


@QUIET
@given(data=st.data())
def test_a_damaged_container_raises_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(container("Workbook"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 9))
        content[at : at + 4] = data.draw(st.binary(min_size=4, max_size=4))
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert_read_or_refused(path)
