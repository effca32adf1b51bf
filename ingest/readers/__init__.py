"""File → rows: every cell as text, every record with its place, nothing changed in silence.

A reader knows nothing of applications or agencies.  What it cannot be sure of (a code that a
spreadsheet made a number, a formula without a result, a hidden row) it tells in a remark; what it
cannot read it refuses in a sentence (`graph.errors`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import (
    EmptyFile,
    FileNotThere,
    LockedSpreadsheet,
    Locus,
    NotASpreadsheet,
    SimpulError,
    UnknownFormat,
)
from ingest.readers import ole
from ingest.readers.decoding import decode
from ingest.readers.delimited import found_separator, read_delimited
from ingest.readers.json_records import is_json, read_json
from ingest.readers.limits import MAX_TEXT, check_size, text_too_long
from ingest.readers.publiccode import fault, is_publiccode, read_publiccode
from ingest.readers.records import (
    DELIMITED,
    FORMATS,
    FORMATS_SHOWN,
    JSON,
    PUBLICCODE,
    SPREADSHEET,
    SUFFIXES,
    RawRow,
    ReaderSpec,
    Remark,
    Sheet,
    remark,
)
from ingest.readers.spreadsheet import read_spreadsheet

__all__ = [
    "FORMATS",
    "YAML",
    "RawRow",
    "ReaderSpec",
    "Remark",
    "Sheet",
    "fault",
    "read",
    "readable",
    "remark",
    "sniff",
]

HEAD = 1 << 16
YAML = SUFFIXES[PUBLICCODE]
_FOUND_OUT = ReaderSpec()
_READERS = {
    SPREADSHEET: read_spreadsheet,
    DELIMITED: read_delimited,
    JSON: read_json,
    PUBLICCODE: read_publiccode,
}


def read(path: Path, spec: ReaderSpec = _FOUND_OUT, *, name: str | None = None) -> list[Sheet]:
    """Read the tables of a file.

    Parameters
    ----------
    path
        The file.
    spec
        What the mapping says of it; the rest is found out.
    name
        How the file is named in places and messages; None takes its name.

    Returns
    -------
    list of Sheet
        At least one, each with rows; hidden sheets only if `spec.sheet` names them.

    Raises
    ------
    FileNotThere, EmptyFile, UnknownFormat, NotASpreadsheet, LockedSpreadsheet, TooLarge,
    TooManyCells, BrokenFile, UnknownSheet, NoHeader, NoRecords
    """
    name = name or path.name
    found = _sniff(path, Locus(name), spec.encoding)
    kind = spec.format or found
    if kind not in _READERS:
        raise UnknownFormat(Locus(name), formats=FORMATS_SHOWN)
    if kind != found and SPREADSHEET in (kind, found):
        raise (NotASpreadsheet if kind == SPREADSHEET else UnknownFormat)(
            Locus(name), formats=FORMATS_SHOWN
        )
    sheets = _READERS[kind](path, spec, name)
    _check_texts(sheets, name)
    hint = _by_suffix(path)
    if hint and hint != kind:
        told = remark("name-differs", Locus(name), suffix=path.suffix, format=kind)
        sheets[0] = replace(sheets[0], remarks=(told, *sheets[0].remarks))
    return sheets


def _check_texts(sheets: Sequence[Sheet], name: str) -> None:
    """Refuse a cell that is too long; 0.1 s for a million cells."""
    for sheet in sheets:
        for row in sheet.rows:
            if any(text and len(text) > MAX_TEXT for text in row.cells.values()):
                heading = max(row.cells, key=lambda h: len(row.cells[h] or ""))
                size = len(row.cells[heading] or "")
                raise text_too_long(size, Locus(name, sheet.name, row.row, heading))


def sniff(path: Path) -> str:
    """Tell the format of a file by its content: one of FORMATS.

    Raises
    ------
    FileNotThere, EmptyFile, UnknownFormat, NotASpreadsheet, LockedSpreadsheet, TooLarge
    """
    return _sniff(path, Locus(path.name), None)


def _sniff(path: Path, where: Locus, encoding: str | None) -> str:
    if not path.is_file():
        raise FileNotThere(where)
    if check_size(path, where) == 0:
        raise EmptyFile(where)
    with path.open("rb") as file:
        head = file.read(HEAD)
    hint = _by_suffix(path)
    try:
        return _by_content(path, head, hint, where, encoding)
    except UnknownFormat as e:
        if hint == SPREADSHEET:
            raise NotASpreadsheet(where) from e
        raise


def readable(path: Path) -> bool:
    """Say by suffix and first bytes whether a file in a folder is one to read; never fails."""
    if not path.is_file() or path.name.startswith((".", "~$")):
        return False
    hint = _by_suffix(path)
    if hint is None:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    if not head:
        return False
    if hint == PUBLICCODE:
        return is_publiccode(head.decode("utf-8", "replace")) and fault(path) is None
    if hint == SPREADSHEET:
        return head.startswith((b"PK\x03\x04", ole.SIGNATURE))
    if hint == JSON:
        return head.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\0")[:1] in (b"{", b"[")
    return not head.startswith(_BINARY)


def _by_suffix(path: Path) -> str | None:
    suffix = path.suffix.lower()
    return next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), None)


_BINARY = (b"PK\x03\x04", ole.SIGNATURE, b"\x89PNG", b"%PDF", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")


def _by_content(
    path: Path, head: bytes, hint: str | None, where: Locus, encoding: str | None
) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(path, hint, where)
    if head.startswith(ole.SIGNATURE):
        return _in_ole(path, hint, where)
    if head.startswith(_BINARY):
        raise UnknownFormat(where, formats=FORMATS_SHOWN)
    text = decode(path.read_bytes(), where, encoding).text
    if not text.strip():
        raise EmptyFile(where)
    if text.lstrip()[:1] == "<":  # a page or XML: not read here, whatever it is called
        raise UnknownFormat(where, formats=FORMATS_SHOWN)
    if is_publiccode(text) and hint in (PUBLICCODE, None):
        return PUBLICCODE
    if hint == PUBLICCODE:  # some other YAML
        raise UnknownFormat(where, formats=FORMATS_SHOWN)
    if is_json(text) or hint == JSON:
        return JSON
    if hint == SPREADSHEET and (text.count("\n") < 2 or found_separator(text) is None):
        raise NotASpreadsheet(where)
    return DELIMITED


_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def _in_zip(path: Path, hint: str | None, where: Locus) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        # cut off: the spreadsheet reader says so, if its name says that it was one
        if hint == SPREADSHEET:
            return SPREADSHEET
        raise UnknownFormat(where, formats=FORMATS_SHOWN) from None
    if names & set(_PARTS) or any(n.lower() in _PARTS for n in names):
        return SPREADSHEET
    raise UnknownFormat(where, formats=FORMATS_SHOWN)


def _in_ole(path: Path, hint: str | None, where: Locus) -> str:
    try:
        found = ole.streams(path.read_bytes())
    except ole.Damaged as e:
        error: type[SimpulError] = LockedSpreadsheet if hint == SPREADSHEET else UnknownFormat
        raise error(where, formats=FORMATS_SHOWN) from e
    if "EncryptedPackage" in found:
        raise LockedSpreadsheet(where)
    if {n.casefold() for n in found} & {"workbook", "book"}:
        return SPREADSHEET
    raise UnknownFormat(where, formats=FORMATS_SHOWN)
