"""A source that is as it was is not read again, and nobody can tell by what comes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SimpulError
from graph.store.workspace import TRACE, Workspace
from graph.texts import LANGUAGES
from ingest import run
from ingest.reading import SourceRead, read_source
from ingest.run import load, put_back
from ingest.tasks import Task, tasks
from ingest.unchanged import PROGRAM, ROOT, program, trace

HEAD = "Nama Perangkat Daerah;Nama Aplikasi;Deskripsi Singkat Aplikasi;Status Aplikasi;Nomor WA\n"
SURVEY = (
    f"{HEAD}Dinas Sosial;SITEST;bantuan sosial;Aktif;081234567890\n"
    "Dinas Antah;SIANTAH;surat masuk;Aktif;\n;;tanpa nama;;\n"
)
MAPPING = """transform: inventory
title_id: Survei
region: "35.19"
files:
  - file: survei.csv
    columns:
      Nama Perangkat Daerah: reporting_unit
      Nama Aplikasi: name
      Deskripsi Singkat Aplikasi: description
      Status Aplikasi: status
    ignore: [Lain]
expect:
  rows: [1, 1]
"""


@dataclass
class Place:
    """Files on one side, a workspace that holds them on the other."""

    files: Path
    workspace: Workspace
    read: list[str]  # slugs of the sources that were read

    @property
    def described(self) -> Path:
        """A folder with a mapping of its own, a refused row, a question and personal data."""
        return self.files / "survei"

    @property
    def guessed(self) -> Path:
        """A file that nobody described."""
        return self.files / "daftar.csv"

    def load(self, *paths: Path, **said: Any) -> run.Done:
        return load(self.workspace, paths or (self.described, self.guessed), **said)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    found = Place(tmp_path / "files", Workspace(tmp_path / "w"), [])

    def counted(task: Task) -> SourceRead:
        found.read.append(task.slug)
        return read_source(task)

    monkeypatch.setattr(run, "read_source", counted)
    found.described.mkdir(parents=True)
    (found.described / "source.yml").write_text(MAPPING)
    (found.described / "survei.csv").write_text(SURVEY)
    found.guessed.write_text(f"{HEAD}Dinas Kesehatan;SIMPUS;rekam medis;Aktif;\n")
    found.load()
    found.read.clear()
    return found


# ---------------------------------------------------------------- what comes of a load
def told(done: run.Done) -> list[Any]:
    """Everything a caller may show of a load, but for the rows that a dry run is asked for."""
    files = [
        (
            s.slug,
            s.place,
            f.name,
            f.read,
            f.accepted,
            f.refused,
            f.ignored,
            f.unknown,
            f.dropped,
            [[r.text(lang) for lang in LANGUAGES] for r in f.remarks],
            done.changes[s.slug, f.name],
        )
        for s in done.sources
        for f in s.files
    ]
    remarks = [[r.text(lang) for lang in LANGUAGES] for r in done.remarks]
    return [files, done.version and done.version.number, remarks, list(done.changes)]


def state(workspace: Workspace) -> list[Any]:
    """What a workspace holds, but for the hours at which it came."""
    manifests = [workspace.version(n).manifest for n in workspace.numbers()]
    loads = {s: (v.name, v.meta, v.rows, v.records) for s, v in workspace.sources().items()}
    return [workspace.current, manifests, workspace.staged(), loads, workspace.keys()]


def outcome(workspace: Workspace, act: Callable[[Workspace], run.Done]) -> list[Any]:
    found: list[Any] = []
    parts: list[Callable[[], list[Any]]]
    parts = [lambda: told(act(workspace)), lambda: state(workspace)]
    for part in parts:
        try:
            found.append(part())
        except SimpulError as e:
            found.append([e.code, e.text("id")])
    return [*found, workspace.current, workspace.staged()]


def both(place: Place, **said: Any) -> list[str]:
    """Load where traces are known and where none is; give the slugs that the first had to read."""
    return both_of(place, lambda w: load(w, (place.described, place.guessed), **said))


def both_of(place: Place, act: Callable[[Workspace], run.Done]) -> list[str]:
    other = Workspace(place.workspace.path.with_name("untraced"))
    shutil.copytree(place.workspace.path, other.path)
    for trace_file in other.path.rglob(TRACE):
        trace_file.unlink()
    place.read.clear()
    found = outcome(place.workspace, act)
    needed = sorted(place.read)
    place.read.clear()
    assert found == outcome(other, act)
    assert len(set(place.read)) >= len(needed)
    return needed


BOTH = ["daftar.csv", "survei"]


# ---------------------------------------------------------------- nothing changed
@pytest.mark.parametrize("said", [{}, {"strict": True}, {"now": False}, {"moved": True}])
def test_what_is_as_it_was_is_not_read_and_gives_the_same(
    place: Place, said: dict[str, Any]
) -> None:
    assert both(place, **said) == []


def test_a_dry_run_reads(place: Place) -> None:
    assert both(place, dry_run=True) == BOTH


def test_what_waits_for_a_build_is_as_it_was_too(place: Place) -> None:
    place.guessed.write_text(f"{HEAD}Dinas Kesehatan;SIMPUS BARU;rekam medis;Aktif;\n")
    place.load(now=False)
    assert both(place) == []
    assert place.workspace.current == 2
    assert place.workspace.staged() == {}


def test_rows_records_and_refusals_are_those_of_the_load(place: Place) -> None:
    done = place.load()
    assert place.read == []
    [refused] = [r for s in done.sources for f in s.files for r in f.refused]
    assert (refused.origin.row, refused.cells["Deskripsi Singkat Aplikasi"]) == (4, "tanpa nama")
    assert (
        run.rehearse(place.workspace, done.sources).sha256
        == place.workspace.version().manifest["sha256"]
    )


# ---------------------------------------------------------------- something changed
def test_one_byte_is_read(place: Place) -> None:
    text = place.guessed.read_text()
    place.guessed.write_text(text.replace("SIMPUS", "SIMPUT"))
    assert both(place) == ["daftar.csv"]


def test_a_change_that_changes_no_row_is_read_once(place: Place) -> None:
    place.guessed.write_text(place.guessed.read_text() + "\n")
    assert both(place) == ["daftar.csv"]
    assert both_again(place) == []


def both_again(place: Place) -> list[str]:
    shutil.rmtree(place.workspace.path.with_name("untraced"))
    return both(place)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Survei", "Sensus"),
        ("rows: [1, 1]", "rows: [1, 9]"),
        ("rows: [1, 1]", "rows: [7, 9]"),
        ("Lain", "Sisa"),
        ("Aplikasi: description", "Aplikasi: address"),
        ('"35.19"', '"35.20"'),
    ],
)
def test_a_change_of_the_mapping_is_read(place: Place, old: str, new: str) -> None:
    path = place.described / "source.yml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert both(place) == ["survei"]


def test_a_mapping_that_is_given_is_read(place: Place) -> None:
    shutil.copy(place.described / "source.yml", place.files / "lain.yml")
    act = lambda w: load(w, [place.described], mapping=place.files / "lain.yml")  # noqa: E731
    assert both_of(place, act) == ["survei"]
    shutil.rmtree(place.workspace.path.with_name("untraced"))
    assert both_of(place, act) == []


def test_a_region_that_is_given_is_read(place: Place) -> None:
    assert both(place, region="35.77") == BOTH
    shutil.rmtree(place.workspace.path.with_name("untraced"))
    assert both(place, region="35.77") == []
    shutil.rmtree(place.workspace.path.with_name("untraced"))
    assert both(place) == BOTH


def test_another_name_is_another_source(place: Place) -> None:
    assert both_of(place, lambda w: load(w, [place.guessed], slug="lain")) == ["lain"]


def test_a_renamed_file_is_read(place: Place) -> None:
    named = place.guessed.rename(place.files / "daftar baru.csv")
    assert both_of(place, lambda w: load(w, [named], slug="daftar.csv")) == ["daftar.csv"]


def test_another_place_is_refused_all_the_same(place: Place) -> None:
    moved = Path(shutil.copytree(place.described, place.files / "lain" / "survei"))
    assert both_of(place, lambda w: load(w, [moved])) == []
    shutil.rmtree(place.workspace.path.with_name("untraced"))
    assert both_of(place, lambda w: load(w, [moved], moved=True)) == []


def test_another_program_reads(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.unchanged.THIS_PROGRAM", "another")
    assert both(place) == BOTH
    assert both_again(place) == []


@pytest.mark.parametrize(
    "file",
    [
        "ingest/reading.py",
        "ingest/headings.yml",
        "ingest/sources/inventory/transform.py",
        "graph/schema/nodes.py",
        "graph/texts/id.toml",
        "reference/agencies.csv",
    ],
)
def test_any_change_of_what_reads_is_another_program(tmp_path: Path, file: str) -> None:
    for folder in PROGRAM:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert program(tmp_path) == program()
    with (tmp_path / file).open("ab") as f:
        f.write(b"\n")
    assert program(tmp_path) != program()


# ---------------------------------------------------------------- what the workspace holds
def test_a_source_that_was_put_back_is_held_against_what_it_says_now(place: Place) -> None:
    before = place.guessed.read_text()
    place.guessed.write_text(before.replace("SIMPUS", "SIMPUT"))
    place.load()
    put_back(place.workspace, "daftar.csv", 1)
    assert both(place) == ["daftar.csv"]
    put_back(place.workspace, "daftar.csv", 1)
    place.guessed.write_text(before)
    assert both_again(place) == []
    put_back(place.workspace, "daftar.csv", None)
    assert both_again(place) == ["daftar.csv"]


@pytest.mark.parametrize("pointer", [None, "", "1\n", "2\n"])
def test_what_counts_is_the_current_version(place: Place, pointer: str | None) -> None:
    before = place.guessed.read_text()
    place.guessed.write_text(before.replace("SIMPUS", "SIMPUT"))
    place.load()
    current = place.workspace.path / "CURRENT"
    current.unlink() if pointer is None else current.write_text(pointer)
    assert both(place) == (["daftar.csv"] if pointer == "1\n" else [])


def test_a_load_that_was_killed_is_loaded_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    place.guessed.write_text(place.guessed.read_text().replace("SIMPUS", "SIMPUT"))
    with monkeypatch.context() as m:
        m.setattr(run, "rebuild", killed)
        with pytest.raises(KeyboardInterrupt):
            place.load()
    assert len(list(place.workspace.path.glob("sources/daftar.csv/*"))) == 2
    assert both(place) == ["daftar.csv"]
    assert place.workspace.current == 2


@pytest.mark.parametrize("file", ["rows.arrow", "records.arrow", "meta.json"])
@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_a_damaged_load_is_found_out(place: Place, file: str, damage: str) -> None:
    path = place.workspace.sources()["daftar.csv"].path / file
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        path.write_bytes(content.replace(b'"read": 1', b'"read": 2') + b" ")
    assert both(place) == ["daftar.csv"]


def test_a_source_kept_before_there_were_traces_is_read_once(place: Place) -> None:
    for path in place.workspace.path.rglob(TRACE):
        path.unlink()
    assert both(place) == BOTH
    assert both_again(place) == []


def test_a_file_that_changes_while_it_is_read_has_no_trace(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.guessed.read_text()

    def slowly(task: Task) -> SourceRead:
        found = read_source(task)
        place.guessed.write_text(before)
        return found

    place.guessed.write_text(before.replace("SIMPUS", "SIMPUT"))
    with monkeypatch.context() as m:
        m.setattr(run, "read_source", slowly)
        place.load()
    assert place.workspace.sources()["daftar.csv"].trace is None
    assert both(place) == ["daftar.csv"]


def test_a_file_that_is_not_there_has_no_trace(place: Place) -> None:
    [task] = tasks([place.guessed], None, None, {})
    assert trace(task) is not None
    place.guessed.unlink()
    assert trace(task) is None
