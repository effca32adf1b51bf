"""Layouts: nothing overlaps, everything is inside, and the same input gives the same places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.answers.layouts import STEP, Floats, enclosing, lattice, pack, radial

RADII = st.lists(st.floats(0.5, 60), min_size=1, max_size=40)


def gaps(at: Floats, radii: Floats) -> float:
    """Give the least gap between two circles; less than 0 where two overlap."""
    if len(at) < 2:
        return 0.0
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) - radii[:, None] - radii[None]
    return float(away[~np.eye(len(at), dtype=bool)].min())


@settings(max_examples=60, deadline=None)
@given(RADII)
def test_packed_circles_do_not_overlap_and_each_touches_another(radii: list[float]) -> None:
    r = np.array(radii)
    at = pack(r)
    assert gaps(at, r) > -1e-6
    if len(r) > 1:
        away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) - r[:, None] - r[None]
        np.fill_diagonal(away, 99)
        assert (away.min(axis=1) < 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(RADII)
def test_the_enclosing_circle_holds_all_and_is_hardly_larger_than_it_must_be(
    radii: list[float],
) -> None:
    r = np.array(radii)
    at = pack(r)
    middle, radius = enclosing(at, r)
    assert (np.hypot(*(at - middle).T) + r <= radius + 1e-9).all()
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + r[:, None] + r[None]
    np.fill_diagonal(far, 2 * r)
    assert radius <= far.max() / np.sqrt(3) * 1.02  # Jung's bound on the smallest circle


def test_packing_is_the_same_each_time_and_holds_most_of_its_circle() -> None:
    r = np.array([9.0, 1, 4, 4, 4, 2, 7, 3, 3, 1, 1, 5] * 20)
    assert (pack(r) == pack(r)).all()
    at = pack(r)
    assert (r**2).sum() / enclosing(at, r)[1] ** 2 > 0.75


@pytest.mark.parametrize("n", [1, 2, 3, 7, 50, 1000])
def test_a_patch_of_equal_circles_is_round_and_loose(n: int) -> None:
    at = lattice(n)
    assert at.shape == (n, 2)
    assert gaps(at, np.ones(n)) >= 0
    assert np.hypot(*at.T).max() <= 1.3 * np.sqrt(n) + 1.5


def test_a_patch_is_given_in_wedges() -> None:
    at = lattice(300)
    angle = np.arctan2(at[:, 1], at[:, 0])
    assert (np.diff(angle) >= -1e-8).all()


TREE = {"o": ["a", "b", "c"], "a": ["a1", "a2"], "b": [f"b{i}" for i in range(60)], "b7": ["z"]}


def test_rings_go_by_steps_and_nodes_on_a_ring_keep_apart() -> None:
    places = radial(TREE, "o")
    assert places["o"] == (0, 0)
    ring = {n: float(np.hypot(*xy)) for n, xy in places.items()}
    assert ring["a"] == pytest.approx(ring["c"])
    assert ring["b0"] == pytest.approx(2 * ring["a"])
    assert ring["z"] == pytest.approx(3 * ring["a"])
    assert ring["a"] >= STEP
    at = np.array([xy for n, xy in places.items() if len(n) > 1 and n != "z"])
    assert gaps(at, np.full(len(at), 0.49)) >= 0


def test_children_lie_on_the_side_of_their_parent() -> None:
    places = radial(TREE, "o")
    for parent in "ab":
        sector = np.array([places[n] for n in TREE[parent]]).mean(axis=0)
        assert float(sector @ np.array(places[parent])) > 0
    assert radial(TREE, "o") == places
