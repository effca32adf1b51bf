"""Choices whose state stands in the address, so that a link shows the same page.

Streamlit's own binding writes the label of an option, which changes with the language and the
data; here the address holds the id. A value there that is no option counts as none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.words import t

ALL = ""


def choice(name: str, options: Mapping[str, str], width: int = 220) -> str:
    """Draw a choice of ids by their labels; give the id, or "" for all.

    Parameters
    ----------
    name
        The name in the address.
    """
    labels = {ALL: t(f"filter.{name}")} | dict(options)
    keys = list(labels)
    key = _follow(name, keys, ALL)
    chosen = st.selectbox(
        t(f"filter.{name}"),
        keys,
        format_func=lambda k: labels.get(k, k),
        key=key,
        label_visibility="collapsed",
        width=width,
    )
    _keep(name, chosen, ALL)
    return chosen


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
    _keep(name, str(chosen), options[0])
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
    _keep(name, str(chosen), keys[0])
    return str(chosen)


def _follow(name: str, options: Sequence[str], default: str) -> str:
    """Take over what the address says, where it changed since the last run; give the widget's key.

    A link inside the session changes the address only, and the widget keeps its own state.
    """
    key, seen = f"pilih-{name}", f"alamat-{name}"
    wanted = st.query_params.get(name, default)
    wanted = wanted if wanted in options else default
    if st.session_state.get(seen) != wanted or st.session_state.get(key) not in options:
        st.session_state[key] = wanted
    return key


def _keep(name: str, value: str, default: str) -> None:
    st.session_state[f"alamat-{name}"] = value
    if value == default:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value
