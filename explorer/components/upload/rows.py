"""Step 3: what came of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.answers import upload as answers
from explorer.answers.upload import Check, Line
from explorer.components import download, parts
from explorer.components.choice import view
from explorer.components.upload.frame import first
from explorer.words import count, h, lang, num, t, th

SHOWN_ROWS, SHOWN_REFUSED = 1000, 12
SHOW = ("rows-all", "rows-accepted", "rows-refused", "rows-remarked")


def result(check: Check) -> None:
    """Draw what came of each row."""
    facts = [
        (t("unggah.read"), num(len(check.lines))),
        (t("unggah.accepted"), num(check.accepted)),
        (t("unggah.refused"), num(check.refused)),
        (t("unggah.dropped-count"), num(sum((check.dropped or {}).values()))),
    ]
    cells = "".join(f"<div><dt>{h(k)}</dt><dd>{h(v)}</dd></div>" for k, v in facts)
    parts.show(f'<dl class="sp-sums">{cells}</dl>')
    for key, names in (("unknown-columns", check.unknown), ("ignored-columns", check.ignored)):
        if names:
            parts.show(f'<p class="sp-small">{th(f"unggah.{key}", names=", ".join(names))}</p>')
    if check.dropped:
        kinds = ", ".join(f"{t(f'unggah.personal.{k}')} {num(n)}" for k, n in check.dropped.items())
        parts.show(f'<p class="sp-small">{th("unggah.personal-text", kinds=kinds)}</p>')
    if check.refused:
        _refused(check)
    if check.remarks:
        with st.expander(count("unggah.remarks", len(check.remarks)), expanded=check.asking):
            parts.show(parts.bullets(r[lang()] for r in check.remarks))
    _rows(check)


def _refused(check: Check) -> None:
    no = [line for line in check.lines if line.result == answers.REFUSED]
    columns = [(t(f"unggah.column.{c}"), "") for c in ("row", "content", "reason", "next")]
    columns[0] = (columns[0][0], "num")
    rows = [
        [
            h(line.row),
            h(parts.cut(" · ".join(v for v in line.cells.values() if v), 90)) or parts.unknown(),
            h(parts.sentence(line.reason[lang()])),
            h(parts.sentence(line.hint[lang()])),
        ]
        for line in no[:SHOWN_REFUSED]
    ]
    parts.heading(count("unggah.refused-title", len(no)), t("unggah.refused-remark"))
    parts.show(parts.table(columns, rows))
    if len(no) > SHOWN_REFUSED:
        parts.show(parts.empty(t("unggah.first", n=SHOWN_REFUSED), t("unggah.rest-in-file")))
    titles = tuple(t(f"unggah.column.{c}") for c in ("row", "reason", "next"))
    headings, lines = answers.mended(check, (titles[0], titles[1], titles[2]), lang())
    download.table(headings, lines, "baris-ditolak", "unggah-ditolak")


def _rows(check: Check) -> None:
    parts.heading(t("unggah.rows"), t("unggah.rows-remark"))
    with st.container(key="unggah-saring"):
        shown = view("baris", SHOW)
    lines = [line for line in check.lines if _passes(line, shown)]
    headings, table = _twin(check, lines)
    if not lines:
        parts.show(parts.empty(t("unggah.no-rows"), t("unggah.no-rows-hint")))
        return
    first(headings, table, SHOWN_ROWS, 420, "unggah-tabel")
    download.table(headings, table, "pemeriksaan", "unggah-baris")


def _passes(line: Line, shown: str) -> bool:
    wanted = shown.removeprefix("rows-")
    return wanted in ("all", line.result) or (wanted == "remarked" and bool(line.remarks))


def _twin(check: Check, lines: Sequence[Line]) -> tuple[list[str], list[list[object]]]:
    """Give rows as text, whatever a column holds: one that mixes numbers and words is shown too."""
    told: list[tuple[str, Callable[[Line], object]]] = [
        ("sheet", lambda line: line.sheet),
        ("row", lambda line: line.row),
        ("result", lambda line: t(f"unggah.result.{line.result}")),
        ("reason", lambda line: line.reason.get(lang())),
        ("next", lambda line: line.hint.get(lang())),
        ("remarks", lambda line: "; ".join(r[lang()] for r in line.remarks) or None),
    ]
    several = len({line.sheet for line in check.lines}) > 1
    told = [
        (name, say)
        for name, say in told
        if (several if name == "sheet" else any(say(line) for line in lines))
    ]
    headings = [t(f"unggah.column.{name}") for name, _ in told] + list(check.headings)
    return headings, [
        [*(say(line) for _, say in told), *(line.cells.get(c) for c in check.headings)]
        for line in lines
    ]
