"""A row that must be read to the end, and the records that are made of what it says."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, overload

from graph.errors import EmptyCell, Locus, UnknownCode, UnreadColumn
from graph.schema.core import NODE_TYPES, Code, Edge, Entity, Value
from graph.schema.nodes import Agency
from graph.schema.records import (
    EdgeRecord,
    NodeRecord,
    Origin,
    Reference,
    slug,
)
from ingest.agencies import Agencies, Match

EMPTY = frozenset({"-", "–", "—", "n/a", "#n/a", "tidak ada", "nihil"})
LONGEST = max(map(len, EMPTY))
PERSONAL = "contact_"
"""How the roles of columns about persons begin; they never reach a transform."""
MANY = re.compile(
    r"^[\d.,–-]+ |^(?:semua|seluruh|berbagai|setiap|perorangan|pihak|instansi|lembaga|satuan kerja"
    r"|pemda|perusahaan|rantai|bidan|bank|klien)\b"
    r"|\b(?:instansi|daerah|opd|pemda|k/l)$|\blain\b|kabupaten/kota|\(repo publik\)|\bbanyak repo\b"
    r"|^(?:aplikasi|situs|web portal|portal|sistem|layanan)\b.*\b(?:opd|instansi|k/l)\b"
    r"|\bprovinsi$|^aplikasi gaji$|^simrs$",
    re.IGNORECASE,
)
"""Words for many systems: a count, a general word, a system of every unit."""
BY_ONE_CELL = frozenset({"OWNS", "USES", "PROVIDES", "STEWARDS", "MASTERS", "INITIATED"})
"""Relations whose source is named in one cell; of the others the whole row is the origin."""
C = TypeVar("C", bound=Code)


class Row:
    """One row of a source, asked by role; what was asked is remembered.

    Parameters
    ----------
    cells
        Heading → text; None if the cell is empty.
    where
        The row's place; its column is filled in by errors.
    columns
        Heading → role, as the mapping has it.
    codes
        Role → {word of the source, case folded: word of the model}.
    constants
        Role → value, where the file has no such column.
    agencies
        The authority lists, at the source's date.
    region
        Code of the region the source is about, if it is about one.
    ignore
        Headings that are out of scope, on record.
    remarks
        What the reader noticed about the cells of this row.
    """

    def __init__(
        self,
        cells: Mapping[str, str | None],
        where: Locus,
        *,
        columns: Mapping[str, str],
        codes: Mapping[str, Mapping[str, str]],
        constants: Mapping[str, str],
        agencies: Agencies,
        region: str | None,
        ignore: Iterable[str] = (),
        remarks: Sequence[object] = (),
    ) -> None:
        self.where, self.columns, self.codes, self.constants = where, columns, codes, constants
        self.ignore, self.agencies, self.region = frozenset(ignore), agencies, region
        self.remarks = tuple(remarks)
        self.implied: list[Agency] = []
        self.unsure: list[tuple[str, str, Match]] = []
        """Role, spelling and match of every agency that is not certain."""
        self._headings = {role: heading for heading, role in columns.items()}
        self._cells = {heading: _filled(cells.get(heading)) for heading in columns}
        self._taken: set[str] = set()
        self._places: dict[str, dict[str, str]] = {}
        self._mentioned: set[str] = set()

    # ------------------------------------------------------------------ cells
    def maybe(self, role: str) -> str | None:
        """Give the text of a role; None if the cell is empty or the mapping has no such role."""
        self._taken.add(role)
        found = self._raw(role)
        return _one_line(found) if found else None

    def text(self, role: str) -> str:
        """Give the text of a role; an empty cell refuses the row."""
        found = self.maybe(role)
        if found is None:
            raise EmptyCell(self.place_of(role))
        return found

    def address(self, role: str = "address") -> str | None:
        """Give an address as it is written, without the blanks at its ends."""
        return self.maybe(role)

    def split(self, role: str, sep: str = ";") -> tuple[str, ...]:
        """Give the parts of a cell, each once, in order; a line break parts them too."""
        self._taken.add(role)
        parts = (_filled(part) for part in (self._raw(role) or "").replace("\n", sep).split(sep))
        return tuple(dict.fromkeys(_one_line(part) for part in parts if part))

    def code(self, role: str) -> str | None:
        """Give the model's word for a cell; None if it is empty.

        Raises
        ------
        UnknownCode
            The role has a code list, and the word is not in it.
        """
        found = self.maybe(role)
        words = self.codes.get(role)
        if found is None or not words:
            return found
        word = words.get(found.casefold())
        if word is None:
            raise UnknownCode(self.place_of(role), found, sorted(words))
        return word

    def choice(self, role: str, among: type[C], otherwise: C) -> C:
        """Give a word of a closed list of the model; `otherwise` if the cell does not say it."""
        word = (self.code(role) or "").casefold()
        found: C = _members(among).get(word, otherwise)
        return found

    def _raw(self, role: str) -> str | None:
        heading = self._headings.get(role)
        return self.constants.get(role) if heading is None else self._cells[heading]

    # ------------------------------------------------------------------ identity
    def agency(self, role: str, region: str | None = None) -> str | None:
        """Give the agency that a cell names, as id or reference; None if empty or a class.

        Parameters
        ----------
        region
            Code of the region this row is about, if it differs from the source's.
        """
        text = self.maybe(role)
        return self.body(role, text, region) if text else None

    def agencies_in(self, role: str, sep: str = ";") -> tuple[str | None, ...]:
        """Give the agency of every part of a cell; None where a part is a class of bodies."""
        return tuple(self.body(role, part) for part in self.split(role, sep))

    def body(self, role: str, text: str, region: str | None = None) -> str | None:
        """Give the agency that a text in the cell of `role` means."""
        match = self.agencies.find(text, region or self.region)
        if match.id is None:
            return None
        if not match.sure:
            self.unsure.append((role, text, match))
        if match.entity and match.entity not in self.implied:
            self.implied.append(match.entity)
        self.place(match.id, name=role)
        return match.id

    def region_here(self, code: str = "region_code", name: str = "region_name") -> str | None:
        """Give the code of the region that this row is about: its own, else the source's."""
        return self.agencies.region(self.maybe(code), self.maybe(name)) or self.region

    def government(self, region: str | None) -> str | None:
        """Give the id of a region's government."""
        return self.agencies.government(region) if region else None

    def is_agency(self, text: str) -> bool:
        """Tell whether a text is the name of an agency we know."""
        known = self.agencies.find(text, None).how in {"central", "government", "unit"}
        return known and "(" not in text

    def id(
        self, prefix: str, name: str, owner: str = "", address: str = "", *, mention: bool = False
    ) -> str:
        """Give the reference by which a thing without a code is recognised.

        Parameters
        ----------
        owner
            Id or reference of the agency the row names with it.
        address
            Recognises a renamed thing.
        mention
            The row names the thing without describing it.
        """
        made = str(Reference(prefix, owner, name, address, mention))
        if mention:
            self._mentioned.add(made)
        return made

    def key(self, prefix: str, name: str) -> str:
        """Give the final id of a thing whose name is its key within all sources."""
        return f"{prefix}:{slug(name)}"

    # ------------------------------------------------------------------ columns
    def heading_of(self, role: str) -> str | None:
        """Give the heading of a role's column."""
        return self._headings.get(role)

    def place_of(self, role: str) -> Locus:
        """Give the place of a role's cell."""
        return dataclasses.replace(self.where, column=self.heading_of(role) or role)

    def place(self, id: str, **roles: str) -> None:
        """Say from which roles the properties of a thing are, where it is not the role's name.

        A thing that is never placed has each property from the role of the same name.
        """
        self._places.setdefault(id, roles)

    def mention(self, id: str) -> None:
        """Say that the row only names a thing whose id is final; another row may describe it."""
        self._mentioned.add(id)

    def only_mentions(self, id: str) -> bool:
        """Tell whether the row only names a thing."""
        return id in self._mentioned

    def headings_of(self, id: str, props: Collection[str]) -> dict[str, str]:
        """Give property → heading of some properties of a thing that this row speaks about."""
        roles, at = self._places.get(id), self._headings
        if roles is None:
            return {prop: at[prop] for prop in props if prop in at}
        return {p: at[role] for p, role in roles.items() if role in at and p in props}

    def heading_about(self, id: str) -> str | None:
        """Give the heading of the column that names a thing, if one column does."""
        return self._headings.get(self._places.get(id, {}).get("name", ""))

    def take(self, *roles: str) -> None:
        """Mark roles as read: the model has no place for what they say."""
        self._taken.update(roles)

    def done(self) -> None:
        """Check that the row was read to its end.

        Raises
        ------
        UnreadColumn
            A filled column has a role that nobody asked for.
        """
        unread = [
            heading
            for heading, role in self.columns.items()
            if self._cells[heading]
            and role not in self._taken
            and not role.startswith(PERSONAL)
            and heading not in self.ignore
        ]
        if unread:
            where = dataclasses.replace(self.where, column=unread[0])
            raise UnreadColumn(where, columns=", ".join(f'"{heading}"' for heading in unread))


