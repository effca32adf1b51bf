"""A real Chromium, as offline as a browser can be started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path(os.environ.get("SIMPUL_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def page(browser: Browser, scheme: str = "light", width: int = 1440, height: int = 1400) -> Page:
    """Open a fresh page in Indonesian, with a colour scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="id-ID",
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def watched(tab: Page) -> tuple[list[str], list[str]]:
    """Give the addresses that a page asks for, and what goes wrong in it, as they come."""
    asked: list[str] = []
    wrong: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.on("websocket", lambda w: asked.append(w.url))
    tab.on("pageerror", lambda e: wrong.append(str(e)))
    tab.on(
        "console",
        lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None,
    )
    return asked, wrong


def ready(page: Page) -> None:
    """Wait until a page has said what it has to say: its end is drawn, nothing runs any more."""
    page.wait_for_selector(".sp-head h1, .sp-empty")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector("html[data-links=ready]", state="attached")
    page.evaluate("document.fonts.ready")
