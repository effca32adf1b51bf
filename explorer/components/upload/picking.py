"""Step 1: the file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer import data
from explorer.answers import upload as answers
from explorer.answers.upload import File
from explorer.components import download, parts
from explorer.components.upload.session import KEY, Held, held
from explorer.words import h, lang, num, t, th


def pick() -> Held | None:
    """Draw the area for a file; give the file that is held, from now or from before."""
    kinds = ", ".join(k.removeprefix(".").upper() for k in answers.KINDS)
    left, right = st.columns([0.66, 0.34], gap="large")
    with left:
        uploaded = st.file_uploader(
            t("unggah.area", limit=answers.MAX_MB),
            type=[k.removeprefix(".") for k in answers.KINDS],
            max_upload_size=answers.MAX_MB,
            key="unggah-berkas",
            on_change=_let_go,
        )
        parts.show(
            f'<p class="sp-small">{h(t("unggah.kinds", kinds=kinds))} '
            f"{h(t('unggah.limits', mb=answers.MAX_MB, rows=answers.MAX_ROWS))}</p>"
        )
    with right:
        parts.show(f'<p class="sp-small">{h(t("unggah.template-text"))}</p>')
        said = {r: t(f"unggah.example.{r}") for r in answers.TEMPLATE_ROLES}
        headings, lines = answers.template(lang(), said)
        download.table(headings, lines, t("unggah.template-name"), "unggah-templat")
    if uploaded is not None:
        _take(str(uploaded.file_id), uploaded.name, uploaded.getvalue)
    now = held()
    if now and uploaded is None:
        size = num(len(now.file.data) / 1000, 1)
        parts.show(f"<p>{th('unggah.still', file=now.file.name, size=size)}</p>")
        if st.button(t("unggah.let-go"), key="unggah-lepas", icon=":material/close:"):
            st.session_state.pop(KEY)
            st.rerun()
    return now


def _let_go() -> None:
    """Forget the file that was taken out of the area; another one is read on its own."""
    if st.session_state.get("unggah-berkas") is None:
        st.session_state.pop(KEY, None)


def _take(upload: str, name: str, content: Callable[[], bytes]) -> None:
    """Hold a file that was dropped; the same content under the same name keeps its check."""
    now = held()
    if now and now.upload == upload:
        return
    file = File(answers.safe_name(name), content())
    if now and now.file.digest == file.digest:
        now.upload = upload
        return
    known = data.workspace().sources() if data.workspace().path.exists() else ()
    st.session_state[KEY] = Held(file, answers.first_choices(file, known), upload)
