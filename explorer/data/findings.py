"""What the page on findings asks."""

from __future__ import annotations

from explorer.answers import findings
from explorer.data.core import per_version
from graph.store.workspace import Version


@per_version
def entries(v: Version, lang: str) -> list[findings.Entry]:
    """List the findings, the strongest first."""
    return findings.entries(v.landscape, lang)


@per_version
def card(v: Version, id: str, lang: str) -> findings.Card | None:
    """Give one finding; None if there is none."""
    entry = next((e for e in entries(lang) if e.id == id), None)
    return findings.card(v.landscape, entry, lang) if entry else None


@per_version
def members_of(v: Version, finding: str) -> list[str]:
    """List the members of a finding; its survivor may be none of them."""
    return v.landscape.sources(finding, "MEMBER_OF")


@per_version
def findings_of(v: Version, id: str, lang: str) -> list[findings.Entry]:
    """List the findings that an application is in, or that it covers."""
    L = v.landscape
    inside = {e["target"] for r, d, e in L.edges_of(id) if r == "MEMBER_OF" and d == "out"}
    inside |= {f["id"] for f in L.rows("Finding") if id in (f["covered_by"], f["survivor"])}
    return [e for e in entries(lang) if e.id in inside]
