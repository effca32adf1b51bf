"""Rows of cells → a sheet: finds the headings under titles, and the records under the headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from graph.errors import Locus, NoHeader
from ingest.personal import clean_text
from ingest.readers.cells import Cell, Column, Date, Number, Odd
from ingest.readers.limits import check_table
from ingest.readers.records import RawRow, Remark, Sheet, letters, one_line, ranges, remark

WINDOW = 40  # filled rows among which the headings are looked for
LONGEST = 120  # characters of a heading
ENOUGH = 0.7  # of the most labels that any row has: the first such row is the heading
DEEPEST = 4  # heading rows


class Block(NamedTuple):
    """A merged block: first row, first column, last row, last column, all from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """A sheet as it lies there: row number → cells, and what is known of its looks."""

    name: str | None
    rows: dict[int, list[Cell]]
    blocks: Sequence[Block] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    remarks: list[Remark] = field(default_factory=list)
    row_remarks: dict[int, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)
    one_column: bool = False  # a single heading will do

    @cached_property
    def filled(self) -> list[int]:
        """Numbers of the rows with something in them, in order."""
        return [n for n in sorted(self.rows) if any(_text(c) for c in self.rows[n])]

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell by row and column number."""
        cells = self.rows.get(row, [])
        return cells[column - 1] if column <= len(cells) else None


def to_sheet(grid: Grid, file: str, header_row: int | None = None) -> Sheet | None:
    """Read a grid as a table; None if no row looks like headings.

    Parameters
    ----------
    file
        How the file is named in places.
    header_row
        The last heading row, if a mapping names it.

    Raises
    ------
    NoHeader
        If `header_row` names an empty row.
    TooManyCells
    """
    where = Locus(file, grid.name)
    header = _header(grid, header_row, where)
    if header is None:
        return None
    top, last, labels = header
    numbers = [n for n in grid.filled if n > last]
    width = max((_width(grid.rows[n]) for n in (*numbers, *range(top, last + 1))), default=0)
    check_table(len(numbers), width, where)
    remarks = list(grid.remarks)
    headings = _headings(labels, width, grid, numbers, where, remarks)
    titles = tuple(_titles(grid, top))
    remarks += _units(grid, top, where)
    body = _Body(grid, where, headings)
    rows = body.rows(numbers, labels)
    return Sheet(
        grid.name,
        last,
        tuple(headings.values()),
        tuple(rows),
        (*remarks, *body.remarks, *_hidden(grid, headings, numbers, where)),
        grid.hidden,
        titles,
    )


# ------------------------------------------------------------------ headings
def _text(cell: Cell) -> str:
    return one_line((cell.text or "") if isinstance(cell, Odd) else cell or "")


def _width(cells: Sequence[Cell]) -> int:
    return next((i for i in range(len(cells), 0, -1) if _text(cells[i - 1])), 0)


_NO_LABEL = re.compile(r"[\d.,%()/\s-]+|\S+@\S+|https?://\S+|\S*\.go\.id\S*|\W+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_label(cell: Cell) -> bool:
    """Say whether a cell may be a heading: short text that is no amount, date or address."""
    text = _text(cell)
    odd = isinstance(cell, Number | Date | Odd)
    return 0 < len(text) <= LONGEST and not odd and not _NO_LABEL.fullmatch(text)


def _may_be_under(cell: Cell) -> bool:
    return _is_label(cell) or bool(_YEAR.fullmatch(_text(cell)))


def _header(
    grid: Grid, header_row: int | None, where: Locus
) -> tuple[int, int, dict[int, str]] | None:
    """Find first and last heading row and the label of each column."""
    if header_row is not None:
        if header_row not in grid.filled:
            raise NoHeader(where, rows=WINDOW)
        top, last = _upward(grid, header_row), header_row
    else:
        found = _likely(grid)
        if found is None:
            return None
        top = _upward(grid, found)
        last = max(_downward(grid, top), found)
    return top, last, _labels(grid, top, last)


def _likely(grid: Grid) -> int | None:
    """Give the first row with nearly the most distinct labels that is followed by a row."""
    window = grid.filled[:WINDOW]
    labels = {n: {i: _text(c) for i, c in enumerate(grid.rows[n]) if _is_label(c)} for n in window}
    places = Counter(i for n in window for i, c in enumerate(grid.rows[n]) if _text(c))
    # the last row of all heads nothing, unless it is the only one
    rows = window[:-1] if len(grid.filled) == len(window) and len(window) > 1 else window
    # a column that a single row fills is a slip of that row, and no measure for headings
    most = max(
        (len({t for i, t in labels[n].items() if places[i] > 1}) for n in rows),
        default=0,
    )
    least = max(1 if grid.one_column else 2, ENOUGH * most)
    return next((n for n in rows if len(set(labels[n].values())) >= least), None)


def _across(grid: Grid, row: int) -> list[Block]:
    """Give the blocks that group columns in a heading row; a title over everything is none."""
    filled = sum(bool(_text(c)) for c in grid.rows.get(row, []))
    wide = [b for b in grid.blocks if b.top == row and b.right > b.left]
    return wide if filled >= 2 else []


def _upward(grid: Grid, row: int) -> int:
    """Give the first heading row, from one that belongs to the heading."""
    tall = [b.top for b in grid.blocks if b.top < row <= b.bottom and row - b.top < DEEPEST]
    if tall and row not in {b.top for b in grid.blocks if b.bottom > row}:
        return min(tall)
    above = row - 1
    if above in grid.filled:
        groups = _across(grid, above)
        under = {c for b in groups for c in range(b.left, b.right + 1)}
        filled = {i for i, c in enumerate(grid.rows[row], 1) if _text(c)}
        if groups and filled and (filled <= under or _two_rows(grid, above, row)):
            return above
        if _two_rows(grid, above, row):
            return above
    return row


def _downward(grid: Grid, top: int) -> int:
    """Give the last heading row, from the first."""
    last = max(
        (b.bottom for b in grid.blocks if b.top == top and b.bottom - top < DEEPEST), default=top
    )
    if last > top and not _across(grid, top):
        # tall cells without a group: headings only if nothing but labels stands beside them
        beside = [c for n in range(top + 1, last + 1) for c in grid.rows.get(n, []) if _text(c)]
        return last if all(_may_be_under(c) for c in beside) else top
    if last > top:
        return last
    groups, below = _across(grid, top), top + 1
    if groups and below in grid.filled:
        under = {c for b in groups for c in range(b.left, b.right + 1)}
        filled = {i: c for i, c in enumerate(grid.rows[below], 1) if _text(c)}
        if set(filled) <= under and all(_may_be_under(c) for c in filled.values()):
            return below
    return below if _two_rows(grid, top, below) else top


def _two_rows(grid: Grid, above: int, below: int) -> bool:
    """Say whether two rows are one heading although nothing is merged.

    The lower row stands exactly where the upper one has a group (its first column and the blanks
    right of it), the upper alone elsewhere, and a record below fills a column that is the upper's.
    """
    if above not in grid.filled or below not in grid.filled:
        return False
    a = {i for i, c in enumerate(grid.rows[above], 1) if _text(c)}
    b = {i: c for i, c in enumerate(grid.rows[below], 1) if _text(c)}
    groups = {max((x for x in a if x < i), default=0) for i in b if i not in a}
    alone = a - set(b)
    if len(b) < 2 or not groups or 0 in groups or not alone or set(b) & a != groups:
        return False
    if not all(_may_be_under(c) for c in b.values()):
        return False
    after = next((n for n in grid.filled if n > below), None)
    return after is not None and any(_text(grid.cell(after, i)) for i in alone)


def _labels(grid: Grid, top: int, last: int) -> dict[int, str]:
    """Give each column's label: the texts over it from top to bottom, a merged one once."""
    width = max(_width(grid.rows.get(n, [])) for n in range(top, last + 1))
    inside = [b for b in grid.blocks if b.bottom >= top and b.top <= last]
    width = max([width, *(min(b.right, width + 64) for b in inside if _text(grid.cell(*b[:2])))])
    unmerged = last > top and not any(b.top == top for b in inside)
    labels: dict[int, str] = {}
    group = ""
    for column in range(1, width + 1):
        parts: list[str] = []
        for row in range(top, last + 1):
            anchor = next(
                (b for b in inside if b.top <= row <= b.bottom and b.left <= column <= b.right),
                Block(row, column, row, column),
            )
            text = _text(grid.cell(anchor.top, anchor.left)) if anchor.top >= top else ""
            if unmerged and row == top:
                below = any(_text(grid.cell(r, column)) for r in range(top + 1, last + 1))
                group = text or (group if below else "")
                text = group
            if text and (anchor.top == row) and parts[-1:] != [text]:
                parts.append(text)
        if parts:
            labels[column] = " / ".join(parts)
    return labels


