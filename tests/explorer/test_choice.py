"""A long choice: the first options are sent, any other is found by typing its name."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from explorer.components.choice import _first

SCRIPT = """
import streamlit as st
from explorer.components.choice import MOST, choice
options = {f"k{i}": f"Badan {i}" for i in range(3 * MOST)}
st.text(repr(choice("badan", options)))
"""


def asked(**query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def test_a_browser_is_sent_no_more_than_a_person_reads() -> None:
    app = asked()
    assert len(app.selectbox[0].options) == 1001
    assert app.text[0].value == "''"


def test_what_the_address_names_is_chosen_though_it_is_not_among_the_first() -> None:
    app = asked(badan="k2500")
    assert app.text[0].value == "'k2500'"
    assert app.selectbox[0].options[-1] == "Badan 2500"


def test_a_typed_name_chooses_the_option_that_bears_it_before_one_that_holds_it() -> None:
    options = {"a": "Dinas Kesehatan Kota", "b": "Dinas Kesehatan", "c": "Setda"}
    assert _first(options, " dinas kesehatan ") == "b"
    assert _first(options, "kota") == "a"
    assert _first(options, "qzxw") == ""
