"""Which different applications do one job, so that an analyst may put them before their owners.

A group becomes a finding only with two independent kinds of evidence: what its members do
(function and text are one kind), and that they belong to one government, are one product, are
built by neighbours, use the same data, or fall under the rule of a general application.  What
speaks against it is gathered by `graph.analysis.grounds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from graph.analysis.cluster import groups, upper
from graph.analysis.function import Assignment
from graph.analysis.names import address
from graph.analysis.similar import CHANNELS, GENERIC, Likeness, Matrix, Weighed, bare_name
from graph.analysis.vocabulary import words
from graph.landscape import Landscape
from graph.reference import GeneralApplication, agencies, general_applications
from graph.schema.codes import (
    AgencyKind,
    ApplicationKind,
    Certainty,
    ExchangeStatus,
    FindingKind,
    Lifecycle,
    Scope,
)

SURE = 0.6  # confidence from which an application may be put before its owner for a function
COINED = 4  # letters of a name that can be a product's
CENTRAL = "central"  # the tier of ministries and agencies; they have no province
BONUS = {"designated": 1.5, "candidate": 1.25, "none": 1.0}
WEAKER = {FindingKind.NEIGHBOURS: 0.5}
OPEN = frozenset((Lifecycle.ACTIVE, Lifecycle.UNKNOWN, Lifecycle.DEVELOPMENT, Lifecycle.PLANNED))
NATIONAL = frozenset((Scope.GENERAL, Scope.SECTOR))
NO_EXCHANGE = frozenset((ExchangeStatus.PLANNED, ExchangeStatus.STOPPED))
KIND_NAMES = frozenset(  # names of kinds of systems, which many products bear
    (
        *("simpeg", "simrs", "simpus", "sakip", "esakip", "jdih", "ppid", "ppdb", "lpse", "monev"),
        *("emonev", "atcs", "simgaji", "simbada", "office", "eoffice", "simda", "siks", "simpadu"),
        *("gateway", "smsgateway", "website", "portal", "dashboard", "presensi", "absensi", "kir"),
    )
)


@dataclass(frozen=True)
class System:
    """What is known about one application that bears on redundancy."""

    id: str
    name: str
    spellings: tuple[str, ...]
    text: str
    government: str | None
    place: str  # the government's name
    tier: str | None  # central, province, or regency (cities too)
    province: str | None  # code
    owners: frozenset[str]
    users: frozenset[str]
    status: str
    scope: str
    national: bool  # not of the government that reports it, as far as anybody has said
    host: str | None
    data: frozenset[str]
    exchanges: int

    @property
    def bodies(self) -> frozenset[str]:
        """Everybody who owns it or reports to use it."""
        return self.owners | self.users

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name."""
        return tuple(words(self.name))

    @cached_property
    def product(self) -> str | None:
        """The one coined word that names the product; None if the name is not of that kind."""
        found = [w for w in self.words if w not in GENERIC and w not in CHANNELS]
        if len(found) != 1 or len(found[0]) < COINED or found[0] in KIND_NAMES:
            return None
        return found[0]


class Cover(NamedTuple):
    """A general application that is meant for a function, and whether its decree was seen."""

    id: str
    app: GeneralApplication

    @property
    def designated(self) -> bool:
        """Tell whether it counts as designated; else it is a candidate."""
        return self.app.designated


@dataclass(frozen=True)
class Group:
    """Applications that are put before their owners together.

    Parameters
    ----------
    function
        The code they share.
    government
        The body whose applications they are; None if several.
    members
        Ids in the order of content.
    posterior
        Mean probability of the pairs, of a single member the confidence of its function.
    sign
        What makes them one group beside the function: a product's name, a province's code.
    """

    kind: FindingKind
    function: str
    government: str | None
    members: tuple[str, ...]
    posterior: float
    cover: Cover | None = None
    sign: str | None = None


Sign = Callable[["System"], str | None]
Weigh = Callable[[Sequence["System"]], Matrix]


