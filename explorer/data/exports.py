"""The files of the export page: made on a click, few kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import RLock
from typing import Any, BinaryIO, cast

import streamlit as st

from explorer.answers import exports
from explorer.data.core import here, per_version
from explorer.data.overview import survey
from graph.exchange.selection import Profile
from graph.store.workspace import Version

MOST_FILES = 6  # kept on disk
_one_at_a_time = RLock()
Kept = tuple[exports.Made, BinaryIO]


@st.cache_resource(show_spinner=False)
def _files() -> dict[tuple[Any, ...], Kept]:
    """Give what was made, the oldest one first.

    The files have no name: the system takes them back however the server ends.
    """
    return {}


@per_version
def amounts(v: Version, profile: Profile, agency: str | None) -> exports.Amounts:
    """Count what an export of this choice holds."""
    return exports.amounts(v.landscape, profile, agency, survey().applications)


def made(format: str, profile: Profile, agency: str | None, lang: str) -> exports.Made | None:
    """Say what the file of an export is, if it was made already."""
    kept = _files().get(_of_file(format, profile, agency, lang))
    return kept[0] if kept else None


def make(format: str, profile: Profile, agency: str | None, lang: str) -> Kept:
    """Make the file of an export, one at a time; what was made before is not made again."""
    found, key = _files(), _of_file(format, profile, agency, lang)
    with _one_at_a_time:
        if key not in found:
            while len(found) >= MOST_FILES:
                found.pop(next(iter(found)))[1].close()
            L = here().landscape
            kept = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - open as long as it is kept
            with TemporaryDirectory(prefix="simpul-") as place:
                written = exports.make(
                    L, format, Path(place), profile=profile, agency=agency, lang=lang
                )
                with written.path.open("rb") as source:
                    shutil.copyfileobj(source, kept)
            found[key] = written, kept
        return found[key]


def file(format: str, profile: Profile, agency: str | None, lang: str) -> bytes:
    """Give the bytes of an export; made first where it is not there."""
    with _one_at_a_time:
        kept = make(format, profile, agency, lang)[1]
        kept.seek(0)
        return kept.read()


def _of_file(format: str, profile: Profile, agency: str | None, lang: str) -> tuple[Any, ...]:
    v = here()
    words = lang if format == "xlsx" else ""
    return str(v.path), v.manifest["sha256"], format, profile, agency, words
