"""Rows of a table that are no records: a template's example, its total, what is signed below."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.schema.records import plain
from ingest.readers import RawRow

TOTALS = frozenset({"jumlah", "total", "jumlah total", "total jumlah", "grand total", "subtotal"})
EXAMPLES = ("(contoh)", "(example)")  # begins the name of a row that shows how to fill a template
TELLING = ("name", "address", "description")
FEW = 3  # cells of a total: its word, its number, perhaps another number


def no_records(rows: Sequence[RawRow], columns: Mapping[str, str]) -> frozenset[int]:
    """Give the numbers of the rows that are an example, a total, or stand below the table.

    Parameters
    ----------
    rows
        The rows of a table, in order.
    columns
        Heading → role.

    Returns
    -------
    frozenset
        Examples: the name begins with one of EXAMPLES. Totals: few cells, one of them the word.
        Below the table: after the last row that says anything of a thing, with at most two cells
        (place and date, a signature).
    """
    telling = [h for h, role in columns.items() if role in TELLING]
    if not telling:
        return frozenset()
    totals = {r.row for r in rows if _is_total(r.cells)}
    named = [h for h, role in columns.items() if role == "name"]
    examples = {r.row for r in rows if any(_is_example(r.cells.get(h)) for h in named)}
    told = [r.row for r in rows if r.row not in totals and any(r.cells.get(h) for h in telling)]
    last = max(told, default=0)
    below = {r.row for r in rows if r.row > last and len(_filled(r.cells)) <= FEW - 1}
    return frozenset(totals | below | examples)


def _is_example(name: str | None) -> bool:
    return (name or "").strip().casefold().startswith(EXAMPLES)


def _is_total(cells: Mapping[str, str | None]) -> bool:
    filled = _filled(cells)
    if len(filled) > FEW:
        return False
    words = [plain(v) for v in filled]
    numbers = [w for w in words if w.replace(" ", "").isdigit()]
    named = [w for w in words if w in TOTALS]
    return len(named) == 1 and len(named) + len(numbers) == len(filled)


def _filled(cells: Mapping[str, str | None]) -> Collection[str]:
    return [v for v in cells.values() if v]