def systems(landscape: Landscape, skip: Iterable[str] = ()) -> dict[str, System]:
    """Gather what bears on redundancy; classes, and what is to be skipped, are left out. O(m)."""
    left_out = set(skip)
    tiers = _tiers(landscape)
    names = {a["id"]: a["name"] for a in landscape.rows("Agency")}
    owners, users = _bodies(landscape, "OWNS"), _bodies(landscape, "USES")
    data: dict[str, set[str]] = defaultdict(set)
    for relation in ("MASTERS", "READS"):
        for e in landscape.edge_rows(relation):
            data[e["source"]].add(e["target"])
    exchanges: dict[str, set[str]] = defaultdict(set)
    for e in landscape.edge_rows("INTEGRATES_WITH"):
        if e["kind"] == Certainty.ASSUMED or e["status"] in NO_EXCHANGE:
            continue  # expected, planned or refused: nobody says that data goes
        exchanges[e["source"]].add(e["target"])
        exchanges[e["target"]].add(e["source"])
    found = {}
    for row in landscape.rows("Application"):
        id = row["id"]
        if row["kind"] == ApplicationKind.CLASS or id in left_out:
            continue
        tier, province = tiers.get(row["government"], (None, None))
        place = address(row["address"]) if row["address"] else None
        host = place.host if place and not place.shared else None
        found[id] = System(
            id=id,
            name=row["name"],
            spellings=(row["name"], *(row["aliases"] or ())),
            text=row["description"] or "",
            government=row["government"],
            place=names.get(row["government"], ""),
            tier=tier,
            province=province,
            owners=frozenset(owners[id]),
            users=frozenset(users[id]),
            status=row["status"],
            scope=row["scope"],
            national=_is_national(row, host, names.get(row["government"], "")),
            host=host,
            data=frozenset(data[id]),
            exchanges=len(exchanges[id]),
        )
    return found


def redundant(
    known: Mapping[str, System],
    assignments: Mapping[str, Assignment],
    likeness: Likeness,
    covers: Mapping[str, Sequence[Cover]],
    common: Iterable[str] = (),
) -> list[Group]:
    """Find the groups; an application is in one at most.

    Of several kinds that fit, the one with the firmest second kind of evidence is taken: covered
    by a designated general application (per government), several of one government, one product
    in several governments, neighbours building the same.

    Parameters
    ----------
    covers
        The general applications of each function, in the order of preference.
    common
        Words that name kinds of things and so no product.

    Notes
    -----
    O(sum of squares of the applications of one function and one government or province).
    """
    ordinary = frozenset(common) | KIND_NAMES
    signs: tuple[tuple[FindingKind, Sign], ...] = (
        (FindingKind.GOVERNMENT, lambda s: s.government),
        (FindingKind.PRODUCT, lambda s: _product(s, ordinary)),
        (FindingKind.PRODUCT, lambda s: family(s.host) if s.host else None),
        (FindingKind.NEIGHBOURS, _neighbourhood),
    )
    by_function = _by_function(known, assignments, likeness)
    weigh = _weigher(likeness, by_function.values(), [sign for _, sign in signs])
    out: list[Group] = []
    for code, members in by_function.items():
        rest = members
        cover = next(iter(covers.get(code, ())), None)
        if cover is not None and cover.designated:
            found, rest = _covered(code, rest, cover, assignments, weigh)
            out += found
        for kind, sign in signs:
            found, rest = _grouped(kind, code, rest, sign, _candidate(cover), weigh)
            out += found
    return out


def score(group: Group, known: Mapping[str, System]) -> float:
    """Rank a group: (bodies - 1) x mean posterior x bonus for a general application.

    Bodies are those who own or use members, counted as many as there are members at least; the
    one that runs a designated general application counts too.  Neighbours count half.
    """
    bodies = {b for m in group.members for b in known[m].bodies}
    designated = group.cover is not None and group.cover.designated
    count = max(len(bodies), len(group.members)) + designated
    state = "none" if group.cover is None else "designated" if designated else "candidate"
    raw = (count - 1) * group.posterior * BONUS[state] * WEAKER.get(group.kind, 1.0)
    return round(raw, 4)


