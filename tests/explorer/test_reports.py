"""Reports, the editor and exports without a browser: what they answer, refuse and hand over."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer import data
from explorer.answers import exports, landscape, reports
from explorer.answers.reports import Mark, Meaning, Shown
from explorer.components.editor import LONGEST
from explorer.data.exports import MOST_FILES, _files
from explorer.data.reports import _store
from graph.errors import BrokenQuery, MissingParameter, RefusedQuery
from graph.exchange.selection import Profile
from graph.landscape import Landscape
from graph.reports import Report
from graph.reports import reports as prepared
from graph.schema.codes import FindingKind, Lifecycle
from graph.store.embedded import Embedded
from graph.store.portable import lint
from tests.explorer import inventory
from tests.explorer.pages import html, run, text, title

pytestmark = pytest.mark.usefixtures("opened")

LANGUAGES = ("id", "en")


def asked(query: str, lang: str = "id", **more: str) -> AppTest:
    """Run the page with a question in its address."""
    return run("reports", lang, mode="tulis", q=query, **more)


# -------------------------------------------------------------- what a text says
def test_a_parameter_is_known_by_what_it_is_compared_with() -> None:
    text = """MATCH (g:Agency)-[:USES]->(a:Application {status: $status})
    WHERE g.id = $agency AND $pemda = a.government AND a.name CONTAINS $word
    // AND a.scope = $hidden
    MATCH (f:Function) WHERE f.code IN $codes RETURN '$text'"""
    assert reports.parameters(text) == ["status", "agency", "pemda", "word", "codes"]
    assert reports.compared(text) == {
        "status": Meaning("Application", "status"),
        "agency": Meaning("Agency", "id"),
        "pemda": Meaning("Application", "government"),
        "codes": Meaning("Function", "code"),
    }


def test_every_text_parameter_of_a_report_is_chosen_by_name() -> None:
    for r in prepared():
        meanings = reports.compared(reports.body(r.text))
        for p in r.parameters:
            if p.type == "text":
                assert p.name in meanings, (r.name, p.name)
                assert data.choices(*meanings[p.name], "id") is not None, (r.name, p.name)


def test_choices_have_names_and_two_of_one_name_are_told_apart() -> None:
    units = data.choices("Agency", "id", "id")
    assert units is not None
    assert units["agency:kominfo-b"] == "Dinas Komunikasi dan Informatika"
    assert list(units.values()) == sorted(units.values(), key=str.casefold)
    governments = {"agency:kab-a": "Kabupaten Anggrek", "agency:kab-b": "Kabupaten Bakung"}
    assert data.choices("Application", "government", "id") == governments
    kinds = data.choices("Finding", "kind", "en")
    assert kinds == {k: k.en_label for k in FindingKind}
    assert data.choices("Application", "name", "id") is None
    apps = data.choices("Application", "id", "id") or {}
    assert len(set(apps.values())) == len(apps) > 13


def test_a_long_list_of_names_becomes_a_field_that_takes_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reports, "MOST_CHOICES", 2)
    query = "MATCH (g:Agency) WHERE g.id = $badan RETURN g.name AS badan ORDER BY badan"
    app = asked(query, **{"p.badan": "Kabupaten Anggrek"})
    assert not app.exception
    assert app.text_input(key="laporan-tulis-badan").value == "Kabupaten Anggrek"
    assert "Kabupaten Anggrek" in html(app)
    assert title(app) == "Satu baris menjawab pertanyaan Anda"
    wrong = asked(query, **{"p.badan": "Kabupaten Angrek"})
    assert "agency:kab-a" in text(wrong)


def test_the_name_of_a_parameter_is_no_link() -> None:
    app = asked("MATCH (a:Application) WHERE a.name = $`[klik](x)` RETURN a.name AS nama")
    assert [f.label for f in app.text_input] == [r"$\[klik](x) · Nama"]


def test_codes_of_a_column_get_their_words() -> None:
    assert reports.codes("MATCH (a:Application) RETURN a.status AS s, a.name AS n") == {
        "s": Lifecycle
    }


def test_a_name_takes_the_id_beside_it_as_its_link() -> None:
    columns = ["agency_id", "agency", "applications", "source_id"]
    assert reports.shown(columns) == [
        Shown("agency", "agency_id"),
        Shown("applications", None),
        Shown("source_id", None),
    ]


def test_bars_are_the_largest_amounts_by_name() -> None:
    rows = [{"f_id": f"f:{n}", "f": f"F{n}", "n": n} for n in range(20)]
    found = reports.bars(["f_id", "f", "n"], [*rows, {"f_id": "x", "f": "none", "n": None}])
    assert found is not None
    assert found.labels == ("f",)
    assert found.amount == "n"
    assert found.rows == [(f"F{n}", n) for n in range(19, 7, -1)]
    assert found.of == 20
    assert reports.bars(["n"], rows) is None
    assert reports.bars(["f"], rows) is None
    assert reports.bars(["f", "ok"], [{"f": "a", "ok": True}, {"f": "b", "ok": False}]) is None


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("MATCH (a:Application)\nRETURN a.name,, 1", ","),
        ("MATCH (a:Application)\nRETURN b.name AS n ORDER BY n", "b"),
        ("MATCH (a) RETURN nope(a) AS n", "nope"),
        ("MATCH (a:Application) RETRN a.id", "RETRN"),
        ("MATCH (a:Application RETURN a", "RETURN"),
        ("MATCH (a) /* SET */\nSET a.x = 1", "SET"),
        ("MATCH (a) WHERE a.id = $one RETURN a.id AS id", "$one"),
    ],
)
def test_an_error_marks_its_place(query: str, marked: str) -> None:
    with pytest.raises((BrokenQuery, RefusedQuery)) as raised:
        data.answer(query, {})
    found = reports.place(query, raised.value, "because")
    assert query[found.start : found.end] == marked
    assert found.start > query.find("*/")


@pytest.mark.parametrize(
    ("lang", "place", "engine", "near"),
    [
        ("id", "Baris 2, kolom 1: “RETRN”", "Kata mesin itu, apa adanya:", "maksudnya RETURN?"),
        ("en", "Line 2, column 1: “RETRN”", "The engine's own words, as they are:", "RETURN is"),
    ],
)
def test_a_broken_text_gets_a_sentence_with_its_place_and_no_code(
    lang: str, place: str, engine: str, near: str
) -> None:
    app = run("reports", lang, mode="tulis", q="MATCH (a:Application)\nRETRN a.id")
    said = text(app)
    assert place in said
    assert f"{engine} Pattern parse error: unexpected trailing input after pattern: Id" in said
    assert near in said
    assert "[broken-query]" not in said
    assert "simpul report" not in said


def test_a_refused_text_says_where_and_what_to_do_without_a_code() -> None:
    said = text(run("reports", mode="tulis", q="MATCH (a)\nSET a.x = 1 RETURN a.x"))
    assert "Baris 2, kolom 1: “SET”" in said
    assert "Hapus dari kueri" in said
    assert "[refused-query]" not in said


@pytest.mark.parametrize(
    ("word", "meant"), [("RETRN", "RETURN"), ("mtch", "MATCH"), ("RETURN", None), ("xyz", None)]
)
def test_a_misspelt_keyword_is_guessed(word: str, meant: str | None) -> None:
    assert reports.meant(word) == meant


def test_a_place_outside_the_text_stays_inside() -> None:
    error = BrokenQuery("", reason="at line 9, col 80: what")
    assert reports.place("MATCH", error, "x") == Mark(4, 5, "error", "x")
    assert reports.place("", error, "x") == Mark(0, 0, "error", "x")


def test_the_editor_knows_the_whole_model() -> None:
    known = reports.vocabulary("id")
    labels = {x["name"]: x for x in known["labels"]}
    assert "government" in {p["name"] for p in labels["Application"]["properties"]}
    assert labels["Agency"]["detail"] == "Instansi"
    relations = {x["name"]: x for x in known["relations"]}
    assert "Application" in relations["PERFORMS"]["detail"]
    assert "rank" in {p["name"] for p in relations["PERFORMS"]["properties"]}


# -------------------------------------------------------------- prepared questions
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("report", prepared(), ids=lambda r: r.name)
def test_every_report_is_answered_under_its_question(report: Report, lang: str) -> None:
    app = run("reports", lang, laporan=report.name)
    assert not app.exception
    assert "sp-error" not in html(app)
    assert title(app) == report.question[lang]
    assert {"id": "lengkap", "en": "complete"}[lang] in text(app)
    assert app.code[0].value == reports.body(report.text)


def test_a_value_in_the_address_is_chosen_and_another_report_forgets_it() -> None:
    query = {"laporan": "applications-by-agency-and-function", "p.agency": "agency:dlh-a"}
    app = run("reports", **query)
    assert app.selectbox[0].value == "agency:dlh-a"
    out = html(app)
    assert 'href="profil?app=agency%3Adlh-a"' in out
    assert "Badan Kepegawaian Daerah" not in out
    assert "./simpul report run applications-by-agency-and-function -p agency=agency:dlh-a" in out
    app.radio[0].set_value("data-held-by-several").run()
    assert app.query_params["laporan"] == "data-held-by-several"
    assert "p.agency" not in app.query_params


def test_a_choice_stands_in_the_address() -> None:
    app = run("reports", laporan="applications-by-agency-and-function")
    app.number_input[0].set_value(2).run()
    assert app.query_params["p.least"] == "2"
    app.number_input[0].set_value(1).run()
    assert "p.least" not in app.query_params


def test_a_field_follows_the_address() -> None:
    app = run("reports", laporan="applications-by-agency-and-function")
    app.query_params["p.least"] = "2"
    app.run()
    assert app.number_input[0].value == 2
    assert "4 baris" in text(app).replace("\u00a0", " ")


@pytest.mark.parametrize("value", ["agency:nope", "<script>", "1e99"])
def test_a_value_that_is_none_counts_as_none(value: str) -> None:
    query = {"laporan": "applications-by-agency-and-function", "p.agency": value, "p.least": value}
    app = run("reports", **query)
    assert not app.exception
    assert app.selectbox[0].value == ""
    assert app.number_input[0].value == 1


def test_nothing_found_names_the_value_to_relax() -> None:
    query = {"laporan": "applications-by-agency-and-function", "p.least": "50"}
    assert "Longgarkan “Paling sedikit aplikasi” (sekarang 50)." in text(run("reports", **query))


def test_names_lead_to_profiles_and_findings() -> None:
    query = "MATCH (x:Finding) RETURN x.id AS x_id, x.name AS x, 1 AS n ORDER BY x_id"
    out = html(asked(query))
    assert 'href="temuan?temuan=finding%3Af1"' in out
    assert out.count('<td class="num"') == 3


# -------------------------------------------------------------- one's own questions
HOSTILE = [
    "CREATE (n:Application {id: 'app:x'})",
    "MATCH (a) DELETE a",
    "MATCH (a) DETACH DELETE a",
    "MATCH (a:Application) SET a.name = 'x' RETURN a.id AS id",
    "MERGE (a:Application {id: 'app:x'}) RETURN a.id AS id",
    "MATCH (a) REMOVE a.name",
    "CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (a) RETURN a.id AS id UNION MATCH (b) DELETE b RETURN 1 AS id",
    "/* only reading */ MATCH (a) /* RETURN a */ SET a.name = 'x'",
    "MATCH (a) // RETURN a\nDELETE a",
    "MATCH (a) WITH a FOREACH (x IN [1] | SET a.n = x)",
    "MATCH (a) \\u0053ET a.name = 'x' RETURN 1 AS n",
    "RETURN 1 AS n; DROP INDEX x",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_what_writes_is_refused_in_a_sentence(query: str) -> None:
    everything = "MATCH (a) RETURN a.id AS id, a.name AS name ORDER BY id"
    before = data.answer(everything, {}).rows
    app = asked(query)
    assert not app.exception
    assert "tidak diizinkan: kueri hanya membaca graf" in text(app)
    assert "tidak dijalankan sampai selesai" in text(app)
    st.cache_resource.clear()
    assert data.answer(everything, {}).rows == before


def test_words_in_strings_and_comments_are_not_meant() -> None:
    app = asked("/* DELETE */ RETURN 'SET x' AS said")
    assert "sp-error" not in html(app)
    assert "SET x" in html(app)


def test_an_endless_question_is_stopped_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.embedded.TIMEOUT", 1.0)
    query = "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*) AS n"
    app = asked(query)
    assert not app.exception
    assert "Pertanyaan ini belum selesai ketika waktunya habis." in text(app)
    monkeypatch.setattr("graph.store.embedded.TIMEOUT", 1.5)
    assert not data.answer(query, {}).complete  # asked again, not remembered
    assert data.answer(query, {}).limit_hit == "timeout 1.5 s"


def test_a_million_rows_are_cut_and_it_is_said() -> None:
    app = asked("UNWIND range(1, 1000000) AS n RETURN n ORDER BY n")
    assert not app.exception
    said = text(app).replace("\u00a0", " ")
    assert "10.000 baris pertama" in said
    assert "terpotong" in said
    assert "Lengkap tidak" in said
    assert not app.dataframe  # ten thousand lines are not sent before somebody unfolds them


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_cell_that_looks_like_a_formula_is_exported_as_text(format: str) -> None:
    from explorer.components.download import _writer

    found = data.answer("RETURN '=cmd|\\'/c calc\\'!A1' AS x, '@SUM(1)' AS y, -3 AS n", {})
    lines = [[r[c] for c in found.columns] for r in found.rows]
    made = _writer(lambda: (found.columns, lines), format)()  # type: ignore[arg-type]
    if format == "csv":
        assert b"'=cmd" in made
        assert b"'@SUM" in made
        return
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    table = pd.read_excel(io.BytesIO(made), engine="openpyxl")
    assert table["n"].tolist() == [-3]


def test_marks_in_names_are_shown_and_not_run() -> None:
    out = html(asked("RETURN '<script>alert(1)</script>' AS `<img src=x>`"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in out
    assert "&lt;img src=x&gt;" in out
    assert "<script>alert" not in out
    assert "<img src=x>" not in out


def test_a_month_is_written_as_one_and_what_only_looks_so_is_not() -> None:
    out = html(asked("UNWIND ['2025-09', '2025-13', '2025-09-04x'] AS d RETURN d ORDER BY d"))
    assert "September 2025" in out
    assert "2025-13" in out
    assert "2025-09-04x" in out


def test_amounts_of_a_column_have_the_same_digits() -> None:
    out = html(asked("UNWIND [1.0, 0.5] AS n RETURN n, 1200 AS m ORDER BY n"))
    assert re.findall(r'class="num"[^>]*>([^<]+)</td>', out) == ["0,50", "1.200", "1,00", "1.200"]


def test_what_is_not_portable_is_warned_of_and_still_answered() -> None:
    query = "MATCH (a:Application) RETURN a.name AS name LIMIT 2"
    assert lint(query)
    said = text(asked(query))
    assert "Mungkin lain hasilnya di Neo4j" in said
    assert "Tabel" in said


def test_a_parameter_without_a_value_gets_a_field() -> None:
    query = "MATCH (a:Application) WHERE a.name = $name RETURN a.id AS id ORDER BY id"
    with pytest.raises(MissingParameter):
        data.answer(query, {})
    app = asked(query)
    assert not app.exception
    assert "sp-error" not in html(app)
    app.text_input(key="laporan-tulis-name").set_value("SIPEDULI").run()
    assert app.query_params["p.name"] == "SIPEDULI"
    assert 'href="profil?app=app%3Asipeduli"' in html(app)


def test_a_number_in_a_field_is_a_number() -> None:
    query = "UNWIND [1, 2, 3] AS n WITH n WHERE n > $least RETURN n ORDER BY n"
    assert title(asked(query, **{"p.least": "1"})) == "2 baris menjawab pertanyaan Anda"


def test_a_report_opens_in_the_editor_with_its_values() -> None:
    shown = html(run("reports", laporan="data-held-by-several"))
    assert "mode=tulis&amp;dari=data-held-by-several&amp;p.least=2" in shown
    query = {"mode": "tulis", "dari": "data-held-by-several", "p.least": "1"}
    app = run("reports", **query)
    assert not app.exception
    assert app.text_input(key="laporan-tulis-least").value == "1"
    assert "pengaduan masyarakat" in html(app)
    missing = run("reports", mode="tulis", dari="data-held")
    assert 'Tidak ada laporan "data-held"' in text(missing)
    assert "simpul report list" not in text(missing)


def test_before_the_first_run_it_says_how_to_run() -> None:
    app = run("reports", mode="tulis")
    assert title(app) == "Tanyakan graf ini dengan Cypher"
    assert "Belum dijalankan." in text(app)


def test_the_first_text_is_portable() -> None:
    from explorer.components.editor import FIRST

    assert lint(FIRST) == []
    assert len(FIRST) < LONGEST


class Taken(list[Any]):
    """A list of warm processes from which another session takes the last one in between."""

    def __bool__(self) -> bool:
        return True


def test_two_sessions_that_ask_at_once_do_not_meet() -> None:
    v = data.here()
    store = _store(str(v.path), v.manifest["sha256"], v)
    assert isinstance(store, Embedded)
    store._idle = Taken()
    assert store.query("RETURN 1 AS n").rows == [{"n": 1}]
    wrong: list[object] = []

    def ask(n: int) -> None:
        if (rows := store.query(f"RETURN {n} AS n").rows) != [{"n": n}]:
            wrong.append(rows)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []
    while len(store._idle):
        store._idle.pop().stop()


# -------------------------------------------------------------- exports
def test_the_page_offers_every_format_and_makes_none() -> None:
    app = run("exports")
    assert not app.exception
    assert len(app.get("download_button")) == len(exports.FORMATS) >= 4
    assert set(exports.FORMATS) == set(exports.ENDINGS) & set(exports.FORMATS)
    assert _files() == {}
    for format in exports.FORMATS:
        assert f"./simpul export {format} -o " in html(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_public_is_the_default_and_holds_accepted_findings_only(lang: str) -> None:
    for untuk, findings in (("public", 1), ("internal", 3)):
        app = run("exports", lang, untuk=untuk)
        assert not app.exception
        noun = {"id": "temuan", "en": "finding" if findings == 1 else "findings"}[lang]
        assert f"{findings} {noun}" in text(app).replace("\u00a0", " ")
    assert data.amounts("public", None).nodes["Finding"] == 1
    assert "untuk" not in run("exports", lang).query_params


def test_the_larger_numbers_of_an_export_are_taken_apart() -> None:
    found = data.amounts("internal", None)
    a = found.applications
    assert (a.shown, a.classes, a.websites, a.reference) == (13, 1, 1, 0)
    assert a.shown == len(data.survey().applications)
    assert a.shown + a.classes + a.websites + a.reference == found.nodes["Application"]
    said = text(run("exports", untuk="internal"))
    assert "15 aplikasi = 13 yang dihitung di Ikhtisar + 1 nama untuk banyak sistem + 1" in said
    assert "data acuan Simpul ikut" not in said.lower()


def test_what_an_export_of_the_examples_holds_adds_up(example_landscape: Landscape) -> None:
    shown = landscape.Survey(example_landscape).applications
    found = exports.amounts(example_landscape, "internal", None, shown)
    a = found.applications
    assert a.shown + a.classes + a.websites + a.reference == found.nodes["Application"]
    assert min(a) > 0
    assert found.reference


def test_an_agency_takes_its_part() -> None:
    app = run("exports", untuk="internal", badan="agency:kab-b")
    assert "Kabupaten Bakung" in text(app)
    assert "./simpul export turtle --profile internal --agency agency:kab-b -o" in html(app)
    part, whole = data.amounts("internal", "agency:kab-b"), data.amounts("internal", None)
    assert 0 < part.nodes["Application"] < whole.nodes["Application"]


@pytest.mark.parametrize("profile", ["public", "internal"])
@pytest.mark.parametrize("format", exports.FORMATS)
def test_a_file_is_what_the_command_writes(format: str, profile: Profile, tmp_path: Path) -> None:
    made, _ = data.make(format, profile, None, "id")
    body = data.file(format, profile, None, "id")
    assert hashlib.sha256(body).hexdigest() == made.sha256
    assert len(body) == made.size
    assert made.records > 30
    again = exports.make(
        data.here().landscape, format, tmp_path, profile=profile, agency=None, lang="id"
    )
    assert again.sha256 == made.sha256
    if format == "csv":
        with zipfile.ZipFile(io.BytesIO(body)) as folder:
            assert "simpul/Application.csv" in folder.namelist()
            findings = folder.read("simpul/Finding.csv").decode("utf-8-sig").splitlines()
        assert len(findings) == {"public": 2, "internal": 4}[profile]


def test_the_command_shown_writes_that_file(small: Path, tmp_path: Path) -> None:
    import shlex

    from cli import main

    words = shlex.split(exports.command("turtle", "internal", "agency:kab-b", "id"))[1:]
    words[-1] = str(tmp_path / words[-1])
    assert main(["-w", str(small), *words]) == 0
    written = (tmp_path / "simpul.ttl").read_bytes()
    assert written == data.file("turtle", "internal", "agency:kab-b", "id")


def test_a_checksum_is_shown_once_the_file_is_made() -> None:
    app = run("exports")
    assert "sha256 diketahui setelah berkas dibuat" in text(app)
    app.button(key="ekspor-sha-turtle").click().run()
    made = data.made("turtle", "public", None, "id")
    assert made is not None
    assert made.sha256 in html(app)


def test_few_files_are_kept_and_none_under_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that was ended left internal exports behind in the folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for agency in (None, "agency:kab-a", "agency:kab-b", "agency:dlh-a"):
        for format in ("turtle", "ntriples"):
            assert data.file(format, "internal", agency, "id")
    assert len(_files()) == MOST_FILES
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_for_a_browser_names_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "MOST_RECORDS", 10)
    app = run("exports")
    assert not app.get("download_button")
    assert "terlalu besar untuk peramban" in text(app)
    assert "./simpul export turtle -o simpul.ttl" in html(app)


def test_without_an_accepted_finding_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph.landscape import Landscape

    workspace = inventory.write(tmp_path / "none")
    v = workspace.version()
    L = v.landscape
    less = Landscape(
        {**L.nodes, "Finding": L.nodes["Finding"].slice(0, 0)},
        {**L.edges, "MEMBER_OF": L.edges["MEMBER_OF"].slice(0, 0)},
        L.origins,
        L.evidence,
        L.as_of,
    )
    with workspace.writing() as writer:
        writer.publish(less, v.manifest | {"sha256": less.sha256})
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(workspace.path))
    assert "Belum ada temuan yang diterima" in text(run("exports"))
