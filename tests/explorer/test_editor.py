"""The editor and the files in a real browser: typing, completing, running, refusing, taking."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.explorer.browser import CHROMIUM, page, ready

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]
EDITOR = "laporan?mode=tulis"
WRITES = "laporan?mode=tulis&q=MATCH%20(a)%0ASET%20a.x%20%3D%201"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Give a page, and see that nothing in it broke or was refused by the policy."""
    made = page(browser)
    wrong: list[str] = []
    made.on("pageerror", lambda e: wrong.append(str(e)))
    made.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    yield made
    made.context.close()
    assert wrong == []


def field(tab: Page, address: str, path: str = EDITOR) -> Locator:
    """Open the editor and give the field one types into."""
    tab.goto(address + path)
    ready(tab)
    found = tab.get_by_role("textbox", name="Penyunting Cypher")
    expect(found).to_be_visible()
    return found


def write(box: Locator, text: str) -> None:
    """Put a text in the place of what is there, brackets as they are typed."""
    box.focus()
    box.press("Control+a")
    box.press("Delete")
    box.page.keyboard.insert_text(text)


def test_a_label_and_a_property_are_completed_and_the_text_is_run(tab: Page, address: str) -> None:
    box = field(tab, address)
    write(box, "MATCH (a:")
    tab.keyboard.type("Appl")
    choice = tab.get_by_role("option", name=re.compile("Application"))
    expect(choice).to_be_visible()
    expect(tab.get_by_role("option")).to_have_count(1)
    tab.wait_for_timeout(150)  # a proposal is not taken in its first moment
    box.press("Enter")
    tab.keyboard.insert_text(") WHERE a.id = 'app:sipeduli' RETURN a.")
    tab.keyboard.type("nam")
    expect(tab.get_by_role("option", name=re.compile("^name"))).to_be_visible()
    tab.wait_for_timeout(150)
    box.press("Tab")
    tab.keyboard.insert_text(" AS name ORDER BY name")
    box.press("Control+Enter")
    expect(tab.locator("h1")).to_have_text("Satu baris menjawab pertanyaan Anda")
    expect(tab.locator(".sp-table")).to_contain_text("SIPEDULI")
    said = "MATCH (a:Application) WHERE a.id = 'app:sipeduli' RETURN a.name AS name ORDER BY name"
    expect(box).to_have_text(said)
    assert "q=MATCH" in tab.url


def test_relations_parameters_and_reports_are_proposed(tab: Page, address: str) -> None:
    box = field(tab, address)
    write(box, "MATCH (a:Application)-[:")
    tab.keyboard.type("PERF")
    expect(tab.get_by_role("option", name=re.compile("PERFORMS"))).to_be_visible()
    write(box, "")
    tab.keyboard.type("data")
    expect(tab.get_by_role("option", name=re.compile("data-held-by-several"))).to_be_visible()


def test_a_write_is_refused_and_its_place_is_marked(tab: Page, address: str) -> None:
    box = field(tab, address)
    write(box, "MATCH (a) SET a.x = 1")
    box.press("Control+Enter")
    refused = tab.get_by_text("SET tidak diizinkan: kueri hanya membaca graf")
    expect(refused.first).to_be_visible()
    expect(tab.locator(".cm-lintRange-error")).to_have_text("SET")
    expect(tab.locator(".cm-lint-marker-error")).to_have_count(1)
    write(box, "RETURN 1 AS n")
    tab.get_by_role("button", name="Jalankan").click()
    expect(tab.locator("h1")).to_have_text("Satu baris menjawab pertanyaan Anda")
    expect(tab.locator(".cm-lintRange-error")).to_have_count(0)


def test_tab_leaves_the_field(tab: Page, address: str) -> None:
    box = field(tab, address)
    write(box, "MATCH (a:")
    tab.keyboard.type("Ag")
    expect(tab.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(tab.get_by_role("option")).to_have_count(0)
    box.press("Tab")
    expect(tab.get_by_role("button", name="Jalankan")).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    expect(box).to_be_focused()


def test_what_is_typed_while_an_answer_comes_is_kept(tab: Page, address: str) -> None:
    box = field(tab, address)
    write(box, "RETURN 1 AS n")
    box.press("Control+Enter")
    tab.keyboard.type(" // more")
    expect(tab.locator("h1")).to_have_text("Satu baris menjawab pertanyaan Anda")
    tab.wait_for_timeout(500)
    expect(box).to_have_text("RETURN 1 AS n // more")


def test_the_text_stays_in_the_session_and_a_long_one_out_of_the_address(
    tab: Page, address: str
) -> None:
    box = field(tab, address)
    text = "RETURN 1 AS n // " + "x" * 1200
    write(box, text)
    box.press("Control+Enter")
    expect(tab.locator("h1")).to_have_text("Satu baris menjawab pertanyaan Anda")
    assert "q=" not in tab.url
    tab.locator(".sp-table, .sp-list").first.wait_for()
    tab.get_by_text("Pertanyaan tersimpan").click()
    expect(tab.locator("h1")).to_contain_text("Berapa aplikasi")
    tab.get_by_text("Tulis sendiri").click()
    expect(tab.get_by_role("textbox", name="Penyunting Cypher")).to_have_text(text)


def test_a_report_opens_in_the_editor(tab: Page, address: str) -> None:
    tab.goto(address + "laporan?laporan=data-held-by-several&p.least=1")
    ready(tab)
    tab.get_by_role("link", name="Buka di penyunting").click()
    box = tab.get_by_role("textbox", name="Penyunting Cypher")
    expect(box).to_contain_text("MATCH (a:Application)-[r:MASTERS|READS]->(d:DataEntity)")
    expect(tab.locator(".sp-table")).to_contain_text("pengaduan masyarakat")
    assert "p.least=1" in tab.url


def test_the_files_of_an_answer_and_an_export_are_taken(
    tab: Page, address: str, tmp_path: Path
) -> None:
    tab.goto(address + "laporan?laporan=applications-by-agency-and-function")
    ready(tab)
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="XLSX").click()
    taken.value.save_as(tmp_path / "answer.xlsx")
    table = pd.read_excel(tmp_path / "answer.xlsx", engine="openpyxl")
    assert list(table.columns)[:2] == ["Id instansi", "Instansi"]
    expect(tab.locator(".sp-head .lead")).to_contain_text(f"{len(table)}\u00a0baris, lengkap")

    tab.goto(address + "ekspor")
    ready(tab)
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="Unduh Turtle").click()
    assert taken.value.suggested_filename == "simpul-v1-public.ttl"
    taken.value.save_as(tmp_path / "simpul.ttl")
    tab.get_by_role("button", name="Hitung sha256").first.click()
    digest = hashlib.sha256((tmp_path / "simpul.ttl").read_bytes()).hexdigest()
    expect(tab.get_by_text(digest)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [EDITOR, WRITES])
def test_the_editor_breaks_no_rule_of_wcag_2_aa(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    made = page(browser, scheme)
    field(made, address, path)
    if path == WRITES:
        expect(made.locator(".cm-lint-marker-error")).to_be_visible()
    found = Axe().run(made, options={"runOnly": ["wcag2a", "wcag2aa"]}).response
    made.context.close()
    assert "color-contrast" in {p["id"] for p in found["passes"]}
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


def test_the_editor_fits_a_telephone(browser: Browser, address: str) -> None:
    made = page(browser, width=420, height=900)
    field(made, address)
    wide = made.evaluate("document.querySelector('section.stMain, main, body').scrollWidth")
    made.context.close()
    assert wide <= 421
