"""Which records are one interface: one endpoint and name, else one name of one application."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.analysis.names import address
from graph.build.keys import Ledger
from graph.schema.records import EdgeRecord, NodeRecord, plain

Sign = tuple[str, ...]


def joined(
    nodes: Sequence[NodeRecord], edges: Iterable[EdgeRecord], ledger: Ledger
) -> dict[str, str]:
    """Give interface → the oldest that is the same, where it is not itself the oldest.

    An endpoint alone does not tell: a provider often gives one address for all it has.  Run when
    the applications are known, so that two lists that name one application meet.  O(n log n).
    """
    apps: dict[str, set[str]] = defaultdict(set)
    for e in edges:
        if e.relation == "EXPOSES":
            apps[e.target].add(e.source)
    bearers: dict[Sign, set[str]] = defaultdict(set)
    for n in nodes:
        if n.type == "Interface":
            for sign in _signs(n, apps):
                bearers[sign].add(n.id)
    found: dict[str, str] = {}
    for same in (bearers[s] for s in sorted(bearers)):
        roots = {_root(found, id) for id in same}
        oldest = min(roots, key=lambda id: (ledger.order(id), id))
        found |= dict.fromkeys(roots - {oldest}, oldest)
    return {id: _root(found, id) for id in found}


def _signs(n: NodeRecord, apps: Mapping[str, set[str]]) -> Iterator[Sign]:
    name = plain(str(n.props["name"]))
    endpoint = address(str(n.props.get("endpoint") or ""))
    if endpoint is not None:
        yield "endpoint", name, str(endpoint)
    else:
        yield from (("app", name, app) for app in sorted(apps[n.id]) if name)


def _root(found: Mapping[str, str], id: str) -> str:
    while id in found:
        id = found[id]
    return id
