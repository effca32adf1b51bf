"""Files that the upload page hands out: a template, refused rows to mend, the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.answers.upload.model import REFUSED, Check
from graph.texts import LANGUAGES
from ingest.footers import EXAMPLES
from ingest.mapping import headings, mapping_text

TEMPLATE_ROLES = (
    "name",
    "description",
    "owner",
    "reporting_unit",
    "address",
    "status",
    "platform",
    "scope",
    "code",
)


def template(lang: str, said: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Give the headings that are read best, and one row that says it is an example.

    Parameters
    ----------
    said
        Role → what the example row says.
    """
    mark = EXAMPLES[LANGUAGES.index(lang)]
    words = headings()["inventory"]
    best = [words[r][0] for r in TEMPLATE_ROLES]
    row = [f"{mark} {said[r]}" if r == "name" else said.get(r, "") for r in TEMPLATE_ROLES]
    return [w.capitalize() if w.islower() else w for w in best], [row]


def mended(
    check: Check, titles: tuple[str, str, str], lang: str
) -> tuple[list[str], list[list[Any]]]:
    """Give the refused rows with their cells, to be mended and uploaded again."""
    heads = [*titles, *check.headings]
    rows = [
        [line.row, line.reason[lang], line.hint[lang], *(line.cells.get(h) for h in check.headings)]
        for line in check.lines
        if line.result == REFUSED
    ]
    return heads, rows


def source_yml(check: Check, lang: str) -> str:
    """Give the mapping as a file that `simpul load` takes."""
    return mapping_text(check.mapping, lang) if check.mapping else ""
