"""Exports: the graph as files for other bodies and other programs, made when they are taken."""

import streamlit as st

from explorer import data
from explorer.answers.exports import FORMATS
from explorer.components import choice, exports, parts
from explorer.words import count, h, lang, num, t, th
from graph.exchange.selection import PROFILES, Profile

names = data.bodies_by_name(lang())
top = st.container()
with st.container(horizontal=True, vertical_alignment="center", key="choices"):
    profile: Profile = "public"
    if choice.view("untuk", PROFILES) == "internal":
        profile = "internal"
    agency = choice.choice("badan", names, width=420) or None
amounts = data.amounts(profile, agency)
findings = amounts.nodes.get("Finding", 0)
with top:
    said = count("ekspor.findings", findings) if findings else t("ekspor.findings.none")
    title = t("ekspor.title", nodes=sum(amounts.nodes.values()), edges=sum(amounts.edges.values()))
    lead = th(f"ekspor.lead.{profile}", findings=said)
    fact = {t("ekspor.whose"): names[agency] if agency else t("ekspor.everyone")}
    parts.head(t("page.ekspor"), title, lead, fact | parts.rests_on(*data.facts()))
if profile == "public" and not findings:
    parts.show(parts.empty(t("ekspor.no-finding"), t("ekspor.no-finding-hint")))
left, right = st.columns([0.68, 0.32], gap="large")
with left:
    parts.heading(t("ekspor.files"), t("ekspor.files-remark"))
    for format in FORMATS:
        exports.line(format, (profile, agency), amounts.total)
with right:
    parts.show(
        parts.note("rule", t("ekspor.public"), f"<p>{h(t('ekspor.public-text'))}</p>"),
        parts.note("open", t("ekspor.internal"), f"<p>{h(t('ekspor.internal-text'))}</p>"),
        parts.note("rule", t("ekspor.state"), f"<p>{h(t('ekspor.state-text'))}</p>"),
    )
    st.space("small")
    parts.heading(t("ekspor.contents"), t("ekspor.contents-remark", n=num(amounts.total)))
    parts.show(exports.contents(amounts), exports.larger(amounts))
