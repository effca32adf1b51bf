"""What the steps of the upload page have in common: head, numbers, alerts, first lines."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer import data
from explorer.components import download, parts
from explorer.components.upload.session import Held, Said, is_kept
from explorer.words import count, h, lang, t, th

STEPS = ("pick", "map", "check", "differ", "keep")


def head(now: Held | None) -> None:
    """Say what is known of the file so far, and which step comes next."""
    check = now.check if now else None
    if now is None:
        title = t("unggah.title.none")
    elif check is None or check.error:
        title = t("unggah.title.wrong", file=now.file.name)
    elif is_kept(now) and now.kept:
        title = count(
            "unggah.title.kept", check.accepted, file=now.file.name, version=str(now.kept.version)
        )
    elif check.refused:
        title = t(
            "unggah.title.some", n=len(check.lines), accepted=check.accepted, refused=check.refused
        )
    else:
        title = count("unggah.title.all", len(check.lines))
    rests = {t("unggah.fact.workspace"): data.workspace().path.name}
    if now:
        rests |= {t("unggah.fact.file"): now.file.name}
    if data.workspace().current is not None:
        rests |= parts.rests_on(*data.facts())
    parts.head(
        t("page.unggah"),
        title,
        th("unggah.lead-kept" if now and is_kept(now) else "unggah.lead"),
        rests,
    )
    reached = _reached(now)
    items = ""
    for n, step in enumerate(STEPS):
        state = "done" if n < reached else "now" if n == reached else "later"
        current = ' aria-current="step"' if state == "now" else ""
        said = f"<b>{h(t(f'unggah.step.{step}'))}</b><small>{h(t(f'unggah.state.{state}'))}</small>"
        items += f'<li class="{state}"{current}><i>{n + 1}</i><span>{said}</span></li>'
    parts.show(f'<ol class="sp-rail" aria-label="{h(t("unggah.steps"))}">{items}</ol>')


def _reached(now: Held | None) -> int:
    if now is None or now.error:
        return 0
    if now.check is None or now.check.error:
        return 1
    return 5 if is_kept(now) else 4


def step(name: str, remark: str = "") -> None:
    """Head a step with its number."""
    n = STEPS.index(name) + 1
    parts.show(
        f'<h2 class="sp-step"><i>{n}</i><b>{h(t(f"unggah.step.{name}"))}</b>'
        f"<span>{h(remark)}</span></h2>"
    )


def trouble(said: Said) -> None:
    """Say what is wrong, where, and what to do; every word of it is escaped."""
    p = said[lang()]
    lines = [f"<p>{h(parts.sentence(p['problem']))}</p>"]
    if p["expected"]:
        lines.append(f"<p>{h(t('unggah.expected', said=p['expected']))}</p>")
    if p["hint"]:
        lines.append(f"<p><b>{h(t('unggah.next'))}</b> {h(parts.sentence(p['hint']))}</p>")
    lines.append(f'<p class="sp-small">{h(t("unggah.unchanged"))}</p>')
    parts.show(
        f'<div role="alert">{parts.note("wrong", p["where"] or t("unggah.wrong"), "".join(lines))}'
        "</div>"
    )


def first(
    headings: Sequence[str], lines: Sequence[Sequence[object]], most: int, height: int, key: str
) -> None:
    """Draw the first lines of a table, at most so many pixels high; the file holds all."""
    st.dataframe(
        download.rows(headings, lines[:most]),
        hide_index=True,
        height=min(height, 38 + 35 * len(lines)),
        key=key,
        placeholder="",
    )
    if len(lines) > most:
        parts.show(parts.empty(t("unggah.first", n=most), t("unggah.rest-in-file")))


def alert(problem: str, hint: str) -> None:
    """Say what is wrong with what was chosen, and what to do."""
    body = f"<p>{h(problem)}</p><p><b>{h(t('unggah.next'))}</b> {h(hint)}</p>"
    body += f'<p class="sp-small">{h(t("unggah.unchanged"))}</p>'
    parts.show(f'<div role="alert">{parts.note("wrong", t("unggah.wrong"), body)}</div>')
