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
Table = tuple[Sequence[str], Lines]  # headings, lines
MANY = 300  # lines of a table that is folded; more are not made, nor sent, before it is unfolded
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

    def made() -> Table:
        return headings, lines() if callable(lines) else lines

    _buttons(made, name, key, there=bool(lines))  # what makes lines is always true


def folded(title: str, made: Callable[[], Table], n: int, name: str, key: str) -> None:
    """Draw the table of a picture folded, and offer it as files.

    Parameters
    ----------
    made
        Makes the table: of many lines, only when somebody unfolds it or takes a file.
    n
        How many lines there are.
    """
    many = n > MANY
    box = st.expander(title, on_change="rerun" if many else "ignore")
    if box.open or not many:
        box.dataframe(rows(*made()), hide_index=True)
    _buttons(made, name, key, there=n > 0)


def _buttons(made: Callable[[], Table], name: str, key: str, there: bool) -> None:
    formats: tuple[Format, ...] = ("xlsx", "csv")
    with st.container(horizontal=True):
        for format in formats:
            st.download_button(
                t(f"download.{format}"),
                _writer(made, format),
                f"{name}.{format}",
                MIME[format],
                key=f"{key}-{format}",
                icon=ICON[format],
                on_click="ignore",
                disabled=not there,
            )


def rows(headings: Sequence[str], lines: Lines) -> list[dict[str, object]]:
    """Give lines as dicts; a heading that stands twice is numbered, so none is lost."""
    seen: Counter[str] = Counter()
    names = []
    for heading in headings:
        seen[heading] += 1
        names.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return [dict(zip(names, line, strict=True)) for line in lines]


def _writer(made: Callable[[], Table], format: Format) -> Callable[[], bytes]:
    def write() -> bytes:
        from graph.exchange.tables import write_answer  # its libraries only where it is asked for

        out = io.BytesIO()
        write_answer(rows(*made()), out, format)
        return out.getvalue()

    return write
