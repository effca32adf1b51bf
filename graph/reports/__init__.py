"""Reports: questions that analysts ask again and again, as Cypher texts that both engines run.

A report is a file `NAME.cypher` in this folder. On top, in a comment, stand its name, its question,
its parameters and its columns, as TOML; `docs/reports.md` says how to write one.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import (
    NEAREST,
    BrokenReport,
    UnknownParameter,
    UnknownReport,
    WrongParameter,
)
from graph.store.graph_store import Answer, GraphStore
from graph.store.portable import Remark, lint

HERE = Path(__file__).parent
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "list": (list,),
}


@dataclass(frozen=True)
class Parameter:
    """A value that whoever runs a report may choose."""

    name: str
    type: str
    default: Any
    label: Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column of the answer, with its label in both languages."""

    name: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class Report:
    """A question, and the text that answers it on either engine."""

    name: str
    question: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    def lint(self) -> list[Remark]:
        """Give what in its text is not portable."""
        return lint(self.text, {p.name: p.default for p in self.parameters})


def reports(folder: Path = HERE) -> tuple[Report, ...]:
    """Give the reports of a folder, by name.

    Raises
    ------
    BrokenReport
        If the head of one cannot be read.
    """
    return _reports(folder)


@cache
def _reports(folder: Path) -> tuple[Report, ...]:
    return tuple(_read(path) for path in sorted(folder.glob("*.cypher")))


def report(name: str) -> Report:
    """Give a report by its name.

    Raises
    ------
    UnknownReport
        With the names that are nearest.
    """
    known = {r.name: r for r in reports()}
    if name not in known:
        near = get_close_matches(name, known, n=NEAREST, cutoff=0.4)
        raise UnknownReport("", name=name, names=", ".join(near or known))
    return known[name]


def run(
    asked: Report | str,
    store: GraphStore,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Answer:
    """Run a report.

    Parameters
    ----------
    parameters
        Chosen values, as `-p` gives them or already of their type; the others take the default.
    limit, timeout
        As of `GraphStore.query`.

    Raises
    ------
    UnknownParameter
        If the report has no such parameter.
    WrongParameter
        If a value is of another type.
    """
    found = report(asked) if isinstance(asked, str) else asked
    return store.query(found.text, values(found, parameters), limit=limit, timeout=timeout)


def values(asked: Report, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give the value of every parameter of a report, checked; see `run`."""
    known = {p.name: p for p in asked.parameters}
    for name in given or {}:
        if name not in known:
            names = ", ".join(known)
            raise UnknownParameter(asked.name, name=name, names=names, report=asked.name)
    chosen = {name: _checked(asked, known[name], value) for name, value in (given or {}).items()}
    return {name: p.default for name, p in known.items()} | chosen


def parse(text: str) -> Any:
    """Read a value as typed after `-p name=`: JSON where it is JSON, else the text itself.

    >>> parse("3"), parse("[1]"), parse("agency:anri"), parse('"3"')
    (3, [1], 'agency:anri', '3')
    """
    try:
        return json.loads(text)
    except ValueError:
        return text


def _checked(asked: Report, parameter: Parameter, value: Any) -> Any:
    """Give the value if it is of the type; a number typed where text belongs is text."""
    if parameter.type == "text" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not fits(parameter.type, value):
        raise WrongParameter(
            asked.name,
            name=parameter.name,
            value=json.dumps(value, ensure_ascii=False, default=str),
            kind=parameter.type,
            report=asked.name,
        )
    return value


def fits(kind: str, value: Any) -> bool:
    """Say whether a value is of the type; true and false are no numbers."""
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, TYPES[kind])


# ------------------------------------------------------------------ the head
def _read(path: Path) -> Report:
    """Read a report from its file; a head that cannot be used is named with its reason."""
    text = path.read_text(encoding="utf-8")
    begin, _, rest = text.partition("/*")
    try:
        if begin.strip():
            raise ValueError("/*")
        found = _report(tomllib.loads(rest.partition("*/")[0]), text)
        if found.name != path.stem:
            raise ValueError(f"name = {found.name!r}")
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise BrokenReport(path.name, reason=f"{type(e).__name__}: {e}") from e
    return found


def _report(head: Mapping[str, Any], text: str) -> Report:
    parameters = tuple(
        Parameter(name, p["type"], p["default"], _both(p))
        for name, p in head.get("parameters", {}).items()
    )
    for p in parameters:
        if not fits(p.type, p.default):
            raise ValueError(f"{p.name} = {p.default!r}")
    columns = tuple(Column(name, _both(c)) for name, c in head["columns"].items())
    return Report(head["name"], _both(head["question"]), parameters, columns, text)


def _both(labels: Mapping[str, str]) -> dict[str, str]:
    return {"id": labels["id"], "en": labels["en"]}
