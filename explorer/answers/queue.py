"""What may be, or was made, one application: suggestions, what rules merged, what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow.compute as pc

from explorer.answers.pair import both_told_apart, told_apart
from graph.build.judgements import PAIR, Judgement, standing
from graph.landscape import Landscape
from graph.questions.pairs import same


class Other(NamedTuple):
    """Who else may be meant: beside which side, and how sure the score is; None: not suggested."""

    id: str
    name: str
    beside: str
    score: float | None


class Row(NamedTuple):
    """One pair of the queue.

    Parameters
    ----------
    state
        open (nobody answered), merged (by a rule), or a person's word: same, different, unsure.
    about
        The ids that a judgement on the pair is about; None where there is nothing to tell apart.
    by
        The rule or the person; "score" where the pair is only suggested.
    """

    state: str
    left: str
    right: str
    names: tuple[str, str]
    about: tuple[str, str] | None
    score: float | None
    by: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    other: Other | None
    governments: frozenset[str]
    judgement: Judgement | None = None


class Progress(NamedTuple):
    """How many pairs a person answered, of those answered and those suggested."""

    answered: int
    of: int


def suggested(L: Landscape, lang: str, force: Iterable[Judgement]) -> list[Row]:
    """List the open suggestions, the surest first; one judged unsure stays, with its judgement."""
    said = {frozenset(j.about): j for j in force if j.decision == "unsure"}
    scores = {frozenset((e["source"], e["target"])): e for e in L.edge_rows("SAME_AS")}
    rows = []
    for r in same(L, lang):
        ends = (r["left"]["id"], r["right"]["id"])
        held = said.get(frozenset(ends))
        rows.append(
            Row(
                "unsure" if held else "open",
                *ends,
                both_told_apart(L, *ends, lang),
                ends,
                r["score"],
                r["by"],
                tuple(r["reasons"]),
                tuple(r["against"]),
                _other(L, ends, r["runner_up"], scores, lang),
                _governments(L, ends),
                held,
            )
        )
    return rows


def _other(
    L: Landscape,
    ends: tuple[str, str],
    runner_up: Mapping[str, str] | None,
    scores: Mapping[frozenset[str], Mapping[str, Any]],
    lang: str,
) -> Other | None:
    """Say beside which of the two the other one stands: the one it is scored higher with."""
    if runner_up is None:
        return None
    id = runner_up["id"]
    found = [
        (float(e["probability"]), end) for end in ends if (e := scores.get(frozenset((id, end))))
    ]
    score, beside = max(found, default=(None, ends[0]))
    return Other(id, told_apart(L, id, lang), beside, score)


def merged(L: Landscape, lang: str) -> list[Row]:
    """List what rules merged: the shown spelling beside every other one, and the rule."""
    rows: dict[tuple[str, str], Row] = {}
    for app in _merged(L):
        for e in L.evidence_of(app, "merged"):
            facts = e["facts"]
            if not str(facts["by"]).startswith("rule:"):
                continue
            key = (app, facts["right"])
            text = e[f"text_{lang}"]
            if key in rows:
                rows[key] = rows[key]._replace(reasons=(*rows[key].reasons, text))
                continue
            records = facts.get("records")
            rows[key] = Row(
                "merged",
                app,
                app,
                (facts["left"], facts["right"]),
                (records[0], records[1]) if records else None,
                facts.get("score"),
                facts["by"].removeprefix("rule:"),
                (text,),
                (),
                None,
                _governments(L, [app]),
            )
    return sorted(rows.values(), key=lambda r: (r.about is None, r.score or 0.0, r.names, r.left))


def judged(L: Landscape, lang: str, force: Sequence[Judgement]) -> list[Row]:
    """List what people judged on pairs, the newest first."""
    spelled = _joined_by_person(L)
    rows = []
    for j in reversed(force):
        if j.decision not in PAIR:
            continue
        left, right = j.about[0], j.about[-1]
        rows.append(
            Row(
                j.decision,
                left,
                right,
                _names(L, (left, right), spelled.get(j.id), lang),
                (left, right),
                None,
                j.by,
                (j.why,),
                (),
                None,
                _governments(L, (left, right)),
                j,
            )
        )
    return rows


def _names(
    L: Landscape, ends: tuple[str, str], spelled: tuple[str, str] | None, lang: str
) -> tuple[str, str]:
    """Name both; one that was merged into the other by its spelling."""
    if ends[0] != ends[1] and ends[0] in L and ends[1] in L:
        return both_told_apart(L, *ends, lang)
    there = [told_apart(L, id, lang) if id in L else None for id in ends]
    known = next((n for n in there if n), None)
    for at, name in enumerate(there):
        if name is None:
            there[at] = spelled[1] if spelled else known or ends[at]
    return str(there[0]), str(there[1])


def _merged(L: Landscape) -> list[str]:
    """Give the applications that stand for several records, by id."""
    about = L.evidence["about"].filter(pc.equal(L.evidence["side"], "merged"))
    found = pc.unique(about.filter(pc.starts_with(about, "app:"))).to_pylist()
    return sorted(found)


def _joined_by_person(L: Landscape) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for app in _merged(L):
        for e in L.evidence_of(app, "merged"):
            if judgement := e["facts"].get("judgement"):
                found.setdefault(judgement, (e["facts"]["left"], e["facts"]["right"]))
    return found


def progress(open_: Sequence[Row], judged_: Sequence[Row]) -> Progress:
    """Count the answers against the questions; a pair judged unsure is answered."""
    waiting = sum(r.state == "open" for r in open_)
    return Progress(len(judged_), len(judged_) + waiting)


def in_force(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Give the judgements on pairs that hold, oldest first."""
    return [j for j in standing(judgements) if j.decision in PAIR]


def _governments(L: Landscape, ids: Iterable[str]) -> frozenset[str]:
    found = (L.node(id).get("government") for id in ids if id in L)
    return frozenset(g for g in found if g)
