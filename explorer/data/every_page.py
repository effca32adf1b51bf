"""What every page shows: the version, what is made up in it, the search of the bar, names."""

from __future__ import annotations

from typing import NamedTuple

from explorer.data.core import here, per_version
from graph.schema.records import Origin
from graph.store.workspace import Version

HITS, HIT_FINDINGS = 12, 4


class Facts(NamedTuple):
    """What every page says it rests on."""

    version: int
    as_of: str | None
    sources: int


class Hit(NamedTuple):
    """One thing that a search found."""

    id: str
    type: str
    name: str


@per_version
def facts(v: Version) -> Facts:
    """Say which version this is, and what it rests on."""
    return Facts(v.number, v.as_of, len(v.loads))


@per_version
def generated(v: Version, lang: str) -> list[str]:
    """Name the sources that are made up; what shows the version says so."""
    L = v.landscape
    return [L.name(r["id"], lang) for r in L.rows("Source") if r["generated"]]


@per_version
def hits(v: Version, text: str, lang: str) -> tuple[int, list[Hit]]:
    """Find nodes by a text: how many, and the best ones; few of the findings that name it."""
    from graph.questions import search

    L = v.landscape
    ids = [r["node"]["id"] for r in search(L, text)]
    named = [id for id in ids if L.type_of(id) == "Finding"][HIT_FINDINGS:]
    best = [id for id in ids if id not in set(named)][:HITS]
    return len(ids), [Hit(id, L.type_of(id), L.name(id, lang)) for id in best]


@per_version
def name(v: Version, id: str) -> str | None:
    """Give the name of a node; None if there is none."""
    return str(v.landscape.node(id)["name"]) if id in v.landscape else None


def origins(id: str) -> list[Origin]:
    """Give the places that speak of a node or an edge."""
    return here().landscape.origins_of(id)
