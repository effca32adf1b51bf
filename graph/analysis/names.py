"""Spellings and addresses taken apart, and how alike two names are.

Words that everybody uses say nothing about which application is meant; single letters are never
dropped, because applications are acronyms and those are written in every way there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from rapidfuzz.distance import OSA

from graph.schema.records import plain


# ------------------------------------------------------------------ words
def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = _listed("""
    aplikasi apps app apk sistem sistim system informasi information manajemen management elektronik
    electronic digital online daring luring web website webiste situs portal laman mobile android
    ios seluler desktop versi version ver new baru lama super terpadu terintegrasi
    berbasis layanan pelayanan service kabupaten kab kota provinsi prov kecamatan kec kelurahan kel
    desa dinas badan bagian kantor daerah pemerintah pemerintahan pemda pemkab pemkot pemprov upt
    uptd opd skpd nasional republik indonesia ri publik umum dan atau untuk di ke dari yang dengan
    pada oleh link tentang resmi dalam rangka e i si sim smart
    """)
NO_INITIAL = _listed("dan atau untuk di ke dari yang dengan pada oleh the of and for")
# Acronyms that one system after another bears, wherever it runs.
_KIND_ACRONYMS = _listed(
    "simpeg simrs simpus sakip jdih ppid ppdb lpse ikm skm monev atcs simgaji simbada sms"
)
_MOBILE = _listed("mobile android ios apk seluler")
_AGE = _listed("new baru lama versi version ver v")
LONGEST = 8  # words that an acronym stands for
KIND_WEIGHT = 0.6  # of a word that tells the kind of an application rather than names it
_TOP_LEVEL = _listed("id com net org cc site app online my info dev xyz io")


@lru_cache(maxsize=65536)
def spelled(text: str) -> str:
    """Normalise a spelling, with letters that stand apart joined to the word they spell.

    >>> spelled("S.I.M.P.E.G.") == spelled("Simpeg")
    True
    >>> spelled("E-Sakip")
    'e sakip'
    """
    words: list[str] = []
    letters = 0  # how many single signs the last word was put together from
    for token in plain(text).split():
        if len(token) == 1 and letters:
            words[-1] += token
            letters += 1
        else:
            words.append(token)
            letters = int(len(token) == 1)
    return " ".join(words)


@cache
def _stemmer() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory  # a dictionary: 0.1 s to load

    return StemmerFactory().create_stemmer()


@lru_cache(maxsize=262144)
def root(word: str) -> str:
    """Give the root of an Indonesian word; a word in no dictionary is its own."""
    return str(_stemmer().stem(word)) if len(word) > 4 and word.isalpha() else word


@lru_cache(maxsize=65536)
def abbreviates(acronym: str, words: tuple[str, ...]) -> bool:
    """Say whether an acronym is made of the beginnings of all the words, in their order.

    A word may be cut to its root first, as in SIMPEG from "kepegawaian"; only words like "dan" may
    be left out.

    >>> abbreviates("simpeg", ("sistem", "informasi", "manajemen", "kepegawaian"))
    True
    """
    if len(words) < 2 or not max(3, 6 - len(words)) <= len(acronym) <= 4 * len(words):
        return False

    reached = {0}  # how many letters may be spelt when the words so far are used
    for word in words:
        further = set(reached) if word in NO_INITIAL else set()
        for form in {word, root(word)}:
            for at in reached:
                n = 0
                while at + n < len(acronym) and n < len(form) and form[n] == acronym[at + n]:
                    n += 1
                    further.add(at + n)
        if not further:
            return False
        reached = further
    return len(acronym) in reached


# ------------------------------------------------------------------ addresses
class Address(NamedTuple):
    """Where an application answers: host without `www.`, and path without the page's name."""

    host: str
    path: str = ""

    def __str__(self) -> str:
        return f"{self.host}/{self.path}" if self.path else self.host

    @property
    def shared(self) -> bool:
        """Say whether the host serves everybody, so that only the path can tell."""
        return any(self.host == p or self.host.endswith("." + p) for p in _PLATFORMS)


