"""Records joined by links, strongest first, without ever joining what is held apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, order=True)
class Link:
    """Two records that a rule or a person holds to be one.

    Parameters
    ----------
    strength
        0 to 1; stronger links join first, equally strong ones at the same time.
    by
        Name of the rule, or of the person.
    text
        Key of the sentence that says why, with `facts` for its blanks.
    judgement
        Id of the judgement, where a person decided.
    """

    strength: float
    left: str
    right: str
    by: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()
    judgement: str | None = None


class Clusters:
    """Sets of records that are one thing.

    Parameters
    ----------
    records
        The records; each is a cluster of its own at first.
    apart
        Pairs that may never be in one cluster.
    """

    def __init__(self, records: Iterable[str], apart: Iterable[tuple[str, str]]) -> None:
        self._root = {r: r for r in records}
        self._members = {r: {r} for r in self._root}
        self._apart: dict[str, set[str]] = defaultdict(set)  # root → records held apart from it
        for left, right in apart:
            if left in self._root and right in self._root:
                self._hold_apart(left, right)
        self.joined: list[Link] = []
        self.refused: list[Link] = []

    def root(self, record: str) -> str:
        """Give the record that stands for the cluster of a record."""
        while self._root[record] != record:
            self._root[record] = self._root[self._root[record]]
            record = self._root[record]
        return record

    def groups(self) -> list[list[str]]:
        """Give the clusters, each sorted, sorted by their first record."""
        return sorted(sorted(m) for m in self._members.values())

    def __contains__(self, record: str) -> bool:
        return record in self._root

    def bind(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Make pairs one that are two names of one record."""
        for left, right in pairs:
            self._unite(*sorted((self.root(left), self.root(right))))

    def decide(self, links: Sequence[Link]) -> None:
        """Join by decisions of persons, in their order; one that is held apart is refused."""
        for link in links:
            self._join(link)

    def join(self, links: Iterable[Link]) -> None:
        """Join by rules, strongest first.

        A cluster that links of one strength would draw to two that are held apart is joined to
        neither, and is held apart from both from then on: which of the two is meant is not for a
        rule to say. O(n log n) for n links.
        """
        for _, tier in groupby(sorted(links, key=lambda x: (-x.strength, x)), lambda x: x.strength):
            self._tier([x for x in tier if self.root(x.left) != self.root(x.right)])

    def _tier(self, links: Sequence[Link]) -> None:
        ends = [(self.root(x.left), self.root(x.right)) for x in links]
        torn = self._torn(ends)
        for link, (a, b) in zip(links, ends, strict=True):
            if b in torn.get(a, ()) or a in torn.get(b, ()):
                self.refused.append(link)
            else:
                self._join(link)
        for root, terminals in torn.items():
            for terminal in terminals:
                self._hold_apart(root, terminal)

    def _torn(self, ends: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
        """Give the clusters that are drawn to two that are held apart, and those two or more."""
        near: dict[str, set[str]] = defaultdict(set)
        for a, b in ends:
            near[a].add(b)
            near[b].add(a)
        terminals = {a for a in near if any(self.root(x) in near for x in self._apart.get(a, ()))}
        found: dict[str, set[str]] = {}
        seen: set[str] = set()
        for start in sorted(set(near) - terminals):
            if start in seen:
                continue
            group, drawn, todo = {start}, set(), [start]
            while todo:
                beside = near[todo.pop()]
                drawn |= beside & terminals
                todo += beside - terminals - group
                group |= beside - terminals
            seen |= group
            if torn := {t for t in drawn if any(self.held_apart(t, u) for u in drawn)}:
                found |= dict.fromkeys(group, torn)
        return found

    def held_apart(self, left: str, right: str) -> bool:
        """Say whether two clusters may not become one."""
        a, b = self.root(left), self.root(right)
        return not self._apart.get(a, _NONE).isdisjoint(self._members[b])

    def _hold_apart(self, left: str, right: str) -> None:
        a, b = self.root(left), self.root(right)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def _join(self, link: Link) -> None:
        a, b = sorted((self.root(link.left), self.root(link.right)))
        if a == b:
            return
        if self.held_apart(a, b):
            self.refused.append(link)
            return
        self._unite(a, b)
        self.joined.append(link)

    def _unite(self, a: str, b: str) -> None:
        if a != b:
            self._root[b] = a
            self._members[a] |= self._members.pop(b)
            self._apart[a] |= self._apart.pop(b, set())


_NONE: frozenset[str] = frozenset()
