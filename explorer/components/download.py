"""Downloads of what is seen, in the files that the commands write too."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from explorer.words import t

Format = Literal["csv", "xlsx"]
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ICON = {"csv": ":material/download:", "xlsx": ":material/table:"}


def table(headings: Sequence[str], lines: Sequence[Sequence[object]], name: str, key: str) -> None:
    """Offer a table as CSV and as XLSX; the file is written when it is asked for."""
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
                disabled=not lines,
            )


def rows(headings: Sequence[str], lines: Sequence[Sequence[object]]) -> list[dict[str, object]]:
    """Give lines as dicts; a heading that stands twice is numbered, so none is lost."""
    seen: Counter[str] = Counter()
    names = []
    for heading in headings:
        seen[heading] += 1
        names.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return [dict(zip(names, line, strict=True)) for line in lines]


def _writer(
    headings: Sequence[str], lines: Sequence[Sequence[object]], format: Format
) -> Callable[[], bytes]:
    def write() -> bytes:
        from graph.exchange.tables import write_answer  # its libraries only where it is asked for

        out = io.BytesIO()
        write_answer(rows(headings, lines), out, format)
        return out.getvalue()

    return write
