"""The search page: everything that fits, by type, with what tells two of one name apart."""

from __future__ import annotations

import pytest

from tests.explorer.pages import html, run, text, title

pytestmark = pytest.mark.usefixtures("opened")


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
