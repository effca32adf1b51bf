"""Every page comes in a network namespace with nothing but the loopback interface."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.sitemap import PAGES
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.browser import CHROMIUM
from tests.explorer.serving import ROOT

ALONE = ["unshare", "--map-root-user", "--net", "sh", "-c"]


def alone(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where only the loopback interface is."""
    return subprocess.run(
        [*ALONE, f"ip link set lo up && {command}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
@pytest.mark.skipif(not shutil.which("unshare"), reason="no unshare on this machine")
def test_every_page_comes_without_a_network(tmp_path: Path) -> None:
    if alone("true").returncode:
        pytest.skip("network namespaces are not allowed here")
    assert alone("getent ahosts example.org").returncode  # it is without a network indeed
    workspace = Workspace(tmp_path / "workspace")
    load(workspace, [ROOT / "examples"])
    seen = alone(f"'{sys.executable}' -m tests.explorer.offline '{workspace.path}'")
    assert seen.returncode == 0, seen.stderr[-2000:]
    titles = dict(line.split("\t") for line in seen.stdout.splitlines())
    assert set(titles) == {p.name for p in PAGES}
    assert all(titles.values())