def family(host: str) -> str | None:
    """Give the domain a vendor serves many from; None for hosts of governments and schools."""
    parts = host.split(".")
    if len(parts) < 2 or parts[-2:][0] in ("go", "desa", "ac", "sch", "mil"):
        return None
    return ".".join(parts[-3:] if parts[-2] in ("co", "or", "web", "my", "biz") else parts[-2:])


# ------------------------------------------------------------ grouping
def _by_function(
    known: Mapping[str, System], assignments: Mapping[str, Assignment], likeness: Likeness
) -> dict[str, list[System]]:
    """Give the applications that surely do each job first of all, in the order of content.

    What bears the name of a national application and no other is an instance of it.  Of one
    name in one government, channel words aside, one is taken: whether the others are the same
    application, or another channel of it, is a question of identity.
    """
    found: dict[str, list[System]] = defaultdict(list)
    taken: set[tuple[str, str | None, str]] = set()
    for id in likeness.ids:
        system, given = known.get(id), assignments[id]
        if system is None or system.national or given.abstained or _is_instance(system):
            continue
        first = given.functions[0]
        if not first.by_label or first.confidence < SURE or system.status == Lifecycle.RETIRED:
            continue
        key = first.code, system.government, bare_name(system.words) or system.id
        if key not in taken:
            taken.add(key)
            found[first.code].append(system)
    return dict(sorted(found.items()))


def _is_instance(system: System) -> bool:
    place = _place_words(system.place)
    told = " ".join(w for w in system.words if w not in place)
    return told in _national_names()


@lru_cache(maxsize=1000)
def _place_words(place: str) -> frozenset[str]:
    return GENERIC.union(words(place))


@cache
def _national_names() -> frozenset[str]:
    apps = general_applications().values()
    told = {" ".join(w for w in words(s) if w not in GENERIC) for a in apps for s in a.spellings}
    return frozenset(told - {""})


def _covered(
    code: str,
    members: Sequence[System],
    cover: Cover,
    assignments: Mapping[str, Assignment],
    weigh: Weigh,
) -> tuple[list[Group], list[System]]:
    """Give one group per government; what bears the general application's own name is it."""
    fit: list[System] = []
    rest: list[System] = []
    for s in members:
        own = s.government is not None and s.status in OPEN and not _names_it(s, cover)
        (fit if own else rest).append(s)
    out = []
    for government, found in _by_sign(fit, lambda s: s.government).items():
        ids = tuple(s.id for s in found)
        sure = float(np.mean([assignments[i].functions[0].confidence for i in ids]))
        posterior = _mean(weigh(found)) if len(ids) > 1 else sure
        out.append(Group(FindingKind.COVERED, code, government, ids, posterior, cover))
    return out, rest


def _grouped(
    kind: FindingKind,
    code: str,
    members: Sequence[System],
    by: Sign,
    cover: Cover | None,
    weigh: Weigh,
) -> tuple[list[Group], list[System]]:
    """Cluster those that share a sign; give the clusters, and who is left."""
    out, taken = [], set()
    for sign, found in _by_sign(members, by).items():
        if not _several(kind, found):
            continue
        likely = weigh(found)
        for cluster in groups(likely):
            chosen = [found[n] for n in cluster]
            if not _several(kind, chosen) or not any(s.status in OPEN for s in chosen):
                continue
            ids = tuple(s.id for s in chosen)
            taken |= set(ids)
            governments = {s.government for s in chosen}
            one = next(iter(governments)) if len(governments) == 1 else None
            posterior = _mean(likely[np.ix_(cluster, cluster)])
            out.append(Group(kind, code, one, ids, posterior, cover, sign))
    return out, [s for s in members if s.id not in taken]


def _several(kind: FindingKind, found: Sequence[System]) -> bool:
    if kind == FindingKind.GOVERNMENT:
        return len(found) > 1
    return len({s.government for s in found if s.government}) > 1


