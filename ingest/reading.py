"""One source, read from its first row to its last: what is accepted, refused, dropped, asked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from graph.errors import Locus, NotCalculated, SimpulError, TooLong
from graph.schema.core import Edge, Entity
from graph.schema.records import (
    EdgeRecord,
    NodeRecord,
    Origin,
    compact,
    is_reference,
    plain,
    reference,
)
from graph.store.workspace import Load
from graph.texts import LANGUAGES
from ingest import readers
from ingest.agencies import Agencies
from ingest.agencies.named import name_of
from ingest.footers import no_records
from ingest.mapping import (
    PERSONAL,
    WEBSITES,
    FileMapping,
    SourceMapping,
    fitted,
    for_file,
    guess,
    region_of,
)
from ingest.personal import clean, clean_text
from ingest.readers import RawRow, Sheet
from ingest.row import Row, record
from ingest.sources import transforms
from ingest.tasks import Task

ROWS_SHOWN = 5
LONGEST_NAME = 500  # characters; a cell that holds a text by mistake is no name


class Question(NamedTuple):
    """A body that is named in a column and is not certain."""

    heading: str | None
    text: str
    how: str
    candidates: tuple[str, ...]


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
    read: int = 0  # rows, those refused included
    rows: list[dict[str, Any]] = field(default_factory=list)
    records: list[NodeRecord | EdgeRecord] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    remarks: list[readers.Remark] = field(default_factory=list)
    named: dict[tuple[str | None, int], str | None] = field(default_factory=dict)
    known: Counter[str] = field(default_factory=Counter)  # role → accepted rows that have a column
    filled: Counter[str] = field(default_factory=Counter)  # role → those with something in it
    homeless: set[tuple[str | None, int]] = field(default_factory=set)
    """Rows that name a unit of which nobody knows the government."""

    @property
    def accepted(self) -> int:
        """How many rows were accepted."""
        return self.read - len(self.refused)


@dataclass
class SourceRead:
    """What came out of one source: its mapping and its files."""

    slug: str
    place: str
    mapping: SourceMapping
    files: list[FileRead] = field(default_factory=list)
    held: Load | None = None  # the load that reading it again would give: it was not read
    trace: str | None = None  # a hash of all that it was read from


def read_source(task: Task) -> SourceRead:
    """Read every file of a source."""
    mapping = task.mapping
    files: list[FileRead] = []
    for path in task.files:
        name = clean_text(path.relative_to(task.folder).as_posix())[0]
        pairs, mapping = _sheets(task, path, name, mapping)
        mapping = in_region(mapping, task.region)
        file = FileRead(name)
        agencies = Agencies(mapping.as_of, mapping.region)
        for part, sheet in pairs:
            _read_sheet(file, Table(task.slug, mapping, part, sheet, agencies))
        files.append(file)
    assert mapping is not None
    return SourceRead(task.slug, place_of(task), mapping, files)


def place_of(task: Task) -> str:
    """Give a hash of where a source lies."""
    place = str(task.folder.resolve() / task.files[0].name)
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def in_region(mapping: SourceMapping, region: str | None) -> SourceMapping:
    """Give a mapping the region that a person named, unless it names one itself."""
    return replace(mapping, region=region) if region and mapping.region is None else mapping


def _sheets(
    task: Task, path: Path, name: str, mapping: SourceMapping | None
) -> tuple[list[tuple[FileMapping, Sheet]], SourceMapping]:
    """Pair each sheet of a file with its mapping; without one, guess it."""
    if mapping is not None and task.own:
        pairs = []
        for part in (f for f in mapping.files if f.file == name):
            sheet = _without_persons(readers.read(path, part.reader, name=name)[0])
            pairs.append((fitted(part, sheet, mapping.transform, where=name, own=True), sheet))
        return pairs, mapping
    sheets = tables_of(path, name)
    if mapping is None:
        mapping, _ = guess(sheets, name)
    elif mapping.region is None:
        mapping = replace(mapping, region=region_of([t for s in sheets for t in s.titles]))
    return for_file(mapping, name, sheets), mapping


def tables_of(path: Path, name: str) -> list[Sheet]:
    """Read the tables of a file that nobody described, without what is personal in its frame."""
    return [_without_persons(s) for s in _tables(readers.read(path, name=name))]


def _without_persons(sheet: Sheet) -> Sheet:
    """Take what is personal out of the name of a sheet and of its headings, before all else."""
    heads = {h: clean_text(h)[0] for h in sheet.headings}
    name = clean_text(sheet.name)[0] if sheet.name else sheet.name
    if name == sheet.name and all(h == c for h, c in heads.items()):
        return sheet
    unique = {h: c if h == c else f"{c} [{n}]" for n, (h, c) in enumerate(heads.items(), 1)}
    rows = tuple(
        r._replace(cells={unique.get(h, h): v for h, v in r.cells.items()}) for r in sheet.rows
    )
    return replace(sheet, name=name, headings=tuple(unique.values()), rows=rows)


def _tables(sheets: list[Sheet]) -> list[Sheet]:
    """Leave out sheets that only serve formulas of others; the reader's remark says so."""
    own = [s for s in sheets if not any(r.code == "looked-up" for r in s.remarks)]
    return own or sheets


