"""The sentences of the pages exist in both languages, with the same blanks."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from explorer import words
from explorer.words import texts
from graph.schema import NODE_TYPES
from graph.schema.codes import Decision, Disposition, FindingKind, Lifecycle, Scope
from tests.explorer.pages import said

ROOT = Path(__file__).resolve().parents[2]
KEYED = ("t", "th", "count")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def asked() -> set[str]:
    """Read the keys that pages ask for by name; those made of parts are met by the page tests."""
    found: set[str] = set()
    for path in [ROOT / "app.py", *(ROOT / "explorer").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in KEYED and node.args and isinstance(node.args[0], ast.Constant):
                key = str(node.args[0].value)
                plural = (f"{key}.one", f"{key}.many") if node.func.id == "count" else (key,)
                found.update(plural)
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts("id")) == set(texts("en"))


@pytest.mark.parametrize("key", sorted(texts("id")))
def test_a_sentence_has_the_same_blanks_in_both_languages(key: str) -> None:
    assert blanks(texts("id")[key]) == blanks(texts("en")[key])


def test_keys_that_pages_ask_for_exist() -> None:
    assert len(asked()) > 80
    assert asked() - set(texts("id")) == set()


def test_every_code_that_a_page_may_meet_has_its_word() -> None:
    wanted = {f"finding.kind.{k}" for k in FindingKind}
    wanted |= {f"scope.{k}" for k in Scope} | {f"lifecycle.{k}" for k in Lifecycle}
    wanted |= {f"verdict.{k}" for k in Decision} | {f"disposition.{k}" for k in Disposition}
    wanted -= {"scope.unknown", "lifecycle.unknown"}  # written as the one word for not known
    assert wanted - set(texts("id")) == set()
    assert all(NODE_TYPES[n].label("id") for n in NODE_TYPES)


@pytest.mark.parametrize(
    ("value", "lang", "written"),
    [
        ("words.num(1234)", "id", "1.234"),
        ("words.num(1234)", "en", "1,234"),
        ("words.num(0.87, 2)", "id", "0,87"),
        ("words.percent(0.734)", "id", "73 %"),
        ("words.percent(0.734)", "en", "73%"),
        ("words.num(None)", "id", "belum diketahui"),
        ("words.probability(0.999)", "id", "> 0,99"),
        ("words.date('2025-09')", "id", "September 2025"),
        ("words.date('2023-06-04')", "en", "4 June 2023"),
        ("words.date('2025')", "id", "2025"),
        ("words.date(None)", "en", "not known"),
        ("words.spelled(3)", "id", "Tiga"),
        ("words.spelled(12)", "en", "12"),
        ("words.count('count.applications', 1)", "en", "1 application"),
        ("words.count('count.applications', 2)", "en", "2 applications"),
        ("words.th('search.none', text='<b>')", "en", "Nothing matches “&lt;b&gt;”."),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(
    value: str, lang: str, written: str
) -> None:
    assert words.texts(lang)
    assert said(f"st.text({value})", lang) == written
