"""One file that a person uploads: read, mapped, checked, held against what is there, kept.

Nothing is written before `keep`; it loads the very bytes that were checked, under the mapping
that was checked.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from graph.build import authority
from graph.build.build import source_id
from graph.errors import EmptyFile, LoadedMeanwhile, Locus, SimpulError, TooLarge, TooManyCells
from graph.landscape import Landscape
from graph.schema.records import Origin
from graph.store.workspace import Load, Version, Workspace
from graph.texts import LANGUAGES
from ingest.footers import EXAMPLES
from ingest.mapping import (
    IGNORE,
    PERSONAL,
    Guess,
    SourceMapping,
    chosen,
    headings,
    lacking,
    mapping_text,
    proposed,
    write_mapping,
)
from ingest.personal import clean_text
from ingest.readers import Sheet
from ingest.readers.limits import MAX_COLUMNS
from ingest.readers.records import SUFFIXES
from ingest.reading import FileRead, tables_of
from ingest.run import Done, load, put_back, rehearse
from ingest.sources import transforms
from ingest.tasks import MAPPING, own_slug

MAX_MB = 50
MAX_UNPACKED_MB = 400  # of a workbook: about 6 million cells
MAX_ROWS = 200_000
MOST_REHEARSED = 50_000  # rows of the workspace; a build beyond that takes too long to wait for
KINDS = tuple(s for suffixes in SUFFIXES.values() for s in suffixes)
CONTACTS = ("contact_name", "contact_phone", "contact_email", "contact_number")
LONGEST_NAME = 120
ACCEPTED, REFUSED = "accepted", "refused"
TEMPLATE_ROLES = (
    "name",
    "description",
    "owner",
    "reporting_unit",
    "address",
    "status",
    "platform",
    "scope",
    "code",
)
Roles = Mapping[tuple[str | None, str], str | None]


@dataclass(frozen=True)
class File:
    """An uploaded file: its bytes, and a name that names no place."""

    name: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        """Give what tells its content from any other."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()[:16]


@dataclass(frozen=True)
class Choices:
    """What a person said of a file; what is None is as the file or an earlier load says."""

    slug: str
    title: str | None = None
    publisher: str | None = None
    as_of: str | None = None
    region: str | None = None
    roles: tuple[tuple[tuple[str | None, str], str | None], ...] = ()


class Line(NamedTuple):
    """A row of the file with what came of it; texts by language."""

    sheet: str | None
    row: int
    result: str
    cells: Mapping[str, str | None]
    reason: Mapping[str, str]
    hint: Mapping[str, str]
    remarks: Sequence[Mapping[str, str]]


class Cell(NamedTuple):
    """A cell that differs from what this source said before."""

    row: int
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Shape:
    """What a file seems to be: the kind of source, and a guess per column."""

    kind: str
    guesses: tuple[Guess, ...]
    used: frozenset[str | None]  # sheets that are tables of this kind
    remembered: frozenset[tuple[str | None, str]]  # columns whose meaning an earlier load gave


@dataclass(frozen=True)
class Check:
    """What a load would do, and nothing of it done."""

    shape: Shape
    roles: Roles
    mapping: SourceMapping | None = None
    error: Mapping[str, Mapping[str, str]] | None = None  # language → parts
    lines: tuple[Line, ...] = ()
    headings: tuple[str, ...] = ()  # of columns that are shown: none about persons
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    dropped: Mapping[str, int] | None = None
    remarks: tuple[Mapping[str, str], ...] = ()
    counts: Mapping[str, int] | None = None  # added, changed, removed
    cells: tuple[Cell, ...] = ()
    earlier: int | None = None  # rows that a source of this name holds; None: there is none
    over: str | None = None  # the load that it was held against

    @property
    def refused(self) -> int:
        """How many rows would be refused."""
        return sum(line.result == REFUSED for line in self.lines)

    @property
    def accepted(self) -> int:
        """How many rows would be accepted."""
        return len(self.lines) - self.refused


class Joined(NamedTuple):
    """An application of the file that becomes one with what other sources describe."""

    id: str
    name: str
    others: tuple[str, ...]  # titles of the other sources
    reasons: tuple[str, ...]


