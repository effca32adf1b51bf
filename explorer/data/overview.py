"""What the overview asks."""

from __future__ import annotations

from typing import NamedTuple

from explorer.answers import landscape
from explorer.data.core import per_version
from graph.store.workspace import Version

FILLED = ("description", "address", "status", "owner")


class Summary(NamedTuple):
    """The numbers of the overview's title, and the strands under it."""

    rows: int
    applications: int
    in_finding: int
    flow: landscape.Flow
    placed: landscape.Placed
    names: dict[str, str]  # source → name
    governments: list[tuple[str, str, int]]
    groups: list[str]


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
    placed = landscape.placed(s)
    return Summary(rows, len(s.applications), inside, flow, placed, names, s.governments, s.groups)


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
