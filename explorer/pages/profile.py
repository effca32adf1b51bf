"""Profile: one node, every fact with where it came from, its neighbours, its source rows."""

from functools import partial

import streamlit as st

from explorer import data
from explorer.answers.profile import MOST_ROWS
from explorer.components import download, pair, parts, sheet, strands
from explorer.data.profiles import MOST_USED
from explorer.words import count, h, lang, t, th
from graph.schema import NODE_TYPES

facts, wanted = data.facts(), st.query_params.get("app")
if not wanted:
    used = data.most_used(MOST_USED)
    title = t("profile.choose", n=data.summary(lang()).applications)
    parts.head(t("page.profil"), title, th("profile.choose-lead"), parts.rests_on(*facts))
    lines = [
        [parts.link(name, "profil", app=id), h(count("count.bodies", n))] for id, name, n in used
    ]
    parts.show(parts.table([(t("column.application"), ""), (t("column.reported"), "")], lines))
    st.stop()
p = data.profile_of(wanted, lang())
if p is None and (now := data.borne_by(wanted)):
    parts.show(parts.moved(wanted, data.name(now) or now, "profil", app=now))
    wanted, p = now, data.profile_of(now, lang())
if p is None:
    parts.show(parts.empty(t("profile.unknown", id=wanted), t("profile.unknown-hint")))
    st.stop()
kind = NODE_TYPES[p.type].label(lang())
owner = (
    {t("fact.owner"): ", ".join(p.owners) or t("word.unknown")} if p.type == "Application" else {}
)
parts.head(kind, p.name, h(sheet.lead(p)), {t("fact.id"): p.id} | owner | parts.rests_on(*facts))

parts.heading(t("profile.relations"), t("profile.lines"))
if p.neighbours:
    parts.show(strands.strands(p.name, kind, p.neighbours, t("profile.around")), strands.key())
    download.folded(
        t("profile.twin"),
        partial(sheet.neighbour_table, p.neighbours),
        len(p.neighbours),
        "hubungan",
        "profil-unduh-hubungan",
    )
    around = parts.link(t("network.from-profile"), "jejaring", app=wanted)
    parts.show(f'<p class="sp-go">{around}</p>')
else:
    parts.show(parts.empty(t("profile.alone"), t("profile.alone-hint")))

st.space("small")
left, right = st.columns([0.68, 0.32], gap="large")
with left:
    parts.heading(t("profile.facts"), t("profile.facts-remark"))
    parts.show(sheet.facts(p.facts))
with right:
    parts.heading(t("profile.spellings"))
    parts.show(sheet.merged(p))
    parts.show(sheet.findings(data.findings_of(wanted, lang())))
    parts.show(pair.alike(wanted, data.near(wanted, lang())))

st.space("small")
parts.heading(t("profile.rows"), t("profile.rows-remark"))
if not p.rows:
    parts.show(parts.empty(t("profile.no-rows"), t("profile.no-rows-hint")))
    st.stop()
parts.show(sheet.source_rows(p))
if p.row_count > MOST_ROWS:
    parts.show(parts.empty(t("profile.cut", n=MOST_ROWS, of=p.row_count), t("profile.cut-hint")))
headings, rows = sheet.row_twin(p)
download.table(headings, rows, "baris-sumber", "profil-unduh-baris")
