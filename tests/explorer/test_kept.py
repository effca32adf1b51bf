"""How answers are kept: made once, of each function by itself, gone with their version."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Hashable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from explorer import data
from explorer.data import core, warming
from explorer.data.core import here, per_version
from explorer.words import lang
from graph.store.workspace import Version, Workspace
from ingest.decide import judge, undo
from ingest.run import load
from tests.explorer.pages import run, said


def test_an_answer_is_made_once_for_all_who_ask_at_once(opened: None) -> None:
    made: list[int] = []
    together = Barrier(4)

    @per_version
    def slow(v: Version, n: int) -> int:
        made.append(n)
        return v.number + n

    def ask() -> None:
        together.wait()
        slow(7)

    threads = [Thread(target=ask) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert made == [7]
    assert slow(7) == here().number + 7


def test_what_is_typed_does_not_drive_out_a_table_of_the_version(opened: None) -> None:
    made: list[str] = []

    @per_version
    def table(v: Version) -> int:
        made.append("table")
        return v.number

    @per_version
    def found(v: Version, text: str) -> str:
        made.append(text)
        return text

    table()
    texts = [str(n) for n in range(2 * core.MOST_ANSWERS)]
    for text in [*texts, texts[-1], texts[0]]:
        found(text)
    table()
    assert made == ["table", *texts, texts[0]]


def test_what_cannot_be_made_is_asked_again(opened: None) -> None:
    fails = [True]

    @per_version
    def sometimes(v: Version) -> int:
        if fails.pop():
            raise LookupError
        fails.append(False)
        return 1

    with pytest.raises(LookupError):
        sometimes()
    fails.append(False)
    assert sometimes() == 1


def test_answers_go_with_their_version(workspace: Workspace) -> None:
    asked: list[int] = []

    @per_version
    def number(v: Version) -> int:
        asked.append(v.number)
        return v.number

    finding = workspace.version().landscape.rows("Finding")[0]["id"]
    first = number()
    done = judge(workspace, "accept", (finding,), why="uji", by="penguji")
    second = number()
    undo(workspace, done.id, by="penguji")
    assert [first, second, number(), number()] == [1, 2, 3, 3]
    assert len(core._open._slots) == core.MOST_VERSIONS
    assert asked == [1, 2, 3]


def test_what_an_answer_asks_is_about_the_same_version(workspace: Workspace) -> None:
    finding = workspace.version().landscape.rows("Finding")[0]["id"]

    @per_version
    def inner(v: Version) -> int:
        return v.number

    @per_version
    def outer(v: Version) -> tuple[int, int]:
        judge(workspace, "accept", (finding,), why="uji", by="penguji")
        return v.number, inner()

    assert outer() == (1, 1)
    assert inner() == 2


def test_a_new_version_is_seen_at_once(tmp_path: Path, small: Path) -> None:
    first = core._number(Workspace(small))
    assert first[0] == Workspace(small).current
    assert core._number(Workspace(tmp_path)) == (None, None)


def test_a_workspace_that_starts_anew_is_read_anew(
    tmp_path: Path, kept_apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(tmp_path / "ruang"))
    ask = "MATCH (s:Source) WHERE s.slug IN ['satu', 'dua'] RETURN s.slug AS slug"
    for slug in ("satu", "dua"):
        shutil.rmtree(tmp_path / "ruang", ignore_errors=True)
        file = tmp_path / f"{slug}.csv"
        file.write_text(f"Nama Aplikasi,Pemilik\n{slug},Dinas Kominfo\n", encoding="utf-8")
        load(Workspace(tmp_path / "ruang"), [file], slug=slug)
        assert here().number == 1
        assert slug in here().loads
        assert data.answer(ask, {}).rows == [{"slug": slug}]


def test_the_language_is_that_of_the_run(opened: None) -> None:
    line = "st.text(words.lang() + words.lang())"
    assert [said(line, "en"), said(line, "id"), said(line, "en")] == ["enen", "idid", "enen"]
    assert lang() == "id"


def test_the_tables_that_pages_need_are_ready_before_anybody_asks(opened: None) -> None:
    for step in warming._steps():
        step()
    answers = core._here().answers
    ready = {name: len(slot.filled(_nothing)._slots) for name, slot in answers._slots.items()}
    run("overview")
    run("map")
    run("integration")
    run("same")
    for name in ("survey", "summary", "matrix", "quality", "atlas", "exchanges_of", "_suggested"):
        whole = next(k for k in ready if k.endswith(f".{name}"))
        assert len(answers.get(whole, _nothing)._slots) == ready[whole], name


def _nothing() -> core._Kept[Hashable, Any]:
    raise AssertionError


def test_warming_ends_when_it_is_told_and_leaves_one_version_open(workspace: Workspace) -> None:
    here()
    judge(
        workspace,
        "accept",
        (workspace.version().landscape.rows("Finding")[0]["id"],),
        why="uji",
        by="penguji",
    )
    assert here().number == 2
    assert len(core._open._slots) == 2
    ends = warming.start()
    until = time.monotonic() + 60
    while len(core._open._slots) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    ends.set()
    assert [open_.filled(_never).version.number for open_ in core._open._slots.values()] == [2]


def _never() -> core._Open:
    raise AssertionError


def test_the_collector_need_not_walk_the_tables_after_each_page(workspace: Workspace) -> None:
    gc.unfreeze()
    ends = warming.start()
    until = time.monotonic() + 60
    while time.monotonic() < until and len(gc.get_objects()) > gc.get_freeze_count():
        time.sleep(0.1)
    ends.set()
    rows = here().landscape.rows("Application")
    assert not any(o is rows for o in gc.get_objects())
    gc.unfreeze()
    assert any(o is rows for o in gc.get_objects())
