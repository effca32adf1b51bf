"""Every sentence exists in both languages, with the same blanks."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from graph import errors
from graph.errors import SimpulError
from graph.texts import LANGUAGES, number, say, texts

ROOT = Path(__file__).parents[1]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(texts("id")) == set(texts("en"))


@pytest.mark.parametrize("key", sorted(texts("id")))
def test_a_sentence_has_the_same_blanks_in_both_languages(key: str) -> None:
    assert blanks(texts("id")[key]) == blanks(texts("en")[key])


def test_sentences_differ_between_the_languages() -> None:
    same = [k for k in texts("id") if texts("id")[k] == texts("en")[k]]
    assert len(same) < 0.15 * len(texts("id")), same


@pytest.mark.parametrize(
    "cls",
    [
        c
        for c in vars(errors).values()
        if isinstance(c, type) and issubclass(c, SimpulError) and c.code != SimpulError.code
    ],
    ids=lambda c: str(c.code),
)
def test_every_error_says_the_problem_and_a_next_step(cls: type[SimpulError]) -> None:
    for lang in LANGUAGES:
        assert f"error.{cls.code}.problem" in texts(lang)
        assert f"error.{cls.code}.hint" in texts(lang)


@pytest.mark.parametrize(
    ("value", "lang", "written"),
    [
        (1234, "id", "1.234"),
        (1234, "en", "1,234"),
        (0.87, "id", "0,87"),
        (-1234.5, "en", "−1,234.5"),
        (0, "id", "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, lang: str, written: str) -> None:
    assert number(value, lang) == written


def test_keys_that_the_code_asks_for_exist() -> None:
    """Read the first argument of every `say` and `both` that is written out in the code."""
    missing = []
    for path in [
        *ROOT.glob("graph/**/*.py"),
        *ROOT.glob("ingest/**/*.py"),
        *ROOT.glob("commands/*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "both")
            if called and isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and first.value not in texts("id"):
                    missing.append((path.name, first.value))
    assert not missing


def test_say_fills_the_blanks() -> None:
    assert say("command.cut", "en", limit="limit 5").startswith("The answer was cut: limit 5")
