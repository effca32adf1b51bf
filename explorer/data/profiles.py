"""What the search page and the profile ask."""

from __future__ import annotations

from explorer.answers import profile
from explorer.answers import search as search_answer
from explorer.data.core import per_version
from explorer.data.overview import survey
from graph.store.workspace import Version

MOST_USED = 30  # applications to begin with


@per_version
def search(v: Version, text: str, lang: str) -> search_answer.Answer:
    """Find every node that fits a text."""
    return search_answer.answer(v.landscape, text, lang)


@per_version
def profile_of(v: Version, id: str, lang: str) -> profile.Profile | None:
    """Give a node with its facts, neighbours and source rows; None if there is none."""
    if id not in v.landscape:
        return None
    return profile.profile(v.landscape, v.row, id, lang)


@per_version
def _joined(v: Version) -> dict[str, str]:
    """Lead from the id of an application that was joined to another to the one that bears it."""
    return profile.joined(v.landscape)


def borne_by(id: str) -> str | None:
    """Give the application that bears what an id meant before records were joined, if one does."""
    return _joined().get(id)


@per_version
def most_used(v: Version, limit: int) -> list[tuple[str, str, int]]:
    """List the applications that most bodies use: (id, name, bodies)."""
    s = survey()
    rows = [(a, str(r["name"]), s.users.get(a, 0)) for a, r in s.applications.items()]
    return sorted(rows, key=lambda r: (-r[2], r[1].casefold()))[:limit]