@overload
def record(fact: Entity, row: Row, origin: Origin) -> NodeRecord: ...
@overload
def record(fact: Edge, row: Row, origin: Origin) -> EdgeRecord: ...
def record(fact: Entity | Edge, row: Row, origin: Origin) -> NodeRecord | EdgeRecord:
    """Write what a row says about a thing, or about two, as a record.

    Only what the row says is kept: a property at its default is unknown.
    """
    if isinstance(fact, Edge):
        if fact.relation.name in BY_ONE_CELL:
            origin = origin._replace(column=row.heading_about(fact.source) or origin.column)
        props = {name: _value(value) for name, value in fact.props.items() if value != ()}
        return EdgeRecord(fact.relation.name, fact.source, fact.target, props, origin)
    said: dict[str, Value] = {}
    for name, default in _defaults(type(fact).__name__):
        value = getattr(fact, name)
        if value != default:
            said[name] = _value(value)
    columns = row.headings_of(fact.id, said)
    mention = row.only_mentions(fact.id)
    return NodeRecord(type(fact).__name__, fact.id, said, origin, columns, mention)


def stands_for_many(system: str) -> bool:
    """Tell whether a text means a class of systems: "3.487 lembaga pengguna", "SSO instansi"."""
    return bool(MANY.search(system))


def _filled(text: str | None) -> str | None:
    text = (text or "").strip()
    if not text or (len(text) <= LONGEST and text.casefold() in EMPTY):
        return None
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _members(among: type[C]) -> dict[str, C]:
    return {c.value: c for c in among}


@cache
def _defaults(node_type: str) -> tuple[tuple[str, Any], ...]:
    fields = dataclasses.fields(NODE_TYPES[node_type].cls)
    return tuple((f.name, f.default) for f in fields if f.name != "id")


def _value(value: Value) -> Value:
    return str(value) if isinstance(value, Code) else value
