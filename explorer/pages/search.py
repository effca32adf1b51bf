"""Search: everything a text may mean, by type."""

import streamlit as st

from explorer import data
from explorer.components import download, parts
from explorer.components.choice import ALL, choice
from explorer.words import count, h, lang, num, t, th
from graph.schema import NODE_TYPES

MOST = 50
MOST_TEXT = 140

text = st.query_params.get("cari", "").strip()
if not text:
    parts.head(t("page.cari"), t("cari.title"), th("cari.lead"), parts.rests_on(*data.facts()))
    parts.show(parts.empty(t("cari.nothing-typed"), t("search.try")))
    st.stop()
found, types = data.search(text, lang())
parts.head(
    t("page.cari"),
    count("search.found", len(found), text=text),
    th("cari.lead"),
    parts.rests_on(*data.facts()),
)
if not found:
    parts.show(parts.empty(t("search.none", text=text), t("search.try")))
    st.stop()
kind = choice(
    "tipe", {k: f"{NODE_TYPES[k].label(lang())} ({num(n)})" for k, n in types.items()}, width=280
)
shown = [f for f in found if kind in (ALL, f.type)]
lines = []
for f in shown[:MOST]:
    also = "" if f.matched == f.name else f'<br><span class="sp-small">{h(f.matched)}</span>'
    lines.append(
        [
            f"<b>{parts.to_node(f.name, f.type, f.id)}</b>{also}",
            h(NODE_TYPES[f.type].label(lang())),
            h(parts.cut(f.about, MOST_TEXT)),
            f"<code>{h(f.id)}</code>",
        ]
    )
columns = [(t(f"cari.column.{n}"), "") for n in ("name", "type", "about", "id")]
parts.show(parts.table(columns, lines))
if len(shown) > MOST:
    parts.show(parts.empty(t("cari.cut", n=MOST, of=len(shown)), t("cari.cut-hint")))
headings = [t(f"cari.column.{n}") for n in ("name", "type", "about", "id", "matched", "score")]
download.table(
    headings,
    [[f.name, NODE_TYPES[f.type].label(lang()), f.about, f.id, f.matched, f.score] for f in shown],
    "pencarian",
    "cari-unduh",
)
