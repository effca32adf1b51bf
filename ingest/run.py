"""Load files: read → transform → check → accept, all sources or none."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import (
    FileNotThere,
    Locus,
    NothingToLoad,
    SimpulError,
    SlugTaken,
    UnmetExpectation,
)
from graph.schema.core import Edge, Entity
from graph.schema.records import EdgeRecord, NodeRecord, Origin, is_reference, plain, reference
from graph.store.workspace import Load, Version, Workspace
from ingest import readers
from ingest.agencies import Agencies
from ingest.mapping import FileMapping, SourceMapping, fitted, for_file, guess, read_mapping
from ingest.personal import clean
from ingest.readers import RawRow, Sheet
from ingest.rebuild import rebuild, stored
from ingest.row import Row, record

MAPPING = "source.yml"
PERSONAL = "contact_"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Refused:
    """A row that was not accepted: its place, why, and what to do."""

    origin: Origin
    error: dict[str, dict[str, str]]  # language → parts of the error
    cells: Mapping[str, str | None]


@dataclass
class FileRead:
    """What came out of one file."""

    name: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    records: list[NodeRecord | EdgeRecord] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    remarks: list[readers.Remark] = field(default_factory=list)
    keys: dict[tuple[str | None, int], str] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        """How many rows were accepted."""
        return len(self.rows) - len(self.refused)


@dataclass
class SourceRead:
    """What came out of one source: its mapping and its files."""

    slug: str
    place: str
    mapping: SourceMapping
    files: list[FileRead] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """A source to be read: where its files lie and how they are mapped."""

    slug: str
    folder: Path
    files: tuple[Path, ...]
    mapping: SourceMapping | None
    own: bool  # the mapping stands beside the files: it must fit them to the letter


@dataclass(frozen=True)
class Done:
    """The outcome of a load: what was read, what changed, the version that holds it."""

    sources: list[SourceRead]
    changes: dict[tuple[str, str], dict[str, int]]
    difference: dict[tuple[str, str], list[dict[str, Any]]]
    version: Version | None


def load(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    slug: str | None = None,
    mapping: Path | None = None,
    dry_run: bool = False,
    strict: bool = False,
    now: bool = True,
    progress: Progress = lambda _: None,
) -> Done:
    """Read files and folders into the workspace, all of them or none.

    Everything is read and checked first; only then is the workspace touched, and the accepted
    rows replace what each source said before.

    Parameters
    ----------
    slug
        The name of the source; of a source loaded before it replaces the rows.
    mapping
        A `source.yml` whose columns and codes are used for these files.
    dry_run
        Read and compare, write nothing.
    strict
        Load nothing if any row is refused.
    now
        Build the next version at once; else the rows wait for the next build.
    progress
        Called with a sentence while it runs.

    Raises
    ------
    SimpulError
        If a file cannot be used; then nothing was changed.
    """
    before = workspace.sources() if workspace.path.exists() else {}
    read: list[SourceRead] = []
    for task in tasks(paths, slug, mapping, before):
        progress(task.slug)
        source = read_source(task)
        _check_place(source, before, named=slug is not None)
        read.append(source)
    changes, difference = {}, {}
    for source in read:
        for file in source.files:
            key = (source.slug, file.name)
            earlier = _earlier(before.get(source.slug), file, source.files)
            changes[key], difference[key] = _changes(file, earlier)
    refused = sum(len(f.refused) for s in read for f in s.files)
    if dry_run or (strict and refused):
        version = workspace.version() if before and workspace.current is not None else None
        return Done(read, changes, difference, version)
    progress("…")
    return Done(read, changes, difference, _write(workspace, read, now))


def _write(workspace: Workspace, read: Sequence[SourceRead], now: bool) -> Version | None:
    loaded_at = datetime.now(UTC).isoformat(timespec="seconds")
    with workspace.writing() as writer:
        loads: dict[str, Load] = {}
        for source in read:
            rows = [r for f in source.files for r in f.rows]
            records = stored(r for f in source.files for r in f.records)
            loads[source.slug] = writer.load(
                source.slug, meta(source), rows, list(records), loaded_at
            )
        if not now:
            writer.stage(loads)
            return workspace.version() if workspace.current is not None else None
        return rebuild(writer, workspace.sources() | loads)


def meta(source: SourceRead) -> dict[str, Any]:
    """Describe a load: titles, dates, counts and the mapping that was used."""
    m = source.mapping
    return {
        "name": m.title_id or source.slug,
        "name_en": m.title_en,
        "publisher": m.publisher,
        "as_of": m.as_of,
        "license": m.origin,
        "generated": m.generated,
        "place": source.place,
        "mapping": m.to_dict(),
        "files": [
            {
                "file": f.name,
                "read": len(f.rows),
                "accepted": f.accepted,
                "ignored_columns": f.ignored,
                "unknown_columns": f.unknown,
                "personal_dropped": dict(sorted(f.dropped.items())),
                "remarks": [{lang: r.text(lang) for lang in ("id", "en")} for r in f.remarks],
            }
            for f in source.files
        ],
    }


# ---------------------------------------------------------------- what to read
def tasks(
    paths: Sequence[Path], slug: str | None, mapping: Path | None, before: Mapping[str, Load]
) -> list[Task]:
    """Find the sources that these paths stand for.

    A folder stands for every source folder (with a `source.yml`) and every readable file in it.
    """
    given = _columns_and_codes(read_mapping(mapping)) if mapping else None
    found: list[Task] = []
    for path in paths:
        if not path.exists():
            raise FileNotThere(path.name)
        found += _folder(path, given) if path.is_dir() else [_file(path, given)]
    if slug is not None:
        found = [_named(t, slug, given, before) for t in found]
    taken: dict[str, Task] = {}
    for task in found:
        other = taken.setdefault(task.slug, task)
        if other.files != task.files:
            raise SlugTaken(task.files[0].name, slug=task.slug, file=other.files[0].name)
    return list(taken.values())


def _columns_and_codes(mapping: SourceMapping) -> SourceMapping:
    """Give what a mapping says of any such file; titles, dates and region are its own source's."""
    return SourceMapping(mapping.transform, mapping.files, codes=mapping.codes)