@dataclass(frozen=True)
class Table:
    """One sheet with its mapping, and what is needed to read its rows."""

    slug: str
    mapping: SourceMapping
    part: FileMapping
    sheet: Sheet
    agencies: Agencies

    @cached_property
    def personal(self) -> list[str]:
        """Headings of columns about persons."""
        return [h for h, role in self.part.columns.items() if role.startswith(PERSONAL)]

    @cached_property
    def columns(self) -> dict[str, str]:
        """Heading → role of the columns that are not about persons."""
        return {h: r for h, r in self.part.columns.items() if not r.startswith(PERSONAL)}

    @cached_property
    def headings(self) -> dict[str, list[str]]:
        """Role → headings of its columns; of a contact's role there may be several."""
        found: dict[str, list[str]] = {}
        for heading, role in self.part.columns.items():
            found.setdefault(role, []).append(heading)
        return found

    @property
    def websites(self) -> bool:
        """Say whether the rows are plain websites: accepted, without a node."""
        return self.part.kind == WEBSITES

    def row(self, file: str, raw: RawRow, cells: Mapping[str, str | None]) -> Row:
        """Give a row to be read by its roles; columns about persons are not among them."""
        return Row(
            {h: cells.get(h) for h in self.columns},
            Locus(file, self.sheet.name, raw.row),
            columns=self.columns,
            codes=self.mapping.codes,
            constants=self.part.constants,
            agencies=self.agencies,
            region=self.mapping.region,
            ignore=self.part.ignore,
            remarks=raw.remarks,
        )


def _read_sheet(file: FileRead, table: Table) -> None:
    file.remarks += table.sheet.remarks
    filled: set[str] = set()
    questions: dict[Question, list[int]] = {}
    passed = no_records(table.sheet.rows, table.part.columns)
    if passed:
        where = Locus(file.name, table.sheet.name)
        file.remarks.append(readers.remark("no-records", where, rows=_some(sorted(passed))))
    for raw in (r for r in table.sheet.rows if r.row not in passed):
        cleaned = clean(raw.cells, table.personal)
        if cleaned.dropped:
            file.dropped.update(cleaned.dropped)
        filled |= {h for h, v in cleaned.cells.items() if v}
        row = table.row(file.name, raw, cleaned.cells)
        _read_row(file, table, row, raw, cleaned.cells)
        file.remarks += raw.remarks
        for role, text, match in row.unsure:
            asked = Question(row.heading_of(role), text, match.how, match.candidates)
            questions.setdefault(asked, []).append(raw.row)
            if match.how == "no-region":
                file.homeless.add((row.where.sheet, raw.row))
    file.remarks += [_asked(file, table, q, rows) for q, rows in questions.items()]
    file.ignored += [h for h in table.sheet.headings if h in table.part.ignore]
    taken = {*table.part.columns, *table.part.ignore}
    file.unknown += [h for h in table.sheet.headings if h not in taken and h in filled]


def _read_row(
    file: FileRead, table: Table, row: Row, raw: RawRow, cells: Mapping[str, str | None]
) -> None:
    origin = Origin(table.slug, file.name, row.where.sheet, raw.row)
    kept = {
        "file": file.name,
        "sheet": row.where.sheet,
        "row": raw.row,
        "cells": compact(cells),
        "refused": None,
    }
    file.rows.append(kept)
    file.read += 1
    try:
        _check_calculated(row, raw)
        records = [] if table.websites else list(_records(row, origin, table))
    except SimpulError as e:
        error = {lang: e.parts(lang) for lang in LANGUAGES}
        column = e.where.column if isinstance(e.where, Locus) else None
        file.refused.append(Refused(origin._replace(column=column), error, cells))
        kept["refused"] = compact({"column": column, "error": error})
        return
    file.records += records
    if not table.websites:
        _count_filled(file, table, cells)
    file.named[row.where.sheet, raw.row] = named(r.id for r in records if isinstance(r, NodeRecord))


def _count_filled(file: FileRead, table: Table, cells: Mapping[str, str | None]) -> None:
    for role, headings in table.headings.items():
        file.known[role] += 1
        if any(cells.get(h) for h in headings):
            file.filled[role] += 1


def _check_calculated(row: Row, raw: RawRow) -> None:
    """A name that a formula should give, and has not given yet, is no name."""
    for remark in raw.remarks:
        heading = remark.where.column
        named = heading is not None and row.columns.get(heading) == "name"
        if named and remark.code == "formula-without-result":
            raise NotCalculated(remark.where)


def _records(row: Row, origin: Origin, table: Table) -> Iterator[NodeRecord | EdgeRecord]:
    entities: list[Entity | Edge] = list(transforms()[table.mapping.transform].run(row))
    for entity in (*row.implied, *entities):
        made = record(entity, row, origin)
        if isinstance(made, NodeRecord) and len(str(made.props["name"])) > LONGEST_NAME:
            length = len(str(made.props["name"]))
            where = replace(row.where, column=made.columns.get("name"))
            raise TooLong(where, length=length, limit=LONGEST_NAME)
        yield made


def _asked(file: FileRead, table: Table, question: Question, rows: list[int]) -> readers.Remark:
    """Say once which body is not known, and in which rows."""
    near = "; ".join(filter(None, map(name_of, question.candidates)))
    code = "unsure-agency-near" if near else "unsure-agency"
    code = "unit-without-region" if question.how == "no-region" else code
    return readers.remark(
        code,
        Locus(file.name, table.sheet.name, column=question.heading),
        name=question.text[:80],
        rows=_some(rows),
        candidates=near,
    )


def _some(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:ROWS_SHOWN])) + (" …" if len(rows) > ROWS_SHOWN else "")


def named(ids: Iterable[str]) -> str | None:
    """Give the reference by which a row is recognised: of what it lists, not of its body.

    A body that no list knows is a reference too, and many rows share it.
    """
    found = [id for id in ids if is_reference(id)]
    return next((id for id in found if reference(id).prefix != "agency"), next(iter(found), None))


def recognised(id: str | None, cells: Mapping[str, str | None]) -> str:
    """Give the words by which next year's row is held against this one."""
    if id is None:
        return plain(" ".join(filter(None, cells.values())))
    ref = reference(id)
    return f"{ref.owner} {plain(ref.name)}"
