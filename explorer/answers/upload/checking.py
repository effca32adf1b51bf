"""The check of an uploaded file: mapped, and read as a load reads it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from explorer.answers.upload.incoming import check_file, check_rows, short_name
from explorer.answers.upload.model import (
    ACCEPTED,
    CONTACTS,
    REFUSED,
    Cell,
    Check,
    Choices,
    File,
    Line,
    Roles,
    Shape,
)
from graph.errors import Locus, SimpulError
from graph.schema.records import Origin
from graph.store.workspace import Load, Workspace
from graph.texts import LANGUAGES
from ingest.agencies.named import region_hinted
from ingest.mapping import IGNORE, PERSONAL, SourceMapping, chosen, proposed, write_mapping
from ingest.personal import clean_text
from ingest.readers import Sheet
from ingest.reading import FileRead, tables_of
from ingest.run import Done, load
from ingest.sources import transforms
from ingest.tasks import MAPPING, own_slug

ASKING = ("unit-without-region", "unsure-agency", "unsure-agency-near")


def first_choices(file: File, known: Container[str] = ()) -> Choices:
    """Give what is taken for a file of which nobody said anything.

    Parameters
    ----------
    known
        Names of sources that are there: one that a command loaded bears the file's whole name.
    """
    whole = own_slug(file.name)
    return Choices(whole if whole in known else short_name(file.name))


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
        check_rows(sum(len(s.rows) for s in sheets), Locus(file.name))
        earlier = earlier_load(workspace, choices.slug)
        known = SourceMapping.from_dict(earlier.meta["mapping"]) if earlier else None
        shape, roles = _shape(sheets, choices, known)
        try:
            mapping = _mapping(sheets, file, shape, roles, choices, known)
            hint = _hint(mapping, file, choices, known)
            mapping = replace(mapping, region=mapping.region or hint)
            write_mapping(folder / MAPPING, mapping)
            done = load(workspace, [folder], slug=choices.slug, dry_run=True)
        except SimpulError as e:
            return Check(shape, roles, error={lang: e.parts(lang) for lang in LANGUAGES})
    used = frozenset(part.reader.sheet for part in mapping.files)
    before = sum(f["accepted"] for f in earlier.meta["files"]) if earlier else None
    check = _checked(replace(shape, used=used), roles, mapping, done, before)
    return replace(check, over=earlier.name if earlier else None, region_guess=hint)


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


def earlier_load(workspace: Workspace, slug: str) -> Load | None:
    """Give what a source of this name said last; None if there is none."""
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


def _hint(
    mapping: SourceMapping, file: File, choices: Choices, earlier: SourceMapping | None
) -> str | None:
    """Guess the region of a file that nobody named: what was left out before stays so."""
    if mapping.region or choices.region is not None or earlier:
        return None
    return region_hinted(file.name.rpartition(".")[0] or file.name, mapping.title_id or "")


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
        len(file.homeless),
        any(r.code in ASKING for r in file.remarks),
        None,
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
