"""The build: a pure function from what sources say, keys, decisions and reference data."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from graph import reference
from graph.build import authority
from graph.build.assumed import assumed
from graph.build.derive import derive
from graph.build.describe import descriptions, governments, national
from graph.build.differing import differing
from graph.build.gather import Gathered, gather, redirected, renamed
from graph.build.interfaces import joined
from graph.build.judgements import DISPOSITION, FINDING, PAIR, Judgement, standing
from graph.build.keys import Ledger
from graph.build.ownership import national_owners
from graph.build.references import Said, keyed
from graph.build.resolve import Description, Identity, PairJudgement, identify
from graph.build.said import said_integrations
from graph.build.sameness import doubts, sameness
from graph.build.supports import supports
from graph.landscape import Evidence, Landscape, edge_id
from graph.origins import ORIGINS, Origins
from graph.schema.records import EdgeRecord, NodeRecord, Origin, Reference

GOVERNMENT_RULE = "rule:government-of-body"
REFERENCE = Said(
    authority.SLUG,
    {
        "name": "Data acuan Simpul",
        "name_en": "Reference data of Simpul",
        "publisher": "Simpul",
        "license": "reference/README.md",
    },
    (),
    (),
)


@dataclass(frozen=True)
class Built:
    """A Landscape, and the ledger with the keys that were given on the way."""

    landscape: Landscape
    keys: list[dict[str, str]]
    questions: list[dict[str, str]]  # new: a new key, old: one that nothing bears any more


@dataclass(frozen=True)
class Resolved:
    """Records of all sources under the ids of the nodes they belong to."""

    nodes: list[NodeRecord]
    edges: list[EdgeRecord]
    descriptions: list[Description]
    identity: Identity


def build(
    sources: Iterable[Said], keys: Iterable[Mapping[str, str]], judgements: Sequence[Judgement]
) -> Built:
    """Make the Landscape that follows from sources, keys, judgements and reference data.

    The same input gives the same tables, whatever the order of sources and rows; no clock is
    read. O(n log n) in records beside the cost of `identify` and `derive`.

    Parameters
    ----------
    sources
        What each source says.  An iterator gives them in the order of their slugs, and need not
        hold them all: each is taken when the one before it has its keys.
    """
    ledger = Ledger.read(keys)
    force = standing(judgements)
    metas: list[Said] = []
    resolved = resolve(_noting(sources, metas), ledger, force)
    gathered = base(resolved)
    for said in (*metas, REFERENCE):
        _source_node(gathered, said)
    landscape = analysed(gathered, resolved, ledger, force, as_of(metas))
    return Built(landscape, ledger.rows, [q._asdict() for q in ledger.questions])


def _noting(sources: Iterable[Said], metas: list[Said]) -> Iterator[Said]:
    """Give the sources one by one, and keep of each what it is, not what it says."""
    ordered = sources if isinstance(sources, Iterator) else sorted(sources, key=lambda s: s.slug)
    for said in ordered:
        if metas and metas[-1].slug >= said.slug:
            raise ValueError(f"sources out of order: {said.slug} after {metas[-1].slug}")
        metas.append(replace(said, nodes=(), edges=()))
        yield said


def resolve(sources: Iterable[Said], ledger: Ledger, force: Sequence[Judgement]) -> Resolved:
    """Find out which records are one thing, and put them under one id."""
    nodes: list[NodeRecord] = []
    edges: list[EdgeRecord] = []
    references: dict[str, Reference] = {}
    for said in sources:
        with_keys, mentioned = keyed(said, ledger)
        nodes += with_keys.nodes
        edges += with_keys.edges
        references |= mentioned
    government = governments(n for n in nodes if n.type == "Agency")
    described = descriptions(nodes, edges, references, government, ledger)
    described += national()
    pairs = [
        PairJudgement(j.id, j.decision, j.about[0], j.about[1], j.by, j.at, j.why)
        for j in force
        if j.decision in PAIR
    ]
    general = list(reference.general_applications().values())
    identity = identify(described, general, pairs)
    ids = identity.canonical
    nodes = _described(nodes, described, identity)
    said_by, nodes = said_integrations(nodes, edges, described, ids)
    edges += supports(nodes, edges, described, government)
    nodes = renamed(nodes, ids)
    edges = [*national_owners(redirected(edges, ids), government), *said_by]
    one = joined(nodes, edges, ledger)
    return Resolved(renamed(nodes, one), redirected(edges, one), described, identity)


def _described(
    nodes: Sequence[NodeRecord], described: Sequence[Description], identity: Identity
) -> list[NodeRecord]:
    """Keep the rows of what a person joined to another thing as rows of the joined one.

    A mention that a rule joins to a described thing is no origin of it; but an application that
    was known by mentions alone brings its rows along when a person says what it is.
    """
    mention = {d.key for d in described if d.mention}
    judged = [m for m in identity.merges if m.judgement is not None]
    brought = {key for m in judged for key in (m.left, m.right)} & mention
    by_rule = [{m.left, m.right} for m in identity.merges if m.judgement is None]
    reached = 0
    while len(brought) > reached:  # what rules had joined to it comes along
        reached = len(brought)
        brought |= {k for pair in by_rule if pair <= mention and pair & brought for k in pair}
    return [replace(n, mention=False) if n.id in brought else n for n in nodes]


def base(resolved: Resolved) -> Gathered:
    """Gather loaded records and what the reference data knows of them into nodes and edges."""
    nodes, edges = list(resolved.nodes), list(resolved.edges)
    used = {n.id for n in nodes}
    used |= {end for e in edges for end in (e.source, e.target)}
    used |= {end for s in resolved.identity.suggestions for end in (s.left, s.right)}
    for app in reference.general_applications().values():
        if app.class_ == "A" or app.id in used:
            _add(authority.general_application(app), nodes, edges)
    _add(authority.functions(), nodes, edges)
    edges += _parts(nodes)
    touched = {i for e in edges for i in (e.source, e.target)}
    touched |= {d.government for d in resolved.descriptions if d.government}
    _add(authority.known(touched), nodes, edges)
    gathered = gather(nodes, edges)
    _govern(gathered, resolved)
    return gathered


def analysed(
    gathered: Gathered,
    resolved: Resolved,
    ledger: Ledger,
    force: Sequence[Judgement],
    newest: str | None,
) -> Landscape:
    """Add what analysis finds, drop reference data that nothing touches, close the Landscape.

    Tables are made once: what is derived is merged into those that the analysis was asked of.
    """
    first = Landscape.of(gathered.nodes, gathered.edges, as_of=newest)
    first = replace(first, origins=gathered.origins.table())
    names = {row["id"]: str(row["name"]) for _, row in gathered.nodes}
    same = sameness(resolved, names, force)
    differ = differing(resolved.nodes, gathered.nodes)
    for told in (gathered.nodes, gathered.edges, resolved.nodes, resolved.edges):
        told.clear()  # they are in the tables now, and a gigabyte nationwide
    derived = derive(first, ledger.finding_key, decisions(force))
    skip = {id for id, said in derived.updates.items() if said.get("website")}
    skip |= {r["source"] for k, r in derived.edges if k == "CHANNEL_OF"}
    expected = assumed(first, (r for k, r in derived.edges if k == "PERFORMS"), skip)
    doubted = doubts(_members(derived.edges), resolved, names)
    evidence = Evidence(chain(derived.evidence, same.evidence, doubted, differ))
    origins = gathered.origins
    for more in (derived.origins, expected.origins, same.origins):
        origins += more
    whole = first.merged(
        derived.nodes, [*derived.edges, *expected.edges, *same.edges], derived.updates
    )
    del first, derived, expected, same
    whole, gone = _without(whole, _untouched(whole, origins))
    whole = whole.merged(edges=_derived_from_sources(whole, origins))
    return replace(
        whole,
        origins=origins.table(without=gone).cast(ORIGINS),
        evidence=evidence.table(without=gone),
    )


def _members(edges: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for relation, row in edges:
        if relation == "MEMBER_OF":
            found[row["target"]].add(row["source"])
    return found


def as_of(sources: Sequence[Said]) -> str | None:
    """Give the newest date a source states; None if none does."""
    return max((s.meta["as_of"] for s in sources if s.meta.get("as_of")), default=None)


def decisions(force: Sequence[Judgement]) -> dict[str, Judgement]:
    """Give the decisions on findings and on their members that are in force.

    Keyed by the finding's id, or by "<application> <finding>" for a member.
    """
    found = {j.about[0]: j for j in force if j.decision in FINDING}
    return found | {" ".join(j.about): j for j in force if j.decision in DISPOSITION}


def _add(
    records: Iterable[NodeRecord | EdgeRecord], nodes: list[NodeRecord], edges: list[EdgeRecord]
) -> None:
    for record in records:
        if isinstance(record, NodeRecord):
            nodes.append(record)
        else:
            edges.append(record)


def _parts(nodes: Iterable[NodeRecord]) -> list[EdgeRecord]:
    """A unit is part of its government; the row that names the unit says so."""
    return [
        EdgeRecord(
            "PART_OF", n.id, government, {}, n.origin._replace(how="rule:unit-of-government")
        )
        for n in nodes
        if n.type == "Agency"
        and isinstance(government := n.props.get("government"), str)
        and government != n.id
    ]


def _govern(gathered: Gathered, resolved: Resolved) -> None:
    """Give each application the government of its owner, else of the unit that reports it."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for d in resolved.descriptions:
        if d.government and d.national is None:
            weight = 1 if d.mention else 1000
            said[resolved.identity.canonical.get(d.key, d.key)][d.government] += weight
    rows: dict[str, list[Origin]] = defaultdict(list)
    for about, origin in gathered.origins.whole(said.keys()):
        rows[about].append(origin)
    for kind, row in gathered.nodes:
        if kind != "Application" or row.get("government") or not said[row["id"]]:
            continue
        count = said[row["id"]]
        row["government"] = min(count, key=lambda g: (-count[g], g))
        gathered.origins += [
            (row["id"], "government", o._replace(how=GOVERNMENT_RULE)) for o in rows[row["id"]]
        ]


