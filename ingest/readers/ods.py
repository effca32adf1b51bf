"""ODS: values through calamine; what is merged, hidden and shown from the document's own text.

Unlike XLSX, an ODS file keeps beside each number the text that its format shows.  A cell or row
may be *repeated* a million times in twenty characters, so the size is reckoned before calamine
lays it out.  Source: OpenDocument 1.3 part 3, 9.1 (table-row, table-cell), 19.4 (office:value).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from graph.errors import BrokenFile, LockedSpreadsheet, Locus
from ingest.readers import xls
from ingest.readers.cells import Cell, Number, Odd, number_text
from ingest.readers.grid import Block, Grid
from ingest.readers.limits import check_table

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_HIDDEN = ("collapse", "filter")
_FEW = 1000  # repeated cells whose looks are kept one by one


@dataclass
class _Looks:
    blocks: list[Block] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    row: int = 0
    columns: int = 0
    last_row: int = 0
    last_column: int = 0


def ods_grids(path: Path, where: Locus) -> list[Grid]:
    """Read every sheet of an ODS workbook, the hidden ones marked.

    Raises
    ------
    LockedSpreadsheet, BrokenFile, TooManyCells
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if "META-INF/manifest.xml" in archive.namelist():
                manifest = archive.read("META-INF/manifest.xml")
                if any(e.tag.endswith("}encryption-data") for e in fromstring(manifest).iter()):
                    raise LockedSpreadsheet(where)
            with archive.open("content.xml") as file:
                looks = dict(_sheets(file, where))
    except DefusedXmlException as e:
        raise BrokenFile(where, reason="entities") from e
    except (ParseError, ValueError, KeyError, zipfile.BadZipFile) as e:
        raise BrokenFile(where, reason="damaged-workbook") from e
    return [_with(grid, looks.get(grid.name or "", _Looks())) for grid in xls.values(path, where)]


def _with(grid: Grid, look: _Looks) -> Grid:
    for (row, column), cell in look.cells.items():
        cells = grid.rows.setdefault(row, [])
        cells += [None] * (column - len(cells))
        cells[column - 1] = cell
    hidden = frozenset(look.hidden_rows), frozenset(look.hidden_columns)
    return Grid(grid.name, grid.rows, look.blocks, *hidden, grid.hidden)


def _sheets(file: object, where: Locus) -> Iterator[tuple[str, _Looks]]:
    look = _Looks()
    depth = 0
    for event, element in iterparse(file, events=("start", "end")):
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                look = _Looks()
            elif depth == 0:
                yield element.get(f"{_TABLE}name", ""), look
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-column":
            _column(element, look)
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            _row(element, look, where)
            element.clear()


def _times(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}", 1)))


def _column(element: Element, look: _Looks) -> None:
    first, times = look.columns + 1, _times(element, "columns-repeated")
    look.columns += times
    if element.get(f"{_TABLE}visibility") in _HIDDEN:
        look.hidden_columns |= set(range(first, min(first + times, first + _FEW)))


def _row(element: Element, look: _Looks, where: Locus) -> None:
    first, times = look.row + 1, _times(element, "rows-repeated")
    look.row += times
    column, filled = 1, False
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        wide = _times(cell, "columns-repeated")
        text = "\n".join("".join(p.itertext()) for p in cell.findall(f"{_TEXT}p"))
        if text or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula"):
            filled = True
            look.last_column = max(look.last_column, column + wide - 1)
            _cell(cell, text, Block(first, column, first + times - 1, column + wide - 1), look)
        column += wide
    if filled:
        look.last_row = first + times - 1
        check_table(look.last_row, look.last_column, where)
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            look.hidden_rows |= set(range(first, first + times))


def _cell(element: Element, text: str, at: Block, look: _Looks) -> None:
    down, right = _times(element, "rows-spanned"), _times(element, "columns-spanned")
    if down > 1 or right > 1:
        look.blocks.append(Block(at.top, at.left, at.top + down - 1, at.left + right - 1))
    found = _doubtful(element, text)
    places = (at.bottom - at.top + 1) * (at.right - at.left + 1)
    if found is not None and places <= _FEW:
        for row in range(at.top, at.bottom + 1):
            for column in range(at.left, at.right + 1):
                look.cells[row, column] = found


_SHOWN = re.compile(r"\d+(?:[.\-/ ]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


def _doubtful(element: Element, text: str) -> Cell:
    """Give the cell if it is not what its value says, else None."""
    if element.get(_ERROR) == "error":
        return text or "#N/A"
    if element.get(f"{_TABLE}formula") and not text and not element.get(f"{_OFFICE}value-type"):
        return Odd(None, "formula-without-result")
    if element.get(f"{_OFFICE}value-type") != "float":
        return None
    stored = number_text(float(element.get(f"{_OFFICE}value", "0")))
    if text == stored or not text:
        return None
    if re.fullmatch(r"\d+[.,]\d+", text) and float(text.replace(",", ".")) == float(stored):
        return Number(stored, text.replace(",", "."))
    same = re.sub(r"\D", "", text).lstrip("0") == re.sub(r"\D", "", stored).lstrip("0")
    if same and _SHOWN.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        return Odd(text, "shown-by-format", {"stored": stored, "shown": text})
    return None
