"""A Landscape as a workbook for people: labels, names beside ids, a cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from graph.exchange.selection import Profile, chosen
from graph.exchange.tables.cells import NOT_TEXT, Row, evidence, headed, joined, rows_of
from graph.exchange.written import Written, beside, sha256_of
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import NodeType, Prop, Property, Relation
from graph.texts import LANGUAGES, say

SHEET_NAME = 31  # UTF-16 units that a workbook allows
SHEET_ROWS = 1_048_575  # below the headings
CELL = 32_767  # UTF-16 units that a cell allows
WIDE = 24  # of a column, in characters
CREATED = datetime(2000, 1, 1)  # a workbook must bear a date; ours has no clock


class Sheet(NamedTuple):
    """A sheet to be: title, headings, number of rows, the rows when asked for, what it holds."""

    title: str
    headings: list[str]
    size: int
    rows: Callable[[], Iterable[Row]]
    about: str = ""


def write_xlsx(
    landscape: Landscape,
    path: Path,
    *,
    profile: Profile = "public",
    agency: str | None = None,
    lang: str | None = None,
) -> Written:
    """Write a workbook: a cover, then a sheet per node type and relation, and the evidence.

    Parameters
    ----------
    profile, agency
        What is shown, and whose; see `graph.exchange.selection.chosen`.
    lang
        Language of headings and words; None writes both.

    Returns
    -------
    Written
        `records` counts rows below headings, without the cover.

    Raises
    ------
    CannotWrite, UnknownNode, WrongType

    Notes
    -----
    O(n) time for n cells; rows go to disk as they are made.  Equal input, equal bytes.
    """
    shown = chosen(landscape, profile, agency)
    made = _Workbook(shown, profile, lang)
    sheets = [s for s in made.sheets() if s.size]
    cover = made.cover(sheets, shown.node(agency)["name"] if agency else None)
    write_book(path, [(made.said("cover.sheet"), cover), *_parts(sheets)])
    return Written(path, sha256_of(path), sum(s.size for s in sheets))


class _Workbook:
    """What the sheets of one workbook share: language, names of nodes, places of rows."""

    def __init__(self, shown: Landscape, profile: Profile, lang: str | None) -> None:
        self.shown, self.profile = shown, profile
        self.langs = (lang,) if lang else LANGUAGES
        self.names = {
            id: name
            for table in shown.nodes.values()
            for id, name in rows_of(table.select(["id", "name"]))
        }
        self.places = self._places() if profile == "internal" else None

    def said(self, key: str, /, **facts: object) -> str:
        """Give a text in the languages of the workbook."""
        return joined(say(f"exchange.{key}", lang, **facts) for lang in self.langs)

    def label(self, declared: NodeType | Relation | Prop) -> str:
        return joined(declared.label(lang) for lang in self.langs)

    def sheets(self) -> Iterator[Sheet]:
        for kind, declared in NODE_TYPES.items():
            yield self.node_sheet(declared, self.shown.nodes[kind])
        for name, relation in RELATIONS.items():
            yield self.edge_sheet(relation, self.shown.edges[name])
        yield self.evidence_sheet()

    def node_sheet(self, declared: NodeType, table: pa.Table) -> Sheet:
        props = [declared.props[c] for c in table.column_names[1:]]

        def rows() -> Iterator[Row]:
            for id, *values in rows_of(table):
                yield [id, *self.cells(props, values), *self.place(id)]

        headings = [self.said("column.id"), *self.headings(props)]
        return Sheet(self.label(declared), headings, table.num_rows, rows, declared.doc)

    def edge_sheet(self, relation: Relation, table: pa.Table) -> Sheet:
        props = [relation.props[c] for c in table.column_names[3:]]
        ends = ("source", "source-name", "target", "target-name")

        def rows() -> Iterator[Row]:
            for id, source, target, *values in rows_of(table):
                two = (source, self.names.get(source), target, self.names.get(target))
                yield [*two, *self.cells(props, values), *self.place(id)]

        headings = [*(self.said(f"column.{e}") for e in ends), *self.headings(props)]
        return Sheet(relation.name, headings, table.num_rows, rows, self.label(relation))

    def evidence_sheet(self) -> Sheet:
        texts = [f"text_{lang}" for lang in self.langs]
        table = evidence(self.shown).select(["about", "side", "kind", *texts, "value"])
        headings = [self.said(f"column.{c}") for c in ("about", "side", "kind")]
        headings += [say("exchange.column.text", lang) for lang in self.langs]
        headings.append(self.said("column.value"))
        return Sheet(self.said("sheet.evidence"), headings, table.num_rows, lambda: rows_of(table))

    def cover(self, sheets: list[Sheet], agency: str | None) -> list[Row]:
        """Say what the workbook is, of when, for whom, and how it is to be read."""
        notices = ("notice", "list", "cut", *["generated"] * self.shown.generated)
        facts = {
            "as-of": self.shown.as_of or self.said("cover.unknown"),
            "profile": self.said(f"cover.{self.profile}"),
            "agency": agency or self.said("cover.all"),
        }
        return [
            [self.said("cover.title")],
            *([self.said(f"cover.{key}"), value] for key, value in facts.items()),
            [],
            *([say(f"exchange.cover.{key}", lang)] for key in notices for lang in self.langs),
            [],
            [self.said("cover.part"), self.said("cover.counts")],
            *([s.title, s.size, s.about] for s in sheets),
        ]

    def headings(self, props: list[Property]) -> list[str]:
        found = [self.label(p.meaning) for p in props]
        return found if self.places is None else [*found, self.said("column.origin")]

    def cells(self, props: list[Property], values: Sequence[Any]) -> Iterator[Any]:
        for prop, value in zip(props, values, strict=True):
            if isinstance(value, list):
                yield "; ".join(str(self.cell(prop, v)) for v in value) or None
            else:
                yield self.cell(prop, value)

    def cell(self, prop: Property, value: Any) -> Any:
        """Write one value for people."""
        if value is None:
            return None
        if prop.codes:
            return joined(prop.codes.of(value).label(lang) for lang in self.langs)
        if prop.meaning.ref:
            return f"{self.names[value]} ({value})" if value in self.names else value
        if isinstance(value, bool):
            return self.said("column.yes" if value else "column.no")
        return value

    def place(self, id: str) -> list[str]:
        return [] if self.places is None else [self.places.get(id, "")]

    def _places(self) -> dict[str, str]:
        """Say for each node and edge in which rows it was read."""
        found: dict[str, list[str]] = {}
        table = self.shown.origins.filter(pc.is_null(self.shown.origins["property"]))
        for about, source, file, sheet, row in rows_of(
            table.select(["about", "source", "file", "sheet", "row"])
        ):
            at = say("exchange.place", self.langs[0], row=str(row)) if row is not None else None
            found.setdefault(about, []).append(
                " › ".join(str(x) for x in (file or source, sheet, at) if x is not None)
            )
        return {about: "; ".join(dict.fromkeys(places)) for about, places in found.items()}


def _parts(sheets: Iterable[Sheet]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Give (title, rows) of each sheet; one that is too long goes on in a further sheet."""
    for sheet in sheets:
        rows = iter(sheet.rows())
        for start in range(0, max(sheet.size, 1), SHEET_ROWS):
            part = islice(rows, SHEET_ROWS)
            title = sheet.title if start == 0 else f"{sheet.title} {start // SHEET_ROWS + 1}"
            yield title, headed(sheet.headings, part)


