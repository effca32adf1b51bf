"""What the steps of an upload speak of: the file, what a person chose, what was found out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ingest.mapping import Guess, SourceMapping

ACCEPTED, REFUSED = "accepted", "refused"
CONTACTS = ("contact_name", "contact_phone", "contact_email", "contact_number")
Roles = Mapping[tuple[str | None, str], str | None]


@dataclass(frozen=True)
class File:
    """An uploaded file: its bytes, and a name that names no place."""

    name: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        """Give what tells its content from any other."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()[:16]


@dataclass(frozen=True)
class Choices:
    """What a person said of a file; what is None is as the file or an earlier load says."""

    slug: str
    title: str | None = None
    publisher: str | None = None
    as_of: str | None = None
    region: str | None = None
    roles: tuple[tuple[tuple[str | None, str], str | None], ...] = ()


class Line(NamedTuple):
    """A row of the file with what came of it; texts by language."""

    sheet: str | None
    row: int
    result: str
    cells: Mapping[str, str | None]
    reason: Mapping[str, str]
    hint: Mapping[str, str]
    remarks: Sequence[Mapping[str, str]]


class Cell(NamedTuple):
    """A cell that differs from what this source said before."""

    row: int
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Shape:
    """What a file seems to be: the kind of source, and a guess per column."""

    kind: str
    guesses: tuple[Guess, ...]
    used: frozenset[str | None]  # sheets that are tables of this kind
    remembered: frozenset[tuple[str | None, str]]  # columns whose meaning an earlier load gave


@dataclass(frozen=True)
class Check:
    """What a load would do, and nothing of it done."""

    shape: Shape
    roles: Roles
    mapping: SourceMapping | None = None
    error: Mapping[str, Mapping[str, str]] | None = None  # language → parts
    lines: tuple[Line, ...] = ()
    headings: tuple[str, ...] = ()  # of columns that are shown: none about persons
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    dropped: Mapping[str, int] | None = None
    remarks: tuple[Mapping[str, str], ...] = ()
    homeless: int = 0  # rows that name a unit of which nobody knows the government
    asking: bool = False  # some remark is a question to the person who uploads
    region_guess: str | None = None  # the region is only read off a name
    counts: Mapping[str, int] | None = None  # added, changed, removed
    cells: tuple[Cell, ...] = ()
    earlier: int | None = None  # rows that a source of this name holds; None: there is none
    over: str | None = None  # the load that it was held against

    @property
    def refused(self) -> int:
        """How many rows would be refused."""
        return sum(line.result == REFUSED for line in self.lines)

    @property
    def accepted(self) -> int:
        """How many rows would be accepted."""
        return len(self.lines) - self.refused


class Joined(NamedTuple):
    """An application of the file that becomes one with what other sources describe."""

    id: str
    name: str
    others: tuple[str, ...]  # titles of the other sources
    reasons: tuple[str, ...]


class Found(NamedTuple):
    """A finding that would come, or that would change its members."""

    name: str
    function: str
    members: int
    new: bool


@dataclass(frozen=True)
class Effect:
    """What a load would do to the landscape."""

    applications: int  # of this file
    alone: int  # of them, in no other source
    joined: tuple[Joined, ...]
    suggested: tuple[tuple[str, str], ...]
    findings: tuple[Found, ...]


@dataclass(frozen=True)
class Kept:
    """What a commit did."""

    slug: str
    version: int
    before: int | None
    changed: bool
    counts: Mapping[str, int]
    node: str
    findings: tuple[str, ...] = ()
