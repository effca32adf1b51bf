"""The table of the benchmarks, and what is generated said wherever it is shown."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.landscape import generate
from benchmarks.national import steps, table
from benchmarks.national.measured import Clock, Figure, StepFailed, in_process, interpreter, kept
from benchmarks.national.pages import examples, with_ids, worked
from explorer.sitemap import PAGES, Place
from graph.exchange.rdf.export import write
from graph.exchange.tables import write_csv, write_xlsx
from graph.store.workspace import Version, Workspace
from ingest.run import load

ROOT = Path(__file__).resolve().parents[2]
LOADED = Figure(steps.LOADED, "simpul", (50.0,), (40.0,), peak=1000.0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small landscape with its truth, and the workspace it was loaded into."""
    folder = tmp_path_factory.mktemp("national")
    generate(folder, 120, seed=3)
    done = load(Workspace(folder / "workspace"), [folder / "sources"])
    assert sum(len(f.refused) for s in done.sources for f in s.files) == 0
    return folder


@pytest.fixture(scope="module")
def version(made: Path) -> Version:
    return Workspace(made / "workspace").version()


# ------------------------------------------------------------ generated
def test_every_page_says_that_it_is_generated(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(made / "workspace"))
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert not app.exception
    shown = "\n".join(e.proto.body for e in app.get("html"))
    assert 'class="sp-made" role="note"' in shown


def test_every_export_says_that_it_is_generated(version: Version, tmp_path: Path) -> None:
    landscape = version.landscape
    assert landscape.generated
    for format in ("turtle", "ntriples"):
        write(landscape, tmp_path / format, format=format)
        assert b"generated" in (tmp_path / format).read_bytes(), format
    write_csv(landscape, tmp_path / "csv")
    with (tmp_path / "csv" / "Source.csv").open(encoding="utf-8-sig", newline="") as f:
        told = {r["slug"]: r["generated"] for r in csv.DictReader(f)}
    assert {v for k, v in told.items() if k != "reference"} == {"true"}
    texts = {}
    for lang in ("id", "en"):
        write_xlsx(landscape, tmp_path / f"{lang}.xlsx", lang=lang)
        book = openpyxl.load_workbook(tmp_path / f"{lang}.xlsx", read_only=True)
        cells = (c for row in book.worksheets[0].iter_rows(values_only=True) for c in row)
        texts[lang] = " ".join(str(c) for c in cells if c)
    assert "buatan" in texts["id"].casefold()
    assert "generated" in texts["en"].casefold()


# ------------------------------------------------------------ truth
def test_rows_are_held_against_the_truth(made: Path, version: Version) -> None:
    found = steps.same_rows(made, version.landscape)
    for pairs in found.values():
        assert 0 < pairs.right <= min(pairs.true, pairs.told)
    assert found["own"].right / found["own"].told > 0.5


def test_pairs_are_counted() -> None:
    both = [("a", "1"), ("a", "1"), ("a", "2"), ("b", "2")]
    assert steps.Pairs.of(both) == steps.Pairs(true=3, told=2, right=1)
    assert str(steps.Pairs.of(both)) == "precision 0.500, recall 0.333 of 3 pairs"


# ------------------------------------------------------------ measuring
def test_a_step_that_fails_says_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="this is why"):
        in_process([interpreter(), "-c", "raise SystemExit('this is why')"], tmp_path / "x.log")
    assert kept(tmp_path / "x.log") is None


def test_a_process_is_measured_alone(tmp_path: Path) -> None:
    code = (
        "from benchmarks.national.measured import Clock, said; clock = Clock()\n"
        "clock.run(bytearray, {}); print(said([clock.figure('w')]))"
    )
    peaks = []
    for n in (1, 300_000_000):
        (figure,) = in_process([interpreter(), "-c", code.replace("{}", str(n))], tmp_path / "log")
        peaks.append(figure.peak)
        assert kept(tmp_path / "log") == [figure]
    assert 280 < peaks[1] - peaks[0] < 290


def test_a_clock_keeps_every_run() -> None:
    clock = Clock()
    assert [clock.run(sum, (n, 1)) for n in range(3)] == [1, 2, 3]
    assert len(clock.wall) == len(clock.cpu) == 3


# ------------------------------------------------------------ table
@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (LOADED, "yes"),
        (replace(LOADED, wall=(70.0,)), "by CPU"),
        (replace(LOADED, wall=(70.0,), cpu=(65.0,)), "**no**"),
        (replace(LOADED, peak=3000.0), "**no**: memory"),
        (replace(LOADED, peak=3000.0, cpu=(65.0,)), "**no**: memory, time"),
        (replace(LOADED, who="networkx", wall=(700.0,)), ""),
        (Figure("report x", "simpul", (0.1,) * 18 + (0.5,) * 2), "**no**"),
        (Figure("page / warm", "simpul", (1.0,)), "yes"),
        (Figure("page / cold", "simpul", (9.0,)), ""),
    ],
)
def test_what_was_to_be_reached(figure: Figure, reached: str) -> None:
    assert table.target(figure, 30_000)[1] == reached
    assert table.target(figure, 29_999) == (table.target(figure, 30_000)[0], "")


def test_the_ratio_is_by_cpu_where_both_are_known() -> None:
    other = Figure(steps.LOADED, "networkx", (5.0,), (4.0,))
    assert table.ratio(other, [LOADED, other]) == "0.1 × CPU"
    assert table.ratio(replace(other, cpu=()), [LOADED, other]) == "0.1 ×"
    assert table.ratio(LOADED, [LOADED, other]) == ""


def test_only_the_written_part_of_the_document_changes() -> None:
    document = f"above\n{table.BEGIN}\nold\n{table.END}\nbelow\n"
    assert table.updated(document, "new") == (
        f"above\n{table.BEGIN}\n\nnew\n\n{table.END}\nbelow\n"
    )


def test_the_document_has_a_part_to_write() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert "new" in table.updated(text, "new")


# ------------------------------------------------------------ pages
def test_pages_are_asked_for_nodes_that_are_there(version: Version) -> None:
    ids = examples(version.landscape)
    place = Place("x", "x", "", "app=app:nobody&langkah=2&temuan=finding:f1")
    assert with_ids(place, ids) == f"app={ids['app']}&langkah=2&temuan={ids['finding']}"
    asked = {p.script: dict(parse_qsl(with_ids(p, ids))) for p in PAGES}
    named = {i for q in asked.values() for v in q.values() for i in v.split("~") if ":" in i}
    assert len(named) > 2
    assert all(i in version.landscape for i in named)
    assert asked["compare"] == {"kiri": ids["app"], "kanan": ids["app2"]}
    assert ids["app"] != ids["app2"]
    assert asked["same"] == {"jawab": f"{ids['app']}~{ids['app2']}"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are told by /proc")
def test_what_the_server_does_for_a_page_is_taken(version: Version) -> None:
    figures = {f.what: f for f in worked(version, 2)}
    assert len(figures) == 2 * len(PAGES)
    for place in PAGES:
        later = figures[f"page /{place.path} served"]
        assert len(later.cpu) == len(later.wall) == 2
        assert 0 <= min(later.cpu) <= max(later.cpu) < 60
        assert int(later.note.split()[0]) > 10