def _folder(path: Path, given: SourceMapping | None) -> list[Task]:
    if (path / MAPPING).exists():
        return [_source_folder(path, given)]
    found = [_source_folder(p.parent, given) for p in sorted(path.rglob(MAPPING))]
    inside = {t.folder for t in found}
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        if not inside & set(file.parents) and readers.readable(file):
            found.append(_file(file, given))
    if not found:
        raise NothingToLoad(path.name, formats=", ".join(readers.FORMATS))
    return found


def _source_folder(folder: Path, given: SourceMapping | None) -> Task:
    own = read_mapping(folder / MAPPING)
    files = tuple(dict.fromkeys(folder / f.file for f in own.files if f.file))
    for file in files:
        if not file.exists():
            raise FileNotThere(f"{folder.name}/{file.name}")
    return Task(folder.name, folder, files, given or own, given is None)


def _file(path: Path, given: SourceMapping | None) -> Task:
    beside = path.parent / MAPPING
    if given is None and beside.exists():
        own = read_mapping(beside)
        if any(f.file == path.name for f in own.files):
            return Task(path.parent.name, path.parent, (path,), own, True)
    return Task(path.name, path.parent, (path,), given, False)


def _named(task: Task, slug: str, given: SourceMapping | None, before: Mapping[str, Load]) -> Task:
    """Give the task the name of a source; one loaded before keeps its mapping."""
    if given is None and slug in before and not task.own:
        kept = SourceMapping.from_dict(before[slug].meta["mapping"])
        return replace(task, slug=slug, mapping=kept, own=False)
    return replace(task, slug=slug)


# ---------------------------------------------------------------- reading one source
def read_source(task: Task) -> SourceRead:
    """Read every file of a source, and hold the outcome against its expectations."""
    mapping = task.mapping
    files: list[FileRead] = []
    for path in task.files:
        name = path.relative_to(task.folder).as_posix()
        pairs, mapping = _sheets(task, path, name, mapping)
        file = FileRead(name)
        for part, sheet in pairs:
            _read_sheet(file, task.slug, mapping, part, sheet)
        files.append(file)
    assert mapping is not None
    place = hashlib.sha256(str(task.folder.resolve() / task.files[0].name).encode()).hexdigest()
    source = SourceRead(task.slug, place[:16], mapping, files)
    _check_expectations(source)
    return source


def _sheets(
    task: Task, path: Path, name: str, mapping: SourceMapping | None
) -> tuple[list[tuple[FileMapping, Sheet]], SourceMapping]:
    """Pair each sheet of a file with its mapping; without one, guess it."""
    if mapping is not None and task.own:
        pairs = []
        for part in (f for f in mapping.files if f.file == path.name):
            sheet = readers.read(path, part.reader, name=name)[0]
            pairs.append((fitted(part, sheet, mapping.transform, where=name, own=True), sheet))
        return pairs, mapping
    sheets = _tables(readers.read(path, name=name))
    if mapping is None:
        mapping, _ = guess(sheets, name)
    return for_file(mapping, name, sheets), mapping


def _tables(sheets: list[Sheet]) -> list[Sheet]:
    """Leave out sheets that only serve formulas of others; the reader's remark says so."""
    own = [s for s in sheets if not any(r.code == "looked-up" for r in s.remarks)]
    return own or sheets


