"""What the network page shows: a node, those up to three steps around it, and where each is drawn.

Around a hub not everything fits. Of each node some neighbours are drawn, the best connected of
each relation first; the others are counted, and drawn when somebody opens the node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from explorer.answers.layouts import radial
from explorer.answers.profile import how_known, remark
from graph.landscape import Landscape
from graph.schema.records import Origin

Ints = NDArray[np.int64]
NOT_DRAWN = ("DERIVED_FROM",)  # sources are shown as rows, on the profile
AT_STEP = (36, 9, 5)  # neighbours drawn of a node 0, 1, 2 … steps away
OPENED = 60  # of a node that somebody opened
MARKED = 1  # steps up to which what is not drawn has a mark; further out it is only counted
MOST_NODES = 180
MOST_EDGES = 1000
BLOCKED = "blocked"  # how a line is drawn whose exchange was stopped or refused
MORE = "+"  # before the id of a node: those of its neighbours that are not drawn


class Node(NamedTuple):
    """One node of the picture."""

    id: str
    type: str
    name: str
    hop: int
    hidden: int  # neighbours that pass the choice and are not drawn
    degree: int
    x: float
    y: float


class Rest(NamedTuple):
    """The neighbours of a node that are not drawn, as one mark."""

    parent: str
    n: int
    x: float
    y: float


class Line(NamedTuple):
    """One edge of the picture."""

    id: str
    relation: str
    source: str
    target: str
    how: str
    remark: str | None
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Picture:
    """An ego network as drawn; nodes in the order of their steps."""

    focus: str
    nodes: list[Node]
    rests: list[Rest]
    lines: list[Line]
    types: dict[str, int]  # type → nodes drawn, the focus not counted
    relations: dict[str, int]  # relation → edges drawn
    cut: int  # edges between drawn nodes that are not drawn


@dataclass(frozen=True)
class Adjacency:
    """The edges of a version by node, as arrays: those of node i at `start[i]:start[i + 1]`."""

    ids: list[str]
    at: dict[str, int]
    types: list[str]
    kind: Ints  # of each node, into `types`
    relations: list[str]
    start: Ints
    other: Ints
    relation: Ints  # into `relations`
    row: Ints  # of the edge, in its relation's table
    out: NDArray[np.bool_]

    def of(self, node: int) -> slice:
        """Give where a node's edges stand."""
        return slice(int(self.start[node]), int(self.start[node + 1]))


def adjacency(L: Landscape) -> Adjacency:
    """Make the adjacency of a version: O(m log m), once; about 1 s and 60 MB for 1M edges."""
    types = list(L.nodes)
    ids = [id for kind in types for id in L.nodes[kind].column("id").to_pylist()]
    kind = np.repeat(np.arange(len(types)), [L.nodes[k].num_rows for k in types])
    at = {id: i for i, id in enumerate(ids)}
    known_ids = pa.array(ids, pa.string())
    relations = [r for r in L.edges if r not in NOT_DRAWN]
    ends: list[tuple[Ints, Ints]] = [_ends(L, r, known_ids) for r in relations]
    source = np.concatenate([s for s, _ in ends])
    target = np.concatenate([t for _, t in ends])
    relation = np.repeat(np.arange(len(relations)), [len(s) for s, _ in ends])
    row = np.concatenate([np.arange(len(s)) for s, _ in ends])
    known = (source >= 0) & (target >= 0)
    both = [np.concatenate((a[known], b[known])) for a, b in ((source, target), (target, source))]
    twice = [np.concatenate((a[known], a[known])) for a in (relation, row)]
    out = np.arange(len(both[0])) < known.sum()
    order = np.lexsort((twice[1], ~out, twice[0], both[0]))
    start = np.searchsorted(both[0][order], np.arange(len(ids) + 1))
    return Adjacency(
        ids,
        at,
        types,
        kind,
        relations,
        start,
        both[1][order],
        twice[0][order],
        twice[1][order],
        out[order],
    )


def _ends(L: Landscape, relation: str, ids: pa.Array) -> tuple[Ints, Ints]:
    """Give the places of both ends of each edge among the ids; -1 where an end is no node."""
    table = L.edges[relation]
    found = [pc.fill_null(pc.index_in(table[c], value_set=ids), -1) for c in ("source", "target")]
    return found[0].to_numpy().astype(np.int64), found[1].to_numpy().astype(np.int64)


def picture(
    L: Landscape,
    A: Adjacency,
    focus: str,
    steps: int,
    opened: Collection[str],
    types: Collection[str] | None,
    relations: Collection[str] | None,
    lang: str,
) -> Picture:
    """Draw what is around a node; `KeyError` if there is none.

    Parameters
    ----------
    steps
        How far, 1 to 3.
    opened
        Nodes of which more neighbours are drawn, also those on the outmost ring.
    types, relations
        Those that may be drawn; None: all. The way to a node leads over drawn ones only.

    Notes
    -----
    O(d) for d edges of the nodes drawn, of which there are at most `MOST_NODES`.
    """
    start = A.at[focus]
    allowed = _allowed(A, types, relations)
    more = {A.at[id] for id in opened if id in A.at}
    hops, children = _reached(A, start, steps, more, allowed)
    hidden = {u: len(_around(A, u, allowed) - hops.keys()) for u in hops}
    tree: dict[Any, list[Any]] = {u: list(found) for u, found in children.items()}
    for u, found in tree.items():
        if hidden[u] and (hops[u] <= MARKED or u in more):
            found.append((MORE, u))
    places = radial(tree, start)
    nodes = [_node(L, A, u, hop, hidden[u], places[u], lang) for u, hop in hops.items()]
    rests = [Rest(A.ids[u], hidden[u], *places[MORE, u]) for u in hops if (MORE, u) in places]
    lines, cut = _lines(L, A, hops, allowed, lang)
    return Picture(
        focus,
        _told_apart(L, nodes, lang),
        rests,
        lines,
        dict(Counter(n.type for n in nodes[1:])),
        dict(Counter(e.relation for e in lines)),
        cut,
    )


