"""The workspace and its current version, and how an answer is kept; only this folder caches.

A version never changes, so an answer is kept with its version, and goes when the version does.
Streamlit's own cache takes a millisecond for each question; a page asks hundreds.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from threading import Lock, RLock, current_thread
from time import monotonic
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from graph.store.place import settings
from graph.store.workspace import Version, Workspace

P = ParamSpec("P")
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
WARMING = "warming"  # the thread that is nobody's page; see `data.warming`
MOST_VERSIONS = 2  # the current one, and the one that sessions may still be reading
MOST_ANSWERS = 40  # of one function; of a search, say, those typed last


class _Slot(Generic[T]):
    """The place of one answer; whoever asks first makes it, and the others wait for it."""

    def __init__(self) -> None:
        self._lock, self._made = RLock(), False
        self._value: T

    def filled(self, make: Callable[[], T]) -> T:
        """Give the answer; what cannot be made is not kept."""
        if not self._made:
            with self._lock:
                if not self._made:
                    self._value, self._made = make(), True
        return self._value


class _Kept(Generic[K, T]):
    """A few answers by key; the one asked longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._slots: OrderedDict[K, _Slot[T]] = OrderedDict()

    def get(self, key: K, make: Callable[[], T]) -> T:
        """Give what is kept under a key; made if it is not."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            if len(self._slots) > self._most:
                self._slots.popitem(last=False)
        return slot.filled(make)

    def clear(self, but: int = 0) -> None:
        """Forget all, or all but those asked last."""
        with self._lock:
            while len(self._slots) > but:
                self._slots.popitem(last=False)


class _Open:
    """A version that is open, with the answers given about it, of each function by itself.

    Answers are frozen and only read, so sessions share them.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        self.answers: _Kept[str, _Kept[Hashable, Any]] = _Kept(1000)


Stamp = tuple[int, ...] | None
_open: _Kept[tuple[str, int | None, Stamp], _Open] = _Kept(MOST_VERSIONS)
_numbers: dict[str, tuple[object, int | None, Stamp]] = {}
_last = [0.0]
_about: ContextVar[_Open | None] = ContextVar("about", default=None)


def workspace() -> Workspace:
    """Give the workspace that the server was started on."""
    return Workspace(settings(os.environ).workspace)


def here() -> Version:
    """Open the current version; where an answer is being made, the one that it is about.

    Raises
    ------
    NoVersion
        If nothing is loaded yet.
    """
    return _here().version


def state() -> object:
    """Give what changes when another version becomes current."""
    return _number(workspace())


def last_asked() -> float:
    """Say when a page asked last, in seconds of `time.monotonic`."""
    return _last[0]


def close_older() -> None:
    """Close all but the current version: at national size each open one takes two gigabytes."""
    _open.clear(but=1)


def forget() -> None:
    """Close every version and drop its answers."""
    _open.clear()
    _numbers.clear()


def per_version(make: Callable[Concatenate[Version, P], T]) -> Callable[P, T]:
    """Keep what a function gives with the version, under its arguments."""
    whole = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        now = _here()
        if _about.get() is None and current_thread().name != WARMING:
            _last[0] = monotonic()
        kept = now.answers.get(whole, lambda: _Kept(MOST_ANSWERS))

        def made() -> T:
            before = _about.set(now)
            try:
                return make(now.version, *args, **kwargs)
            finally:
                _about.reset(before)

        found: T = kept.get((args, *kwargs.items()), made)
        return found

    return ask


def _here() -> _Open:
    about = _about.get()
    if about is not None:
        return about
    now = workspace()
    number, made = _number(now)
    return _open.get((str(now.path), number, made), lambda: _Open(now.version(number)))


def _number(now: Workspace) -> tuple[int | None, Stamp]:
    """Give the current version's number and when it was made: a workspace may start anew at 1.

    Both are read anew only where the folder has changed.
    """
    path = str(now.path)
    seen = _stamp(now.path / "CURRENT"), _stamp(now.path / "versions")
    known = _numbers.get(path)
    if known is None or known[0] != seen:
        number = now.current
        made = _stamp(now.path / "versions" / str(number) / "manifest.json")
        known = _numbers[path] = seen, number, made
    return known[1:]


def _stamp(path: Path) -> Stamp:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
