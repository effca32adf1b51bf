"""What a load changes: rows held against those that the source gave before."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.store.workspace import Load
from ingest.reading import FileRead, SourceRead, named, recognised


class Held(NamedTuple):
    """A row as it is held against another one."""

    id: str | None  # the reference by which it is recognised
    cells: str  # JSON
    row: int

    @property
    def key(self) -> str:
        """The words by which it is recognised."""
        return recognised(self.id, json.loads(self.cells))


@dataclass(frozen=True)
class Changes:
    """Rows added, changed and removed, and each cell that differs (row, column, before, after)."""

    count: dict[str, int]
    cells: list[dict[str, Any]]


def changes(source: SourceRead, old: Load | None) -> dict[str, Changes]:
    """Compare the accepted rows of each file with those they replace.

    A file replaces the rows of the file of its name; rows of files that are gone are held against
    those of the first file. O(n) in rows.

    Returns
    -------
    dict
        Name of each file → its changes.
    """
    if old is not None and source.held == old:
        return {file.name: _compare([], []) for file in source.files}
    names = [f.name for f in source.files]
    before: dict[str, list[Held]] = defaultdict(list)
    for file, row in _earlier(old) if old else ():
        before[file if file in names else names[0]].append(row)
    return {file.name: _compare(_now(file), before[file.name]) for file in source.files}


def _now(file: FileRead) -> list[Held]:
    return [
        Held(file.named[r["sheet"], r["row"]], r["cells"], r["row"])
        for r in file.rows
        if not r["refused"]
    ]


def _earlier(old: Load) -> Iterable[tuple[str, Held]]:
    ids: dict[tuple[str, str | None, int], list[str]] = defaultdict(list)
    for r in old.records:
        if r["id"]:
            _, file, sheet, row, *_ = r["origin"]
            ids[file, sheet, row].append(r["id"])
    for r in old.rows:
        if not r["refused"]:
            id = named(ids[r["file"], r["sheet"], r["row"]])
            yield r["file"], Held(id, json.dumps(r["cells"], ensure_ascii=False), r["row"])


def _compare(now: list[Held], before: list[Held]) -> Changes:
    """Pair rows by their cells first, then by what they are recognised by."""
    same = Counter(r.cells for r in now) & Counter(r.cells for r in before)
    fresh, gone = _without(now, same), _without(before, same)
    by_key: dict[str, list[Held]] = defaultdict(list)
    for row in gone:
        by_key[row.key].append(row)
    count = {"added": 0, "changed": 0, "removed": 0}
    cells: list[dict[str, Any]] = []
    for row in fresh:
        match = by_key[row.key].pop(0) if gone and by_key[row.key] else None
        count["changed" if match else "added"] += 1
        cells += _differing(
            row.row, json.loads(match.cells) if match else {}, json.loads(row.cells)
        )
    for row in (r for rows in by_key.values() for r in rows):
        count["removed"] += 1
        cells += _differing(row.row, json.loads(row.cells), {})
    return Changes(count, cells)


def _differing(
    row: int, before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> list[dict[str, Any]]:
    return [
        {"row": row, "column": h, "before": before.get(h), "after": after.get(h)}
        for h in dict.fromkeys([*after, *before])
        if before.get(h) != after.get(h)
    ]


def _without(rows: list[Held], same: Counter[str]) -> list[Held]:
    """Leave out as many rows of each content as both sides have."""
    left, still = [], same.copy()
    for row in rows:
        if still[row.cells] > 0:
            still[row.cells] -= 1
        else:
            left.append(row)
    return left
