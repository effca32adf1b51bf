"""Step 4: what would change in the source, and in the landscape."""

from __future__ import annotations

import streamlit as st

from explorer import data
from explorer.answers import upload as answers
from explorer.answers.upload import Check, Effect
from explorer.components import download, parts
from explorer.components.upload.frame import first, trouble
from explorer.components.upload.session import Held, by_language
from explorer.words import count, h, lang, t, th
from graph.errors import SimpulError

SHOWN_CELLS, SHOWN_NAMED = 500, 8


def differences(now: Held, check: Check) -> None:
    """Draw what would change: in what this source says, and in the landscape."""
    counts = check.counts or {}
    if check.earlier is None:
        parts.show(f"<p>{th('unggah.first-time', slug=now.choices.slug, n=check.accepted)}</p>")
    elif not any(counts.values()):
        parts.show(f"<p>{th('unggah.same', slug=now.choices.slug, n=check.earlier)}</p>")
    else:
        parts.show(
            f"<p>{th('unggah.counts', slug=now.choices.slug, was=check.earlier, **counts)}</p>"
        )
        headings = [t(f"unggah.column.{c}") for c in ("row", "column", "before", "after")]
        lines = [[c.row, c.column, c.before, c.after] for c in check.cells]
        first(headings, lines, SHOWN_CELLS, 320, "unggah-beda-tabel")
        download.table(headings, lines, "perbedaan", "unggah-beda")
    _landscape(now, check)


def _landscape(now: Held, check: Check) -> None:
    parts.heading(t("unggah.landscape"), t("unggah.landscape-remark"))
    if not answers.rehearsable(data.workspace(), check):
        parts.show(parts.empty(t("unggah.too-large"), t("unggah.too-large-hint")))
        return
    if now.effect and now.effect[0] == lang():
        _effect(now.effect[1])
        return
    if st.button(t("unggah.rehearse"), key="unggah-coba", icon=":material/preview:"):
        try:
            with st.spinner(t("unggah.rehearsing"), show_time=True):
                found = answers.effect(data.workspace(), now.file, now.choices, check, lang())
        except SimpulError as e:
            trouble(by_language(e))
            return
        now.effect = (lang(), found)
        st.rerun()


def _effect(e: Effect) -> None:
    parts.show(
        f"<p>{th('unggah.effect', n=e.applications, alone=e.alone, joined=len(e.joined))}</p>"
    )
    if e.joined:
        columns = [(t(f"unggah.column.{c}"), "") for c in ("application", "with", "rule")]
        rows = [
            [h(j.name), h(", ".join(j.others)), h("; ".join(j.reasons[:2])) or parts.unknown("–")]
            for j in e.joined[:SHOWN_NAMED]
        ]
        parts.show(f"<h3>{h(count('unggah.joined', len(e.joined)))}</h3>")
        parts.show(parts.table(columns, rows))
    if e.suggested:
        parts.show(f"<h3>{h(count('unggah.suggested', len(e.suggested)))}</h3>")
        parts.show(parts.bullets(f"{a} – {b}" for a, b in e.suggested[:SHOWN_NAMED]))
    if e.findings:
        parts.show(f"<h3>{h(count('unggah.findings', len(e.findings)))}</h3>")
        said = (
            t("unggah.finding.new" if f.new else "unggah.finding.changed", name=f.name)
            for f in e.findings[:SHOWN_NAMED]
        )
        parts.show(parts.bullets(said))
    else:
        parts.show(f'<p class="sp-small">{h(t("unggah.no-findings"))}</p>')
    longest = max(len(e.joined), len(e.suggested), len(e.findings))
    if longest > SHOWN_NAMED:
        parts.show(parts.empty(t("unggah.first", n=SHOWN_NAMED), t("unggah.rest-after")))