def _allowed(
    A: Adjacency, types: Collection[str] | None, relations: Collection[str] | None
) -> NDArray[np.bool_]:
    """Say of each entry of the adjacency whether its relation and its far end may be drawn."""
    by_type = np.array([types is None or t in types for t in A.types])
    by_relation = np.array([relations is None or r in relations for r in A.relations])
    found: NDArray[np.bool_] = by_type[A.kind[A.other]] & by_relation[A.relation]
    return found


def _around(A: Adjacency, u: int, allowed: NDArray[np.bool_]) -> set[int]:
    at = A.of(u)
    return set(A.other[at][allowed[at]].tolist()) - {u}


def _reached(
    A: Adjacency, start: int, steps: int, opened: Collection[int], allowed: NDArray[np.bool_]
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Give the nodes drawn with their steps, and which one each was reached from."""
    hops, children = {start: 0}, {}
    queue = [start]
    for u in queue:
        if hops[u] >= steps and u not in opened:
            continue
        most = max(OPENED if u in opened else 0, AT_STEP[min(hops[u], len(AT_STEP) - 1)])
        room = min(most, MOST_NODES - len(hops))
        new = [(v, r) for v, r in _ranked(A, u, allowed).items() if v not in hops][: max(0, room)]
        children[u] = [v for v, _ in sorted(new, key=lambda found: found[1])]
        for v in children[u]:
            hops[v] = hops[u] + 1
            queue.append(v)
    return hops, children


def _ranked(A: Adjacency, u: int, allowed: NDArray[np.bool_]) -> dict[int, int]:
    """Give the neighbours of a node, of each relation the best connected in turn.

    Each leads to its place by relation: drawn in that order, a stretch of the ring is of one kind.
    """
    at = A.of(u)
    other, relation = A.other[at][allowed[at]], A.relation[at][allowed[at]]
    degree = A.start[other + 1] - A.start[other]
    order = np.lexsort((other, -degree, relation))
    other, relation = other[order], relation[order]
    first = np.searchsorted(relation, relation)  # where each entry's relation begins
    turn = np.lexsort((relation, np.arange(len(relation)) - first)).tolist()
    found: dict[int, int] = {}
    for i in turn:
        found.setdefault(int(other[i]), i)
    found.pop(u, None)
    return found


def _node(
    L: Landscape, A: Adjacency, u: int, hop: int, hidden: int, at: tuple[float, float], lang: str
) -> Node:
    degree = int(A.start[u + 1] - A.start[u])
    return Node(A.ids[u], A.types[A.kind[u]], L.name(A.ids[u], lang), hop, hidden, degree, *at)


def _lines(
    L: Landscape, A: Adjacency, hops: dict[int, int], allowed: NDArray[np.bool_], lang: str
) -> tuple[list[Line], int]:
    """Give the edges between drawn nodes, the nearest first, and how many are left out."""
    found = [
        (max(hops[u], hops[v]), r, row, u, v)
        for u in hops
        for v, r, row in _outgoing(A, u, allowed)
        if v in hops
    ]
    found.sort()
    lines = []
    for _, r, row, u, v in found[:MOST_EDGES]:
        relation = A.relations[r]
        edge = L.edges[relation].slice(row, 1).to_pylist()[0]
        origins = tuple(L.origins_of(edge["id"]))
        how = BLOCKED if edge.get("status") == "stopped" else how_known(edge, origins)
        said = remark(L, relation, edge, lang)
        lines.append(Line(edge["id"], relation, A.ids[u], A.ids[v], how, said, origins))
    return lines, max(0, len(found) - MOST_EDGES)


def _outgoing(A: Adjacency, u: int, allowed: NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    at = A.of(u)
    here = allowed[at] & A.out[at]
    columns = (A.other, A.relation, A.row)
    return zip(*(c[at][here].tolist() for c in columns), strict=True)


def _told_apart(L: Landscape, nodes: Sequence[Node], lang: str) -> list[Node]:
    """Write the government behind nodes of one type that bear one name."""
    names = Counter((n.type, n.name) for n in nodes)
    return [
        n._replace(name=f"{n.name} · {L.name(government, lang)}")
        if names[n.type, n.name] > 1 and (government := L.node(n.id).get("government"))
        else n
        for n in nodes
    ]


def most_connected(
    L: Landscape, A: Adjacency, limit: int, lang: str
) -> list[tuple[str, str, str, int]]:
    """List the applications with most edges: (id, type, name, edges)."""
    degree = np.diff(A.start)
    apps = np.flatnonzero(A.kind == A.types.index("Application"))
    best = apps[np.lexsort((apps, -degree[apps]))][:limit]
    return [(A.ids[u], "Application", L.name(A.ids[u], lang), int(degree[u])) for u in best]
