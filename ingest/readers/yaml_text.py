"""YAML read as text: no types (1.10 is no 1.1, `no` is no false), no aliases, no key twice."""

from __future__ import annotations

import re
from typing import Any

import yaml

from graph.errors import DuplicateKey, Locus


class _Loader(yaml.SafeLoader):
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


class NotYaml(ValueError):
    """A text that is no YAML as it is read here; `line` counts from 1, 0 if it has no place."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def yaml_text(text: str, name: str) -> Any:
    """Read YAML in which every scalar is text.

    Raises
    ------
    NotYaml
        It is none; an alias counts as none.
    DuplicateKey
    """
    try:
        loader = _Loader(text)
        loader.name = name
        return loader.get_single_data()
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        mark = getattr(e, "problem_mark", None)
        raise NotYaml(mark.line + 1 if mark else 0) from e
