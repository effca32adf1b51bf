"""XLSX through openpyxl: values, formulas, formats; beside them what is merged, hidden, linked.

openpyxl's read-only mode streams (a tenth of the time and memory of a full load) but leaves out
merged blocks, hidden rows and links; these are taken from the sheet's part in a pass of their own.
Sources: ECMA-376 part 1, 18.3.1 (worksheet, row, col, mergeCell, hyperlink), 18.2.2 (calcPr).
"""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse
from openpyxl.utils.cell import coordinate_from_string, range_boundaries
from openpyxl.workbook import Workbook

from graph.errors import BrokenFile, Locus
from ingest.readers import xls
from ingest.readers.cells import Cell, Link, Odd, number_cell
from ingest.readers.grid import Block, Grid
from ingest.readers.limits import CHUNK, MAX_COLUMNS, check_table
from ingest.readers.records import remark
from ingest.readers.xls import value_cell

_MAIN = r"\{http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main\}"
_RELATION = re.compile(r"\{[^}]*/relationships\}id")
_FAILURES = (  # what openpyxl raises on workbooks that other programs still open
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    ParseError,
    OverflowError,
    zipfile.BadZipFile,
)

Place = tuple[int, int]


@dataclass
class Looks:
    """What a sheet looks like beside its values."""

    blocks: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    links: dict[Place, str] = field(default_factory=dict)


def xlsx_grids(path: Path, where: Locus) -> list[Grid]:
    """Read every worksheet of an XLSX workbook, the hidden ones marked.

    Raises
    ------
    BrokenFile
        If the workbook declares entities, or no library can read it.
    TooManyCells
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_grids(path, where))
    except DefusedXmlException as e:
        raise BrokenFile(where, reason="entities") from e
    except _FAILURES:
        _check_references(path, where)
        grids = xls.values(path, where)
        for grid in grids:
            grid.remarks.append(remark("looks-unread", Locus(where.file, grid.name)))
        return grids


def _grids(path: Path, where: Locus) -> Iterator[Grid]:
    looks = _looks(path)
    # an open file, not a path: openpyxl judges a path by its suffix
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True)
        sheets = {ws.title: _cells(book, ws.title, where) for ws in book.worksheets}
        states = {ws.title: ws.sheet_state for ws in book.worksheets}
        doubtful = bool(book.calculation and book.calculation.fullCalcOnLoad)
    if any(formulas for _, formulas in sheets.values()):
        _fill_results(path, sheets, doubtful)
    looked_up = _looked_up(sheets)
    for title, (rows, _) in sheets.items():
        look = looks.get(title, Looks())
        _link(rows, look.links)
        yield Grid(
            title,
            rows,
            look.blocks,
            frozenset(look.hidden_rows),
            frozenset(look.hidden_columns),
            states[title] != "visible",
            [
                remark("looked-up", Locus(where.file, title), by=by)
                for by in looked_up.get(title, ())
            ],
        )


# ------------------------------------------------------------------ values and formulas
Rows = dict[int, list[Cell]]


def _cells(book: Workbook, title: str, where: Locus) -> tuple[Rows, dict[Place, str]]:
    """Give a sheet's cells by row, and its formulas by place."""
    rows: Rows = {}
    formulas: dict[Place, str] = {}
    sheet = book[title]
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = []
        for column, c in enumerate(row, 1):
            value = c.value
            if value is None:
                cells.append(None)
            elif c.data_type == "f":
                formulas[number, column] = str(getattr(value, "text", value))
                cells.append(None)
            elif type(value) is str:
                cells.append(value)
            else:
                cells.append(_typed(value, c.number_format))
        while cells and cells[-1] is None and (number, len(cells)) not in formulas:
            cells.pop()
        if cells:
            rows[number] = cells
            if len(cells) > MAX_COLUMNS:
                check_table(number, len(cells), Locus(where.file, title))
    return rows, formulas


_HYPERLINK = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


def _fill_results(
    path: Path, sheets: Mapping[str, tuple[Rows, dict[Place, str]]], doubtful: bool
) -> None:
    """Put the stored result of each formula into its cell, or the remark that there is none.

    `doubtful`: the workbook asks to be calculated when opened; a program that cannot calculate
    wrote it, and the zeros it stores are no results.
    """
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for title, (rows, formulas) in sheets.items():
            if not formulas:
                continue
            wanted = {row for row, _ in formulas}
            sheet = book[title]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_row=max(wanted)), 1):
                if number not in wanted:
                    continue
                for column, c in enumerate(row, 1):
                    if formula := formulas.get((number, column)):
                        rows[number][column - 1] = _result(c, formula, doubtful)


