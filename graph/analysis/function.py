"""Which functions an application performs, by the words that name and describe it.

Labels of the vocabulary decide; where none that may decide alone is found, the words a function
is described with are compared as a whole.  What is not said with certainty is abstained from.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from graph.analysis.vocabulary import Term, Vocabulary, stem, words

NAMED = 1.5  # what a label in a name counts more than one in a description
WHOLE = 4.0  # what a cosine of 1 with all that is said about a function counts
LEAST_LABEL = 1.0  # weight of labels from which a strong one decides
LEAST_COSINE = 0.1  # below, the words as a whole decide nothing
LEAST_LEAD = 1.2  # ... nor if the next function is this near
NEAR = 0.4  # share of the first function's weight from which another one is given too
MOST = 3  # functions per application
PREFACE = 6  # words that follow each other alike in many texts are a preface
PREFACE_SHARE, PREFACE_TEXTS = 0.2, 3
WEBSITE = "WEBSITE"
_SITE_OF = re.compile(
    r"\W*(?:permohonan\s+)?(?:(?:website|situs(?:\s+web)?|laman)\s+resmi\b|website\s+(?:resmi\s+)?"
    r"(?:dinas|badan|biro|bagian|kantor|kecamatan|sekretariat|inspektorat|rumah\s+sakit|komisi|pkk)\b)",
    re.IGNORECASE,
)
_SITE_DOES = re.compile(
    r"\b(?:untuk|pengajuan|pendaftaran|pelaporan|aplikasi|sistem|database)\b", re.IGNORECASE
)
_SITE_WORDS = frozenset({"website", "web", "situs", "laman", "homepage"})


class Subject(NamedTuple):
    """What is known in words about one application.

    Parameters
    ----------
    source
        Where its description stands; prefaces are those of a source.
    government
        Whose it is: web and mobile of one name and one government are one product.
    """

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    government: str = ""


class Performed(NamedTuple):
    """A function an application performs.

    Parameters
    ----------
    confidence
        0 to 1: the share of assignments like this that were right, as measured.
    weight
        What was said for it, in the unit of one weak word.
    words
        The words that decided, the weightiest first.
    properties
        Where they stand: name, description or both.
    by_label
        Whether a label that may decide alone was found; else the words as a whole decided.
    """

    code: str
    confidence: float
    weight: float
    words: tuple[str, ...]
    properties: tuple[str, ...] = ("name", "description")
    by_label: bool = True


@dataclass(frozen=True)
class Assignment:
    """The functions of one application, best first; none: abstained.

    Parameters
    ----------
    text
        The description without the preface it shares with others.
    """

    id: str
    functions: tuple[Performed, ...] = ()
    text: str = ""
    vector: dict[str, float] = field(default_factory=dict)

    @property
    def abstained(self) -> bool:
        """Tell whether the words say too little."""
        return not self.functions

    @property
    def first(self) -> str | None:
        """The job without which the application would not exist."""
        return self.functions[0].code if self.functions else None

    @property
    def strength(self) -> float:
        """How much was said, 0 to 1, whether or not it is ambiguous."""
        return 1 - math.exp(-self.functions[0].weight / 2) if self.functions else 0.0


class Assigner:
    """The vocabulary, ready to say what applications do; made once, asked often.

    Notes
    -----
    Half a second to make; 0.1 ms a subject.  Constants were chosen on Kab. Madiun and Magetan
    with 30 to 50 % of all labels taken away at random (docs/decisions/0003).
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.vocabulary = Vocabulary(terms)
        self._vectorizer = TfidfVectorizer(
            analyzer=stems, sublinear_tf=True, dtype=np.float64, norm="l2"
        )
        self._functions = csr_array(self._vectorizer.fit_transform(self.vocabulary.documents))

    @cached_property
    def _words(self) -> list[str]:
        return list(self._vectorizer.get_feature_names_out())

    def assign(self, subjects: Iterable[Subject]) -> dict[str, Assignment]:
        """Say what each subject does, in the order given.

        Descriptions of one source lose the preface that many of them share.  O(total words).
        """
        found = list(subjects)
        texts = own_words(found)
        if not found:
            return {}
        wholes = [" ; ".join((*_names(s), texts[s.id])) for s in found]
        alike = self._alike(wholes)
        return {
            s.id: self._decide(s, texts[s.id], whole, cosines)
            for s, whole, cosines in zip(found, wholes, alike, strict=True)
        }

    def _alike(self, wholes: Sequence[str]) -> Iterator[dict[str, float]]:
        """Give for each text the cosine with the words of each function, where there is any."""
        rows = csr_array(self._vectorizer.transform(wholes))
        cosines = csr_array(rows @ self._functions.T)
        cosines.sort_indices()
        codes = [self.vocabulary.codes[n] for n in cosines.indices.tolist()]
        data = cosines.data.tolist()
        return (
            dict(zip(codes[a:b], data[a:b], strict=True))
            for a, b in pairwise(cosines.indptr.tolist())
        )

    def _decide(
        self, subject: Subject, text: str, whole: str, alike: Mapping[str, float]
    ) -> Assignment:
        found = self._labels(_names(subject), text)
        weights = {c: WHOLE * cosine for c, cosine in alike.items()}
        for c, told in found.items():
            if told.strong or c in weights:
                weights[c] = told.total + weights.get(c, 0.0)
        if not weights:
            return Assignment(subject.id, text=text)
        if len(weights) > len(alike):
            weights = dict(sorted(weights.items()))  # ties go to the first code
        ranked = sorted(weights, key=weights.__getitem__, reverse=True)
        best = ranked[0]
        by_label = best in found and found[best].strong and found[best].total >= LEAST_LABEL
        if by_label:
            least = NEAR * weights[best]
            near = [c for c in ranked if c in found and found[c].strong and weights[c] >= least]
            said = {c: (found[c].best, found[c].properties) for c in near}
        else:
            shared = self._shared(whole, self.vocabulary.codes.index(best))
            lead = weights[best] >= LEAST_LEAD * weights[ranked[1]] if len(ranked) > 1 else True
            if alike.get(best, 0.0) < LEAST_COSINE or not lead or len(shared) < 2:
                return Assignment(subject.id, text=text)
            near, said = [best], {best: (shared, _standing(shared, subject))}
        performed = tuple(
            Performed(c, _confidence(c, weights, ranked), weights[c], *said[c], by_label)
            for c in near[:MOST]
        )
        return Assignment(subject.id, performed, text, {c: weights[c] for c in near})

    def _labels(self, names: Sequence[str], text: str) -> dict[str, _Found]:
        """Gather the labels per function; one that a name and its aliases share counts once."""
        found: dict[str, _Found] = {}
        for prop, texts, scale in (("name", names, NAMED), ("description", (text,), 1.0)):
            here: dict[tuple[str, str], float] = {}
            for part in texts:
                for hit in self.vocabulary.hits(part):
                    key = hit.code, hit.label
                    here[key] = max(here.get(key, 0.0), hit.weight)
                    told = found.get(hit.code) or found.setdefault(hit.code, _Found())
                    told.strong |= hit.strong
                    told.words.setdefault(hit.label, hit.words)
            for (code, label), weight in here.items():
                old = found[code].weights.get(label, 0.0)
                found[code].weights[label] = old + scale * weight
                found[code].where.add(prop)
        return found

    def _shared(self, whole: str, at: int) -> tuple[str, ...]:
        """Give the words of a text that a function is described with, the telling ones first."""
        spelt: dict[str, str] = {}
        for word in words(whole):
            spelt.setdefault(stem(word), word)
        row = csr_array(self._functions[[at]])
        weight = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        known = self._vectorizer.vocabulary_
        both = [s for s in spelt if known.get(s) in weight]
        both.sort(key=lambda s: (-weight[known[s]], s))
        return tuple(spelt[s] for s in both[:4])


