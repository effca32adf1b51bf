"""Pieces of the findings page: filters, the head of a card, members, rules, the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer import data
from explorer.answers.findings import STATES, Card, Claim, Entry, Member
from explorer.components import parts
from explorer.components.choice import ALL, choice
from explorer.components.evidence import KINDS, kind_of
from explorer.words import count, date, h, lang, t, th
from graph.errors import SimpulError

DECISIONS = ("accept", "reject")
MOST = 50
MOST_TEXT = 120


def filters(
    entries: Sequence[Entry], functions: dict[str, str], names: dict[str, str]
) -> list[Entry]:
    """Draw the filters; give the findings that pass. Their state stands in the address."""
    kinds = sorted({e.kind for e in entries})
    with st.container(horizontal=True, key="filters"):
        function = choice(
            "fungsi", {f: functions[f] for f in sorted({e.function for e in entries})}
        )
        place = choice(
            "pemda", {g: names[g] for g in sorted({g for e in entries for g in e.governments})}
        )
        kind = choice("jenis", {k: t(f"finding.kind.{k}") for k in kinds})
        state = choice("keadaan", {s: t(f"state.{s}") for s in STATES})
    return [
        e
        for e in entries
        if function in (ALL, e.function)
        and (place == ALL or place in e.governments)
        and kind in (ALL, e.kind)
        and state in (ALL, e.state)
    ]


def head(card: Card, facts: data.Facts) -> None:
    """Say what the finding says, and how far it has come."""
    e = card.entry
    seen = sum(v == "on" for v in e.marks.values())
    answers = {
        t("fact.place"): e.place or t("word.unknown"),
        t("fact.kinds"): t("finding.kinds-of", n=seen),
        t("fact.public"): t(f"finding.public.{e.state}"),
    }
    parts.head(
        f"{e.no} · {t(f'finding.kind.{e.kind}')} · {card.function}",
        e.name,
        th(f"finding.lead.{e.state}", members=count("finding.members", e.members)),
        answers | parts.rests_on(*facts),
        mark=parts.stamp(e.state) + " &nbsp;",
    )


MEMBER_COLUMNS = ("application", "reported", "scope", "status", "address", "role")


def member_table(members: Sequence[Member], names: dict[str, str]) -> str:
    """Draw the members; the suggested survivor is marked."""
    rows = [
        [
            _named(m),
            _users(m.users, names),
            parts.unknown() if m.scope == "unknown" else h(t(f"scope.{m.scope}")),
            parts.unknown() if m.status == "unknown" else h(t(f"lifecycle.{m.status}")),
            f'<span class="sp-small">{parts.address(m.address)}</span>',
            _role(m),
        ]
        for m in members
    ]
    marks = ["keep" if m.role == "survivor" else "" for m in members]
    return parts.table([(t(f"column.{c}"), "") for c in MEMBER_COLUMNS], rows, marks)


def _named(m: Member) -> str:
    said = h(parts.cut(m.description, MOST_TEXT)) or parts.unknown()
    name = parts.link(m.name, "profil", app=m.id)
    return f"<b>{name}</b><br><span class='sp-small'>{said}</span>"


def _users(users: Sequence[str], names: dict[str, str]) -> str:
    if not users:
        return parts.unknown()
    return h(names[users[0]]) if len(users) == 1 else h(count("count.bodies", len(users)))


def _role(m: Member) -> str:
    if m.role == "survivor":
        return f'<span class="sp-stamp accepted">{h(t("role.survivor"))}</span>'
    said = h(t(f"role.{m.role}"))
    if m.disposition:
        said += f"<br><span class='sp-small'>{h(t(f'disposition.{m.disposition}'))}</span>"
    return said


def rules(claims: Sequence[Claim], names: dict[str, str]) -> str:
    """Show the rules that apply, each with its article and its standing."""
    if not claims:
        return f'<p class="sp-small">{h(t("rule.none"))}</p>'
    body = ""
    for c in claims:
        number = str(c.facts.get("regulation") or "")
        title = " ".join(x for x in (names.get(number, number), c.facts.get("article")) if x)
        status = str(c.facts.get("status") or "unknown")
        tag = parts.how(
            {"met": "stated", "missing": "stated"}.get(status, "unknown"), t(f"rule.{status}")
        )
        body += f"<p><b>{h(title)}</b>{h(parts.sentence(c.text))} {tag}</p>"
    return body


def verdict(id: str) -> None:
    """Draw the decision that holds, or the form that takes one."""
    if message := st.session_state.pop("temuan-tersimpan", None):
        st.success(message, icon=":material/check:")
    if held := data.decided(id):
        said = t("verdict.said", by=held.by, at=date(held.at))
        decided = h(t(f"verdict.{held.decision}"))
        body = f"<p>{decided}: “{h(held.why)}”</p><p class='sp-small'>{h(said)}</p>"
        parts.show(parts.note("keep", t("verdict.held"), body))
        _take_back(held.id)
        return
    with st.form("verdict", border=True):
        parts.show(f"<div class='sp-title'>{h(t('verdict.title'))}</div>")
        decision = st.radio(
            t("verdict.title"),
            DECISIONS,
            index=None,
            format_func=lambda d: t(f"verdict.{d}"),
            label_visibility="collapsed",
            key="temuan-putusan",
        )
        why = st.text_area(
            t("verdict.why"), placeholder=t("verdict.example"), height=96, key="temuan-alasan"
        )
        by = st.text_input(t("verdict.by"), key="temuan-nama")
        sent = st.form_submit_button(
            t("verdict.save"), type="primary", width="stretch", key="go-save"
        )
    if not sent:
        return
    if _all_there(decision=decision or "", why=why, by=by):
        _write(lambda: data.judge(str(decision), id, why.strip(), by.strip()), t("verdict.saved"))


def _take_back(judgement: str) -> None:
    """Draw the form that takes a decision back: it asks who does, as the decision did."""
    with st.form("undo", border=False):
        by = st.text_input(t("verdict.by"), key="temuan-pembatal")
        sent = st.form_submit_button(t("verdict.undo"), key="temuan-batal", icon=":material/undo:")
    if sent and _all_there(by=by):
        _write(lambda: data.undo(judgement, by.strip()), t("verdict.undone"))


def _all_there(**answers: str) -> bool:
    """Say which answers of a form are missing; tell whether none is."""
    missing = [key for key, answer in answers.items() if not answer.strip()]
    if missing:
        st.error("\n\n".join(t(f"verdict.missing.{key}") for key in missing))
    return not missing


def _write(change: Callable[[], None], message: str) -> None:
    """Change the workspace; say why where it cannot be done."""
    try:
        with st.spinner(t("verdict.building")):
            change()
    except SimpulError as e:
        st.error(e.text(lang()))
    else:
        st.session_state["temuan-tersimpan"] = message
        st.rerun()


def twin(
    entries: Sequence[Entry], functions: dict[str, str]
) -> tuple[list[str], list[list[object]]]:
    """Give the list as lines."""
    names = ("number", "finding", "kind", "function", "place", "members", "score", "state", "id")
    lines: list[list[object]] = [
        [
            e.no,
            e.name,
            t(f"finding.kind.{e.kind}"),
            functions[e.function],
            e.place,
            e.members,
            round(e.score, 3),
            t(f"state.{e.state}"),
            e.id,
        ]
        for e in entries
    ]
    return [t(f"column.{n}") for n in names], lines


def evidence_twin(card: Card) -> tuple[list[str], list[list[object]]]:
    """Give what speaks for and against as lines, with where each thing stands."""
    names = ("side", "kind", "text", "origin")
    sides = (
        ("for", card.pro),
        ("against", card.con),
        ("rule", card.rules),
        ("survivor", card.survivor),
    )
    lines: list[list[object]] = [
        [t(f"side.{side}"), _kind(c), c.text, parts.places(c.origins, limit=200)]
        for side, claims in sides
        for c in claims
    ]
    return [t(f"column.{n}") for n in names], lines


def _kind(claim: Claim) -> str:
    kind = kind_of(claim.kind)
    return t(f"kind.{kind}.name") if kind in KINDS else "–"
