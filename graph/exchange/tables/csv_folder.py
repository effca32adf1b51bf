"""A Landscape as a folder of CSV for programs: names of properties, words of the closed lists.

In a cell, several values are parted by `;` (`\\;` within a value), and a text that a spreadsheet
program would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import CannotWrite
from graph.exchange.selection import Profile, chosen
from graph.exchange.tables.cells import RUNS, Row, evidence
from graph.exchange.written import Written, write_blocks
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import NodeType, Relation

BARRED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"  # NOT_TEXT, as pyarrow spells it


def write_csv(
    landscape: Landscape,
    folder: Path,
    *,
    profile: Profile = "public",
    agency: str | None = None,
) -> Written:
    """Write a folder with a file per node type and relation that is shown, and the evidence.

    A file of an earlier export that this one does not write is removed: an internal export
    would otherwise lie beside a public one.  Other files of the folder are left alone.

    Raises
    ------
    CannotWrite, UnknownNode, WrongType
    """
    shown = chosen(landscape, profile, agency)
    tables = _shown_tables(shown, profile)
    try:
        folder.mkdir(exist_ok=True)
        for name in {*NODE_TYPES, *RELATIONS, "evidence"} - tables.keys():
            (folder / f"{name}.csv").unlink(missing_ok=True)
    except OSError as e:
        raise CannotWrite(str(folder), reason=e.strerror or str(e)) from e
    for name, table in tables.items():
        write_blocks(folder / f"{name}.csv", csv_blocks(table.column_names, _csv_rows(table)))
    return Written(folder, None, sum(t.num_rows for t in tables.values()))


def _shown_tables(shown: Landscape, profile: Profile) -> dict[str, pa.Table]:
    declared: dict[str, NodeType | Relation] = {**NODE_TYPES, **RELATIONS}
    tables = {**shown.nodes, **shown.edges}
    visible = {k for k, d in declared.items() if profile == "internal" or d.visibility == "public"}
    return {k: t for k, t in tables.items() if k in visible} | {"evidence": evidence(shown)}


def csv_blocks(headings: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Give the blocks of a CSV file; the cells are safe already."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow(headings)
    rows = iter(rows)
    while True:
        writer.writerows(islice(rows, 10_000))
        if not text.tell():
            return
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _csv_rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=50_000):
        yield from zip(*(_csv_column(c) for c in batch.columns), strict=True)


def _csv_column(column: pa.Array) -> list[Any]:
    """Write a column as texts that no spreadsheet program runs; a number stays a number."""
    if pa.types.is_list(column.type):
        column = pa.array([list_text(v) for v in column.to_pylist()], pa.string())
    elif pa.types.is_boolean(column.type):
        column = pc.cast(column, pa.string())
    elif not pa.types.is_string(column.type):
        numbers: list[Any] = column.to_pylist()
        return numbers
    clean = pc.replace_substring_regex(column, BARRED, "")
    texts: list[Any] = pc.replace_substring_regex(clean, RUNS, r"'\1").to_pylist()
    return texts


def list_text(values: list[str] | None) -> str | None:
    """Write several values into one cell, so that they can be parted again."""
    if values is None:
        return None
    return ";".join(v.replace("\\", "\\\\").replace(";", "\\;") for v in values)
