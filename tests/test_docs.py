"""The documents say what is there, and what they show was run."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from cli import COMMANDS
from commands.page import PAGE, page
from graph.reports import reports
from graph.store.place import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])


def read(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.slow
def test_every_documented_command_answers_what_is_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIMPUL_WORKSPACE", raising=False)
    assert PAGE.read_text(encoding="utf-8").splitlines() == page(tmp_path).splitlines()


def test_every_command_is_documented() -> None:
    text = read("docs/commands.md")
    assert [name for name in COMMANDS if f"## {name}\n" not in text] == []


def test_every_report_is_documented() -> None:
    text = read("docs/reports.md")
    assert [r.name for r in reports() if r.name not in text] == []


def test_every_setting_is_documented() -> None:
    text = read("docs/settings.md")
    assert [f.name for f in fields(Settings) if f"SIMPUL_{f.name.upper()}" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    lost = [x for x in links if "://" not in x and not (path.parent / x).exists()]
    assert lost == []


def test_no_registry_host_and_no_path_of_a_machine_is_committed() -> None:
    words = ["py" + "pi.org", "python" + "hosted", "registry.np" + "mjs", "repo.ma" + "ven"]
    words += ["/wo" + "rk/", "/ro" + "ot/"]
    found = subprocess.run(
        ["git", "grep", "-nIF", *(a for w in words for a in ("-e", w)), "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if found.returncode == 128:
        pytest.skip("not a git checkout")
    assert found.stdout == ""
