"""Pieces of the reports page: the list of questions, an answer as bars, table and files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from explorer import data
from explorer.answers import reports as answers
from explorer.components import download, fields, parts
from explorer.words import count, date, h, lang, num, t, th
from graph.errors import BrokenQuery, MissingParameter, SimpulError, UnknownReport
from graph.reports import Parameter, Report
from graph.schema.core import Code
from graph.store.graph_store import ROW_LIMIT, TIMEOUT, Answer

MOST = 50  # rows with links; the table of all rows has none
LONGEST = 160
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?")
Codes = Mapping[str, type[Code]]


def limits() -> str:
    """Say what holds for every question."""
    text = th("laporan.limits", seconds=int(TIMEOUT), most=ROW_LIMIT)
    return parts.note("rule", t("laporan.limits-title"), f'<p class="sp-small">{text}</p>')


def examples(found: Iterable[Report]) -> str:
    """Lead from each prepared question to its text in the editor."""
    items = (
        f"<li>{_editor(r, r.question[lang()], {p.name: p.default for p in r.parameters})}</li>"
        for r in found
    )
    return f'<ul class="sp-list">{"".join(items)}</ul>'


def _editor(report: Report, said: str, values: Mapping[str, Any]) -> str:
    given = {fields.PREFIX + name: fields.written(v) for name, v in values.items()}
    return parts.link(said, "laporan", mode="tulis", dari=report.name, **given)


def answered(report: Report) -> None:
    """Draw a prepared question: its values, its answer, its text."""
    text = answers.body(report.text)
    meanings = answers.compared(text)
    top = st.container()
    chosen = fields.values(report.parameters, meanings, report.name)
    answer, error = ask(report.text, chosen)
    with top:
        lead = standing(answer) if answer else th("laporan.failed")
        parts.head(t("page.laporan"), report.question[lang()], lead, facts(answer, report.name))
    if error:
        parts.show(wrong(text, error))
    if answer and answer.rows:
        labels = {c.name: c.label[lang()] for c in report.columns}
        result(answer, labels, answers.codes(text), report.name)
    elif answer:
        defaults = {p.name: p.default for p in report.parameters}
        parts.show(nothing(answer, chosen, defaults, report.parameters, meanings))
    st.space("small")
    parts.heading(t("laporan.text"), t("laporan.text-remark"))
    st.code(text, language="cypher")
    there = _editor(report, t("laporan.open"), chosen)
    same = answers.command(
        report.name, {k: v for k, v in chosen.items() if v != _default(report, k)}
    )
    parts.show(f"<p>{there}</p><p>{h(t('laporan.same'))} <code>{h(same)}</code></p>")


def ask(text: str, parameters: Mapping[str, Any]) -> tuple[Answer | None, SimpulError | None]:
    """Give the answer of a question, or what is wrong with it."""
    try:
        with st.spinner(t("laporan.running")):
            return data.answer(text, dict(parameters)), None
    except SimpulError as e:
        return None, e


def wrong(text: str, error: SimpulError) -> str:
    """Say what is wrong with a text and where; the engine's own words are quoted as they are."""
    said = error.parts(lang())
    lines = []
    if type(error) is BrokenQuery:
        lines.append(f"<p>{h(t('laporan.wrong.broken'))}</p>")
        lines.append(
            f"<p>{h(t('laporan.wrong.engine'))} <q lang=en>{h(answers.engine_words(error))}</q></p>"
        )
        hint = t("laporan.wrong.hint")
    else:
        lines.append(f"<p>{h(parts.sentence(said['problem']))}</p>")
        if said["expected"]:
            lines.append(f"<p>{h(t('laporan.wrong.expected', said=said['expected']))}</p>")
        own = {MissingParameter: "value", UnknownReport: "choose"}.get(type(error))
        hint = t(f"laporan.wrong.{own}") if own else parts.sentence(said["hint"])
    title = t("laporan.wrong.title")
    mark = answers.found_place(text, error, "")
    if mark and text[mark.start : mark.end].strip():
        line, column = answers.line_and_column(text, mark.start)
        word = text[mark.start : mark.end]
        title = t("laporan.wrong.place", line=str(line), column=str(column), word=word)
        if type(error) is BrokenQuery and (near := answers.meant(word)):
            hint = t("laporan.wrong.meant", word=near)
    if hint:
        lines.append(f"<p><b>{h(t('laporan.wrong.next'))}</b> {h(hint)}</p>")
    return f'<div role="alert">{parts.note("wrong", title, "".join(lines))}</div>'


def short(error: SimpulError) -> str:
    """Say in one sentence what is wrong, for the mark in the editor."""
    if type(error) is BrokenQuery:
        return f"{t('laporan.wrong.broken')} {answers.engine_words(error)}"
    return parts.sentence(error.parts(lang())["problem"])


def _default(report: Report, name: str) -> Any:
    return next(p.default for p in report.parameters if p.name == name)


def standing(answer: Answer) -> str:
    """Say how many rows an answer has and whether they are all, as HTML."""
    if answer.complete:
        return th(f"laporan.rows.{'one' if len(answer.rows) == 1 else 'many'}", n=len(answer.rows))
    if answer.columns:
        return th("laporan.cut", n=len(answer.rows))
    return th("laporan.stopped", seconds=int(TIMEOUT))


def facts(answer: Answer | None, name: str) -> dict[str, str]:
    """Say what an answer rests on, and whether it was cut."""
    if answer is None:
        cut = {}
    else:
        cut = {t("laporan.whole"): t("laporan.yes" if answer.complete else "laporan.no")}
    return {t("laporan.name"): name} | cut | parts.rests_on(*data.facts())


