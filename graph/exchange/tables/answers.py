"""The answer of a command as a table, as workbook or CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

from graph.exchange.flat import flat, is_node
from graph.exchange.tables.cells import NOT_TEXT, RUNS, headed
from graph.exchange.tables.csv_folder import csv_blocks
from graph.exchange.tables.workbook import write_book
from graph.exchange.written import Written, sha256_of, write_blocks

AnswerFormat = Literal["csv", "xlsx"]


def write_answer(
    rows: Sequence[Mapping[str, Any]], target: Path | BinaryIO, format: AnswerFormat
) -> Written | None:
    """Write the rows of a command's answer as a table, one line each.

    A node becomes two columns, its id and its name; what is nested further becomes text.

    Returns
    -------
    Written | None
        None if `target` is a stream.

    Raises
    ------
    CannotWrite
    """
    headings, lines = answer_table(rows)
    if format == "xlsx":
        write_book(target, [("Simpul", headed(headings, lines))])
        return Written(target, sha256_of(target), len(rows)) if isinstance(target, Path) else None
    safe = csv_blocks(headings, ([_safe_text(v) for v in line] for line in lines))
    if isinstance(target, Path):
        return Written(target, write_blocks(target, safe), len(rows))
    for block in safe:
        target.write(block)
    return None


def answer_table(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Flatten the rows of an answer: headings, and a line of texts and numbers per row.

    >>> answer_table([{"node": {"id": "app:x", "type": "Application", "name": "X"}, "n": [1, 2]}])
    (['node', 'node.name', 'n'], [['app:x', 'X', '1; 2']])
    """
    keys = list(dict.fromkeys(key for row in rows for key in row))
    headings: list[str] = []
    columns: list[list[Any]] = []
    for key in keys:
        values = [row.get(key) for row in rows]
        if _are_nodes(values):
            headings += [key, f"{key}.name"]
            columns += [[v and v["id"] for v in values], [v and v["name"] for v in values]]
        else:
            headings.append(key)
            columns.append([_cell(v) for v in values])
    return headings, [list(line) for line in zip(*columns, strict=True)]


def _are_nodes(values: list[Any]) -> bool:
    told = [v for v in values if v is not None]
    return bool(told) and all(is_node(v) for v in told)


def _cell(value: Any) -> Any:
    """Give a text or a number; None stays None."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    return flat(value)


def _safe_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.sub(RUNS, r"'\1", NOT_TEXT.sub("", value))
