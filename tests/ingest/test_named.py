"""What a question says of bodies: their names; and what the name of a file hints at."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import reference
from graph.store.workspace import Workspace
from graph.texts import LANGUAGES
from ingest.agencies import Agencies
from ingest.agencies.named import name_of, region_hinted
from ingest.run import load


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("agency:dpmd-33-09", "Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Boyolali"),
        (reference.regions()["35"].government, "Pemerintah Provinsi Jawa Timur"),
        (reference.agencies()["KEMENKO-POLKAM"].id, reference.agencies()["KEMENKO-POLKAM"].name),
        ("agency:tidak-ada", None),
    ],
)
def test_a_body_is_named_by_its_id(id: str, name: str | None) -> None:
    assert name_of(id) == name


def test_every_candidate_of_a_question_has_a_name() -> None:
    agencies = Agencies(region="33.09")
    for text in ("Dinas Permberdayaan Masyarakat dan Desa", "Pemkab Madiun dan Pemkot Madiun"):
        asked = agencies.find(text)
        assert asked.candidates
        assert all(name_of(c) for c in asked.candidates), asked.candidates


def test_a_question_says_names_or_nothing_of_what_is_near(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    rows = "SIDESA,Dinas Permberdayaan Masyarakat dan Desa\nSITEST,Yayasan Entah Apa\n"
    rows += "SILAIN,Dinas Sosial\n"
    path.write_text("Nama Aplikasi,Pemilik\n" + rows, encoding="utf-8")
    [file] = load(Workspace(tmp_path / "ruang"), [path], region="33.09").sources[0].files
    for lang in LANGUAGES:
        near, far = [r.text(lang) for r in file.remarks if r.code.startswith("unsure-agency")]
        assert "Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Boyolali" in near
        assert "agency:" not in near
        assert far.endswith({"id": "daftar acuan", "en": "authority list"}[lang])
    assert file.homeless == set()
    [file] = load(Workspace(tmp_path / "lain"), [path], dry_run=True).sources[0].files
    assert file.homeless == {(None, 4)}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["inventaris_wonosobo_2025"], "33.07"),
        (["daftar", "Daftar aplikasi Jawa Tengah: Wonosobo"], "33.07"),
        (["kota-madiun"], "35.77"),
        (["aplikasi madiun"], None),  # a regency or a city
        (["wonosobo dan boyolali"], None),
        (["daftar aplikasi 2025"], None),
    ],
)
def test_the_name_of_a_file_hints_at_one_region_or_at_none(
    texts: list[str], code: str | None
) -> None:
    assert region_hinted(*texts) == code
