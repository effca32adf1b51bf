"""The made-up national landscape: the same for a seed, true to its own truth, and marked."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.landscape import generate
from graph import reference
from ingest.mapping import read_mapping

APPLICATIONS = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("landscape")
    generate(out, APPLICATIONS, seed=1)
    return out


def contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_a_seed_gives_the_same_bytes_and_another_seed_others(made: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", APPLICATIONS, seed=1)
    generate(tmp_path / "other", APPLICATIONS, seed=2)
    assert contents(tmp_path / "again") == contents(made)
    assert contents(tmp_path / "other") != contents(made)


def test_what_stood_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "sources" / "old").mkdir(parents=True)
    (tmp_path / "sources" / "old" / "old.csv").write_text("nama\nx\n")
    generate(tmp_path, 60)
    assert not (tmp_path / "sources" / "old").exists()


def test_a_workspace_is_not_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "sources" / "survei"
    kept.mkdir(parents=True)
    (tmp_path / "CURRENT").write_text("1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="workspace"):
        generate(tmp_path, 60)
    assert kept.is_dir()


def test_every_source_says_that_it_is_generated(made: Path) -> None:
    mappings = [read_mapping(p) for p in made.rglob("source.yml")]
    assert len(mappings) > 25
    assert all(m.generated for m in mappings)
    assert {m.transform for m in mappings} == {
        "inventory",
        "services",
        "data_entities",
        "integrations",
        "interfaces",
        "innovations",
    }


def test_every_row_of_an_inventory_has_its_truth(made: Path) -> None:
    rows, apps = truth(made, "rows.csv"), truth(made, "applications.csv")
    told = Counter((r["source"], r["file"]) for r in rows)
    for (source, file), count in told.items():
        with (made / "sources" / source / file).open(encoding="utf-8", newline="") as f:
            assert len(list(csv.reader(f))) == count + 1, source
    inventories = {p.name for p in (made / "sources").iterdir() if "katalog" in p.name}
    inventories |= {p.name for p in (made / "sources").iterdir() if p.name.startswith("aplikasi")}
    assert {source for source, _ in told} == inventories
    assert {r["application"] for r in rows} - {""} == {a["application"] for a in apps}
    assert {r["how"] for r in rows if not r["application"]} == {"website"}


def test_the_number_asked_for_is_that_of_true_applications(made: Path) -> None:
    kinds = Counter(a["kind"] for a in truth(made, "applications.csv"))
    assert sum(n for kind, n in kinds.items() if kind != "general") == APPLICATIONS
    assert min(kinds["product"], kinds["central"], kinds["general"]) >= 10


def test_groups_are_what_the_applications_say(made: Path) -> None:
    apps = {a["application"]: a for a in truth(made, "applications.csv")}
    groups = truth(made, "groups.csv")
    assert {g["kind"] for g in groups} == {"government", "covered", "product"}
    for group in groups:
        members = [apps[key] for key in group["members"].split("; ")]
        assert {m["functions"].split("; ")[0] for m in members} == {group["function"]}
        field = {"government": "government", "product": "product"}.get(group["kind"])
        if field:
            assert len(members) > 1
            assert {m[field] for m in members} == {group["sign"]}


def test_vocabulary_and_places_are_those_of_the_reference(made: Path) -> None:
    apps = truth(made, "applications.csv")
    assert {f for a in apps for f in a["functions"].split("; ")} - {""} <= set(
        reference.functions()
    )
    assert {a["government"] for a in apps} - {""} <= set(reference.regions())


def test_there_are_duplicates_and_homonyms(made: Path) -> None:
    rows = truth(made, "rows.csv")
    assert any(r["how"].startswith("repeated") for r in rows)
    assert any(r["how"].startswith("catalogue") for r in rows)
    national = Counter(
        r["application"] for r in rows if r["application"].startswith("app:")
    ).most_common(1)
    assert national[0][1] >= 5
