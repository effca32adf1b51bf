"""Services that descriptions of applications name: SUPPORTS, with the words that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.analysis.naming import Spellings
from graph.build.resolve import Description
from graph.reference import REGIONAL
from graph.schema.records import EdgeRecord, NodeRecord

RULE = "rule:named-in-description"
EVERYWHERE = ""


def supports(
    nodes: Sequence[NodeRecord],
    edges: Iterable[EdgeRecord],
    described: Sequence[Description],
    government: dict[str, str],
) -> list[EdgeRecord]:
    """Give the SUPPORTS edges that descriptions say, under the keys of the records.

    A service that bodies of one regional government provide is named by the applications of that
    government only; where a local service and a national one bear the same words, the local one is
    meant.

    Parameters
    ----------
    government
        Agency → its government; a central body is its own.
    """
    regional = {d for d in set(government.values()) if d.startswith(REGIONAL)}
    local: dict[str, set[str]] = defaultdict(set)
    for e in edges:
        if e.relation == "PROVIDES" and government.get(e.source) in regional:
            local[e.target].add(government[e.source])
    spelled: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for n in nodes:
        if n.type == "Service":
            for place in local.get(n.id) or {EVERYWHERE}:
                spelled[place] += [(n.id, s) for s in _spellings(n)]
    found = {place: Spellings(pairs) for place, pairs in spelled.items()}
    home = {d.key: d.government or EVERYWHERE for d in described if d.system}
    return [edge for n in nodes for edge in _of_one(n, home, found)]


def _of_one(
    n: NodeRecord, home: dict[str, str], found: dict[str, Spellings]
) -> Iterable[EdgeRecord]:
    text = n.props.get("description") if n.type == "Application" else None
    if not isinstance(text, str) or n.id not in home:
        return
    cell = n.origin._replace(column=n.columns.get("description", n.origin.column), how=RULE)
    places = dict.fromkeys((home[n.id], EVERYWHERE))
    named = [x for p in places if p in found for x in found[p].in_text(text)]
    for service, quote in named:
        yield EdgeRecord("SUPPORTS", n.id, service, {"quote": quote}, cell)


def _spellings(n: NodeRecord) -> tuple[str, ...]:
    aliases = n.props.get("aliases")
    return (str(n.props["name"]), *(aliases if isinstance(aliases, tuple | list) else ()))
