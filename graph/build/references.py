"""From the words by which a record is recognised to its key: who is meant, in every source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, cast

from graph.build.keys import Ledger
from graph.schema.records import (
    EdgeRecord,
    NodeRecord,
    Origin,
    Reference,
    is_reference,
    reference,
)

LATER = {"app": True, "interface": True, "innovation": False}
"""Prefixes that are recognised by an owner, in order; whether only within their own source."""


@dataclass(frozen=True)
class Said:
    """What one source says: its description, and the records of its accepted rows."""

    slug: str
    meta: dict[str, Any]
    nodes: Sequence[NodeRecord]
    edges: Sequence[EdgeRecord]


def keyed(said: Said, ledger: Ledger) -> tuple[Said, dict[str, Reference]]:
    """Put keys in place of the references of a source.

    Agencies come first, because an application is recognised by its owner too; interfaces last,
    because one is recognised by its application. Agencies, services, data entities and innovations
    that no authority list knows are recognised across sources, applications and interfaces within
    their own.

    Returns
    -------
    tuple
        The source with keys, and key → reference of each application.
    """
    keys: dict[str, str] = {}
    found = _references(said)
    every = set(found.values())
    shared = {r for r in every if r.prefix not in LATER}
    keys |= _assigned("", shared, ledger)
    apps = {r for r in every if r.prefix == "app"}
    owned = {r: replace_owner(r, keys) for r in apps}
    for prefix, source in LATER.items():
        keys |= _owned(said.slug if source else "", prefix, every, keys, ledger)
    held = _Held(keys)
    nodes = [
        NodeRecord(
            intern(n.type),
            held.key(n.id),
            held.props(n.props),
            held.origin(n.origin),
            held.columns(n.columns),
            n.mention or (is_reference(n.id) and found[n.id].mention),
        )
        for n in said.nodes
    ]
    edges = [
        EdgeRecord(
            intern(e.relation),
            held.key(e.source),
            held.key(e.target),
            held.props(e.props),
            held.origin(e.origin),
        )
        for e in said.edges
    ]
    recognised: dict[str, Reference] = {}
    for original, ref in sorted(owned.items(), key=lambda pair: (pair[0].mention, pair[0])):
        recognised.setdefault(keys[str(original)], ref)
    return Said(said.slug, said.meta, nodes, edges), recognised


def replace_owner(ref: Reference, keys: dict[str, str]) -> Reference:
    """Give the reference with the key of its owner, where the owner was a reference too."""
    return ref._replace(owner=keys.get(ref.owner, ref.owner))


def _assigned(source: str, refs: Iterable[Reference], ledger: Ledger) -> dict[str, str]:
    ordered = sorted(refs)
    return dict(zip(map(str, ordered), ledger.assign(source, ordered), strict=True))


def _owned(
    source: str, prefix: str, found: set[Reference], keys: dict[str, str], ledger: Ledger
) -> dict[str, str]:
    """Give keys to what is recognised by its owner too, once the owners have theirs."""
    ordered = sorted(r for r in found if r.prefix == prefix)
    given = ledger.assign(source, [replace_owner(r, keys) for r in ordered]) if ordered else []
    return dict(zip(map(str, ordered), given, strict=True))


def _references(said: Said) -> dict[str, Reference]:
    """Give what a source refers to, owners of owners among it, by how it is written."""
    texts = {n.id for n in said.nodes}
    texts.update(i for e in said.edges for i in (e.source, e.target))
    props = [*(n.props for n in said.nodes), *(e.props for e in said.edges)]
    texts.update(v for p in props for v in p.values() if isinstance(v, str))
    found: dict[str, Reference] = {}
    while texts := {t for t in texts if is_reference(t)} - found.keys():
        new = {t: reference(t) for t in texts}
        found |= new
        texts = {r.owner for r in new.values()}
    return found


class _Held:
    """The values of one source, equal ones held once: many rows name one body in one way."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._values: dict[Any, Any] = {}
        self._props: dict[tuple[tuple[str, Any], ...], dict[str, Any]] = {}

    def key(self, id: str) -> str:
        """Give the key in place of a reference; another text as it is."""
        found = self._keys.get(id, id)
        return cast(str, self._values.setdefault(found, found))

    def props(self, props: Mapping[str, Any]) -> dict[str, Any]:
        """Give properties with keys in place of references."""
        told = tuple(props.items())
        if told not in self._props:
            self._props[told] = {
                intern(k): self.key(v) if isinstance(v, str) else v for k, v in told
            }
        return self._props[told]

    def columns(self, columns: dict[str, str]) -> dict[str, str]:
        """Give the headings of properties."""
        return self._props.setdefault(tuple(columns.items()), columns)

    def origin(self, origin: Origin) -> Origin:
        """Give an origin, its texts held once too."""
        found = self._values.get(origin)
        if found is None:
            found = self._values[origin] = Origin(*map(self._value, origin))
        return cast(Origin, found)

    def _value(self, value: Any) -> Any:
        return self._values.setdefault(value, value) if isinstance(value, str) else value
