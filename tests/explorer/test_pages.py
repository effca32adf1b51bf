"""Every page in both languages, over a small workspace: what it says, and what it says when not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explorer import data
from explorer.answers import findings, landscape
from graph.store.workspace import Workspace
from tests.explorer import inventory
from tests.explorer.pages import PAGES, ROOT, html, run, text, title

pytestmark = pytest.mark.usefixtures("opened")

LANGUAGES = ("id", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs(page: str, lang: str) -> None:
    app = run(page, lang)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("id", "18 baris sumber ternyata 13 aplikasi; 6 di antaranya masuk temuan"),
        ("en", "18 source rows turn out to be 13 applications; 6 of them are in a finding"),
    ],
)
def test_the_overview_says_how_many_rows_became_how_many_applications(lang: str, said: str) -> None:
    assert title(run("overview", lang)) == said


def test_the_overview_names_its_date_its_sources_and_its_version() -> None:
    said = text(run("overview"))
    assert "Keadaan data September 2025" in said
    assert "Sumber 2" in said
    assert "Versi 1" in said


def test_a_cell_in_the_address_lists_its_applications_with_findings_and_profiles() -> None:
    app = run("overview", fungsi="G_LAYANAN", unit="agency:kab-a")
    out = html(app)
    assert "Layanan &amp; perizinan · Kabupaten Anggrek" in out
    cell = out[out.index("Layanan &amp; perizinan · Kabupaten") : out.index("Temuan yang patut")]
    for key in ("lapor", "sipeduli", "keluhan"):
        assert f'href="profil?app=app%3A{key}"' in cell
    assert cell.count('href="temuan?temuan=finding%3Af1"') == 2


def test_every_row_of_a_source_has_one_fate_and_every_application_one_state() -> None:
    said = text(run("overview"))
    assert "Daftar Bakung 5 0 2 Survei Anggrek 8 3 0" in said
    assert (
        "dalam temuan 6 sefungsi dengan lain 3 sendirian di fungsinya 1 fungsi belum diketahui 3"
    ) in said


def test_the_numbers_of_the_flow_add_up_and_say_what_they_count() -> None:
    said = text(run("overview"))
    assert "baris yang diterima: 13 + 3 + 2 = 18." in said
    assert "menghitung aplikasi: 6 + 3 + 1 + 3 = 13," in said


def test_every_accepted_row_is_in_the_flow_also_where_its_source_names_no_application() -> None:
    survey = landscape.Survey(inventory.landscape())
    found = landscape.flow(survey, {"survei": 11, "daftar": 7, "layanan": 19})
    assert sum(sum(fates.values()) for fates in found.rows.values()) == 37
    assert found.rows["layanan"] == {"first": 0, "again": 0, "other": 19}


def test_the_matrix_says_what_it_holds_and_what_stands_in_no_cell() -> None:
    assert "Matriks ini memuat 13 dari 13 aplikasi." in text(run("overview"))
    assert "tidak ada di sel mana pun" not in text(run("overview"))
    full = landscape.Survey(inventory.landscape())
    gone = {e["target"] for e in full.L.edge_rows("USES") if e["source"] == "agency:kominfo-b"}
    left = {a: b for a, b in full.used_by.items() if a not in gone}
    vars(full)["used_by"] = left
    lost = sorted(set(full.applications) - set(left))
    assert lost
    unknown = sum(a not in full.function_of for a in lost)
    assert landscape.placed(full) == (len(full.applications) - len(lost), len(lost), unknown)


def test_without_a_cell_the_overview_says_what_to_do() -> None:
    assert "Belum ada sel yang dipilih" in text(run("overview"))
    assert "Belum ada sel yang dipilih" in text(run("overview", fungsi="G_SDM", unit="agency:x"))


def test_the_table_view_holds_a_line_for_every_use() -> None:
    app = run("overview", tampilan="table")
    table = app.dataframe[0].value
    assert list(table.columns) == ["Kelompok fungsi", "Fungsi", "Instansi", "Aplikasi", "Temuan"]
    assert len(table) == 16
    found = table[(table["Aplikasi"] == "SIPEDULI")].iloc[0].to_dict()
    assert found["Fungsi"] == "Pengaduan masyarakat"
    assert found["Temuan"] == "T-f1"


def test_data_quality_tells_what_a_source_leaves_out() -> None:
    said = text(run("overview"))
    assert "Daftar Bakung Juni 2023 8 1 86 % 71 % 86 % 0 %" in said
    assert "Survei Anggrek September 2025 12 1 70 % 50 % 70 % 10 %" in said


def test_counting_rows_reads_no_row(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer import data
    from graph.store.workspace import Load

    monkeypatch.setattr(Load, "rows", property(lambda load: pytest.fail(f"{load.slug} was read")))
    assert data.row_counts() == {"survei": (12, 1), "daftar": (8, 1)}


def test_a_number_stays_with_its_finding_whatever_else_comes_or_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {e.id: e.no for e in findings.entries(inventory.landscape(), "id")}
    monkeypatch.setattr(inventory, "FINDINGS", inventory.FINDINGS[1:])
    after = {e.id: e.no for e in findings.entries(inventory.landscape(), "id")}
    assert len(set(before.values())) == 3
    assert after == {id: before[id] for id in after}
    assert findings.number("finding:covered-arsip-3fa2c1") == "T-3fa2c1"


def test_users_of_a_member_are_counted_as_everywhere_else(workspace: Workspace) -> None:
    L = workspace.version().landscape
    owned = 0
    for entry in findings.entries(L, "id"):
        for m in findings.card(L, entry, "id").members:
            assert m.users == tuple(sorted(L.sources(m.id, "USES")))
            owned += bool(set(m.owners) - set(m.users))
    assert owned


# -------------------------------------------------------------- generated data
NOTICES = {
    "id": "Data buatan. Sumber Survei Anggrek dibuat untuk percobaan",
    "en": "Generated data. Anggrek survey was made up for trials",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_that_data_is_generated(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = inventory.write(tmp_path / "made", generated=True)
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(made.path))
    app = run("door", lang)
    assert NOTICES[lang] in text(app)
    for page in ("findings", "profile"):
        app.switch_page(str(PAGES[page].relative_to(ROOT))).run()
        assert not app.exception
        assert NOTICES[lang] in text(app), page


def test_no_page_says_so_of_real_data() -> None:
    app = run("door")
    assert "Data buatan" not in text(app)


# -------------------------------------------------------------- findings
@pytest.mark.parametrize(
    ("lang", "said"),
    [("id", "Tiga temuan; 1 belum diputuskan"), ("en", "Three findings; 1 undecided")],
)
def test_the_list_says_how_many_are_open(lang: str, said: str) -> None:
    assert title(run("findings", lang)) == said


def test_the_list_is_ordered_by_score_with_seven_squares_each() -> None:
    out = html(run("findings")).replace("\u00a0", " ")
    places = [out.index(f"finding%3Af{n}") for n in (1, 2, 3)]
    assert places == sorted(places)
    assert out.count('class="sp-strip"') == 3
    assert out.count('aria-hidden="true">K</i>') == 3
    assert 'aria-label="3 dari 7 jenis bukti: fungsi, pemerintah, aturan"' in out


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"keadaan": "rejected"}, {"finding:f3"}),
        ({"jenis": "government"}, {"finding:f2"}),
        ({"pemda": "agency:kab-b"}, {"finding:f3"}),
        ({"fungsi": "function:pengaduan"}, {"finding:f1"}),
        ({"fungsi": "function:pengaduan", "keadaan": "rejected"}, set()),
        ({"jenis": "no-such"}, {"finding:f1", "finding:f2", "finding:f3"}),
    ],
)
def test_filters_in_the_address_hold(query: dict[str, str], left: set[str]) -> None:
    app = run("findings", **query)
    out = html(app)
    assert {f"finding:f{n}" for n in (1, 2, 3) if f"finding%3Af{n}" in out} == left
    assert ("Tidak ada temuan yang memenuhi" in out) == (not left)


def test_a_card_sets_for_beside_against_and_marks_the_survivor() -> None:
    app = run("findings", temuan="finding:f1")
    said = text(app)
    assert title(app) == "Dua aplikasi pengaduan berjalan di samping SP4N-LAPOR!"
    ledger = said[said.index("Yang mendukung") :]
    pro, con = ledger[: ledger.index("Yang menyanggah")], ledger[ledger.index("Yang menyanggah") :]
    assert "Keduanya menerima pengaduan." in pro
    assert "Datanya mungkin berbeda." in con
    assert "survei.csv › baris 3 › kolom “Uraian”" in said
    assert "KepmenPANRB 680/2020 diktum kesatu" in said
    assert "Usul penerus: SP4N-LAPOR!" in said
    assert html(app).count('<tr class="keep">') == 1
    assert "Apakah Keluhan Warga sudah tersambung dengan SP4N-LAPOR!?" in said


def test_a_card_in_english_reads_english_evidence() -> None:
    app = run("findings", "en", temuan="finding:f1")
    assert title(app) == "Two complaint applications run beside SP4N-LAPOR!"
    assert "Both take complaints." in text(app)
    assert "Keduanya" not in text(app)


def test_a_decided_finding_shows_who_decided_and_offers_to_take_it_back() -> None:
    app = run("findings", temuan="finding:f2")
    assert "Surat BKD 12 November" in text(app)
    assert "Ratna, 20 November 2025" in text(app)
    assert [b.label for b in app.button] == ["Batalkan putusan ini"]
    assert [i.label for i in app.text_input] == ["Nama (wajib)"]


@pytest.mark.parametrize(("lang", "said"), [("id", "Nama belum diisi"), ("en", "No name given")])
def test_a_decision_is_not_taken_back_without_a_name(small: Path, lang: str, said: str) -> None:
    before = (small / "judgements.jsonl").read_bytes()
    app = run("findings", lang, temuan="finding:f2")
    app.text_input(key="temuan-pembatal").input("  ")
    app.button[0].click()
    app.run()
    assert said in app.error[0].value
    assert (small / "judgements.jsonl").read_bytes() == before


def test_a_decision_without_a_reason_a_name_or_a_choice_is_not_saved(small: Path) -> None:
    before = (small / "judgements.jsonl").read_bytes()
    app = run("findings", temuan="finding:f1")
    app.text_area(key="temuan-alasan").input("  ")
    next(b for b in app.button if b.label == "Simpan putusan").click()
    app.run()
    said = app.error[0].value
    for key in ("Putusan belum dipilih", "Alasan belum diisi", "Nama belum diisi"):
        assert key in said
    assert (small / "judgements.jsonl").read_bytes() == before


# -------------------------------------------------------------- profile
def test_a_profile_leads_every_fact_to_its_row_and_column() -> None:
    app = run("profile", app="app:srikandi")
    said = text(app)
    assert title(app) == "Srikandi"
    assert "3 baris dari 2 sumber menggambarkannya, dengan 3 ejaan" in said
    assert "daftar.xlsx › Aplikasi › baris 6 › kolom “Nama Aplikasi”" in said
    assert "“Srikandi” dan “SRIKANDI” satu ejaan." in said
    assert "juga: SRIKANDI (1); srikandi (1)" in said


def test_a_profile_shows_the_source_row_as_it_stands_in_the_file() -> None:
    app = run("profile", app="app:sipeduli")
    rows = html(app)[html(app).index("Baris sumber") :]
    assert "Survei Anggrek · September 2025" in rows
    for cell in ("SIPEDULI", "Aplikasi pengaduan lingkungan", "sipeduli.dlh.go.id", "Aktif"):
        assert cell in rows


def test_a_profile_draws_neighbours_with_how_each_is_known() -> None:
    app = run("profile", app="app:lapor")
    out = html(app)
    assert 'class="it assumed" href="profil?app=app%3Asipeduli"' in out
    assert 'class="it stated" href="profil?app=agency%3Adlh-a"' in out
    assert 'class="it rule" href="profil?app=function%3Apengaduan"' in out
    lines = app.dataframe[0].value.to_dict("records")
    assert {
        "Hubungan": "menerima data dari",
        "Dengan": "SIPEDULI",
        "Asal": "dugaan",
        "Keterangan": "pengaduan masyarakat",
        "Letak di sumber": "",
    } in lines


def test_a_profile_says_unknown_in_a_word() -> None:
    said = text(run("profile", app="app:gis"))
    assert "Alamat belum diketahui belum diketahui" in said
    assert "Pemilik belum diketahui" in said


def test_a_name_with_marks_is_shown_and_not_run() -> None:
    out = html(run("profile", app="app:esurat"))
    assert "e-Surat &lt;b&gt;" in out
    assert "e-Surat <b>" not in out


@pytest.mark.parametrize("id", ["agency:kab-a", "function:simpeg", "data:aduan"])
def test_every_kind_of_node_has_a_profile(id: str) -> None:
    app = run("profile", app=id)
    assert not app.exception
    assert title(app)


# -------------------------------------------------------------- nothing there
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "key"), [("findings", "temuan"), ("profile", "app")])
def test_an_unknown_id_in_the_address_gets_a_sentence(page: str, key: str, lang: str) -> None:
    app = run(page, lang, **{key: "app:<i>nope"})
    assert not app.exception
    assert "app:&lt;i&gt;nope" in html(app)
    assert {"id": "di versi ini", "en": "in this version"}[lang] in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["profile", "network"])
def test_an_old_link_leads_on_to_the_node_that_bears_it_now(page: str, lang: str) -> None:
    app = run(page, lang, app="app:simpeg-lama")
    assert "SIMPEG" in title(app)
    assert {"id": "“app:simpeg-lama” sudah digabung.", "en": "was joined to another."}[lang] in (
        text(app)
    )
    assert "app=app%3Asimpeg-a" in html(app)


def test_an_old_link_to_a_comparison_leads_on() -> None:
    out = html(run("compare", kiri="app:simpeg-lama", kanan="app:esurat"))
    assert "bandingkan?kiri=app%3Asimpeg-a&amp;kanan=app%3Aesurat" in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_workspace_says_what_to_do(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(tmp_path / "none"))
    app = run("door", lang)
    assert not app.exception
    expected = {"id": "Belum ada inventaris yang dimuat", "en": "No inventory is loaded yet"}
    assert title(app) == expected[lang]
    assert "./simpul demo" in html(app)
    assert not os.path.exists(tmp_path / "none")


def test_a_new_version_is_shown_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.landscape import Landscape

    workspace = inventory.write(tmp_path / "grows")
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(workspace.path))
    assert title(run("findings")).startswith("Tiga")
    full = workspace.version()
    less = Landscape(
        {**full.landscape.nodes, "Finding": full.landscape.nodes["Finding"].slice(0, 2)},
        {**full.landscape.edges, "MEMBER_OF": full.landscape.edges["MEMBER_OF"].slice(0, 0)},
        full.landscape.origins,
        full.landscape.evidence,
        "2025-10",
    )
    with workspace.writing() as writer:
        writer.publish(less, full.manifest | {"sha256": less.sha256, "as_of": "2025-10"})
    app = run("findings")
    assert title(app).startswith("Dua")
    assert "Versi 2" in text(app)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_download_holds_what_is_seen(format: str) -> None:
    import io

    import pandas as pd

    from explorer.components.download import _writer

    lines = [["e-Surat", 3], ["=1+1", 4]]
    made = io.BytesIO(_writer(lambda: (["Nama", "Nama"], lines), format)())  # type: ignore[arg-type]
    table = pd.read_csv(made) if format == "csv" else pd.read_excel(made, engine="openpyxl")
    assert list(table.columns) == ["Nama", "Nama (2)"]
    assert table["Nama (2)"].tolist() == [3, 4]
    assert table["Nama"].tolist()[0] == "e-Surat"
    assert str(table["Nama"].tolist()[1]).lstrip("'") == "=1+1"


def test_a_search_names_what_it_found_and_says_when_nothing_was(small: Path) -> None:
    assert 'href="profil?app=app%3Asrikandi"' in html(run("door", cari="srikandi"))
    assert "Tidak ada yang cocok dengan “qzxw”" in text(run("door", cari="qzxw"))


def test_whoever_owns_an_application_is_no_user_by_that(workspace: Workspace) -> None:
    L = workspace.version().landscape
    listed = data.most_used(1000)
    owned = {e["target"] for e in L.edge_rows("OWNS")}
    assert any(id in owned for id, _, _ in listed)
    assert [n for _, _, n in listed] == [len(L.sources(id, "USES")) for id, _, _ in listed]
