"""Findings: the list with its filters, or one finding with what speaks for and against it."""

from functools import partial

import streamlit as st

from explorer import data
from explorer.components import download, evidence, lists, pair, parts
from explorer.words import count, h, lang, spelled, t, th

facts, entries = data.facts(), data.entries(lang())
functions, names = data.function_names(lang()), data.agency_names(lang())
wanted = st.query_params.get("temuan")

if not wanted:
    undecided = sum(e.state == "indicated" for e in entries)
    said = "all-open" if undecided == len(entries) else "title" if undecided else "none-open"
    title = count(f"findings.{said}", len(entries), word=spelled(len(entries)), open=undecided)
    parts.head(t("page.temuan"), title, th("findings.lead"), parts.rests_on(*facts))
    if not entries:
        parts.show(parts.empty(t("findings.none"), t("findings.none-yet")))
        st.stop()
    found = lists.filters(entries, functions, names)
    parts.heading(count("findings.shown", len(found)), t("findings.of", n=len(entries)))
    if found:
        parts.show(*map(evidence.line, found[: lists.MOST]))
    else:
        parts.show(parts.empty(t("findings.no-match"), t("findings.widen")))
    if len(found) > lists.MOST:
        parts.show(parts.empty(t("findings.cut", n=lists.MOST), t("findings.narrow")))
    download.folded(
        t("findings.twin"),
        partial(lists.twin, found, functions),
        len(found),
        "temuan",
        "temuan-unduh",
    )
    st.stop()

parts.show(f'<p class="sp-back">← {parts.link(t("findings.back"), "temuan")}</p>')
card = data.card(wanted, lang())
if card is None:
    parts.show(parts.empty(t("finding.unknown", id=wanted), t("finding.unknown-hint")))
    st.stop()
lists.head(card, facts)
if card.members_changed:
    parts.show(parts.note("open", t("finding.changed"), f"<p>{th('finding.changed-text')}</p>"))
left, right = st.columns([0.67, 0.33], gap="large")
with left:
    parts.show(evidence.kinds_row(card.entry.marks, [*card.pro, *card.rules]))
    st.space("small")
    parts.heading(t("finding.member-title"), t("finding.member-remark"))
    parts.show(lists.member_table(card.members, names))
    if pairs := pair.member_pairs(card, lambda id: data.near(id, lang())):
        with st.expander(t("pair.members")):
            parts.show(pairs)
    st.space("small")
    parts.show(evidence.ledger(card.pro, card.con))
    n = sum(map(len, (card.pro, card.con, card.rules, card.survivor)))
    download.folded(
        t("finding.twin"),
        partial(lists.evidence_twin, card),
        n,
        f"temuan-{card.entry.no}",
        "temuan-unduh-bukti",
    )
with right:
    parts.show(
        parts.note("rule", t("rule.title"), lists.rules(card.rules, data.regulation_names()))
    )
    if card.survivor_name:
        why = parts.bullets(c.text for c in card.survivor) or h(t("finding.no-reason"))
        parts.show(parts.note("keep", t("finding.survivor", name=card.survivor_name), why))
    questions = parts.bullets(t(key, **facts_) for key, facts_ in card.asks)
    parts.show(parts.note("open", t("ask.title"), questions or h(t("ask.nothing"))))
    lists.verdict(card.entry.id)
    parts.heading(t("pair.member-judgements"))
    lists.dispositions(card)
