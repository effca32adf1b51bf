"""How right functions, similar pairs and groups are on the labelled inventories.

    python -m benchmarks.redundancy.measure

Answers are read from the labelled file only to compare; constants were chosen on MDK and MGT, so
only MDN and NEW are untuned.  Beside each figure stands what a user would take instead: word and
letter cosines of name and description, as string_grouper and its like compute them.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.redundancy.inventories import TUNED, UNTUNED, labelled
from graph import reference
from graph.analysis.cluster import groups
from graph.analysis.function import Assigner, Assignment, Subject
from graph.analysis.similar import Likeness, Matrix, Weighed

BINS = (0.0, 0.05, 0.2, 0.5, 0.7, 0.9, 0.97, 1.0)
Truth = Mapping[str, set[str]]


def subjects_of(inventories: tuple[str, ...]) -> tuple[list[Subject], Truth, Mapping[str, str]]:
    """Give the applications of some inventories, their true functions, and their inventory."""
    found = labelled(inventories)
    subjects = [
        Subject(
            r["id"],
            r["name"],
            r["description"] or "",
            tuple(r["aliases"] or ()),
            found.inventory[r["id"]],
            r["government"] or "",
        )
        for r in found.landscape.rows("Application")
        if r["id"] in found.inventory
    ]
    return subjects, found.functions, found.inventory


def right(given: Mapping[str, Assignment], truth: Truth, ids: Sequence[str]) -> str:
    """Say how many of those with a true function are answered, and how many rightly."""
    known = [i for i in ids if truth[i]]
    answered = [i for i in known if not given[i].abstained]
    hit = sum(given[i].first in truth[i] for i in answered)
    top = sum(bool({f.code for f in given[i].functions} & truth[i]) for i in answered)
    return (
        f"right {hit / len(answered):.3f} of answered, covered {len(answered) / len(known):.3f}, "
        f"right {hit / len(known):.3f} of all, among first three {top / len(answered):.3f}, "
        f"n {len(known)}"
    )


def functions(assigner: Assigner) -> None:
    """Print accuracy and coverage per inventory, and with labels taken away."""
    print("\nfunctions")
    for inventory in (*TUNED, *UNTUNED):
        subjects, truth, _ = subjects_of((inventory,))
        word = "tuned on" if inventory in TUNED else "untuned"
        told = right(assigner.assign(subjects), truth, [s.id for s in subjects])
        print(f"  {inventory} ({word}): {told}")
    subjects, truth, _ = subjects_of(TUNED)
    for share in (0.7, 0.5, 0.3):
        given = Assigner(_kept(share)).assign(subjects)
        print(f"  tuned, {share:.0%} of labels: {right(given, truth, [s.id for s in subjects])}")


def _kept(share: float, seed: int = 1) -> list[reference.FunctionTerm]:
    rng = random.Random(seed)
    return [
        dataclasses.replace(
            t,
            labels=tuple(w for w in t.labels if rng.random() < share),
            weak_labels=tuple(w for w in t.weak_labels if rng.random() < share),
        )
        for t in reference.functions().values()
    ]


def pairs(assigner: Assigner, inventories: tuple[str, ...]) -> None:
    """Print reliability, pair F1, precision at 100 and B-cubed, beside plain text."""
    subjects, truth, _ = subjects_of(inventories)
    assignments = assigner.assign(subjects)
    likeness = Likeness(subjects, assignments)
    known = [n for n, i in enumerate(likeness.ids) if truth[i]]
    same = {
        (a, b) for a, b in combinations(known, 2) if truth[likeness.ids[a]] & truth[likeness.ids[b]]
    }
    found = likeness.candidates()
    chance = {
        (int(a), int(b)): float(p)
        for a, b, p in zip(found.left, found.right, found.probability, strict=True)
        if truth[likeness.ids[a]] and truth[likeness.ids[b]]
    }
    print(f"\npairs of {', '.join(inventories)}: {len(known)} applications, {len(same)} true pairs")
    _reliability(chance, same)
    _quality("probability >= .5", {e for e, p in chance.items() if p >= 0.5}, same, chance)
    words, letters = (likeness.words @ likeness.words.T).toarray(), _letters(likeness)
    for name, cosine, least in (
        ("word cosine >= .3", words, 0.3),
        ("char-3 cosine >= .5", letters, 0.5),
    ):
        score = {(a, b): float(cosine[a, b]) for a, b in combinations(known, 2)}
        _quality(name, {e for e, s in score.items() if s >= least}, same, score)
    _b_cubed("groups within functions", _clustered(likeness), known, likeness, truth)
    _b_cubed("char-3 >= .5, connected", _components(letters, 0.5), known, likeness, truth)


def _reliability(chance: Mapping[tuple[int, int], float], same: set[tuple[int, int]]) -> None:
    for low, high in pairwise(BINS):
        inside = [e for e, p in chance.items() if low <= p < high or p == high == 1.0]
        if inside:
            mean = sum(chance[e] for e in inside) / len(inside)
            true = sum(e in same for e in inside) / len(inside)
            print(
                f"  told {low:.2f} to {high:.2f}: {len(inside):4} pairs, "
                f"mean {mean:.3f}, true {true:.3f}"
            )


def _quality(
    name: str,
    chosen: set[tuple[int, int]],
    same: set[tuple[int, int]],
    score: Mapping[tuple[int, int], float],
) -> None:
    hit = len(chosen & same)
    precision, recall = hit / max(1, len(chosen)), hit / len(same)
    f1 = 2 * hit / (len(chosen) + len(same))
    best = sorted(score, key=lambda e: (-score[e], e))[:100]
    at100 = sum(e in same for e in best) / len(best)
    print(
        f"  {name:24} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, P@100 {at100:.2f}"
    )


def _b_cubed(
    name: str,
    clusters: Sequence[Sequence[int]],
    known: Sequence[int],
    likeness: Likeness,
    truth: Truth,
) -> None:
    """Print B-cubed precision, recall, F1 (Bagga and Baldwin, 1998) and the largest cluster."""
    cluster = {n: at for at, group in enumerate(clusters) for n in group}

    def told(a: int, b: int) -> bool:
        return cluster[a] == cluster[b]

    def true(a: int, b: int) -> bool:
        return a == b or bool(truth[likeness.ids[a]] & truth[likeness.ids[b]])

    precision = [np.mean([true(a, b) for b in known if told(a, b)]) for a in known]
    recall = [np.mean([told(a, b) for b in known if true(a, b)]) for a in known]
    p, r = float(np.mean(precision)), float(np.mean(recall))
    largest = max(map(len, clusters))
    print(f"  {name:24} B-cubed {p:.3f} / {r:.3f} / {2 * p * r / (p + r):.3f}, largest {largest}")


def _clustered(likeness: Likeness) -> list[list[int]]:
    """Group the applications of each function, whoever owns them."""
    blocks: dict[int, list[int]] = {}
    for n, code in enumerate(likeness.first.tolist()):
        blocks.setdefault(code if code >= 0 else -n - 1, []).append(n)
    weighed = Weighed(likeness, blocks.values())
    return [[b[n] for n in g] for b in blocks.values() for g in groups(weighed.matrix(b))]


def _letters(likeness: Likeness) -> Matrix:
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=True)
    rows = csr_array(
        vectorizer.fit_transform(f"{s.name} {s.description}" for s in likeness.subjects)
    )
    return np.asarray((rows @ rows.T).toarray())


def _components(cosine: Matrix, least: float) -> list[list[int]]:
    _, label = connected_components((cosine >= least).astype(float), directed=False)
    return [np.flatnonzero(label == n).tolist() for n in range(label.max() + 1)]


def main() -> None:
    """Print everything."""
    assigner = Assigner(reference.functions().values())
    functions(assigner)
    for inventories in (TUNED, UNTUNED):
        pairs(assigner, inventories)


if __name__ == "__main__":
    main()
