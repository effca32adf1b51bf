"""The door as a process: signs, streams, signals."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.store.workspace import Workspace

ROOT = Path(__file__).parents[1]


def start(
    *arguments: object, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    command: list[Any] = [sys.executable, ROOT / "cli.py", *arguments]
    given = {k: v for k, v in os.environ.items() if not k.startswith("SIMPUL_")} | (env or {})
    settings: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run(command, env=given, timeout=120, **settings)


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["utf-8", "ascii", "c"],
)
def test_without_a_command_all_commands_are_listed(env: dict[str, str]) -> None:
    done = start("--lang", "en", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "simpul [-w DIR] [--at VERSION] [--lang id|en] COMMAND …" in done.stdout.decode()


def test_names_come_whole_through_a_terminal_that_knows_ascii(examples: Workspace) -> None:
    done = start(
        *("-w", examples.path, "search", "tidak ada “é”"),
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="arguments are texts there")
def test_an_argument_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = start(*("-w", tmp_path, "judge", "same", "a", "b", "--why", b"\x80", "--by", "x"))
    assert done.returncode == 2
    assert done.stderr.startswith(b"[unknown-option] simpul: "), done.stderr
    assert b"\\udc80" in done.stderr


def test_a_query_that_is_no_text_is_refused_in_a_sentence(examples: Workspace) -> None:
    done = start("-w", examples.path, "cypher", "-", input=b"RETURN '\xff'")
    assert (done.returncode, done.stderr[:16]) == (2, b"[unknown-option]")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("form", ["table", "json", "csv", "xlsx"])
def test_a_full_standard_output_is_said(examples: Workspace, form: str) -> None:
    with open("/dev/full", "wb") as full:
        done = start("-w", examples.path, "--lang", "en", "sources", "-f", form, stdout=full)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert re.search("no room left", said), said
    assert "Traceback" not in said
    assert "Exception" not in said


def test_a_full_standard_output_and_help(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full device")
    with open("/dev/full", "wb") as full:
        assert start(stdout=full).returncode == 2
        done = start("sources", "--help", stdout=full)
        assert (done.returncode, done.stderr[:14]) == (2, b"[cannot-write]")


def test_a_reader_that_leaves_is_no_error(examples: Workspace) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = start("-w", examples.path, "sources", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["table", "json", "csv", "xlsx"])
def test_an_answer_that_does_not_fit_leaves_the_old_file(
    examples: Workspace, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "answer"
    path.write_text("old")
    done = start(
        *("-w", examples.path, "functions", "-f", form, "-o", path),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )
    assert done.returncode == 2
    assert b"cannot-write" in done.stderr
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_dash_is_standard_output(examples: Workspace) -> None:
    done = start("-w", examples.path, "sources", "-f", "json", "-o", "-")
    assert json.loads(done.stdout)["command"] == "sources"
    made = start("-w", examples.path, "export", "ntriples", "-o", "-")
    assert made.returncode == 0
    assert all(line.endswith(b" .") for line in made.stdout.splitlines())
    assert start("-w", examples.path, "export", "csv", "-o", "-").returncode == 2
    assert not (ROOT / "-").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals are other there")
@pytest.mark.parametrize("door", ["cli.py", "simpul"])
def test_an_interruption_at_the_start_is_said(door: str, tmp_path: Path) -> None:
    """The moment is the first line of the door: what the interpreter does before is not ours."""
    code = (
        "import os, runpy, signal, sys, builtins\n"
        "real = builtins.__import__\n"
        "def asked(name, *rest):\n"
        "    if name in ('argparse', 'hashlib'): os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(name, *rest)\n"
        "builtins.__import__ = asked\n"
        f"sys.argv = ['{door}', 'versions']\n"
        f"runpy.run_path({str(ROOT / door)!r}, run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path)
    assert done.returncode == 130
    assert done.stderr.decode().endswith("Interrupted; nothing was changed.\n")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are other there")
def test_a_signal_held_back_by_the_launcher_arrives(tmp_path: Path) -> None:
    def held() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    command: list[Any] = [sys.executable, ROOT / "cli.py", "-w", tmp_path, "versions"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=held)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert b"Interrupted; nothing was changed." in said


def test_the_engine_is_held_by_hash() -> None:
    """The version that is pinned is the one whose files are hashed, and pip asks for the hash."""
    pinned = (ROOT / "constraints.txt").read_text().splitlines()
    hashed = (ROOT / "hashed.txt").read_text()
    [engine] = [line for line in pinned if line.startswith("kglite==")]
    assert engine in hashed
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", hashed)) >= 5
    assert "--require-hashes" in (ROOT / "simpul").read_text()
