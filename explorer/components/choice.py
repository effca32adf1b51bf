"""A choice whose state stands in the address, so that a link shows the same page.

The key is the name in the address; a value there that is no option is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.words import t

ALL = ""


def choice(key: str, options: Mapping[str, str], width: int = 220) -> str:
    """Draw a choice of ids by their names; give the id, or "" for all."""
    labels = {ALL: t(f"filter.{key}")} | dict(options)
    if st.query_params.get(key, ALL) not in labels:
        st.query_params.pop(key, None)
    return st.selectbox(
        t(f"filter.{key}"),
        list(labels),
        format_func=lambda k: labels.get(k, k),
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=width,
    )
