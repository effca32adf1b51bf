"""Two applications side by side, and the queue of pairs: answers by hand, pages over them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from explorer.answers import pair, queue
from graph.analysis.compared import compared
from graph.build.judgements import Judgement
from graph.landscape import Landscape
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.inventory import landscape
from tests.explorer.pages import html, run, text, title


@pytest.fixture(scope="module", name="L")
def _landscape() -> Landscape:
    return landscape()


def beside(L: Landscape, left: str, right: str) -> pair.Pair:
    return pair.pair(L, left, right, "id", lambda: compared(L).likeness)


# -------------------------------------------------------------- answers
def test_a_written_pair_is_read_and_its_bits_add_up(L: Landscape) -> None:
    p = beside(L, "app:eoffice", "app:esurat")
    assert (p.probability, p.written, p.verdict) == (0.91, True, "sure")
    assert [(b.kind, b.value) for b in p.bars] == [
        ("prior", -8.9447),
        ("function", 11.5),
        ("text", 0.7826),
    ]
    assert sum(b.value for b in p.bars) == pytest.approx(math.log2(0.91 / 0.09), abs=1e-3)


def test_a_pair_that_was_not_written_is_weighed_and_its_bits_add_up(L: Landscape) -> None:
    p = beside(L, "app:simpeg-a", "app:arsip")
    assert not p.written
    assert p.verdict == "low"
    assert p.probability is not None
    odds = p.probability / (1 - p.probability)
    assert sum(b.value for b in p.bars) == pytest.approx(math.log2(odds), abs=0.01)


@pytest.mark.parametrize("other", ["app:portal", "app:kelas"])
def test_a_website_or_a_class_gets_no_probability(L: Landscape, other: str) -> None:
    p = beside(L, "app:simpeg-a", other)
    assert (p.probability, p.verdict, p.bars) == (None, "none", ())


def test_fields_say_equal_different_and_not_known(L: Landscape) -> None:
    fields = {f.name: f for f in beside(L, "app:eoffice", "app:esurat").fields}
    assert {n: f.sign for n, f in fields.items()} == {
        "name": "differ",
        "description": "differ",
        "owner": "unknown",
        "reported": "differ",
        "function": "equal",
        "service": "unknown",
        "government": "differ",
        "scope": "unknown",
        "status": "differ",
        "platform": "unknown",
        "address": "unknown",
        "data": "unknown",
        "integration": "unknown",
    }
    assert fields["function"].shared == {"function:persuratan"}
    assert fields["address"].left[0].origins[0].column == "Alamat"
    assert fields["address"].right == ()


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ({"a"}, {"a"}, "equal"),
        ({"a", "b"}, {"b", "c"}, "partly"),
        ({"a"}, {"b"}, "differ"),
        (set(), {"b"}, "unknown"),
        ({"a"}, set(), "unknown"),
    ],
)
def test_what_one_side_does_not_tell_is_unknown_and_not_different(
    left: set[str], right: set[str], said: str
) -> None:
    assert pair.sign(left, right) == said


def test_one_host_under_two_paths_is_one_host() -> None:
    nodes = [
        ("Application", {"id": f"app:{n}", "name": n, "address": f"https://www.lapor.go.id/{n}"})
        for n in ("a", "b")
    ]
    fields = {f.name: f for f in beside(Landscape.of(nodes, []), "app:a", "app:b").fields}
    assert fields["address"].sign == "equal"
    assert fields["address"].right[0].text == "https://www.lapor.go.id/b"


def test_shared_words_are_marked_by_their_stem_and_common_ones_are_not() -> None:
    shared = pair.shared_stems("Pengaduan warga dinas", "Tindak lanjut aduan dinas")
    assert shared == {"adu"}
    assert pair.marked("Pengaduan warga.", shared) == [
        ("Pengaduan", True),
        (" ", False),
        ("warga", False),
        (".", False),
    ]


def test_the_queue_is_sorted_by_score_and_names_the_other_candidate(L: Landscape) -> None:
    first, second = queue.suggested(L, "id", ())
    assert (first.score, first.about) == (0.87, ("app:simpeg-a", "app:simpeg-b"))
    assert (first.reasons, first.against) == (("Namanya sama: simpeg.",), ("Alamatnya berbeda.",))
    assert first.other == queue.Other(
        "app:epegawai", "e-Pegawai · Kabupaten Anggrek", "app:simpeg-b", 0.61
    )
    assert (second.score, second.other) == (0.61, None)


def test_a_pair_judged_unsure_stays_open_and_counts_as_answered(L: Landscape) -> None:
    unsure = Judgement("j1", "unsure", ("app:simpeg-a", "app:simpeg-b"), "Ratna", "2025-11-20", "?")
    rows, judged = queue.suggested(L, "id", [unsure]), queue.judged(L, "id", [unsure])
    assert [r.state for r in rows] == ["unsure", "open"]
    assert queue.progress(rows, judged) == queue.Progress(1, 2)


def test_what_a_rule_merged_can_be_told_apart_where_two_records_were_joined(L: Landscape) -> None:
    lapor, srikandi = queue.merged(L, "id")
    assert (lapor.names, lapor.by) == (("SP4N-LAPOR!", "Lapor"), "national-alias")
    assert lapor.about == ("app:lapor-b", "app:lapor")
    assert (srikandi.names, srikandi.about) == (("Srikandi", "SRIKANDI"), None)


# -------------------------------------------------------------- pages
PAIR = {"kiri": "app:eoffice", "kanan": "app:esurat"}


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("lang", "said", "chance"),
    [
        ("id", "E-Office dan e-Surat <b>: hampir pasti berfungsi sama", "0,91"),
        ("en", "E-Office and e-Surat <b>: almost surely one job", "0.91"),
    ],
)
def test_the_title_is_the_verdict_and_the_twin_holds_the_bits(
    lang: str, said: str, chance: str
) -> None:
    app = run("compare", lang, **PAIR)
    assert not app.exception
    assert title(app) == said
    bits = app.dataframe[0].value
    assert bits.iloc[:, 1].tolist() == [-8.9447, 11.5, 0.7826, 3.3379]
    assert chance in str(bits.iloc[3, 0])
    assert "Persuratan (95 %)" in str(bits.iloc[1, 0]) or "Correspondence (95%)" in str(
        bits.iloc[1, 0]
    )


@pytest.mark.usefixtures("opened")
def test_both_sides_stand_beside_each_other_with_what_is_equal_marked() -> None:
    app = run("compare", **PAIR)
    out = html(app)
    assert 'aria-label="sama"' in out
    assert "<mark>Surat</mark> masuk dan keluar" in out
    assert "e-Surat <b>" not in out
    assert '<span class="sp-both"><a href="profil?app=function%3Apersuratan"' in out
    said = text(app)
    assert "Belum diketahui di kedua sisi: Pemilik, Layanan, Cakupan, Platform" in said
    assert "daftar.xlsx › Aplikasi › baris 7" in said
    assert "survei.csv › baris 9" in said
    assert "Keduanya ada dalam satu temuan" in said
    lines = app.dataframe[1].value
    assert "kolom “Alamat”" in " ".join(map(str, lines.iloc[:, 4]))


@pytest.mark.usefixtures("opened")
def test_the_right_side_offers_the_most_similar_first() -> None:
    app = run("compare", kiri="app:eoffice")
    left, right = app.selectbox
    assert left.value == "app:eoffice"
    assert right.options[1] == "0,91 · e-Surat <b> · Kabupaten Anggrek"
    assert title(app) == "Satu pasangan serupa ditemukan; pilih dua aplikasi untuk dibandingkan"


@pytest.mark.usefixtures("opened")
def test_one_application_twice_and_an_unknown_one_get_a_sentence() -> None:
    twice = run("compare", kiri="app:lapor", kanan="app:lapor")
    assert title(twice) == "Pilih dua aplikasi yang berbeda"
    lost = run("compare", kiri="app:lapor", kanan="app:<i>nope")
    assert "Tidak ada aplikasi “app:&lt;i&gt;nope” di versi ini." in html(lost)
    assert not lost.exception


@pytest.mark.usefixtures("opened")
def test_a_pair_without_a_probability_says_why() -> None:
    app = run("compare", kiri="app:lapor", kanan="app:kelas")
    assert title(app).endswith("peluangnya belum diketahui")
    assert "Peluang tidak dihitung." in text(app)


@pytest.mark.usefixtures("opened")
def test_findings_and_profiles_lead_to_comparisons() -> None:
    link = 'href="bandingkan?kiri=app%3Aeoffice&amp;kanan=app%3Aesurat"'
    assert link in html(run("findings", temuan="finding:f3"))
    assert link in html(run("profile", app="app:eoffice"))


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("lang", "said", "progress"),
    [
        ("id", "2 pasangan mungkin satu aplikasi; menunggu jawaban", "0 dari 2"),
        ("en", "2 pairs may be one application; they wait for an answer", "0 of 2"),
    ],
)
def test_the_queue_says_how_many_wait(lang: str, said: str, progress: str) -> None:
    app = run("same", lang)
    assert title(app) == said
    assert progress in text(app)


@pytest.mark.usefixtures("opened")
def test_the_form_opens_under_the_chosen_pair_only() -> None:
    assert not run("same").radio
    app = run("same", jawab="app:simpeg-a~app:simpeg-b")
    assert [r.key for r in app.radio] == ["sama-putusan"]
    assert html(app).count('class="sp-twins chosen"') == 1
    assert not run("same", jawab="app:simpeg-a~app:nope").radio


@pytest.mark.usefixtures("opened")
def test_the_queue_filters_by_government_and_says_what_to_do_when_empty() -> None:
    judged = run("same", antrean="judged")
    assert "Belum ada putusan tentang pasangan." in text(judged)
    assert "Buka “Menunggu jawaban”" in text(judged)
    merged = run("same", antrean="merged")
    assert "digabung: nama lain aplikasi nasional" in text(merged)
    assert html(merged).count(">Pisahkan<") == 1
    assert "satu kunci: hanya ejaannya yang lain" in text(merged)


# -------------------------------------------------------------- names of one spelling
def test_two_of_one_name_are_told_apart_by_owner_or_by_place(tmp_path: Path) -> None:
    rows = {
        "satu": "KIOSKU,\nTARIF,Dinas Sosial\nBeda,\n",
        "dua": "KIOSKU,\nTARIF,Dinas Kesehatan\n",
    }
    workspace = Workspace(tmp_path / "ruang")
    for name, lines in rows.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(f"Nama Aplikasi,Pemilik\n{lines}", encoding="utf-8")
        load(workspace, [path])
    found = workspace.version().landscape
    ids: dict[str, list[str]] = {}
    for app in found.rows("Application"):
        ids.setdefault(app["name"], []).append(app["id"])
    assert {n: len(i) for n, i in ids.items()} == {"KIOSKU": 2, "TARIF": 2, "Beda": 1}
    (one, two), (first, second), (other,) = ids["KIOSKU"], ids["TARIF"], ids["Beda"]
    by_place = pair.both_told_apart(found, one, two, "id")
    assert set(by_place) == {"KIOSKU · satu.csv › baris 2", "KIOSKU · dua.csv › baris 2"}
    by_owner = pair.both_told_apart(found, first, second, "id")
    assert set(by_owner) == {"TARIF · Dinas Sosial", "TARIF · Dinas Kesehatan"}
    assert pair.both_told_apart(found, one, other, "id") == ("KIOSKU", "Beda")
    for row in queue.suggested(found, "id", []):
        assert row.names[0].casefold() != row.names[1].casefold()
