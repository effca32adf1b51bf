"""Every sentence of the pages is asked for somewhere; a page that goes takes its own along."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from explorer.words import texts
from graph.reference import function_groups
from ingest.sources import transforms
from tests.explorer.pages import ROOT

ROOMS = ("explorer", "graph", "ingest", "commands")
WORD = r"([\w-]+)"  # a part of a key that is made at run time
PLURAL = re.compile(r"\.(?:one|many)$")
MADE_WHOLE = {  # keys of which even the first part is made at run time
    "family.govern", "family.serve", "family.people", "family.economy", "family.works",
    "family.emergency", "standing.indicated", "standing.accepted", "standing.none",
}  # fmt: skip


@cache
def strings() -> tuple[frozenset[str], frozenset[str]]:
    """Give every text of our code, and every one with holes in it as a pattern."""
    whole: set[str] = set()
    holed: set[str] = set()
    for path in [ROOT / "app.py", *(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                holed |= set(_patterns(node))
    return frozenset(whole), frozenset(holed)


def _patterns(node: ast.JoinedStr) -> Iterator[str]:
    parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
    if re.match(r"[a-z-]+\.", str(parts[0] or "")):
        yield "".join(WORD if p is None else re.escape(str(p)) for p in parts)


@cache
def words() -> frozenset[str]:
    """Give what may fill a hole: texts of the code and their parts, groups, kinds of source."""
    parts = {w for text in strings()[0] for w in (text, *re.split(r"[:.]", text))}
    return frozenset({*parts, *function_groups(), *transforms()})


def is_asked(key: str) -> bool:
    """Tell whether code holds the key; what fills a hole of it stands there as well."""
    whole, holed = strings()
    for said in {key, PLURAL.sub("", key), re.sub(r"\.(?:name|use)$", "", key)}:
        if said in whole:
            return True
        for pattern in holed:
            found = re.fullmatch(pattern, said)
            if found and all(w in words() or w.isdigit() for w in found.groups()):
                return True
    return False


def test_every_sentence_is_asked_for() -> None:
    assert {k for k in texts("id") if not is_asked(k)} == MADE_WHOLE
    assert not is_asked("pair.nobody-asks")
