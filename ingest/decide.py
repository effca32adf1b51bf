"""Decisions of people: written down, in force at once, and taken back when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches

from graph.build.judgements import (
    DISPOSITION,
    FINDING,
    PAIR,
    Judgement,
    holding,
    judgements,
)
from graph.errors import (
    AlreadyDecided,
    MissingReason,
    NotAMember,
    UnknownFinding,
    UnknownJudgement,
)
from graph.landscape import Landscape
from graph.store.workspace import Workspace, Writer
from ingest.personal import clean_text
from ingest.rebuild import rebuild

ANY = "*"  # no judgement has this id


def judge(
    workspace: Workspace,
    decision: str,
    about: tuple[str, ...],
    *,
    why: str | None,
    by: str | None,
    now: bool = True,
    seen: str | None = ANY,
) -> Judgement:
    """Write down a decision, and build the version in which it holds.

    Parameters
    ----------
    decision
        same, different, unsure (of two applications); accept, reject (of a finding);
        keep, merge, retire, integrate (of an application in a finding).
    about
        The ids it is about, in that order.
    now
        Build at once; else the decision takes effect with the next build.
    seen
        The judgement that the person knew to hold (None: that there was none); `ANY` overrules
        whatever holds.

    Raises
    ------
    MissingReason
        Without a reason or a name.
    AlreadyDecided
        If another judgement than `seen` holds by now.
    UnknownFinding
        If the finding is not in the current version.
    """
    missing = [flag for flag, text in (("--why", why), ("--by", by)) if not (text or "").strip()]
    if missing:
        raise MissingReason(decision, missing=", ".join(missing))
    landscape = workspace.version().landscape
    judgement = Judgement(
        id="",
        decision=decision,
        about=tuple(sorted(about)) if decision in PAIR else about,
        by=clean_text(str(by).strip())[0],
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        why=clean_text(str(why).strip())[0],
        members=_members(landscape, decision, about),
    )
    with workspace.writing() as writer:
        held = holding(judgements(workspace.judgements()), about)
        if seen != ANY and held and held.id != seen:
            raise AlreadyDecided(held.id, by=held.by, at=held.at[:10], why=held.why)
        return _keep(writer, judgement, now)


def undo(
    workspace: Workspace,
    id: str,
    *,
    why: str | None = None,
    by: str | None = None,
    now: bool = True,
) -> Judgement:
    """Take a decision back; what it did is computed anew.

    Who takes it back, and why, is written down if it is said; it is never taken from the decision.

    Raises
    ------
    UnknownJudgement
        If there is no such decision, or it is undone already.
    """
    with workspace.writing() as writer:
        known = {j.id: j for j in judgements(workspace.judgements())}
        gone = {j.undoes for j in known.values()}
        if id not in known or id in gone or known[id].undoes:
            raise UnknownJudgement(id, name=id)
        judgement = replace(
            known[id],
            decision="undo",
            by=clean_text((by or "").strip())[0],
            why=clean_text((why or "").strip())[0],
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            undoes=id,
        )
        return _keep(writer, judgement, now)


def _keep(writer: Writer, judgement: Judgement, now: bool) -> Judgement:
    """Write the decision down with the version in which it holds: both or neither."""
    numbered = replace(judgement, id=f"j{len(writer.workspace.judgements()) + 1}")
    if now:
        rebuild(writer, writer.workspace.sources(), decided=numbered)
    else:
        writer.add_judgement(numbered.line())
    return numbered


def _members(landscape: Landscape, decision: str, about: tuple[str, ...]) -> tuple[str, ...]:
    if decision not in FINDING + DISPOSITION:
        return ()
    finding = about[-1]
    findings = [r["id"] for r in landscape.rows("Finding")]
    if finding not in findings:
        near = get_close_matches(finding, findings, n=5, cutoff=0.3) or findings[:5]
        raise UnknownFinding(finding, name=finding, nearest=", ".join(near) or "–")
    members = tuple(sorted(landscape.sources(finding, "MEMBER_OF")))
    if decision in DISPOSITION and about[0] not in members:
        raise NotAMember(about[0], name=about[0], finding=finding, members=", ".join(members))
    return members
