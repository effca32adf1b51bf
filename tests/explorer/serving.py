"""Start the explorer as `simpul explore` does, in a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = (
    "import sys; from pathlib import Path; from explorer.server import serve; "
    "serve(Path(sys.argv[1]), int(sys.argv[2]) or None, False, sys.argv[3])"
)
PATIENCE = 90  # seconds; several suites may share the machine


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def start(workspace: Path, port: int, lang: str, cwd: Path) -> subprocess.Popen[str]:
    """Start the server from another folder; the pages must not depend on where one stands."""
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(workspace), str(port), lang],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def served(workspace: Path, port: int = 0, lang: str = "id") -> Iterator[str]:
    """Serve a workspace; give the address it printed."""
    process = start(workspace, port, lang, workspace.parent)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, (line, process.stderr.read() if process.stderr else "")
        answered(address.group())
        yield address.group()
    finally:
        process.terminate()
        process.wait(20)


def answered(address: str) -> Message:
    """Wait until the server answers; give the headers of its answer."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                headers: Message = answer.headers
                return headers
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
