"""The answer of a command as a table, as workbook or CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

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
    safe = csv_blocks(headings, ([safe_text(v) for v in line] for line in lines))
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
            columns.append([_flat(v) for v in values])
    return headings, [list(line) for line in zip(*columns, strict=True)]


def _are_nodes(values: list[Any]) -> bool:
    told = [v for v in values if v is not None]
    return bool(told) and all(_is_node(v) for v in told)


def _is_node(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"id", "type", "name"}


def _flat(value: Any) -> Any:
    """Give a text or a number; None stays None."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str | int | float):
        return value
    return _text(value)


def _text(value: Any) -> str:
    if _is_node(value):
        return f"{value['name']} ({value['id']})"
    if isinstance(value, Mapping):
        parts = [(k, _text(v)) for k, v in value.items() if v is not None]
        return ", ".join(f"{k}: {text}" for k, text in parts if text)
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return "; ".join(text for v in value if (text := _text(v)))
    return "" if value is None else str(_flat(value))


def safe_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.sub(RUNS, r"'\1", NOT_TEXT.sub("", value))
