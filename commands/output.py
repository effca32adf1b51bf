"""How answers are written: a table for people, JSON, CSV or a workbook for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from commands.declare import Answer, Command
from graph.errors import CannotWrite
from graph.exchange.flat import flat
from graph.exchange.written import check as check
from graph.exchange.written import write_blocks
from graph.texts import say

CELL = 60


def write(
    answer: Answer, command: Command, kind: str, path: Path | None, lang: str, out: TextIO
) -> None:
    """Write an answer to a path, or to `out` if there is none.

    Raises
    ------
    CannotWrite
        If the path cannot be written.
    """
    if kind in ("csv", "xlsx"):
        from graph.exchange.tables import write_answer

        target = path if path is not None else sys.stdout.buffer
        write_answer(answer.rows, target, format="csv" if kind == "csv" else "xlsx")
        return
    text = _json(answer, command.name) if kind == "json" else table(answer.rows, lang)
    if path is None:
        out.write(text)
    else:
        write_blocks(path, [text.encode(errors="backslashreplace")])


@contextmanager
def standard(out: TextIO) -> Iterator[None]:
    """Write to standard output, to its end; `CannotWrite` if the disk behind it is full."""
    try:
        yield
        out.flush()
    except BrokenPipeError:  # the reader has left: no error
        raise
    except OSError as e:
        close(out)
        raise CannotWrite("stdout", reason=e.strerror or str(e)) from e


def close(out: TextIO) -> None:
    """Let what cannot be written go nowhere, so that the end of the process does not try again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _json(answer: Answer, command: str) -> str:
    envelope = {
        "command": command,
        "version": answer.version,
        "as_of": answer.as_of,
        "complete": answer.complete,
        "limit_hit": answer.limit_hit,
        "rows": answer.rows,
    }
    return json.dumps(envelope, ensure_ascii=False) + "\n"


def table(rows: list[dict[str, Any]], lang: str) -> str:
    """Lay rows out for a terminal: one line each, long cells cut with an ellipsis."""
    if not rows:
        return say("command.empty", lang) + "\n"
    heads = list(rows[0])
    lines = [[_line(row.get(h), lang) for h in heads] for row in rows]
    room = max(40, shutil.get_terminal_size((160, 24)).columns if sys.stdout.isatty() else 4000)
    widths = [
        min(CELL, max(len(h), *(len(line[i]) for line in lines))) for i, h in enumerate(heads)
    ]
    while sum(widths) + 2 * len(widths) > room and max(widths) > 10:
        widths[widths.index(max(widths))] -= 1
    cut = [
        "  ".join(_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in [heads, ["─" * w for w in widths], *lines]
    ]
    return "\n".join(line.rstrip() for line in cut) + "\n"


def _line(value: Any, lang: str) -> str:
    if value is None:
        return say("command.unknown", lang)
    return " ".join(flat(value, lang).split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
