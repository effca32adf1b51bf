"""Values of XLS, XLSB and ODS through calamine, which gives results but no formats or formulas."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from graph.errors import BrokenFile, LockedSpreadsheet, Locus, TooManyCells
from ingest.readers.cells import Cell, Date, number_cell
from ingest.readers.grid import Block, Grid
from ingest.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

Value = int | float | str | bool | time | date | datetime | timedelta
PATIENCE = 300  # seconds; the largest workbooks take half a minute


def values(path: Path, where: Locus) -> list[Grid]:
    """Read every sheet of a workbook; hidden ones are marked.

    Raises
    ------
    LockedSpreadsheet, BrokenFile, TooManyCells

    Notes
    -----
    Read by a process of its own, which may take 3 GiB: see `ingest.readers.calamine_process`.
    """
    kind, *rest = _asked(path)
    if kind == "locked":
        raise LockedSpreadsheet(where)
    if kind == "damaged":
        raise BrokenFile(where, reason="damaged-workbook")
    if kind == "large":
        sheet, rows, columns = rest
        at = Locus(where.file, sheet) if sheet else where
        raise TooManyCells(
            at, rows=rows, columns=columns, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS
        )
    return [
        Grid(
            name,
            {number: [value_cell(v) for v in row] for number, row in rows.items()},
            [Block(*corners) for corners in merged],
            hidden=hidden,
        )
        for name, hidden, rows, merged in rest[0]
    ]


def _asked(path: Path) -> tuple[Any, ...]:
    """Give what the process answers; one that ends without a word had too little memory."""
    script = Path(__file__).with_name("calamine_process.py")
    limits = map(str, (MAX_ROWS, MAX_COLUMNS, 4 * MAX_CELLS))
    process = subprocess.Popen(
        [sys.executable, "-P", str(script), str(path), *limits],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    except BaseException as e:
        process.kill()
        process.communicate()
        if isinstance(e, subprocess.TimeoutExpired):
            return ("damaged",)
        raise
    found: tuple[Any, ...] = ("large", None, "–", "–")
    return tuple(pickle.loads(said)) if process.returncode == 0 and said else found


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
