"""What every reader gives: sheets of rows, each cell as text, with remarks on what was seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from graph.errors import Locus
from graph.texts import say
from ingest.personal import clean_text, personal_heading

SPREADSHEET = "spreadsheet"
DELIMITED = "delimited"
JSON = "json"
PUBLICCODE = "publiccode"
FORMATS = (DELIMITED, SPREADSHEET, JSON, PUBLICCODE)
FORMATS_SHOWN = "XLSX, XLS, ODS, CSV, TSV, JSON, JSON lines, publiccode.yml"
SUFFIXES = {
    SPREADSHEET: (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    DELIMITED: (".csv", ".tsv", ".tab"),
    JSON: (".json", ".jsonl", ".ndjson"),
    PUBLICCODE: (".yml", ".yaml"),
}


@dataclass(frozen=True)
class Remark:
    """Something a person should know about a place in a file; it refuses nothing.

    `code` is the key of its sentence below `remark.`, `facts` fill the sentence's blanks.
    """

    code: str
    where: Locus
    facts: dict[str, str]

    def text(self, lang: str) -> str:
        """Write the remark with its place."""
        return f"{self.where.text(lang)}: {say(f'remark.{self.code}', lang, **self.facts)}"


def remark(code: str, where: Locus, **facts: str) -> Remark:
    """Make a remark; remarks are shown before rows are cleaned, so their facts are cleaned here."""
    personal = where.column is not None and personal_heading(where.column)
    shown = {
        k: "…" if personal and k in ("stored", "shown", "offered") else clean_text(whole(v))[0]
        for k, v in facts.items()
    }
    sheet, column = (clean_text(t)[0] if t else t for t in (where.sheet, where.column))
    return Remark(code, Locus(clean_text(where.file)[0], sheet, where.row, column), shown)


class RawRow(NamedTuple):
    """One record of a file.

    `row` counts as the spreadsheet program shows it (first line 1, heading included); records of
    JSON count from 1.  `cells` gives unique heading → text as shown, None for an empty cell.
    `numbers` names the headings whose cell the file held as a number: there a dot is the decimal
    mark, whatever the language of the list.
    """

    row: int
    cells: dict[str, str | None]
    remarks: tuple[Remark, ...] = ()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A table of a file: unique headings and the records under them.

    `name` is None where a file has no sheets; `header_row` is the last heading row (0 in JSON);
    `titles` are the texts above it, without personal data.
    """

    name: str | None
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    remarks: tuple[Remark, ...]
    hidden: bool = False
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReaderSpec:
    """The `reader:` part of a `source.yml`; what is None is found out from the file.

    `header_row` is the (last) heading row as the spreadsheet program counts; `records` the key,
    dotted if nested, of the list in a JSON object.
    """

    format: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    delimiter: str | None = None
    encoding: str | None = None
    records: str | None = None


def letters(column: int) -> str:
    """Give a column's letters from its number, 1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def ranges(numbers: Iterable[int]) -> str:
    """Write row numbers shortly.

    >>> ranges([4, 6, 7, 8])
    '4, 6–8'
    """
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def one_line(text: str) -> str:
    """Collapse blanks and line breaks, as in a heading."""
    if text.isascii():
        return " ".join(text.split())
    return _BLANKS.sub(" ", whole(text)).strip()


_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Put U+FFFD for half a sign (a lone surrogate): no file can be written with one.

    >>> whole("A\\ud800") == "A\\ufffd"
    True
    """
    return text if text.isascii() else _HALF.sub("\ufffd", text)
