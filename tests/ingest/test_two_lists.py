"""Websites and applications in one list, and two files of one list that do not agree."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.landscape import Landscape
from graph.questions.profile import show
from graph.store.workspace import Workspace
from ingest.run import load

LIST = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "id-banten"
NAME = "daftar-website-dan-aplikasi-2017"


def landscape(folder: Path, *files: Path) -> Landscape:
    workspace = Workspace(folder / "ws")
    load(workspace, list(files), region="36")
    return workspace.version().landscape


def banten() -> list[dict[str, str]]:
    if not LIST.is_dir():
        pytest.skip("the shared inventories are not beside this repository")
    with (LIST / f"{NAME}.csv").open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def hosts(rows: list[dict[str, str]], kind: str) -> set[str]:
    return {r["URL"].strip(" /").casefold() for r in rows if r["Jenis"] == kind} - {""}


def test_the_column_tells_websites_apart_and_both_files_describe_one_node(tmp_path: Path) -> None:
    rows = banten()
    found = landscape(tmp_path, LIST / f"{NAME}.csv", LIST / f"{NAME}.ods")
    told = [a for a in found.rows("Application") if a["address"]]
    assert {a["address"].casefold() for a in told} >= hosts(rows, "Aplikasi") - {"simaya.go.id"}
    assert not hosts(rows, "Website") & {a["address"].casefold() for a in told}
    simpeg = next(a for a in told if a["address"].startswith("simpeg."))
    assert len({o.source for o in found.origins_of(simpeg["id"])}) == 2


def test_without_the_column_no_application_is_taken_for_a_website(tmp_path: Path) -> None:
    rows = banten()
    bare = tmp_path / "tanpa-jenis.csv"
    with bare.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, ("OPD / Lembaga", "URL", "Keterangan"), extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    found = landscape(tmp_path, bare)
    sites = {a["address"].strip(" /").casefold() for a in found.rows("Application") if a["website"]}
    assert not sites & hosts(rows, "Aplikasi")
    assert len(sites & hosts(rows, "Website")) >= 40


def test_two_lists_that_contradict_each_other_are_both_seen(tmp_path: Path) -> None:
    for name, status in (("a.csv", "Aktif"), ("b.csv", "Tidak Aktif")):
        text = f"Nama Aplikasi,Alamat,Status\nSipo,sipo.contohprov.go.id,{status}\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = landscape(tmp_path, tmp_path / "a.csv", tmp_path / "b.csv")
    (app,) = [a["id"] for a in found.rows("Application") if a["name"] == "Sipo"]
    status = next(p for p in show(found, app)["properties"] if p["name"] == "status")
    seen = [(status["value"], status["origins"][0]["file"])]
    seen += [(o["value"], o["origins"][0]["file"]) for o in status["also"]]
    assert sorted(seen) == [("active", "a.csv"), ("inactive", "b.csv")]
