"""Step 5: what is said of the source, the commit, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from explorer import data
from explorer.answers import upload as answers
from explorer.answers.upload import Check, Kept
from explorer.components import parts
from explorer.components.upload.frame import trouble
from explorer.components.upload.session import Held, by_language, choose, is_kept
from explorer.words import count, h, t, th
from graph.errors import SimpulError


def about(now: Held, check: Check) -> None:
    """Draw what is said of the source as a whole."""
    m, c = check.mapping, now.choices
    file = f"unggah-{now.file.digest}"
    key = f"{file}-{c.slug}"
    found = {"title": m.title_id, "publisher": m.publisher, "as_of": m.as_of} if m else {}
    start = {k: getattr(c, k) if getattr(c, k) is not None else v for k, v in found.items()}
    start_region = (c.region if c.region is not None else m and m.region) or ""
    names = {"": t("unggah.source.no-region")} | data.region_names()
    left, right = st.columns(2, gap="large")
    said: dict[str, str] = {}
    with left:
        said["title"] = st.text_input(
            t("unggah.source.title"), start.get("title") or "", key=f"{key}-judul"
        )
        slug = st.text_input(
            t("unggah.source.slug"),
            c.slug,
            key=f"{file}-slug",
            help=t("unggah.source.slug-help"),
        )
    with right:
        said["publisher"] = st.text_input(
            t("unggah.source.publisher"), start.get("publisher") or "", key=f"{key}-penerbit"
        )
        said["as_of"] = st.text_input(
            t("unggah.source.as-of"),
            start.get("as_of") or "",
            key=f"{key}-keadaan",
            placeholder="2025-09",
        )
        chosen_region = said["region"] = st.selectbox(
            t("unggah.source.region"),
            list(names),
            index=list(names).index(start_region) if start_region in names else 0,
            format_func=lambda r: f"{r} {names[r]}" if r else names[r],
            key=f"{key}-wilayah",
        )
        if check.region_guess and chosen_region == check.region_guess:
            guess = parts.how("assumed", t("unggah.source.guess"))
            said_guess = h(t("unggah.source.guess-text", region=names[check.region_guess]))
            parts.show(f'<p class="sp-small">{guess} {said_guess}</p>')
        if check.homeless and not chosen_region:
            body = f"<p>{h(t('unggah.homeless-text'))}</p>"
            title = count("unggah.homeless", check.homeless)
            parts.show(f'<div role="status">{parts.note("open", title, body)}</div>')
    have = {k: v or "" for k, v in found.items()} | {"region": (m and m.region) or ""}
    changed = {
        k: v.strip()
        for k, v in said.items()
        if getattr(c, k) is not None or (m is not None and v.strip() != have[k])
    }
    choose(now, slug=slug.strip(), **changed)


def commit(now: Held, check: Check) -> None:
    """Draw the button that loads the file, and what came of it.

    Once a file is loaded the button says so; pressing it again is answered too.
    """
    if not check.accepted:
        parts.show(parts.empty(t("unggah.nothing"), t("unggah.nothing-hint")))
        return
    if is_kept(now):
        assert now.kept
        said = t("unggah.is-kept", version=str(now.kept.version))
        pressed = st.button(said, key="go-unggah-simpan", icon=":material/check:")
        parts.show(f'<p class="sp-small">{h(t("unggah.again"))}</p>')
    else:
        said = count("unggah.commit", check.accepted)
        pressed = st.button(said, type="primary", key="go-unggah-simpan")
    if pressed:
        now.trouble, now.undone = None, None
        _write(lambda: _keep(now, check), now)
    now.drawn = now.choices, check
    if now.trouble:
        trouble(now.trouble)
        parts.show(f'<p class="sp-small">{h(t("unggah.held"))}</p>')
    elif now.undone is not None:
        parts.show(parts.note("keep", t("unggah.undone"), h(t("unggah.version", n=now.undone))))
    elif now.kept:
        _kept(now, now.kept)


def _keep(now: Held, check: Check) -> None:
    """Load what was on the screen when it was pressed: `check` may be newer, and unseen."""
    choices, seen = now.drawn or (now.choices, check)
    now.drawn, seen = None, seen if choices == now.choices else check
    done = answers.keep(data.workspace(), now.file, now.choices, seen)
    before = now.kept
    # a second press changes nothing, and what the first one did can still be taken back
    now.kept = done
    if before and not done.changed and before.changed and before.version == done.version:
        now.kept = replace(done, before=before.before)


def outcome(now: Held | None) -> None:
    """Say on top what the last press did."""
    if now is None or not is_kept(now) or now.kept is None:
        return
    kept = now.kept
    if not kept.changed:
        text = t("unggah.no-change", version=str(kept.version))
        note = parts.note("keep", t("unggah.no-change-title"), f"<p>{h(text)}</p>")
    else:
        links = [
            parts.link(t("unggah.to.overview"), ""),
            parts.link(count("unggah.to.findings", len(kept.findings)), "temuan"),
            parts.link(t("unggah.to.source"), "profil", app=kept.node),
        ]
        body = f"<p>{th('unggah.done-text', version=str(kept.version), **kept.counts)}</p>"
        body += "<p>" + " · ".join(links) + "</p>"
        note = parts.note("keep", t("unggah.done", file=now.file.name), body)
    parts.show(f'<div role="status">{note}</div>')


def _kept(now: Held, kept: Kept) -> None:
    if kept.before != kept.version:
        was = str(kept.before) if kept.before is not None else None
        said = t("unggah.undo-text", version=was) if was else t("unggah.undo-first")
        parts.show(f'<p class="sp-small">{h(said)}</p>')
        if st.button(t("unggah.undo"), key="unggah-batal", icon=":material/undo:"):
            _write(lambda: _undo(now, kept), now)


def _undo(now: Held, kept: Kept) -> None:
    now.undone = answers.take_back(data.workspace(), kept)
    now.kept = None


def _write(change: Callable[[], None], now: Held) -> None:
    """Change the workspace; where it cannot be done the checked file is kept."""
    try:
        with st.spinner(t("unggah.writing"), show_time=True):
            change()
    except SimpulError as e:
        now.trouble = by_language(e)
    st.rerun()
