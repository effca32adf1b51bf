"""Reports: a prepared question with its parameters, or a question in one's own Cypher."""

import streamlit as st

from explorer.components import choice, editor, parts, reports
from explorer.words import lang, t
from graph.reports import reports as prepared

found = {r.name: r for r in prepared()}
questions = {r.name: r.question[lang()] for r in found.values()}
menu, sheet = st.columns([0.26, 0.74], gap="large")
with menu:
    mode = choice.view("mode", ("laporan", "tulis"))
    if mode == "laporan":
        parts.heading(t("laporan.saved"))
        name = choice.listed("laporan", questions, list(found))
    else:
        parts.heading(t("tulis.examples"))
        parts.show(reports.examples(found.values()))
    st.space("small")
    parts.show(reports.limits())
with sheet:
    if mode == "laporan":
        reports.answered(found[name])
    else:
        editor.asked()
