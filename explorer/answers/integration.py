"""Who exchanges what: the integrations of a version, and the flows that they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.landscape import Landscape
from graph.schema.codes import Certainty, ExchangeStatus

DATA = 5  # kinds of data in the picture; the table of the page holds all
COLUMNS = (
    "id", "source", "target", "data", "kind", "status", "channel", "since", "agreement", "reason"
)  # fmt: skip
STILL = (ExchangeStatus.STOPPED, ExchangeStatus.PLANNED)
"""States in which no data goes over an exchange."""
MOST_DATA = 500
SHOWN = 4  # providers and consumers by name; the others are added up


class End(NamedTuple):
    """One side of an exchange."""

    id: str
    name: str
    many: bool  # it stands for a class of systems


class Exchange(NamedTuple):
    """One exchange as documented, said or assumed."""

    id: str
    provider: End
    consumer: End
    data: str | None
    data_name: str | None
    kind: str
    status: str
    channel: str | None
    since: str | None
    basis: str | None
    reason: str | None


class Strand(NamedTuple):
    """So many exchanges between two bars of the picture."""

    source: tuple[int, str]  # layer, key; "" adds up the others, "-" is not known
    target: tuple[int, str]
    kind: str
    amount: int


Bar = tuple[int, str]  # as the ends of a Strand


@dataclass(frozen=True)
class Part:
    """The exchanges that a choice leaves, and what the page adds up of them."""

    found: list[Exchange]
    totals: dict[str, int]
    hubs: list[tuple[End, int, int]]
    strands: list[Strand]
    left_out: int
    names: dict[Bar, str | None]  # of the bars of the strands; None: data that nobody names


def part(every: Iterable[Exchange], data: str, system: str, kind: str, status: str) -> Part:
    """Choose exchanges, "" leaving all, and add them up: O(n log n), 0.5 s for 50,000."""
    found = [
        e
        for e in every
        if data in ("", e.data)
        and system in ("", e.provider.id, e.consumer.id)
        and kind in ("", e.kind)
        and status in ("", e.status)
    ]
    drawn, left_out = strands(found)
    bars = {bar for s in drawn for bar in (s.source, s.target)}
    names: dict[Bar, str | None] = {}
    for e in found:
        names[0, e.provider.id], names[2, e.consumer.id] = e.provider.name, e.consumer.name
        names[1, e.data or "-"] = e.data_name
    shown = {bar: name for bar, name in names.items() if bar in bars}
    return Part(found, totals(found), hubs(found), drawn, left_out, shown)


def kinds_of_data(every: Iterable[Exchange]) -> dict[str, str]:
    """Lead from each kind of data to its name, by name; the `MOST_DATA` exchanged most first."""
    found = Counter((e.data_name, e.data) for e in every if e.data and e.data_name)
    most = sorted(found, key=lambda d: (-found[d], d))[:MOST_DATA]
    return {id: name for name, id in (*sorted(most), *sorted(found))}


def exchanges(L: Landscape, lang: str) -> list[Exchange]:
    """List every exchange, by provider, consumer and data."""
    ends = {
        r["id"]: End(r["id"], L.name(r["id"], lang), r["kind"] == "class")
        for r in L.rows("Application")
    }
    data = {r["id"]: L.name(r["id"], lang) for r in L.rows("DataEntity")}
    rows = zip(*(L.edges["INTEGRATES_WITH"][c].to_pylist() for c in COLUMNS), strict=True)
    found = [
        Exchange(id, ends[source], ends[target], about, data.get(about), *rest)
        for id, source, target, about, *rest in rows
    ]
    return sorted(found, key=lambda e: (e.provider.name.casefold(), e.consumer.name, str(e.data)))


def totals(found: Iterable[Exchange]) -> dict[str, int]:
    """Count what flows by certainty, and what does not by its status: `stopped`, `planned`."""
    counted = Counter(str(e.status if e.status in STILL else e.kind) for e in found)
    return {str(k): counted[str(k)] for k in (*Certainty, *STILL)}


def hubs(found: Sequence[Exchange]) -> list[tuple[End, int, int]]:
    """Give (system, systems it sends to, systems it receives from), the most joined first."""
    out: dict[End, set[str]] = {}
    into: dict[End, set[str]] = {}
    for e in found:
        if e.status in STILL:
            continue
        out.setdefault(e.provider, set()).add(e.consumer.id)
        into.setdefault(e.consumer, set()).add(e.provider.id)
    rows = [(a, len(out.get(a, ())), len(into.get(a, ()))) for a in {*out, *into}]
    return sorted(rows, key=lambda r: (-r[1] - r[2], r[0].name))


def strands(found: Sequence[Exchange]) -> tuple[list[Strand], int]:
    """Add exchanges up to flows provider → data → consumer; stopped and planned ones do not flow.

    Returns
    -------
    list of Strand
        Of the data exchanged most: providers and consumers by id, the others together under "",
        data that nobody names as "-".
    int
        Exchanges that flow and are not in it.
    """
    flowing = [e for e in found if e.status not in STILL]
    most = _most((e.data or "-" for e in flowing), DATA)
    drawn = [e for e in flowing if (e.data or "-") in most]
    paths = [((e.provider.id, e.data or "-", e.consumer.id), str(e.kind)) for e in drawn]
    named = (
        _most((p[0] for p, _ in paths), SHOWN),
        most,
        _most((p[2] for p, _ in paths), SHOWN),
    )
    amounts: Counter[tuple[tuple[int, str], tuple[int, str], str]] = Counter()
    for path, kind in paths:
        at = [(i, key if key in named[i] else "") for i, key in enumerate(path)]
        amounts[at[0], at[1], kind] += 1
        amounts[at[1], at[2], kind] += 1
    added = [Strand(a, b, kind, n) for (a, b, kind), n in sorted(amounts.items())]
    return added, len(flowing) - len(drawn)


def _most(keys: Iterable[str], limit: int) -> set[str]:
    ordered = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))
    # a bar for "others" that stands for one is that one
    return {k for k, _ in (ordered if len(ordered) == limit + 1 else ordered[:limit])}