class Found(NamedTuple):
    """A finding that would come, or that would change its members."""

    name: str
    function: str
    members: int
    new: bool


@dataclass(frozen=True)
class Effect:
    """What a load would do to the landscape."""

    applications: int  # of this file
    alone: int  # of them, in no other source
    joined: tuple[Joined, ...]
    suggested: tuple[tuple[str, str], ...]
    findings: tuple[Found, ...]


@dataclass(frozen=True)
class Kept:
    """What a commit did."""

    slug: str
    version: int
    before: int | None
    changed: bool
    counts: Mapping[str, int]
    node: str
    findings: tuple[str, ...] = ()


# ---------------------------------------------------------------- the file
def safe_name(name: str) -> str:
    """Give the name of a file without any place in it, and without what is personal.

    >>> safe_name("../../etc/daftar.csv"), safe_name("..")
    ('daftar.csv', 'unggahan')
    """
    last = re.split(r"[\\/]", name)[-1]
    bare = re.sub(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]', "", clean_text(last)[0]).strip(" .")
    if not bare or bare.casefold() == MAPPING:
        return f"unggahan{'.yml' if bare else ''}"
    stem, dot, suffix = bare.rpartition(".")
    return (stem[: LONGEST_NAME - len(suffix)] if dot else "") + dot + suffix[:LONGEST_NAME]


