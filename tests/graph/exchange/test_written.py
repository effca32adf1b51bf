"""Where files are written: beside and renamed, through what is no file, or not at all."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from graph.errors import CannotWrite
from graph.exchange.tables import write_answer
from graph.exchange.written import write_blocks

ROWS = [{"name": "Srikandi", "n": 1}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_pipe_stays_a_pipe_and_gets_everything(tmp_path: Path, format: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_answer(ROWS, pipe, "csv" if format == "csv" else "xlsx")
    reader.join(10)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert got[0].startswith(b"\xef\xbb\xbfname" if format == "csv" else b"PK")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_a_device_is_never_replaced(device: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(device)
    before = os.stat(device)
    if device == "/dev/null":
        write_blocks(link, [b"x" * 100_000])
    else:
        with pytest.raises(CannotWrite, match="no room left"):
            write_blocks(link, [b"x" * 100_000])
    after = os.stat(device)
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)
    assert link.is_symlink()


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    write_blocks(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"


@pytest.mark.parametrize("path", ["/", ".", "", "..", "a-file/x", "none/x", "x" * 300])
def test_a_path_that_takes_no_file_is_refused(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a-file").touch()
    with pytest.raises(CannotWrite):
        write_blocks(Path(path), [b""])
    assert [p.name for p in tmp_path.iterdir()] == ["a-file"]
