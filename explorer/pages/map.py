"""Map: every application inside its government and its level, coloured in four ways."""

import streamlit as st

from explorer import data
from explorer.answers.atlas import CODES, UNKNOWN
from explorer.components import atlas, choice, download, graph, parts
from explorer.words import count, h, num, t

facts, a = data.facts(), data.atlas()
if not a.id:
    lead = h(t("map.none-hint"))
    parts.head(t("page.peta"), t("map.none"), lead, parts.rests_on(*facts))
    st.stop()
governments = sum(g != UNKNOWN for g in a.governments.id)
title = t("map.title", n=len(a.id), governments=count("map.governments", governments))
parts.head(t("page.peta"), title, h(t("map.lead")), parts.rests_on(*facts))
with st.container(horizontal=True, vertical_alignment="center", key="filters"):
    colouring = choice.view("warna", tuple(CODES))
    zoom = choice.choice("pemda", atlas.places(a), width=300)
    text = atlas.search()
marked = atlas.found(a, text)
chosen = atlas.chosen(a)
left, right = st.columns([0.74, 0.26], gap="large")
with left:
    parts.show(atlas.key(a, colouring))
    said = atlas.said(a, zoom, text, marked)
    graph.landscape(facts.version, colouring, chosen, zoom, marked, said, atlas.act)
    graph.columns(a, facts.version)
    parts.show(f'<p class="sp-small">{h(t("map.read"))}</p>')
with right:
    atlas.panel(a, chosen, zoom, text, marked)
st.space("small")
rows = atlas.inside(a, zoom, marked, text)
parts.heading(count("count.applications", len(rows)), t("map.twin-remark"))
twin = t("map.twin", n=num(len(rows)))
download.folded(twin, lambda: atlas.twin(a, rows), len(rows), "peta", "peta-unduh")
