"""The contract: names, keys, exit codes, errors and the envelope of every command."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cli import COMMANDS, main
from graph import reports
from graph.errors import UnknownOption
from graph.store.workspace import Workspace
from tests.ingest.test_run import tree

ROOT = Path(__file__).parents[1]
KEYS = {
    "inspect": "sheet, header_row, column, means, confidence, reason, samples",
    "load": "source, file, read, accepted, refused, ignored_columns, unknown_columns, "
    "personal_dropped, changes, version",
    "sources": "source, publisher, loaded_at, rows, refused",
    "refused": "origin, reason, hint, cells",
    "build": "version, sha256, nodes, edges",
    "versions": "version, as_of, current",
    "diff": "change, node, property, before, after",
    "search": "node, score, matched",
    "show": "node, properties, edges, records",
    "same": "left, right, score, decision, by, reasons, against, runner_up",
    "functions": "node, functions, abstained, origins",
    "similar": "left, right, probability, bits",
    "redundant": "finding, kind, function, score, members, survivor, covered_by, rules, "
    "evidence, against, decision",
    "judge": "judgement, about, decision, by, at, why",
    "report": "name, question, parameters",
    "export": "path, sha256, records",
    "publish": "type, created, updated, removed, unchanged",
}
ASKED: dict[str, list[object]] = {
    "inspect": [ROOT / "examples/kab-madiun/survei-aplikasi-2025.csv"],
    "sources": [],
    "versions": [],
    "search": ["srikandi"],
    "show": ["SRIKANDI"],
    "same": ["--all"],
    "functions": ["SRIKANDI"],
    "similar": [],
    "redundant": [],
    "report": ["list"],
}


ENGLISH = re.compile(r"\b(the|invalid|argument|expected|required|such|is|not|directory)\b")


class Said:
    """What a command printed, and its exit code."""

    def __init__(self, capsys: pytest.CaptureFixture[str], exit: int) -> None:
        self.exit = exit
        self.out, self.err = capsys.readouterr()

    @property
    def answer(self) -> dict[str, Any]:
        return dict(json.loads(self.out))

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self.answer["rows"])

    @property
    def error(self) -> dict[str, str]:
        return dict(json.loads(self.err.strip().splitlines()[-1])["error"])


@pytest.fixture
def run(examples: Workspace, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object, workspace: Path | None = None, json: bool = True) -> Said:
        form = ["-f", "json"] if json else []
        at = ["-w", str(workspace or examples.path)]
        return Said(capsys, main([*at, *map(str, arguments), *form]))

    return call


@pytest.fixture
def copy(examples: Workspace, tmp_path: Path) -> Path:
    return Path(shutil.copytree(examples.path, tmp_path / "copy"))


def test_the_declared_keys_are_those_of_the_contract() -> None:
    declared = {name: ", ".join(c.keys) for name, c in COMMANDS.items() if c.keys}
    assert declared == KEYS


@pytest.mark.parametrize("command", sorted(ASKED))
def test_every_row_has_the_keys_of_the_contract(run: Any, command: str) -> None:
    said = run(command, *ASKED[command])
    assert said.exit == 0
    assert set(said.answer) == {"command", "version", "as_of", "complete", "limit_hit", "rows"}
    assert said.answer["complete"] is True
    wanted = set(KEYS[command].split(", "))
    assert said.rows
    assert all(wanted <= set(row) for row in said.rows)


def test_the_answer_of_load_has_its_keys(run: Any, tmp_path: Path) -> None:
    said = run("load", ROOT / "examples", workspace=tmp_path / "new")
    assert all(set(KEYS["load"].split(", ")) <= set(row) for row in said.rows)
    assert {row["version"] for row in said.rows} == {1}
    built = run("build", workspace=tmp_path / "new").rows[0]
    assert set(KEYS["build"].split(", ")) <= set(built)


def test_loading_twice_changes_nothing(run: Any, copy: Path) -> None:
    before = run("versions", workspace=copy).rows
    again = run("load", ROOT / "examples", workspace=copy).rows
    assert {tuple(row["changes"].values()) for row in again} == {(0, 0, 0)}
    assert run("versions", workspace=copy).rows == before


def test_a_dry_run_lists_the_cells_and_writes_nothing(run: Any, copy: Path, tmp_path: Path) -> None:
    source = ROOT / "examples/kab-madiun/survei-aplikasi-2025.csv"
    text = source.read_text(encoding="utf-8-sig").replace("Aplikasi Kepegawian", "Aplikasi lain", 1)
    changed = tmp_path / "tahun-depan.csv"
    changed.write_text(text, encoding="utf-8")
    row = run("load", changed, "--source", "kab-madiun", "--dry-run", workspace=copy).rows[0]
    assert row["changes"] == {"added": 0, "changed": 1, "removed": 0}
    [cell] = row["difference"]
    assert (cell["before"], cell["after"]) == ("Aplikasi Kepegawian", "Aplikasi lain")
    assert cell["column"] == "Deskripsi Singkat Aplikasi"
    assert len(run("versions", workspace=copy).rows) == 1


def test_a_file_nobody_described_is_loaded_for_a_region(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text("Nama Aplikasi;Perangkat Daerah\nSITEST;Dinas Sosial\n")
    w = tmp_path / "w"
    run("load", path, "--region", "72.71", workspace=w)
    edges = run("show", "SITEST", workspace=w).rows[0]["edges"]
    assert "agency:dinsos-72-71" in {e["node"]["id"] for e in edges}
    assert run("load", path, "--region", "99.99", workspace=w).error["code"] == "unknown-region"


def test_inspect_writes_a_mapping_that_load_takes(run: Any, tmp_path: Path) -> None:
    source = ROOT / "examples/kab-magetan/daftar-aplikasi-2023.xlsx"
    said = run("inspect", source, "--write", tmp_path / "source.yml")
    assert {"name", "owner"} <= {row["means"] for row in said.rows}
    w = tmp_path / "w"
    loaded = run("load", source, "--mapping", tmp_path / "source.yml", workspace=w)
    assert loaded.rows[0]["accepted"] >= 71


def test_no_build_waits_for_build(run: Any, copy: Path, tmp_path: Path) -> None:
    body = "Nama Aplikasi;Perangkat Daerah\nSITEST;Dinas Sosial Kota Palu\n"
    (tmp_path / "baru.csv").write_text(body)
    run("load", tmp_path / "baru.csv", "--no-build", workspace=copy)
    assert len(run("versions", workspace=copy).rows) == 1
    run("build", workspace=copy)
    assert len(run("versions", workspace=copy).rows) == 2
    assert run("search", "SITEST", workspace=copy).rows[0]["score"] == 1.0
    examples = list((ROOT / "examples").glob("*/source.yml"))
    assert len(run("sources", workspace=copy).rows) == len(examples) + 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["no-such-command"], "no-such-command"),
        (["show", "aplikasi yang tidak ada"], "unknown-node"),
        (["redundant", "--kind", "wrong"], "unknown-option"),
        (["judge", "accept", "finding:none", "--why", "x", "--by", "y"], "unknown-finding"),
        (["judge", "accept"], "unknown-option"),
        (["judge", "--undo", "j99"], "unknown-judgement"),
        (
            ["judge", "same", "app:srikandi", "app:srikandi", "--why", "x", "--by", "y"],
            "unknown-option",
        ),
        (["report", "run", "none"], "unknown-report"),
        (["cypher", "CREATE (n:X)"], "refused-query"),
        (["cypher", "MATCH (n"], "broken-query"),
        (["--at", "99", "versions", "extra"], "unknown-option"),
        (["--at", "99", "sources"], "no-version"),
        (["--at", "1", "build"], "read-only-past"),
        (["search", "x", "--type", "Aplication"], "unknown-type"),
        (["functions", "function:arsip"], "wrong-type"),
        (["load", "tidak-ada.csv"], "file-not-there"),
        (["export", "turtle"], "unknown-option"),
        (["redundant", "--kind"], "unknown-option"),
        (["same", "--all=ya"], "unknown-option"),
        (["show"], "unknown-option"),
        (["diff", "satu", "2"], "unknown-option"),
        (["report", "show"], "unknown-option"),
        (["cypher", "RETURN 1", "-p", "x"], "unknown-option"),
        (["cypher", "RETURN 1", "--limit", "-2"], "unknown-option"),
        (["cypher", "RETURN 1", "--timeout", "-1"], "unknown-option"),
        (["cypher", "RETURN 1", "--timeout", "inf"], "unknown-option"),
        (["similar", "--min", "7"], "unknown-option"),
        (["similar", "--min", "nan"], "unknown-option"),
        (["explore", "--port", "70000"], "unknown-option"),
        (["--at", "99", "versions"], "unknown-option"),
        (["--at", "99", "diff", "1", "1"], "unknown-option"),
        (["--at", "99", "explore", "--no-browser"], "unknown-option"),
        (["--at", "99", "demo", "--no-browser"], "unknown-option"),
        (["--at", "99", "report", "list"], "unknown-option"),
        (["--at", "99", "inspect", "x.csv"], "unknown-option"),
        (["refused", "kab-madium"], "unknown-source"),
        (["redundant", "--function", "nope"], "unknown-function"),
        (["same", "-o", "tidak-ada/di/sini.json"], "cannot-write"),
        (["same", "-o", "/"], "cannot-write"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_cannot_be_done_is_a_sentence_in_both_languages(
    run: Any, arguments: list[str], code: str
) -> None:
    english, indonesian = (run("--lang", lang, *arguments) for lang in ("en", "id"))
    assert (english.exit, indonesian.exit) == (2, 2)
    assert english.error["code"] == indonesian.error["code"] == code
    assert english.out == ""
    assert english.error["problem"] != indonesian.error["problem"]
    if code in ("unknown-option", "cannot-write"):  # what the engine says is in English
        assert not ENGLISH.search(indonesian.error["problem"])


def test_an_unknown_name_lists_the_nearest_ids(run: Any) -> None:
    assert "app:srikandi" in run("show", "srikandy").error["expected"]


def test_an_unknown_word_names_the_nearest(run: Any) -> None:
    assert "kab-madiun" in run("refused", "kab-madium").error["expected"]
    code = run("redundant").rows[0]["function"]
    assert code in run("redundant", "--function", code.lower()[:-1]).error["expected"]
    unknown = run("search", "arsip", "--type", "Aplication").error
    assert "Application" in unknown["expected"]
    assert unknown["hint"] == 'simpul search "arsip" --type Application'
    assert run("search", "arsip", "--type", "Application").rows


@pytest.mark.parametrize(
    "form", [["-fjson"], ["-f=json"], ["--format=json"], ["--format", "json"], ["-f", "json"]]
)
@pytest.mark.parametrize("first", [True, False])
def test_an_error_is_json_however_that_is_asked(run: Any, form: list[str], first: bool) -> None:
    words = [*form, "show", "zubavoq"] if first else ["show", "zubavoq", *form]
    assert run("--lang=en", *words, json=False).error["code"] == "unknown-node"


def test_another_language_is_answered_in_ours(run: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SIMPUL_LANG", "fr")
    said = run("sources")
    assert said.exit == 0
    assert "SIMPUL_LANG=fr" in said.err
    assert "SIMPUL_LANG" not in run("--lang", "en", "sources").err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_speaks_the_language(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, wanted in (("id", "pemakaian: "), ("en", "usage: ")):
        with pytest.raises(SystemExit) as e:
            main(["--lang", lang, command, "--help"])
        assert e.value.code == 0
        text = capsys.readouterr().out
        assert text.startswith(wanted)
        english = ("positional arguments", "options:", "usage:", "show this help")
        assert lang == "en" or not [w for w in english if w in text]


def test_a_search_that_is_cut_says_so(run: Any, monkeypatch: Any) -> None:
    every = run("search", "sim").rows
    monkeypatch.setattr("graph.questions.MOST", len(every))
    assert run("search", "sim").answer["complete"] is True
    monkeypatch.setattr("graph.questions.MOST", 3)
    cut = run("search", "sim")
    assert (cut.answer["complete"], cut.answer["limit_hit"]) == (False, "limit 3")
    assert cut.rows == every[:3]
    assert "limit 3" in cut.err


def test_pairs_below_what_is_kept_are_computed(run: Any) -> None:
    kept, computed = run("similar"), run("similar", "--min", "0.05")
    assert not kept.err
    assert "0,5" in computed.err
    assert len(computed.rows) > len(kept.rows)
    for row in computed.rows:
        odds = math.log2(row["probability"] / (1 - row["probability"]))
        assert sum(b["value"] for b in row["bits"]) == pytest.approx(odds, abs=0.01)


def test_refused_rows_are_listed_with_their_cells(run: Any, tmp_path: Path) -> None:
    body = "Nama Aplikasi;Alamat;Deskripsi\nSITEST;;x\n;;tanpa {}\n"
    for name in ("satu", "dua"):
        (tmp_path / f"{name}.csv").write_text(body.format(name))
    w = tmp_path / "w"
    assert run("load", tmp_path / "satu.csv", tmp_path / "dua.csv", workspace=w).exit == 0
    both = run("refused", workspace=w).rows
    assert all(set(KEYS["refused"].split(", ")) <= set(row) for row in both)
    assert {r["cells"]["Deskripsi"] for r in both} == {"tanpa satu", "tanpa dua"}
    [one] = run("refused", "dua.csv", workspace=w).rows
    assert (one["origin"]["source"], one["origin"]["row"]) == ("dua.csv", 3)
    assert one["cells"]["Deskripsi"] == "tanpa dua"
    assert one["reason"]
    assert one["hint"]


def test_a_report_is_checked_with_its_defaults(run: Any, monkeypatch: Any) -> None:
    assert run("report", "lint").exit == 0
    found = reports.report("redundant-groups-by-function")
    told: list[str] = []

    def lint(asked: reports.Report) -> list[Any]:
        told.append(asked.name)
        return []

    monkeypatch.setattr(reports.Report, "lint", lint)
    run("report", "lint", found.name)
    assert told == [found.name]


def test_a_nested_value_is_written_one_way(run: Any, tmp_path: Path) -> None:
    run("redundant", "-f", "csv", "-o", tmp_path / "r.csv", json=False)
    text = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    finding = run("redundant").rows[0]
    first = next(csv.DictReader(io.StringIO(text)))
    member = finding["members"][0]
    assert first["members"].startswith(f"{member['name']} ({member['id']})")
    kept = finding["survivor"]["node"]
    [shown] = [x for x in run("redundant", json=False).out.splitlines() if finding["finding"] in x]
    assert f"{kept['name']} ({kept['id']})" in shown


def test_answers_come_as_csv_and_workbook(run: Any, tmp_path: Path) -> None:
    listed = run("functions").rows
    assert run("functions", "-f", "csv", "-o", tmp_path / "f.csv", json=False).exit == 0
    assert run("functions", "-f", "xlsx", "-o", tmp_path / "f.xlsx", json=False).exit == 0
    lines = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_text(encoding="utf-8-sig"))))
    assert len(lines) == len(listed) + 1
    assert zipfile.is_zipfile(tmp_path / "f.xlsx")


def test_a_table_has_a_line_per_row(run: Any) -> None:
    assert len(run("redundant", json=False).out.splitlines()) == len(run("redundant").rows) + 2


def test_a_diff_says_yes_with_one(run: Any, copy: Path) -> None:
    pair = run("same").rows[0]
    left, right = pair["left"]["id"], pair["right"]["id"]
    run("judge", "same", left, right, "--why", "satu", "--by", "penguji", workspace=copy)
    changed = run("diff", 1, 2, workspace=copy)
    assert changed.exit == 1
    assert {left, right} & {row["node"]["id"] for row in changed.rows if row["node"]}
    assert run("diff", 2, 2, workspace=copy).exit == 0
    assert run("--at", 1, "same", workspace=copy).rows == run("same").rows


def test_a_decision_holds_until_it_is_undone(run: Any, copy: Path) -> None:
    finding = run("redundant").rows[0]["finding"]
    made = run("judge", "accept", finding, "--why", "dicek", "--by", "uji", workspace=copy).rows[0]
    decided = [r["decision"] for r in run("redundant", workspace=copy).rows if r["decision"]]
    assert decided == ["accept"]
    run("judge", "--undo", made["judgement"], workspace=copy)
    assert not [r for r in run("redundant", workspace=copy).rows if r["decision"]]
    again = run("judge", "--undo", made["judgement"], workspace=copy)
    assert again.error["code"] == "unknown-judgement"


def test_a_decision_without_build_waits_for_one(run: Any, copy: Path) -> None:
    finding = run("redundant").rows[0]["finding"]
    asked = ("judge", "accept", finding, "--why", "dicek", "--by", "uji", "--no-build")
    assert run(*asked, workspace=copy).rows[0]["decision"] == "accept"
    assert len(run("versions", workspace=copy).rows) == 1
    assert not [r for r in run("redundant", workspace=copy).rows if r["decision"]]
    run("build", workspace=copy)
    decided = [r["finding"] for r in run("redundant", workspace=copy).rows if r["decision"]]
    assert decided == [finding]


def test_a_member_gets_a_disposition(run: Any, copy: Path) -> None:
    finding = next(r for r in run("redundant").rows if len(r["members"]) > 1)
    member = finding["members"][0]["id"]
    arguments = ("judge", "retire", member, "--finding", finding["finding"])
    assert run(*arguments, "--why", "diganti", "--by", "uji", workspace=copy).exit == 0
    query = (
        "MATCH (a:Application)-[m:MEMBER_OF]->() WHERE m.disposition IS NOT NULL "
        "RETURN a.id AS id, m.disposition AS d ORDER BY id"
    )
    assert run("cypher", query, workspace=copy).rows == [{"id": member, "d": "retire"}]


@pytest.mark.parametrize("lack", [("--why", "x"), ("--by", "x"), ()])
def test_a_decision_without_reason_or_name_is_refused(
    run: Any, lack: tuple[str, ...], copy: Path
) -> None:
    finding = run("redundant").rows[0]["finding"]
    said = run("judge", "accept", finding, *lack, workspace=copy)
    assert said.error["code"] == "missing-reason"
    assert not (copy / "judgements.jsonl").exists()


def test_strict_loads_nothing_when_a_row_is_refused(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "kurang.csv"
    path.write_text("Nama Aplikasi;Alamat;Deskripsi\nSITEST;;x\n;;tanpa nama\n")
    said = run("load", path, "--strict", workspace=tmp_path / "w")
    assert said.exit == 1
    assert [r["origin"]["row"] for r in said.rows[0]["refused"]] == [3]
    assert "[refused-rows] 1 " in said.err
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("moment", ["besar.csv", "…"], ids=["reading", "writing"])
def test_an_interrupted_load_changes_nothing(copy: Path, tmp_path: Path, moment: str) -> None:
    lines = (f"SI{n:05d};Dinas Sosial;surat dan arsip nomor {n}" for n in range(6000))
    path = tmp_path / "besar.csv"
    path.write_text("\n".join(["Nama Aplikasi;Perangkat Daerah;Deskripsi", *lines]))
    before = tree(copy)
    terminal, theirs = pty.openpty()  # progress is shown on a terminal only
    child = subprocess.Popen(
        [sys.executable, "cli.py", "-w", copy, "--lang", "en", "load", path],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while moment.encode() not in said:
        said += os.read(terminal, 1000)
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == 130
    assert b"Interrupted; nothing was changed." in os.read(terminal, 1000)
    os.close(terminal)
    assert tree(copy) == before


def test_a_slug_that_another_file_holds_is_refused(run: Any, tmp_path: Path) -> None:
    for folder in ("satu", "dua"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "daftar.csv").write_text(f"Nama Aplikasi;Alamat\nSI{folder};\n")
    w = tmp_path / "w"
    assert run("load", tmp_path / "satu/daftar.csv", workspace=w).exit == 0
    assert run("load", tmp_path / "dua/daftar.csv", workspace=w).error["code"] == "slug-taken"
    named = ("load", tmp_path / "dua/daftar.csv", "--source", "daftar.csv")
    assert run(*named, workspace=w).rows[0]["changes"] == {"added": 1, "changed": 0, "removed": 1}


def test_help_starts_without_the_libraries() -> None:
    code = "import sys, cli; cli.main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    heavy = {"pyarrow", "streamlit", "sklearn", "numpy", "rdflib", "networkx", "kglite", "yaml"}
    assert not {m for m in heavy if f"'{m}'" in done.stderr}


@pytest.mark.parametrize(
    "output", ["", "/", ".", "none/x"], ids=["empty", "root", "folder", "no folder"]
)
@pytest.mark.parametrize("command", [["sources"], ["export", "turtle"], ["export", "xlsx"]])
def test_a_bad_output_path_is_said_before_anything_is_done(
    run: Any, command: list[str], output: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*command, "-o", output)
    assert said.exit == 2
    assert said.error["code"] == ("cannot-write" if output else "unknown-option")
    assert not list(tmp_path.iterdir())


def test_a_decision_whose_answer_cannot_be_written_is_not_made(run: Any, copy: Path) -> None:
    finding = run("redundant").rows[0]["finding"]
    asked = ("judge", "accept", finding, "--why", "dicek", "--by", "uji", "-o", "/")
    assert run(*asked, workspace=copy).error["code"] == "cannot-write"
    assert not (copy / "judgements.jsonl").exists()


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:1",
        "bolt:",
        "localhost:7687",
        "bolt://[",
        "bolt://x:99999",
        "neo4j://a\u0007",
    ],
)
def test_an_address_that_is_none_of_neo4j_is_refused(run: Any, uri: str) -> None:
    said = run("publish", "neo4j", uri)
    assert (said.exit, said.error["code"]) == (2, "unknown-option")
    assert "neo4j+ssc://" in said.error["expected"]


@pytest.mark.parametrize("port", ["99999", "-1", "0", "x"])
def test_a_port_that_is_none_is_refused(run: Any, port: str) -> None:
    assert run("explore", "--port", port).error["code"] == "unknown-option"


@pytest.mark.parametrize("port", [99_999, -1])
def test_the_server_refuses_a_port_that_is_none(port: int) -> None:
    from explorer.server import serve

    with pytest.raises(UnknownOption, match="65535"):
        serve(Path("nowhere"), port, False, "en")


def test_a_value_nested_too_deeply_is_refused(run: Any) -> None:
    said = run("cypher", "RETURN $x AS x", "-p", "x=" + "[" * 50_000)
    assert said.error["code"] == "unknown-option"


@pytest.mark.parametrize("kind", ["file", "proc", "long", "below a file"])
@pytest.mark.parametrize("command", [["sources"], ["load", str(ROOT / "examples/kab-madiun")]])
def test_a_workspace_that_cannot_be_is_said(
    run: Any, command: list[str], kind: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    places = {
        "file": tmp_path / "file",
        "proc": Path("/proc/self/x"),
        "long": tmp_path / ("x" * 300),
        "below a file": tmp_path / "file" / "w",
    }
    said = run(*command, workspace=places[kind])
    assert said.exit == 2
    assert said.error["problem"]


def test_what_the_engine_says_is_quoted(run: Any) -> None:
    said = run("cypher", "MATCH (n")
    assert re.search("mesin: “.+”", said.error["problem"])


def test_all_judgements_are_listed(run: Any, copy: Path) -> None:
    assert run("judge", "--list").rows == []
    finding = run("redundant").rows[0]["finding"]
    for decision in ("accept", "reject"):
        run("judge", decision, finding, "--why", "dicek", "--by", "uji", workspace=copy)
    run("judge", "--undo", "j1", "--why", "keliru", "--by", "uji", workspace=copy)
    rows = run("judge", "--list", workspace=copy).rows
    assert [(r["judgement"], r["decision"], r["undone"]) for r in rows] == [
        ("j1", "accept", True),
        ("j2", "reject", False),
        ("j3", "undo", False),
    ]
    assert set(rows[0]) == {*KEYS["judge"].split(", "), "undone"}
    assert "judge --list" in run("judge", "--undo", "j9", workspace=copy).error["hint"]
    assert run("judge", "--list", "accept").exit == 2
