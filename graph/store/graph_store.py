"""What any store can do: answer a Cypher text in plain values, within limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

ROW_LIMIT = 10_000
TIMEOUT = 30.0  # seconds


@dataclass(frozen=True)
class Answer:
    """The rows of a query.

    Parameters
    ----------
    columns
        Names in the order of RETURN.
    rows
        One dict per row, keys in the order of `columns`, values as JSON knows them: dates are
        ISO text, a node is its properties with `type`, an edge likewise, a path the list of
        both. What a node does not have is not in it.
    complete
        Whether these are all rows.
    limit_hit
        What cut the answer: `limit N` or `timeout N s`; None if complete.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    complete: bool = True
    limit_hit: str | None = None


class GraphStore(Protocol):
    """A graph that can be asked and not changed."""

    @property
    def version(self) -> str:
        """Name what is asked: equal names, equal answers."""
        ...

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Give the rows of a query that only reads.

        Parameters
        ----------
        parameters
            Values of the `$names` in the text.
        limit
            Rows at most; None: 10,000.
        timeout
            Seconds at most; None: 30.

        Raises
        ------
        RefusedQuery
            If the text would do anything but read.
        MissingParameter
            If the text names a parameter that has no value.
        BrokenQuery
            If the engine does not accept the text; its own words are in `__cause__`.
        """
        ...


def answered(columns: Sequence[str], cells: Sequence[Sequence[Any]], limit: int) -> Answer:
    """Make an answer of one row more than the limit, if there are that many."""
    rows = [dict(zip(columns, row, strict=True)) for row in cells[:limit]]
    cut = len(cells) > limit
    return Answer(tuple(columns), rows, not cut, f"limit {limit}" if cut else None)


def timed_out(seconds: float) -> Answer:
    """Make the answer of a query that was stopped: no row, and it says so."""
    return Answer((), [], False, f"timeout {seconds:g} s")


def scalar(value: Any) -> Any:
    """Give a value as JSON knows it: ISO text for dates and times, null for what is no number."""
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value
