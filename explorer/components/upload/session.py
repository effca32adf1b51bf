"""The file that a session looks at, kept through clicks and pages, and its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from explorer import data
from explorer.answers import upload as answers
from explorer.answers.upload import Check, Choices, Effect, File, Kept
from explorer.words import t
from graph.errors import SimpulError
from graph.texts import LANGUAGES

KEY = "unggah"  # of the session: what is held while a person looks at other pages
Said = Mapping[str, Mapping[str, str]]  # language → parts of an error


@dataclass
class Held:
    """The file that is looked at, and all that was found out about it."""

    file: File
    choices: Choices
    upload: str = ""  # which drop into the area it came from
    check: Check | None = None
    seen: tuple[str, Choices, int | None] | None = None  # what the check was made of
    error: Said | None = None
    effect: tuple[str, Effect] | None = None  # in which language
    kept: Kept | None = None
    trouble: Said | None = None  # of the last attempt to write
    undone: int | None = None
    drawn: tuple[Choices, Check] | None = None  # the check that is on the screen


def held() -> Held | None:
    """Give the file that this session looks at."""
    found: Held | None = st.session_state.get(KEY)
    return found


def is_kept(now: Held) -> bool:
    """Say whether what is on the screen was loaded, and is the last thing that happened."""
    return bool(now.kept) and not now.trouble and now.undone is None


def look(now: Held) -> None:
    """Check the file, unless it was checked under these choices against this version."""
    asked = (now.file.digest, now.choices, data.workspace().current)
    if now.seen == asked:
        return
    now.check, now.error, now.effect = None, None, None
    try:
        with st.spinner(t("unggah.checking"), show_time=True):
            now.check = answers.examine(data.workspace(), now.file, now.choices)
    except SimpulError as e:
        now.error = by_language(e)
    now.seen = asked


def choose(now: Held, **said: object) -> None:
    """Take over what a person chose; the check follows it at once."""
    wanted = replace(now.choices, **said)  # type: ignore[arg-type]
    if wanted != now.choices:
        now.choices, now.kept, now.trouble, now.undone = wanted, None, None, None
        st.rerun()


def by_language(e: SimpulError) -> Said:
    """Give an error in every language: a person may change it while the error stands."""
    return {code: e.parts(code) for code in LANGUAGES}
