"""How answers are written: a table for people, JSON, CSV or a workbook for programs."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from commands.declare import Answer, Command
from commands.table import table
from graph.errors import CannotWrite
from graph.exchange.written import check as check
from graph.exchange.written import write_blocks


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
    text = _json(answer, command.name) if kind == "json" else for_people(answer, command, lang)
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


def for_people(answer: Answer, command: Command, lang: str) -> str:
    """Lay the rows out in the columns of the command, as wide as the terminal if there is one."""
    room = shutil.get_terminal_size((160, 24)).columns if sys.stdout.isatty() else None
    rows = answer.rows
    if command.shown is not None and len(rows) != 1:
        rows = [command.shown(row, lang) for row in rows]
    return table(rows, lang, command.columns, room)
