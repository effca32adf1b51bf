"""Which descriptions may be of one application: candidate pairs and a score, nothing decided.

A score is a sum of weights of evidence (natural log-odds) that nobody trained: each weight is
written down in `WEIGHTS`. Applications of two governments are not compared, because an acronym
says nothing across governments, unless one is national or its government is not known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from graph.analysis.names import (
    COMMON,
    NO_INITIAL,
    NONE,
    RANK,
    Address,
    Lexicon,
    Likeness,
    Name,
    addresses,
    likeness,
    root,
    spelled,
)


# ------------------------------------------------------------------ what is compared
@dataclass(frozen=True)
class Description:
    """All that the records of one key say about an application.

    Parameters
    ----------
    name, spellings
        The name as written, and every way it is written.
    owners, units
        Agencies that own it; that use or report it.
    government
        Regional government or ministry it belongs to; None if not known.
    system
        False: a class of systems, which is nobody's duplicate.
    mention
        It is only mentioned (as provider, master, …), not described.
    order
        Place of its key in the ledger: the lower, the older.
    national
        Name of the national application whose reference record this is.
    """

    key: str
    name: str
    spellings: tuple[str, ...]
    text: str | None
    addresses: tuple[str, ...]
    owners: tuple[str, ...]
    units: tuple[str, ...]
    government: str | None
    system: bool
    mention: bool
    source: str
    order: int
    national: str | None = None


@dataclass(frozen=True)
class Subject:
    """One application as far as it is known: what one or more descriptions say together."""

    key: str
    names: tuple[Name, ...]
    stems: frozenset[str]
    words: frozenset[str]
    places: frozenset[Address]
    owners: frozenset[str]
    units: frozenset[str]
    governments: frozenset[str]
    national: bool = False
    alone: frozenset[str] = frozenset()  # names that mean a national one and no other
    steward: frozenset[str] = frozenset()  # words that name the body that runs a national one

    @property
    def bodies(self) -> frozenset[str]:
        """All agencies it is connected with."""
        return self.owners | self.units


def stems(text: str | None) -> frozenset[str]:
    """Give the roots of the words of a text that are not common to all."""
    return frozenset(root(w) for w in spelled(text or "").split() if w not in COMMON and len(w) > 2)


def subject(
    key: str,
    group: Sequence[Description],
    lexicon: Lexicon,
    *,
    national: bool = False,
    alone: Sequence[str] = (),
    doubtful: Sequence[str] = (),
    steward: frozenset[str] = frozenset(),
) -> Subject:
    """Put together what several descriptions say of one application; at most 12 names are kept."""
    spelled_as = {
        lexicon.name(s, d.government): None for d in group for s in (d.name, *d.spellings)
    }
    spelled_as |= {lexicon.name(s, None): None for s in (*alone, *doubtful)}
    distinct = {n.bare: n for n in spelled_as}
    texts = [d.text for d in group if d.text]
    words = [spelled(t) for t in (*texts, *(d.name for d in group))]
    return Subject(
        key,
        tuple(distinct[b] for b in sorted(distinct))[:12],
        frozenset().union(*map(stems, texts)),
        frozenset(w for t in words for w in t.split()),
        addresses(a for d in group for a in d.addresses),
        frozenset(o for d in group for o in d.owners),
        frozenset(u for d in group for u in d.units),
        frozenset(d.government for d in group if d.government),
        national,
        frozenset(lexicon.name(s, None).bare for s in alone),
        steward,
    )


# ------------------------------------------------------------------ the score
# Natural log-odds. Set by hand: a name alone makes a suggestion when it is not a kind's, one slip
# or a long form needs a second sign, and what speaks against outweighs one sign for.
WEIGHTS = {
    "prior": -2.5,
    "same": 4.0,
    "short": 3.5,
    "typo": 2.0,
    "part": 2.6,
    "mixed": 1.0,
    "place": 3.0,
    "place-other-name": 2.0,
    "steward": 2.0,
    "text": 2.0,
    "body": 1.0,
    "government": 0.5,
    "other-words": -1.5,
    "channel": -4.0,
    "marks": -2.0,
    "local-place": -1.2,
    "other-place": -1.0,
    "other-owner": -1.0,
    "other-unit": -0.3,
    "other-text": -1.2,
    "other-work": -1.5,
}
_NEEDED = frozenset(("same", "short", "typo", "part", "mixed", "place", "place-other-name"))
SUGGEST = 0.5
PORTAL = 3  # a host with so many applications of different names tells nothing
COMMON_KEY = 40  # a sign that more applications of one government have is no sign


class Evidence(NamedTuple):
    """One thing that speaks for or against; `weight` in natural log-odds."""

    code: str
    weight: float
    facts: tuple[tuple[str, str], ...] = ()


class Pair(NamedTuple):
    """Two applications that may be one; `score` is 0 to 1, ties are told apart by the keys."""

    left: str
    right: str
    score: float
    evidence: tuple[Evidence, ...]


def pairs(subjects: Sequence[Subject], lexicon: Lexicon, at_least: float = SUGGEST) -> list[Pair]:
    """Give the pairs that may be one application, surest first.

    Parameters
    ----------
    subjects
        Applications with different keys; the order does not matter.
    at_least
        The lowest score that is given.

    Returns
    -------
    list of Pair
        `left` < `right`, sorted by score and keys.

    Notes
    -----
    O(n k) for n subjects with k signs in common each; a sign that too many have is passed over, so
    k is bounded.
    """
    ordered = sorted(subjects, key=lambda s: s.key)
    portals = _portals(ordered, lexicon)
    idf = weights([s.stems for s in ordered])
    found = []
    for i, j in sorted(_candidates(ordered, lexicon)):
        left, right = ordered[i], ordered[j]
        evidence = compare(left, right, lexicon, portals, idf)
        if not any(e.code in _NEEDED for e in evidence):
            continue
        score = _logistic(sum(e.weight for e in evidence))
        if score >= at_least:
            found.append(Pair(left.key, right.key, score, evidence))
    return sorted(found, key=lambda p: (-p.score, p.left, p.right))


def compare(
    left: Subject,
    right: Subject,
    lexicon: Lexicon,
    portals: frozenset[str] = frozenset(),
    idf: Mapping[str, float] | None = None,
) -> tuple[Evidence, ...]:
    """Give all that speaks for and against two being one; the first is the prior."""
    likest = max(
        (likeness(a, b, lexicon) for a in left.names for b in right.names),
        key=lambda x: (WEIGHTS.get(x.kind, 0.0) * x.share, x.words),
        default=NONE,
    )
    if likest.kind == "same" and likest.words in left.alone | right.alone:
        likest = likest._replace(share=1.0)
    found = [Evidence("prior", WEIGHTS["prior"])]
    found += _of_names(left, right, likest)
    found += _of_places(left, right, likest, lexicon, portals)
    found += _of_bodies(left, right)
    found += _of_texts(left, right, idf or {})
    national, other = (left, right) if left.national else (right, left)
    if named := national.steward & other.words:
        found.append(Evidence("steward", WEIGHTS["steward"], (("body", min(named)),)))
    return tuple(found)


def _of_names(left: Subject, right: Subject, likest: Likeness) -> Iterator[Evidence]:
    if likest.share:
        weight = WEIGHTS[likest.kind] * likest.share
        yield Evidence(likest.kind, weight, (("words", likest.words),))
    if likest.kind == "mixed":
        yield Evidence("other-words", WEIGHTS["other-words"])
    marks = [{n.marks for n in s.names} for s in (left, right)]
    if marks[0].isdisjoint(marks[1]):
        differ = sorted(frozenset().union(*marks[0], *marks[1]))
        code = "channel" if differ == ["mobile"] else "marks"
        yield Evidence(code, WEIGHTS[code], (("marks", ", ".join(differ)),))


def _of_places(
    left: Subject, right: Subject, likest: Likeness, lexicon: Lexicon, portals: frozenset[str]
) -> Iterator[Evidence]:
    if not left.places or not right.places:
        alone = left.places or right.places
        national = left.national or right.national
        if national and any(map(lexicon.regional, alone)) and not (left.places and left.national):
            yield Evidence("local-place", WEIGHTS["local-place"], (("place", str(min(alone))),))
        return
    here = sorted(p for p in left.places if any(same_place(p, q) for q in right.places))
    if [p for p in here if p.host not in portals]:
        code = "place" if likest.kind in ("same", "short", "typo", "part") else "place-other-name"
        yield Evidence(code, WEIGHTS[code], (("place", str(here[0])),))
    elif not here:
        local = [p for s in (left, right) if not s.national for p in s.places]
        if (left.national or right.national) and any(map(lexicon.regional, local)):
            yield Evidence("local-place", WEIGHTS["local-place"], (("place", str(min(local))),))
        else:
            facts = (("left", str(min(left.places))), ("right", str(min(right.places))))
            yield Evidence("other-place", WEIGHTS["other-place"], facts)


def _of_bodies(left: Subject, right: Subject) -> Iterator[Evidence]:
    if left.bodies & right.bodies:
        yield Evidence("body", WEIGHTS["body"], (("body", min(left.bodies & right.bodies)),))
    elif not left.national and not right.national:
        if left.owners and right.owners:
            yield Evidence("other-owner", WEIGHTS["other-owner"])
        elif left.bodies and right.bodies:
            yield Evidence("other-unit", WEIGHTS["other-unit"])
    if left.governments & right.governments:
        yield Evidence("government", WEIGHTS["government"])


def _of_texts(left: Subject, right: Subject, idf: Mapping[str, float]) -> Iterator[Evidence]:
    named = {w for s in (left, right) for n in s.names for w in n.core}
    said = [{w: idf.get(w, 1.0) for w in s.stems - named} for s in (left, right)]
    said = [{w: x for w, x in s.items() if x} for s in said]
    least = min(sum(x.values()) for x in said)
    if not said[0] or not said[1] or not least:
        return
    both = sorted(set(said[0]) & set(said[1]), key=lambda w: (-said[0][w], w))
    share = min(1.0, sum(said[0][w] for w in both) / least)
    if both:
        as_written = {root(w): w for w in sorted(left.words)}
        words = ", ".join(as_written.get(w, w) for w in both[:5])
        yield Evidence("text", WEIGHTS["text"] * share, (("words", words),))
    elif min(map(len, said)) >= 2 or len(said[0]) + len(said[1]) >= 4:
        yield Evidence("other-text", WEIGHTS["other-text"])
        if left.bodies and right.bodies and not left.bodies & right.bodies:
            yield Evidence("other-work", WEIGHTS["other-work"])


def same_place(left: Address, right: Address) -> bool:
    """Say whether two addresses are one: same host, and paths that do not contradict."""
    if left.host != right.host:
        return False
    if left.path == right.path:
        return True
    return not left.shared and (not left.path or not right.path)


def _logistic(x: float) -> float:
    return round(1 / (1 + math.exp(-x)), 4)


def weights(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Weigh the words of texts by how rare they are; what half of the texts have is a preface."""
    said = [t for t in texts if t]
    count = Counter(w for t in said for w in t)
    limit = max(3.0, len(said) / 2)
    return {w: math.log(1 + len(said) / n) if n <= limit else 0.0 for w, n in count.items()}


