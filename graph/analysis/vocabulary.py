"""The functional vocabulary as a matcher: which labels stand in a text, whole words, longest first.

Words are compared without case, marks, hyphens and dots, and without the blanks between them, so
that `e-surat`, `E Surat` and `esurat` are one, and `S.I.M.P.E.G.` is `simpeg`.  A label never
reaches over the end of a clause.  A word that is no label may be one by its stem, at less weight.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Protocol

STRONG, WEAK = 3.0, 1.0
LONGER = 0.5  # what each further word of a label adds
INFLECTED = 0.6  # "pelaporan" must not count as much as "lapor", nor "sipresensi" as "presensi"
SHORTEST = 4  # letters that a label must have to be found behind a prefix
PREFIXES = ("simpel", "sim", "si", "my", "e", "i", "m")  # of names of systems

_CLAUSE_END = re.compile(r"[;,:!?()\[\]\n\"“”•|]+|\.(?=\s|$)|\s[-–—]\s")
_WORD = re.compile(r"[a-z0-9]+")
_PLURAL = re.compile(r"(?<=[a-z]{3})2$")  # surat2: the written plural of short messages
_AFFIXED = re.compile(r"^(?:me|pe|di|ke|se|te|be)|(?:an|i|is|isme|nya|lah|kah|tah|pun|ku|mu)$")
_FILLERS = frozenset(
    (
        *("dan", "atau", "di", "untuk", "yang", "dengan", "dari", "oleh", "ke", "pada", "secara"),
        *("the", "of", "and", "for", "in"),
    )
)
_ABBREVIATED = {
    "yg": (),
    "utk": (),
    "dgn": (),
    "dg": (),
    "dr": (),
    "pd": (),
    "kab": ("kabupaten",),
    "kec": ("kecamatan",),
    "kel": ("kelurahan",),
    "prov": ("provinsi",),
    "lalin": ("lalu", "lintas"),
}


class Term(Protocol):
    """A function of the vocabulary, with the words that tell it."""

    @property
    def code(self) -> str:
        """The stable code."""

    @property
    def name_id(self) -> str:
        """Its name in Indonesian."""

    @property
    def definition_id(self) -> str:
        """What an application must do to perform it; the first sentence is about itself."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Words that tell this function and no other."""

    @property
    def weak_labels(self) -> tuple[str, ...]:
        """Words that may not decide alone."""


class Hit(NamedTuple):
    """A label found in a text: the function it speaks for, and how much.

    Parameters
    ----------
    label
        As the vocabulary writes it.
    strong
        Whether it may decide alone.
    weight
        In the unit of one weak word.
    words
        As the text has it: the words a reader finds there.
    """

    code: str
    label: str
    strong: bool
    weight: float
    words: str


@dataclass(frozen=True)
class Entry:
    """A label, its words, and the functions it speaks for (strongly or not)."""

    label: str
    words: tuple[str, ...]
    codes: Mapping[str, bool]

    @cached_property
    def is_weak(self) -> bool:
        """Tell whether it speaks strongly for no function."""
        return not any(self.codes.values())


def words(text: str) -> list[str]:
    """Split a text into bare words; letters that stand alone are joined to what they spell.

    >>> words("S.I.M.P.E.G. & surat2 Kab. Magetan")
    ['simpeg', 'surat', 'kabupaten', 'magetan']
    """
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marks if not unicodedata.combining(c))
    found: list[str] = []
    for word in _joined(_WORD.findall(text.casefold())):
        if word in _ABBREVIATED:
            found += _ABBREVIATED[word]
        elif word not in _FILLERS:
            found.append(_PLURAL.sub("", word) if word[-1] == "2" else word)
    return found


def clauses(text: str) -> list[list[str]]:
    """Split a text at the marks that end a thought; give the words of each part."""
    return [found for part in _CLAUSE_END.split(text) if (found := words(part))]


def _joined(found: Sequence[str]) -> list[str]:
    """Join runs of single letters, and `e` with the word it electrifies."""
    out: list[str] = []
    run = ""
    for word in found:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run == "e" and len(word) >= 3:
            word = "e" + word
        elif run:
            out.append(run)
        run = ""
        out.append(word)
    return [*out, run] if run else out


@cache
def _stemmer() -> Callable[[str], str]:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # only where stems are asked for

    stemmer: Callable[[str], str] = StemmerFactory().create_stemmer().stem
    return stemmer


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """Give the Indonesian stem of a word; a distinct word with an affix costs 70 µs, once."""
    return _stemmer()(word) if len(word) > 4 and _AFFIXED.search(word) else word


