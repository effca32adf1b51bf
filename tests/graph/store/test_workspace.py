"""A workspace keeps its last good version, whatever happens to the one who writes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BrokenWorkspace, DiskFull, NoVersion, WorkspaceBusy
from graph.landscape import Landscape
from graph.store import workspace as store
from graph.store.workspace import TRACE, Given, Workspace

ROOT = Path(__file__).parents[3]
KILLS = 20


def landscape(*names: str) -> Landscape:
    return Landscape.of([("Application", {"id": f"app:{n}", "name": n.upper()}) for n in names], [])


def publish(workspace: Workspace, *names: str) -> int:
    graph = landscape(*names)
    manifest: dict[str, object] = {
        "sha256": graph.sha256,
        "sources": {},
        "software": "test",
        "as_of": None,
    }
    with workspace.writing() as writer:
        return writer.publish(graph, manifest).number


def names(workspace: Workspace, number: int | None = None) -> set[str]:
    return {r["name"] for r in workspace.version(number).landscape.rows("Application")}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


def test_a_version_is_read_as_it_was_written(workspace: Workspace) -> None:
    publish(workspace, "a", "b")
    assert names(workspace) == {"A", "B"}
    assert workspace.version().landscape.sha256 == landscape("b", "a").sha256


def test_readers_keep_the_version_they_opened(workspace: Workspace) -> None:
    first = publish(workspace, "a")
    opened = workspace.version()
    second = publish(workspace, "a", "b")
    assert {r["name"] for r in opened.landscape.rows("Application")} == {"A"}
    assert (names(workspace), names(workspace, first)) == ({"A", "B"}, {"A"})
    assert workspace.numbers() == [first, second]


def test_the_same_content_makes_no_new_version(workspace: Workspace) -> None:
    assert publish(workspace, "a") == publish(workspace, "a")


def test_an_empty_workspace_says_so(workspace: Workspace) -> None:
    with pytest.raises(NoVersion):
        workspace.version()
    assert not workspace.path.exists()


def test_a_failed_first_write_leaves_no_folder(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError, match="stop"), workspace.writing():
        raise RuntimeError("stop")
    assert not workspace.path.exists()


def test_a_second_writer_is_told_to_wait(workspace: Workspace) -> None:
    publish(workspace, "a")
    code = (
        "import sys; from pathlib import Path; from graph.store.workspace import Workspace\n"
        "with Workspace(Path(sys.argv[1])).writing():\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(workspace.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(WorkspaceBusy):
        publish(workspace, "b")
    assert names(workspace) == {"A"}
    other.stdin.close()
    assert other.wait(20) == 0
    other.stdout.close()
    publish(workspace, "b")


def test_a_line_cut_by_a_crash_is_no_decision(workspace: Workspace) -> None:
    decided(workspace, "j1")
    path = workspace.path / "judgements.jsonl"
    path.write_text(path.read_text() + '{"id": "j2", "deci')
    assert [j["id"] for j in workspace.judgements()] == ["j1"]
    decided(workspace, "j3")
    assert [j["id"] for j in workspace.judgements()] == ["j1", "j3"]


def test_a_damaged_table_is_a_sentence(workspace: Workspace) -> None:
    publish(workspace, "a")
    table = workspace.path / "versions/1/nodes/Application.arrow"
    table.write_bytes(table.read_bytes()[:40])
    with pytest.raises(BrokenWorkspace):
        _ = workspace.version().landscape


WRITER = """
import os
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.graph.store.test_workspace import publish
from graph.store.workspace import Workspace
w = Workspace(Path(sys.argv[1]))
for n in range(1, 10_000):
    publish(w, *(f"v{os.getpid()}x{n}-{i}" for i in range(200)))
    if n == 1:
        print("ready", flush=True)
"""


@pytest.mark.slow
def test_a_killed_writer_leaves_the_last_good_version(workspace: Workspace) -> None:
    """Kill at 20 random moments; after each, another process opens a version and finds it whole."""
    publish(workspace, *(f"v0-{i}" for i in range(200)))
    rng = random.Random(20)
    cut = 0
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(workspace.path), str(ROOT)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(rng.uniform(0, 0.6))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        cut += any(workspace.path.rglob("*.part"))
        whole = subprocess.run(
            [sys.executable, "-c", READER, str(workspace.path)], capture_output=True, cwd=ROOT
        )
        assert whole.returncode == 0, whole.stderr.decode()
    assert cut >= KILLS / 4, "the writer was hardly ever in the middle of anything"


def given(slug: str) -> Given:
    row = {"file": "a.csv", "sheet": None, "row": 2, "cells": "{}", "refused": None}
    return Given(slug, {"name": slug, "files": []}, [row], [], {"loaded_at": "", "place": ""}, "t")


def test_loads_are_on_the_disk_before_any_bears_its_name(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decision 0001: what a version may name is synced first, all loads of a command at once."""
    synced: list[Path] = []
    before: list[set[Path]] = []
    fsync, rename = store._fsync, os.rename

    def noted(path: Path) -> None:
        synced.append(path)
        fsync(path)

    def renamed(old: Path, new: Path) -> None:
        before.append({*synced})
        rename(old, new)

    monkeypatch.setattr(store, "_fsync", noted)
    monkeypatch.setattr("os.rename", renamed)
    with workspace.writing() as writer:
        loads = writer.keep(given(slug) for slug in ("a", "b", "c"))
    parts = [load.path.with_name(f"{load.name}.part") for load in loads.values()]
    kept = ("rows.arrow", "records.arrow", "meta.json", "loaded.json", TRACE)
    files = {part / name for part in parts for name in kept}
    assert before[0] >= {*parts, *files}
    assert {*synced} - before[-1] == {workspace.path / "sources"} | {p.parent for p in parts}
    assert all(load.whole for load in loads.values())