def _portals(subjects: Sequence[Subject], lexicon: Lexicon) -> frozenset[str]:
    """Find hosts that serve several applications of clearly different names."""
    at: dict[str, list[Subject]] = defaultdict(list)
    for s in subjects:
        for host in sorted({p.host for p in s.places}):
            at[host].append(s)
    return frozenset(h for h, there in at.items() if portal([s.names for s in there], lexicon))


def portal(names: Sequence[Sequence[Name]], lexicon: Lexicon) -> bool:
    """Say whether so many different names share a host that it tells nothing."""
    different: list[Sequence[Name]] = []
    for mine in names:
        alike = any(
            RANK[likeness(a, b, lexicon).kind] >= RANK["part"]
            for other in different
            for a in mine
            for b in other
        )
        if not alike:
            different.append(mine)
        if len(different) >= PORTAL:
            return True
    return False


# ------------------------------------------------------------------ candidates
LONGEST_SLIP = 60  # letters: beyond, a name is told by its words and not by slips of the pen
LONGEST_ACRONYM = 12  # words of a long form that an acronym is made of


def _signs(s: Subject, lexicon: Lexicon) -> set[str]:
    """Give what a subject can be found by: words, long forms, slips of the pen, hosts."""
    found = {f"@{p.host}" if not p.shared else f"@{p}" for p in s.places}
    for n in s.names:
        found.add(f"={n.bare}")
        for w, weight in lexicon.roots(n.core).items():
            if not w.isdigit() and (
                weight == 1.0 or not s.national
            ):  # a kind's word finds no national application
                found.add(f"w{w}")
            if w[:1] == "e" and len(w) > 4:
                found.add(f"w{w[1:]}")
        if 5 <= len(n.bare) <= LONGEST_SLIP and n.core:
            found |= {f"-{n.bare[:i]}{n.bare[i + 1 :]}" for i in range(len(n.bare))}
            found.add(f"-{n.bare}")
        found |= _long_signs(n.words) | _long_signs(n.long)
        found |= {f"s{w}" for w in n.words if 2 < len(w) <= 10 and w not in lexicon.kinds}
    return found


