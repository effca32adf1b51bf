"""What analysis finds, written into a version: functions, similar pairs, findings, evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Protocol

from graph import reference
from graph.analysis.compared import compared, part_texts
from graph.analysis.function import Assignment
from graph.analysis.grounds import Field, Ground, obligations, opposing, supporting, survivor
from graph.analysis.redundant import CENTRAL, Cover, Group, System, redundant, score
from graph.analysis.similar import Likeness, Part
from graph.build.provenance import TITLE_RULE, originating
from graph.build.uncollected import uncollected
from graph.landscape import Landscape, edge_id, evidence_row
from graph.origins import Origins
from graph.schema.codes import AgencyKind, FindingKind, Scope
from graph.schema.records import Origin
from graph.texts import LANGUAGES, number, say, texts

VOCABULARY_RULE = "rule:function-vocabulary"
SIMILAR_RULE = "rule:similar-pair"
REDUNDANCY_RULE = "rule:redundancy"
WEBSITE_RULE = "rule:plain-website"
CHANNEL_RULE = "rule:name-of-a-channel"
SCOPE_RULE = "rule:scope-of-government"
JUDGED = "judged"
OWN_WORDS = frozenset(("text", "service"))
"""Kinds that rest on the words by which the function was found: with it they are one kind."""
FindingKey = Callable[[str, str, str | None, frozenset[str]], tuple[str, bool]]


class Decided(Protocol):
    """What a person decided about a finding or one of its members."""

    @property
    def decision(self) -> str:
        """The word: accept, reject; keep, merge, retire, integrate."""

    @property
    def members(self) -> Collection[str]:
        """The members the finding had when it was judged; empty if that was not kept."""


@dataclass
class Derived:
    """Rows to add to a Landscape, and properties to set on applications that are there."""

    nodes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    edges: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    origins: Origins = field(default_factory=Origins)
    grounds: list[dict[str, Any]] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    parts: Callable[[], Iterable[tuple[Part, ...]]] = tuple
    updates: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def evidence(self) -> Iterator[dict[str, Any]]:
        """Give the rows of evidence: those of similar pairs are made as they are asked for.

        There are six of them a pair, and nobody needs them all at once.
        """
        for edge, parts in zip(self.pairs, self.parts(), strict=True):
            for part in parts:
                yield {
                    "about": edge,
                    "side": "for",
                    "kind": part.kind,
                    "value": part.bits,
                    **part_texts(part),
                    **_NO_MORE,
                }
        yield from self.grounds

    def edge(self, relation: str, source: str, target: str, **props: Any) -> str:
        """Add an edge; give its id."""
        id = edge_id(relation, source, target, props)
        row = {"id": id, "source": source, "target": target} | props
        self.edges.append((relation, row))
        return id


@uncollected()
def derive(base: Landscape, finding_key: FindingKey, decisions: Mapping[str, Decided]) -> Derived:
    """Find functions, similar pairs and findings in a Landscape whose identities are settled.

    Parameters
    ----------
    base
        What sources and reference data say, the functions among it.
    finding_key
        (kind, function id, government or None, member ids) → id of the finding, and whether its
        members changed since it was first seen.
    decisions
        Finding id, or "application finding", → what was decided.

    Notes
    -----
    The same content gives the same rows, whatever the ids and the order of rows.  390
    applications take 2 s (half of it start-up), 30,000 take some 15 s of CPU.
    """
    out = Derived()
    c = compared(base)
    _performs(out, base, c.assignments)
    _websites(out, base, c.sites)
    _scopes(out, base, c.known)
    _similar(out, base, c.likeness)
    _channels(out, base, c.likeness)
    _originates(out, base)
    at = _field(base, c.known, c.assignments, c.likeness)
    groups = redundant(c.known, c.assignments, c.likeness, _covers(at), c.everyday)
    _findings(out, at, groups, finding_key, decisions)
    return out


# ------------------------------------------------------------ functions
def _performs(out: Derived, base: Landscape, assignments: Mapping[str, Assignment]) -> None:
    ids = {t.code: t.id for t in reference.functions().values()}
    for id, given in assignments.items():
        for rank, f in enumerate(given.functions, start=1):
            edge = out.edge(
                "PERFORMS", id, ids[f.code], confidence=f.confidence, rank=rank, words=f.words
            )
            rows = [o for p in f.properties for o in base.origins_of(id, p)]
            _origins(out, edge, None, rows or base.origins_of(id), VOCABULARY_RULE)


def _websites(out: Derived, base: Landscape, sites: Iterable[str]) -> None:
    for id in sorted(sites):
        out.updates.setdefault(id, {})["website"] = True
        _origins(out, id, "website", _told(base.origins_of, id), WEBSITE_RULE)


def _scopes(out: Derived, base: Landscape, known: Mapping[str, System]) -> None:
    """An application of a regional government is local until something else is known."""
    regional = {r["id"] for r in base.rows("Agency") if r["kind"] == AgencyKind.GOVERNMENT}
    scopes = {r["id"]: r["scope_inferred"] for r in base.rows("Application")}
    for id, s in sorted(known.items()):
        if s.government in regional and scopes[id] == Scope.UNKNOWN:
            out.updates.setdefault(id, {})["scope_inferred"] = Scope.LOCAL.value
            rows = base.origins_of(id, "government") or base.origins_of(id)
            _origins(out, id, "scope_inferred", rows, SCOPE_RULE)


def _channels(out: Derived, base: Landscape, likeness: Likeness) -> None:
    for channel, product in likeness.channels():
        edge = out.edge("CHANNEL_OF", channel, product)
        _origins(out, edge, None, base.origins_of(channel, "name"), CHANNEL_RULE)


def _originates(out: Derived, base: Landscape) -> None:
    for app, innovation in originating(base):
        edge = out.edge("ORIGINATES_FROM", app, innovation)
        _origins(out, edge, None, base.origins_of(innovation, "name"), TITLE_RULE)


# ------------------------------------------------------------ similar pairs
def _similar(out: Derived, base: Landscape, likeness: Likeness) -> None:
    found = likeness.similar()
    told = cache(
        lambda id: tuple(_known_by(o, SIMILAR_RULE) for o in _told(base.origins_of, id)[:1])
    )
    for left, right, probability in likeness.named(found):
        edge = out.edge("SIMILAR_TO", left, right, probability=probability)
        out.origins.add(edge, None, (*told(left), *told(right)))
        out.pairs.append(edge)
    out.parts = lambda: likeness.parts(found)


_NO_MORE = {k: v for k, v in evidence_row("", "", "", {}).items() if k in ("facts", "origins")}


# ------------------------------------------------------------ findings
def _field(
    base: Landscape,
    known: Mapping[str, System],
    assignments: Mapping[str, Assignment],
    likeness: Likeness,
) -> Field:
    functions = reference.functions().values()
    return Field(
        landscape=base,
        known=known,
        assignments=assignments,
        likeness=likeness,
        rules=reference.rules(),
        regulations=reference.regulations(),
        national=reference.general_applications(),
        function_names={f.code: {"id": f.name_id, "en": f.name_en} for f in functions},
    )


def _covers(at: Field) -> dict[str, list[Cover]]:
    """Give the general applications of each function: designated, then used, then as listed."""
    code_of = {f["id"]: f["code"] for f in at.landscape.rows("Function")}
    by_id = {a.id: a for a in reference.general_applications().values()}
    order = {id: n for n, id in enumerate(by_id)}
    found: dict[str, list[Cover]] = {}
    for e in at.landscape.edge_rows("COVERS"):
        if e["source"] in by_id:
            cover = Cover(e["source"], by_id[e["source"]])
            found.setdefault(code_of[e["target"]], []).append(cover)
    for covers in found.values():
        covers.sort(
            key=lambda c: (not c.designated, -len(at.landscape.sources(c.id, "USES")), order[c.id])
        )
    return found


def _findings(
    out: Derived,
    at: Field,
    groups: Iterable[Group],
    finding_key: FindingKey,
    decisions: Mapping[str, Decided],
) -> None:
    for group in groups:
        grounds = supporting(group, at)
        kinds = sorted({g.kind for g in grounds})
        if len({"function" if k in OWN_WORDS else k for k in kinds}) < 2:
            continue  # of one kind only: similar, and no finding
        function = reference.functions()[group.function].id
        members = frozenset(group.members)
        id, changed = finding_key(group.kind.value, function, group.government, members)
        best = survivor(group, at)
        decided = decisions.get(id)
        if decided is not None and decided.members:
            changed = frozenset(decided.members) != members
        name = _name(group, at)
        row = {
            "id": id,
            "name": name["text_id"],
            "name_en": name["text_en"],
            "kind": group.kind.value,
            "function": function,
            "score": score(group, at.known),
            "covered_by": group.cover.id if group.cover else None,
            "survivor": best.id if best else None,
            "decision": decided.decision if decided else None,
            "members_changed": changed and decided is not None,
            "evidence_kinds": tuple(kinds),
        }
        out.nodes.append(("Finding", row))
        _finding_origins(out, at, row, group)
        _members(out, at, id, group, decisions)
        sides = {
            "for": grounds,
            "against": opposing(group, at),
            "survivor": best.reasons if best else (),
            "rule": obligations(group, at),
        }
        for side, found in sides.items():
            out.grounds += [_evidence(id, side, g) for g in found]


def _evidence(about: str, side: str, ground: Ground) -> dict[str, Any]:
    return evidence_row(
        about, side, ground.kind, ground.texts, facts=ground.facts, origins=ground.origins
    )


def _members(
    out: Derived, at: Field, id: str, group: Group, decisions: Mapping[str, Decided]
) -> None:
    for member in group.members:
        decided = decisions.get(f"{member} {id}")
        disposition = decided.decision if decided else None
        edge = out.edge("MEMBER_OF", member, id, disposition=disposition)
        rows = _told(at.origins, member)
        _origins(out, edge, None, rows, JUDGED if decided else REDUNDANCY_RULE)


def _finding_origins(out: Derived, at: Field, row: Mapping[str, Any], group: Group) -> None:
    rows = [o for m in group.members for o in _told(at.origins, m)[:1]]
    found = [prop for prop, value in row.items() if prop != "id" and value is not None]
    judged = [p for p in found if p in ("decision", "members_changed") and row["decision"]]
    by_rule = [None, *(p for p in found if p not in judged)]
    for props, how in ((by_rule, REDUNDANCY_RULE), (judged, JUDGED)):
        known = tuple(dict.fromkeys(_known_by(r, how) for r in rows))
        for prop in props:
            out.origins.add(row["id"], prop, known)


def _name(group: Group, at: Field) -> dict[str, str]:
    """Name a finding with care: what was seen, never what has to be done."""
    key = group.kind.value
    if group.kind == FindingKind.COVERED and len(group.members) == 1:
        key = "covered_one"
    elif group.kind == FindingKind.NEIGHBOURS and group.sign == CENTRAL:
        key = "central"
    found = {}
    for lang in LANGUAGES:
        name = say(
            f"analysis.finding.{key}",
            lang,
            count=_count(len(group.members), lang),
            function=at.function(group.function, lang),
            place=at.name(group.government),
            app=group.cover.app.name if group.cover else "",
            governments=_count(len({at.known[m].government for m in group.members}), lang),
        )
        found[f"text_{lang}"] = name[:1].upper() + name[1:]
    if group.cover is None or group.cover.designated:
        return found
    app = group.cover.app.name
    return {
        f"text_{x}": say("analysis.finding.candidate", x, name=found[f"text_{x}"], app=app)
        for x in LANGUAGES
    }


def _count(n: int, lang: str) -> str:
    return texts(lang).get(f"analysis.count.{n}") or number(n, lang)


# ------------------------------------------------------------ origins
def _told(origins: Callable[..., list[Origin]], id: str) -> list[Origin]:
    """Give the rows that name and describe an application, else those it stands in."""
    said = [*origins(id, "name"), *origins(id, "description")]
    return list(dict.fromkeys(said)) or origins(id)


def _origins(out: Derived, about: str, prop: str | None, rows: Iterable[Origin], how: str) -> None:
    out.origins.add(about, prop, tuple(dict.fromkeys(_known_by(r, how) for r in rows)))


@lru_cache(maxsize=500_000)
def _known_by(origin: Origin, how: str) -> Origin:
    return origin._replace(how=how)
