"""What each kind of source means: one folder per kind, with the `transform` of its rows.

A data folder's `source.yml` names the kind, so that loading a folder never runs its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from graph.schema.core import Code, Edge, Entity, Relation
from ingest.row import Row


class Transform(NamedTuple):
    """A kind of source: what its columns may be called, and what a row becomes.

    Parameters
    ----------
    roles
        What a column may mean, by the name used in `source.yml`.
    required
        Roles without which a file is not of this kind; `a|b`: one of the two.
    codes
        Role → the closed list that its words are of.
    targets
        Node types and relations that a row may become.
    columns
        Headings → heading: role, for a form whose headings a standard fixes; empty if it is none.
    """

    name: str
    run: Callable[[Row], Iterator[Entity | Edge]]
    roles: tuple[str, ...]
    required: tuple[str, ...]
    codes: Mapping[str, type[Code]]
    targets: tuple[type[Entity] | Relation, ...]
    columns: Callable[[Sequence[str]], Mapping[str, str]] | None = None


@cache
def transforms() -> dict[str, Transform]:
    """Give every kind of source by name: a new folder is a new kind, with no edit elsewhere."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*/transform.py")):
        name = path.parent.name
        m = import_module(f"{__name__}.{name}.transform")
        found[name] = Transform(
            name, m.transform, m.ROLES, m.REQUIRED, m.CODES, m.TARGETS, getattr(m, "columns", None)
        )
    return found
