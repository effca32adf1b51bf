"""Bad input, end to end: one sentence in both languages, exit 2, and before equals after."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli import main
from graph.errors import SimpulError
from graph.store.workspace import Workspace
from tests.graph.store.test_workspace import small_disk
from tests.ingest.test_bad_files import KINDS, made
from tests.ingest.test_run import MAPPING, SURVEY, survey, tree

__all__ = ["small_disk"]
Asked = tuple[int, dict[str, Any]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace that holds one survey; no test may change it."""
    path = tmp_path_factory.mktemp("held") / "w"
    main(["-w", str(path), "load", str(SURVEY.parent)])
    before = tree(path)
    yield path
    assert tree(path) == before


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, type[SimpulError]]]:
    return made(tmp_path_factory.mktemp("bad"))


def error(capsys: pytest.CaptureFixture[str], *arguments: object) -> Asked:
    capsys.readouterr()
    exit = main([*map(str, arguments), "-f", "json"])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert out == ""
    return exit, dict(json.loads(err.strip().splitlines()[-1])["error"])


FOLDER = "a folder"  # stands for the files in it; the answer is another


@pytest.mark.parametrize("kind", [k for k in KINDS if k != FOLDER])
def test_a_bad_file_changes_nothing(
    held: Path,
    bad: dict[str, tuple[Path, type[SimpulError]]],
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, cls = bad[kind]
    before = tree(held)
    said = [
        error(capsys, "-w", held, "--lang", lang, "load", path, "--source", "kab-madiun")
        for lang in ("id", "en")
    ]
    assert [exit for exit, _ in said] == [2, 2]
    (_, indonesian), (_, english) = said
    assert path.name in indonesian["where"] + indonesian["problem"]
    assert indonesian["problem"] != english["problem"]
    assert cls.code == english["code"]
    assert tree(held) == before


def test_a_bad_file_makes_no_workspace(
    bad: dict[str, tuple[Path, type[SimpulError]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path, _ in bad.values():
        assert error(capsys, "-w", tmp_path / "nowhere", "load", path)[0] == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_workspace_that_is_written_to_says_wait(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace(held).writing():
        exit, said = error(capsys, "-w", held, "load", SURVEY.parent)
    assert (exit, said["code"]) == (2, "workspace-busy")


def test_a_full_disk_keeps_the_last_version(
    held: Path, small_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last good version answers while the disk is full, and the load works again after."""
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    workspace = Path(shutil.copytree(held, small_disk / "w"))
    before = tree(workspace)
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 40_000))
    more = survey(
        tmp_path / "lebih.csv",
        [("Dinas Sosial", f"Aplikasi bernomor {n}", "x" * 200, *[""] * 6) for n in range(400)],
    )
    load = ("-w", workspace, "load", more, "--mapping", MAPPING)
    exit, said = error(capsys, *load)
    assert (exit, said["code"]) == (2, "disk-full")
    assert tree(workspace) == before
    assert main(["-w", str(workspace), "versions"]) == 0
    filler.unlink()
    assert main([*map(str, load)]) == 0
