"""A Landscape, or the answer of a command, as workbook or CSV in which nothing runs.

A workbook is for people: labels, names beside ids, a cover.  CSV is for programs: the names of
the properties and the words of the closed lists, a file per type and relation.  In a CSV cell,
several values are parted by `;` (`\\;` within a value), and a text that a spreadsheet program
would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from graph.errors import CannotWrite
from graph.exchange.selection import Profile, chosen
from graph.exchange.written import Written, beside, sha256_of, write_blocks
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import NodeType, Prop, Property, Relation
from graph.texts import LANGUAGES, say

AnswerFormat = Literal["csv", "xlsx"]
Row = Sequence[Any]
Texts = Mapping[str, str]
SHEET_NAME = 31  # UTF-16 units that a workbook allows
SHEET_ROWS = 1_048_575  # below the headings
CELL = 32_767  # UTF-16 units that a cell allows
WIDE = 24  # of a column, in characters
RUNS = r"^('*[=+\-@\t\r])"  # what a spreadsheet program may take for a formula
NOT_TEXT = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"  # what a workbook cannot hold
NOT_TEXT_HERE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CREATED = datetime(2000, 1, 1)  # a workbook must bear a date; ours has no clock
BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for something else
EVIDENCE = ("about", "side", "kind", "text_id", "text_en", "value")


# ------------------------------------------------------------------ workbook
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
    _write_book(path, [(made.said("cover.sheet"), cover), *_parts(sheets)])
    return Written(path, sha256_of(path), sum(s.size for s in sheets))


class _Workbook:
    """What the sheets of one workbook share: language, names of nodes, places of rows."""

    def __init__(self, shown: Landscape, profile: Profile, lang: str | None) -> None:
        self.shown, self.profile = shown, profile
        self.langs = (lang,) if lang else LANGUAGES
        self.names = {
            id: name
            for table in shown.nodes.values()
            for id, name in _rows(table.select(["id", "name"]))
        }
        self.places = self._places() if profile == "internal" else None

    def said(self, key: str, /, **facts: object) -> str:
        """Give a text in the languages of the workbook."""
        return _joined(say(f"exchange.{key}", lang, **facts) for lang in self.langs)

    def label(self, declared: NodeType | Relation | Prop) -> str:
        return _joined(declared.label(lang) for lang in self.langs)

    def sheets(self) -> Iterator[Sheet]:
        for kind, declared in NODE_TYPES.items():
            yield self.node_sheet(declared, self.shown.nodes[kind])
        for name, relation in RELATIONS.items():
            yield self.edge_sheet(relation, self.shown.edges[name])
        yield self.evidence_sheet()

    def node_sheet(self, declared: NodeType, table: pa.Table) -> Sheet:
        props = [declared.props[c] for c in table.column_names[1:]]

        def rows() -> Iterator[Row]:
            for id, *values in _rows(table):
                yield [id, *self.cells(props, values), *self.place(id)]

        headings = [self.said("column.id"), *self.headings(props)]
        return Sheet(self.label(declared), headings, table.num_rows, rows, declared.doc)

    def edge_sheet(self, relation: Relation, table: pa.Table) -> Sheet:
        props = [relation.props[c] for c in table.column_names[3:]]
        ends = ("source", "source-name", "target", "target-name")

        def rows() -> Iterator[Row]:
            for id, source, target, *values in _rows(table):
                two = (source, self.names.get(source), target, self.names.get(target))
                yield [*two, *self.cells(props, values), *self.place(id)]

        headings = [*(self.said(f"column.{e}") for e in ends), *self.headings(props)]
        return Sheet(relation.name, headings, table.num_rows, rows, self.label(relation))

    def evidence_sheet(self) -> Sheet:
        texts = [f"text_{lang}" for lang in self.langs]
        table = _evidence(self.shown).select(["about", "side", "kind", *texts, "value"])
        headings = [self.said(f"column.{c}") for c in ("about", "side", "kind")]
        headings += [say("exchange.column.text", lang) for lang in self.langs]
        headings.append(self.said("column.value"))
        return Sheet(self.said("sheet.evidence"), headings, table.num_rows, lambda: _rows(table))

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
            return _joined(prop.codes.of(value).label(lang) for lang in self.langs)
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
        for about, source, file, sheet, row in _rows(
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
            yield title, _headed(sheet.headings, part)


def _headed(headings: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield headings
    yield from rows


def _write_book(target: Path | BinaryIO, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    if isinstance(target, Path):
        with beside(target) as out:
            _write_book(out, sheets)
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
    clean = NOT_TEXT_HERE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
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
    bare = " ".join(re.sub(r"[\[\]:*?/\\]", " ", NOT_TEXT_HERE.sub("", name)).split())
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


# ------------------------------------------------------------------ CSV
def write_csv(
    landscape: Landscape,
    folder: Path,
    *,
    profile: Profile = "public",
    agency: str | None = None,
) -> Written:
    """Write a folder with a file per node type and relation that is shown, and the evidence.

    A file of an earlier export that this one does not write is removed: an internal export
    would otherwise lie beside a public one.  Other files of the folder are left alone.

    Raises
    ------
    CannotWrite, UnknownNode, WrongType
    """
    shown = chosen(landscape, profile, agency)
    tables = _shown_tables(shown, profile)
    try:
        folder.mkdir(exist_ok=True)
        for name in {*NODE_TYPES, *RELATIONS, "evidence"} - tables.keys():
            (folder / f"{name}.csv").unlink(missing_ok=True)
    except OSError as e:
        raise CannotWrite(str(folder), reason=e.strerror or str(e)) from e
    for name, table in tables.items():
        write_blocks(folder / f"{name}.csv", _csv(table.column_names, _csv_rows(table)))
    return Written(folder, None, sum(t.num_rows for t in tables.values()))


def _shown_tables(shown: Landscape, profile: Profile) -> dict[str, pa.Table]:
    declared: dict[str, NodeType | Relation] = {**NODE_TYPES, **RELATIONS}
    tables = {**shown.nodes, **shown.edges}
    visible = {k for k, d in declared.items() if profile == "internal" or d.visibility == "public"}
    return {k: t for k, t in tables.items() if k in visible} | {"evidence": _evidence(shown)}


def _csv(headings: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Give the blocks of a CSV file; the cells are safe already."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow(headings)
    rows = iter(rows)
    while True:
        writer.writerows(islice(rows, 10_000))
        if not text.tell():
            return
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _csv_rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=50_000):
        yield from zip(*(_csv_column(c) for c in batch.columns), strict=True)


def _csv_column(column: pa.Array) -> list[Any]:
    """Write a column as texts that no spreadsheet program runs; a number stays a number."""
    if pa.types.is_list(column.type):
        column = pa.array([_list_text(v) for v in column.to_pylist()], pa.string())
    elif pa.types.is_boolean(column.type):
        column = pc.cast(column, pa.string())
    elif not pa.types.is_string(column.type):
        numbers: list[Any] = column.to_pylist()
        return numbers
    clean = pc.replace_substring_regex(column, NOT_TEXT, "")
    texts: list[Any] = pc.replace_substring_regex(clean, RUNS, r"'\1").to_pylist()
    return texts


def _list_text(values: list[str] | None) -> str | None:
    if values is None:
        return None
    return ";".join(v.replace("\\", "\\\\").replace(";", "\\;") for v in values)


# ------------------------------------------------------------------ answers
def write_answer(
    rows: Sequence[Mapping[str, Any]], target: Path | BinaryIO, format: AnswerFormat
) -> Written | None:
    """Write the rows of a command's answer as a table, one line each.

    A node becomes two columns, its id and its name; what is nested further becomes text.

    Returns
    -------
    Written | None
        None if `target` is a stream.

    Raises
    ------
    CannotWrite
    """
    headings, lines = answer_table(rows)
    if format == "xlsx":
        _write_book(target, [("Simpul", _headed(headings, lines))])
        return Written(target, sha256_of(target), len(rows)) if isinstance(target, Path) else None
    safe = _csv(headings, ([_safe(v) for v in line] for line in lines))
    if isinstance(target, Path):
        return Written(target, write_blocks(target, safe), len(rows))
    for block in safe:
        target.write(block)
    return None


def answer_table(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Flatten the rows of an answer: headings, and a line of texts and numbers per row.

    >>> answer_table([{"node": {"id": "app:x", "type": "Application", "name": "X"}, "n": [1, 2]}])
    (['node', 'node.name', 'n'], [['app:x', 'X', '1; 2']])
    """
    keys = list(dict.fromkeys(key for row in rows for key in row))
    headings: list[str] = []
    columns: list[list[Any]] = []
    for key in keys:
        values = [row.get(key) for row in rows]
        if _are_nodes(values):
            headings += [key, f"{key}.name"]
            columns += [[v and v["id"] for v in values], [v and v["name"] for v in values]]
        else:
            headings.append(key)
            columns.append([_flat(v) for v in values])
    return headings, [list(line) for line in zip(*columns, strict=True)]


def _are_nodes(values: list[Any]) -> bool:
    told = [v for v in values if v is not None]
    return bool(told) and all(_is_node(v) for v in told)


def _is_node(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"id", "type", "name"}


def _flat(value: Any) -> Any:
    """Give a text or a number; None stays None."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str | int | float):
        return value
    return _text(value)


def _text(value: Any) -> str:
    if _is_node(value):
        return f"{value['name']} ({value['id']})"
    if isinstance(value, Mapping):
        parts = [(k, _text(v)) for k, v in value.items() if v is not None]
        return ", ".join(f"{k}: {text}" for k, text in parts if text)
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return "; ".join(text for v in value if (text := _text(v)))
    return "" if value is None else str(_flat(value))


def _safe(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.sub(RUNS, r"'\1", NOT_TEXT_HERE.sub("", value))


# ------------------------------------------------------------------ both
def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(c.to_pylist() for c in batch.columns), strict=True)


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(texts))


def _evidence(shown: Landscape) -> pa.Table:
    """Give what speaks for and against the findings shown."""
    findings = shown.nodes["Finding"]["id"].combine_chunks()
    told = shown.evidence.filter(pc.is_in(shown.evidence["about"], value_set=findings))
    return told.select(list(EVIDENCE))
