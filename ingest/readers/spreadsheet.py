"""Workbooks (XLSX, XLS, XLSB, ODS): which sheets are tables, and what is hidden in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.errors import EmptyFile, Locus, NoHeader, NotASpreadsheet, UnknownSheet
from ingest.readers.grid import WINDOW, Grid, to_sheet
from ingest.readers.limits import check_archive, check_size
from ingest.readers.ods import ods_grids
from ingest.readers.records import ReaderSpec, Remark, Sheet, remark
from ingest.readers.xls import values
from ingest.readers.xlsx import xlsx_grids


def read_spreadsheet(path: Path, spec: ReaderSpec, name: str) -> list[Sheet]:
    """Read the tables of a workbook.

    All visible sheets that are tables, or the one that `spec.sheet` names, be it hidden.

    Raises
    ------
    LockedSpreadsheet, TooLarge, TooManyCells, BrokenFile, UnknownSheet, NoHeader, EmptyFile

    Notes
    -----
    30,000 rows of nine columns: about 6 s and 150 MB; with formulas about 9 s.
    """
    where = Locus(name)
    check_size(path, where)
    grids = _grids(path, where)
    remarks: list[Remark] = []
    if spec.sheet is not None:
        chosen = [_named(grids, spec.sheet, where)]
    else:
        chosen = [g for g in grids if not g.hidden]
        remarks += [_hidden(g, name) for g in grids if g.hidden and g.filled]
    sheets = []
    for grid in chosen:
        sheet = to_sheet(grid, name, spec.header_row) if grid.filled else None
        if sheet is not None and sheet.rows:
            sheets.append(sheet)
        elif grid.filled:
            code = "sheet-without-table" if sheet is None else "sheet-without-rows"
            remarks.append(remark(code, Locus(name, grid.name)))
    if not sheets:
        at = Locus(name, spec.sheet)
        no_table = any(r.code == "sheet-without-table" for r in remarks)
        raise NoHeader(at, rows=WINDOW) if no_table else EmptyFile(at)
    sheets[0] = replace(sheets[0], remarks=(*sheets[0].remarks, *remarks))
    return sheets


def _grids(path: Path, where: Locus) -> list[Grid]:
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if not zipped:
        return _told(values(path, where), where)
    members = {m.lower() for m in check_archive(path, where)}
    if "xl/workbook.xml" in members:
        return xlsx_grids(path, where)
    if "content.xml" in members:
        return ods_grids(path, where)
    if "xl/workbook.bin" in members:
        return _told(values(path, where), where)
    raise NotASpreadsheet(where)


def _told(grids: list[Grid], where: Locus) -> list[Grid]:
    """Say of each sheet that its formats and hidden rows could not be seen."""
    for grid in grids:
        grid.remarks.append(remark("looks-unread", Locus(where.file, grid.name)))
    return grids


def _named(grids: list[Grid], wanted: str, where: Locus) -> Grid:
    for fold in (str, lambda s: " ".join(s.casefold().split())):
        for grid in grids:
            if fold(grid.name or "") == fold(wanted):
                return grid
    raise UnknownSheet(where, sheet=wanted, sheets=", ".join(g.name or "" for g in grids))


def _hidden(grid: Grid, name: str) -> Remark:
    """Tell of a hidden sheet and how many records it holds."""
    sheet = to_sheet(grid, name)
    rows = str(len(sheet.rows) if sheet else len(grid.filled))
    return remark("hidden-sheet", Locus(name, grid.name), rows=rows)