def write_book(target: Path | BinaryIO, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Write (title, rows) of each sheet; the first row is the headings."""
    if isinstance(target, Path):
        with beside(target) as out:
            write_book(out, sheets)
        return
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties({"title": "Simpul", "created": CREATED})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    taken = {"history"}
    try:
        for title, rows in sheets:
            sheet = book.add_worksheet(_sheet_name(title, taken))
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 40, WIDE)
            for at, row in enumerate(rows):
                _write_row(sheet, at, row, heading if at == 0 else None)
        book.close()
    except XlsxWriterException as e:  # what went wrong with the disk, in the library's words
        raise OSError(str(e)) from e


def _write_row(sheet: Any, at: int, row: Row, style: Any) -> None:
    """Write a row of texts and numbers; a text is never taken for anything else."""
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(at, column, _cell_text(value), style)
        elif value is not None:
            sheet.write_number(at, column, value, style)


def _cell_text(text: str) -> str:
    """Make a text that a cell holds: no control signs, not too long, no markup of the library's."""
    clean = NOT_TEXT.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean) > CELL // 2 and len(clean.encode("utf-16-le")) > 2 * CELL:
        clean = _cut(clean, CELL - 1) + "…"
    # the library takes this for ready-made markup of a rich text
    return clean + " " if clean.startswith("<r>") and clean.endswith("</r>") else clean


def sheet_names(names: Iterable[str]) -> list[str]:
    """Give each name one that a workbook takes, the same for the same list.

    1 to 31 UTF-16 units, unique without regard to case, without ``[ ] : * ? / \\``, no
    apostrophe at either end, none called History.

    >>> sheet_names(["Bagian Barang/Jasa", "DINAS SOSIAL", "Dinas Sosial", "History"])
    ['Bagian Barang Jasa', 'DINAS SOSIAL', 'Dinas Sosial (2)', 'History (2)']
    """
    taken = {"history"}
    return [_sheet_name(name, taken) for name in names]


def _sheet_name(name: str, taken: set[str]) -> str:
    bare = " ".join(re.sub(r"[\[\]:*?/\\]", " ", NOT_TEXT.sub("", name)).split())
    for n in count(1):
        mark = "" if n == 1 else f" ({n})"
        found = (_cut(bare, SHEET_NAME - len(mark)).strip("' ") or "-") + mark
        if found.casefold() not in taken:
            break
    taken.add(found.casefold())
    return found


def _cut(text: str, units: int) -> str:
    """Cut a text to a length in UTF-16 units, never within a sign."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
