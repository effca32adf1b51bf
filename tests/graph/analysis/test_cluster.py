"""Groups that are all alike: no chains, nobody lost, nobody twice."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.cluster import LINKED, Matrix, groups


def matrix(n: int, pairs: dict[tuple[int, int], float]) -> Matrix:
    out = np.zeros((n, n))
    for (i, j), p in pairs.items():
        out[i, j] = out[j, i] = p
    return out


def block(*sizes: int, inside: float = 0.9, between: float = 0.02) -> Matrix:
    label = np.repeat(range(len(sizes)), sizes)
    out = np.where(label[:, None] == label[None, :], inside, between)
    np.fill_diagonal(out, 0)
    return out


def test_a_chain_is_no_cluster() -> None:
    chain = matrix(6, {(n, n + 1): 0.95 for n in range(5)})
    found = groups(chain)
    assert max(map(len, found)) == 2
    assert [0, 1, 2, 3, 4, 5] not in found


def test_blocks_are_found_and_who_resembles_none_is_alone() -> None:
    assert groups(block(4, 3, 1)) == [[0, 1, 2, 3], [4, 5, 6], [7]]


def test_nothing_and_one_and_two() -> None:
    assert groups(np.zeros((0, 0))) == []
    assert groups(np.zeros((1, 1))) == [[0]]
    assert groups(matrix(2, {(0, 1): 0.8})) == [[0, 1]]
    assert groups(matrix(2, {(0, 1): 0.3})) == [[0], [1]]


def test_a_loose_end_does_not_join_a_clique() -> None:
    clique = dict.fromkeys(itertools.combinations(range(4), 2), 0.95)
    assert groups(matrix(5, clique | {(3, 4): 0.95})) == [[0, 1, 2, 3], [4]]


@st.composite
def likelihoods(draw: st.DrawFn) -> Matrix:
    n = draw(st.integers(0, 9))
    pairs = list(itertools.combinations(range(n), 2))
    chances = draw(st.lists(st.floats(0, 1), min_size=len(pairs), max_size=len(pairs)))
    return matrix(n, dict(zip(pairs, chances, strict=True)))


@settings(max_examples=200, deadline=None)
@given(likelihoods())
def test_every_member_is_linked_to_more_than_half_of_the_others(likely: Matrix) -> None:
    found = groups(likely)
    assert sorted(itertools.chain(*found)) == list(range(len(likely)))
    for group in found:
        for m in group:
            linked = sum(likely[m, o] >= LINKED for o in group if o != m)
            assert linked > (len(group) - 1) / 2 or len(group) == 1
    assert groups(likely) == found
