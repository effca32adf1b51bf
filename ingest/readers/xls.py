"""Values of XLS, XLSB and ODS through calamine, which gives results but no formats or formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from graph.errors import BrokenFile, LockedSpreadsheet, Locus
from ingest.readers.cells import Cell, Date, number_cell
from ingest.readers.grid import Block, Grid
from ingest.readers.limits import check_table

Value = int | float | str | bool | time | date | datetime | timedelta


def values(path: Path, where: Locus) -> list[Grid]:
    """Read every sheet of a workbook; hidden ones are marked.

    Raises
    ------
    LockedSpreadsheet, BrokenFile, TooManyCells
    """
    try:
        return list(_grids(path, where))
    except calamine.PasswordError as e:
        raise LockedSpreadsheet(where) from e
    except (calamine.CalamineError, OSError, ValueError) as e:
        raise BrokenFile(where, reason="damaged-workbook") from e
    except BaseException as e:
        # the library's own bugs come as a PanicException, which is no Exception
        if type(e).__name__ != "PanicException":
            raise
        raise BrokenFile(where, reason="damaged-workbook") from e


def _grids(path: Path, where: Locus) -> Iterator[Grid]:
    with calamine.CalamineWorkbook.from_path(str(path)) as book:
        for meta in book.sheets_metadata:
            if meta.typ not in (calamine.SheetTypeEnum.WorkSheet,):
                continue
            sheet = book.get_sheet_by_name(meta.name)
            at = Locus(where.file, meta.name)
            check_table(sheet.height, sheet.width, at)
            top, left = sheet.start or (0, 0)
            rows: dict[int, list[Cell]] = {}
            for number, row in enumerate(sheet.to_python(), top + 1):
                if any(v != "" for v in row):
                    rows[number] = [*[None] * left, *map(value_cell, row)]
            blocks = [
                Block(a + 1, b + 1, c + 1, d + 1)
                for (a, b), (c, d) in sheet.merged_cell_ranges or ()
            ]
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            yield Grid(meta.name, rows, blocks, hidden=hidden)


def value_cell(value: Value | None) -> Cell:
    """Make the cell of a typed value."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return number_cell(value)
    if isinstance(value, datetime) and value.time() == time():
        return Date(value.date().isoformat())
    if isinstance(value, datetime):
        return Date(value.isoformat(sep=" ", timespec="seconds"))
    return Date(value.isoformat()) if isinstance(value, date) else str(value)
