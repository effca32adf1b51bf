"""One form for every judgement: what is decided, why, by whom; and taking it back.

Whoever presses save decided on what the form showed. If another judgement holds by then, nothing
is overruled unseen: the page says who decided what, and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from explorer import data
from explorer.components import parts
from explorer.words import date, h, known, t
from graph.errors import SimpulError

IDENTITY = ("same", "different", "unsure")
OPEN = "unsure"  # a judgement that leaves the question open


class Ask(NamedTuple):
    """What a form asks.

    Parameters
    ----------
    page
        The start of the keys of its widgets; two forms on one page need two.
    about
        The ids that the judgement is about, in the order of `judge`.
    decisions
        The words to choose from.
    title
        Key of the sentence on top.
    saved, undone
        Keys of the sentences that say what follows when a judgement is made, or taken back.
    """

    page: str
    about: tuple[str, ...]
    decisions: Sequence[str]
    title: str = "verdict.title"
    saved: str = "judging.saved"
    undone: str = "judging.undone"


def judging(ask: Ask) -> None:
    """Draw the judgement that holds, with its undo, or the form that takes one."""
    _follow(ask)
    held = data.decided(*ask.about)
    tell(ask.page)
    late = _late(ask, held.id if held else None)
    if held:
        said = t("verdict.said", by=held.by, at=date(held.at))
        decided = h(word(held.decision))
        body = f"<p>{decided}: “{h(held.why)}”</p><p class='sp-small'>{h(said)}</p>"
        parts.show(parts.note("open" if held.decision == OPEN else "keep", t("verdict.held"), body))
        _take_back(ask, held.id)
    if held is None or held.decision == OPEN or late:
        _form(ask, held.id if held else None)


def tell(page: str) -> None:
    """Say once what was written; a page says it on top where the form itself goes."""
    if message := st.session_state.pop(f"{page}-tersimpan", None):
        st.success(message, icon=":material/check:")


def _follow(ask: Ask) -> None:
    """Empty the form where the page turned to something else; the name of the person stays."""
    key = f"{ask.page}-tentang"
    if st.session_state.get(key, ask.about) != ask.about:
        st.session_state[f"{ask.page}-putusan"] = None
        st.session_state[f"{ask.page}-alasan"] = ""
        for left in ("lihat", "terlambat", "milik"):
            st.session_state.pop(f"{ask.page}-{left}", None)
    st.session_state[key] = ask.about


def _late(ask: Ask, held: str | None) -> bool:
    """Say whether somebody else decided while this form was open; then it stays open."""
    state, page = st.session_state, ask.page
    if state.get(_save(page)) and held not in (state.get(f"{page}-lihat"), state.get(_own(page))):
        state[f"{page}-terlambat"] = held
    return held is not None and state.get(f"{page}-terlambat") == held


def _save(page: str) -> str:
    return f"go-save-{page}"


def _own(page: str) -> str:
    return f"{page}-milik"


def _form(ask: Ask, held: str | None) -> None:
    page, state = ask.page, st.session_state
    seen = state.get(f"{page}-lihat") if state.get(_save(page)) else held
    with st.form(f"verdict-{page}", border=True):
        parts.show(f"<div class='sp-title'>{h(t(ask.title))}</div>")
        decision = st.radio(
            t(ask.title),
            ask.decisions,
            index=None,
            format_func=word,
            captions=[_follows(d) for d in ask.decisions],
            label_visibility="collapsed",
            key=f"{page}-putusan",
        )
        why = st.text_area(
            t("verdict.why"), placeholder=t("verdict.example"), height=96, key=f"{page}-alasan"
        )
        by = st.text_input(t("verdict.by"), key=f"{page}-nama")
        sent = st.form_submit_button(
            t("verdict.save"), type="primary", width="stretch", key=_save(page)
        )
    state[f"{page}-lihat"] = held
    if not sent or not _all_there(decision=decision or "", why=why, by=by):
        return
    if held is not None and held == state.get(_own(page)):  # the same press, twice
        return

    def change() -> str:
        return data.judge(str(decision), ask.about, why.strip(), by.strip(), seen)

    _write(ask, change, ask.saved)


def word(decision: str) -> str:
    """Name a decision, on a finding, a pair or a member."""
    key = f"verdict.{decision}"
    return t(key) if known(key) else parts.sentence(t(f"disposition.{decision}"))


def _follows(decision: str) -> str:
    key = f"judging.follows.{decision}"
    return t(key) if known(key) else ""


def _take_back(ask: Ask, judgement: str) -> None:
    """Draw the form that takes a judgement back: it asks who does, as the judgement did."""
    with st.form(f"undo-{ask.page}", border=False):
        by = st.text_input(t("verdict.by"), key=f"{ask.page}-pembatal")
        sent = st.form_submit_button(
            t("verdict.undo"), key=f"{ask.page}-batal", icon=":material/undo:"
        )
    if sent and _all_there(by=by):
        _write(ask, lambda: data.undo(judgement, by.strip()), ask.undone)


def _all_there(**answers: str) -> bool:
    """Say which answers of a form are missing; tell whether none is."""
    missing = [key for key, answer in answers.items() if not answer.strip()]
    if missing:
        st.error("\n\n".join(t(f"verdict.missing.{key}") for key in missing))
    return not missing


def _write(ask: Ask, change: Callable[[], str | None], message: str) -> None:
    """Change the workspace; say why where it cannot be done."""
    try:
        with st.spinner(t("verdict.building")):
            made = change()
    except SimpulError as e:
        parts.show(parts.wrong(e))
    else:
        st.session_state[_own(ask.page)] = made
        said = t(message, version=str(data.here().number))
        st.session_state[f"{ask.page}-tersimpan"] = said
        st.rerun()