def _read_sheet(
    file: FileRead, slug: str, mapping: SourceMapping, part: FileMapping, sheet: Sheet
) -> None:
    module = importlib.import_module(f"ingest.sources.{mapping.transform}.transform")
    agencies = Agencies(mapping.as_of, mapping.region)
    personal = [h for h, role in part.columns.items() if role.startswith(PERSONAL)]
    columns = {h: r for h, r in part.columns.items() if not r.startswith(PERSONAL)}
    file.remarks += sheet.remarks
    filled: set[str] = set()
    for raw in sheet.rows:
        cleaned = clean(raw.cells, personal)
        file.dropped.update(cleaned.dropped)
        filled |= {h for h, v in cleaned.cells.items() if v}
        where = Locus(file.name, sheet.name, raw.row)
        row = Row(
            {h: cleaned.cells.get(h) for h in columns},
            where,
            columns=columns,
            codes=mapping.codes,
            constants=part.constants,
            agencies=agencies,
            region=mapping.region,
            ignore=part.ignore,
            remarks=raw.remarks,
        )
        _read_row(file, slug, raw, cleaned.cells, row, part, module)
        file.remarks += raw.remarks
    file.ignored += [h for h in sheet.headings if h in part.ignore]
    taken = {*part.columns, *part.ignore}
    file.unknown += [h for h in sheet.headings if h not in taken and h in filled]


def _read_row(
    file: FileRead,
    slug: str,
    raw: RawRow,
    cells: Mapping[str, str | None],
    row: Row,
    part: FileMapping,
    module: Any,
) -> None:
    origin = Origin(slug, file.name, row.where.sheet, raw.row)
    kept = {
        "file": file.name,
        "sheet": row.where.sheet,
        "row": raw.row,
        "cells": json.dumps(dict(cells), ensure_ascii=False),
        "refused": None,
    }
    file.rows.append(kept)
    try:
        records = [] if part.kind == "websites" else list(_records(row, origin, module))
    except SimpulError as e:
        error = {lang: e.parts(lang) for lang in ("id", "en")}
        column = e.where.column if isinstance(e.where, Locus) else None
        file.refused.append(Refused(origin._replace(column=column), error, cells))
        kept["refused"] = json.dumps({"column": column, "error": error}, ensure_ascii=False)
        return
    file.records += records
    file.remarks += [
        readers.remark(
            "unsure-agency",
            replace(row.where, column=row.heading_of(role)),
            name=text,
            candidates=", ".join(match.candidates) or "–",
        )
        for role, text, match in row.unsure
    ]
    named = next((r.id for r in records if isinstance(r, NodeRecord) and is_reference(r.id)), None)
    file.keys[row.where.sheet, raw.row] = _recognised(named, cells)


def _records(row: Row, origin: Origin, module: Any) -> Iterator[NodeRecord | EdgeRecord]:
    entities: list[Entity | Edge] = list(module.transform(row))
    for entity in (*row.implied, *entities):
        yield record(entity, row, origin)


def _recognised(id: str | None, cells: Mapping[str, str | None]) -> str:
    """Give the words by which next year's row is held against this one."""
    if id is None:
        return plain(" ".join(filter(None, cells.values())))
    ref = reference(id)
    return f"{ref.owner} {plain(ref.name)}"


# ---------------------------------------------------------------- checks
def _check_expectations(source: SourceRead) -> None:
    expect = source.mapping.expect
    accepted = sum(f.accepted for f in source.files)
    least = (expect.get("rows") or [0])[0]
    if accepted < least:
        raise UnmetExpectation(source.slug, what="rows", found=accepted, expected=f"≥ {least}")
    if not accepted:
        return
    for role, share in (expect.get("filled") or {}).items():
        found = _filled(source, role)
        if found is not None and found < share:
            raise UnmetExpectation(
                source.slug, what=f"filled {role}", found=round(found, 2), expected=f"≥ {share}"
            )


def _filled(source: SourceRead, role: str) -> float | None:
    """Give the share of accepted rows that have a role filled, over sheets that know it."""
    have = total = 0
    for part in source.mapping.files:
        headings = [h for h, r in part.columns.items() if r == role]
        if part.kind == "websites" or not headings:
            continue
        for file in source.files:
            for row in file.rows:
                if row["refused"] or (part.reader.sheet or row["sheet"]) != row["sheet"]:
                    continue
                cells = json.loads(row["cells"])
                total += 1
                have += any(cells.get(h) for h in headings)
    return have / total if total else None


def _check_place(source: SourceRead, before: Mapping[str, Load], *, named: bool) -> None:
    old = before.get(source.slug)
    if source.slug == "reference":
        raise SlugTaken(source.slug, slug=source.slug, file="reference/")
    if old and not named and old.meta["place"] != source.place:
        file = old.meta["files"][0]["file"]
        raise SlugTaken(source.files[0].name, slug=source.slug, file=file)


def _changes(
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


def _earlier(
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
            _recognised(named.get((r["sheet"], r["row"])), r["cells"]),
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
