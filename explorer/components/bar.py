"""The bar on top of every page: search and language; and the page that says what to do first."""

from __future__ import annotations

import streamlit as st

from explorer import data
from explorer.components import parts
from explorer.components.address import follow, keep
from explorer.words import KEY, count, h, lang, t
from graph.schema import NODE_TYPES
from graph.texts import LANGUAGES


def draw(page: str) -> None:
    """Draw the bar, and under it what a search found; another page starts without one."""
    key = f"cari-{page}"
    follow("cari", key, st.query_params.get("cari", ""))
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key="bar",
    ):
        text = st.text_input(
            t("bar.search"),
            key=key,
            label_visibility="collapsed",
            placeholder=t("bar.placeholder"),
            icon=":material/search:",
            width=420,
        )
        st.segmented_control(
            t("bar.language"),
            LANGUAGES,
            key=KEY,
            required=True,
            format_func=lambda code: t(f"language.{code}"),
            label_visibility="collapsed",
        )
    keep("cari", text.strip(), "")
    if text.strip() and page != "cari":
        _found(text.strip())


def language() -> None:
    """Keep the language of the session and of the address the same."""
    st.session_state.setdefault(KEY, lang())
    if lang() == LANGUAGES[0]:
        st.query_params.pop(KEY, None)
    elif st.query_params.get(KEY) != lang():
        st.query_params[KEY] = lang()
    script = f"document.documentElement.lang = '{lang()}'"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _found(text: str) -> None:
    total, hits = data.hits(text, lang())
    if not hits:
        parts.show(parts.empty(t("search.none", text=text), t("search.try")))
        return
    items = ""
    for hit in hits:
        kind = NODE_TYPES[hit.type].label(lang())
        items += f"<li>{parts.to_node(hit.name, hit.type, hit.id)} <span>{h(kind)}</span></li>"
    title = h(count("search.found", total, text=text))
    if total > len(hits):
        title += " · " + h(t("search.first", n=len(hits)))
    items += f"<li>{parts.link(t('cari.all'), 'cari', cari=text)}</li>"
    parts.show(f'<nav class="sp-hits" aria-label="{title}"><b>{title}</b><ul>{items}</ul></nav>')
