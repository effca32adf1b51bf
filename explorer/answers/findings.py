"""What the findings page shows: the list, and one finding with what speaks for and against it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow.compute as pc

from graph.landscape import Landscape
from graph.schema.records import Origin
from graph.texts import say

STATES = ("indicated", "accepted", "rejected")
INDICATED = {
    "id": re.compile(r"() terindikasi\b"),
    "en": re.compile(r"\b(is|are) indicated to be\b"),
}
STATE_OF = {"accept": "accepted", "reject": "rejected", None: "indicated"}


class Claim(NamedTuple):
    """One thing that speaks for or against a finding."""

    kind: str
    text: str
    origins: tuple[Origin, ...]
    facts: Mapping[str, Any]


class Entry(NamedTuple):
    """One finding of the list."""

    id: str
    no: str
    name: str
    kind: str
    function: str
    governments: tuple[str, ...]
    place: str
    members: int
    state: str
    score: float
    marks: dict[str, str]


class Member(NamedTuple):
    """One application that a finding is about."""

    id: str
    name: str
    description: str | None
    users: tuple[str, ...]
    owners: tuple[str, ...]
    scope: str
    status: str
    address: str | None
    role: str  # member | survivor | covers
    disposition: str | None


@dataclass(frozen=True)
class Card:
    """One finding, whole."""

    entry: Entry
    function: str
    members: list[Member]
    pro: list[Claim]
    con: list[Claim]
    rules: list[Claim]
    survivor: list[Claim]
    asks: list[tuple[str, dict[str, str]]]  # key, facts
    members_changed: bool
    survivor_name: str | None


def entries(L: Landscape, lang: str) -> list[Entry]:
    """List the findings, the strongest first, rejected ones last."""
    apps: dict[str, list[str]] = {}
    members = L.edges["MEMBER_OF"]
    for app, finding in zip(*(members[c].to_pylist() for c in ("source", "target")), strict=True):
        apps.setdefault(finding, []).append(app)
    order = sorted(
        L.rows("Finding"), key=lambda r: (r["decision"] == "reject", -r["score"], r["id"])
    )
    ruled = ruled_about(L)
    return [_entry(L, row, sorted(apps.get(row["id"], ())), lang, ruled) for row in order]


def number(id: str) -> str:
    """Give the number by which a finding is cited: the end of its id, which the ledger keeps.

    It holds over versions and in every workspace, and a search for it finds the id in any export.
    """
    return f"T-{id.rpartition('-')[2].rpartition(':')[2]}"


def ruled_about(L: Landscape) -> set[str]:
    """Give the findings that a rule speaks of."""
    rules = pc.equal(L.evidence["side"], "rule")
    return set(L.evidence["about"].filter(rules).to_pylist())


def _entry(
    L: Landscape, row: Mapping[str, Any], members: list[str], lang: str, ruled: set[str]
) -> Entry:
    governments = sorted({g for m in members if (g := L.node(m)["government"])})
    names = [L.name(g, lang) for g in governments]
    place = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    return Entry(
        row["id"],
        number(row["id"]),
        titled(L.name(row["id"], lang), STATE_OF[row["decision"]], lang),
        row["kind"],
        row["function"],
        tuple(governments),
        place,
        len(members),
        STATE_OF[row["decision"]],
        float(row["score"]),
        marks(row, ruled),
    )


def titled(name: str, state: str, lang: str) -> str:
    """Give the title of a finding: what an analyst accepted is indicated no more.

    >>> titled("3 aplikasi KEPEGAWAIAN di Kota X terindikasi serupa", "accepted", "id")
    '3 aplikasi KEPEGAWAIAN di Kota X serupa: diterima analis'
    """
    if state != "accepted":
        return name
    return say("analysis.finding.accepted", lang, name=INDICATED[lang].sub(r"\1", name))


def marks(row: Mapping[str, Any], ruled: Collection[str]) -> dict[str, str]:
    """Lead from a kind of evidence to on, or to half where only a candidate speaks for it."""
    found = {("function" if k == "text" else k): "on" for k in row["evidence_kinds"] or ()}
    if "rule" not in found and row["id"] in ruled:
        found["rule"] = "half"
    return found


def card(L: Landscape, entry: Entry, lang: str) -> Card:
    """Give one finding with its members, evidence, rules and what to ask the owners."""
    row = L.node(entry.id)
    members = _members(L, row)
    survivor = row["survivor"]
    pro, con, rules, reasons = (
        claims(L, entry.id, side, lang) for side in ("for", "against", "rule", "survivor")
    )
    return Card(
        entry,
        L.name(row["function"], lang),
        members,
        pro,
        con,
        rules,
        reasons,
        asks(L, members, row["covered_by"]),
        bool(row["members_changed"]),
        L.name(survivor, lang) if survivor else None,
    )


def claims(L: Landscape, about: str, side: str, lang: str) -> list[Claim]:
    """Give the evidence of one side in a language, in the order the build wrote it."""
    return [
        Claim(r["kind"] or "", r[f"text_{lang}"] or "", tuple(r["origins"]), r["facts"])
        for r in L.evidence_of(about, side)
    ]


def _members(L: Landscape, row: Mapping[str, Any]) -> list[Member]:
    ids = L.sources(row["id"], "MEMBER_OF")
    extra = [x for x in (row["covered_by"], row["survivor"]) if x and x not in ids]
    decided = {e["source"]: e["disposition"] for r, d, e in L.edges_of(row["id"]) if d == "in"}
    found = []
    for id in [*ids, *dict.fromkeys(extra)]:
        app = L.node(id)
        role = "survivor" if id == row["survivor"] else "member" if id in ids else "covers"
        found.append(
            Member(
                id,
                str(app["name"]),
                app["description"],
                tuple(sorted(set(L.sources(id, "USES")))),
                tuple(sorted(set(L.sources(id, "OWNS")))),
                app["scope"] if app["scope"] != "unknown" else app["scope_inferred"],
                app["status"],
                app["address"],
                role,
                decided.get(id),
            )
        )
    return sorted(found, key=lambda m: (m.role != "member", m.name))


def asks(
    L: Landscape, members: Iterable[Member], covered_by: str | None
) -> list[tuple[str, dict[str, str]]]:
    """Say what is missing before owners can be held to a finding: keys of sentences and facts."""
    apps = [m for m in members if m.role != "covers"]
    silent = {
        "ask.status": [m.name for m in apps if m.status == "unknown"],
        "ask.description": [m.name for m in apps if not m.description],
        "ask.owner": [m.name for m in apps if not L.sources(m.id, "OWNS")],
        "ask.data": [m.name for m in apps if not _touches_data(L, m.id)],
    }
    found = [(key, {"names": _named(names)}) for key, names in silent.items() if names]
    if covered_by and covered_by in L:
        loose = [m.name for m in apps if m.id != covered_by and not _joined(L, m.id, covered_by)]
        if loose:
            name = str(L.node(covered_by)["name"])
            found.insert(0, ("ask.joined", {"names": _named(loose), "general": name}))
    return found


def _named(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" +{len(names) - 4}" if len(names) > 4 else "")


def _touches_data(L: Landscape, id: str) -> bool:
    return any(
        r in ("READS", "MASTERS") or (r == "INTEGRATES_WITH" and e["data"])
        for r, _, e in L.edges_of(id)
    )


def _joined(L: Landscape, left: str, right: str) -> bool:
    ends = {left, right}
    return any(
        r == "INTEGRATES_WITH" and {e["source"], e["target"]} == ends
        for r, _, e in L.edges_of(left)
    )
