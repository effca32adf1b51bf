"""Where facts stand, held against lists that are sorted and searched the plain way."""

from __future__ import annotations

import random
from itertools import product

import pytest

from graph.origins import ORIGINS, OriginIndex, OriginRow, Origins
from graph.schema.records import Origin

CELLS = [
    Origin(source, file, sheet, row, column, how)
    for source, file, sheet, row, column, how in product(
        ("b", "a"), ("f.csv", None), (None, "Data"), (10, 9, None), ("Nama", None), ("stated", "é")
    )
]
FACTS = [(about, prop) for about in ("app:b", "app:a", "owns:1") for prop in ("name", None, "kind")]


def told(seed: int, n: int = 200) -> list[OriginRow]:
    rng = random.Random(seed)
    return [(*rng.choice(FACTS), rng.choice(CELLS)) for _ in range(n)]


def plainly(rows: list[OriginRow]) -> list[tuple[object, ...]]:
    """Sort rows by all columns, nulls last, each once."""
    flat = {(about, prop, *origin) for about, prop, origin in rows}
    return sorted(flat, key=lambda row: [(v is None, v or 0) for v in row])


def listed(origins: Origins, without: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    table = origins.table(without).cast(ORIGINS)
    return [tuple(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("seed", range(5))
def test_the_table_is_sorted_with_nulls_last_and_each_row_once(seed: int) -> None:
    rows = told(seed)
    assert listed(Origins(rows)) == plainly(rows)
    kept = [r for r in rows if r[0] != "app:a"]
    assert listed(Origins(rows), ("app:a", "app:none")) == plainly(kept)


def test_rows_come_back_as_they_were_added() -> None:
    rows = told(7)
    origins = Origins(rows[:50])
    origins += rows[50:]
    assert (list(origins), len(origins)) == (rows, 200)


def test_a_heading_stands_in_place_of_the_column_of_a_cell() -> None:
    origins = Origins()
    origins.add("app:a", "name", CELLS[:2], ["Nama Aplikasi", None])
    assert [o.column for _, _, o in origins] == ["Nama Aplikasi", CELLS[1].column]
    assert [row[-2] for row in listed(origins)] == ["Nama", "Nama Aplikasi"]


def test_what_stands_as_a_whole_is_told_by_source_and_row() -> None:
    rows = told(3)
    whole = [(about, o) for about, prop, o in rows if prop is None and about != "owns:1"]
    origins = Origins(rows)
    assert list(origins.whole(["app:a", "app:b", "app:none"])) == whole
    assert origins.standing(["app:a", "app:b"]) == sorted({(a, o.source) for a, o in whole})
    assert Origins().standing(["app:a"]) == []


def test_an_index_gives_the_origins_of_each_fact_in_order() -> None:
    rows = told(4)
    table = Origins(rows).table()
    for index in (OriginIndex(table), OriginIndex(table.cast(ORIGINS))):
        for about, prop in FACTS:
            wanted = [r for r in plainly(rows) if r[:2] == (about, prop)]
            assert [tuple(o) for o in index.of(about, prop)] == [r[2:] for r in wanted]
    assert OriginIndex(Origins().table()).of("app:a", None) == []