def check_file(file: File) -> None:
    """Refuse at once what is too large to be read here, before any of it is unpacked.

    Raises
    ------
    EmptyFile, TooLarge, TooManyCells
    """
    where = Locus(file.name)
    if not file.data:
        raise EmptyFile(where)
    size = -(-len(file.data) // 1_000_000)
    if len(file.data) > MAX_MB * 1_048_576:
        raise TooLarge(where, size=size, limit=MAX_MB)
    if file.data.startswith(b"PK\x03\x04"):
        unpacked = -(-_unpacked(file.data) // 1_000_000)
        if unpacked > MAX_UNPACKED_MB:
            raise TooLarge(where, size=unpacked, limit=MAX_UNPACKED_MB)
    elif file.name.casefold().endswith((".csv", ".tsv", ".tab", ".jsonl", ".ndjson")):
        _check_rows(file.data.count(b"\n"), where)


def _unpacked(data: bytes) -> int:
    """Give what an archive says it unpacks to; the reader counts what it really does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(m.file_size for m in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0  # the reader says what is wrong with it


def _check_rows(rows: int, where: Locus) -> None:
    if rows > MAX_ROWS:
        raise TooManyCells(
            where, rows=rows, columns="–", max_rows=MAX_ROWS, max_columns=MAX_COLUMNS
        )


# ---------------------------------------------------------------- the check
def first_choices(file: File) -> Choices:
    """Give what is taken for a file of which nobody said anything."""
    return Choices(own_slug(file.name))


def examine(workspace: Workspace, file: File, choices: Choices) -> Check:
    """Read a file, map it and say what loading it would do; write nothing.

    A column means what the person said, else what an earlier load of this source said, else what
    is guessed.

    Raises
    ------
    SimpulError
        The file cannot be read at all; a mapping that does not fit stands in `Check.error`.

    Notes
    -----
    The file is read twice: for its columns, and as a load reads it.
    """
    check_file(file)
    with workspace.scratch() as folder:
        path = workspace.set_aside(file.name, file.data, folder)
        sheets = tables_of(path, file.name)
        _check_rows(sum(len(s.rows) for s in sheets), Locus(file.name))
        earlier = _earlier(workspace, choices.slug)
        known = SourceMapping.from_dict(earlier.meta["mapping"]) if earlier else None
        shape, roles = _shape(sheets, choices, known)
        try:
            mapping = _mapping(sheets, file, shape, roles, choices, known)
            write_mapping(folder / MAPPING, mapping)
            done = load(workspace, [folder], slug=choices.slug, dry_run=True)
        except SimpulError as e:
            return Check(shape, roles, error={lang: e.parts(lang) for lang in LANGUAGES})
    used = frozenset(part.reader.sheet for part in mapping.files)
    before = sum(f["accepted"] for f in earlier.meta["files"]) if earlier else None
    check = _checked(replace(shape, used=used), roles, mapping, done, before)
    return replace(check, over=earlier.name if earlier else None)


def _shape(
    sheets: Sequence[Sheet], choices: Choices, earlier: SourceMapping | None
) -> tuple[Shape, dict[tuple[str | None, str], str | None]]:
    kind, guesses = proposed(sheets)
    kind = earlier.transform if earlier else kind
    known = {h: r for p in earlier.files for h, r in p.columns.items()} if earlier else {}
    known |= {h: IGNORE for p in earlier.files for h in p.ignore} if earlier else {}
    allowed = {*transforms()[kind].roles, *CONTACTS, IGNORE}
    roles: dict[tuple[str | None, str], str | None] = {}
    for g in guesses:
        means = known.get(g.column, g.means)
        roles[g.sheet, g.column] = means if means in allowed else None
    remembered = frozenset((g.sheet, g.column) for g in guesses if g.column in known)
    said = {place: role for place, role in choices.roles if place in roles}
    used = frozenset(s.name for s in sheets if not s.hidden)
    return Shape(kind, tuple(guesses), used, remembered - set(said)), roles | said


def _earlier(workspace: Workspace, slug: str) -> Load | None:
    return workspace.sources().get(slug) if workspace.path.exists() else None


def _mapping(
    sheets: Sequence[Sheet],
    file: File,
    shape: Shape,
    roles: Roles,
    choices: Choices,
    earlier: SourceMapping | None,
) -> SourceMapping:
    """Make the mapping: a person's word over an earlier load's, that over the guess."""
    found = chosen(sheets, file.name, shape.kind, roles)
    if earlier:
        words = {r: {**found.codes.get(r, {}), **w} for r, w in earlier.codes.items()}
        found = replace(
            earlier,
            files=found.files,
            as_of=found.as_of,
            region=earlier.region or found.region,
            codes=dict(found.codes) | words,
        )
    said = replace(
        found,
        title_id=_said(choices.title, found.title_id),
        publisher=_said(choices.publisher, found.publisher),
        as_of=_said(choices.as_of, found.as_of),
        region=_said(choices.region, found.region),
    )
    return SourceMapping.from_dict(said.to_dict())  # every value is checked


def _said(wanted: str | None, found: str | None) -> str | None:
    return found if wanted is None else clean_text(wanted)[0] if wanted else None


def _checked(
    shape: Shape, roles: Roles, mapping: SourceMapping, done: Done, earlier: int | None
) -> Check:
    source = done.sources[0]
    [file] = source.files
    by_row, others = _remarks(file)
    change = done.changes[source.slug, file.name]
    personal = {h for (_, h), role in roles.items() if (role or "").startswith(PERSONAL)}
    lines = tuple(_lines(file, by_row, personal))
    shown = dict.fromkeys(h for line in lines for h in line.cells)
    return Check(
        shape,
        roles,
        mapping,
        None,
        lines,
        tuple(shown),
        tuple(dict.fromkeys(file.unknown)),
        tuple(dict.fromkeys(file.ignored)),
        dict(sorted(file.dropped.items())),
        tuple(others),
        change.count,
        tuple(Cell(c["row"], c["column"], c["before"], c["after"]) for c in change.cells),
        earlier,
    )


def _remarks(
    file: FileRead,
) -> tuple[dict[tuple[str | None, int], list[dict[str, str]]], list[dict[str, str]]]:
    """Part the remarks about one row from those about a sheet or the file."""
    by_row: dict[tuple[str | None, int], list[dict[str, str]]] = defaultdict(list)
    others = []
    for r in file.remarks:
        said = {lang: r.text(lang) for lang in LANGUAGES}
        if r.where.row is None:
            others.append(said)
        else:
            by_row[r.where.sheet, r.where.row].append(said)
    return by_row, others


def _lines(
    file: FileRead,
    remarks: Mapping[tuple[str | None, int], list[dict[str, str]]],
    personal: set[str],
) -> Iterator[Line]:
    refused = {(r.origin.sheet, r.origin.row): r for r in file.refused}
    for row in file.rows:
        place = row["sheet"], row["row"]
        no = refused.get(place)
        cells = {h: v for h, v in json.loads(row["cells"]).items() if h not in personal}
        yield Line(
            *place,
            REFUSED if no else ACCEPTED,
            cells,
            {lang: _reason(no.error[lang], no.origin) for lang in LANGUAGES} if no else {},
            {lang: no.error[lang]["hint"] or no.error[lang]["expected"] for lang in LANGUAGES}
            if no
            else {},
            tuple(remarks.get(place, ())),
        )


def _reason(error: Mapping[str, str], origin: Origin) -> str:
    return f"{origin.column}: {error['problem']}" if origin.column else error["problem"]


# ---------------------------------------------------------------- the landscape
def rehearsable(workspace: Workspace, check: Check) -> bool:
    """Say whether the effect on the landscape can be waited for."""
    loads = workspace.sources().values() if workspace.path.exists() else ()
    rows = sum(f["read"] for load in loads for f in load.meta["files"])
    return int(rows) + len(check.lines) <= MOST_REHEARSED


def effect(workspace: Workspace, file: File, choices: Choices, check: Check, lang: str) -> Effect:
    """Say what a load would do to the landscape; it costs as much as a build.

    Raises
    ------
    SimpulError
        The file cannot be read, or the workspace cannot.
    """
    assert check.mapping is not None
    with _laid_out(workspace, file, check.mapping) as folder:
        done = load(workspace, [folder], slug=choices.slug, dry_run=True)
    after = rehearse(workspace, done.sources)
    before = workspace.version().landscape if workspace.current is not None else None
    return _effect(before, after, choices.slug, lang)


def _effect(before: Landscape | None, after: Landscape, slug: str, lang: str) -> Effect:
    titles = {r["slug"]: after.name(r["id"], lang) for r in after.rows("Source")}
    mine: dict[str, tuple[str, ...]] = {}
    for row in after.rows("Application"):
        sources = {o.source for o in after.origins_of(row["id"])}
        if slug in sources:
            mine[row["id"]] = tuple(sorted(sources - {slug, authority.SLUG}))
    joined = [
        Joined(
            id,
            after.name(id, lang),
            tuple(titles.get(s, s) for s in others),
            tuple(e[f"text_{lang}"] for e in after.evidence_of(id, "merged")),
        )
        for id, others in mine.items()
        if others
    ]
    same = [(r["source"], r["target"]) for r in after.edge_rows("SAME_AS")]
    old = {(r["source"], r["target"]) for r in before.edge_rows("SAME_AS")} if before else set()
    suggested = [
        (after.name(a, lang), after.name(b, lang))
        for a, b in same
        if (a in mine or b in mine) and (a, b) not in old
    ]
    return Effect(
        len(mine),
        sum(not others for others in mine.values()),
        tuple(sorted(joined, key=lambda j: j.name)),
        tuple(sorted(suggested)),
        tuple(_findings(before, after, lang)),
    )


def _findings(before: Landscape | None, after: Landscape, lang: str) -> Iterator[Found]:
    """Give the findings that come, and those whose members change; the best first."""
    known = (
        {r["id"]: set(before.sources(r["id"], "MEMBER_OF")) for r in before.rows("Finding")}
        if before
        else {}
    )
    for row in sorted(after.rows("Finding"), key=lambda r: (-r["score"], r["id"])):
        members = set(after.sources(row["id"], "MEMBER_OF"))
        if members != known.get(row["id"]):
            function = after.name(row["function"], lang)
            name = after.name(row["id"], lang)
            yield Found(name, function, len(members), row["id"] not in known)


# ---------------------------------------------------------------- the commit
@contextmanager
def _laid_out(workspace: Workspace, file: File, mapping: SourceMapping) -> Iterator[Path]:
    """Put a file beside its mapping for as long as it is read."""
    with workspace.scratch() as folder:
        workspace.set_aside(file.name, file.data, folder)
        write_mapping(folder / MAPPING, mapping)
        yield folder


def keep(workspace: Workspace, file: File, choices: Choices, check: Check) -> Kept:
    """Load the bytes that were checked, under the mapping that was checked: all or nothing.

    Raises
    ------
    LoadedMeanwhile
        The source says something else by now than when it was checked.
    SimpulError
        Nothing was changed.
    """
    assert check.mapping is not None
    before = workspace.current
    held = _earlier(workspace, choices.slug)
    if (held and held.name) != check.over:
        now = examine(workspace, file, choices)
        if any((now.counts or {}).values()):  # else the same was loaded, and nothing is lost
            raise LoadedMeanwhile(Locus(file.name), slug=choices.slug)
    with _laid_out(workspace, file, check.mapping) as folder:
        done = load(workspace, [folder], slug=choices.slug)
    assert done.version is not None
    [changes] = done.changes.values()
    changed = done.version.number != before
    return Kept(
        choices.slug,
        done.version.number,
        before,
        changed,
        changes.count,
        source_id(choices.slug),
        tuple(_fresh(workspace, before, done.version)) if changed else (),
    )


def _fresh(workspace: Workspace, before: int | None, version: Version) -> list[str]:
    """Give the ids of the findings that a version has and the one before it had not."""
    rows = workspace.version(before).landscape.rows("Finding") if before is not None else []
    old = {r["id"] for r in rows}
    return [r["id"] for r in version.landscape.rows("Finding") if r["id"] not in old]


def take_back(workspace: Workspace, kept: Kept) -> int:
    """Let the source say what it said before a commit; give the number of the new version.

    Raises
    ------
    LoadedMeanwhile
        Somebody else loaded the source since: their rows would be lost unseen.
    """
    mine = workspace.version(kept.version).loads.get(kept.slug)
    held = _earlier(workspace, kept.slug)
    if (held and held.name) != (mine and mine.name):
        raise LoadedMeanwhile("", slug=kept.slug)
    return put_back(workspace, kept.slug, kept.before).number


# ---------------------------------------------------------------- files that are handed out
def template(lang: str, said: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Give the headings that are read best, and one row that says it is an example.

    Parameters
    ----------
    said
        Role → what the example row says.
    """
    mark = EXAMPLES[LANGUAGES.index(lang)]
    words = headings()["inventory"]
    best = [words[r][0] for r in TEMPLATE_ROLES]
    row = [f"{mark} {said[r]}" if r == "name" else said.get(r, "") for r in TEMPLATE_ROLES]
    return [w.capitalize() if w.islower() else w for w in best], [row]


def mended(
    check: Check, titles: tuple[str, str, str], lang: str
) -> tuple[list[str], list[list[Any]]]:
    """Give the refused rows with their cells, to be mended and uploaded again."""
    heads = [*titles, *check.headings]
    rows = [
        [line.row, line.reason[lang], line.hint[lang], *(line.cells.get(h) for h in check.headings)]
        for line in check.lines
        if line.result == REFUSED
    ]
    return heads, rows


def source_yml(check: Check, lang: str) -> str:
    """Give the mapping as a file that `simpul load` takes."""
    return mapping_text(check.mapping, lang) if check.mapping else ""


def roles_of(kind: str) -> tuple[str, ...]:
    """Give what a column of this kind of source may mean."""
    return transforms()[kind].roles


def given_twice(roles: Roles) -> tuple[str, list[str]] | None:
    """Give a role that two columns of a sheet bear, and their headings; None if there is none."""
    found: dict[tuple[str | None, str], list[str]] = {}
    for (sheet, heading), role in roles.items():
        if role and role != IGNORE and not role.startswith(PERSONAL):
            found.setdefault((sheet, role), []).append(heading)
    return next(((r, heads) for (_, r), heads in found.items() if len(heads) > 1), None)


def lacking_roles(check: Check) -> list[str]:
    """Give the roles of which no sheet has what this kind of source needs; empty if one has all."""
    transform = transforms()[check.shape.kind]
    sheets = {sheet for sheet, _ in check.roles}
    short = [
        lacking(transform, (r for (s, _), r in check.roles.items() if s == sheet and r))
        for sheet in sheets
    ]
    return min(short, key=len, default=[])
