"""Integrations that a pattern lets one expect, within one government: assumed, never observed.

A pattern says that the systems of two kinds of unit exchange data as a rule.  It is applied where
both sides exist: an application of each unit that performs the function the pattern names.  One
edge per pattern and government at most; patterns with a wildcard stay patterns; classes, websites,
channels and what is out of use take no part; a pair of which anything is stated is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from graph import reference
from graph.landscape import Landscape, edge_id
from graph.reference import IntegrationPattern
from graph.schema.codes import ApplicationKind, Certainty, Direction, ExchangeStatus, Lifecycle
from graph.schema.records import Origin, plain, slug

ASSUMED = "assumed"
RELATION = "INTEGRATES_WITH"
_IDLE = frozenset((Lifecycle.PLANNED, Lifecycle.INACTIVE, Lifecycle.RETIRED))
Row = dict[str, Any]


class Candidate(NamedTuple):
    """An application that may stand for one side; the least is the best."""

    rank: int
    doubt: float
    id: str


@dataclass
class Assumed:
    """Rows to add to a Landscape."""

    edges: list[tuple[str, Row]] = field(default_factory=list)
    origins: list[tuple[str, str | None, Origin]] = field(default_factory=list)


def assumed(
    base: Landscape, performs: Iterable[Mapping[str, Any]], skip: Collection[str]
) -> Assumed:
    """Give the integrations to be expected of the applications of a Landscape.

    Parameters
    ----------
    base
        What sources and reference data say.
    performs
        The PERFORMS edges: source, target, confidence, rank.
    skip
        Applications that take no part: plain websites, channels of others.

    Notes
    -----
    The pair is the one whose functions rank highest, then are surest, then by id.  Which way the
    data goes, and whether it does, is unknown: the edge leads from the pattern's first unit to its
    second.  O(bodies' applications × patterns).
    """
    find = _finder(base, performs, skip)
    stated = {frozenset((e["source"], e["target"])) for e in base.edge_rows(RELATION)}
    places = {a["id"]: a["government"].removeprefix(reference.REGIONAL) for a in _regional(base)}
    out, made = Assumed(), dict[str, Row]()
    for pattern in reference.integration_patterns():
        left, right = unit_types(pattern.unit_a), unit_types(pattern.unit_b)
        if "*" in (pattern.function_a, pattern.function_b) or not left or not right:
            continue
        for place in sorted(set(places.values())):
            a = find(place, left, pattern.function_a)
            b = find(place, right, pattern.function_b)
            best = min(
                ((x, y) for x in a for y in b if x.id != y.id),
                key=lambda p: (p[0].rank + p[1].rank, p[0].doubt + p[1].doubt, p),
                default=None,
            )
            if best and frozenset((best[0].id, best[1].id)) not in stated:
                _take(out, made, base, pattern, best[0].id, best[1].id)
    return out


def unit_types(text: str) -> tuple[str, ...]:
    """Give the codes of the kinds of unit that a pattern's side names; () if it is a wildcard.

    >>> unit_types("DPMPTSP; Disdag"), unit_types("All units")
    (('DISDAG', 'DPMPTSP'), ())
    """
    words = re.split(r"[;,]", re.sub(r"\([^()]*\)", " ", text))
    found = {_codes().get(plain(w), "") for w in words} - {""}
    return tuple(sorted(found))


@cache
def _codes() -> dict[str, str]:
    types = reference.unit_types().values()
    return {plain(s): t.code for t in types for s in (t.code, *t.spellings)}


def _regional(base: Landscape) -> list[Row]:
    return [
        a
        for a in base.rows("Agency")
        if (a["government"] or "").startswith(reference.REGIONAL) and a["id"] != a["government"]
    ]


def _finder(
    base: Landscape, performs: Iterable[Mapping[str, Any]], skip: Collection[str]
) -> Callable[[str, Iterable[str], str], list[Candidate]]:
    """Give (place, kinds of unit, function) → the applications of such units that perform it."""
    running = {
        a["id"]
        for a in base.rows("Application")
        if a["kind"] != ApplicationKind.CLASS and a["id"] not in skip and a["status"] not in _IDLE
    }
    by_body: dict[str, set[str]] = defaultdict(set)
    for relation in ("OWNS", "USES"):
        for e in base.edge_rows(relation):
            if e["target"] in running:
                by_body[e["source"]].add(e["target"])
    bodies: dict[str, list[str]] = defaultdict(list)
    for a in _regional(base):
        bodies[a["government"].removeprefix(reference.REGIONAL)].append(a["id"])
    codes = {f["id"]: f["code"] for f in base.rows("Function")}
    does: dict[tuple[str, str], Candidate] = {}
    for p in performs:
        key = p["source"], codes[p["target"]]
        does[key] = Candidate(p["rank"], 1 - p["confidence"], p["source"])

    def find(place: str, kinds: Iterable[str], function: str) -> list[Candidate]:
        starts = tuple(f"agency:{slug(k)}-{place}" for k in kinds)
        units = [u for u in bodies[place] if any(u == s or u.startswith(s + "-") for s in starts)]
        apps = {app for u in units for app in by_body[u]}
        return sorted(does[key] for app in apps if (key := (app, function)) in does)

    return find


def _take(
    out: Assumed,
    made: dict[str, Row],
    base: Landscape,
    pattern: IntegrationPattern,
    left: str,
    right: str,
) -> None:
    """Add the edge of a pair; what two patterns or governments expect is one edge."""
    row: Row = {
        "source": left,
        "target": right,
        "kind": Certainty.ASSUMED.value,
        "status": ExchangeStatus.UNKNOWN.value,
        "channel": None,
        "data": None,
        "direction": Direction.UNKNOWN.value,
        "join_keys": pattern.join_keys,
        "reason": f"{pattern.text_en} ({pattern.unit_a}, {pattern.unit_b})",
    }
    id = edge_id(RELATION, left, right, row)
    if id not in made:
        made[id] = {"id": id, **row}
        out.edges.append((RELATION, made[id]))
    rows = [o for app in (left, right) for o in base.origins_of(app, "name")[:1]]
    told = [pattern.origin(ASSUMED), *(o._replace(how=ASSUMED) for o in rows)]
    out.origins += [(id, None, o) for o in told]
