"""Every sentence a user can meet outside the explorer, in both languages.

One file per language, the same keys in both (a test holds them together). A key is dotted:
`error.unknown-node.problem` is the entry `problem` of table `[error.unknown-node]`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
HERE = Path(__file__).parent
_MARKS = str.maketrans(",.", ".,")


@cache
def texts(lang: str) -> dict[str, str]:
    """Give all sentences of a language by their dotted key."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob(f"*.{lang}.toml")):
        found |= _flat(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found


def say(key: str, lang: str, /, **facts: object) -> str:
    """Give one sentence, its blanks filled with the facts; numbers as the language writes them."""
    filled = {
        k: number(v, lang) if isinstance(v, int | float) and not isinstance(v, bool) else v
        for k, v in facts.items()
    }
    return texts(lang)[key].format(**filled)


def both(key: str, /, **facts: object) -> dict[str, str]:
    """Give one sentence in every language: {"text_id": …, "text_en": …}."""
    return {f"text_{lang}": say(key, lang, **facts) for lang in LANGUAGES}


def number(value: float, lang: str, digits: int | None = None) -> str:
    """Write a number: 1.234,5 in Indonesian, 1,234.5 in English; a true minus sign.

    Parameters
    ----------
    digits
        Digits after the decimal mark; None keeps what the number has, at most six.
    """
    if digits is None:
        text = f"{value:,d}" if isinstance(value, int) else f"{value:,.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,.{digits}f}"
    if lang == "id":
        text = text.translate(_MARKS)
    return text.replace("-", "−")


def _flat(table: dict[str, object], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found
