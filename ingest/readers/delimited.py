"""Delimited text (CSV, TSV): the encoding and the separator are found out and told."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graph.errors import BrokenFile, EmptyFile, Locus, NoHeader
from ingest.readers.cells import Cell
from ingest.readers.decoding import Decoded, decode
from ingest.readers.grid import WINDOW, Grid, to_sheet
from ingest.readers.limits import MAX_COLUMNS, MAX_FILE, MAX_ROWS, check_size, check_table
from ingest.readers.records import ReaderSpec, Remark, Sheet, remark

SEPARATORS = (";", ",", "\t", "|")
TRIED = 500  # records parsed to find the separator
NO_SEPARATOR = "\x1f"


def read_delimited(path: Path, spec: ReaderSpec, name: str) -> list[Sheet]:
    """Read a delimited file.

    `row` of a record counts records and blank lines, as a spreadsheet numbers them; a quoted cell
    with line breaks is one row.  An opening line `sep=;` is obeyed and not counted.

    Raises
    ------
    EmptyFile, UnknownFormat, BrokenFile, NoHeader, TooLarge, TooManyCells
    """
    where = Locus(name)
    check_size(path, where)
    decoded = decode(path.read_bytes(), where, spec.encoding)
    return [parse(decoded, spec, name, one_column=path.suffix.lower() in (".csv", ".tsv"))]


def parse(decoded: Decoded, spec: ReaderSpec, name: str, *, one_column: bool) -> Sheet:
    """Read delimited text that is decoded."""
    where = Locus(name)
    text, declared = _declared(decoded.text)
    if not text.strip():
        raise EmptyFile(where)
    separator = spec.delimiter or declared or found_separator(text)
    records = list(_records(text, separator or NO_SEPARATOR, where))
    remarks = [
        remark("read-as", where, encoding=decoded.encoding, separator=_shown(separator)),
        *_told(decoded, records, where),
    ]
    if decoded.cut:
        records.pop()
    grid = _grid(records, remarks, one_column=one_column or separator is not None)
    sheet = to_sheet(grid, name, spec.header_row)
    if sheet is None:
        raise NoHeader(where, rows=WINDOW) if grid.filled else EmptyFile(where)
    if not sheet.rows:
        raise EmptyFile(where)
    return sheet


def found_separator(text: str) -> str | None:
    """Find the separator under which whole records have the same number of fields.

    Marks are never counted: a comma inside quotes, or the semicolon of a character reference, is
    no separator, and where it looks like one the records come out uneven.  None: one column.
    """
    ratings = {s: _rating(text, s) for s in SEPARATORS}
    best = max(SEPARATORS, key=lambda s: ratings[s])
    return best if ratings[best] > (0.0, 0) else None


def _rating(text: str, separator: str) -> tuple[float, int]:
    """Rate a separator: share of even records, less what reads like prose; then the fields."""
    widths: Counter[int] = Counter()
    first, prose, fields = 0, 0, 0
    csv.field_size_limit(MAX_FILE)  # a long cell is no reason to see no separator
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if not any(record):
                continue
            filled = max(i for i, c in enumerate(record, 1) if c) if record else 0
            widths[len(record)] += 1
            first = first or len(record)
            fields += filled
            prose += sum(c[:1] == " " for c in record[1:])
            if widths.total() >= TRIED:
                break
    except csv.Error:
        return 0.0, 0
    wide = {w: n for w, n in widths.items() if w > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    even = count / widths.total()
    if even < 0.5:
        return 0.0, 0
    heading = 0.0 if first == width else 0.3
    return max(even - heading - 0.5 * prose / fields, 0.001), width


def _declared(text: str) -> tuple[str, str | None]:
    """Take off the line by which a spreadsheet is told the separator."""
    line, _, rest = text.partition("\n")
    line = line.rstrip("\r").strip('"')
    if len(line) == 5 and line.lower().startswith("sep="):
        return rest, line[4]
    return text, None


def _records(text: str, separator: str, where: Locus) -> Iterator[list[str]]:
    """Parse all records; a quote that is never closed is refused, it would swallow the rest."""
    if len(separator) != 1 or separator in '\r\n"':
        raise BrokenFile(where, reason="wrong-separator")
    csv.field_size_limit(MAX_FILE)
    strict = True
    try:
        list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as e:
        if "unexpected end" in str(e):
            raise BrokenFile(_open_quote(text, separator, where), reason="open-quote") from e
        strict = False
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        for number, record in enumerate(reader, 1):
            check_table(min(number, MAX_ROWS + 1), min(len(record), MAX_COLUMNS), where)
            yield record
    except csv.Error as e:
        raise BrokenFile(Locus(where.file, None, number + 1), reason="open-quote") from e


def _open_quote(text: str, separator: str, where: Locus) -> Locus:
    records = sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    return Locus(where.file, None, records)


def _told(decoded: Decoded, records: list[list[str]], where: Locus) -> Iterator[Remark]:
    if decoded.cut:
        yield remark("cut-end", Locus(where.file, None, len(records)))
    if decoded.mended:
        yield remark("mended-bytes", where, count=str(decoded.mended))


def _shown(separator: str | None) -> str:
    return {"\t": "TAB", None: "–"}.get(separator, separator or "")


def _grid(records: list[list[str]], remarks: list[Remark], *, one_column: bool) -> Grid:
    rows: dict[int, list[Cell]] = {n: list(r) for n, r in enumerate(records, 1) if any(r)}
    grid = Grid(None, rows, remarks=remarks, one_column=one_column)
    widths = Counter(map(len, rows.values()))
    usual = max(widths, key=lambda w: (widths[w], w), default=0)
    for number, row in rows.items():
        facts = {"found": str(len(row)), "usual": str(usual)}
        if len(row) > usual and any(str(c).strip() for c in row[usual:]):
            grid.row_remarks[number] = [("more-fields", facts)]
        elif len(row) < usual:
            grid.row_remarks[number] = [("fewer-fields", facts)]
    return grid
