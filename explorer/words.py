"""Language and numbers of the pages: Indonesian first, English second.

Sentences stand in `texts/`, those of one page in `<page>.id.toml` and `<page>.en.toml`, those of
several in `id.toml` and `en.toml`, under the same keys. A sentence whose noun
changes with its number has two entries, `….one` and `….many`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from threading import local

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graph.texts import LANGUAGES, number

HERE = Path(__file__).parent / "texts"
KEY = "lang"  # of the session and of the address
UNKNOWN = "word.unknown"
_said = local()
AMOUNT = re.compile(r"(\{(?:n|rows|applications|inside)\}) ")


@cache
def texts(lang: str) -> Mapping[str, str]:
    """Give all sentences of a language by their dotted key."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob(f"*{lang}.toml")):
        found |= _flat(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found


def lang() -> str:
    """Give the language of this session; the address decides at its start.

    It cannot change while a page runs, and a page asks thousands of times: hence it is read once
    in a run, and the cursors, which are new in each, say which run it is.
    """
    ctx = get_script_run_ctx(suppress_warning=True)
    run = ctx and ctx.cursors
    if run is None or getattr(_said, "run", None) is not run:
        _said.run, _said.lang = run, _chosen()
    found: str = _said.lang
    return found


def _chosen() -> str:
    chosen = st.session_state.get(KEY) or st.query_params.get(KEY)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def t(key: str, /, **facts: object) -> str:
    """Give a sentence, its blanks filled; amounts are written as the language does."""
    return texts(lang())[key].format(**{k: _written(v) for k, v in facts.items()})


def th(key: str, /, **facts: object) -> str:
    """Give a sentence as HTML: its own marks stay, its facts are escaped."""
    return texts(lang())[key].format(**{k: h(_written(v)) for k, v in facts.items()})


def count(key: str, n: int, /, **facts: object) -> str:
    """Give the sentence that fits an amount: `key.one` or `key.many`, with `{n}` in it."""
    return t(f"{key}.{'one' if n == 1 else 'many'}", n=n, **facts)


def known(key: str) -> bool:
    """Say whether there is such a sentence."""
    return key in texts(lang())


def num(value: float | None, digits: int | None = None) -> str:
    """Write an amount: 1.234 and 0,87, or 1,234 and 0.87; unknown is a word, not a zero."""
    return t(UNKNOWN) if value is None else number(value, lang(), digits)


def percent(share: float | None) -> str:
    """Write a share, 0 to 1, in whole percent: 73 % or 73%."""
    return t(UNKNOWN) if share is None else t("word.percent", n=round(100 * share))


def probability(p: float) -> str:
    """Write a probability; it is never certain."""
    return t("word.sure") if p > 0.99 else num(p, 2)


def spelled(n: int) -> str:
    """Write the number that begins a sentence: a word up to nine."""
    return t(f"digit.{n}") if n < 10 else num(n)


def date(iso: str | None) -> str:
    """Write a year, a month or a day: 2025, September 2025, 14 September 2025."""
    if not iso:
        return t(UNKNOWN)
    year, *rest = iso[:10].split("-")
    if not rest:
        return year
    month = t(f"month.{int(rest[0])}")
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


def h(text: object) -> str:
    """Escape for HTML."""
    return escape(str(text), quote=True)


def _written(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return number(value, lang())


def _flat(table: Mapping[str, object], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            # an amount and its noun stay on one line
            found[prefix + key] = AMOUNT.sub("\\1\u00a0", str(value))
    return found
