"""The comparison in a real browser: the waterfall is drawn, a judgement is made once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.store.workspace import Workspace
from tests.explorer.browser import CHROMIUM, PATIENCE, page, ready
from tests.explorer.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]
PAIR = "bandingkan?kiri=app:epdeskel-6fd9fc&kanan=app:epdeskel-7ec76b"
FILLS = """chart => [...chart.querySelectorAll("path")].map(p => p.getAttribute("fill"))"""
PRIOR, EVIDENCE, SUM = "#6b7187", "#2f3e86", "#12182c"


@pytest.fixture
def address(workspace: Workspace) -> Iterator[str]:
    with served(workspace.path) as found:
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    found = page(browser)
    found.goto(address + PAIR)
    ready(found)
    yield found
    found.context.close()


def fill(tab: Page, decision: str) -> None:
    tab.get_by_text(decision, exact=True).click()
    tab.get_by_role("textbox", name="Alasan (wajib)").fill("Dua unit, dua alamat")
    tab.get_by_role("textbox", name="Nama (wajib)").fill("Ratna")


def judgements(workspace: Workspace) -> list[str]:
    lines = (workspace.path / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["decision"] for line in lines]


def test_the_waterfall_is_drawn_from_the_prior_to_the_sum(tab: Page) -> None:
    chart = tab.locator("[data-testid=stVegaLiteChart] svg")
    expect(chart).to_be_visible()
    bars = [c for c in chart.evaluate(FILLS) if c and c.startswith("#")]
    assert (bars[0], set(bars[1:-1]), bars[-1]) == (PRIOR, {EVIDENCE}, SUM)
    expect(chart).to_contain_text("Titik awal")
    expect(chart).to_contain_text("peluang > 0,99")


def test_pressing_save_twice_writes_one_judgement_and_says_the_new_version(
    tab: Page, workspace: Workspace
) -> None:
    fill(tab, "Dua aplikasi berbeda")
    tab.get_by_role("button", name="Simpan putusan").dblclick()
    expect(tab.get_by_text("berlaku sejak versi 2")).to_be_visible(timeout=PATIENCE)
    ready(tab)
    expect(tab.get_by_text("“Dua unit, dua alamat”")).to_be_visible()
    assert judgements(workspace) == ["different"]
    assert workspace.current == 2


def test_an_open_question_pressed_twice_is_written_once_too(
    tab: Page, workspace: Workspace
) -> None:
    fill(tab, "Belum yakin")
    tab.get_by_role("button", name="Simpan putusan").dblclick()
    expect(tab.get_by_text("berlaku sejak versi 2")).to_be_visible(timeout=PATIENCE)
    ready(tab)
    assert judgements(workspace) == ["unsure"]


def test_what_is_typed_for_one_pair_does_not_follow_to_another(tab: Page) -> None:
    tab.get_by_role("textbox", name="Alasan (wajib)").fill("Alasan pasangan pertama")
    tab.get_by_role("link", name="Tukar kiri dan kanan").click()
    tab.wait_for_url(re.compile("kiri=app%3Aepdeskel-7ec76b|kiri=app:epdeskel-7ec76b"))
    ready(tab)
    expect(tab.get_by_role("textbox", name="Alasan (wajib)")).to_have_value("")


def test_the_queue_is_answered_by_keyboard(
    browser: Browser, address: str, workspace: Workspace
) -> None:
    tab = page(browser)
    tab.goto(address + "sama")
    ready(tab)
    link = tab.get_by_role("link", name="Jawab di sini").first
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("jawab="))
    choice = tab.get_by_role("radio", name="Dua aplikasi berbeda")
    choice.focus()
    tab.keyboard.press("Space")
    for said in ("Dua unit", "Ratna"):
        tab.keyboard.press("Tab")
        tab.keyboard.type(said)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("berlaku sejak versi 2")).to_be_visible(timeout=PATIENCE)
    tab.context.close()
    assert judgements(workspace) == ["different"]
