"""publiccode.yml: one application, described by the people who publish its source code.

The file becomes one record; nested keys are joined by dots, lists by "; ". Every value stays as
it is written. Source: publiccode.yml standard 0.4, schema.core.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import BrokenFile, Locus, NoRecords, SimpulError
from ingest.readers.decoding import decode
from ingest.readers.limits import MAX_YAML, check_size, check_table
from ingest.readers.records import RawRow, ReaderSpec, Remark, Sheet, one_line, remark, whole
from ingest.readers.yaml_text import NotYaml, yaml_text

MARK = re.compile(r"^publiccodeYmlVersion\s*:", re.MULTILINE)
LIST = re.compile(
    r"platforms|categories|usedBy|fundedBy|inputTypes|outputTypes|landingURLs"
    r"|intendedAudience\.(countries|unsupportedCountries|scope)"
    r"|localisation\.availableLanguages|maintenance\.(contractors|contacts)"
    r"|description\.[^.]+\.(features|screenshots|videos|awards)"
)
"""Keys whose value is a list by the standard."""
NEEDED = ("name", "url", "platforms", "developmentStatus", "softwareType", "legal.license")
"""Keys that the standard asks for and a list of applications can use."""


def is_publiccode(text: str) -> bool:
    """Say whether a text is a publiccode.yml, whole or broken."""
    return bool(MARK.search(text))


def fault(path: Path) -> int | None:
    """Give the line at which a file stops being YAML, 0 if it has no place.

    None if it is YAML, and where nobody can tell: it is no text, or too large.
    """
    where = Locus(path.name)
    try:
        check_size(path, where, MAX_YAML)
        yaml_text(decode(path.read_bytes(), where, None).text, path.name)
    except NotYaml as e:
        return e.line
    except SimpulError:
        return None
    return None


def read_publiccode(path: Path, spec: ReaderSpec, name: str) -> list[Sheet]:
    """Read the one record of a publiccode.yml; its row is 1, `header_row` 0.

    Raises
    ------
    BrokenFile, DuplicateKey, NoRecords, TooLarge, TooManyCells
    """
    where = Locus(name)
    check_size(path, where, MAX_YAML)
    text = decode(path.read_bytes(), where, spec.encoding).text
    try:
        said = yaml_text(text, name)
    except NotYaml as e:
        tabs = "\t" in text.splitlines()[e.line - 1] if e.line else False
        at = Locus(name, row=e.line) if e.line else where
        raise BrokenFile(at, reason="yaml-tab" if tabs else "yaml") from e
    if not isinstance(said, dict):
        raise NoRecords(where)
    cells = {whole(key): value for key, value in _cells(said, "", where)}
    check_table(1, len(cells), where)
    return [Sheet(None, 0, tuple(cells), (RawRow(1, cells),), tuple(_remarks(said, cells, where)))]


def _cells(
    said: Mapping[str, object], prefix: str, where: Locus
) -> Iterator[tuple[str, str | None]]:
    for key, value in said.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _cells(value, f"{path}.", where)
        elif isinstance(value, list):
            yield path, "; ".join(map(_item, value))
        else:
            yield path, value if value is None else whole(str(value))


def _item(value: object) -> str:
    """Write an entry of a list in one line: the text, or "key: value" of each part."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_item(part)}" for key, part in value.items())
    return " / ".join(map(_item, value)) if isinstance(value, list) else one_line(str(value or ""))


def _remarks(
    said: Mapping[str, object], cells: Mapping[str, str | None], where: Locus
) -> Iterator[Remark]:
    """Say where a text stands for a list, and what the standard asks for and is not there."""
    for path in cells:
        if LIST.fullmatch(path) and isinstance(_at(said, path), str):
            yield remark("text-for-list", Locus(where.file, None, 1, path))
    missing = [key for key in NEEDED if not cells.get(key)]
    if missing:
        yield remark("standard-asks", where, keys=", ".join(missing))


def _at(said: Mapping[str, object], path: str) -> object:
    found: object = said
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found
