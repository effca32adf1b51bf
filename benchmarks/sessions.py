"""Forty sessions open pages while versions are built: `python -m benchmarks.sessions`.

Each page must come without an error, show a version that was current while it was asked for, and
answer within 5 seconds. The sessions speak Streamlit's protocol, so a browser's drawing is not in
the figures; the builds run in a process of their own, as a second analyst's would.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.serving import ROOT, served
from tests.explorer.sessions import Opened, open_pages

LONGEST = 5.0  # seconds
BUILDS = (
    "import sys, time; from pathlib import Path; from graph.store.workspace import Workspace\n"
    "from ingest.decide import judge, undo\n"
    "w = Workspace(Path(sys.argv[1]))\n"
    "while True:\n"
    "    said = judge(w, 'accept', (sys.argv[2],), why='uji beban', by='penguji')\n"
    "    undo(w, said.id, by='penguji')\n"
)


class Watch:
    """Which version was current when, seen every few milliseconds."""

    def __init__(self, workspace: Workspace) -> None:
        self.seen: list[tuple[float, int]] = []
        self._workspace, self._ends = workspace, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ends.wait(0.01):
            number = Workspace(self._workspace.path).current
            if number and (not self.seen or self.seen[-1][1] != number):
                self.seen.append((time.monotonic(), number))

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def current_during(self, began: float, ended: float) -> set[int]:
        """Give the versions that were current at some moment of a span."""
        before = [n for at, n in self.seen if at <= began]
        return {n for at, n in self.seen if began <= at <= ended} | set(before[-1:])


@contextmanager
def building(workspace: Workspace, finding: str) -> Iterator[None]:
    """Build version after version in another process."""
    command = [sys.executable, "-c", BUILDS, str(workspace.path), finding]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        yield
        assert process.poll() is None, process.stderr and process.stderr.read()
    finally:
        process.kill()
        process.wait()


@contextmanager
def under_load(workspace: Workspace) -> Iterator[tuple[str, Watch]]:
    """Serve a workspace while versions of it are built; give the address, and what was current."""
    finding = workspace.version().landscape.rows("Finding")[0]["id"]
    with (
        served(workspace.path) as address,
        Watch(workspace) as watch,
        building(workspace, finding),
    ):
        yield address, watch


def faults(opened: Sequence[Opened], watch: Watch) -> list[str]:
    """Say what was wrong: an error on a page, or a version that was not current then."""
    found = [f"{o.page}: {w}" for o in opened for w in o.wrong]
    for o in opened:
        allowed = watch.current_during(o.began, o.began + o.took)
        if o.version not in allowed:
            found.append(f"{o.page}: version {o.version}, current then: {sorted(allowed)}")
    return found


def pages_of(workspace: Workspace) -> list[str]:
    """Give an address of every page, with something of this workspace to show."""
    from tests.explorer.screens import addresses

    return list(addresses(workspace).values())


def main(args: Sequence[str] | None = None) -> int:
    """Run the load, print what it took, and say whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, help="default: the examples, loaded anew")
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--each", type=int, default=6, help="pages that one session opens")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds to read a page")
    given = parser.parse_args(args)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(given.workspace or Path(folder) / "workspace")
        if given.workspace is None:
            load(workspace, [ROOT / "examples"])
        with under_load(workspace) as (address, watch):
            pages = pages_of(workspace)
            open_pages(address, pages, 1, len(pages))  # a server that nobody has used is not warm
            opened = open_pages(address, pages, given.sessions, given.each, given.pause)
    took = sorted(o.took for o in opened)
    wrong = faults(opened, watch)
    print(f"{len(opened)} pages in {given.sessions} sessions; {len(watch.seen)} versions went by")
    print(f"median {statistics.median(took):.2f} s, p95 {took[int(0.95 * len(took))]:.2f} s")
    slowest = max(opened, key=lambda o: o.took)
    print(f"longest {slowest.took:.2f} s ({slowest.page})")
    print("\n".join(wrong) or "no error, no wrong version")
    return bool(wrong) or took[-1] > LONGEST


if __name__ == "__main__":
    sys.exit(main())
