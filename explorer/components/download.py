"""Downloads of what is seen, in the files that the commands write too."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from explorer.words import t

Format = Literal["csv", "xlsx"]
Lines = Sequence[Sequence[object]]
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ICON = {"csv": ":material/download:", "xlsx": ":material/table:"}


def table(headings: Sequence[str], lines: Lines | Callable[[], Lines], name: str, key: str) -> None:
    """Offer a table as CSV and as XLSX; the file is written when it is asked for.

    Parameters
    ----------
    lines
        The lines, or what makes them: many are made only for a download.
    """
    formats: tuple[Format, ...] = ("xlsx", "csv")
    with st.container(horizontal=True):
        for format in formats:
            st.download_button(
                t(f"download.{format}"),
                _writer(headings, lines, format),
                f"{name}.{format}",
                MIME[format],
                key=f"{key}-{format}",
                icon=ICON[format],
                on_click="ignore",
                disabled=not lines,  # what makes lines is always true
            )


def rows(headings: Sequence[str], lines: Lines) -> list[dict[str, object]]:
    """Give lines as dicts; a heading that stands twice is numbered, so none is lost."""
    seen: Counter[str] = Counter()
    names = []
    for heading in headings:
        seen[heading] += 1
        names.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return [dict(zip(names, line, strict=True)) for line in lines]


def _writer(
    headings: Sequence[str], lines: Lines | Callable[[], Lines], format: Format
) -> Callable[[], bytes]:
    def write() -> bytes:
        from graph.exchange.tables import write_answer  # its libraries only where it is asked for

        out = io.BytesIO()
        made = lines() if callable(lines) else lines
        write_answer(rows(headings, made), out, format)
        return out.getvalue()

    return write