_PLATFORMS = _listed(
    "bit.ly s.id tinyurl.com linktr.ee goo.gl cutt.ly youtube.com youtu.be google.com forms.gle "
    "facebook.com instagram.com twitter.com x.com tiktok.com wa.me whatsapp.com t.me github.com "
    "gitlab.com apple.com wordpress.com blogspot.com canva.com zoom.us dropbox.com"
)
_HOST = re.compile(r"(?=[^.]*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.I)
_PAGES = frozenset(("login", "index.php", "index.html", "home", "beranda", "public", "auth"))


@lru_cache(maxsize=65536)
def address(text: str) -> Address | None:
    """Read an address; None for words that are none ("VPN", "Desktop"), and bare platforms.

    >>> address("https://www.Simpeg.contohkab.go.id/login")
    Address(host='simpeg.contohkab.go.id', path='')
    >>> address("https://bit.ly") is None
    True
    """
    text = text.strip().split()[0] if text.strip() else ""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    if not _HOST.fullmatch(host):
        return None
    steps = [s for s in parts.path.casefold().split("/") if s]
    while steps and steps[-1] in _PAGES:
        steps.pop()
    steps += [v for v in parse_qs(parts.query).get("id", []) if v]
    found = Address(host, "/".join(steps))
    return None if found.shared and not steps else found


def addresses(texts: Iterable[str]) -> frozenset[Address]:
    """Read every address in cells that may hold several."""
    words = (w for t in texts for w in re.split(r"[\s;,|]+", t) if w)
    return frozenset(a for w in words if (a := address(w)) is not None)


# ------------------------------------------------------------------ names taken apart
class Name(NamedTuple):
    """A spelling, taken apart.

    Parameters
    ----------
    words
        All words outside brackets.
    core
        The words that are not common to all, and no place of the own government.
    bare
        The words without "aplikasi", a leading "e" and the own government's place, in one: what
        two spellings of one name have in common.
    long
        A long form in brackets (or the words before brackets that hold a short one).
    marks
        What tells versions and channels apart: numbers, "mobile", "new".
    """

    words: tuple[str, ...]
    core: frozenset[str]
    bare: str
    long: tuple[str, ...]
    marks: frozenset[str]


_BRACKETS = re.compile(r"\(([^()]*)\)")
_AROUND = _listed("aplikasi web website online digital desktop")
_PLACE_TITLES = _listed("kab kabupaten kota prov provinsi pemkab pemkot pemprov")


@lru_cache(maxsize=65536)
def name(text: str, places: frozenset[str] = frozenset()) -> Name:
    """Take a spelling apart; an address that stands for a name gives its first label."""
    text = _label(text)
    inside = [tuple(spelled(b).split()) for b in _BRACKETS.findall(text)]
    words = tuple(spelled(_BRACKETS.sub(" ", text)).split()) or tuple(spelled(text).split())
    long: tuple[str, ...] = ()
    for other in inside:
        if any(abbreviates(w, other) for w in words):
            long = other
        elif len(other) == 1 and abbreviates(other[0], words):
            long, words = words, other
    extra = {w for other in inside if other not in (long, words) for w in other}
    core = frozenset(w for w in (*words, *extra) if w not in COMMON and w not in places)
    kept = [w for w in words if w not in places and w not in _PLACE_TITLES and w != "aplikasi"]
    kept += sorted(w for w in extra if w not in places and w not in _PLACE_TITLES)
    if len(kept) > 1 and kept[0] == "e":
        kept = kept[1:]
    marks = {w for w in (*words, *extra) if w.isdigit() or w in _AGE}
    if _MOBILE & {*words, *extra}:
        marks.add("mobile")
    return Name(words, core, "".join(kept or words), long, frozenset(marks))


def _label(text: str) -> str:
    host = text.strip().casefold().removeprefix("https://").removeprefix("http://")
    labels = host.split("/")[0].removeprefix("www.").split(".")
    if len(labels) > 2 and " " not in host and labels[-1] in _TOP_LEVEL and len(labels[0]) > 2:
        return labels[0]
    return text


# ------------------------------------------------------------------ what is known of words
@dataclass(frozen=True, eq=False)
class Lexicon:
    """What is known of words beforehand.

    Parameters
    ----------
    kinds
        Words that tell what an application does, and so do not name it.
    places
        Government → the words of its region's name.
    """

    kinds: frozenset[str] = frozenset()
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def every_place(self) -> frozenset[str]:
        """The words of all regions' names."""
        return frozenset(w for words in self.places.values() for w in words)

    @cached_property
    def _regional(self) -> frozenset[str]:
        return frozenset("".join(sorted(words)) for words in self.places.values())

    def weight(self, word: str) -> float:
        """Give how much a word says about which application is meant: 0 to 1."""
        if word in COMMON:
            return 0.0
        if word in self.kinds or word in _KIND_ACRONYMS:
            return KIND_WEIGHT
        return 1.0

    @cached_property
    def _roots(self) -> dict[frozenset[str], dict[str, float]]:
        return {}

    def roots(self, core: frozenset[str]) -> dict[str, float]:
        """Give root → weight of the words of a name."""
        if core not in self._roots:
            self._roots[core] = {root(w): self.weight(w) for w in sorted(core)}
        return self._roots[core]

    def name(self, text: str, government: str | None) -> Name:
        """Take a spelling apart, the place of its government and "Kota X" left aside."""
        words = spelled(text).split()
        titled = {
            w
            for title, w in pairwise(words)
            if title in _PLACE_TITLES and w in self.every_place and w not in _PLACE_TITLES
        }
        return name(text, self.places.get(government or "", frozenset()) | titled)

    def regional(self, place: Address) -> bool:
        """Say whether an address is one of a regional government, by the name of its domain."""
        labels = place.host.split(".")
        if labels[-2:] != ["go", "id"] or len(labels) < 3:
            return False
        domain = labels[-3]
        return (
            domain.endswith(("kab", "kota", "prov"))
            or domain.startswith(("kab-", "kota-", "prov-", "pemkab", "pemkot", "pemprov"))
            or "".join(sorted(domain.split("-"))) in self._regional
        )


# ------------------------------------------------------------------ how alike two names are
class Likeness(NamedTuple):
    """How two names are alike.

    Parameters
    ----------
    kind
        same | short (acronym and long form) | typo | part (one has words more) | mixed (both have
        words of their own) | none.
    share
        How much of what the names say is common, 0 to 1.
    words
        What is common, to be shown.
    """

    kind: str
    share: float
    words: str


NONE = Likeness("none", 0.0, "")
RANK = {"same": 5, "short": 4, "typo": 3, "part": 2, "mixed": 1, "none": 0}


@lru_cache(maxsize=262144)
def likeness(left: Name, right: Name, lexicon: Lexicon) -> Likeness:
    """Compare two names; what is only common words is no likeness. O(w²) for w words."""
    if left.bare == right.bare:
        return Likeness("same", max(map(lexicon.weight, left.core), default=0.0), left.bare)
    found = max(
        (
            _short(left, right, lexicon),
            _short(right, left, lexicon),
            _overlap(left, right, lexicon),
        ),
        key=lambda x: (RANK[x.kind], x.share),
    )
    if RANK[found.kind] < RANK["typo"] and _typo(left, right):
        weight = max(map(lexicon.weight, left.core), default=0.0)
        return Likeness("typo", weight, f"{left.bare} ~ {right.bare}")
    return found


def _typo(left: Name, right: Name) -> bool:
    """Say whether one slip of the pen tells two names apart.

    Two slips from nine letters on, and where the letters are the same in another order.
    """
    if not left.core or not right.core or left.marks != right.marks:
        return False
    a, b = left.bare, right.bare
    shorter = min(len(a), len(b))
    if shorter < 5 or a[0] != b[0]:
        return False
    if {d for d in a if d.isdigit()} != {d for d in b if d.isdigit()}:
        return False
    slips = 2 if shorter >= 9 or sorted(a) == sorted(b) else 1
    return bool(OSA.distance(a, b, score_cutoff=slips) <= slips)


def _overlap(left: Name, right: Name, lexicon: Lexicon) -> Likeness:
    a, b = dict(lexicon.roots(left.core)), dict(lexicon.roots(right.core))
    for mine, yours in ((a, b), (b, a)):
        # "esukma" and "e sukma" are one
        for w in [w for w in mine if w not in yours and w[:1] == "e" and w[1:] in yours]:
            mine[w[1:]] = mine.pop(w)
    both_have = sorted(set(a) & set(b))
    shared = sum(max(a[w], b[w]) for w in both_have)
    if not shared:
        return NONE
    more_left, more_right = (sum(x[w] for w in set(x) - set(both_have)) for x in (a, b))
    kind = "mixed" if more_left and more_right else "part"
    as_written = {root(w): w for w in sorted(left.core | right.core, reverse=True)}
    words = " ".join(as_written.get(w, w) for w in both_have)
    return Likeness(kind, shared / (shared + more_left + more_right), words)


def _short(acronym: Name, other: Name, lexicon: Lexicon) -> Likeness:
    """Find a word of one name that abbreviates words of the other, the rest being alike."""
    options = [NONE]
    initials = {w[0] for words in (other.words[:-1], other.long[:-1]) for w in words}
    for short in acronym.words:
        if len(short) < 3 or short[0] not in initials or not lexicon.weight(short):
            continue
        for words in (other.words, other.long):
            for i, first in enumerate(words[:-1]):
                for j in (
                    range(i + 2, min(len(words), i + LONGEST) + 1) if first[0] == short[0] else ()
                ):
                    beside = {*words[:i], *words[j:]} - set(acronym.words)
                    if _stands_for(short, words[i:j], lexicon) and _says_nothing(beside, other):
                        options.append(_rest(acronym, short, other, words[i:j], lexicon))
    if acronym.long and acronym.long == other.words:
        options.append(Likeness("short", 1.0, " ".join(other.words)))
    return max(options, key=lambda x: (RANK[x.kind], x.share, x.words))


def _stands_for(short: str, run: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Say whether words are the long form of an acronym: mostly ordinary words, and no place."""
    if len(run) > 2 * len(short) or short in run or not abbreviates(short, run):
        return False
    ordinary = [w for w in run if w in NO_INITIAL or lexicon.weight(w) < 1.0]
    joined = "".join(run) == short
    return 2 * len(ordinary) >= len(run) and not joined and _PLACE_TITLES.isdisjoint(run)


def _says_nothing(beside: set[str], other: Name) -> bool:
    """Say whether words beside a long form are places, or "aplikasi" and its like."""
    place = {w for w in beside if w not in other.core and w not in COMMON}
    return beside <= place | _PLACE_TITLES | _AROUND


def _rest(
    acronym: Name, short: str, other: Name, run: tuple[str, ...], lexicon: Lexicon
) -> Likeness:
    rest, yours = acronym.core - {short}, other.core - set(run)
    if {w for w in rest if w.isdigit()} != {w for w in yours if w.isdigit()}:
        return NONE
    common = sum(map(lexicon.weight, rest & yours))
    extra = sum(map(lexicon.weight, rest ^ yours))
    if rest - yours and yours - rest:
        return NONE
    share = (1.0 + common) / (1.0 + common + extra)
    return Likeness("short", share, f"{short} = {' '.join(run)}")
