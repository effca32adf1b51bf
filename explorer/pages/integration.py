"""Integration: who exchanges what, how sure that is, and which systems everything hangs on."""

import streamlit as st

from explorer import data
from explorer.components import download, exchanges, parts
from explorer.components.choice import ALL
from explorer.words import count, lang, t, th

every = data.exchanges_of(lang(), ALL, ALL, ALL, ALL)
facts = parts.rests_on(*data.facts())
if not every.found:
    parts.head(t("page.integrasi"), t("integrasi.none"), th("integrasi.none-lead"), facts)
    parts.show(parts.empty(t("integrasi.none"), t("integrasi.none-hint")))
    st.stop()
n = every.totals
flowing = len(every.found) - n["stopped"] - n["planned"]
parts.head(
    t("page.integrasi"),
    count("integrasi.title", flowing, sure=n["declared"] + n["observed"], guess=n["assumed"]),
    th("integrasi.lead", n=n["stopped"], planned=n["planned"]),
    facts,
)
part = exchanges.choices(every)
found = part.found
if not found:
    parts.show(parts.empty(t("integrasi.no-match"), t("integrasi.no-match-hint")))
    st.stop()
left, right = st.columns([0.64, 0.36], gap="large")
with left:
    parts.heading(t("integrasi.flow"), t("integrasi.flow-remark"))
    if part.strands:
        exchanges.flow(part)
        parts.show(exchanges.key(), exchanges.left_out(part.left_out))
        with st.expander(t("integrasi.twin")):
            parts.show(exchanges.flow_table(part))
    else:
        parts.show(parts.empty(t("integrasi.all-stopped"), t("integrasi.all-stopped-hint")))
with right:
    parts.heading(t("integrasi.hubs"), t("integrasi.hubs-remark"))
    parts.show(exchanges.hub_table(part.hubs))
st.space("small")
parts.heading(t("integrasi.list"), t("integrasi.list-remark", n=len(found)))
parts.show(exchanges.listed(found, data.origins))
if len(found) > exchanges.MOST:
    parts.show(parts.empty(t("integrasi.cut", n=exchanges.MOST), t("integrasi.cut-hint")))
headings, _ = exchanges.twin([], data.origins)
download.table(
    headings, lambda: exchanges.twin(found, data.origins)[1], "integrasi", "integrasi-unduh"
)