def _long_signs(words: tuple[str, ...]) -> set[str]:
    """Give the acronyms that a long form may have: initials of its first words."""
    kept = [w for w in words if w not in NO_INITIAL]
    initials = "".join(w[0] for w in kept[:LONGEST_ACRONYM])
    found = {f"s{initials[:n]}" for n in range(3, len(initials) + 1)}
    if len(kept) >= 2:
        for n in range(2, min(len(kept), 6) + 1):
            last = {kept[n - 1], root(kept[n - 1])}
            found |= {
                f"s{initials[: n - 1]}{w[:k]}" for w in last for k in range(2, 6) if n + k > 4
            }
    return found


def _candidates(subjects: Sequence[Subject], lexicon: Lexicon) -> set[tuple[int, int]]:
    at: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(subjects):
        for sign in _signs(s, lexicon):
            at[sign].append(i)
    found: set[tuple[int, int]] = set()
    for there in at.values():
        if len(there) > 1:
            found.update(_within(there, subjects))
    return found


def _within(there: Sequence[int], subjects: Sequence[Subject]) -> Iterator[tuple[int, int]]:
    """Pair what may be one among those that have one sign; too many are passed over.

    Two may be one within one government, or where one is national or its government unknown.
    """
    national = [i for i in there if subjects[i].national]
    unknown = [i for i in there if not subjects[i].national and not subjects[i].governments]
    local: dict[str, list[int]] = defaultdict(list)
    for i in there:
        if not subjects[i].national:
            for government in subjects[i].governments:
                local[government].append(i)
    for group in (unknown, *local.values()):
        if len(group) <= COMMON_KEY:
            yield from combinations(group, 2)
    rest = [i for i in there if not subjects[i].national]
    for some, others in ((national, rest), (unknown, [i for i in rest if i not in set(unknown)])):
        if len(some) * len(others) <= COMMON_KEY**2:
            yield from ((min(i, j), max(i, j)) for i in some for j in others)
