"""Commands that change what a workspace holds, and those that say what it holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.declare import Answer, Command, Rows, argument
from commands.opening import answer, refuse_past, refuse_version, workspace
from graph.errors import CannotWrite, FileNotThere, RefusedRows, UnknownSource
from graph.store.place import Settings
from graph.texts import say

if TYPE_CHECKING:
    from ingest.run import Done

REMARKS = 20  # a screenful; all of them are kept with the source
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def inspect(args: argparse.Namespace, settings: Settings) -> Answer:
    """Say what the columns of a file seem to mean, and write that down to be corrected."""
    from ingest.mapping import guess, write_mapping
    from ingest.personal import clean_text
    from ingest.reading import tables_of

    refuse_version(args, "inspect")
    if not args.file.is_file():
        raise FileNotThere(str(args.file))
    name = clean_text(args.file.name)[0]
    sheets = tables_of(args.file, name)
    mapping, guesses = guess(sheets, name)
    if args.write is not None:
        try:
            write_mapping(args.write, mapping, args.lang)
        except OSError as e:
            raise CannotWrite(str(args.write), reason=e.strerror or str(e)) from e
    rows = [
        {
            "sheet": g.sheet,
            "header_row": g.header_row,
            "column": g.column,
            "means": g.means,
            "confidence": g.confidence,
            "reason": g.reason[args.lang],
            "samples": list(g.samples),
        }
        for g in guesses
    ]
    found = Answer(rows)
    found.remarks = [r.text(args.lang) for s in sheets for r in s.remarks]
    return found


def load(args: argparse.Namespace, settings: Settings) -> Answer:
    """Load files and folders, all of them or none."""
    from ingest.run import load as run

    refuse_past(args)
    space = workspace(args, settings)
    done = run(
        space,
        args.paths,
        slug=args.source,
        mapping=args.mapping,
        region=args.region,
        dry_run=args.dry_run,
        strict=args.strict,
        now=not args.no_build,
        progress=_progress,
    )
    told = [r for source in done.sources for file in source.files for r in file.remarks]
    remarks = [r.text(args.lang) for r in [*done.remarks, *told]]
    refused = sum(len(file.refused) for source in done.sources for file in source.files)
    found = answer(done.version, _loaded(done, args), exit=1 if args.strict and refused else 0)
    found.remarks = remarks[:REMARKS]
    if len(remarks) > REMARKS:
        more = say("command.more-remarks", args.lang, count=len(remarks) - REMARKS)
        found.remarks.append(more)
    if args.strict and refused:
        found.remarks.append(RefusedRows("", count=refused).text(args.lang))
    return found


def _loaded(done: Done, args: argparse.Namespace) -> Rows:
    """Give a row for each file that was read."""
    version = done.version.number if done.version else None
    rows = []
    for source in done.sources:
        for file in source.files:
            changes = done.changes[source.slug, file.name]
            row: dict[str, Any] = {
                "source": source.slug,
                "file": file.name,
                "read": file.read,
                "accepted": file.accepted,
                "refused": [
                    {
                        "origin": r.origin._asdict(),
                        "reason": r.error[args.lang]["problem"],
                        "hint": r.error[args.lang]["hint"] or r.error[args.lang]["expected"],
                    }
                    for r in file.refused
                ],
                "ignored_columns": file.ignored,
                "unknown_columns": file.unknown,
                "personal_dropped": dict(sorted(file.dropped.items())),
                "changes": changes.count,
                "version": version,
            }
            rows.append(row | ({"difference": changes.cells} if args.dry_run else {}))
    return rows


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def sources(args: argparse.Namespace, settings: Settings) -> Answer:
    """List the sources of a version."""
    version = workspace(args, settings).version(args.at)
    rows = []
    for slug, load in version.loads.items():
        files = load.meta["files"]
        read = sum(f["read"] for f in files)
        rows.append(
            {
                "source": slug,
                "publisher": load.meta["publisher"],
                "loaded_at": load.when["loaded_at"],
                "rows": read,
                "refused": read - sum(f["accepted"] for f in files),
            }
        )
    return answer(version, rows)


def refused(args: argparse.Namespace, settings: Settings) -> Answer:
    """List refused rows with their cells, to be mended and loaded again."""
    version = workspace(args, settings).version(args.at)
    if args.source is not None and args.source not in version.loads:
        raise UnknownSource(args.source, list(version.loads))
    rows = []
    for slug, load in version.loads.items():
        if args.source not in (None, slug):
            continue
        for row in load.rows:
            if row["refused"]:
                error = row["refused"]["error"][args.lang]
                origin = {k: row[k] for k in ("file", "sheet", "row")}
                column = row["refused"]["column"]
                rows.append(
                    {
                        "origin": {"source": slug, **origin, "column": column, "how": "stated"},
                        "reason": error["problem"],
                        "hint": error["hint"] or error["expected"],
                        "cells": row["cells"],
                    }
                )
    return answer(version, rows)


def build(args: argparse.Namespace, settings: Settings) -> Answer:
    """Build the version that follows from sources, keys, judgements and reference data."""
    from ingest.rebuild import rebuild

    refuse_past(args)
    space = workspace(args, settings)
    space.version()  # an empty workspace says so, and nothing is made
    with space.writing() as writer:
        version = rebuild(writer, space.sources())
    row = {"version": version.number} | {
        k: version.manifest[k] for k in ("sha256", "nodes", "edges")
    }
    return answer(version, [row])


def versions(args: argparse.Namespace, settings: Settings) -> Answer:
    """List the versions, oldest first."""
    refuse_version(args, "versions")
    space = workspace(args, settings)
    now = space.version()
    rows = [
        {"version": n, "as_of": space.version(n).as_of, "current": n == now.number}
        for n in space.numbers()
    ]
    return answer(now, rows)


def diff(args: argparse.Namespace, settings: Settings) -> Answer:
    """Say what changed from one version to another; exit 1 if anything did."""
    from graph.landscape import difference

    refuse_version(args, "diff")
    space = workspace(args, settings)
    before, after = space.version(args.before), space.version(args.after)
    rows = []
    for change, id, prop, old, new in difference(before.landscape, after.landscape):
        holder = after if id in after.landscape else before
        rows.append(
            {
                "change": change,
                "node": holder.landscape.brief(id),
                "property": prop,
                "before": old,
                "after": new,
            }
        )
    return answer(after, rows, exit=1 if rows else 0)


COMMANDS = [
    Command(
        "inspect",
        inspect,
        ("sheet", "header_row", "column", "means", "confidence", "reason", "samples"),
        (
            argument("file", type=Path, metavar="FILE"),
            argument("--write", type=Path, metavar="YML"),
        ),
        "simpul inspect examples/kab-madiun/survei-aplikasi-2025.csv",
    ),
    Command(
        "load",
        load,
        (
            "source",
            "file",
            "read",
            "accepted",
            "refused",
            "ignored_columns",
            "unknown_columns",
            "personal_dropped",
            "changes",
            "version",
        ),
        (
            argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER"),
            argument("--source", metavar="SLUG"),
            argument("--mapping", type=Path, metavar="YML"),
            argument("--region", metavar="CODE"),
            argument("--dry-run", action="store_true"),
            argument("--strict", action="store_true"),
            argument("--no-build", action="store_true"),
        ),
        "simpul load examples/kab-madiun",
    ),
    Command(
        "sources",
        sources,
        ("source", "publisher", "loaded_at", "rows", "refused"),
        example="simpul sources",
    ),
    Command(
        "refused",
        refused,
        ("origin", "reason", "hint", "cells"),
        (argument("source", nargs="?", metavar="SOURCE"),),
        "simpul refused kab-madiun",
        ("place", "reason", "hint"),
        lambda row, _: {"place": row["origin"]} | row,
    ),
    Command("build", build, ("version", "sha256", "nodes", "edges"), example="simpul build"),
    Command("versions", versions, ("version", "as_of", "current"), example="simpul versions"),
    Command(
        "diff",
        diff,
        ("change", "node", "property", "before", "after"),
        (
            argument("before", type=int, metavar="A"),
            argument("after", type=int, metavar="B"),
        ),
        "simpul diff 1 1",
    ),
]
