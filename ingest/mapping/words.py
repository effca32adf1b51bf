"""The words of `headings.yml`, and YAML read as text: no types, no aliases, nothing said twice."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import BrokenMapping, DuplicateKey, Locus
from graph.schema.records import plain

FILE = Path(__file__).parent.parent / "headings.yml"


class _Loader(yaml.SafeLoader):
    """YAML without types, without aliases and without keys that stand there twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(None, None, "a key that is no text", key.start_mark)
            if key.value in seen:
                where = Locus(self.name, row=key.start_mark.line + 1)
                raise DuplicateKey(where, key=key.value)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def plain_yaml(content: bytes, name: str) -> Any:
    """Read YAML in which every scalar is text.

    Raises
    ------
    BrokenMapping
        It is no UTF-8, or no YAML; an alias counts as none.
    DuplicateKey
    """
    try:
        loader = _Loader(content.decode("utf-8-sig"))
        loader.name = name
        return loader.get_single_data()
    except UnicodeDecodeError as e:
        raise BrokenMapping(name, reason="UTF-8", expected="UTF-8") from e
    except (yaml.YAMLError, RecursionError) as e:
        mark = getattr(e, "problem_mark", None)
        where = Locus(name, row=mark.line + 1) if mark else name
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
