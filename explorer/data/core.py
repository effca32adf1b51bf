"""The workspace and its current version, and how an answer is kept; only this folder caches.

A version never changes, so an answer is kept under its number.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from graph.store.place import settings
from graph.store.workspace import Version, Workspace

P = ParamSpec("P")
T = TypeVar("T")


def workspace() -> Workspace:
    """Give the workspace that the server was started on."""
    return Workspace(settings(os.environ).workspace)


def here() -> Version:
    """Open the current version.

    Raises
    ------
    NoVersion
        If nothing is loaded yet.
    """
    now = workspace()
    return opened(str(now.path), now.current)


@st.cache_resource(max_entries=2, show_spinner=False)
def opened(path: str, number: int | None) -> Version:
    """Open a version; it stays open for every session."""
    return Workspace(Path(path)).version(number)


def per_version(make: Callable[Concatenate[Version, P], T]) -> Callable[P, T]:
    """Keep what a function gives under the version's number and its arguments.

    Answers are frozen and only read, so they are shared and not copied. Streamlit tells cached
    functions apart by their source text, which is the same for all made here: hence `name`.
    """
    whole = f"{make.__module__}.{make.__qualname__}"

    @st.cache_resource(max_entries=200, show_spinner=False)
    def kept(name: str, path: str, number: int, *args: Any, **kwargs: Any) -> T:
        return make(opened(path, number), *args, **kwargs)

    @wraps(make)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        v = here()
        found: T = kept(whole, str(v.workspace), v.number, *args, **kwargs)
        return found

    return ask
