"""publiccode.yml: values stay as written, a text may stand for a list, broken YAML is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import BrokenFile, TooLarge, UnknownFormat
from graph.store.workspace import Workspace
from ingest.readers import Remark, read, readable
from ingest.reading import FileRead
from ingest.run import Done, load

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
CASE = SHARED / "cases" / "publiccode-values-that-yaml-changes"
WRITTEN = """\
publiccodeYmlVersion: "0.4"
name: ON
url: https://git.contoh.go.id/madiun/naskah.git
softwareVersion: 1.10
platforms: web
developmentStatus: obsolete
localisation:
  availableLanguages: [id, no]
description:
  en:
    shortDescription: Letters
  id:
    shortDescription: Naskah
    features: ["penomoran", "arsip"]
maintenance:
  contacts:
    - name: Budi Contoh
      email: budi@contoh.go.id
"""


def files(answer: Done) -> list[FileRead]:
    return [f for s in answer.sources for f in s.files]


def remarks(answer: Done) -> list[Remark]:
    return [*answer.remarks, *(r for f in files(answer) for r in f.remarks)]


def loaded(folder: Path, path: Path) -> tuple[Workspace, Done]:
    workspace = Workspace(folder / "workspace")
    return workspace, load(workspace, [path])


def application(workspace: Workspace) -> dict[str, Any]:
    rows = workspace.version().landscape.rows("Application")
    return next(dict(r) for r in rows if not r["mentioned"])


@pytest.fixture
def case() -> Path:
    if not CASE.exists():
        pytest.skip("the shared cases are not beside the project")
    return CASE


def test_the_case_keeps_what_yaml_would_change(case: Path, tmp_path: Path) -> None:
    facts = yaml.safe_load((case / "case.yml").read_text(encoding="utf-8"))["facts"]
    workspace, answer = loaded(tmp_path, case / "publiccode.yml")
    app = application(workspace)
    assert app["name"] == facts["name"]
    assert app["version"] == facts["version"]
    assert app["release_date"] == "2023-07-01"
    assert set(app["languages"]) == set(facts["languages"])
    assert app["platform"] == "; ".join(facts["platforms"])
    assert list(app["features"]) == facts["features"]
    assert not app["repository"].endswith(".git")
    said = remarks(answer)
    told = {(r.code, r.where.column) for r in said}
    assert {c for code, c in told if code == "text-for-list"} == set(facts["text_instead_of_list"])
    asks = [r for r in said if r.code == "standard-asks"]
    assert [r.facts["keys"] for r in asks] == ["legal.license"]
    assert files(answer)[0].dropped == {"name": 1, "email": 1}


def test_a_tab_is_refused_with_its_line(case: Path) -> None:
    facts = yaml.safe_load((case / "case.yml").read_text(encoding="utf-8"))["facts"]
    with pytest.raises(BrokenFile) as e:
        read(case / "tab" / "publiccode.yml")
    assert f" {facts['refused_line']}" in e.value.text("en")
    assert "tab" in e.value.text("en")


def test_a_language_at_home_is_taken_first(tmp_path: Path) -> None:
    file = tmp_path / "publiccode.yml"
    file.write_text(WRITTEN, encoding="utf-8")
    workspace, _ = loaded(tmp_path, file)
    app = application(workspace)
    assert app["description"] == "Naskah"
    assert app["status"] == "retired"
    assert list(app["features"]) == ["arsip", "penomoran"]
    assert "Budi" not in str([dict(r) for r in workspace.version().landscape.rows("Application")])


def test_two_spellings_of_a_repository_are_one(tmp_path: Path) -> None:
    file = tmp_path / "publiccode.yml"
    file.write_text(WRITTEN, encoding="utf-8")
    workspace, _ = loaded(tmp_path, file)
    first = application(workspace)
    file.write_text(WRITTEN.replace("naskah.git", "naskah/"), encoding="utf-8")
    load(workspace, [file])
    again = application(workspace)
    assert (first["id"], first["repository"]) == (again["id"], again["repository"])


def test_in_a_folder_other_yaml_is_passed_over_and_broken_yaml_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "katalog"
    folder.mkdir()
    (folder / "a.yml").write_text(WRITTEN, encoding="utf-8")
    (folder / "b.yml").write_text("settings: {a: 1}\n", encoding="utf-8")
    (folder / "no-text.yml").write_bytes(bytes(range(256)))
    (folder / "empty.yml").touch()
    (folder / "c.yaml").write_text(WRITTEN.replace("  id:", "\tid:"), encoding="utf-8")
    assert [readable(folder / n) for n in ("a.yml", "b.yml", "c.yaml")] == [True, False, False]
    _, answer = loaded(tmp_path, folder)
    assert [f.name for f in files(answer)] == ["a.yml"]
    skipped = {r.where.file: (r.code, r.where.row) for r in answer.remarks if "skipped" in r.code}
    others = dict.fromkeys(("b.yml", "empty.yml", "no-text.yml"), ("skipped-file", None))
    assert skipped == others | {"c.yaml": ("skipped-yaml", 12)}
    with pytest.raises(UnknownFormat):
        read(folder / "b.yml")


@pytest.mark.parametrize("evil", ["*a", "&a [x]", "!!python/object:os.system {}"])
def test_yaml_with_aliases_or_types_does_nothing(evil: str, tmp_path: Path) -> None:
    file = tmp_path / "publiccode.yml"
    file.write_text(WRITTEN + f"logo: {evil}\n", encoding="utf-8")
    try:
        (sheet,) = read(file)
    except BrokenFile:
        return
    assert sheet.rows[0].cells["logo"] in ("x", None, "{}")


def test_the_files_of_real_catalogues_load(tmp_path: Path) -> None:
    real = SHARED / "data" / "publiccode"
    if not real.exists():
        pytest.skip("the shared data are not beside the project")
    folder = tmp_path / "publiccode"
    folder.mkdir()
    for file in sorted(real.glob("*.yml"))[:12]:
        shutil.copy(file, folder)
    _, answer = loaded(tmp_path, folder)
    assert sum(f.accepted for f in files(answer)) >= 10
    assert sum(f.dropped["email"] for f in files(answer)) > 5


def test_a_file_that_is_no_description_of_one_application_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "publiccode.yml"
    file.write_text(WRITTEN + "categories:\n" + "  - x\n" * 300_000, encoding="utf-8")
    with pytest.raises(TooLarge):
        read(file)
