"""Which records are one application: named rules and judgements merge, scores only suggest.

Everything is recomputed from records, rules and judgements, so that a judgement taken back leaves
no trace. No rule reaches across governments, except to a national application by a name or address
that the authority list has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph import reference
from graph.analysis.identity import SUGGEST, Description, Pair, Subject, pairs, subject
from graph.analysis.names import Lexicon, spelled
from graph.build.clusters import Clusters, Link
from graph.build.rules import NATIONAL, Authority, Reading, mentions, rule_links
from graph.reference import GeneralApplication
from graph.texts import both

__all__ = [
    "Description",
    "Identity",
    "Merge",
    "PairJudgement",
    "Suggestion",
    "identify",
    "known_words",
]

POSSIBLE = 0.35  # from here on another pair is a runner-up
KINDS = 4  # labels of functions in which a word must stand to be a word for a kind


class PairJudgement(NamedTuple):
    """What a person decided about two applications: same, different or unsure."""

    id: str
    decision: str
    left: str
    right: str
    by: str
    at: str
    why: str


@dataclass(frozen=True)
class Merge:
    """Two records that are one node, and why.

    Parameters
    ----------
    by
        Name of the rule, or of the person who judged.
    judgement
        Id of the judgement, where a person decided.
    """

    left: str
    right: str
    by: str
    reasons: list[dict[str, str]]
    score: float
    judgement: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """Two nodes that may be one: what speaks for it, what against, and who else may be meant."""

    left: str
    right: str
    score: float
    reasons: list[dict[str, str]]
    against: list[dict[str, str]]
    runner_up: str | None = None


@dataclass(frozen=True)
class Identity:
    """Which record belongs to which node, what was merged, and what is only suggested.

    Parameters
    ----------
    canonical
        Key of each record → key of its node: the reference record of a national application if
        it is among them, else the oldest.
    merges
        One per record beyond the first of a node.
    suggestions
        Surest first.
    """

    canonical: dict[str, str]
    merges: list[Merge]
    suggestions: list[Suggestion] = field(default_factory=list)


def identify(
    descriptions: Sequence[Description],
    general_apps: Sequence[GeneralApplication],
    judgements: Sequence[PairJudgement],
    lexicon: Lexicon | None = None,
) -> Identity:
    """Find out which records are one application.

    Persons decide first, then the rules join, strongest first; nothing joins what a person told
    apart, and a record that fits both of two that were told apart joins neither. Scores suggest
    what is left. The order of the input does not matter.

    Parameters
    ----------
    descriptions
        One per record key, the reference records of national applications among them.
    judgements
        Those in force, oldest first; of two on one pair the later one holds.
    lexicon
        What is known of words and places; from the reference data if None.

    Notes
    -----
    About O(n k) for n records with k signs in common: see `graph.analysis.identity.pairs`.
    """
    lexicon = lexicon or known_words()
    readings = [Reading(d, lexicon) for d in sorted(descriptions, key=lambda d: d.key) if d.system]
    authority = Authority(general_apps, reference.agencies(), lexicon)
    decided = _in_force(judgements, {r.key for r in readings})
    clusters = _clustered(readings, authority, decided)
    groups = _groups(clusters, {r.key: r for r in readings})
    canonical = {d.key: d.key for d in descriptions}
    for key, group in groups.items():
        canonical |= {r.key: key for r in group}
    possible = pairs(_subjects(groups, clusters, authority), lexicon, POSSIBLE)
    suggestions = _suggestions(possible, clusters, canonical, decided, groups)
    return Identity(canonical, _merges(clusters, canonical), suggestions)


@cache
def known_words() -> Lexicon:
    """Read off the reference data which words name kinds of applications, and which places."""
    count: Counter[str] = Counter()
    for f in reference.functions().values():
        for label in (*f.labels, *f.weak_labels):
            words = set(spelled(label).split())
            if len(words - {"e"}) > 1:
                count.update(words)
    places = {
        r.government: frozenset(spelled(r.name).split()) - {"kabupaten", "kota"}
        for r in reference.regions().values()
    }
    apps = reference.general_applications().values()
    named = {spelled(s) for g in apps for s in g.spellings}  # what names one is no kind
    return Lexicon(frozenset(w for w, n in count.items() if n >= KINDS) - named, places)


# ------------------------------------------------------------------ joining
def _in_force(judgements: Iterable[PairJudgement], keys: set[str]) -> list[PairJudgement]:
    newest = {
        frozenset((j.left, j.right)): j
        for j in sorted(judgements, key=lambda j: (j.at, j.id))
        if j.left in keys and j.right in keys and j.left != j.right
    }
    return sorted(newest.values(), key=lambda j: (j.at, j.id))


def _clustered(
    readings: Sequence[Reading], authority: Authority, decided: Sequence[PairJudgement]
) -> Clusters:
    hubs = {NATIONAL + g for g in authority.general}
    clusters = Clusters(
        sorted({r.key for r in readings} | hubs),
        [(j.left, j.right) for j in decided if j.decision == "different"],
    )
    clusters.bind(
        (r.key, NATIONAL + r.said.national)
        for r in readings
        if r.said.national in authority.general
    )
    clusters.decide([_decision(j) for j in decided if j.decision == "same"])
    clusters.join(rule_links(readings, authority))
    national = {clusters.root(h) for h in hubs}
    local = [r for r in readings if clusters.root(r.key) not in national]
    clusters.join(mentions(local, authority.lexicon, clusters))
    return clusters


def _decision(j: PairJudgement) -> Link:
    facts = (("at", j.at[:10]), ("by", j.by), ("why", j.why))
    left, right = sorted((j.left, j.right))
    return Link(1.0, left, right, j.by, "identity.rule.person", facts, j.id)


def _groups(clusters: Clusters, readings: Mapping[str, Reading]) -> dict[str, list[Reading]]:
    """Give the readings of each cluster by the key of its node."""
    found = {}
    for keys in clusters.groups():
        group = [readings[k] for k in keys if k in readings]
        if group:
            oldest = min(group, key=lambda r: (r.said.national is None, r.age))
            found[oldest.key] = group
    return dict(sorted(found.items()))


def _merges(clusters: Clusters, canonical: Mapping[str, str]) -> list[Merge]:
    """Give why each record belongs to its node; the national application stands for its name."""
    node = _nodes(clusters, canonical)
    found = []
    for link in clusters.joined:
        ends = [
            node[clusters.root(k)] if k.startswith(NATIONAL) else k for k in (link.left, link.right)
        ]
        if ends[0] != ends[1]:
            reasons = [both(link.text, **dict(link.facts))]
            left, right = sorted(ends, key=lambda k: (k != canonical[k], k))
            found.append(Merge(left, right, link.by, reasons, link.strength, link.judgement))
    return sorted(found, key=lambda m: (canonical[m.left], m.left, m.right))


def _nodes(clusters: Clusters, canonical: Mapping[str, str]) -> dict[str, str]:
    """Give root of a cluster → key of its node."""
    return {clusters.root(k): c for k, c in canonical.items() if k in clusters}


# ------------------------------------------------------------------ suggesting
def _subjects(
    groups: Mapping[str, Sequence[Reading]], clusters: Clusters, authority: Authority
) -> list[Subject]:
    app_of = {clusters.root(NATIONAL + n): g for n, g in authority.general.items()}
    found = []
    for key, group in groups.items():
        app = app_of.get(clusters.root(key))
        found.append(
            subject(
                key,
                [r.said for r in group],
                authority.lexicon,
                national=app is not None or any(r.said.national for r in group),
                alone=app.spellings if app else (),
                doubtful=app.homonyms if app else (),
                steward=authority.stewards[app.name] if app else frozenset(),
            )
        )
    return found


def _suggestions(
    possible: Sequence[Pair],
    clusters: Clusters,
    canonical: Mapping[str, str],
    decided: Sequence[PairJudgement],
    groups: Mapping[str, Sequence[Reading]],
) -> list[Suggestion]:
    """Give the open pairs: those with score enough, and those that a rule was kept from joining."""
    apart, unsure = (_between(decided, d, canonical) for d in ("different", "unsure"))
    scored = {frozenset((p.left, p.right)): p for p in possible}
    refused = _refused(clusters, canonical)
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for pair in scored.keys() | refused.keys():
        a, b = sorted(pair)
        score = scored[pair].score if pair in scored else SUGGEST
        near[a].append((-score, b))
        near[b].append((-score, a))
    found = []
    for pair in (scored.keys() | refused.keys()) - apart.keys():
        scoring, link = scored.get(pair), refused.get(pair)
        score = max(scoring.score if scoring else 0.0, SUGGEST if link else 0.0)
        if score >= SUGGEST:
            a, b = sorted(pair)
            reasons, against = _told(scoring, link)
            if pair in unsure:
                against.append(both("identity.against.unsure", **_facts(unsure[pair])))
            against += _warnings(a, b, near, apart, groups)
            others = sorted({(s, k) for x in pair for s, k in near[x] if k not in pair})
            runner_up = others[0][1] if others else None
            found.append(Suggestion(a, b, score, reasons, against, runner_up))
    return sorted(found, key=lambda s: (-s.score, s.left, s.right))


def _between(
    decided: Iterable[PairJudgement], decision: str, canonical: Mapping[str, str]
) -> dict[frozenset[str], PairJudgement]:
    """Give the judgements of one kind by the two nodes they are about."""
    return {
        frozenset((canonical[j.left], canonical[j.right])): j
        for j in decided
        if j.decision == decision
    }


def _refused(clusters: Clusters, canonical: Mapping[str, str]) -> dict[frozenset[str], Link]:
    node = _nodes(clusters, canonical)
    found: dict[frozenset[str], Link] = {}
    for link in clusters.refused:
        ends = [node.get(clusters.root(k)) for k in (link.left, link.right)]
        if ends[0] and ends[1] and ends[0] != ends[1]:
            found.setdefault(frozenset((ends[0], ends[1])), link)
    return found


def _told(
    pair: Pair | None, link: Link | None
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Write down what speaks for a pair and what against it, the weightiest first."""
    reasons = []
    if link:
        reasons = [both(link.text, **dict(link.facts)), both("identity.for.refused")]
    evidence = sorted(pair.evidence[1:], key=lambda e: (-abs(e.weight), e.code)) if pair else []
    for e in evidence:
        if e.weight > 0:
            reasons.append(both(f"identity.for.{e.code}", **dict(e.facts)))
    against = [
        both(f"identity.against.{e.code}", **dict(e.facts)) for e in evidence if e.weight < 0
    ]
    return reasons, against


def _warnings(
    a: str,
    b: str,
    near: Mapping[str, Sequence[tuple[float, str]]],
    apart: Mapping[frozenset[str], PairJudgement],
    groups: Mapping[str, Sequence[Reading]],
) -> list[dict[str, str]]:
    """Warn where one of two resembles another that was judged different from the other one."""
    found = {}
    for x, y in ((a, b), (b, a)):
        for _, z in near[x]:
            if (j := apart.get(frozenset((y, z)))) is not None:
                names = {k: _shown(k, groups) for k in sorted((y, z))}
                left, right = names.values()
                found[j.id] = both(
                    "identity.against.told-apart", left=left, right=right, **_facts(j)
                )
    return [found[id] for id in sorted(found)]


def _shown(key: str, groups: Mapping[str, Sequence[Reading]]) -> str:
    return f"{next(r.said.name for r in groups[key] if r.key == key)} [{key}]"


def _facts(j: PairJudgement) -> dict[str, str]:
    return {"by": j.by, "at": j.at[:10], "why": j.why}