def _untouched(all: Landscape, origins: Origins) -> set[str]:
    """National applications that no row names, no suggestion means and no finding points to."""
    apps = all.ids("Application")
    apps -= {id for id, source in origins.standing(apps) if source != authority.SLUG}
    near = list(all.touching(apps))
    said = origins.standing(row["id"] for _, row in near)
    stated = {edge for edge, source in said if source != authority.SLUG}
    touched = {
        row[end]
        for relation, row in near
        if relation == "SAME_AS" or row["id"] in stated
        for end in ("source", "target")
    }
    touched |= {row[key] for row in all.rows("Finding") for key in ("covered_by", "survivor")}
    return apps - touched


def _without(all: Landscape, ids: set[str]) -> tuple[Landscape, set[str]]:
    """Take nodes out, and what hangs on nothing but them: owners and decrees nobody else names.

    Gives what is left, and the ids of the nodes and edges that went.
    """
    gone = set(ids)
    while ids:
        lost = list(all.touching(ids))
        gone |= {row["id"] for _, row in lost}
        all = all.without(ids)
        ends = {row[end] for _, row in lost for end in ("source", "target")}
        ends &= all.ids("Agency") | all.ids("Regulation")
        needed = {row[end] for _, row in all.touching(ends) for end in ("source", "target")}
        ids = ends - needed - all.values("government")
        gone |= ids
    return all, gone


