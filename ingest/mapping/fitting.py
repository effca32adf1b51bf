"""A mapping put upon a table: which part of it fits, and which columns are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.errors import Locus, MissingColumn
from graph.schema.records import plain
from ingest.mapping.model import FileMapping, SourceMapping
from ingest.readers.records import Sheet
from ingest.row import PERSONAL
from ingest.sources import Transform, transforms


def fitted(
    part: FileMapping, sheet: Sheet, transform: str, *, where: str, own: bool = False
) -> FileMapping:
    """Put the headings of a table, as they stand there, into a mapping.

    Parameters
    ----------
    where
        The name of the file, for the error.
    own
        The mapping stands beside the file and names its headings: all of them must be there.
        Else only what the kind of source needs must be.

    Raises
    ------
    MissingColumn
        A heading is not there; the error lists those that are.
    """
    here = _by_spelling(sheet.headings)
    columns = {here[h]: r for head, r in part.columns.items() if (h := _spelling(head)) in here}
    absent = [h for h in part.columns if _spelling(h) not in here]
    needed = lacking(transforms()[transform], (*columns.values(), *part.constants))
    if needed:
        named = next((h for h in absent if part.columns[h] in needed), needed[0])
        raise missing(named, sheet, where)
    if own and absent:
        raise missing(absent[0], sheet, where)
    ignore = tuple(here[h] for head in part.ignore if (h := _spelling(head)) in here)
    return replace(part, columns=columns, ignore=ignore)


def for_file(
    mapping: SourceMapping, file_name: str, sheets: Sequence[Sheet]
) -> list[tuple[FileMapping, Sheet]]:
    """Pair the tables of a file with the parts of a mapping whose columns fit them best.

    The mapping is that of another file with such headings: tables that it does not fit are left
    out, hidden ones too unless the mapping names them.

    Raises
    ------
    MissingColumn
        A column is missing, or no table has the columns that the kind of source needs.
    """
    pairs: list[tuple[FileMapping, Sheet]] = []
    failed: list[tuple[float, MissingColumn]] = []
    for sheet in sheets:
        named = any(p.reader.sheet and p.reader.sheet == sheet.name for p in mapping.files)
        if sheet.hidden and not named:
            continue
        part = max(mapping.files, key=lambda p: _fit(p, file_name, sheet))
        try:
            pairs.append((fitted(part, sheet, mapping.transform, where=file_name), sheet))
        except MissingColumn as e:
            failed.append((_fit(part, file_name, sheet)[0], e))
    nearly = [e for share, e in failed if share > 0.5]
    if nearly or not pairs:
        raise (nearly or [e for _, e in sorted(failed, key=lambda f: -f[0])])[0]
    return pairs


def _fit(part: FileMapping, file_name: str, sheet: Sheet) -> tuple[float, bool, bool]:
    """Say how well a part fits a table: share of its headings, then sheet's and file's name."""
    here = _by_spelling(sheet.headings)
    heads = [h for h, r in part.columns.items() if not r.startswith(PERSONAL)]
    share = sum(_spelling(h) in here for h in heads) / (len(heads) or 1)
    return share, part.reader.sheet == sheet.name, part.file == file_name


def lacking(transform: Transform, roles: Iterable[str]) -> list[str]:
    """Give the roles a kind of source needs and a table does not have; `a|b` needs one of them."""
    have = set(roles)
    return [
        r for one in transform.required if not have & set(one.split("|")) for r in one.split("|")
    ]


def missing(column: str, sheet: Sheet, where: str) -> MissingColumn:
    """Make the error of a column that is not there, with those that are."""
    found = ", ".join(h for h in sheet.headings if h)
    return MissingColumn(Locus(where, sheet.name), column=column, columns=found)


def _by_spelling(headings: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading in headings:
        found.setdefault(_spelling(heading), heading)
    return found


def _spelling(heading: str) -> str:
    return plain(heading) or heading.strip()
