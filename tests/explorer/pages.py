"""Run pages and sentences without a browser."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer import sitemap

ROOT = Path(__file__).resolve().parents[2]
PAGES = {p.script: ROOT / f"explorer/pages/{p.script}.py" for p in sitemap.PAGES}
PAGES["door"] = ROOT / "app.py"


def run(page: str, lang: str = "id", **query: str) -> AppTest:
    """Run a page with a query in its address."""
    app = AppTest.from_file(PAGES[page], default_timeout=60)
    for key, value in ({"lang": lang} | query).items():
        app.query_params[key] = value
    return app.run()


def html(app: AppTest) -> str:
    """Give what a page put out as HTML, in order."""
    return "\n".join(e.proto.body for e in app.get("html"))


def title(app: AppTest) -> str:
    """Give the title of a page; pages have one."""
    found = re.findall(r"<h1>(.*?)</h1>", html(app))
    assert len(found) == 1, found
    return unescape(found[0]).replace("\u00a0", " ")


def text(app: AppTest) -> str:
    """Give what a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(app))).split())


def said(line: str, lang: str) -> str:
    """Give what one line of a page writes."""
    app = AppTest.from_string(f"import streamlit as st\nfrom explorer import words\n{line}")
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception, app.exception
    return str(app.text[0].value).replace("\u00a0", " ")
