"""Where circles and nodes are drawn: fixed layouts, the same for the same input.

`radial` places a tree in rings around its root; `lattice` and `pack` place circles without
overlap. None is force-directed: a picture that one knows stays where it was.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
Point = tuple[float, float]
N = TypeVar("N", bound=Hashable)
STEP = 2.4  # between rings, in the least distance of two nodes on a ring
AIR = 2.3  # between the middles of circles of radius 1 in a patch
AT_ONCE = 24  # candidate places that `pack` looks at together


def radial(children: Mapping[N, Sequence[N]], root: N) -> dict[N, Point]:
    """Place a tree: the root in the middle, a ring for each step, a sector for each subtree.

    Two nodes of a ring are at least about 1 apart, two rings at least `STEP`.

    Notes
    -----
    O(n). A subtree needs the angle of its leaves, or of its root where that is more; the rings
    grow until all fit. Source: G. Wills, "NicheWorks", GD '97 (rings and sectors by leaves).
    """
    depth, order = {root: 0}, [root]
    for u in order:
        for v in children.get(u, ()):
            depth[v] = depth[u] + 1
            order.append(v)
    need: dict[N, float] = {}
    for u in reversed(order):
        inside = sum(need[v] for v in children.get(u, ()))
        need[u] = max(1 / depth[u], inside) if depth[u] else inside
    step = max(STEP, need[root] / (2 * np.pi))
    found: dict[N, Point] = {root: (0.0, 0.0)}
    sector = {root: (-np.pi / 2, 2 * np.pi)}  # where it begins, how wide it is
    for u in order:
        start, width = sector[u]
        whole = sum(need[v] for v in children.get(u, ()))
        if u != root:  # children stay on their parent's side
            narrow = min(width, max(2 * np.pi / 3, whole / step))
            start, width = start + (width - narrow) / 2, narrow
        for v in children.get(u, ()):
            share = width * need[v] / whole
            angle, radius = start + share / 2, step * depth[v]
            found[v] = (float(radius * np.cos(angle)), float(radius * np.sin(angle)))
            sector[v] = (start, share)
            start += share
    return found


def lattice(n: int) -> Floats:
    """Give the centres of n circles of radius 1 in a round patch, as an (n, 2) array.

    Points of a hexagonal lattice with a little air, those nearest to the middle; sorted by angle,
    so what is given in order lies in wedges. O(n log n).
    """
    reach = int(np.ceil(np.sqrt(n))) + 2
    i, j = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    x, y = (i + j / 2).ravel(), (j * np.sqrt(3) / 2).ravel()
    if n > 1:  # around the middle of three, not around one: no circle lies on the seam
        x, y = x - 0.5, y - np.sqrt(3) / 6
    near = np.lexsort((np.arctan2(y, x).round(9), np.hypot(x, y).round(9)))[:n]
    found: Floats = AIR * np.column_stack((x, y))[near]
    found -= found.mean(axis=0)
    return found[np.lexsort((np.hypot(*found.T), np.arctan2(found[:, 1], found[:, 0]).round(9)))]


def pack(radii: Sequence[float] | Floats) -> Floats:
    """Give centres of circles that touch but do not overlap, as an (n, 2) array.

    The largest lies in the middle; each further one where it touches two others, nearest to the
    middle. About O(n√n) in numpy: 0.2 s for 720 circles. Places between circles are tried once.
    Source: the tangent-circle idea of W. Wang et al., "Visualization of large hierarchical data
    by circle packing", CHI 2006.
    """
    r = np.asarray(radii, dtype=float)
    order = np.argsort(-r, kind="stable")
    at = np.zeros((len(r), 2))
    if len(r) > 1:
        at[1, 0] = r[order[0]] + r[order[1]]
    sizes = r[order]
    pairs = np.array([[0, 1], [1, 0]])  # the place on the left of the way from one to the other
    for k in range(2, len(r)):
        pairs, at[k] = _next(at[:k], sizes[:k], sizes[k], pairs)
        pairs = np.concatenate((pairs, _touching(at[: k + 1], sizes[: k + 1])))
    found = np.empty_like(at)
    found[order] = at
    return found


def enclosing(at: Floats, radii: Floats) -> tuple[Floats, float]:
    """Give the middle and radius of a circle around circles, at most a hundredth too large.

    O(n) for each of 300 steps to the farthest circle. Source: M. Bădoiu and K. Clarkson,
    "Smaller core-sets for balls", SODA 2003.
    """
    if not len(at):
        return np.zeros(2), 1.0
    middle = at.mean(axis=0)
    for step in range(2, 300):
        away = at - middle
        reach = np.hypot(away[:, 0], away[:, 1])
        far = int(np.argmax(reach + radii))
        if reach[far]:
            middle = middle + away[far] / reach[far] * (reach[far] + radii[far]) / step
    radius = float(np.max(np.hypot(*(at - middle).T) + radii))
    return middle, radius


def _next(at: Floats, sizes: Floats, size: float, pairs: Pairs) -> tuple[Pairs, Floats]:
    """Find the free place nearest to the middle; give the pairs still to be tried, and it."""
    places = _tangent(at, sizes, size, pairs)
    order = np.argsort(np.hypot(places[:, 0], places[:, 1]), kind="stable")  # NaN comes last
    for start in range(0, len(order), AT_ONCE):
        tried = order[start : start + AT_ONCE]
        away = places[tried, None, :] - at[None, :, :]
        free = (np.hypot(away[..., 0], away[..., 1]) >= (sizes + size) * (1 - 1e-9)).all(axis=1)
        if free.any():
            first = start + int(np.argmax(free))
            return pairs[np.sort(order[first + 1 :])], places[order[first]]
    beside = float(np.max(at[:, 0] + sizes)) + size
    return pairs[:0], np.array([beside, 0.0])


def _tangent(at: Floats, sizes: Floats, size: float, pairs: Pairs) -> Floats:
    """Give where a circle touches both of each pair, on the left of the way between them."""
    a, b = at[pairs[:, 0]], at[pairs[:, 1]]
    to_a, to_b = sizes[pairs[:, 0]] + size, sizes[pairs[:, 1]] + size
    way = b - a
    length = np.hypot(way[:, 0], way[:, 1])
    along = (length**2 + to_a**2 - to_b**2) / (2 * length)
    with np.errstate(invalid="ignore"):  # too far apart for this size: no place, NaN
        beside = np.sqrt(to_a**2 - along**2)
    u = way / length[:, None]
    left = np.column_stack((-u[:, 1], u[:, 0]))
    found: Floats = a + along[:, None] * u + beside[:, None] * left
    return found


def _touching(at: Floats, sizes: Floats) -> Pairs:
    """Pair the last circle, both ways, with those so near that one of its size fits between."""
    last = len(at) - 1
    gap = np.hypot(*(at[:last] - at[last]).T) - sizes[:last] - sizes[last]
    near = np.flatnonzero(gap < 2 * sizes[last])
    both = np.column_stack((near, np.full(len(near), last)))
    return np.concatenate((both, both[:, ::-1]))
