"""Pairs in bits: parts that add up, the same pairs whatever the ids and the order."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import reference
from graph.analysis import similar
from graph.analysis.function import Assigner, Subject
from graph.analysis.similar import Likeness, Pair, one_product

ASSIGNER = Assigner(reference.functions().values())
JOBS = (
    *("surat masuk", "surat keluar", "disposisi", "presensi pegawai", "buku tamu", "bank sampah"),
    *("antrean puskesmas", "perpustakaan", "zubvor", "melayani warga", "laporan bulanan"),
)


@st.composite
def inventories(draw: st.DrawFn) -> list[Subject]:
    texts = st.lists(st.sampled_from(JOBS), min_size=0, max_size=4).map(", ".join)
    names = st.lists(
        st.sampled_from(("Qelxan", "Wimjof", "E-Surat", "Pesta")), min_size=1, max_size=2
    )
    n = draw(st.integers(2, 9))
    return [
        Subject(f"app:{i}", f"{' '.join(draw(names))} {i}", draw(texts), (), "town")
        for i in range(n)
    ]


def pairs(subjects: Sequence[Subject], least: float = 0.0) -> list[Pair]:
    return Likeness(subjects, ASSIGNER.assign(subjects)).pairs(least)


@settings(max_examples=60, deadline=None)
@given(inventories())
def test_the_parts_add_up_to_the_log2_odds(subjects: list[Subject]) -> None:
    for pair in pairs(subjects):
        bits = sum(part.bits for part in pair.parts)
        assert pair.probability == pytest.approx(1 / (1 + 2**-bits), abs=1e-6)
        assert pair.parts[0].kind == "prior"
        assert pair.left < pair.right


@settings(max_examples=40, deadline=None)
@given(inventories(), st.integers(0, 999))
def test_other_ids_and_another_order_give_the_same_pairs(
    subjects: list[Subject], seed: int
) -> None:
    rng = random.Random(seed)
    new = [f"app:{n:03}" for n in rng.sample(range(999), len(subjects))]
    renamed = [s._replace(id=i) for s, i in zip(subjects, new, strict=True)]
    back = dict(zip(new, (s.id for s in subjects), strict=True))
    rng.shuffle(renamed)

    def told(found: list[Pair], ids: dict[str, str]) -> set[tuple[frozenset[str], float]]:
        return {(frozenset((ids[p.left], ids[p.right])), p.probability) for p in found}

    same = {s.id: s.id for s in subjects}
    assert told(pairs(subjects), same) == told(pairs(renamed), back)


def test_one_job_in_other_words_is_similar_and_another_job_in_the_same_words_is_not() -> None:
    letters = Subject("app:a", "Qelxan", "mencatat surat masuk dan disposisi")
    memos = Subject("app:b", "Wimjof", "naskah dinas dan nota dinas elektronik")
    queue = Subject("app:c", "Qelxan", "mencatat antrean puskesmas")
    found = {frozenset((p.left, p.right)): p.probability for p in pairs([letters, memos, queue])}
    assert found[frozenset(("app:a", "app:b"))] > 0.9
    assert found.get(frozenset(("app:a", "app:c")), 0) < 0.1


def test_where_no_function_is_known_text_carries_the_pair() -> None:
    told = "zubvor qelxan wimjof tixan koplir"
    found = pairs(
        [
            Subject("app:a", "Puvexo", told),
            Subject("app:b", "Puvexo", told),
            Subject("app:c", "Hafzil", "gimtor balvex"),
        ]
    )
    assert [(p.left, p.right) for p in found if p.probability >= 0.5] == [("app:a", "app:b")]
    assert "alone" in {part.name for part in found[0].parts}


def test_web_and_mobile_of_one_government_are_one_product() -> None:
    told = "penilaian kinerja pegawai"
    two = [
        Subject(id, name, told, government="agency:x")
        for id, name in (("app:a", "E-Kinerja"), ("app:b", "E-Kinerja (Mobile)"))
    ]
    assert pairs(two) == []
    assert len(pairs([two[0], two[1]._replace(government="agency:y")])) == 1
    assert len(pairs([two[0], two[1]._replace(name="Sasaran Kerja")])) == 1
    assert one_product("Absensi Mobile", "absensi")
    assert not one_product("Mobile", "Web")


def test_a_pair_says_which_words_both_have() -> None:
    pair = pairs(
        [
            Subject("app:a", "Qelxan", "mengagendakan surat masuk"),
            Subject("app:b", "Wimjof", "surat masuk untuk camat"),
        ]
    )[0]
    parts = {part.name: part for part in pair.parts}
    assert parts["function"].words == parts["same"].words == ("PERSURATAN",)
    assert {"surat", "masuk"} <= set(parts["words"].words)


def test_large_functions_keep_the_nearest_and_weigh_them_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(4)
    subjects = [
        Subject(f"app:{n}", f"Nama{n}", f"surat masuk {' '.join(rng.sample(JOBS, 2))}")
        for n in range(30)
    ]
    every = {(p.left, p.right): p.probability for p in pairs(subjects)}
    monkeypatch.setattr(similar, "BLOCK", 10)
    monkeypatch.setattr(similar, "NEIGHBOURS", 3)
    near = {(p.left, p.right): p.probability for p in pairs(subjects)}
    assert 0 < len(near) < len(every)
    assert near.items() <= every.items()
    for s in subjects:
        mine = sorted((p for ends, p in every.items() if s.id in ends), reverse=True)
        kept = sorted((p for ends, p in near.items() if s.id in ends), reverse=True)
        assert kept[:3] == pytest.approx(mine[:3], abs=0.05)


def test_ties_between_neighbours_are_broken_by_content_and_not_by_id(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(similar, "BLOCK", 4)
    monkeypatch.setattr(similar, "NEIGHBOURS", 2)
    names = ["BAQ", "CEX", "DIV", "FOZ", "GUW", "HYJ", "KAP", "LET"]
    told = [Subject(f"app:{n}", name, "surat masuk") for n, name in enumerate(names)]
    other = [s._replace(id=f"app:{9 - n}") for n, s in enumerate(told)]

    def named(subjects: list[Subject]) -> set[frozenset[str]]:
        name = {s.id: s.name for s in subjects}
        return {frozenset((name[p.left], name[p.right])) for p in pairs(subjects)}

    assert named(told) == named(other)
    assert len(named(told)) < 28


def test_shared_words_are_those_of_all_and_the_mean_is_that_of_the_pairs() -> None:
    subjects = [Subject(f"app:{n}", n * 3, t) for n, t in zip("pqr", JOBS[:3], strict=True)]
    likeness = Likeness(subjects, ASSIGNER.assign(subjects))
    dense = likeness.words.toarray()
    want = [float(dense[i] @ dense[j]) for i, j in ((0, 1), (0, 2), (1, 2))]
    mean, common = likeness.shared_words([0, 1, 2])
    assert mean == pytest.approx(sum(want) / 3, abs=1e-5)
    assert common == ()
    assert likeness.shared_words([0, 1])[1][0] == "surat" or not math.isclose(want[0], 0)


def test_the_nearest_are_the_highest_and_ties_go_to_the_first_in_thousands_too() -> None:
    random = np.random.default_rng(1)
    score = random.integers(0, 4, size=(3, 3000)) / 4
    score[0] = 0.5  # all alike
    score[1, -1] = 0.750002  # a little more than the others, and the last
    found = similar._best(score, start=1, k=5)
    for n, best in enumerate(found):
        others = [at for at in range(3000) if at != n + 1]
        assert best.tolist() == sorted(others, key=lambda at: (-score[n, at], at))[:5]


@settings(max_examples=25, deadline=None)
@given(inventories())
def test_words_of_a_part_are_in_both_texts_the_weightiest_first(subjects: list[Subject]) -> None:
    likeness = Likeness(subjects, ASSIGNER.assign(subjects))
    dense = np.round(likeness.words.toarray(), 6)
    for pair in likeness.pairs(0.0):
        one, other = dense[likeness.place[pair.left]], dense[likeness.place[pair.right]]
        both = one * other
        want = sorted(np.flatnonzero(both), key=lambda n: (-both[n], n))[:4]
        told = {p.name: p.words for p in pair.parts}
        for name in {"words", "alone"} & told.keys():
            assert told[name] == tuple(likeness._shown[n] for n in want)