def _derived_from_sources(all: Landscape, origins: Origins) -> Iterator[tuple[str, dict[str, str]]]:
    """Join each node to the sources it stands in."""
    nodes = set().union(*(all.ids(k) for k in all.nodes if k not in ("Source", "Finding")))
    for about, source in origins.standing(nodes):
        row = {"source": about, "target": source_id(source)}
        row["id"] = edge_id("DERIVED_FROM", about, row["target"], {})
        origins.add(row["id"], None, (Origin(source),))
        yield "DERIVED_FROM", row


def source_id(slug: str) -> str:
    """Give the id of a source; names that differ in signs only stay apart by a hash."""
    key = re.sub(r"[^a-z0-9]+", "-", slug.casefold()).strip("-")
    if key == slug:
        return f"source:{key}"
    return f"source:{key or 'x'}-{hashlib.sha256(slug.encode()).hexdigest()[:6]}"


def _source_node(gathered: Gathered, said: Said) -> None:
    """Give the source itself as a node."""
    id = source_id(said.slug)
    keys = ("name", "name_en", "slug", "publisher", "as_of", "license", "generated")
    row: dict[str, Any] = {"id": id, **{k: said.meta.get(k) for k in keys}, "slug": said.slug}
    gathered.nodes.append(("Source", row))
    origin = Origin(said.slug)
    for prop in (None, *(k for k in keys if row[k] is not None)):
        gathered.origins.add(id, prop, (origin,))
