"""Same application?: pairs that may be one, those that a rule merged, and what people judged."""

import streamlit as st

from explorer import data
from explorer.components import download, parts, queue
from explorer.components.choice import ALL, choice, view
from explorer.components.judging import judging, tell
from explorer.words import count, h, lang, t, th

MOST = 30
VIEWS = ("open", "merged", "judged")

facts, names = data.facts(), data.agency_names(lang())
rows = {
    "open": data.suggested(lang()),
    "merged": data.merged(lang()),
    "judged": data.judged(lang()),
}
done = data.answered(lang())
waiting = done.of - done.answered
title = count("queue.title", waiting) if waiting else t("queue.title-none")
answers = {
    t("fact.answered"): t("queue.progress", n=done.answered, of=done.of),
    t("fact.merged"): str(len(rows["merged"])),
}
parts.head(t("page.sama"), title, th("queue.lead"), answers | parts.rests_on(*facts))
if done.of:
    parts.show(
        f'<p class="sp-progress">{parts.rate(done.answered / done.of)} {h(t("queue.bar"))}</p>'
    )

with st.container(horizontal=True, vertical_alignment="center", key="filters"):
    shown = view("antrean", VIEWS)
    found = rows[shown]
    places = sorted({g for r in found for g in r.governments}, key=lambda g: names[g])
    place = choice("pemda", {g: names[g] for g in places}, 320)
found = [r for r in found if place in (ALL, *r.governments)]
tell("sama")
parts.heading(count(f"queue.shown-{shown}", len(found)), t(f"queue.remark-{shown}"))
if not found:
    hint = t("findings.widen") if place != ALL else t(f"queue.none-hint-{shown}")
    parts.show(parts.empty(t(f"queue.none-{shown}"), hint))
    st.stop()

chosen = st.query_params.get("jawab")
at = next((n for n, r in enumerate(found) if r.about and queue.key(r) == chosen), None)
first = 0 if at is None else max(0, at - MOST // 2)
page = found[first : first + MOST]
if at is None:
    parts.show(queue.strips(page, shown, None))
else:
    parts.show(queue.strips(found[first : at + 1], shown, chosen))
    judging(queue.ask(found[at]))
    if after := found[at + 1 : first + MOST]:
        parts.show(queue.strips(after, shown, chosen))
if len(found) > MOST:
    parts.show(parts.empty(t("queue.cut", n=len(page), of=len(found)), t("queue.cut-hint")))
download.folded(
    t("queue.twin"), lambda: queue.twin(found), len(found), f"sama-{shown}", "sama-unduh"
)
