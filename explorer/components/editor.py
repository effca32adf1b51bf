"""The editor for questions in Cypher, and what the session remembers of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import streamlit as st

from explorer.answers import reports as answers
from explorer.answers.reports import Mark
from explorer.components import fields, parts, reports
from explorer.frontend import component
from explorer.words import count, lang, t, th
from graph.errors import RefusedQuery, SimpulError, UnknownReport
from graph.reports import Parameter, report
from graph.reports import reports as prepared
from graph.store.graph_store import Answer
from graph.store.portable import lint
from graph.texts import LANGUAGES

LONGEST = 1000  # characters of a text that is put into the address
HTML = (
    '<div class="cy"><div class="cy-host"></div><div class="cy-foot">'
    '<button type="button" class="cy-run"></button><span class="cy-hint" id="cy-hint"></span>'
    "</div></div>"
)
FIRST = """MATCH (a:Application)-[:PERFORMS]->(f:Function)
WHERE a.kind = 'system'
RETURN f.id AS function_id, f.name AS function, count(DISTINCT a.id) AS applications
ORDER BY applications DESC, function_id
LIMIT 25"""
TEXT, RUN, REVISION, SEEN = "tulis-teks", "tulis-jalan", "tulis-revisi", "tulis-alamat"
_editor = component("cypher", html=HTML, css="cypher.css")


def asked() -> None:
    """Draw the editor, fields for the parameters of its text, and the answer."""
    top, values, written, below = (st.container() for _ in range(4))
    text = _text()
    names = answers.parameters(text)
    meanings = answers.compared(text)
    unnamed = [Parameter(n, fields.ANY, "", dict.fromkeys(LANGUAGES, f"${n}")) for n in names]
    with values:
        chosen = fields.values(unnamed, meanings, "tulis") if names else {}
    ran = st.session_state.get(RUN)
    given = {n: chosen.get(n, "") for n in answers.parameters(ran or "")}
    answer, error = reports.ask(ran, given) if ran else (None, None)
    refused = isinstance(error, RefusedQuery)
    remarks = [] if not ran or refused else [(r.word, r.text(lang())) for r in lint(ran)]
    with top:
        head(answer, error)
    with written:
        draw(names, _marks(ran or "", error, remarks))
        if error:
            parts.show(reports.wrong(ran or "", error))
        if remarks:
            items = parts.bullets(dict.fromkeys(said for _, said in remarks))
            parts.show(parts.note("open", t("tulis.portable"), items))
    with below:
        if answer and answer.rows:
            reports.result(answer, {}, {}, t("tulis.file"))
        elif answer:
            parts.show(reports.nothing(answer, given, {}, unnamed, meanings))
        elif not error:
            parts.show(parts.empty(t("tulis.not-run"), t("tulis.not-run-hint")))


def head(answer: Answer | None, error: SimpulError | None) -> None:
    """Say what the editor is for, or what came of the text that was run."""
    lead = th("tulis.failed" if error else "tulis.lead")
    title = t("tulis.title")
    if answer:
        lead = reports.standing(answer)
        if answer.rows:
            title = count("tulis.answered", len(answer.rows))
        elif answer.complete:
            title = t("tulis.answered.none")
    parts.head(t("page.laporan"), title, lead, reports.facts(answer, t("tulis.name")))


def _marks(text: str, error: SimpulError | None, remarks: Sequence[tuple[str, str]]) -> list[Mark]:
    found = [answers.place(text, error, reports.short(error))] if error else []
    warned = (answers.at_word(text, word, "warning", said) for word, said in remarks)
    return found + [m for m in warned if m]


def _text() -> str:
    """Give the text in the editor; an address that names another one replaces it, and runs it."""
    state, query = st.session_state, st.query_params
    wanted = (query.get("q"), query.get("dari"))
    state.setdefault(TEXT, FIRST)
    if any(wanted) and wanted != state.get(SEEN):
        _replace(wanted[0] or _prepared(wanted[1] or ""))
    state[SEEN] = wanted
    return str(state[TEXT])


def _prepared(name: str) -> str:
    try:
        return answers.body(report(name).text)
    except UnknownReport as e:
        parts.show(reports.wrong("", e))
        return str(st.session_state[TEXT])


def _replace(text: str) -> None:
    st.session_state[TEXT] = st.session_state[RUN] = text
    st.session_state[REVISION] = st.session_state.get(REVISION, 0) + 1


def draw(parameters: Sequence[str], marks: Sequence[Mark]) -> None:
    """Draw the editor with its marks; when a text is run, keep it and run the page again."""
    shown = [
        {"from": m.start, "to": m.end, "severity": m.severity, "message": m.message} for m in marks
    ]
    made = _editor(
        key="tulis-editor",
        data={
            "text": st.session_state[TEXT],
            "revision": st.session_state.get(REVISION, 0),
            "marks": shown,
            "marked": hashlib.sha256(repr((shown, st.session_state.get(RUN))).encode()).hexdigest()[
                :16
            ],
            "settings": _settings(parameters),
            "words": {k: t(f"tulis.{k}") for k in ("label", "placeholder", "run", "hint")},
        },
        on_text_change=_typed,
        on_run_change=_ran,
    )
    del made  # what it says arrives in the two calls before the page runs


def _settings(parameters: Sequence[str]) -> dict[str, Any]:
    snippets = [
        {"name": r.name, "question": r.question[lang()], "text": answers.body(r.text)}
        for r in prepared()
    ]
    return answers.vocabulary(lang()) | {"parameters": list(parameters), "snippets": snippets}


def _typed() -> None:
    if (typed := _said("text")) is not None:
        st.session_state[TEXT] = str(typed)


def _ran() -> None:
    if not (said := _said("run")):
        return
    text = str(said["text"])
    st.session_state[TEXT] = st.session_state[RUN] = text
    st.query_params.pop("dari", None)
    if len(text) <= LONGEST:
        st.query_params["q"] = text
    else:
        st.query_params.pop("q", None)
    st.session_state[SEEN] = (st.query_params.get("q"), None)


def _said(what: str) -> Any:
    return (st.session_state.get("tulis-editor") or {}).get(what)
