"""A process that reads one workbook with calamine; started by `ingest.readers.xls`.

A file of a kilobyte can name cells so far apart, or repeat one so often, that calamine asks for
gigabytes; then the system ends the process it runs in.  So it runs in one of its own.  It writes

    ("locked",)  ("damaged",)  ("large", sheet, rows, columns)  ("sheets", [Read, …])

to stdout, pickled; both ends are ours.  Nothing of Simpul is imported: it must start fast.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any

import python_calamine as calamine

# Three GiB, as much as a file of `limits.MAX_CELLS` takes.
MEMORY = 3 << 30
# name, hidden, {row: cells from the first column on}, merged (top, left, bottom, right), from 1
Read = tuple[str, bool, dict[int, list[Any]], list[tuple[int, int, int, int]]]


def limit_memory() -> None:
    """Let the system refuse what a file asks beyond `MEMORY`; mapped files do not count."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: str, most_rows: int, most_columns: int, most_cells: int) -> tuple[Any, ...]:
    """Read every worksheet, or say at the first one beyond the limits how large it is."""
    found: list[Read] = []
    with calamine.CalamineWorkbook.from_path(path) as book:
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            high, wide = sheet.height, sheet.width
            if high > most_rows or wide > most_columns or high * wide > most_cells:
                return "large", meta.name, high, wide
            top, left = sheet.start or (0, 0)
            rows = {
                number: [None] * left + row
                for number, row in enumerate(sheet.to_python(), top + 1)
                if any(v != "" for v in row)
            }
            merged = [
                (a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()
            ]
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            found.append((meta.name, hidden, rows, merged))
    return "sheets", found


def main() -> None:
    """Answer once."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints must not stand in the answer
    limit_memory()
    said: tuple[Any, ...]
    try:
        said = read(sys.argv[1], *map(int, sys.argv[2:5]))
    except calamine.PasswordError:
        said = ("locked",)
    except MemoryError:
        sys.exit(1)
    except (calamine.CalamineError, OSError, ValueError):
        said = ("damaged",)
    except BaseException as e:
        # the library's own bugs come as a PanicException, which is no Exception
        if type(e).__name__ != "PanicException":
            raise
        said = ("damaged",)
    with answers:
        pickle.dump(said, answers)


if __name__ == "__main__":
    main()
