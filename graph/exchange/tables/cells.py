"""What workbook and CSV share: rows of a table, and which signs a cell may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.landscape import Landscape

Row = Sequence[Any]
RUNS = r"^('*[=+\-@\t\r])"  # what a spreadsheet program may take for a formula
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what a workbook cannot hold
EVIDENCE = ("about", "side", "kind", "text_id", "text_en", "value")


def rows_of(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table as Python values, a batch at a time."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(c.to_pylist() for c in batch.columns), strict=True)


def headed(headings: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """Put the headings before the rows."""
    yield headings
    yield from rows


def joined(texts: Iterable[str]) -> str:
    """Join different texts; what is the same in both languages stands once."""
    return " · ".join(dict.fromkeys(texts))


def evidence(shown: Landscape) -> pa.Table:
    """Give what speaks for and against the findings shown."""
    findings = shown.nodes["Finding"]["id"].combine_chunks()
    told = shown.evidence.filter(pc.is_in(shown.evidence["about"], value_set=findings))
    return told.select(list(EVIDENCE))
