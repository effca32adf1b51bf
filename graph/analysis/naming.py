"""Which services a text names, by whole words.

A spelling of two words or more counts wherever it stands in one clause; one word ("keuangan") only
behind "layanan" or "pelayanan", or where it is the whole clause: it is a topic anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph.analysis.said import sentences
from graph.schema.records import plain

HEADS = frozenset(("layanan", "pelayanan"))
_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset(("dan", "atau"))


class Named(NamedTuple):
    """A service that a text names, and the words that do."""

    service: str
    quote: str


class Spellings:
    """The spellings of services, ready to be found in texts.

    Parameters
    ----------
    spelled
        Id of a service and one of its spellings.
    """

    def __init__(self, spelled: Iterable[tuple[str, str]]) -> None:
        self._by_words: dict[tuple[str, ...], set[str]] = {}
        for id, text in spelled:
            if words := _without_head(_words(text)):
                self._by_words.setdefault(words, set()).add(id)
        self._longest = max(map(len, self._by_words), default=0)

    def in_text(self, text: str) -> list[Named]:
        """Give the services that a text names, each once, with the longest words. O(length)."""
        found: dict[str, str] = {}
        for clause in sentences(text):
            for id, quote in self._in_clause(clause):
                if len(quote) > len(found.get(id, "")):
                    found[id] = quote
        return [Named(id, found[id]) for id in sorted(found)]

    def _in_clause(self, clause: str) -> Iterator[tuple[str, str]]:
        tokens = [t for t in _WORD.finditer(clause) if plain(t.group()) not in _JOINING]
        words = [plain(t.group()) for t in tokens]
        for at in range(len(words)):
            for end in range(min(len(words), at + self._longest), at, -1):
                for id in self._by_words.get(tuple(words[at:end]), ()):
                    headed = at > 0 and words[at - 1] in HEADS
                    if end - at > 1 or headed or end - at == len(words):
                        first = at - 1 if headed else at
                        yield id, clause[tokens[first].start() : tokens[end - 1].end()]


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in plain(text).split() if w not in _JOINING)


def _without_head(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words and words[0] in HEADS else words
