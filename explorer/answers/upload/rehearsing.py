"""What a load of an uploaded file would do to the landscape."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.answers.pair import both_told_apart
from explorer.answers.upload.keeping import laid_out
from explorer.answers.upload.model import Check, Choices, Effect, File, Found, Joined
from graph.build import authority
from graph.landscape import Landscape
from graph.store.workspace import Workspace
from ingest.run import load, rehearse

MOST_REHEARSED = 50_000  # rows of the workspace; a build beyond that takes too long to wait for


def rehearsable(workspace: Workspace, check: Check) -> bool:
    """Say whether the effect on the landscape can be waited for."""
    loads = workspace.sources().values() if workspace.path.exists() else ()
    rows = sum(f["read"] for load in loads for f in load.meta["files"])
    return int(rows) + len(check.lines) <= MOST_REHEARSED


def effect(workspace: Workspace, file: File, choices: Choices, check: Check, lang: str) -> Effect:
    """Say what a load would do to the landscape; it costs as much as a build.

    Raises
    ------
    SimpulError
        The file cannot be read, or the workspace cannot.
    """
    assert check.mapping is not None
    with laid_out(workspace, file, check.mapping) as folder:
        done = load(workspace, [folder], slug=choices.slug, dry_run=True)
    after = rehearse(workspace, done.sources)
    before = workspace.version().landscape if workspace.current is not None else None
    return _effect(before, after, choices.slug, lang)


def _effect(before: Landscape | None, after: Landscape, slug: str, lang: str) -> Effect:
    titles = {r["slug"]: after.name(r["id"], lang) for r in after.rows("Source")}
    mine: dict[str, tuple[str, ...]] = {}
    for row in after.rows("Application"):
        sources = {o.source for o in after.origins_of(row["id"])}
        if slug in sources:
            mine[row["id"]] = tuple(sorted(sources - {slug, authority.SLUG}))
    joined = [
        Joined(
            id,
            after.name(id, lang),
            tuple(titles.get(s, s) for s in others),
            tuple(e[f"text_{lang}"] for e in after.evidence_of(id, "merged")),
        )
        for id, others in mine.items()
        if others
    ]
    same = [(r["source"], r["target"]) for r in after.edge_rows("SAME_AS")]
    old = {(r["source"], r["target"]) for r in before.edge_rows("SAME_AS")} if before else set()
    suggested = [
        both_told_apart(after, a, b, lang)
        for a, b in same
        if (a in mine or b in mine) and (a, b) not in old
    ]
    return Effect(
        len(mine),
        sum(not others for others in mine.values()),
        tuple(sorted(joined, key=lambda j: j.name)),
        tuple(sorted(suggested)),
        tuple(_findings(before, after, lang)),
    )


def _findings(before: Landscape | None, after: Landscape, lang: str) -> Iterator[Found]:
    """Give the findings that come, and those whose members change; the best first."""
    known = (
        {r["id"]: set(before.sources(r["id"], "MEMBER_OF")) for r in before.rows("Finding")}
        if before
        else {}
    )
    for row in sorted(after.rows("Finding"), key=lambda r: (-r["score"], r["id"])):
        members = set(after.sources(row["id"], "MEMBER_OF"))
        if members != known.get(row["id"]):
            function = after.name(row["function"], lang)
            name = after.name(row["id"], lang)
            yield Found(name, function, len(members), row["id"] not in known)
