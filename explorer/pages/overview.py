"""Overview: what the rows turned out to be, and where functions meet agencies."""

import streamlit as st

from explorer import data
from explorer.components import download, evidence, parts, weave
from explorer.words import count, h, known, lang, num, t, th

facts, summary, survey = data.facts(), data.summary(lang()), data.survey()
entries = data.entries(lang())
numbers = weave.numbers(entries)
functions = data.function_names(lang())
amounts = {
    "rows": summary.rows,
    "applications": summary.applications,
    "inside": summary.in_finding,
}
parts.head(
    t("overview.section"),
    t("overview.title", **amounts),
    th("overview.lead"),
    parts.rests_on(*facts) | {t("fact.findings"): num(len(entries))},
)
weave.flow(summary)
parts.show(f'<p class="sp-small">{h(weave.counted(summary))}</p>')
many = len(summary.flow.rows) > weave.MOST_RATES
flow = st.expander(t("flow.twin"), on_change="rerun" if many else "ignore")
if flow.open or not many:
    with flow:
        parts.show(weave.flow_table(summary))

left, right = st.columns([0.66, 0.34], gap="large")
with left:
    parts.heading(t("matrix.title"), t("matrix.remark"))
    government, group, view = weave.choices(summary.governments, summary.groups)
    m = data.matrix(lang(), government, group, t("matrix.rest", n="{n}"), t("matrix.no-function"))
    headings = [t(f"column.{n}") for n in ("group", "function", "body", "application", "finding")]
    if view == "table":
        lines = weave.twin(m, survey, numbers, functions, weave.MOST_LINES)
        st.dataframe(download.rows(headings, lines), height=520)
        if len(m.uses) > len(lines):
            parts.show(parts.empty(t("matrix.cut", n=len(lines)), t("matrix.cut-hint")))
    elif not m.cells:
        parts.show(parts.empty(t("matrix.nothing"), t("matrix.nothing-hint")))
    else:
        parts.show(f'<p class="sp-small">{h(weave.cells_counted(m, summary))}</p>')
        clicked = weave.pick(m, f"ikhtisar-{government}-{group}")
        if clicked:
            st.query_params.update(fungsi=clicked[0], unit=clicked[1])
    download.table(
        headings,
        lambda: weave.twin(m, survey, numbers, functions),
        "fungsi-instansi",
        "ikhtisar-unduh",
    )
    chosen = st.query_params.get("fungsi"), st.query_params.get("unit")
    if apps := m.at(*chosen):
        row = next(a for a in m.rows if a.key == chosen[0])
        column = next(a for a in m.columns if a.key == chosen[1])
        name = t(f"group.{row.key}") if known(f"group.{row.key}") else row.full
        parts.heading(f"{name} · {column.full}", count("count.applications", len(apps)))
        weave.cell(survey, apps, numbers, functions)
        kept = parts.link(t("matrix.clear"), "", pemda=government, kelompok=group)
        parts.show(f'<p class="sp-back">{kept}</p>')
    else:
        parts.show(parts.empty(t("matrix.none"), t("matrix.choose")))
with right:
    parts.heading(t("overview.five") if len(entries) > 4 else t("overview.findings"))
    if entries:
        parts.show(*map(evidence.line, entries[:5]))
        more = count("overview.all", len(entries))
        parts.show(
            f"<p>{parts.link(more, 'temuan')}</p>", f'<p class="sp-small">{th("overview.rank")}</p>'
        )
    else:
        parts.show(parts.empty(t("findings.none"), t("findings.none-yet")))

st.space("small")
parts.heading(t("quality.title"), t("quality.remark"))
rates = data.quality(lang())
if len(rates) > weave.MOST_RATES:
    parts.show(parts.empty(t("quality.cut", n=weave.MOST_RATES), t("quality.cut-hint")))
parts.show(weave.quality(rates), f'<p class="sp-small">{th("quality.note")}</p>')
download.folded(
    t("quality.twin"), lambda: weave.quality_twin(rates), len(rates), "mutu", "mutu-unduh"
)
