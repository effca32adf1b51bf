"""The words of `headings.yml`; and mappings, which are YAML read as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import BrokenMapping, Locus
from graph.schema.records import plain
from ingest.readers.yaml_text import NotYaml, yaml_text

FILE = Path(__file__).parent.parent / "headings.yml"


def plain_yaml(content: bytes, name: str) -> Any:
    """Read YAML in which every scalar is text.

    Raises
    ------
    BrokenMapping
        It is no UTF-8, or no YAML; an alias counts as none.
    DuplicateKey
    """
    try:
        return yaml_text(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as e:
        raise BrokenMapping(name, reason="UTF-8", expected="UTF-8") from e
    except NotYaml as e:
        where = Locus(name, row=e.line) if e.line else name
        raise BrokenMapping(where, reason="YAML", expected="key: value") from e


@cache
def headings() -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the words of `headings.yml`: kind of source → role → spellings, in plain form."""
    said = plain_yaml((FILE).read_bytes(), "headings.yml")
    found = {
        name: {role: tuple(plain(w) or w for w in words) for role, words in roles.items()}
        for name, roles in said.items()
        if name not in {"ignore", "codes"}
    }
    return {**found, "ignore": {"": tuple(plain(w) or w for w in said["ignore"])}}


@cache
def known_words(transform: str) -> dict[str, dict[str, str]]:
    """Give the words that mean one thing in every inventory: role → word → model's word."""
    said = plain_yaml((FILE).read_bytes(), "headings.yml")
    codes = said["codes"].get(transform, {})
    return {role: {folded(w): m for w, m in words.items()} for role, words in codes.items()}


def folded(word: Any) -> str:
    """Give the form in which words of a closed list are compared: one blank, no case."""
    return " ".join(str(word).split()).casefold()