def _headings(
    labels: Mapping[int, str],
    width: int,
    grid: Grid,
    numbers: Sequence[int],
    where: Locus,
    remarks: list[Remark],
) -> dict[int, str]:
    """Give unique headings by column; a filled column without one is named by its letters."""
    headings: dict[int, str] = {}
    taken: set[str] = set()
    for column in range(1, width + 1):
        label = labels.get(column)
        if label is None and not any(_text(grid.cell(n, column)) for n in numbers):
            continue
        mark = f"[{letters(column)}]"
        heading = label or mark
        while heading in taken:
            heading = f"{heading} {mark}"
        if label and heading != label:
            remarks.append(remark("repeated-heading", where, heading=label, named=heading))
        elif label is None:
            remarks.append(remark("unnamed-column", where, named=heading))
        taken.add(heading)
        headings[column] = heading
    return headings


# ------------------------------------------------------------------ above and beside the table
_UNIT = re.compile(r"\b(ribu(?:an)?|juta(?:an)?|mil[iy]ar(?:an)?)\b", re.IGNORECASE)
_FACTORS = {"r": "1000", "j": "1000000", "m": "1000000000"}


def _titles(grid: Grid, top: int) -> Iterator[str]:
    for n in grid.filled:
        if n < top:
            text = " ".join(filter(None, (_text(c) for c in grid.rows[n])))
            yield clean_text(text)[0]


