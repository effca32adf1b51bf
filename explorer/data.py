"""What the pages ask of a workspace; the only place that caches.

A version never changes, so an answer is kept under its number. Nothing here draws.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import RLock
from typing import TYPE_CHECKING, Any, BinaryIO, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

import streamlit as st

from explorer.answers import atlas as atlas_answer
from explorer.answers import (
    exports,
    findings,
    integration,
    landscape,
    pair,
    profile,
    queue,
    reports,
)
from explorer.answers import innovations as innovation
from explorer.answers import network as network_answer
from explorer.answers import search as search_answer
from graph.build.judgements import Judgement, holding, judgements
from graph.exchange.selection import Profile
from graph.schema.records import Origin
from graph.store.embedded import Embedded
from graph.store.graph_store import Answer, GraphStore
from graph.store.place import settings
from graph.store.workspace import Version, Workspace

if TYPE_CHECKING:
    from graph.analysis.similar import Likeness

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
def search(v: Version, text: str, lang: str) -> search_answer.Answer:
    """Find every node that fits a text."""
    return search_answer.answer(v.landscape, text, lang)


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


# -------------------------------------------------------------- judgements
@per_version
def members_of(v: Version, finding: str) -> list[str]:
    """List the members of a finding; its survivor may be none of them."""
    return v.landscape.sources(finding, "MEMBER_OF")


def decided(*about: str) -> Judgement | None:
    """Give the judgement about a finding, two applications or a member that holds now."""
    return holding(judgements(workspace().judgements()), about)


def judge(decision: str, about: tuple[str, ...], why: str, by: str, seen: str | None) -> str:
    """Write a judgement and build; give its id. Errors are the user's to resolve.

    Parameters
    ----------
    seen
        The judgement that the page showed as holding; None if it showed that there is none.
    """
    from ingest.decide import judge as decide

    return decide(workspace(), decision, about, why=why, by=by, seen=seen).id


def undo(judgement: str, by: str) -> None:
    """Take a judgement back in somebody's name, and build."""
    from ingest.decide import undo as take_back

    take_back(workspace(), judgement, by=by)


# -------------------------------------------------------------- pairs
@per_version
def likeness(v: Version) -> Likeness:
    """Give the applications ready to be compared; half a second, and 0.2 ms an application."""
    from graph.analysis.compared import compared

    return compared(v.landscape).likeness


@per_version
def pair_of(v: Version, left: str, right: str, lang: str) -> pair.Pair:
    """Set two applications side by side."""
    return pair.pair(v.landscape, left, right, lang, likeness)


@per_version
def near(v: Version, id: str, lang: str) -> list[pair.Near]:
    """List the applications that probably do the same job as one."""
    return pair.near(v.landscape, id, lang)


@per_version
def similar_count(v: Version) -> int:
    """Count the pairs that the version holds to be similar."""
    return int(v.landscape.edges["SIMILAR_TO"].num_rows)


@per_version
def closest(v: Version, lang: str, limit: int) -> list[tuple[str, str, str, str, float]]:
    """List the most alike pairs: (left, its name, right, its name, probability)."""
    return pair.closest(v.landscape, lang, limit)


@per_version
def application_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from an application's id to its name and government, by name."""
    L = v.landscape
    found = {r["id"]: pair.told_apart(L, r["id"], lang) for r in L.rows("Application")}
    return dict(sorted(found.items(), key=lambda x: (x[1].casefold(), x[0])))


# -------------------------------------------------------------- integration
@per_version
def exchanges(v: Version, lang: str) -> list[integration.Exchange]:
    """List every exchange of data."""
    return integration.exchanges(v.landscape, lang)


@per_version
def innovations(v: Version, lang: str) -> list[innovation.Entry]:
    """List the innovations, the newest first."""
    return innovation.entries(v.landscape, lang)


def origins(id: str) -> list[Origin]:
    """Give the places that speak of a node or an edge."""
    return here().landscape.origins_of(id)


# -------------------------------------------------------------- one and the same
def _force() -> list[Judgement]:
    return queue.in_force(judgements(workspace().judgements()))


def suggested(lang: str) -> list[queue.Row]:
    """List the pairs that may be one application, the surest first."""
    return _suggested(lang, tuple(_force()))


@per_version
def _suggested(v: Version, lang: str, force: tuple[Judgement, ...]) -> list[queue.Row]:
    return queue.suggested(v.landscape, lang, force)


@per_version
def merged(v: Version, lang: str) -> list[queue.Row]:
    """List what rules merged, the least sure first."""
    return queue.merged(v.landscape, lang)


def judged(lang: str) -> list[queue.Row]:
    """List what people judged on pairs, the newest first."""
    return _judged(lang, tuple(_force()))


@per_version
def _judged(v: Version, lang: str, force: tuple[Judgement, ...]) -> list[queue.Row]:
    return queue.judged(v.landscape, lang, force)


def answered(lang: str) -> queue.Progress:
    """Count the pairs that people answered, and those that wait."""
    return queue.progress(suggested(lang), judged(lang))


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
def region_names() -> dict[str, str]:
    """Lead from the code of each region to its name; the country's whole list."""
    from graph.reference import regions

    return {code: r.name for code, r in sorted(regions().items())}


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


