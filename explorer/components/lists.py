"""Pieces of the findings page: filters, the head of a card, members, rules, the decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer import data
from explorer.answers.findings import STATES, Card, Claim, Entry, Member
from explorer.components import parts
from explorer.components.choice import ALL, choice
from explorer.components.evidence import KINDS, kind_of
from explorer.components.judging import Ask, judging
from explorer.words import count, h, t, th

DECISIONS = ("accept", "reject")
DISPOSITIONS = ("keep", "merge", "retire", "integrate")
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
            _users(m, names),
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


def _users(m: Member, names: dict[str, str]) -> str:
    """Name the user, or count them; where none is known, say whose it is."""
    if m.users:
        few = len(m.users) == 1
        return h(names[m.users[0]]) if few else h(count("count.bodies", len(m.users)))
    owners = ", ".join(names[a] for a in m.owners)
    said = f"<br><span class='sp-small'>{h(t('fact.owner'))}: {h(owners)}</span>" if owners else ""
    return parts.unknown() + said


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
    judging(Ask("temuan", (id,), DECISIONS, saved="verdict.saved", undone="verdict.undone"))


def dispositions(card: Card) -> None:
    """Ask what is to become of one member: kept, merged, retired, integrated."""
    inside = set(data.members_of(card.entry.id))
    members = {m.id: m.name for m in card.members if m.id in inside}
    member = choice("anggota", members, width=360)
    if member:
        about = (member, card.entry.id)
        judging(Ask("anggota", about, DISPOSITIONS, title="judging.member"))


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
