"""What a finding is called once it is decided, and which spellings a profile counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.answers import findings, profile
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.inventory import landscape

INTEGRATIONS = (
    "Sistem Penyedia,Instansi Penyedia,Sistem Pengguna,Instansi Pengguna,Data\n"
    "KIOSKU; Taman Baca,Dinas Sosial Kabupaten Wonosobo,SIPEDULI,Bappeda Kabupaten Wonosobo,surat\n"
    "KIOSKU,Dinas Sosial Kabupaten Wonosobo,SILAIN,Bappeda Kabupaten Wonosobo,surat\n"
)


@pytest.mark.parametrize(("lang", "word"), [("id", "terindikasi"), ("en", "indicated")])
def test_an_accepted_finding_is_indicated_no_more(lang: str, word: str) -> None:
    entries = findings.entries(landscape(), lang)
    accepted = [e.name for e in entries if e.state == "accepted"]
    assert accepted
    assert all(word not in name and "anal" in name.rpartition(":")[2] for name in accepted)


@pytest.mark.parametrize(
    ("name", "state", "lang", "title"),
    [
        ("Dua X di A terindikasi serupa", "accepted", "id", "Dua X di A serupa: diterima analis"),
        ("Dua X di A terindikasi serupa", "indicated", "id", "Dua X di A terindikasi serupa"),
        (
            "Two X are indicated to be one",
            "accepted",
            "en",
            "Two X are one: accepted by an analyst",
        ),
        ("Two X are indicated to be one", "rejected", "en", "Two X are indicated to be one"),
    ],
)
def test_a_title_follows_the_decision(name: str, state: str, lang: str, title: str) -> None:
    assert findings.titled(name, state, lang) == title


def test_a_cell_that_lists_several_applications_is_no_spelling_of_one(tmp_path: Path) -> None:
    path = tmp_path / "integrasi.csv"
    path.write_text(INTEGRATIONS, encoding="utf-8")
    workspace = Workspace(tmp_path / "ruang")
    load(workspace, [path])
    version = workspace.version()
    found = version.landscape
    [id] = [r["id"] for r in found.rows("Application") if r["name"] == "KIOSKU"]
    told = profile.profile(found, version.row, id, "id")
    [name] = [f for f in told.facts if f.label == "Nama"]
    assert (name.agree, name.others) == ((2, 2), ())
