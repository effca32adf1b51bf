"""Sessions that open pages while versions are built see no error and no wrong version."""

from __future__ import annotations

from pathlib import Path

from benchmarks.sessions import Watch, faults, pages_of, under_load
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.serving import ROOT
from tests.explorer.sessions import Opened, open_pages

SESSIONS, EACH = 6, 5


def test_pages_answer_while_versions_are_built(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    load(workspace, [ROOT / "examples" / "kab-magetan", ROOT / "examples" / "integrasi"])
    with under_load(workspace) as (address, watch):
        pages = pages_of(workspace)
        opened = open_pages(address, pages, SESSIONS, EACH)
        while len(watch.seen) < 3:  # versions did go by
            opened += open_pages(address, pages, 1, EACH)
    assert faults(opened, watch) == []
    assert {o.page for o in opened} == set(pages)


def test_a_wrong_version_or_an_error_is_a_fault() -> None:
    watch = Watch.__new__(Watch)
    watch.seen = [(0.0, 1), (5.0, 2), (9.0, 3)]
    right = [Opened("a", 1.0, 1.0, 1, ()), Opened("b", 4.0, 2.0, 2, ())]
    assert faults(right, watch) == []
    assert len(faults([Opened("c", 6.0, 1.0, 1, ())], watch)) == 1
    assert len(faults([Opened("d", 6.0, 1.0, 2, ("KeyError: x",))], watch)) == 1
