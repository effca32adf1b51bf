"""National size, measured beside the alternatives in one run: the table of docs/benchmarks.md.

    python -m benchmarks.run [--applications 30000] [--only NAME …] [--repeat 3] [--keep DIR]
                             [--resume] [--write]

Each step runs in a process of its own, so its peak memory is its own.  `--only` takes the names
that `--list` prints.  With `--keep` a later run uses the landscape and the workspace of DIR again,
with `--resume` its figures too; `--write` puts the table into the document.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.landscape import generate
from benchmarks.national.measured import (
    Figure,
    StepFailed,
    in_process,
    interpreter,
    kept,
    machine,
    said,
)
from benchmarks.national.steps import STEPS, missing, now
from benchmarks.national.table import report, updated

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the landscape, run the steps, print the table, and write it if asked."""
    given = _parser().parse_args(arguments)
    if given.list:
        print("\n".join(STEPS))
        return
    if given.step:
        print(said(STEPS[given.step](given.keep, given.repeat)))
        return
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        _run(given, given.keep)
        return
    with tempfile.TemporaryDirectory(prefix="simpul-benchmarks-") as folder:
        _run(given, Path(folder))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--applications", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(STEPS), default=list(STEPS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--resume", action="store_true", help="keep the figures that DIR holds")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--step", choices=list(STEPS), help=argparse.SUPPRESS)
    return parser


def _run(given: argparse.Namespace, folder: Path) -> None:
    made = folder / "made.json"
    wanted = {"applications": given.applications, "seed": given.seed}
    if not made.exists() or json.loads(made.read_text()) != wanted:
        generate(folder, given.applications, given.seed)
        made.write_text(json.dumps(wanted))
    names = list(given.only)
    if "load" not in names and not (folder / "workspace" / "CURRENT").exists():
        names = ["load", *names]
    figures: list[Figure] = []
    notes: list[str] = []
    for name in names:
        if lacking := missing(name):
            notes.append(f"`{name}` was left out: {lacking}.")
            continue
        repeat = given.repeat if name != "load" else 1
        try:
            figures += _step(name, folder, repeat, given.resume)
        except StepFailed as e:
            notes.append(f"`{name}` failed: {e}")
        sys.stderr.write(f"{name}: {notes[-1] if notes and name in notes[-1] else 'done'}\n")
    about = json.loads((folder / "counts.json").read_text()) | wanted
    text = report(figures, notes, about, machine(), now())
    print(text)
    if given.write:
        DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8"), text), encoding="utf-8")


def _step(name: str, folder: Path, repeat: int, resume: bool) -> list[Figure]:
    """Run a step, or give what an earlier run kept of it."""
    if resume and (found := kept(folder / f"{name}.log")):
        return found
    command = [interpreter(), "-m", "benchmarks.run", "--step", name, "--keep", str(folder)]
    return in_process([*command, "--repeat", str(repeat)], folder / f"{name}.log")


if __name__ == "__main__":
    main()
