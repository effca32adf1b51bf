"""Questions in Cypher, and what their parameters may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from explorer.answers import reports
from explorer.data.core import here, per_version
from graph.store.embedded import Embedded
from graph.store.graph_store import Answer, GraphStore
from graph.store.workspace import Version


class _Stopped(Exception):
    """Carries an answer that is not kept: next time the question may be done in time."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _store(path: str, sha256: str, _v: Version) -> GraphStore:
    return Embedded(_v.engine, str(_v.number), lambda: _v.landscape)


@st.cache_resource(max_entries=8, show_spinner=False)  # an answer holds up to 10,000 rows
def _asked(path: str, sha256: str, _v: Version, text: str, parameters: dict[str, Any]) -> Answer:
    found = _store(path, sha256, _v).query(text, parameters)
    if not found.complete and not found.columns:
        raise _Stopped(found)
    return found


def answer(text: str, parameters: dict[str, Any]) -> Answer:
    """Give the rows of a question, as `simpul cypher` does: read only, within its limits.

    Raises
    ------
    RefusedQuery, BrokenQuery
    """
    v = here()
    try:
        found: Answer = _asked(str(v.path), v.manifest["sha256"], v, text, parameters)
    except _Stopped as e:
        found = e.args[0]
    return found


@per_version
def choices(v: Version, label: str, property: str, lang: str) -> dict[str, str] | None:
    """Give the values a property takes, with names; see `answers.reports.choices`."""
    return reports.choices(v.landscape, reports.Meaning(label, property), lang)


@per_version
def meant(v: Version, name: str, label: str) -> str:
    """Give the id of the node that an id or a name means; errors are the user's to resolve."""
    from graph.questions import resolve_node

    return resolve_node(v.landscape, name, label)


def kinds(texts: Iterable[str]) -> dict[str, str]:
    """Give the type of each text that is the id of a node."""
    L = here().landscape
    return {x: L.type_of(x) for x in texts if x in L}
