"""What the columns of a source mean: `source.yml` read, written, and guessed from a file.

A mapping leads from headings to roles, and from words of the source to words of the model.  Every
scalar of the file is taken as text, so that `35.20` keeps its zero and `No` stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from rapidfuzz import fuzz

from graph.errors import (
    BrokenMapping,
    DuplicateKey,
    FileNotThere,
    Locus,
    MissingColumn,
    MissingKey,
    TooLarge,
    UnknownKey,
    UnknownSheet,
    WrongValue,
)
from graph.schema.records import plain
from graph.texts import LANGUAGES, say
from ingest.agencies import Agencies, regions_named
from ingest.personal import clean_text, personal_heading
from ingest.readers.records import FORMATS, RawRow, ReaderSpec, Sheet
from ingest.row import EMPTY, PERSONAL
from ingest.sources import Transform, transforms

LIMIT_MB = 1
KINDS = ("websites",)
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
        whole = {**asdict(self), "files": [_said(asdict(f)) for f in self.files]}
        for part in whole["files"]:
            part["reader"] = _said(part.get("reader", {}))
        return _said(whole)

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
    said = _yaml(path.read_bytes(), path.name)
    if not isinstance(said, dict):
        raise BrokenMapping(path.name, reason=path.name, expected=", ".join(SOURCE_KEYS))
    return SourceMapping.from_dict(said, path.name)


class _Loader(yaml.SafeLoader):
    """YAML without types, without aliases and without keys that stand there twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                where = Locus(self.name, row=key.start_mark.line + 1)
                raise DuplicateKey(where, key=key.value)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def _yaml(content: bytes, name: str) -> Any:
    try:
        loader = _Loader(content.decode("utf-8-sig"))
        loader.name = name
        return loader.get_single_data()
    except UnicodeDecodeError as e:
        raise BrokenMapping(name, reason="UTF-8", expected="UTF-8") from e
    except (yaml.YAMLError, RecursionError) as e:
        mark = getattr(e, "problem_mark", None)
        where = Locus(name, row=mark.line + 1) if mark else name
        raise BrokenMapping(where, reason="YAML", expected="key: value") from e


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
        if region is not None and _AGENCIES().region(region, None) is None:
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
        if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts or "\\" in file:
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
            own = {_folded(word): str(model) for word, model in pairs.items()}
            found[role] = {**_words(transform.name).get(role, {}), **own}
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


# ---------------------------------------------------------------------- fitting a mapping to a file
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
    needed = _lacking(transforms()[transform], (*columns.values(), *part.constants))
    if needed:
        named = next((h for h in absent if part.columns[h] in needed), needed[0])
        raise _missing(named, sheet, where)
    if own and absent:
        raise _missing(absent[0], sheet, where)
    ignore = tuple(here[h] for head in part.ignore if (h := _spelling(head)) in here)
    return replace(part, columns=columns, ignore=ignore)


def for_file(
    mapping: SourceMapping, file_name: str, sheets: Sequence[Sheet], *, own: bool = False
) -> list[tuple[FileMapping, Sheet]]:
    """Pair the tables of a file with the parts of a mapping whose columns fit them best.

    Parameters
    ----------
    own
        The mapping stands beside the file: every part that names the file must fit one of its
        sheets to the letter.  Else the mapping is that of another file with such headings: tables
        that it does not fit are left out, hidden ones too unless the mapping names them.

    Raises
    ------
    MissingColumn
        A column is missing, or no table has the columns that the kind of source needs.
    UnknownSheet
        `own`, and a sheet the mapping names is not there.
    """
    if own:
        parts = [p for p in mapping.files if not p.file or PurePosixPath(file_name).match(p.file)]
        return [_own(mapping, p, file_name, sheets) for p in parts]
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


def _own(
    mapping: SourceMapping, part: FileMapping, file_name: str, sheets: Sequence[Sheet]
) -> tuple[FileMapping, Sheet]:
    name = part.reader.sheet
    found = [s for s in sheets if name is None or s.name is None or s.name == name]
    if not found:
        names = ", ".join(s.name or "" for s in sheets)
        raise UnknownSheet(file_name, sheet=name, sheets=names)
    return fitted(part, found[0], mapping.transform, where=file_name, own=True), found[0]


