"""What a load changes: rows held against those that the source gave before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from graph.schema.records import is_reference
from graph.store.workspace import Load
from ingest.reading import FileRead, recognised


def changes(
    file: FileRead, earlier: list[tuple[str, str, int]]
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Count rows added, changed and removed, and list the cells that differ.

    Rows are held against each other by their cells first, then by what they are recognised by.
    """
    new = [(file.keys[r["sheet"], r["row"]], r) for r in file.rows if not r["refused"]]
    same = Counter(r["cells"] for _, r in new) & Counter(cells for _, cells, _ in earlier)
    fresh, gone = _without(new, same.copy()), _left(earlier, same.copy())
    by_key: dict[str, list[tuple[str, str, int]]] = {}
    for entry in gone:
        by_key.setdefault(entry[0], []).append(entry)
    count = {"added": 0, "changed": 0, "removed": 0}
    cells: list[dict[str, Any]] = []
    for key, row in fresh:
        match = by_key[key].pop() if by_key.get(key) else None
        count["changed" if match else "added"] += 1
        before = json.loads(match[1]) if match else {}
        after = json.loads(row["cells"])
        cells += [
            {"row": row["row"], "column": h, "before": before.get(h), "after": after.get(h)}
            for h in after
            if before.get(h) != after.get(h)
        ]
    for _, old_cells, at in (e for entries in by_key.values() for e in entries):
        count["removed"] += 1
        cells += [
            {"row": at, "column": h, "before": v, "after": None}
            for h, v in json.loads(old_cells).items()
            if v
        ]
    return count, cells


def earlier_rows(
    old: Load | None, file: FileRead, files: Sequence[FileRead]
) -> list[tuple[str, str, int]]:
    """Give (recognised by, cells, row) of the rows this file replaces.

    They are those of the file of the same name; rows of files that are gone count with the first.
    """
    if old is None:
        return []
    others = {f.name for f in files if f is not file}
    named: dict[tuple[str | None, int], str] = {}
    for r in old.records:
        if r["id"] and is_reference(r["id"]):
            named.setdefault((r["origin"][2], r["origin"][3]), r["id"])
    return [
        (
            recognised(named.get((r["sheet"], r["row"])), r["cells"]),
            json.dumps(r["cells"], ensure_ascii=False),
            r["row"],
        )
        for r in old.rows
        if not r["refused"]
        and (r["file"] == file.name or (file is files[0] and r["file"] not in others))
    ]


def _without(
    rows: list[tuple[str, dict[str, Any]]], same: Counter[str]
) -> list[tuple[str, dict[str, Any]]]:
    left = []
    for key, row in rows:
        if same[row["cells"]] > 0:
            same[row["cells"]] -= 1
        else:
            left.append((key, row))
    return left


def _left(rows: list[tuple[str, str, int]], same: Counter[str]) -> list[tuple[str, str, int]]:
    left = []
    for entry in rows:
        if same[entry[1]] > 0:
            same[entry[1]] -= 1
        else:
            left.append(entry)
    return left
