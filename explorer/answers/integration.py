"""Who exchanges what: the integrations of a version, and the flows that they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.landscape import Landscape
from graph.schema.codes import Certainty, ExchangeStatus

DATA = 5  # kinds of data in the picture; the table of the page holds all
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


def exchanges(L: Landscape, lang: str) -> list[Exchange]:
    """List every exchange, by provider, consumer and data."""
    ends = {
        r["id"]: End(r["id"], L.name(r["id"], lang), r["kind"] == "class")
        for r in L.rows("Application")
    }
    data = {r["id"]: L.name(r["id"], lang) for r in L.rows("DataEntity")}
    found = [
        Exchange(
            r["id"],
            ends[r["source"]],
            ends[r["target"]],
            r["data"],
            data.get(r["data"]),
            r["kind"],
            r["status"],
            r["channel"],
            r["since"],
            r["agreement"],
            r["reason"],
        )
        for r in L.edge_rows("INTEGRATES_WITH")
    ]
    return sorted(found, key=lambda e: (e.provider.name.casefold(), e.consumer.name, str(e.data)))


def totals(found: Iterable[Exchange]) -> dict[str, int]:
    """Count the exchanges that are not stopped by certainty, and those that are as `stopped`."""
    counted = Counter(
        "stopped" if e.status == ExchangeStatus.STOPPED else str(e.kind) for e in found
    )
    return {k: counted[k] for k in (*Certainty, "stopped")}


def hubs(found: Sequence[Exchange]) -> list[tuple[End, int, int]]:
    """Give (system, systems it sends to, systems it receives from), the most joined first."""
    out: dict[End, set[str]] = {}
    into: dict[End, set[str]] = {}
    for e in found:
        if e.status == ExchangeStatus.STOPPED:
            continue
        out.setdefault(e.provider, set()).add(e.consumer.id)
        into.setdefault(e.consumer, set()).add(e.provider.id)
    rows = [(a, len(out.get(a, ())), len(into.get(a, ()))) for a in {*out, *into}]
    return sorted(rows, key=lambda r: (-r[1] - r[2], r[0].name))


def strands(found: Sequence[Exchange]) -> tuple[list[Strand], int]:
    """Add exchanges up to flows provider → data → consumer; stopped ones do not flow.

    Returns
    -------
    list of Strand
        Of the data exchanged most: providers and consumers by id, the others together under "",
        data that nobody names as "-".
    int
        Exchanges that flow and are not in it.
    """
    flowing = [e for e in found if e.status != ExchangeStatus.STOPPED]
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