def _weigher(
    likeness: Likeness, functions: Iterable[Sequence[System]], signs: Iterable[Sign]
) -> Weigh:
    """Weigh all pairs that any group can ask for, at once."""
    every, blocks = list(signs), []
    for members in functions:
        for sign in every:
            blocks += [[likeness.place[s.id] for s in b] for b in _by_sign(members, sign).values()]
    weighed = Weighed(likeness, (b for b in blocks if len(b) > 1))

    def weigh(members: Sequence[System]) -> Matrix:
        return weighed.matrix([likeness.place[s.id] for s in members])

    return weigh


def _by_sign(members: Iterable[System], sign: Sign) -> dict[str, list[System]]:
    found: dict[str, list[System]] = defaultdict(list)
    for s in members:
        mark = sign(s)
        if mark is not None:
            found[mark].append(s)
    return dict(sorted(found.items()))


def _mean(likely: Matrix) -> float:
    n = len(likely)
    return float(likely[upper(n)].mean()) if n > 1 else 0.0


def _product(system: System, ordinary: frozenset[str]) -> str | None:
    name = system.product
    if name is None or name in ordinary or name.removeprefix("e") in ordinary:
        return None
    return name


def _neighbourhood(system: System) -> str | None:
    if system.tier is None or system.government is None:
        return None
    return f"{system.tier} {system.province or ''}".strip()


def _candidate(cover: Cover | None) -> Cover | None:
    return cover if cover is not None and not cover.designated else None


def _names_it(system: System, cover: Cover) -> bool:
    """Tell whether a name holds a spelling of the general application: a part or instance of it."""
    bare = f" {' '.join(system.words)} "
    return any(f" {s} " in bare for s in _spelled(cover.app.spellings))


@cache
def _spelled(spellings: tuple[str, ...]) -> list[str]:
    return [" ".join(found) for s in spellings if (found := words(s))]


# ------------------------------------------------------------ bodies and places
def _is_national(row: Mapping[str, Any], host: str | None, government: str) -> bool:
    """Tell whether an application is a central one, as far as anybody has said.

    The authority list says so, or it answers from the domain of a central body, or those who
    report it call it general and it does not answer from a domain of their own government.
    """
    if row["scope_inferred"] in NATIONAL:
        return True
    if host is not None and _domain(host) in _central_domains():
        return True
    return row["scope"] == Scope.GENERAL and not _own(host, government)


def _own(host: str | None, government: str) -> bool:
    """Tell whether a host bears the name of the region."""
    last = words(government)[-1:]
    return bool(host and last and last[0] in host)


def _domain(host: str) -> str | None:
    """Give the word before go.id; None for other hosts."""
    parts = host.split(".")
    return parts[-3] if len(parts) > 2 and parts[-2:] == ["go", "id"] else None


@cache
def _central_domains() -> frozenset[str]:
    hosts = {_domain(h) for a in general_applications().values() for h in a.hosts}
    letters = {"".join(words(a.abbreviation)) for a in agencies().values()}
    return frozenset(d for d in hosts | letters if d)


def _bodies(landscape: Landscape, relation: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for e in landscape.edge_rows(relation):
        found[e["target"]].add(e["source"])
    return found


def _tiers(landscape: Landscape) -> dict[str, tuple[str | None, str | None]]:
    """Give each government its tier and the code of its province."""
    regions = {r["id"]: r for r in landscape.rows("Region")}
    located = {e["source"]: e["target"] for e in landscape.edge_rows("LOCATED_IN")}
    found: dict[str, tuple[str | None, str | None]] = {}
    for agency in landscape.rows("Agency"):
        if agency["kind"] == AgencyKind.CENTRAL:
            found[agency["id"]] = (CENTRAL, None)
        elif agency["kind"] == AgencyKind.GOVERNMENT:
            region = regions.get(located.get(agency["id"], ""))
            code = region["code"] if region else None
            if code:
                tier = "regency" if "." in code else "province"
                found[agency["id"]] = (tier, code.split(".")[0])
    return found


__all__ = ["Cover", "Group", "System", "family", "redundant", "score", "systems"]