def result(answer: Answer, labels: Mapping[str, str], closed: Codes, name: str) -> None:
    """Draw an answer with rows: bars where there is a name and an amount, table, files.

    Parameters
    ----------
    labels
        Column → what it is called; a column that is not in it is called by its name.
    closed
        Column → the closed list of its values.
    """
    titles = [labels.get(c, c) for c in answer.columns]
    if found := answers.bars(answer.columns, answer.rows):
        shown = count("laporan.top", len(found.rows), of=found.of)
        parts.heading(labels.get(found.amount, found.amount), shown)
        parts.show(bars(found))
        st.space("small")
    whole = len(answer.rows) <= MOST
    remark = "" if whole else t("laporan.first", n=MOST, of=len(answer.rows))
    parts.heading(t("laporan.table"), remark)
    parts.show(table(answer, labels, closed))

    def lines() -> list[list[object]]:
        return [[r[c] for c in answer.columns] for r in answer.rows]

    if not whole:
        n = len(answer.rows)
        many = n > download.MANY
        box = st.expander(t("laporan.all-rows", n=n), on_change="rerun" if many else "ignore")
        if box.open or not many:
            box.dataframe(download.rows(titles, [[_flat(v) for v in line] for line in lines()]))
    with st.container(horizontal=True, key="files"):
        download.table(titles, lines, name, "laporan-unduh")
        st.download_button(
            t("laporan.json"),
            lambda: json.dumps(answer.rows, ensure_ascii=False, indent=1).encode(),
            f"{name}.json",
            "application/json",
            key="laporan-unduh-json",
            icon=":material/data_object:",
            on_click="ignore",
        )


def bars(found: answers.Bars) -> str:
    """Draw the largest amounts; the table below holds all."""
    most = max((abs(v) for _, v in found.rows), default=0) or 1
    items = "".join(
        f'<li><span>{h(label)}</span><i style="--w:{100 * max(v, 0) / most:.1f}%"></i>'
        f"<b>{h(_amount(v))}</b></li>"
        for label, v in found.rows
    )
    return f'<ol class="sp-bars">{items}</ol>'


def table(answer: Answer, labels: Mapping[str, str], closed: Codes) -> str:
    """Draw the first rows; a name leads to what has it, where the answer holds its id."""
    rows = answer.rows[:MOST]
    kinds = data.kinds(tuple({id for r in rows for v in r.values() for id in answers.texts_in(v)}))
    shown = answers.shown(answer.columns)
    numbers = {s.name: _digits(rows, s.name) for s in shown if _has_number(rows, s.name)}
    columns = [(labels.get(s.name, s.name), "num" if s.name in numbers else "") for s in shown]
    cells = [
        [
            h(num(r[s.name], numbers[s.name]))
            if _is_number(r[s.name])
            else _cell(r[s.name], r[s.id] if s.id else None, kinds, closed.get(s.name))
            for s in shown
        ]
        for r in rows
    ]
    return parts.table(columns, cells, form="stack answer")


def _cell(value: Any, id: Any, kinds: Mapping[str, str], closed: type[Code] | None) -> str:
    if value is None:
        return parts.unknown()
    if isinstance(value, bool):
        return h(t("laporan.yes" if value else "laporan.no"))
    if _is_number(value):
        return h(_amount(value))
    if isinstance(value, list | tuple):
        return "; ".join(_cell(v, None, kinds, closed) for v in value) or parts.unknown()
    if isinstance(value, Mapping):
        id, value = value.get("id"), value.get("name") or value.get("id") or _flat(value)
    text = str(value)
    if closed and text in list(closed):
        return h(closed.of(text).label(lang()))
    target = id if isinstance(id, str) else text
    said = date(text) if MONTH.fullmatch(text) else parts.cut(text, LONGEST)
    return parts.to_node(said, kinds[target], target) if target in kinds else h(said)


def nothing(
    answer: Answer,
    chosen: Mapping[str, Any],
    defaults: Mapping[str, Any],
    parameters: Sequence[Parameter],
    meanings: Mapping[str, answers.Meaning],
) -> str:
    """Say that no row came and which value to relax, or that the question was stopped."""
    if not answer.complete:
        return parts.empty(t("laporan.stopped-title"), t("laporan.stopped-hint"))
    labels = {p.name: fields.label(p, meanings.get(p.name)) for p in parameters}
    said = [
        t("laporan.relax", label=labels.get(n, f"${n}"), value=_told(chosen[n], meanings.get(n)))
        for n in answers.relaxable(chosen, defaults)
    ]
    return parts.empty(t("laporan.empty"), " ".join(said) or t("laporan.empty-hint"))


def _told(value: Any, meaning: answers.Meaning | None) -> Any:
    """Write the value of a parameter as people read it."""
    names = data.choices(*meaning, lang()) if meaning else None
    return _flat((names or {}).get(value, value) if isinstance(value, str) else value)


def _flat(value: Any) -> Any:
    if isinstance(value, bool):
        return t("laporan.yes" if value else "laporan.no")
    if value is None or isinstance(value, str | int | float):
        return value if value != "" else "–"
    return json.dumps(value, ensure_ascii=False)


def _has_number(rows: Sequence[Mapping[str, Any]], column: str) -> bool:
    return any(_is_number(r[column]) for r in rows)


def _digits(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    """Give the digits after the point that all amounts of a column are written with."""
    parts_of_one = any(isinstance(v := r[column], float) and v % 1 for r in rows)
    return 2 if parts_of_one else 0


def _amount(value: float) -> str:
    return num(value, 2) if isinstance(value, float) and value != int(value) else num(int(value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
