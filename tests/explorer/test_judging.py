"""A decision made on the page holds at once, for everybody, and can be taken back."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from graph.store.workspace import Workspace
from tests.explorer.pages import run, text


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click()
    return app.run()


def decision(workspace: Workspace, finding: str) -> str | None:
    return workspace.version().landscape.node(finding)["decision"]  # type: ignore[no-any-return]


def test_accepting_and_taking_it_back(workspace: Workspace) -> None:
    finding = workspace.version().landscape.rows("Finding")[0]["id"]
    app = run("findings", temuan=finding)
    assert "Terindikasi" in text(app)

    app.radio(key="temuan-putusan").set_value("accept")
    app.text_area(key="temuan-alasan").input("Surat dinas 12 November membenarkan")
    app.text_input(key="temuan-nama").input("Ratna")
    app = press(app, "Simpan putusan")
    assert not app.exception
    assert [s.value for s in app.success] == ["Putusan tersimpan dan berlaku."]
    assert "Diterima analis" in text(app)
    assert "Surat dinas 12 November membenarkan" in text(app)
    assert decision(workspace, finding) == "accept"
    assert "Diterima analis" in text(run("findings", temuan=finding))

    app.text_input(key="temuan-pembatal").input("Budi")
    app = press(app, "Batalkan putusan ini")
    assert not app.exception
    assert "Terindikasi" in text(app)
    assert decision(workspace, finding) is None
    assert [(j["decision"], j["by"]) for j in workspace.judgements()] == [
        ("accept", "Ratna"),
        ("undo", "Budi"),
    ]


def test_a_busy_workspace_gets_a_sentence_and_keeps_the_form(workspace: Workspace) -> None:
    finding = workspace.version().landscape.rows("Finding")[0]["id"]
    app = run("findings", temuan=finding)
    app.radio(key="temuan-putusan").set_value("reject")
    app.text_area(key="temuan-alasan").input("Bukan sejenis")
    app.text_input(key="temuan-nama").input("Ratna")
    with workspace.writing():
        app = press(app, "Simpan putusan")
    assert not app.exception
    assert "proses lain sedang menulis ke ruang kerja ini" in text(app)
    assert decision(workspace, finding) is None


def test_a_profile_of_a_real_row_shows_its_cells(workspace: Workspace) -> None:
    app = run("profile", app="app:srikandi")
    said = text(app)
    assert "survei-aplikasi-2025.csv" in said
    assert "Bagian Administrasi Pemerintahan" in said
    assert "srikandi.arsip.go.id" in said