def test_a_load_that_fails_half_way_leaves_none_of_its_command(workspace: Workspace) -> None:
    def cut() -> Iterator[Given]:
        yield given("a")
        raise KeyboardInterrupt

    publish(workspace, "a")
    with workspace.writing() as writer, pytest.raises(KeyboardInterrupt):
        writer.keep(cut())
    assert [p for p in workspace.path.rglob("*") if p.is_file() and "sources" in p.parts] == []


def test_a_source_named_like_what_is_left_behind_is_kept(workspace: Workspace) -> None:
    with workspace.writing() as writer:
        [load] = writer.keep([given("a.part")]).values()
    with workspace.writing():
        assert load.whole


READER = """
import sys
from pathlib import Path
from graph.store.embedded import Embedded
from graph.store.workspace import Workspace
v = Workspace(Path(sys.argv[1])).version()
rows = v.landscape.rows("Application")
stem = {r["name"].split("-")[0] for r in rows}
assert len(rows) == 200 and len(stem) == 1, (len(rows), stem)
assert v.manifest["sha256"] == v.landscape.sha256
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "small"
    path.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(path)]
    if os.geteuid() != 0 or mount is None or subprocess.run([mount, *options]).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield path
    subprocess.run(["umount", str(path)], check=True)


def test_a_full_disk_leaves_the_last_good_version(small_disk: Path) -> None:
    workspace = Workspace(small_disk / "w")
    publish(workspace, "a")
    before = sorted(p.name for p in workspace.path.rglob("*"))
    (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 8192))
    with pytest.raises(DiskFull):
        publish(workspace, *(f"long-name-{i}" * 5 for i in range(500)))
    assert names(workspace) == {"A"}
    assert sorted(p.name for p in workspace.path.rglob("*")) == before


def decided(workspace: Workspace, id: str) -> None:
    keys = ("decision", "about", "by", "at", "why", "members", "undoes")
    with workspace.writing() as writer:
        writer.add_judgement({"id": id} | dict.fromkeys(keys, ""))


@pytest.mark.parametrize("damage", ["gone", "garbage", "folder"])
def test_a_lost_pointer_is_the_newest_whole_version(workspace: Workspace, damage: str) -> None:
    publish(workspace, "a")
    publish(workspace, "a", "b")
    pointer = workspace.path / "CURRENT"
    pointer.unlink()
    if damage == "garbage":
        pointer.write_bytes(b"\xff\xfe zwei")
    elif damage == "folder":
        pointer.mkdir()
    assert names(workspace) == {"A", "B"}


@pytest.mark.parametrize("name", ["nodes/Application.arrow", "origins.arrow", "manifest.json"])
def test_a_missing_table_is_no_empty_one(workspace: Workspace, name: str) -> None:
    graph = landscape("a")
    nodes, edges = graph.counts()
    manifest: dict[str, object] = {"sha256": "", "sources": {}, "as_of": None, "nodes": nodes}
    with workspace.writing() as writer:
        writer.publish(graph, manifest | {"edges": edges})
    (workspace.path / "versions/1" / name).unlink()
    with pytest.raises((BrokenWorkspace, NoVersion)):
        _ = workspace.version().landscape


def test_a_decision_whose_line_an_editor_left_open_holds(workspace: Workspace) -> None:
    decided(workspace, "j1")
    path = workspace.path / "judgements.jsonl"
    path.write_text(path.read_text().rstrip("\n"))
    decided(workspace, "j2")
    assert [j["id"] for j in workspace.judgements()] == ["j1", "j2"]


def read_everything(workspace: Workspace) -> None:
    workspace.judgements()
    workspace.keys()
    workspace.staged()
    _ = workspace.version().manifest
    _ = workspace.version().landscape


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("judgements.jsonl", b"[1, 2]\n"),
        ("judgements.jsonl", b"{}\n"),
        ("judgements.jsonl", b"\xff\xfe\n"),
        ("keys.csv", b"\xff\xfe\n"),
        ("keys.csv", b"a,b\n1,2\n"),
        ("staged.json", b"[1]\n"),
        ("versions/1/manifest.json", b"[1]\n"),
        ("versions/1/manifest.json", b"{}\n"),
        ("versions/1/origins.arrow", b"garbage"),
    ],
)
def test_a_damaged_file_is_a_sentence(workspace: Workspace, file: str, content: bytes) -> None:
    publish(workspace, "a")
    (workspace.path / file).write_bytes(content)
    with pytest.raises(BrokenWorkspace):
        read_everything(workspace)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_cannot_be_a_workspace_is_a_sentence(tmp_path: Path, kind: str) -> None:
    (tmp_path / "w").write_text("x") if kind == "file" else None
    place = tmp_path / "w" if kind == "file" else Path("/proc/self/nowhere")
    with pytest.raises((BrokenWorkspace, NoVersion)):
        publish(Workspace(place), "a")
