"""A nested value of an answer as one text: the same in a terminal, a workbook and a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.texts import say


def is_node(value: Any) -> bool:
    """Tell whether a value is a node as the contract writes it."""
    return isinstance(value, Mapping) and value.keys() == {"id", "type", "name"}


def flat(value: Any, lang: str | None = None) -> str:
    """Write a value as one text: nodes by name and id, lists with semicolons.

    Parameters
    ----------
    lang
        The language of yes and no, for people; None writes true and false, for programs.

    >>> flat([{"id": "app:x", "type": "Application", "name": "X"}, {"n": [1, True], "no": None}])
    'X (app:x); n: 1; true'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(f"command.{'yes' if value else 'no'}", lang) if lang else str(value).lower()
    if isinstance(value, str):
        return value
    if is_node(value):
        return f"{value['name']} ({value['id']})"
    if isinstance(value, Mapping):
        parts = ((k, flat(v, lang)) for k, v in value.items())
        return ", ".join(f"{k}: {text}" for k, text in parts if text)
    if isinstance(value, Iterable):
        return "; ".join(text for v in value if (text := flat(v, lang)))
    return str(value)
