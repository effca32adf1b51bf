"""Where facts stand, column by column: one small number a cell, each text held once.

A landscape of 30,000 applications has millions of origins, most of which share their source, file
and heading.  They are gathered, sorted and asked as numbers; texts are written out at the end.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.schema.records import Origin

ORIGINS = pa.schema(
    [
        ("about", pa.string()),  # id of a node or an edge
        ("property", pa.string()),  # null: the whole node or edge
        ("source", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("how", pa.string()),
    ]
)
OriginRow = tuple[str, str | None, Origin]
Codes = NDArray[np.int64]
_OWN = -1  # the column that stands in the origin itself


class Origins:
    """Origins of facts as they are gathered; 16 bytes each, beside the distinct texts.

    Parameters
    ----------
    rows
        (id of a node or an edge, property or None for the whole, where it stands).
    """

    def __init__(self, rows: Iterable[OriginRow] = ()) -> None:
        self._abouts: dict[str, int] = {}
        self._properties: dict[str | None, int] = {None: 0}
        self._origins: dict[Origin, int] = {}
        self._columns: dict[str, int] = {}
        self._about, self._property = array("i"), array("i")
        self._origin, self._column = array("i"), array("i")
        self += rows

    def __len__(self) -> int:
        return len(self._about)

    def __iadd__(self, rows: Iterable[OriginRow]) -> Origins:
        for about, property, origin in rows:
            self.add(about, property, (origin,))
        return self

    def __iter__(self) -> Iterator[OriginRow]:
        """Give the rows as they were added."""
        abouts, properties = list(self._abouts), list(self._properties)
        origins, columns = list(self._origins), list(self._columns)
        rows = zip(self._about, self._property, self._origin, self._column, strict=True)
        for a, p, o, c in rows:
            origin = origins[o]
            yield (
                abouts[a],
                properties[p],
                origin if c == _OWN else origin._replace(column=columns[c]),
            )

    def add(
        self,
        about: str,
        property: str | None,
        origins: Sequence[Origin],
        columns: Iterable[str | None] = (),
    ) -> None:
        """Add the origins of one fact; `columns` are the headings that hold in place of theirs."""
        a = self._abouts.setdefault(about, len(self._abouts))
        p = self._properties.setdefault(property, len(self._properties))
        known, headings = self._origins, self._columns
        self._about.extend([a] * len(origins))
        self._property.extend([p] * len(origins))
        self._origin.extend([known.setdefault(o, len(known)) for o in origins])
        given = [headings.setdefault(c, len(headings)) if c else _OWN for c in columns]
        self._column.extend(given or [_OWN] * len(origins))

    def standing(self, abouts: Iterable[str]) -> list[tuple[str, str]]:
        """Give (id, source) of the nodes and edges that stand in a source as a whole; sorted."""
        found: list[tuple[str, str]] = []
        at = self._of_whole(abouts)
        if len(at):
            names, source = _ranked([o.source for o in self._origins])
            sources = names.to_pylist()
            about, origin = np.asarray(self._about)[at], np.asarray(self._origin)[at]
            pairs = np.unique(about.astype(np.int64) * len(sources) + source[origin])
            ids = list(self._abouts)
            found = [(ids[p // len(sources)], sources[p % len(sources)]) for p in pairs.tolist()]
        return sorted(found)

    def whole(self, abouts: Collection[str]) -> Iterator[tuple[str, Origin]]:
        """Give the rows in which some nodes and edges stand as a whole, as they were added."""
        ids, origins = list(self._abouts), list(self._origins)
        for at in self._of_whole(abouts).tolist():
            yield ids[self._about[at]], origins[self._origin[at]]

    def _of_whole(self, abouts: Iterable[str]) -> NDArray[np.intp]:
        wanted = np.zeros(len(self._abouts), dtype=bool)
        wanted[[self._abouts[i] for i in abouts if i in self._abouts]] = True
        return np.flatnonzero(wanted[np.asarray(self._about)] & (np.asarray(self._property) == 0))

    def table(self, without: Iterable[str] = ()) -> pa.Table:
        """Give the origins sorted by all columns, nulls last, each once; texts as dictionaries.

        O(n log n) for n origins, in numbers of 8 bytes; `cast(ORIGINS)` writes the texts out.
        """
        if not len(self):
            return ORIGINS.empty_table()
        abouts, about = _ranked(list(self._abouts))
        properties, property = _ranked(list(self._properties))
        fields, field = zip(*map(_ranked, self._fields()), strict=True)
        places, place = _distinct(np.stack(field[:4]))  # source, file, sheet, row
        styles, style = self._styles(field[4], field[5])
        keys = about[np.asarray(self._about)] * len(property) + property[np.asarray(self._property)]
        keys = keys * places.shape[1] + place[np.asarray(self._origin)]
        keys = keys * styles.shape[1] + style
        gone = np.zeros(len(about), dtype=bool)
        gone[[self._abouts[i] for i in without if i in self._abouts]] = True
        keys = np.unique(keys[~gone[np.asarray(self._about)]] if gone.any() else keys)
        keys, style = np.divmod(keys, styles.shape[1])
        keys, place = np.divmod(keys, places.shape[1])
        about, property = np.divmod(keys, len(property))
        codes = [about, property, *(c[place] for c in places), *(c[style] for c in styles)]
        columns = map(_column, [abouts, properties, *fields], codes)
        return pa.table(list(columns), ORIGINS.names)

    def _fields(self) -> list[list[Any]]:
        """Give the fields of the distinct origins; behind the columns, those that replace them."""
        *fields, columns, hows = map(list, zip(*self._origins, strict=True))
        return [*fields, [*columns, *self._columns], hows]

    def _styles(self, column: Codes, how: Codes) -> tuple[Codes, Codes]:
        """Give the distinct pairs of column and how, and which of them each row has."""
        origin, given = np.asarray(self._origin), np.asarray(self._column)
        heading = column[np.where(given == _OWN, origin, len(self._origins) + given)]
        pairs = heading * (how.max() + 1) + how[origin]
        used = np.zeros(pairs.max() + 1, dtype=bool)
        used[pairs] = True
        styles = np.stack(np.divmod(np.flatnonzero(used), how.max() + 1))
        return styles, (np.cumsum(used) - 1)[pairs]


def _ranked(values: list[Any]) -> tuple[pa.Array, Codes]:
    """Give the distinct values, sorted, and the place of each one there; null has the last."""
    found = pa.array(values, None if any(v is not None for v in values) else pa.string())
    found = found.dictionary_encode()
    order = pc.sort_indices(found.dictionary)
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    place[-1] = len(order)
    codes = found.indices.fill_null(len(order)).to_numpy()
    return found.dictionary.take(order), place[codes]


def _distinct(codes: Codes) -> tuple[Codes, Codes]:
    """Give the distinct columns of a table of numbers, sorted, and which of them each one is."""
    order = np.lexsort(codes[::-1])
    ranked = codes[:, order]
    new = np.concatenate([[True], (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return ranked[:, new], place


def _column(values: pa.Array, codes: Codes) -> pa.Array:
    """Give a column by its distinct values and which of them each row has, null the last."""
    rows = pa.array(codes.astype(np.int32), mask=codes == len(values))
    if pa.types.is_integer(values.type):
        return values.take(rows)
    return pa.DictionaryArray.from_arrays(rows, values)


class OriginIndex:
    """All origins of a sorted table by what they are about, for many questions.

    O(n) to make; some 200 bytes a node or edge, and 32 an origin.
    """

    def __init__(self, table: pa.Table) -> None:
        self._runs = runs(table.column("about"))
        self._properties, self._property = _coded(table.column("property"))
        self._columns = [_coded(table.column(name)) for name in Origin._fields]

    def of(self, about: str, property: str | None) -> list[Origin]:
        """Give the origins of a fact, in the order of the table."""
        start, end = self._runs.get(about, (0, 0))
        return [
            Origin(*(values[codes[at]] for values, codes in self._columns))
            for at in range(start, end)
            if self._properties[self._property[at]] == property
        ]


def _coded(column: pa.ChunkedArray) -> tuple[list[Any], memoryview]:
    """Give the distinct values of a column, None the last, and for each row which it has."""
    found = coded(column)
    codes = found.indices.fill_null(len(found.dictionary))
    return [*found.dictionary.to_pylist(), None], memoryview(codes.to_numpy())


def coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Give a column as its distinct values and which of them each row has. O(n)."""
    whole = column.combine_chunks()
    return whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()


def runs(column: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """Give where the rows of each value stand in a sorted column. O(n)."""
    if not len(column):
        return {}
    found = coded(column)
    codes = found.indices.to_numpy()
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    values = found.dictionary.take(pa.array(codes[starts])).to_pylist()
    ends = [*starts[1:].tolist(), len(codes)]
    return dict(zip(values, zip(starts.tolist(), ends, strict=True), strict=True))