class Vocabulary:
    """The labels of all functions, ready to be found in texts.

    Parameters
    ----------
    terms
        The functions; their order does not matter to what is found.

    Notes
    -----
    A strong label weighs 3, less for words that many functions use; a weak one weighs 1, by
    rarity, shared among its functions; each further word adds half.  Rarity is read off the
    vocabulary and not off the applications, so no application's function depends on the others.
    About 0.4 s to make, 20 µs a text of ten words to use.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(sorted(terms, key=lambda t: t.code))
        self._surface = _surfaces(self.terms)
        self._stems = _stems(self._surface)
        self._open = {key[:n] for key in self._surface for n in range(1, len(key) + 1)}
        self._open_stems = {p for key in self._stems for p in _prefixes(key)}
        self._rarity = _rarity(self.terms)
        self._start = lru_cache(maxsize=100_000)(self._starts)
        self._bases = cache(self._rated)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the functions, sorted."""
        return tuple(t.code for t in self.terms)

    @cached_property
    def everyday(self) -> frozenset[str]:
        """The words that tell jobs and things: those of labels of two words or more, and names."""
        phrases = (w for t in self.terms for w in (*t.labels, *t.weak_labels, t.name_id))
        return frozenset(w for p in phrases if len(found := words(p)) > 1 for w in found)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """All that the vocabulary says in words about each function, in the order of `codes`."""
        return tuple(
            " ; ".join(
                (*t.labels, t.name_id, t.name_id, *t.weak_labels, t.definition_id.split(".")[0])
            )
            for t in self.terms
        )

    def hits(self, text: str) -> list[Hit]:
        """Find the labels in a text; a word counts once, for the longest label it stands in.

        Of two that are as long, a strong one wins, then the later one: what comes last in an
        Indonesian phrase specifies it (nomor *antrean puskesmas*).
        """
        return [hit for clause in clauses(text) for hit in self._in_clause(clause)]

    def _in_clause(self, clause: Sequence[str]) -> Iterable[Hit]:
        spans = list(self._spans(clause))
        if len(spans) > 1:
            spans.sort(key=lambda s: (-s[1], -s[3], s[2].is_weak, -s[0]))
        taken = [False] * len(clause)
        for at, length, entry, form in spans:
            if not any(taken[at : at + length]):
                taken[at : at + length] = [True] * length
                yield from self._weighed(entry, form, " ".join(clause[at : at + length]))

    def _spans(self, clause: Sequence[str]) -> Iterable[tuple[int, int, Entry, float]]:
        """Give (start, words, label, form) of every label in a clause, overlapping ones too."""
        starts = map(self._start, clause)
        for at, (opens, inner) in enumerate(starts):
            if opens:
                yield from self._from(clause, at)
            if inner is not None:
                yield at, 1, inner, INFLECTED

    def _starts(self, word: str) -> tuple[bool, Entry | None]:
        """Tell whether a label can begin with a word, and which one stands behind its prefix."""
        opens = word in self._open or stem(word) in self._open_stems
        return opens, self._behind_prefix(word)

    def _from(self, clause: Sequence[str], at: int) -> Iterable[tuple[int, int, Entry, float]]:
        letters = stemmed = ""
        for length, word in enumerate(clause[at:], start=1):
            letters += word
            stemmed = f"{stemmed} {stem(word)}".lstrip()
            is_open, stem_is_open = letters in self._open, stemmed in self._open_stems
            if is_open and letters in self._surface:
                yield at, length, self._surface[letters], 1.0
            elif stem_is_open and stemmed in self._stems:
                yield at, length, self._stems[stemmed], INFLECTED
            if not (is_open or stem_is_open):
                return

    def _behind_prefix(self, word: str) -> Entry | None:
        """Find the strong label in `epresensi`, `sipresensi`, unless the word is a label itself."""
        if word in self._surface:
            return None
        for prefix in PREFIXES:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= SHORTEST:
                entry = self._surface.get(rest)
                if entry and not entry.is_weak:
                    return entry
        return None

    def _weighed(self, entry: Entry, form: float, found: str) -> Iterable[Hit]:
        scale = form * (1 + LONGER * (len(entry.words) - 1))
        strong, weak = self._bases(entry.words)
        for code, is_strong in entry.codes.items():
            base = strong if is_strong else weak / len(entry.codes)
            yield Hit(code, entry.label, is_strong, base * scale, found)

    def _rated(self, spelt: tuple[str, ...]) -> tuple[float, float]:
        """Give what a label of these words weighs, by their rarity: a strong one, a weak one."""
        rarity = sum(self._rarity[w] for w in spelt) / len(spelt)
        return STRONG * (1 + rarity) / 2, WEAK * rarity


def _surfaces(terms: Sequence[Term]) -> dict[str, Entry]:
    """Give the labels by their bare letters; strong wins over weak within a function."""
    found: dict[str, Entry] = {}
    for strong in (True, False):
        for term in terms:
            for label in (*term.labels, term.name_id) if strong else term.weak_labels:
                _add(found, "".join(words(label)), label, words(label), {term.code: strong})
    return found


def _stems(surface: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give the labels by their stems; a name of a system (KOTAKU) has none (kota)."""
    found: dict[str, Entry] = {}
    for entry in surface.values():
        if len(entry.words) == 1 and entry.label != entry.label.lower():
            continue
        _add(found, " ".join(map(stem, entry.words)), entry.label, entry.words, entry.codes)
    return found


def _add(
    index: dict[str, Entry], key: str, label: str, spelt: Sequence[str], codes: Mapping[str, bool]
) -> None:
    old = index.get(key)
    if old is not None:
        index[key] = Entry(old.label, old.words, {**codes, **old.codes})
    elif key:
        index[key] = Entry(label, tuple(spelt), dict(codes))


def _prefixes(key: str) -> Iterable[str]:
    parts = key.split(" ")
    return (" ".join(parts[:n]) for n in range(1, len(parts) + 1))


def _rarity(terms: Sequence[Term]) -> dict[str, float]:
    """Give each word's rarity among the functions: 1 in one of them, falling to .15 in all."""
    used = Counter(
        word
        for t in terms
        for word in {w for text in (*t.labels, *t.weak_labels, t.name_id) for w in words(text)}
    )
    top = math.log(1 + len(terms))
    return {w: max(0.15, math.log((1 + len(terms)) / n) / top) for w, n in used.items()}
