"""What is shown of identity: which spellings were joined and why, which pairs are suggested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph import reference
from graph.build.judgements import PAIR, Judgement
from graph.landscape import edge_id, evidence_row
from graph.schema.records import Origin
from graph.texts import both

if TYPE_CHECKING:
    from graph.build.build import Resolved
    from graph.build.resolve import Merge

LIKENESS = "rule:name-likeness"
SAME_SPELLING = "rule:same-spelling"
AUTHORITY = "rule:authority-list"


@dataclass
class Sameness:
    """SAME_AS edges with their evidence, and evidence of what was merged or judged."""

    edges: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    origins: list[tuple[str, str | None, Origin]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)


def sameness(resolved: Resolved, names: Mapping[str, str], force: Sequence[Judgement]) -> Sameness:
    """Write down suggestions, merges and judgements on pairs; `names` are those shown."""
    out = Sameness()
    rows = _rows(resolved)
    for s in resolved.identity.suggestions:
        left, right = sorted((s.left, s.right))
        id = edge_id("SAME_AS", left, right, {})
        out.edges.append(
            ("SAME_AS", {"id": id, "source": left, "target": right, "probability": s.score})
        )
        out.origins += [(id, None, o) for end in (left, right) for o in rows[end]]
        out.evidence += [evidence_row(id, "for", "text", r) for r in s.reasons]
        out.evidence += [evidence_row(id, "against", "text", r) for r in s.against]
        if s.runner_up:
            texts = {"text_id": names[s.runner_up], "text_en": names[s.runner_up]}
            out.evidence.append(
                evidence_row(id, "runner_up", "text", texts, facts={"id": s.runner_up})
            )
    _merged(out, resolved, names)
    _former(out, resolved, names)
    _judged(out, names, force)
    return out


def _rows(resolved: Resolved) -> Mapping[str, list[Origin]]:
    """Give the rows whose names were compared; of national applications those of the authority."""
    found: dict[str, list[Origin]] = defaultdict(list)
    for n in resolved.nodes:
        if n.type == "Application":
            found[n.id].append(n.origin._replace(column=n.columns.get("name"), how=LIKENESS))
    for app in reference.general_applications().values():
        found[app.id].append(app.origin(LIKENESS))
    return found


def _merged(out: Sameness, resolved: Resolved, names: Mapping[str, str]) -> None:
    """One row per further spelling of a node, with the rule or person that joined it."""
    canonical = resolved.identity.canonical
    spelled: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for d in resolved.descriptions:
        for spelling in d.spellings:
            spelled[canonical.get(d.key, d.key)][spelling].append(d.key)
    joined: dict[str, Merge] = {}
    # what a person joined is told as such, also where a rule had joined one side before
    for merge in sorted(resolved.identity.merges, key=lambda m: m.judgement is None):
        joined.setdefault(merge.left, merge)
        joined.setdefault(merge.right, merge)
    authority = {d.key for d in resolved.descriptions if d.national is not None}
    for id in sorted(set(spelled) & set(names)):
        for spelling in sorted(set(spelled[id]) - {names[id]}):
            keys = spelled[id][spelling]
            joint = next((joined[k] for k in keys if k in joined and k not in authority), None)
            if joint is None and id in keys and id in authority:
                by, score = AUTHORITY, 1.0
                reasons = [both("same.authority", left=names[id], right=spelling)]
            elif joint is None:
                by, score = SAME_SPELLING, 1.0
                reasons = [both("same.spelling", left=names[id], right=spelling)]
            else:
                by, score, reasons = joint.by, joint.score, joint.reasons
            facts = {"left": names[id], "right": spelling, "by": by, "score": score}
            if joint is not None:
                facts |= {"records": [joint.left, joint.right], "judgement": joint.judgement}
            out.evidence += [evidence_row(id, "merged", "text", r, facts=facts) for r in reasons]


def _former(out: Sameness, resolved: Resolved, names: Mapping[str, str]) -> None:
    """One row per node with the ids it was known by, so that an old link leads on."""
    known: dict[str, list[str]] = defaultdict(list)
    for key, id in resolved.identity.canonical.items():
        if key != id and id in names:
            known[id].append(key)
    for id in sorted(known):
        texts = dict.fromkeys(("text_id", "text_en"), names[id])
        out.evidence.append(
            evidence_row(id, "former", "text", texts, facts={"ids": sorted(known[id])})
        )


def doubts(
    members: Mapping[str, Collection[str]], resolved: Resolved, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Say of a finding that two of its members may be one application: settle that first."""
    found = []
    for finding in sorted(members):
        for s in resolved.identity.suggestions:
            if {s.left, s.right} <= set(members[finding]):
                text = both(
                    "same.perhaps_one",
                    left=names[s.left],
                    right=names[s.right],
                    share=round(s.score, 2),
                )
                found.append(evidence_row(finding, "against", "text", text))
    return found


def _judged(out: Sameness, names: Mapping[str, str], force: Sequence[Judgement]) -> None:
    for j in force:
        left, right = (*j.about, "")[:2]
        if j.decision in PAIR and j.decision != "same" and left in names and right in names:
            facts = {"right": right, "by": j.by, "judgement": j.id, "decision": j.decision}
            text = both("same.judged", by=j.by, at=j.at[:10], why=j.why)
            out.evidence.append(evidence_row(left, "judged", "judgement", text, facts=facts))
