"""What the pages ask of a workspace; the only place that caches.

A version never changes, so an answer is kept under its number. Nothing here draws.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import streamlit as st

from explorer.answers import findings, landscape, profile
from graph.build.judgements import Judgement, judgements, standing
from graph.store.place import settings
from graph.store.workspace import Version, Workspace

STATIC = Path(__file__).parent / "static"
FILLED = ("description", "address", "status", "owner")
HITS, HIT_FINDINGS = 12, 4
P = ParamSpec("P")
T = TypeVar("T")


class Facts(NamedTuple):
    """What every page says it rests on."""

    version: int
    as_of: str | None
    sources: int


class Summary(NamedTuple):
    """The numbers of the overview's title, and the strands under it."""

    rows: int
    applications: int
    in_finding: int
    flow: landscape.Flow
    names: dict[str, str]  # source → name
    governments: list[tuple[str, str, int]]
    groups: list[str]


class Hit(NamedTuple):
    """One thing that a search found."""

    id: str
    type: str
    name: str


def workspace() -> Workspace:
    """Give the workspace that the server was started on."""
    return Workspace(settings(os.environ).workspace)


def here() -> Version:
    """Open the current version.

    Raises
    ------
    NoVersion
        If nothing is loaded yet.
    """
    now = workspace()
    return _version(str(now.path), now.current)


@st.cache_resource(max_entries=2, show_spinner=False)
def _version(path: str, number: int | None) -> Version:
    return Workspace(Path(path)).version(number)


def per_version(make: Callable[Concatenate[Version, P], T]) -> Callable[P, T]:
    """Keep what a function gives under the version's number and its arguments.

    Answers are frozen and only read, so they are shared and not copied. Streamlit tells cached
    functions apart by their source text, which is the same for all made here: hence `name`.
    """

    @st.cache_resource(max_entries=200, show_spinner=False)
    def kept(name: str, path: str, number: int, *args: Any, **kwargs: Any) -> T:
        return make(_version(path, number), *args, **kwargs)

    @wraps(make)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        v = here()
        found: T = kept(make.__name__, str(v.workspace), v.number, *args, **kwargs)
        return found

    return ask


# -------------------------------------------------------------- every page
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


# -------------------------------------------------------------- overview
@per_version
def survey(v: Version) -> landscape.Survey:
    """Give the tables that the overview reads more than once."""
    return landscape.Survey(v.landscape)


@per_version
def row_counts(v: Version) -> dict[str, tuple[int, int]]:
    """Count the rows read and the rows refused of each source."""
    found = {}
    for slug, load in v.loads.items():
        read = sum(f["read"] for f in load.meta["files"])
        found[slug] = read, read - sum(f["accepted"] for f in load.meta["files"])
    return found


@per_version
def summary(v: Version, lang: str) -> Summary:
    """Count rows, applications and findings, and the strands between them."""
    s = survey()
    accepted = {slug: read - refused for slug, (read, refused) in row_counts().items()}
    flow = landscape.flow(s, accepted)
    rows = sum(sum(fates.values()) for fates in flow.rows.values())
    sources = v.landscape.rows("Source")
    names = {r["slug"]: v.landscape.name(r["id"], lang) for r in sources}
    inside = flow.states["finding"]
    return Summary(rows, len(s.applications), inside, flow, names, s.governments, s.groups)


@per_version
def matrix(
    v: Version, lang: str, government: str | None, group: str | None, rest: str, unknown: str
) -> landscape.Matrix:
    """Place applications by function and body; see `answers.landscape.matrix`."""
    return landscape.matrix(survey(), lang, government, group, rest, unknown)


@per_version
def quality(v: Version, lang: str) -> list[landscape.Rates]:
    """Give how much each source fills."""
    return landscape.quality(survey(), row_counts(), FILLED, lang)


# -------------------------------------------------------------- findings
@per_version
def entries(v: Version, lang: str) -> list[findings.Entry]:
    """List the findings, the strongest first."""
    return findings.entries(v.landscape, lang)


@per_version
def card(v: Version, id: str, lang: str) -> findings.Card | None:
    """Give one finding; None if there is none."""
    entry = next((e for e in entries(lang) if e.id == id), None)
    return findings.card(v.landscape, entry, lang) if entry else None


def decided(finding: str) -> Judgement | None:
    """Give the decision about a finding that holds now."""
    lines = standing(judgements(workspace().judgements()))
    return next((j for j in reversed(lines) if j.about == (finding,)), None)


def judge(decision: str, finding: str, why: str, by: str) -> None:
    """Write a decision about a finding and build; errors are the user's to resolve."""
    from ingest.decide import judge as decide

    decide(workspace(), decision, (finding,), why=why, by=by)


def undo(judgement: str, by: str) -> None:
    """Take a decision back in somebody's name, and build."""
    from ingest.decide import undo as take_back

    take_back(workspace(), judgement, by=by)


# -------------------------------------------------------------- profile
@per_version
def profile_of(v: Version, id: str, lang: str) -> profile.Profile | None:
    """Give a node with its facts, neighbours and source rows; None if there is none."""
    if id not in v.landscape:
        return None
    return profile.profile(v.landscape, v.row, id, lang)


@per_version
def most_used(v: Version, limit: int) -> list[tuple[str, str, int]]:
    """List the applications that most bodies use: (id, name, bodies)."""
    s = survey()
    rows = [(a, str(r["name"]), len(s.used_by.get(a, ()))) for a, r in s.applications.items()]
    return sorted(rows, key=lambda r: (-r[2], r[1].casefold()))[:limit]


@per_version
def findings_of(v: Version, id: str, lang: str) -> list[findings.Entry]:
    """List the findings that an application is in, or that it covers."""
    L = v.landscape
    inside = {e["target"] for r, d, e in L.edges_of(id) if r == "MEMBER_OF" and d == "out"}
    inside |= {f["id"] for f in L.rows("Finding") if id in (f["covered_by"], f["survivor"])}
    return [e for e in entries(lang) if e.id in inside]


# -------------------------------------------------------------- names
@per_version
def function_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from a function's id to its name."""
    return {r["id"]: v.landscape.name(r["id"], lang) for r in v.landscape.rows("Function")}


@per_version
def agency_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from a body's id to its name."""
    return {r["id"]: v.landscape.name(r["id"], lang) for r in v.landscape.rows("Agency")}


@per_version
def regulation_names(v: Version) -> dict[str, str]:
    """Lead from a regulation's id, with or without its prefix, to its name."""
    rows = {r["id"]: str(r["name"]) for r in v.landscape.rows("Regulation")}
    return rows | {k.removeprefix("regulation:"): name for k, name in rows.items()}
