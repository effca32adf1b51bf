"""What a `source.yml` says, checked key by key.

Every scalar of the file is taken as text, so that `35.20` keeps its zero and `No` stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import (
    BrokenMapping,
    DuplicateKey,
    FileNotThere,
    MissingKey,
    TooLarge,
    UnknownKey,
    WrongValue,
)
from ingest.agencies import Agencies
from ingest.mapping.words import folded, known_words, plain_yaml
from ingest.readers.records import FORMATS, ReaderSpec
from ingest.row import PERSONAL
from ingest.sources import Transform, transforms

LIMIT_MB = 1
WEBSITES = "websites"
"""Kind of table whose rows are accepted and become no nodes: they list plain websites."""
KINDS = (WEBSITES,)
SOURCE_KEYS = (
    "title_id",
    "title_en",
    "publisher",
    "as_of",
    "transform",
    "region",
    "origin",
    "generated",
    "files",
    "codes",
    "expect",
)
FILE_KEYS = ("file", "reader", "columns", "ignore", "constants", "kind")
READER_KEYS = ("format", "delimiter", "sheet", "header_row", "encoding", "records")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class FileMapping:
    """How one table is read, and what its columns mean.

    Parameters
    ----------
    file
        Name of the file below the folder of the `source.yml`; "" if it is for any file.
    columns
        Heading → role.
    ignore
        Headings out of scope, on record.
    constants
        Role → value, for what the table says by being this table.
    kind
        `websites`: the rows are accepted and become no nodes.
    """

    file: str
    reader: ReaderSpec = field(default_factory=ReaderSpec)
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None


@dataclass(frozen=True)
class SourceMapping:
    """A `source.yml`: who says it, when, what the columns mean, what is expected of it."""

    transform: str
    files: tuple[FileMapping, ...]
    title_id: str | None = None
    title_en: str | None = None
    publisher: str | None = None
    as_of: str | None = None
    region: str | None = None
    origin: str | None = None
    generated: bool = False
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Role → {word of the source, case folded: word of the model}."""
    expect: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the mapping as plain lists and dictionaries, without what is not said."""
        whole = {**asdict(self), "files": [said_only(asdict(f)) for f in self.files]}
        for part in whole["files"]:
            part["reader"] = said_only(part.get("reader", {}))
        return said_only(whole)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any], where: str = "source.yml") -> SourceMapping:
        """Read a mapping back; every value is checked.

        To each code list the words are added that mean one thing everywhere (`headings.yml`).

        Raises
        ------
        BrokenMapping
            A key that means nothing, a value of the wrong kind, a role that the kind of source
            does not have.
        """
        return _Checked(where).source(said)


@dataclass(frozen=True)
class Guess:
    """What a column is taken for, how sure that is (0 to 1), and why.

    `means` is a role, `ignore`, or None if nothing tells; `reason` gives a sentence per language;
    `samples` holds no personal data.
    """

    sheet: str | None
    header_row: int
    column: str
    means: str | None
    confidence: float
    reason: Mapping[str, str]
    samples: tuple[str, ...]


# ---------------------------------------------------------------------- reading


def read_mapping(path: Path) -> SourceMapping:
    """Read a `source.yml`.

    Raises
    ------
    BrokenMapping
        It is not YAML, says one thing twice, or holds something that means nothing.
    TooLarge
        It is larger than 1 MB.
    """
    if not path.is_file():
        raise FileNotThere(path.name)
    size = path.stat().st_size
    if size > LIMIT_MB * 1_000_000:
        raise TooLarge(path.name, size=round(size / 1e6, 1), limit=LIMIT_MB)
    said = plain_yaml(path.read_bytes(), path.name)
    if not isinstance(said, dict):
        raise BrokenMapping(path.name, reason=path.name, expected=", ".join(SOURCE_KEYS))
    return SourceMapping.from_dict(said, path.name)


class _Checked:
    """The checks of a `source.yml`, key by key."""

    def __init__(self, where: str) -> None:
        self.where = where

    def source(self, said: Mapping[str, Any]) -> SourceMapping:
        self.known(said, SOURCE_KEYS)
        name = self.text(said, "transform")
        if name is None:
            raise MissingKey(self.where, key="transform", expected=", ".join(transforms()))
        if name not in transforms():
            raise UnknownKey(self.where, name, list(transforms()))
        transform = transforms()[name]
        files = said.get("files")
        if not isinstance(files, list | tuple) or not files:
            raise MissingKey(self.where, key="files", expected="files: [{file: …, columns: …}]")
        region = self.text(said, "region")
        if region is not None and Agencies().region(region, None) is None:
            raise self.wrong("region", region, 'region: "35.19"')
        as_of = self.text(said, "as_of")
        if as_of is not None and not DATE.fullmatch(as_of):
            raise self.wrong("as_of", as_of, 'as_of: "2025", "2025-09", "2025-09-30"')
        return SourceMapping(
            transform=name,
            files=tuple(self.file(f, transform) for f in files),
            title_id=self.text(said, "title_id"),
            title_en=self.text(said, "title_en"),
            publisher=self.text(said, "publisher"),
            as_of=as_of,
            region=region,
            origin=self.text(said, "origin"),
            generated=self.yes(said, "generated"),
            codes=self.codes(said.get("codes"), transform),
            expect=self.expect(said.get("expect"), transform),
        )

    def file(self, said: Any, transform: Transform) -> FileMapping:
        said = self.mapping("files", said, "files: [{file: …, columns: …}]")
        self.known(said, FILE_KEYS)
        file = self.text(said, "file") or ""
        if not _is_inside(file):
            raise self.wrong("file", file, "file: daftar.xlsx")
        columns = {str(h): str(r) for h, r in self.pairs(said, "columns").items()}
        constants = {str(r): str(v) for r, v in self.pairs(said, "constants").items()}
        for role in (*columns.values(), *constants):
            self.role(role, transform)
        roles = [r for r in (*columns.values(), *constants) if not r.startswith(PERSONAL)]
        for role in roles:
            if roles.count(role) > 1:
                raise DuplicateKey(self.where, key=role)
        kind = self.text(said, "kind")
        if kind is not None and kind not in KINDS:
            raise UnknownKey(self.where, kind, list(KINDS))
        ignore = self.list_of(said, "ignore")
        return FileMapping(file, self.reader(said), columns, ignore, constants, kind)

    def reader(self, said: Mapping[str, Any]) -> ReaderSpec:
        reader = self.pairs(said, "reader")
        self.known(reader, READER_KEYS)
        row = self.text(reader, "header_row")
        if row is not None and not (row.isdigit() and int(row) > 0):
            raise self.wrong("header_row", row, "header_row: 4")
        format = self.text(reader, "format")
        if format is not None and format not in FORMATS:
            raise UnknownKey(self.where, format, list(FORMATS))
        delimiter = reader.get("delimiter")
        return ReaderSpec(
            format=format,
            sheet=self.text(reader, "sheet"),
            header_row=int(row) if row else None,
            delimiter={"\\t": "\t"}.get(delimiter, delimiter) if delimiter else None,
            encoding=self.text(reader, "encoding"),
            records=self.text(reader, "records"),
        )

    def codes(self, said: Any, transform: Transform) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for role, words in self.mapping("codes", said or {}, "codes: {status: {…: …}}").items():
            if role not in transform.codes:
                raise UnknownKey(self.where, str(role), list(transform.codes) or ["–"])
            allowed = [str(c) for c in transform.codes[role]]
            pairs = self.mapping(f"codes.{role}", words, f"{role}: {{…: {allowed[0]}}}")
            for word, model in pairs.items():
                if str(model) not in allowed:
                    raise self.wrong(f"codes.{role}.{word}", model, ", ".join(allowed))
            own = {folded(word): str(model) for word, model in pairs.items()}
            found[role] = {**known_words(transform.name).get(role, {}), **own}
        return found

    def expect(self, said: Any, transform: Transform) -> dict[str, Any]:
        said = self.mapping("expect", said or {}, "expect: {rows: [150, 250]}")
        self.known(said, ("rows", "filled"))
        found: dict[str, Any] = {}
        if "rows" in said:
            rows = said["rows"]
            whole = isinstance(rows, list | tuple) and all(str(n).isdigit() for n in rows)
            if not whole or len(rows) != 2:
                raise self.wrong("expect.rows", rows, "rows: [150, 250]")
            found["rows"] = [int(n) for n in rows]
        shares = self.mapping("filled", said.get("filled") or {}, "filled: {name: 1.0}")
        for role in shares:
            self.role(str(role), transform)
        if shares:
            found["filled"] = {str(r): self.share(str(r), s) for r, s in shares.items()}
        return found

    # ------------------------------------------------------------------ kinds of value
    def share(self, role: str, value: Any) -> float:
        try:
            share = float(value)
        except (TypeError, ValueError):
            share = -1.0
        if not 0 <= share <= 1:
            raise self.wrong(f"expect.filled.{role}", value, f"{role}: 0.95")
        return share

    def role(self, role: str, transform: Transform) -> None:
        if role not in transform.roles and not role.startswith(PERSONAL):
            raise UnknownKey(self.where, role, list(transform.roles))

    def known(self, said: Mapping[str, Any], keys: Sequence[str]) -> None:
        for key in said:
            if key not in keys:
                raise UnknownKey(self.where, str(key), keys)

    def text(self, said: Mapping[str, Any], key: str) -> str | None:
        value = said.get(key)
        if isinstance(value, dict | list):
            raise self.wrong(key, value, f"{key}: …")
        return None if value is None or not str(value).strip() else str(value).strip()

    def yes(self, said: Mapping[str, Any], key: str) -> bool:
        value = str(said.get(key, "false")).casefold()
        if value not in {"true", "false"}:
            raise self.wrong(key, value, f"{key}: true, {key}: false")
        return value == "true"

    def pairs(self, said: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        return self.mapping(key, said.get(key) or {}, f"{key}: {{…: …}}")

    def mapping(self, key: str, value: Any, expected: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(key, value, expected)
        return value

    def list_of(self, said: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = said.get(key) or []
        if not isinstance(value, list | tuple) or any(isinstance(v, dict | list) for v in value):
            raise self.wrong(key, value, f"{key}: [No]")
        return tuple(str(v) for v in value)

    def wrong(self, key: str, value: Any, expected: str) -> WrongValue:
        return WrongValue(self.where, key=key, value=str(value)[:80], expected=expected)


LONGEST_STEP = 255
"""Bytes of a file's name that a file system takes."""


def _is_inside(file: str) -> bool:
    """Say whether a path names something in the folder of the mapping, as a file system may."""
    path = PurePosixPath(file)
    steps = path.parts
    short = all(len(s.encode("utf-8", "replace")) <= LONGEST_STEP for s in steps)
    plain = "\\" not in file and "\0" not in file and ".." not in steps
    return bool(steps) and short and plain and not path.is_absolute()


def said_only(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not said."""
    return {
        k: v for k, v in values.items() if v not in (None, "", (), [], {}, False) or k == "file"
    }
