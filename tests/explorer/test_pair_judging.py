"""Judging pairs and members on a workspace of real rows: in force, undone, twice, at once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from explorer.answers.profile import joined
from graph.build.judgements import holding, judgements
from graph.errors import AlreadyDecided
from graph.questions.pairs import same
from graph.store.workspace import Workspace
from ingest.decide import judge
from tests.explorer.pages import html, run, text, title
from tests.explorer.test_judging import press

SAVE, UNDO = "Simpan putusan", "Batalkan putusan ini"


def open_pair(workspace: Workspace) -> dict[str, str]:
    """Give an open suggestion between two records of the inventory."""
    rows = same(workspace.version().landscape)
    row = next(
        r
        for r in rows
        if r["left"]["id"].startswith("app:epdeskel-6f") and "7ec7" in r["right"]["id"]
    )
    return {"kiri": row["left"]["id"], "kanan": row["right"]["id"]}


def fill(app: AppTest, page: str, decision: str, why: str, by: str) -> AppTest:
    app.radio(key=f"{page}-putusan").set_value(decision)
    app.text_area(key=f"{page}-alasan").input(why)
    app.text_input(key=f"{page}-nama").input(by)
    return press(app, SAVE)


def test_an_old_link_leads_to_the_node_that_a_judgement_made(workspace: Workspace) -> None:
    ends = set(open_pair(workspace).values())
    judge(workspace, "same", tuple(sorted(ends)), why="satu aplikasi", by="Ratna")
    L = workspace.version().landscape
    (lost,) = [id for id in ends if id not in L]
    (now,) = ends - {lost}
    assert joined(L)[lost] == now
    assert set(joined(L).values()) <= {r["id"] for r in L.rows("Application")}
    assert not any(old in L for old in joined(L))


def test_same_merges_and_taking_it_back_parts_them_again(workspace: Workspace) -> None:
    pair = open_pair(workspace)
    before = workspace.version().landscape.sha256
    app = run("compare", **pair)
    assert "Dapat dibatalkan" in app.radio(key="bandingkan-putusan").proto.captions[0]

    app = fill(app, "bandingkan", "same", "Satu sistem menurut surat DPMD", "Ratna")
    assert not app.exception
    assert title(app).startswith("Keduanya kini satu aplikasi: ")
    assert [s.value for s in app.success] == ["Putusan tersimpan; berlaku sejak versi 2."]
    assert "Satu sistem menurut surat DPMD" in text(app)
    L = workspace.version().landscape
    assert len([id for id in pair.values() if id in L]) == 1

    app.text_input(key="bandingkan-pembatal").input("Budi")
    app = press(app, UNDO)
    assert not app.exception
    assert [s.value for s in app.success] == ["Putusan dibatalkan; berlaku sejak versi 3."]
    assert title(app).startswith("E")
    assert workspace.version().landscape.sha256 == before
    assert [(j["decision"], j["by"]) for j in workspace.judgements()] == [
        ("same", "Ratna"),
        ("undo", "Budi"),
    ]


def test_who_comes_second_sees_what_the_first_decided_and_loses_nothing(
    workspace: Workspace,
) -> None:
    pair = open_pair(workspace)
    first, second = run("compare", **pair), run("compare", **pair)
    fill(first, "bandingkan", "different", "Dua unit, dua basis data", "Ratna")

    second = fill(second, "bandingkan", "unsure", "Alamatnya hampir sama", "Budi")
    assert not second.exception
    assert "sementara itu Ratna sudah memutuskannya" in text(second)
    assert "Dua unit, dua basis data" in text(second)
    assert second.text_area(key="bandingkan-alasan").value == "Alamatnya hampir sama"
    assert [j["by"] for j in workspace.judgements()] == ["Ratna"]

    second = press(second, SAVE)  # having read it
    held = holding(judgements(workspace.judgements()), tuple(pair.values()))
    assert held is not None
    assert (held.decision, held.by) == ("unsure", "Budi")
    assert [j["by"] for j in workspace.judgements()] == ["Ratna", "Budi"]


def test_a_judgement_names_what_it_was_made_on(workspace: Workspace) -> None:
    about = tuple(open_pair(workspace).values())
    first = judge(workspace, "different", about, why="a", by="Ratna", now=False, seen=None)
    with pytest.raises(AlreadyDecided, match="Ratna"):
        judge(workspace, "same", about, why="b", by="Budi", now=False, seen=None)
    judge(workspace, "unsure", about, why="b", by="Budi", now=False, seen=first.id)
    judge(workspace, "same", about[::-1], why="c", by="Citra", now=False)
    assert [j["by"] for j in workspace.judgements()] == ["Ratna", "Budi", "Citra"]


def test_a_busy_workspace_gets_a_sentence_and_keeps_the_form(workspace: Workspace) -> None:
    app = run("compare", **open_pair(workspace))
    with workspace.writing():
        app = fill(app, "bandingkan", "different", "Dua alamat", "Ratna")
    assert "proses lain sedang menulis ke ruang kerja ini" in text(app)
    assert app.text_area(key="bandingkan-alasan").value == "Dua alamat"
    assert workspace.judgements() == []
    press(app, SAVE)
    assert [j["decision"] for j in workspace.judgements()] == ["different"]


def test_a_pair_is_not_judged_without_choice_reason_and_name(workspace: Workspace) -> None:
    app = press(run("compare", **open_pair(workspace)), SAVE)
    for said in ("Putusan belum dipilih", "Alasan belum diisi", "Nama belum diisi"):
        assert said in app.error[0].value
    assert workspace.judgements() == []


def test_the_queue_answers_in_place_counts_and_takes_back(workspace: Workspace) -> None:
    ids = list(open_pair(workspace).values())
    of = len(same(workspace.version().landscape))
    app = run("same", jawab="~".join(ids))
    app = fill(app, "sama", "different", "Dua unit", "Ratna")
    assert not app.exception
    assert [s.value for s in app.success] == ["Putusan tersimpan; berlaku sejak versi 2."]
    assert f"1 dari {of}" in text(app)
    assert "~".join(ids).replace(":", "%3A") not in html(app)

    app = run("same", antrean="judged", jawab="~".join(ids))
    assert "Dua aplikasi berbeda · Ratna" in text(app)
    app.text_input(key="sama-pembatal").input("Budi")
    app = press(app, UNDO)
    assert f"0 dari {of}" in text(app)
    assert "Belum ada putusan tentang pasangan." in text(app)


def test_what_a_rule_merged_is_told_apart_and_merged_again(workspace: Workspace) -> None:
    before = workspace.version().landscape.sha256
    app = run("same", antrean="merged")
    row = html(app)
    at = row.index("↔</i> Benroller")
    chosen = (
        row[row.index("jawab=", at) + 6 :].split('"')[0].replace("%3A", ":").replace("%7E", "~")
    )
    app = run("same", antrean="merged", jawab=chosen)
    assert app.radio(key="sama-putusan").options == ["Dua aplikasi berbeda"]
    app = fill(app, "sama", "different", "Dua kecamatan memakai dua sistem", "Ratna")
    assert not app.exception
    assert "↔</i> Benroller" not in html(app)
    L = workspace.version().landscape
    assert {id for id in chosen.split("~") if id in L} == set(chosen.split("~"))

    app = run("same", antrean="judged", jawab="~".join(sorted(chosen.split("~"))))
    app.text_input(key="sama-pembatal").input("Budi")
    press(app, UNDO)
    assert workspace.version().landscape.sha256 == before


def test_a_member_is_kept_or_retired_and_the_finding_shows_it(workspace: Workspace) -> None:
    L = workspace.version().landscape
    finding = L.rows("Finding")[0]["id"]
    member = L.sources(finding, "MEMBER_OF")[0]
    app = run("findings", temuan=finding, anggota=member)
    app.radio(key="anggota-putusan").set_value("integrate")
    app.text_area(key="anggota-alasan").input("Datanya dibutuhkan penerus")
    app.text_input(key="anggota-nama").input("Ratna")
    next(b for b in app.button if b.key == "go-save-anggota").click()
    app.run()
    assert not app.exception
    assert workspace.judgements()[0]["about"] == [member, finding]
    assert "integrasikan" in text(app)
    assert [s.value for s in app.success] == ["Putusan tersimpan; berlaku sejak versi 2."]


def test_a_reason_typed_for_one_pair_is_not_offered_for_another(workspace: Workspace) -> None:
    pair = open_pair(workspace)
    app = run("compare", **pair)
    app.text_area(key="bandingkan-alasan").input("Alasan pasangan pertama")
    app.text_input(key="bandingkan-nama").input("Ratna")
    app = press(app, SAVE)  # without a choice: nothing is saved, what was typed stays
    assert app.text_area(key="bandingkan-alasan").value == "Alasan pasangan pertama"
    app.query_params["kanan"] = "app:sida-a2768c"
    app.run()
    assert app.text_area(key="bandingkan-alasan").value == ""
    assert app.text_input(key="bandingkan-nama").value == "Ratna"
