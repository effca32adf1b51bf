"""Decisions: with the version in which they hold, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.errors import BrokenWorkspace, NotAMember, UnknownFinding
from graph.landscape import Landscape
from graph.questions import redundant, same
from graph.store.workspace import Workspace, Writer
from ingest.decide import judge, undo


@pytest.fixture
def workspace(examples: Workspace, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(examples.path, tmp_path / "w")))


def rows_of(landscape: Landscape) -> dict[str, frozenset[tuple[str, int | None]]]:
    return {
        a["id"]: frozenset((o.source, o.row) for o in landscape.origins_of(a["id"]))
        for a in landscape.rows("Application")
    }


@pytest.mark.parametrize(
    ("failure", "told"), [(KeyboardInterrupt, KeyboardInterrupt), (OSError, BrokenWorkspace)]
)
def test_a_decision_whose_version_fails_is_not_kept(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    failure: type[BaseException],
    told: type[BaseException],
) -> None:
    finding = redundant(workspace.version().landscape)[0]["finding"]

    def fail(*_: object) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "publish", fail)
        with pytest.raises(told):
            judge(workspace, "accept", (finding,), why="dicek", by="uji")
    assert workspace.judgements() == []
    assert judge(workspace, "accept", (finding,), why="dicek", by="uji").id == "j1"


def test_a_decision_without_a_build_waits(workspace: Workspace) -> None:
    finding = redundant(workspace.version().landscape)[0]["finding"]
    judge(workspace, "accept", (finding,), why="dicek", by="uji", now=False)
    assert not [r for r in redundant(workspace.version().landscape) if r["decision"]]
    assert len(workspace.judgements()) == 1


@pytest.mark.parametrize("at", range(5))
def test_a_person_joins_the_rows_of_both(workspace: Workspace, at: int) -> None:
    before = rows_of(workspace.version().landscape)
    pair = sorted(
        same(workspace.version().landscape),
        key=lambda r: (r["left"]["id"] not in before, r["right"]["id"]),
    )[at * 7]
    left, right = pair["left"]["id"], pair["right"]["id"]
    made = judge(workspace, "same", (left, right), why="satu", by="uji")
    after = rows_of(workspace.version().landscape)
    assert before[left] | before[right] in after.values()
    assert set(after) < set(before)
    undo(workspace, made.id)
    assert rows_of(workspace.version().landscape) == before


def test_all_decisions_undone_give_the_first_version_again(workspace: Workspace) -> None:
    first = workspace.version().manifest["sha256"]
    pairs = same(workspace.version().landscape)[:3]
    made = [
        judge(workspace, decision, (r["left"]["id"], r["right"]["id"]), why="x", by="uji")
        for r, decision in zip(pairs, ("same", "different", "unsure"), strict=True)
    ]
    for judgement in made:
        undo(workspace, judgement.id, by="lain")
    assert workspace.version().manifest["sha256"] == first


def test_only_a_member_gets_a_disposition(workspace: Workspace) -> None:
    finding = redundant(workspace.version().landscape)[0]["finding"]
    with pytest.raises(NotAMember):
        judge(workspace, "keep", ("app:srikandi", finding), why="x", by="uji")
    with pytest.raises(UnknownFinding):
        judge(workspace, "accept", ("finding:none",), why="x", by="uji")
    assert workspace.judgements() == []