def _units(grid: Grid, top: int, where: Locus) -> Iterator[Remark]:
    """Tell of a unit that stands in a title: amounts below are thousands or millions."""
    for n in (n for n in grid.filled if n < top):
        for cell in grid.rows[n]:
            text = _text(cell)
            if (found := _UNIT.search(text)) and re.search(r"\brp|rupiah|\bdalam\b", text.lower()):
                factor = _FACTORS[found[1][0].casefold()]
                at = Locus(where.file, where.sheet, n)
                yield remark("unit-in-title", at, note=text, factor=factor)


def _hidden(
    grid: Grid, headings: Mapping[int, str], numbers: Sequence[int], where: Locus
) -> Iterator[Remark]:
    if rows := sorted(grid.hidden_rows & set(numbers)):
        yield remark("hidden-rows", where, rows=ranges(rows), count=str(len(rows)))
    for column in sorted(grid.hidden_columns & set(headings)):
        at = Locus(where.file, where.sheet, None, headings[column])
        yield remark("hidden-column", at, letter=letters(column))


# ------------------------------------------------------------------ records
_INDEX = re.compile(r"[(\[]?(\d{1,3})[)\].]?")


class _Body:
    """The records of a grid under headings that are known; gathers the remarks on the way."""

    def __init__(self, grid: Grid, where: Locus, headings: Mapping[int, str]) -> None:
        self.grid, self.where, self.headings = grid, where, headings
        self.remarks: list[Remark] = []
        self.notes: dict[int, list[tuple[int, str, dict[str, str]]]] = {}

    def rows(self, numbers: Sequence[int], labels: Mapping[int, str]) -> list[RawRow]:
        """Give the records; rows that are none are told and left out."""
        cells = {n: [self.grid.cell(n, c) for c in self.headings] for n in numbers}
        self._merged(cells)
        for number in numbers:
            if why := self._no_record(number, cells[number], number == numbers[0], labels):
                self.remarks.append(remark(why, self._at(number)))
                del cells[number]
        return list(self._records(cells))

    def _at(self, row: int, column: int | None = None) -> Locus:
        heading = None if column is None else self.headings[column]
        return Locus(self.where.file, self.where.sheet, row, heading)

    def _merged(self, cells: dict[int, list[Cell]]) -> None:
        """Fill merged blocks downwards, inside the block only; sideways the text stays once."""
        place = {c: i for i, c in enumerate(self.headings)}
        for block in self.grid.blocks:
            value = self.grid.cell(block.top, block.left)
            if value is None or block.left not in place or block.top not in cells:
                continue
            for row in range(block.top + 1, block.bottom + 1):
                if row in cells:
                    cells[row][place[block.left]] = value
            if block.right > block.left and sum(map(bool, map(_text, cells[block.top]))) > 1:
                facts = {"cells": f"{letters(block.left)}–{letters(block.right)}"}
                self.notes.setdefault(block.top, []).append((block.left, "merged-across", facts))

    def _no_record(
        self, number: int, cells: Sequence[Cell], first: bool, labels: Mapping[int, str]
    ) -> str | None:
        """Say why a row is no record: a row of column numbers, a heading again, a section."""
        filled = [(c, t) for c, x in zip(self.headings, cells, strict=True) if (t := _text(x))]
        if not filled:
            return "empty-record"
        if first and len(filled) >= 3 and len(filled) >= len(labels) - 1:
            index = [m and int(m[1]) for m in (_INDEX.fullmatch(t) for _, t in filled)]
            if index == list(range(1, len(filled) + 1)):
                return "numbering-row"
        again = sum(self.headings[c] == t or labels.get(c) == t for c, t in filled)
        if again >= 2 and again >= 0.8 * len(filled):
            return "heading-again"
        wide = [b for b in self._wide if b.top == number and b.left == filled[0][0]]
        if wide and len(filled) == 1 and wide[0].right - wide[0].left >= 2:
            return "section-row"
        return None

    @cached_property
    def _wide(self) -> list[Block]:
        return [b for b in self.grid.blocks if b.right > b.left]

    def _records(self, cells: Mapping[int, list[Cell]]) -> Iterator[RawRow]:
        columns = [
            Column(h, [row[i] for row in cells.values()])
            for i, h in enumerate(self.headings.values())
        ]
        seen = Counter[frozenset[str]]()
        shared: dict[frozenset[str], frozenset[str]] = {}
        keys = list(self.headings)
        for number, row in cells.items():
            found: dict[str, str | None] = {}
            remarks = list(self._row_remarks(number))
            for key, column, cell in zip(keys, columns, row, strict=True):
                text, odd = column.read(cell)
                found[column.heading] = text
                if odd is not None:
                    place = {"cell": f"{letters(key)}{number}"}
                    remarks.append(remark(odd.code, self._at(number, key), **place, **odd.facts))
            held = frozenset(
                c.heading for c, x in zip(columns, row, strict=True) if isinstance(x, Number)
            )
            seen[held] += 1
            yield RawRow(number, found, tuple(remarks), shared.setdefault(held, held))
        self._column_remarks(columns)

    def _row_remarks(self, number: int) -> Iterator[Remark]:
        if number in self.grid.hidden_rows:
            yield remark("hidden-row", self._at(number))
        for code, facts in self.grid.row_remarks.get(number, ()):
            yield remark(code, self._at(number), **facts)
        for column, code, facts in self.notes.get(number, ()):
            yield remark(code, self._at(number, column), **facts)

    def _column_remarks(self, columns: Sequence[Column]) -> None:
        for key, column in zip(self.headings, columns, strict=True):
            at = Locus(self.where.file, self.where.sheet, None, self.headings[key])
            if column.references:
                count = str(column.references)
                self.remarks.append(remark("references-decoded", at, count=count))
            if column.plain_codes:
                count = str(column.plain_codes)
                self.remarks.append(remark("numbers-as-codes", at, count=count))