def _fit(part: FileMapping, file_name: str, sheet: Sheet) -> tuple[float, bool, bool]:
    """Say how well a part fits a table: share of its headings, then sheet's and file's name."""
    here = _by_spelling(sheet.headings)
    heads = [h for h, r in part.columns.items() if not r.startswith(PERSONAL)]
    share = sum(_spelling(h) in here for h in heads) / (len(heads) or 1)
    return share, part.reader.sheet == sheet.name, part.file == file_name


def _lacking(transform: Transform, roles: Iterable[str]) -> list[str]:
    """Give the roles a kind of source needs and a table does not have; `a|b` needs one of them."""
    have = set(roles)
    return [
        r for one in transform.required if not have & set(one.split("|")) for r in one.split("|")
    ]


def _missing(column: str, sheet: Sheet, where: str) -> MissingColumn:
    found = ", ".join(h for h in sheet.headings if h)
    return MissingColumn(Locus(where, sheet.name), column=column, columns=found)


def _by_spelling(headings: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading in headings:
        found.setdefault(_spelling(heading), heading)
    return found


def _spelling(heading: str) -> str:
    return plain(heading) or heading.strip()


# ---------------------------------------------------------------------- guessing
SURE, LIKELY, POSSIBLE = 0.97, 0.85, 0.6
SAMPLE = 200
"""Rows that are looked at to judge what a column holds."""
HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
BODIES = frozenset({"owner", "reporting_unit"})
ARROWS = re.compile(r"[→←⇒⇐➔]|->|<-|=>")
HINTS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
MONTHS = {
    m: i
    for i, m in enumerate(
        (
            "januari",
            "februari",
            "maret",
            "april",
            "mei",
            "juni",
            "juli",
            "agustus",
            "september",
            "oktober",
            "november",
            "desember",
        ),
        1,
    )
}
WHEN = re.compile(rf"(?:\b({'|'.join(MONTHS)})\s+)?\b(20[0-3]\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Claim:
    """That a column means a role, and why."""

    column: int
    role: str
    confidence: float
    reason: str
    facts: tuple[tuple[str, Any], ...]


def guess(sheets: Sequence[Sheet], file_name: str) -> tuple[SourceMapping, list[Guess]]:
    """Propose what the columns of a file mean, from their headings and from what they hold.

    The kind of source is the one whose roles the headings fit best.  Each role goes to the column
    that claims it best; a column nobody knows stays without a meaning, and refuses nothing.

    Returns
    -------
    tuple
        A mapping that can be loaded, and one guess per column of every sheet.

    Raises
    ------
    MissingColumn
        No sheet has the columns that any kind of source needs.

    Notes
    -----
    O(c · w) comparisons for c columns and w words, and at most 200 rows of each sheet.
    """
    best: dict[str, list[tuple[Sheet, dict[int, _Claim]]]] = {}
    for name, transform in transforms().items():
        best[name] = [(s, _claims(s, transform)) for s in sheets]
    weights = {name: _weight(pairs, transforms()[name]) for name, pairs in best.items()}
    name = max(weights, key=lambda n: (weights[n], n == "inventory"))
    guesses = [g for sheet, claims in best[name] for g in _guesses(sheet, claims, name)]
    usable = [(s, c) for s, c in best[name] if _usable(s, c, transforms()[name], sheets)]
    if not usable:
        raise _missing(transforms()[name].required[0].split("|")[0], sheets[0], file_name)
    titles = [t for s, _ in usable for t in s.titles]
    stem = PurePosixPath(file_name).stem
    mapping = SourceMapping(
        transform=name,
        files=tuple(_part(s, c, file_name) for s, c in usable),
        title_id=titles[0] if titles else stem,
        as_of=_as_of([*titles, stem]),
        region=_region(titles),
        codes=_codes(usable, transforms()[name]),
    )
    return mapping, guesses


def _claims(sheet: Sheet, transform: Transform) -> dict[int, _Claim]:
    """Give each role to the column that claims it best."""
    claims = [
        claim
        for column, heading in enumerate(sheet.headings)
        if _personal_role(heading) is None
        for claim in _column_claims(column, heading, _cells(sheet, heading), transform)
    ]
    if any(c.role in BODIES and c.reason != "agencies" for c in claims):
        claims = [c for c in claims if c.reason != "agencies"]
    order = {role: i for i, role in enumerate(transform.roles)}
    claims.sort(key=lambda c: (-c.confidence, order[c.role], c.column))
    given: dict[int, _Claim] = {}
    for claim in claims:
        if claim.column not in given and claim.role not in {c.role for c in given.values()}:
            given[claim.column] = claim
    return given


def _column_claims(
    column: int, heading: str, cells: Sequence[str], transform: Transform
) -> Iterable[_Claim]:
    words = _headings()[transform.name]
    for role, spellings in words.items():
        found = _heading_claim(heading, spellings)
        share = _agreement(role, cells, transform) if cells else None
        if found is None:
            kind = _evidence(role, transform)
            # cells alone say that a body is named, not that it owns: the weaker role is taken
            few = kind == "agencies" and (role == "owner" or len(set(cells)) < 5)
            if share is not None and share >= 0.7 and not few:
                shown = (("share", round(100 * share)),)
                yield _Claim(column, role, POSSIBLE * share, kind, shown)
            continue
        confidence, reason, word = found
        if share is None:
            yield _Claim(column, role, confidence, reason, (("word", word),))
            continue
        # cells that do not look like the role at all speak against it; they seldom refute it
        confidence *= 0.55 + 0.45 * min(1.0, share / 0.5)
        facts = (("word", word), ("share", round(100 * share)))
        yield _Claim(column, role, confidence, "both" if share >= 0.5 else reason, facts)


def _heading_claim(heading: str, spellings: Sequence[str]) -> tuple[float, str, str] | None:
    """Hold a heading against the words of a role: the same, its beginning, or close to it."""
    best: tuple[float, str, str] | None = None
    for variant, weight in _variants(heading):
        for rank, word in enumerate(spellings):
            # a later word of a role is a weaker sign: "nama" says less than "nama aplikasi"
            usual = weight * (1 - 0.15 * rank / len(spellings))
            if variant == word:
                found = (SURE * usual, "exact", word)
            elif len(word) >= 4 and variant.startswith(f"{word} "):
                found = (LIKELY * usual, "prefix", word)
            elif " " in variant and word.startswith(f"{variant} "):
                found = (0.7 * usual, "prefix", word)
            elif len(word) >= 6 and (ratio := fuzz.ratio(variant, word)) >= 88:
                found = (0.8 * usual * ratio / 100, "close", word)
            else:
                continue
            best = max(best or found, found)
    return best


def _variants(heading: str) -> list[tuple[str, float]]:
    """Give a heading without arrows, brackets and hints; of "Aplikasi / Nama" both orders."""
    bare = HINTS.sub(" ", ARROWS.sub(" / ", heading.replace("_", " ")))
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    parts = [p for part in bare.split(" / ") if (p := plain(part))]
    whole = [(" ".join(parts), 1.0), (" ".join(reversed(parts)), 1.0)]
    alone = [(p, 0.8) for p in parts] if len(parts) > 1 else []
    return list(dict.fromkeys((*whole, *alone)))


def _agreement(role: str, cells: Sequence[str], transform: Transform) -> float | None:
    """Give the share of cells that look like a role; None where nothing can be told."""
    if role == "address":
        return sum(bool(HOST.fullmatch(c)) for c in cells) / len(cells)
    if role == "region_code":
        return sum(_AGENCIES().region(c, None) is not None for c in cells) / len(cells)
    if role in BODIES:
        kinds = [_AGENCIES().find(c).how for c in dict.fromkeys(cells[:60])]
        known = sum(
            k in {"central", "central-unit", "unit", "government", "no-region"} for k in kinds
        )
        return known / len(kinds)
    if role in transform.codes:
        words = _words(transform.name).get(role, {})
        return sum(_folded(c) in words for c in cells) / len(cells)
    return None


def _evidence(role: str, transform: Transform) -> str:
    if role == "address":
        return "hosts"
    return "codes" if role in transform.codes or role == "region_code" else "agencies"


@cache
def _AGENCIES() -> Agencies:  # noqa: N802
    return Agencies()


def _guesses(sheet: Sheet, claims: Mapping[int, _Claim], transform: str) -> list[Guess]:
    return [
        _guess(sheet, heading, claims.get(column), transform)
        for column, heading in enumerate(sheet.headings)
    ]


def _guess(sheet: Sheet, heading: str, claim: _Claim | None, transform: str) -> Guess:
    contact = _personal_role(heading)
    samples = () if contact else _samples(_cells(sheet, heading))
    if contact:
        means, confidence, reason, facts = contact, SURE, "personal", {}
    elif claim:
        means, confidence, reason = claim.role, claim.confidence, claim.reason
        facts = dict(claim.facts)
    elif _ignored(heading):
        means, confidence, reason, facts = "ignore", SURE, "ignored", {}
    else:
        means, confidence = None, 0.0
        role = _would_be(heading, transform)
        reason, facts = ("taken", {"role": role}) if role else ("unknown", {})
    sentences = {lang: say(f"guess.reason.{reason}", lang, **facts) for lang in LANGUAGES}
    row = sheet.header_row
    return Guess(sheet.name, row, heading, means, round(confidence, 2), sentences, samples)


def _would_be(heading: str, transform: str) -> str | None:
    words = _headings()[transform]
    found = [(c[0], role) for role, w in words.items() if (c := _heading_claim(heading, w))]
    return max(found)[1] if found and max(found)[0] >= POSSIBLE else None


def _personal_role(heading: str) -> str | None:
    """Give the role of a column that holds persons or how to reach them."""
    spelled = plain(HINTS.sub(" ", heading))
    for role, words in _headings()["personal"].items():
        if spelled in words:
            return role
    return "contact_name" if personal_heading(heading) else None


def _ignored(heading: str) -> bool:
    return (plain(heading) or heading.strip()) in _headings()["ignore"][""]


def _usable(
    sheet: Sheet, claims: Mapping[int, _Claim], transform: Transform, sheets: Sequence[Sheet]
) -> bool:
    """Say whether a sheet is a table of this kind; a hidden one is not, unless all are."""
    hidden = sheet.hidden and not all(s.hidden for s in sheets)
    return not hidden and not _lacking(transform, (c.role for c in claims.values()))


def _weight(pairs: Sequence[tuple[Sheet, dict[int, _Claim]]], transform: Transform) -> float:
    """Say how well a kind of source explains a file: what its best sheet explains."""
    return max(
        (
            sum(c.confidence for c in claims.values())
            for sheet, claims in pairs
            if not _lacking(transform, (c.role for c in claims.values()))
        ),
        default=0.0,
    )


def _part(sheet: Sheet, claims: Mapping[int, _Claim], file_name: str) -> FileMapping:
    columns = {sheet.headings[i]: claims[i].role for i in sorted(claims)}
    contacts = {h: role for h in sheet.headings if (role := _personal_role(h))}
    ignore = tuple(h for h in sheet.headings if _ignored(h) and h not in columns)
    reader = ReaderSpec(sheet=sheet.name, header_row=sheet.header_row or None)
    kind = "websites" if _lists_websites(sheet, columns) else None
    return FileMapping(file_name, reader, {**columns, **contacts}, ignore, {}, kind)


def _lists_websites(sheet: Sheet, columns: Mapping[str, str]) -> bool:
    """Say whether a table is one of plain websites, by the heading of its names or by its name."""
    named = next((plain(h) for h, r in columns.items() if r == "name"), "")
    titles = {named, plain(sheet.name or "")}
    site = any(word in title for title in titles for word in ("website", "situs"))
    return site and not any("aplikasi" in title for title in titles)


def _codes(
    usable: Sequence[tuple[Sheet, dict[int, _Claim]]], transform: Transform
) -> dict[str, dict[str, str]]:
    """Write down what each word of a closed list is taken for; one nobody knows is unknown."""
    found: dict[str, dict[str, str]] = {}
    for role, codes in transform.codes.items():
        known = _words(transform.name).get(role, {})
        cells = [
            _folded(cell)
            for sheet, claims in usable
            for i, claim in claims.items()
            if claim.role == role
            for cell in _cells(sheet, sheet.headings[i], len(sheet.rows))
        ]
        words = {c: known.get(c, c if c in {str(w) for w in codes} else "unknown") for c in cells}
        if words:
            found[role] = words
    return found


def _cells(sheet: Sheet, heading: str, most: int = SAMPLE) -> list[str]:
    rows: Sequence[RawRow] = sheet.rows[:most]
    texts = (" ".join((row.cells.get(heading) or "").split()) for row in rows)
    return [t for t in texts if t and t.casefold() not in EMPTY]


def _samples(cells: Sequence[str]) -> tuple[str, ...]:
    shown = (clean_text(c)[0] for c in dict.fromkeys(cells))
    return tuple(s if len(s) <= 60 else s[:59] + "…" for s, _ in zip(shown, range(3), strict=False))


def _as_of(titles: Sequence[str]) -> str | None:
    """Find the date of the state in titles and file name: a year, or a month of a year."""
    for title in titles:
        found = WHEN.findall(title.replace("_", " "))
        if len({year for _, year in found}) == 1:
            month = MONTHS.get(found[-1][0].casefold())
            return f"{found[-1][1]}-{month:02}" if month else found[-1][1]
    return None


def _region(titles: Sequence[str]) -> str | None:
    found = {code for title in titles for code in regions_named(title)}
    return found.pop() if len(found) == 1 else None


def _folded(word: Any) -> str:
    return " ".join(str(word).split()).casefold()


@cache
def _headings() -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the words of `headings.yml`: kind of source → role → spellings, in plain form."""
    said = _yaml((Path(__file__).parent / "headings.yml").read_bytes(), "headings.yml")
    found = {
        name: {role: tuple(plain(w) or w for w in words) for role, words in roles.items()}
        for name, roles in said.items()
        if name not in {"ignore", "codes"}
    }
    return {**found, "ignore": {"": tuple(plain(w) or w for w in said["ignore"])}}


@cache
def _words(transform: str) -> dict[str, dict[str, str]]:
    """Give the words that mean one thing in every inventory: role → word → model's word."""
    said = _yaml((Path(__file__).parent / "headings.yml").read_bytes(), "headings.yml")
    codes = said["codes"].get(transform, {})
    return {role: {_folded(w): m for w, m in words.items()} for role, words in codes.items()}


# ---------------------------------------------------------------------- writing
def write_mapping(path: Path, mapping: SourceMapping, lang: str = "id") -> None:
    """Write a mapping as a `source.yml` that a person can correct: each part says what it is."""
    path.write_text(mapping_text(mapping, lang), encoding="utf-8")


def mapping_text(mapping: SourceMapping, lang: str = "id") -> str:
    """Give a mapping as the text of a `source.yml`, with comments in a language."""
    tell: Callable[..., str] = lambda key, **f: say(f"mapping.comment.{key}", lang, **f)  # noqa: E731
    transform = transforms()[mapping.transform]
    lines = [f"# {tell('head')}", f"# {tell('title')}"]
    lines += [_line(k, getattr(mapping, k) or "") for k in ("title_id", "title_en", "publisher")]
    lines += [_line("as_of", mapping.as_of or "") + f"   # {tell('as_of')}"]
    lines += [_line("transform", mapping.transform)]
    lines += [_line("region", mapping.region or "") + f"   # {tell('region')}"]
    lines += [_line("origin", mapping.origin or "")]
    lines += ["generated: true"] if mapping.generated else []
    lines += ["files:"]
    for part in mapping.files:
        lines += _part_lines(part, tell, transform)
    if mapping.codes:
        lines.append("codes:")
        for role, words in mapping.codes.items():
            allowed = ", ".join(transform.codes[role])
            lines.append(f"  {_scalar(role)}:   # {tell('codes', words=allowed)}")
            lines += [f"    {_scalar(word)}: {_scalar(model)}" for word, model in words.items()]
    if mapping.expect:
        lines.append("expect: " + _flow(mapping.expect))
    return "\n".join(lines) + "\n"


def _part_lines(part: FileMapping, tell: Callable[..., str], transform: Transform) -> list[str]:
    reader = _said(asdict(part.reader))
    lines = [f"  - file: {_scalar(part.file)}"]
    lines += [f"    reader: {_flow(reader)}"] if reader else []
    lines += [f"    kind: {part.kind}   # {tell('kind')}"] if part.kind else []
    lines += [f"    # {tell('roles', roles=', '.join(transform.roles))}"]
    lines += [f"    columns:   # {tell('columns')}"]
    lines += [f"      {_scalar(h)}: {_scalar(r)}" for h, r in part.columns.items()]
    if part.ignore:
        lines.append(f"    ignore: {_flow(list(part.ignore))}   # {tell('ignore')}")
    if part.constants:
        lines.append(f"    constants: {_flow(dict(part.constants))}")
    return lines


def _line(key: str, value: str) -> str:
    return f"{key}: {_scalar(value)}" if value else f"{key}:"


def _scalar(value: str) -> str:
    """Write a text so that YAML reads the same text back."""
    text = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style=None)
    return text.removesuffix("\n").removesuffix("...").rstrip("\n")


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, allow_unicode=True, width=10_000, default_flow_style=True, sort_keys=False
    )
    return text.rstrip("\n")


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not said."""
    return {
        k: v for k, v in values.items() if v not in (None, "", (), [], {}, False) or k == "file"
    }
