"""Groups of applications that are all alike, not a chain in which each resembles the next.

Leiden with the constant Potts model: with resolution .5 a group holds together only if its
members are, on average, more likely alike than not.  What Leiden leaves as a chain is split.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from graspologic_native import leiden_csr
from numpy.typing import NDArray
from scipy.sparse import csr_array

RESOLUTION = 0.5
LINKED = 0.5  # probability from which two members are linked
SEED = 1
TRIALS = 3
FAINT = 0.05  # probabilities below are no edges

Matrix = NDArray[np.float64]


def groups(likeness: Matrix) -> list[list[int]]:
    """Split 0 … n-1 into groups in which every member is linked to more than half of the others.

    Parameters
    ----------
    likeness
        Symmetric, n by n; probabilities 0 to 1. Rows must come in an order of content, not of
        ids, so that equal content gives equal groups.

    Returns
    -------
    list
        Groups by their first member, each sorted; one that resembles none is alone.

    Notes
    -----
    O(n²) memory. Source: Traag, Waltman and van Eck, Scientific Reports 9, 2019 (Leiden);
    Traag, Van Dooren and Nesterov, Physical Review E 84, 2011 (constant Potts model).
    """
    pairs = likeness[upper(len(likeness))]
    if (pairs > RESOLUTION).all():  # then no split is better than none
        return [list(range(len(likeness)))] if len(likeness) else []
    if (pairs < RESOLUTION).all():  # ... and here no union
        return [[n] for n in range(len(likeness))]
    whole = [part for found in _leiden(likeness) for part in _unchained(likeness, found)]
    return sorted(sorted(part) for part in whole)


@lru_cache(maxsize=128)
def upper(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the rows and columns above the diagonal of n by n; not to be written to."""
    return np.triu_indices(n, 1)


def _leiden(likeness: Matrix) -> list[list[int]]:
    n = len(likeness)
    strong = np.where(likeness >= FAINT, likeness, 0.0)
    np.fill_diagonal(strong, 0.0)
    joined = np.flatnonzero(strong.any(axis=1))
    alone = [[int(i)] for i in np.setdiff1d(np.arange(n), joined)]
    if not len(joined):
        return alone
    graph = csr_array(strong[np.ix_(joined, joined)])
    _, community = leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        len(joined),
        resolution=RESOLUTION,
        use_modularity=False,
        seed=SEED,
        iterations=2,
        trials=TRIALS,
    )
    found: dict[int, list[int]] = {}
    for place, at in enumerate(joined.tolist()):
        found.setdefault(community[place], []).append(at)
    return [*alone, *found.values()]


def _unchained(likeness: Matrix, members: Sequence[int]) -> list[list[int]]:
    """Take out the least linked member until each is linked to more than half of the others."""
    kept, out = list(members), []
    while len(kept) > 1:
        inner = likeness[np.ix_(kept, kept)]
        links = (inner >= LINKED).sum(axis=1) - (np.diag(inner) >= LINKED)
        if (links > (len(kept) - 1) / 2).all():
            break
        mean = inner.sum(axis=1) - np.diag(inner)
        worst = min(range(len(kept)), key=lambda n: (links[n], round(float(mean[n]), 9), -n))
        out.append(kept.pop(worst))
    rest = _unchained(likeness, sorted(out)) if len(out) > 1 else [out] * bool(out)
    return [kept, *rest]
