"""The network and the map in a real browser: click, keyboard, filters, back, theme, no way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qs, quote, urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from tests.explorer.browser import CHROMIUM, page, ready, watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """Give a page that fails the test when it asked elsewhere or broke."""
    made = page(browser)
    asked, wrong = watched(made)
    yield made
    made.context.close()
    host = urlparse(address).netloc
    assert {u for u in asked if urlparse(u).netloc not in ("", host)} == set()
    assert wrong == []


def drawn(tab: Page) -> Locator:
    """Wait for the picture; give the part of the page that holds it."""
    ready(tab)
    root = tab.locator(".root[data-ready]")
    root.wait_for()
    return root


def point(root: Locator, id: str) -> tuple[float, float]:
    """Give where a node is in the window."""
    at = root.evaluate("(e, id) => e.point(id)", id)
    return at["x"], at["y"]


def opened_by_two_clicks(tab: Page, root: Locator, id: str) -> None:
    """Double-click a node; where the machine is busy, two clicks may come too late to be one."""
    wanted = f"buka={quote(id, safe='')}"
    for _ in range(5):
        ready(tab)
        if wanted in tab.url:
            return
        tab.mouse.dblclick(*point(root, id))
        with suppress(TimeoutError):
            tab.wait_for_url(re.compile(wanted), timeout=6000)
            return
    assert wanted in tab.url


def query(tab: Page) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(urlparse(tab.url).query).items()}


def test_a_click_chooses_a_double_click_opens_a_filter_leaves_out_and_back_leads_back(
    tab: Page, address: str
) -> None:
    tab.goto(address + "jejaring?app=app:lapor")
    root = drawn(tab)
    first = root.get_attribute("data-ready")

    tab.mouse.click(*point(root, "app:sipeduli"))
    tab.wait_for_url(re.compile("pilih=app%3Asipeduli"))
    expect(tab.locator(".sp-title").filter(has_text="SIPEDULI")).to_be_visible()
    assert root.get_attribute("data-ready") == first  # the picture was not laid out again

    opened_by_two_clicks(tab, root, "app:sipeduli")
    expect(root).not_to_have_attribute("data-ready", str(first))
    assert root.evaluate("e => !!e.point('finding:f1').x")

    legend = root.get_by_role("button", name=re.compile("^Instansi"))
    expect(legend).to_have_attribute("aria-pressed", "true")
    legend.click()
    tab.wait_for_url(re.compile("tipe="))
    expect(legend).to_have_attribute("aria-pressed", "false")
    assert "Agency" not in query(tab)["tipe"]

    tab.locator(".sp-back").get_by_role("link").click()
    expect(legend).to_have_attribute("aria-pressed", "true")
    assert query(tab)["buka"] == "app:sipeduli"


def test_the_keyboard_goes_round_the_neighbours_and_says_where_it_is(
    tab: Page, address: str
) -> None:
    tab.goto(address + "jejaring?app=app:lapor")
    root = drawn(tab)
    stage = root.get_by_role("application")
    live = root.locator("[aria-live]")
    stage.focus()
    expect(live).to_contain_text("SP4N-LAPOR!, Aplikasi")
    heard = set()
    for _ in range(5):
        before = live.text_content()
        stage.press("ArrowRight")
        expect(live).not_to_have_text(before or "")
        heard.add((live.text_content() or "").split(",")[0])
    assert len(heard) == 5
    assert {"SIPEDULI", "Pengaduan masyarakat"} <= heard
    while not (live.text_content() or "").startswith("SIPEDULI"):
        stage.press("ArrowLeft")
    expect(live).to_contain_text("menerima data dari (dugaan)")
    stage.press("Enter")
    tab.wait_for_url(re.compile("pilih=app%3Asipeduli"))
    stage.press("Space")
    tab.wait_for_url(re.compile("buka=app%3Asipeduli"))


def test_zoom_buttons_change_the_size_and_a_click_elsewhere_keeps_the_camera(
    tab: Page, address: str
) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(address + "jejaring?app=app:lapor")
    root = drawn(tab)
    far = point(root, "app:sipeduli")
    middle = point(root, "app:lapor")
    root.get_by_role("button", name="Perbesar").click()
    tab.wait_for_timeout(300)
    near = point(root, "app:sipeduli")
    assert abs(near[0] - middle[0]) > 1.3 * abs(far[0] - middle[0])
    tab.mouse.click(*middle)
    tab.wait_for_url(re.compile("pilih=app%3Alapor"))
    ready(tab)
    assert point(root, "app:sipeduli") == pytest.approx(near, abs=2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_follows_the_theme(browser: Browser, address: str, scheme: str) -> None:
    tab = page(browser, scheme)
    tab.goto(address + "jejaring?app=app:lapor")
    root = drawn(tab)
    ground = root.locator(".picture").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(14, 20, 36)")
    tab.context.close()


def test_a_click_on_the_map_chooses_and_other_colours_leave_every_place(
    tab: Page, address: str
) -> None:
    tab.goto(address + "peta")
    root = drawn(tab)
    before = root.evaluate("e => e.point('app:lapor')")
    tab.get_by_role("radio", name="Temuan").click()
    tab.wait_for_url(re.compile("warna=temuan"))
    ready(tab)
    assert root.evaluate("e => e.point('app:lapor')") == before
    tab.mouse.click(*point(root, "app:lapor"))
    tab.wait_for_url(re.compile("pilih=app%3Alapor"))
    panel = tab.locator(".sp-facts")
    expect(panel).to_contain_text("Pengaduan masyarakat")
    expect(tab.get_by_role("link", name="jejaring", exact=True)).to_be_visible()


def test_marking_a_name_on_the_map_lists_and_counts_it(tab: Page, address: str) -> None:
    tab.goto(address + "peta")
    drawn(tab)
    field = tab.get_by_role("textbox", name="Sorot nama aplikasi …")
    field.fill("simpeg")
    field.press("Enter")
    tab.wait_for_url(re.compile("sorot=simpeg"))
    expect(tab.locator(".sp-title")).to_contain_text("2 nama memuat “simpeg”")
    expect(tab.locator("[aria-live]")).to_contain_text("2 nama memuat")


def test_choosing_a_government_brings_it_near(tab: Page, address: str) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(address + "peta")
    root = drawn(tab)
    gap = abs(point(root, "app:simpeg-a")[0] - point(root, "app:lapor")[0])
    tab.goto(address + "peta?pemda=agency:kab-a")
    root = drawn(tab)
    tab.wait_for_timeout(500)
    near = abs(point(root, "app:simpeg-a")[0] - point(root, "app:lapor")[0])
    assert near > 1.3 * gap
