"""Load files: read → transform → check → accept, all sources or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.build.build import build
from graph.build.judgements import judgements
from graph.build.references import Said
from graph.build.uncollected import uncollected
from graph.errors import Locus, UnknownSource
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord
from graph.store.workspace import Given, Load, Version, Workspace, Writer
from graph.texts import LANGUAGES
from ingest.changes import Changes, changes
from ingest.checks import check_expectations, check_place
from ingest.readers import Remark, remark
from ingest.reading import SourceRead, read_source
from ingest.rebuild import rebuild, said, stored, up_to_date
from ingest.tasks import Task, passed_over, tasks
from ingest.unchanged import trace, unchanged

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Done:
    """The outcome of a load: what was read, what changed, the version that holds it."""

    sources: list[SourceRead]
    changes: dict[tuple[str, str], Changes]  # (source, file) → what changed
    version: Version | None
    remarks: list[Remark]  # about the load as a whole; those about rows stand with their file


@uncollected()
def load(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    slug: str | None = None,
    mapping: Path | None = None,
    region: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    now: bool = True,
    moved: bool = False,
    progress: Progress = lambda _: None,
) -> Done:
    """Read files and folders into the workspace, all of them or none.

    Everything is read and checked first; only then is the workspace touched, and the accepted
    rows replace what each source said before. A source whose files, mapping and reference data are
    those of the load it would replace is not read again (`ingest.unchanged`); a dry run reads all.

    Parameters
    ----------
    slug
        The name of the source; of a source loaded before it replaces the rows.
    mapping
        A `source.yml` whose columns and codes are used for these files.
    region
        The Kemendagri code of the region that files without a `source.yml` are about.
    dry_run
        Read and compare, write nothing.
    strict
        Load nothing if any row is refused.
    now
        Build the next version at once; else the rows wait for the next build.
    moved
        The same sources may come from another place than before, as the examples do when the
        program was moved.
    progress
        Called with a sentence while it runs.

    Raises
    ------
    SimpulError
        If a file cannot be used; then nothing was changed.
    """
    before = workspace.sources() if workspace.path.exists() else {}
    read: list[SourceRead] = []
    found_tasks = tasks(paths, slug, mapping, before, region)
    for task in found_tasks:
        progress(task.slug)
        now_read = trace(task)
        source = None if dry_run else unchanged(task, now_read, before.get(task.slug))
        source = source or _read(task, now_read)
        check_place(source, before, named=moved or slug is not None)
        read.append(source)
    told = passed_over(paths, found_tasks)
    found = {
        (s.slug, file): change
        for s in read
        for file, change in changes(s, before.get(s.slug)).items()
    }
    refused = sum(len(f.refused) for s in read for f in s.files)
    if dry_run or (strict and refused):
        version = workspace.version() if before and workspace.current is not None else None
        return Done(read, found, version, told)
    progress("…")
    version = _write(workspace, read, now)
    return Done(read, found, version, told + _questions(version))


def _read(task: Task, before: str | None) -> SourceRead:
    """Read a source and hold it against its expectations; `before` is the trace of its files.

    A file that was written while it was read has no trace: nobody knows what was read.
    """
    source = read_source(task)
    check_expectations(source)
    source.trace = before if before == trace(task) else None
    return source


def rehearse(workspace: Workspace, read: Sequence[SourceRead]) -> Landscape:
    """Give the landscape that a load of these sources would lead to; nothing is written.

    It costs as much as a build.
    """
    new = {s.slug: said(s.held) if s.held else _says(s, meta(s)) for s in read}
    held = {slug: load for slug, load in workspace.sources().items() if slug not in new}
    told = {slug: said(load) for slug, load in held.items()} | new
    ordered = [told[slug] for slug in sorted(told)]
    return build(ordered, workspace.keys(), judgements(workspace.judgements())).landscape


def put_back(workspace: Workspace, slug: str, version: int | None) -> Version:
    """Let a source say again what it said in an older version, and build.

    A source that said nothing then is left out; so it is for None, the time before all versions.
    What it said since stays in the workspace, so this too can be taken back.

    Raises
    ------
    NoVersion
        There is no such version.
    UnknownSource
        The source is neither in that version nor in the current one.
    """
    with workspace.writing() as writer:
        loads = workspace.sources()
        old = workspace.version(version).loads if version is not None else {}
        if slug not in loads and slug not in old:
            raise UnknownSource(slug, list(loads))
        rest = {s: load for s, load in loads.items() if s != slug}
        wanted = rest | ({slug: old[slug]} if slug in old else {})
        return rebuild(writer, dict(sorted(wanted.items())))


def _questions(version: Version | None) -> list[Remark]:
    """Ask about ids that nothing bears any more beside new ones that resemble them."""
    asked = version.manifest["questions"] if version else []
    return [remark("renamed-or-new", Locus(q["new"]), old=q["old"]) for q in asked]


def _write(workspace: Workspace, read: Sequence[SourceRead], now: bool) -> Version | None:
    with workspace.writing() as writer:
        loads = {s.slug: s.held for s in read if s.held} | _kept(writer, read)
        if not now:
            writer.stage(loads)
            return workspace.version() if workspace.current is not None else None
        wanted = workspace.sources() | loads
        if version := up_to_date(workspace, wanted):
            return version
        fresh = {s.slug: _says(s, loads[s.slug].meta) for s in read if not s.held}
        for f in (f for s in read for f in s.files):
            f.records.clear()  # a gigabyte nationwide, and the build has them now
        return rebuild(writer, wanted, fresh=fresh)


def _kept(writer: Writer, read: Sequence[SourceRead]) -> dict[str, Load]:
    """Write down what was read, source by source."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return writer.keep(
        Given(
            s.slug,
            meta(s),
            [r for f in s.files for r in f.rows],
            list(stored(r for f in s.files for r in f.records)),
            {"loaded_at": at, "place": s.place},
            s.trace,
        )
        for s in read
        if not s.held
    )


def _says(source: SourceRead, meta: dict[str, Any]) -> Said:
    """Give what a source that was read says, as its load says it."""
    records = [r for f in source.files for r in f.records]
    nodes = [r for r in records if isinstance(r, NodeRecord)]
    return Said(source.slug, meta, nodes, [r for r in records if isinstance(r, EdgeRecord)])


def meta(source: SourceRead) -> dict[str, Any]:
    """Describe a load: titles, dates, counts and the mapping that was used."""
    m = source.mapping
    return {
        "name": m.title_id or source.slug,
        "name_en": m.title_en,
        "publisher": m.publisher,
        "as_of": m.as_of,
        "license": m.origin,
        "generated": m.generated,
        "mapping": m.to_dict(),
        "files": [
            {
                "file": f.name,
                "read": f.read,
                "accepted": f.accepted,
                "ignored_columns": f.ignored,
                "unknown_columns": f.unknown,
                "personal_dropped": dict(sorted(f.dropped.items())),
                "remarks": [{lang: r.text(lang) for lang in LANGUAGES} for r in f.remarks],
            }
            for f in source.files
        ],
    }
