"""Choices whose state stands in the address, so that a link shows the same page.

Streamlit's own binding writes the label of an option, which changes with the language and the
data; here the address holds the id. A value there that is no option counts as none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

import streamlit as st

from explorer.components.address import follow, keep
from explorer.words import t

ALL = ""
MOST = 1000  # options that a browser is sent: more are neither read nor drawn in time


def choice(name: str, options: Mapping[str, str], width: int = 220) -> str:
    """Draw a choice of ids by their labels; give the id, or "" for all.

    Of a long list the first `MOST` are shown; any other is found by typing its name.

    Parameters
    ----------
    name
        The name in the address.
    """
    every = t(f"filter.{name}")
    key = _follow(name, options, ALL)
    long = len(options) > MOST
    shown = [ALL, *islice(options, MOST)]
    held = st.session_state[key]
    if long and held != ALL and held not in shown:
        shown.append(held)

    def typed() -> None:
        """Take what was typed for the first option that has it in its label."""
        text = str(st.session_state[key] or ALL)
        if text not in (ALL, *options):
            st.session_state[key] = _first(options, text)
            if st.session_state[key] == ALL:
                st.toast(t("search.none", text=text))

    found = st.selectbox(
        every,
        shown,
        format_func=lambda k: every if k == ALL else options.get(k, k),
        key=key,
        label_visibility="collapsed",
        width=width,
        accept_new_options=long,
        on_change=typed if long else None,
    )
    chosen = str(found or ALL)
    keep(name, chosen, ALL)
    return chosen


def _first(options: Mapping[str, str], text: str) -> str:
    """Give the option whose label is a text, else the first one that holds it, else all."""
    wanted = text.casefold().strip()
    labels = {k: label.casefold() for k, label in options.items()}
    holding = [k for k, label in labels.items() if wanted in label]
    return min(holding, key=lambda k: labels[k] != wanted, default=ALL)


def view(name: str, options: Sequence[str]) -> str:
    """Draw a choice of views side by side; the first one is the default."""
    key = _follow(name, options, options[0])
    chosen = st.segmented_control(
        t("view.title"),
        options,
        format_func=lambda k: t(f"view.{k}"),
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    keep(name, str(chosen), options[0])
    return str(chosen)


def listed(name: str, options: Mapping[str, str], captions: Sequence[str]) -> str:
    """Draw a list of choices, each with a line under it; the first one is the default."""
    keys = list(options)
    chosen = st.radio(
        t(f"filter.{name}"),
        keys,
        format_func=lambda k: options.get(k, k),
        captions=captions,
        key=_follow(name, keys, keys[0]),
        label_visibility="collapsed",
    )
    keep(name, str(chosen), keys[0])
    return str(chosen)


def _follow(name: str, options: Collection[str], default: str) -> str:
    """Take over what the address says; what is no option counts as none. Give the widget's key."""
    key = f"pilih-{name}"
    wanted = st.query_params.get(name, default)
    if st.session_state.get(key) not in (*options, default):
        st.session_state.pop(key, None)
    follow(name, key, wanted if wanted in options else default)
    return key
