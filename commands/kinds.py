"""Kinds of values that arguments take; `option.<kind>` says what each expects."""

from __future__ import annotations

from pathlib import Path

MOST = 1_000_000_000
DAY = 86_400


def whole(text: str) -> int:
    """Read a whole number from 0 on; `ValueError` if it is none."""
    return int(_within(int(text), 0, MOST))


def port(text: str) -> int:
    """Read the number of a port; `ValueError` if it is none."""
    return int(_within(int(text), 1, 65_535))


def seconds(text: str) -> float:
    """Read a duration above 0, a day at most; `ValueError` if it is none."""
    return _within(float(text), 0.001, DAY)


def share(text: str) -> float:
    """Read a number from 0 to 1; `ValueError` if it is none."""
    return _within(float(text), 0, 1)


def place(text: str) -> Path:
    """Read the path of a file to write; `-` is standard output; `ValueError` if it is empty."""
    if not text.strip() or "\0" in text:
        raise ValueError(text)
    return Path(text)


def _within(value: float, least: float, most: float) -> float:
    if not least <= value <= most:  # nor is what is not a number
        raise ValueError(value)
    return value
