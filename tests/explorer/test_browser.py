"""One walk in a real browser: a cell, its finding, a member's profile, the row it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.sitemap import PAGES
from tests.explorer.browser import CHROMIUM, page, ready, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]
SIDEWAYS = """() => [...document.querySelectorAll("main, section, body, html")]
    .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
    .map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`)"""
# Streamlit asks the folder of a deep link for its own files before it asks the root.
PROBES = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")
ADDRESSES = ["", *(f"{p.path}?{p.example}" for p in PAGES if p.path)]


@pytest.fixture
def seen(browser: Browser) -> Iterator[tuple[Page, list[str], list[str]]]:
    """Give a page, the addresses it asked for, and what went wrong in it."""
    tab = page(browser)
    asked, wrong = watched(tab)
    tab.on("response", lambda r: _note(wrong, r.status, r.url))
    yield tab, asked, wrong
    tab.context.close()


def _note(wrong: list[str], status: int, url: str) -> None:
    if status >= 400 and not PROBES.search(url):
        wrong.append(f"{status} {url}")


def test_a_cell_leads_to_its_finding_its_profile_and_the_source_row(
    seen: tuple[Page, list[str], list[str]], address: str
) -> None:
    tab, asked, wrong = seen
    response = tab.goto(address)
    assert response is not None
    assert "default-src 'self'" in response.headers["content-security-policy"]
    ready(tab)
    expect(tab.locator("h1")).to_contain_text("18")

    cells = tab.locator(".st-key-woven svg text")
    cells.filter(has_text=re.compile("^3")).first.click(force=True)
    tab.wait_for_url(re.compile(r"fungsi=G_\w+&unit=agency"))
    table = tab.locator(".sp-table").filter(has_text="Cakupan")
    expect(table.get_by_role("link", name="T-f").first).to_be_visible()

    table.get_by_role("link", name=re.compile("T-f")).first.click()
    tab.wait_for_url(re.compile("/temuan"))
    ready(tab)
    expect(tab.get_by_role("heading", name="Yang mendukung")).to_be_visible()
    expect(tab.get_by_role("heading", name="Yang menyanggah")).to_be_visible()

    tab.get_by_role("link", name=re.compile("SIPEDULI|e-Surat")).first.click()
    tab.wait_for_url(re.compile("/profil"))
    ready(tab)
    expect(tab.get_by_role("heading", name="Baris sumber")).to_be_visible()
    row = tab.locator(".sp-table.cells tr").last
    expect(row).to_contain_text(re.compile("SIPEDULI|e-Surat"))
    expect(row).to_be_visible()

    hosts = {urlparse(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert wrong == []


def test_the_address_keeps_the_state(seen: tuple[Page, list[str], list[str]], address: str) -> None:
    tab, _, wrong = seen
    tab.goto(address + "?lang=en&fungsi=G_LAYANAN&unit=agency:kab-a")
    ready(tab)
    expect(tab.get_by_text("Services, licences · Kabupaten Anggrek")).to_be_visible()
    expect(tab.get_by_role("link", name="SIPEDULI")).to_be_visible()
    assert tab.evaluate("document.documentElement.lang") == "en"
    tab.get_by_text("Indonesia", exact=True).click()
    expect(tab.get_by_text("Layanan & perizinan · Kabupaten Anggrek")).to_be_visible()
    assert "lang=" not in tab.url
    assert "fungsi=G_LAYANAN" in tab.url
    assert wrong == []


def test_a_search_leads_to_a_profile(seen: tuple[Page, list[str], list[str]], address: str) -> None:
    tab, _, wrong = seen
    tab.goto(address)
    ready(tab)
    box = tab.get_by_role("textbox", name="Cari di lanskap")
    box.fill("srikandi")
    box.press("Enter")
    tab.locator(".sp-hits").get_by_role("link", name="Srikandi").first.click()
    tab.wait_for_url(re.compile("/profil"))
    ready(tab)
    expect(tab.locator("h1")).to_have_text("Srikandi")
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_breaks_a_rule_of_wcag_2_aa(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = page(browser, scheme)
    tab.goto(address + path)
    ready(tab)
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa"]}).response
    tab.context.close()
    assert "color-contrast" in {p["id"] for p in found["passes"]}
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_scrolls_sideways_on_a_telephone(browser: Browser, address: str, path: str) -> None:
    tab = page(browser, width=420, height=900)
    tab.goto(address + path)
    ready(tab)
    moved = tab.evaluate(SIDEWAYS)
    tab.context.close()
    assert moved == []


def test_links_keep_the_session_and_the_back_button_works(
    seen: tuple[Page, list[str], list[str]], address: str
) -> None:
    tab, asked, wrong = seen
    tab.goto(address + "temuan")
    ready(tab)
    first = tab.locator("h1").inner_text()
    tab.locator(".sp a[href^='temuan?temuan=']").first.click()
    tab.wait_for_url(re.compile(r"\?temuan="))
    expect(tab.locator("h1")).not_to_have_text(first)
    tab.locator(".sp a[href^='profil?app=']").first.click()
    tab.wait_for_url(re.compile("/profil"))
    ready(tab)
    tab.go_back()
    tab.go_back()
    expect(tab.locator("h1")).to_have_text(first)
    assert len([url for url in asked if url.startswith("ws:")]) == 1
    assert wrong == []
