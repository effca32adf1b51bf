"""Innovations: programme → project → application → what became of it."""

import streamlit as st

from explorer import data
from explorer.answers import innovations
from explorer.components import births, download, parts
from explorer.words import count, lang, t, th
from graph.schema.codes import Survival

every = data.innovations(lang())
facts = parts.rests_on(*data.facts())
if not every:
    parts.head(t("page.inovasi"), t("inovasi.empty"), th("inovasi.empty-lead"), facts)
    parts.show(parts.empty(t("inovasi.empty"), t("inovasi.empty-hint")))
    st.stop()
born = sum(bool(e.born) for e in every)
unknown = sum(e.survival == Survival.UNKNOWN for e in every)
fate = {0: "none", len(every): "all"}.get(unknown, "some")
parts.head(
    t("page.inovasi"),
    count("inovasi.title", len(every), born=born),
    th("inovasi.lead", fate=t(f"inovasi.fate.{fate}", n=unknown)),
    facts,
)
found = births.choices(every)
if not found:
    parts.show(parts.empty(t("inovasi.no-match"), t("inovasi.no-match-hint")))
    st.stop()
parts.heading(t("inovasi.flow"), t("inovasi.flow-remark"))
steps = innovations.steps(found)
births.flow(steps)
with st.expander(t("inovasi.twin")):
    parts.show(births.flow_table(steps))
st.space("small")
parts.heading(t("inovasi.list"), count("inovasi.amount", len(found)))
parts.show(births.listed(found, data.origins))
if len(found) > births.MOST:
    parts.show(parts.empty(t("inovasi.cut", n=births.MOST), t("inovasi.cut-hint")))
headings, _ = births.twin([], data.origins)
download.table(headings, lambda: births.twin(found, data.origins)[1], "inovasi", "inovasi-unduh")
