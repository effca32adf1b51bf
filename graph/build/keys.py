"""The ledger of keys: which key was given to what, append-only.

Inventories without codes get their keys here, once. A record is recognised by its source, its owner
and its name, else by an address that only it has; so a key outlives re-sorting, re-spelling and
renaming. A row of the ledger holds text only, and nothing about persons.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from graph.analysis.names import Address, address, spelled
from graph.schema.records import Reference, slug

DIGITS = 6  # of the hash in a key; more where two names collide
FINDING = "finding"
RESEMBLES = 75  # of 100: so alike are two spellings that may be one name
ENOUGH = 0.5  # Jaccard: with half of its members a finding is the same finding


class KeyRow(NamedTuple):
    """One spelling or address by which a key is recognised.

    Of a finding, `source` is its kind, `owner` its government, `address` its function and `name`
    its members, sorted and joined by blanks.
    """

    key: str
    prefix: str
    source: str
    owner: str
    name: str
    address: str


class Question(NamedTuple):
    """A new key, and one that nothing claims now and that resembles it: renamed, or new?"""

    new: str
    old: str


class _Words(NamedTuple):
    """What a record of one source is recognised by; equal words share a key."""

    prefix: str
    owner: str
    name: str


# What a record and a row of the ledger must have in common, and with no other, to be one thing.
_Signs = Callable[[_Words, Collection[Address]], Iterable[tuple[str, ...]]]


class Ledger:
    """The keys given so far, in the order in which they were given.

    Parameters
    ----------
    rows
        Rows as stored, oldest first; of two rows with the same words the older one holds.
    """

    def __init__(self, rows: Iterable[KeyRow] = ()) -> None:
        self._rows: list[KeyRow] = []
        self._order: dict[str, int] = {}
        self._exact: dict[tuple[str, _Words], str] = {}
        self._of_source: dict[str, list[KeyRow]] = defaultdict(list)
        self._findings: dict[tuple[str, str, str], list[KeyRow]] = defaultdict(list)
        self._cited: set[str] = set()  # the ends of findings' keys: they are cited by them
        self._given: dict[str, frozenset[str]] = {}  # findings of this run
        self.questions: list[Question] = []
        for row in rows:
            self._append(row)
        self._read = len(self._rows)

    @classmethod
    def read(cls, rows: Iterable[Mapping[str, str | None]]) -> Ledger:
        """Read a ledger from rows as they are stored; a row that is not whole is passed over."""
        cells = (KeyRow(*((row.get(c) or "").strip() for c in KeyRow._fields)) for row in rows)
        return cls(r for r in cells if r.name and r.prefix and r.key.startswith(f"{r.prefix}:"))

    @property
    def rows(self) -> list[dict[str, str]]:
        """Give all rows as they are stored, oldest first."""
        return [row._asdict() for row in self._rows]

    @property
    def new_rows(self) -> list[dict[str, str]]:
        """Give the rows that were appended since the ledger was read."""
        return [row._asdict() for row in self._rows[self._read :]]

    def order(self, key: str) -> int:
        """Give the place of the first row of a key; of one that is not in the ledger, the end."""
        return self._order.get(key, len(self._rows))

    # ------------------------------------------------------------ records
    def assign(self, source: str, references: Sequence[Reference]) -> list[str]:
        """Give a key to each reference of one source's complete load.

        A record is recognised by owner and name; by a name that differs only in blanks; by a name
        whose owner was not known, or not certain, before; by an address that no other record of
        the load has. What is not recognised gets a new key, and a question where an old key is
        left that resembles it.

        Parameters
        ----------
        source
            The slug of the source; "" for what sources share, which has no addresses to go by.
        references
            All references of the load; their order does not matter, equal ones share a key.

        Returns
        -------
        list of str
            One key per reference, in their order.

        Notes
        -----
        O(n log n) for n references of the load and rows of the ledger from the same source.
        """
        words = [_Words(r.prefix, r.owner, _name(r.name)) for r in references]
        places: dict[_Words, set[Address]] = {w: set() for w in words}
        for w, r in zip(words, references, strict=True):
            if (place := address(r.address)) is not None:
                places[w].add(place)
        keys = self._recognised(source, places)
        new = sorted(set(places) - set(keys))
        left = self._unclaimed(source, keys)
        taken = {*keys.values(), *self._order}
        for w in new:
            keys[w] = self._new_key(source, w, taken)
            taken.add(keys[w])
        if source:
            self._ask({w: keys[w] for w in new}, left)
        self._note(source, keys, places)
        return [keys[w] for w in words]

    def _recognised(self, source: str, places: Mapping[_Words, set[Address]]) -> dict[_Words, str]:
        keys = {w: k for w in places if (k := self._exact.get((source, w)))}
        tries: list[tuple[_Signs, _Signs]] = [(_by_letters, _by_letters)]
        tries += [(self._by_name_of_record, self._by_name_of_row)]
        if source:  # what all sources share never comes as one complete load
            tries += [(_by_place, _by_place), (_by_host, _by_host)]
        for of_record, of_row in tries:
            if len(keys) < len(places):
                keys |= self._matched(source, keys, places, of_record, of_row)
        return keys

    def _matched(
        self,
        source: str,
        keys: Mapping[_Words, str],
        places: Mapping[_Words, set[Address]],
        of_record: _Signs,
        of_row: _Signs,
    ) -> dict[_Words, str]:
        """Match records and unclaimed keys by a sign that one of each has, and no other."""
        signs = {w: set(of_record(w, p)) for w, p in places.items()}
        borne = Counter(s for of_one in signs.values() for s in of_one)
        free: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in self._unclaimed(source, keys):
            for sign in of_row(_words(row), _places(row)):
                free[sign].add(row.key)
        found: dict[_Words, str] = {}
        for w in sorted(set(places) - set(keys)):
            meant = {k for s in signs[w] if borne[s] == 1 and len(free[s]) == 1 for k in free[s]}
            if len(meant) == 1:
                found[w] = meant.pop()
        wanted = Counter(found.values())
        return {w: k for w, k in found.items() if wanted[k] == 1}

    def _by_name_of_record(self, w: _Words, _: Collection[Address]) -> Iterable[tuple[str, ...]]:
        yield w.prefix, w.name, "row without owner" if self._known(w.owner) else "row with owner"

    def _by_name_of_row(self, w: _Words, _: Collection[Address]) -> Iterable[tuple[str, ...]]:
        yield w.prefix, w.name, "row with owner" if self._known(w.owner) else "row without owner"

    def _known(self, owner: str) -> bool:
        """Say whether an owner is certain: named, and in an authority list, not in this ledger."""
        return bool(owner) and owner not in self._order

    def _unclaimed(self, source: str, keys: Mapping[_Words, str]) -> list[KeyRow]:
        claimed = set(keys.values())
        return [row for row in self._of_source[source] if row.key not in claimed]

    def _new_key(self, source: str, words: _Words, taken: Collection[str]) -> str:
        digest = _hash(source, words.owner, words.name)
        start = f"{words.prefix}:{slug(words.name)}-"
        return next(
            key
            for n in range(DIGITS, len(digest) + 1, 2)
            if (key := start + digest[:n]) not in taken
        )

    def _ask(self, new: Mapping[_Words, str], left: Sequence[KeyRow]) -> None:
        """Ask where a new key has the name of an old one, or nearly so and the same owner."""
        by_name, by_owner = defaultdict(set), defaultdict(set)
        for row in left:
            by_name[row.prefix, row.name.replace(" ", "")].add(row.key)
            by_owner[row.prefix, row.owner].add((row.name, row.key))
        for w, key in new.items():
            old = set(by_name[w.prefix, w.name.replace(" ", "")])
            near = by_owner[w.prefix, w.owner]
            old |= {k for name, k in near if fuzz.token_sort_ratio(w.name, name) >= RESEMBLES}
            self.questions += [Question(key, o) for o in sorted(old)]

    def _note(
        self, source: str, keys: Mapping[_Words, str], places: Mapping[_Words, set[Address]]
    ) -> None:
        """Append what the ledger does not say yet, in an order that depends on no input order."""
        known = {(r.key, r.prefix, r.owner, r.name) for r in self._of_source[source]}
        placed = {(r.key, r.address) for r in self._of_source[source]}
        rows = []
        for w, key in keys.items():
            unknown = {a for p in places[w] if (key, a := str(p)) not in placed}
            if not unknown and (key, *w) not in known:
                unknown = {min(map(str, places[w]), default="")}
            rows += [KeyRow(key, w.prefix, source, w.owner, w.name, a) for a in unknown]
        for row in sorted(rows):
            self._append(row)

    def _append(self, row: KeyRow) -> None:
        self._order.setdefault(row.key, len(self._rows))
        self._rows.append(row)
        if row.prefix == FINDING:
            self._cited.add(row.key.rpartition("-")[2])
            self._findings[row.source, row.address, row.owner].append(row)
        else:
            self._exact.setdefault((row.source, _words(row)), row.key)
            self._of_source[row.source].append(row)

    # ------------------------------------------------------------ findings
    def finding_key(
        self, kind: str, function: str, government: str | None, members: Iterable[str]
    ) -> tuple[str, bool]:
        """Give the key of a finding, and whether its members changed since the key was given.

        It is recognised by kind, function, government and at least half of its members (Jaccard);
        the likeliest key wins, of equal ones the oldest. Two findings of one run never share one.
        """
        now = frozenset(members)
        best: tuple[float, KeyRow] | None = None
        for row in self._findings[kind, function, government or ""]:
            then = frozenset(row.name.split())
            share = len(now & then) / len(now | then)
            free = self._given.get(row.key, now) == now
            if share >= ENOUGH and free and (best is None or share > best[0]):
                best = share, row
        if best is None:
            row = self._new_finding(kind, function, government or "", now)
            self._append(row)
        else:
            row = best[1]
        self._given[row.key] = now
        return row.key, frozenset(row.name.split()) != now

    def _new_finding(
        self, kind: str, function: str, government: str, members: frozenset[str]
    ) -> KeyRow:
        name = " ".join(sorted(members))
        digest = _hash(kind, function, government, name)
        start = f"{FINDING}:{slug(f'{kind} {function}')}-"
        key = next(
            key
            for n in range(DIGITS, len(digest) + 1, 2)
            if (key := start + digest[:n]) not in self._order and digest[:n] not in self._cited
        )
        return KeyRow(key, FINDING, kind, government, name, function)


# ------------------------------------------------------------ what is recognised by what
def _name(text: str) -> str:
    """Normalise a name; one without a letter we know keeps its own signs as a hash."""
    return spelled(text) or f"x{_hash(' '.join(text.casefold().split()))[:12]}"


def _words(row: KeyRow) -> _Words:
    return _Words(row.prefix, row.owner, row.name)


def _places(row: KeyRow) -> set[Address]:
    place = address(row.address)
    return set() if place is None else {place}


def _by_letters(w: _Words, _: Collection[Address]) -> Iterable[tuple[str, ...]]:
    yield w.prefix, w.owner, w.name.replace(" ", "")


def _by_place(w: _Words, places: Collection[Address]) -> Iterable[tuple[str, ...]]:
    return ((w.prefix, w.owner, str(a)) for a in places)


def _by_host(w: _Words, places: Collection[Address]) -> Iterable[tuple[str, ...]]:
    return ((w.prefix, w.owner, a.host) for a in places if not a.shared)


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
