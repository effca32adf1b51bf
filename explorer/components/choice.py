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
    wanted = st.query_params.get(name, ALL)
    chosen = st.selectbox(
        t(f"filter.{name}"),
        keys,
        index=keys.index(wanted) if wanted in labels else 0,
        format_func=lambda k: labels.get(k, k),
        key=f"pilih-{name}",
        label_visibility="collapsed",
        width=width,
    )
    _keep(name, chosen, ALL)
    return chosen


def view(name: str, options: Sequence[str]) -> str:
    """Draw a choice of views side by side; the first one is the default."""
    wanted = st.query_params.get(name)
    chosen = st.segmented_control(
        t("view.title"),
        options,
        format_func=lambda k: t(f"view.{k}"),
        default=wanted if wanted in options else options[0],
        key=f"pilih-{name}",
        required=True,
        label_visibility="collapsed",
    )
    _keep(name, str(chosen), options[0])
    return str(chosen)


def _keep(name: str, value: str, default: str) -> None:
    if value == default:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value