# -------------------------------------------------------------- questions in Cypher
class _Stopped(Exception):
    """Carries an answer that is not kept: next time the question may be done in time."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _store(path: str, number: int) -> GraphStore:
    v = _version(path, number)
    return Embedded(v.engine, str(v.number), lambda: v.landscape)


@st.cache_resource(max_entries=8, show_spinner=False)  # an answer holds up to 10,000 rows
def _asked(path: str, number: int, text: str, parameters: dict[str, Any]) -> Answer:
    found = _store(path, number).query(text, parameters)
    if not found.complete and not found.columns:
        raise _Stopped(found)
    return found


def answer(text: str, parameters: dict[str, Any]) -> Answer:
    """Give the rows of a question, as `simpul cypher` does: read only, within its limits.

    Raises
    ------
    RefusedQuery, BrokenQuery
    """
    v = here()
    try:
        found: Answer = _asked(str(v.workspace), v.number, text, parameters)
    except _Stopped as e:
        found = e.args[0]
    return found


@per_version
def choices(v: Version, label: str, property: str, lang: str) -> dict[str, str] | None:
    """Give the values a property takes, with names; see `answers.reports.choices`."""
    return reports.choices(v.landscape, reports.Meaning(label, property), lang)


@per_version
def meant(v: Version, name: str, label: str) -> str:
    """Give the id of the node that an id or a name means; errors are the user's to resolve."""
    from graph.questions import resolve_node

    return resolve_node(v.landscape, name, label)


def kinds(texts: Iterable[str]) -> dict[str, str]:
    """Give the type of each text that is the id of a node."""
    L = here().landscape
    return {x: L.type_of(x) for x in texts if x in L}


# -------------------------------------------------------------- exports
MOST_FILES = 6  # kept on disk
_one_at_a_time = RLock()
Kept = tuple[exports.Made, BinaryIO]


@st.cache_resource(show_spinner=False)
def _files() -> dict[tuple[Any, ...], Kept]:
    """Give what was made, the oldest one first.

    The files have no name: the system takes them back however the server ends.
    """
    return {}


@per_version
def amounts(v: Version, profile: Profile, agency: str | None) -> exports.Amounts:
    """Count what an export of this choice holds."""
    return exports.amounts(v.landscape, profile, agency)


def made(format: str, profile: Profile, agency: str | None, lang: str) -> exports.Made | None:
    """Say what the file of an export is, if it was made already."""
    kept = _files().get(_of_file(format, profile, agency, lang))
    return kept[0] if kept else None


def make(format: str, profile: Profile, agency: str | None, lang: str) -> Kept:
    """Make the file of an export, one at a time; what was made before is not made again."""
    found, key = _files(), _of_file(format, profile, agency, lang)
    with _one_at_a_time:
        if key not in found:
            while len(found) >= MOST_FILES:
                found.pop(next(iter(found)))[1].close()
            L = here().landscape
            kept = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - open as long as it is kept
            with TemporaryDirectory(prefix="simpul-") as place:
                written = exports.make(
                    L, format, Path(place), profile=profile, agency=agency, lang=lang
                )
                with written.path.open("rb") as source:
                    shutil.copyfileobj(source, kept)
            found[key] = written, kept
        return found[key]


def file(format: str, profile: Profile, agency: str | None, lang: str) -> bytes:
    """Give the bytes of an export; made first where it is not there."""
    with _one_at_a_time:
        kept = make(format, profile, agency, lang)[1]
        kept.seek(0)
        return kept.read()


def _of_file(format: str, profile: Profile, agency: str | None, lang: str) -> tuple[Any, ...]:
    v = here()
    return str(v.workspace), v.number, format, profile, agency, lang if format == "xlsx" else ""


# -------------------------------------------------------------- network and map
@per_version
def adjacency(v: Version) -> network_answer.Adjacency:
    """Give the edges of the version by node."""
    return network_answer.adjacency(v.landscape)


@per_version
def network(
    v: Version,
    focus: str,
    steps: int,
    opened: tuple[str, ...],
    types: tuple[str, ...] | None,
    relations: tuple[str, ...] | None,
    lang: str,
) -> network_answer.Picture:
    """Draw what is around a node; see `answers.network.picture`."""
    return network_answer.picture(
        v.landscape, adjacency(), focus, steps, opened, types, relations, lang
    )


@per_version
def most_connected(v: Version, limit: int, lang: str) -> list[tuple[str, str, str, int]]:
    """List the applications with most relations: (id, type, name, relations)."""
    return network_answer.most_connected(v.landscape, adjacency(), limit, lang)


@per_version
def neighbours(v: Version, id: str, lang: str) -> list[profile.Neighbour]:
    """List the edges of a node, as its profile does."""
    return profile.neighbours(v.landscape, id, lang)


@per_version
def atlas(v: Version) -> atlas_answer.Atlas:
    """Draw the map of the version."""
    return atlas_answer.atlas(survey())
