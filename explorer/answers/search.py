"""What a search found: every node that fits, by type, with what tells two of one name apart."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from graph.landscape import Landscape
from graph.questions import search


class Found(NamedTuple):
    """One node that fits a text."""

    id: str
    type: str
    name: str
    matched: str  # the spelling that fits
    score: float
    about: str  # its government, else what describes it


class Answer(NamedTuple):
    """All that fits, the best first, and how many of each type."""

    found: list[Found]
    types: dict[str, int]


def answer(L: Landscape, text: str, lang: str) -> Answer:
    """Find the nodes that fit a text; cost as `graph.questions.search`."""
    found = [
        Found(
            r["node"]["id"],
            r["node"]["type"],
            L.name(r["node"]["id"], lang),
            r["matched"],
            r["score"],
            _about(L, r["node"]["id"], lang),
        )
        for r in search(L, text)
    ]
    return Answer(found, dict(Counter(f.type for f in found).most_common()))


def _about(L: Landscape, id: str, lang: str) -> str:
    row = L.node(id)
    government = row.get("government")
    if government and government != id:
        return L.name(government, lang)
    return str(row.get("description") or row.get("code") or "")