_OTHER_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([\w.]+))!")


def _looked_up(sheets: Mapping[str, tuple[Rows, dict[Place, str]]]) -> dict[str, tuple[str]]:
    """Give each sheet from which formulas of another take values, and that other sheet."""
    found: dict[str, tuple[str]] = {}
    for title, (_, formulas) in sheets.items():
        for formula in formulas.values():
            for quoted, plain in _OTHER_SHEET.findall(formula):
                name = quoted.replace("''", "'") or plain
                if name in sheets and name != title:
                    found.setdefault(name, (title,))
    return found


def _result(cell: object, formula: str, doubtful: bool) -> Cell:
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    link = _HYPERLINK.match(formula)
    if value is None and link is None:
        # a stored empty text is a result; nothing stored is none
        return None if kind == "str" else Odd(None, "formula-without-result")
    if doubtful and value == 0 and link is None:
        return Odd(None, "formula-without-result")
    if link is not None:
        return Link(str(value or link[1]), link[1])
    return _typed(value, getattr(cell, "number_format", "General"))


def _typed(value: object, number_format: str) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_cell(value, number_format)
    if isinstance(value, bool | str | date | time | timedelta):
        return value_cell(value)
    return str(value)


def _link(rows: Rows, links: Mapping[Place, str]) -> None:
    """Turn the texts that lead somewhere into links."""
    for (row, column), target in links.items():
        cells = rows.get(row, [])
        if column <= len(cells) and type(cells[column - 1]) is str:
            cells[column - 1] = Link(str(cells[column - 1]), target)


# ------------------------------------------------------------------ looks
def _looks(path: Path) -> dict[str, Looks]:
    """Give the looks of each sheet by its name, in one pass over each sheet's part."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for title, part in _parts(archive):
            if part in names:
                targets = _targets(archive, part) if _rels(part) in names else {}
                with archive.open(part) as file:
                    found[title] = _look(file, targets)
    return found


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give each sheet's name and the part it stands in."""
    targets = _targets(archive, "xl/workbook.xml")
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter():
        if re.fullmatch(_MAIN + "sheet", sheet.tag):
            rid = next((v for k, v in sheet.attrib.items() if _RELATION.fullmatch(k)), "")
            yield sheet.get("name", ""), targets.get(rid, "")


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Give the targets of a part's relations: parts as names in the archive, links as written."""
    folder = posixpath.dirname(part)
    found = {}
    for rel in fromstring(archive.read(_rels(part))):
        target = rel.get("Target", "")
        if rel.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[rel.get("Id", "")] = target
    return found


def _look(file: object, targets: Mapping[str, str]) -> Looks:
    look = Looks()
    number = 0
    for _, element in iterparse(file, events=("end",)):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            number = int(element.get("r", number + 1))
            if element.get("hidden") in ("1", "true"):
                look.hidden_rows.add(number)
            element.clear()
        elif tag == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            look.hidden_columns |= set(range(first, min(last, MAX_COLUMNS) + 1))
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            look.blocks.append(Block(top or 1, left or 1, bottom or 1, right or 1))
        elif tag == "hyperlink":
            rid = next((v for k, v in element.attrib.items() if _RELATION.fullmatch(k)), "")
            if targets.get(rid, "").startswith(("http://", "https://")):
                letters, row = coordinate_from_string(element.get("ref", "").split(":")[0])
                column = range_boundaries(f"{letters}1")[0]
                look.links[row, column or 1] = targets[rid]
    return look


_REFERENCE = re.compile(rb'<c [^>]{0,200}?r="([A-Z]{1,3})(\d{1,7})"')


def _check_references(path: Path, where: Locus) -> None:
    """Refuse a stray cell far out before a library that reserves the whole rectangle reads it."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "worksheets/" in name and name.endswith(".xml"):
                rows, width, tail = 0, 0, b""
                with archive.open(name) as file:
                    while piece := file.read(CHUNK):
                        for letters, row in _REFERENCE.findall(tail + piece):
                            rows, width = max(rows, int(row)), max(width, _column(letters))
                        tail = piece[-256:]
                check_table(rows, width, where)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
