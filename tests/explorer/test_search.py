"""The search page: everything that fits, by type, with what tells two of one name apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.explorer.pages import html, run, text, title


@pytest.fixture(autouse=True)
def _opened(small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    st.cache_resource.clear()
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(small))
    yield
    st.cache_resource.clear()


def test_all_that_fits_is_listed_and_counted() -> None:
    app = run("search", "id", cari="anggrek")
    out = html(app)
    assert title(app) == f"{out.count('<code>')} yang cocok dengan “anggrek”"
    assert "agency:kab-a" in out


def test_a_type_in_the_address_narrows_the_list() -> None:
    whole, agencies = run("search", cari="anggrek"), run("search", cari="anggrek", tipe="Agency")
    assert html(agencies).count("<code>") < html(whole).count("<code>")
    assert "<code>agency:" in html(agencies)
    assert "<code>app:" not in html(agencies)


def test_nothing_typed_and_nothing_found_say_what_to_do() -> None:
    assert "tekan Enter" in text(run("search"))
    assert "Coba" in text(run("search", cari="qqqqzzzz"))


def test_a_script_in_the_address_is_inert() -> None:
    out = html(run("search", "en", cari="<script>alert(1)</script>"))
    assert "<script>alert" not in out
    assert "&lt;script&gt;" in out
