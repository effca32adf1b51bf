"""The documents say what is there, and what they show was run."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from cli import COMMANDS
from commands.page import PAGE, page
from explorer.answers.landscape import Survey, flow
from graph.landscape import Landscape
from graph.questions import redundant
from graph.reports import reports
from graph.store.place import Settings
from graph.store.workspace import Workspace

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


def finding_in_words() -> str:
    whole = read("README.md")
    return whole[whole.index("## One finding, in words") : whole.index("That is an indication")]


def test_the_finding_of_the_readme_is_the_one_of_the_examples(example_landscape: Landscape) -> None:
    told = finding_in_words()
    (row,) = [
        r
        for r in redundant(example_landscape, function="ARSIP")
        if any(m["name"] == "Redok / E-File" for m in r["members"])
    ]
    named = re.findall(r"(?<!\*)\*([^*:\n]+)\*(?!\*)", told)
    assert named == [m["name"] for m in row["members"]]
    assert re.findall(r"\*\*(.+?)\*\*", told) == [row["covered_by"]["name"]]
    places = {(o["row"], o["sheet"]) for e in row["evidence"] for o in e["origins"] if o["sheet"]}
    assert f"rows {' and '.join(str(n) for n, _ in sorted(places))} of sheet Aplikasi" in told
    assert {sheet for _, sheet in places} == {"Aplikasi"}
    words = re.findall(r'"([^"]+)"', told)
    assert ", ".join(words) in row["evidence"][0]["text"]
    assert all("SIKN/JIKN" in e["text"] for e in row["against"])
    cited = {f"{r['regulation']} {r['article']}" for r in row["rules"]}
    articles = re.findall(r"Pasal \d+(?: ayat \(\d\))?", told)
    assert {c for c in cited if "Pasal" in c} == {f"Perpres 95/2018 {a}" for a in articles}
    decrees = re.findall(r"KepmenPANRB \d+/\d+", told)
    assert decrees == [r["regulation"] for r in row["rules"] if "Pasal" not in r["article"]]


def test_the_numbers_under_the_picture_are_those_of_the_examples(examples: Workspace) -> None:
    version = examples.version()
    survey = Survey(version.landscape)
    accepted = {
        slug: sum(f["accepted"] for f in load.meta["files"]) for slug, load in version.loads.items()
    }
    strands = flow(survey, accepted)
    rows = sum(sum(fates.values()) for fates in strands.rows.values())
    alt = re.findall(r"!\[(.+?)\]", read("README.md"))[0]
    numbers = [rows, len(survey.applications), strands.states["finding"]]
    assert [int(n) for n in re.findall(r"\d+", alt)] == numbers


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