@dataclass
class _Found:
    weights: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # label → as the text has it
    where: set[str] = field(default_factory=set)
    strong: bool = False

    @property
    def total(self) -> float:
        """The weight of all labels together."""
        return sum(self.weights.values())

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties the labels stand in: the name first."""
        return tuple(sorted(self.where, reverse=True))

    @property
    def best(self) -> tuple[str, ...]:
        """The words of the labels by weight, as the text has them, at most four."""
        labels = sorted(self.weights, key=lambda w: (-self.weights[w], w))
        return tuple(dict.fromkeys(self.words[label] for label in labels))[:4]


def assign(subjects: Iterable[Subject], terms: Iterable[Term]) -> dict[str, Assignment]:
    """Say what each subject does: up to three functions, best first, or none."""
    return Assigner(terms).assign(subjects)


def stems(text: str) -> list[str]:
    """Split a text into stems; what text is compared by."""
    return [stem(w) for w in words(text)]


def is_website(subject: Subject, assignment: Assignment) -> bool:
    """Tell whether an application is the plain website of an office and does no other job.

    A text that begins by saying so decides: the words of the office's name are no job of its site.
    """
    if _SITE_OF.match(subject.description) and not _SITE_DOES.search(subject.description):
        return True
    if assignment.first is not None:
        return assignment.first == WEBSITE
    return bool(_SITE_WORDS & set(words(subject.name)))


def own_words(subjects: Sequence[Subject]) -> dict[str, str]:
    """Give each description without the preface it shares with many of its source.

    Six words in a row that stand in a fifth of a source's texts (and in three at least) are a
    preface, unless a text says nothing else.  O(total words).
    """
    by_source: dict[str, list[Subject]] = {}
    for s in subjects:
        by_source.setdefault(s.source, []).append(s)
    return {id: text for group in by_source.values() for id, text in _without_preface(group)}


def _without_preface(group: Sequence[Subject]) -> Iterator[tuple[str, str]]:
    spelt = {s.id: s.description.split() for s in group}
    bare = {id: list(map(_bare, found)) for id, found in spelt.items()}
    texts = Counter(g for found in bare.values() for g in set(_grams(found)))
    least = max(PREFACE_TEXTS, PREFACE_SHARE * len(group))
    common = {g for g, n in texts.items() if n >= least}
    for id, found in bare.items():
        preface = {
            at + n
            for at, gram in enumerate(_grams(found))
            if gram in common
            for n in range(PREFACE)
        }
        own = [n for n in range(len(found)) if n not in preface]
        says_more = any(found[n] for n in own)
        yield id, " ".join([spelt[id][n] for n in own] if says_more else spelt[id])


@lru_cache(maxsize=100_000)
def _bare(word: str) -> str:
    return " ".join(words(word))


def _grams(found: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(found[n : n + PREFACE]) for n in range(len(found) - PREFACE + 1)]


def _names(subject: Subject) -> tuple[str, ...]:
    return (subject.name, *subject.aliases)


def _standing(found: Iterable[str], subject: Subject) -> tuple[str, ...]:
    named = {w for name in _names(subject) for w in words(name)}
    described = set(words(subject.description))
    where = {"name": named & set(found), "description": described & set(found)}
    return tuple(prop for prop, both in where.items() if both)


def _confidence(code: str, weights: Mapping[str, float], ranked: Sequence[str]) -> float:
    """Give the share of assignments of this weight and lead that were right, as measured."""
    other = next((weights[c] for c in ranked[:2] if c != code), 0.0)
    lead = min(1.0, other / weights[code])
    share = weights[code] / weights[ranked[0]]
    return round((1 - math.exp(-weights[code])) * (1 - 0.4 * lead**2) * share, 4)
