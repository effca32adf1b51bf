"""The commit of an uploaded file, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.answers.upload.checking import earlier_load, examine
from explorer.answers.upload.model import Check, Choices, File, Kept
from graph.build.build import source_id
from graph.errors import LoadedMeanwhile, Locus
from graph.store.workspace import Version, Workspace
from ingest.mapping import SourceMapping, write_mapping
from ingest.run import load, put_back
from ingest.tasks import MAPPING


@contextmanager
def laid_out(workspace: Workspace, file: File, mapping: SourceMapping) -> Iterator[Path]:
    """Put a file beside its mapping for as long as it is read."""
    with workspace.scratch() as folder:
        workspace.set_aside(file.name, file.data, folder)
        write_mapping(folder / MAPPING, mapping)
        yield folder


def keep(workspace: Workspace, file: File, choices: Choices, check: Check) -> Kept:
    """Load the bytes that were checked, under the mapping that was checked: all or nothing.

    Raises
    ------
    LoadedMeanwhile
        The source says something else by now than when it was checked.
    SimpulError
        Nothing was changed.
    """
    assert check.mapping is not None
    before = workspace.current
    held = earlier_load(workspace, choices.slug)
    if (held and held.name) != check.over:
        now = examine(workspace, file, choices)
        if any((now.counts or {}).values()):  # else the same was loaded, and nothing is lost
            raise LoadedMeanwhile(Locus(file.name), slug=choices.slug)
    with laid_out(workspace, file, check.mapping) as folder:
        done = load(workspace, [folder], slug=choices.slug)
    assert done.version is not None
    [changes] = done.changes.values()
    changed = done.version.number != before
    return Kept(
        choices.slug,
        done.version.number,
        before,
        changed,
        changes.count,
        source_id(choices.slug),
        tuple(_fresh(workspace, before, done.version)) if changed else (),
    )


def _fresh(workspace: Workspace, before: int | None, version: Version) -> list[str]:
    """Give the ids of the findings that a version has and the one before it had not."""
    rows = workspace.version(before).landscape.rows("Finding") if before is not None else []
    old = {r["id"] for r in rows}
    return [r["id"] for r in version.landscape.rows("Finding") if r["id"] not in old]


def take_back(workspace: Workspace, kept: Kept) -> int:
    """Let the source say what it said before a commit; give the number of the new version.

    Raises
    ------
    LoadedMeanwhile
        Somebody else loaded the source since: their rows would be lost unseen.
    """
    mine = workspace.version(kept.version).loads.get(kept.slug)
    held = earlier_load(workspace, kept.slug)
    if (held and held.name) != (mine and mine.name):
        raise LoadedMeanwhile("", slug=kept.slug)
    return put_back(workspace, kept.slug, kept.before).number
