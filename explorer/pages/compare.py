"""Comparison: two applications side by side, why they are alike or not, and what people judged."""

import streamlit as st

from explorer import data
from explorer.components import download, evidence, pair, parts
from explorer.components.choice import choice
from explorer.components.judging import IDENTITY, Ask, judging
from explorer.words import count, h, lang, t, th

MOST_LISTED, WIDTH = 20, 430
SIDES = ("kiri", "kanan")

facts, names = data.facts(), data.application_names(lang())
wanted = [st.query_params.get(side) for side in SIDES]
lost = [id for id in wanted if id and id not in names]
if lost:
    pair.gone(lost, wanted, names, facts)
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", key="sides"):
    left = choice("kiri", names, WIDTH)
    near = data.near(left, lang()) if left else []
    right = choice("kanan", pair.options(names, near), WIDTH)
    if left and right:
        parts.show(f"<p>{pair.compare(t('pair.swap'), right, left)}</p>")
if not left or not right or left == right:
    listed = data.closest(lang(), MOST_LISTED)
    title = count("pair.choose", data.similar_count()) if listed else t("pair.choose-none")
    if left and left == right:
        title = t("pair.one")
    parts.head(t("page.bandingkan"), title, th("pair.choose-lead"), parts.rests_on(*facts))
    if listed:
        parts.heading(t("pair.closest"), t("pair.closest-remark", n=len(listed)))
        parts.show(pair.closest(listed))
    else:
        parts.show(parts.empty(t("pair.none-similar"), t("pair.none-similar-hint")))
    st.stop()

p = data.pair_of(left, right, lang())
both = pair.in_both(data.findings_of(left, lang()), data.findings_of(right, lang()))
pair.head(p, both, facts)
one, other = st.columns(2, gap="large")
with one:
    parts.heading(t("pair.why"), t("pair.why-remark"))
    if p.probability is None:
        parts.show(parts.empty(t("pair.not-compared"), t("pair.not-compared-hint")))
    else:
        st.altair_chart(
            pair.waterfall(p.bars, p.probability),
            width="stretch",
            theme=None,
            alt=t("pair.alt"),
        )
        parts.show(
            f'<p class="sp-small">{h(t("pair.written" if p.written else "pair.weighed"))}</p>'
        )
        headings, lines = pair.bits_table(p)
        with st.expander(t("pair.bits-twin")):
            st.dataframe(download.rows(headings, lines), hide_index=True)
        download.table(headings, lines, "bobot-bukti", "bandingkan-unduh-bit")
    if both:
        found = "".join(map(evidence.line, both))
        parts.show(parts.note("open", count("pair.in-both", len(both)), found))
    judging(Ask("bandingkan", (left, right), IDENTITY, title="judging.pair"))
with other:
    parts.heading(t("pair.sides"), t("pair.sides-remark"))
    parts.show(pair.fields(p))
    headings, lines = pair.field_table(p)
    with st.expander(t("pair.sides-twin")):
        st.dataframe(download.rows(headings, lines), hide_index=True)
    download.table(headings, lines, "berdampingan", "bandingkan-unduh-sisi")
    parts.show(pair.origins(p))
