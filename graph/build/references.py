"""From the words by which a record is recognised to its key: who is meant, in every source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.build.keys import Ledger
from graph.schema.records import EdgeRecord, NodeRecord, Reference, is_reference, reference

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
    shared = {r for r in found if r.prefix not in LATER}
    keys |= _assigned("", shared, ledger)
    apps = {r for r in found if r.prefix == "app"}
    owned = {r: replace_owner(r, keys) for r in apps}
    for prefix, source in LATER.items():
        keys |= _owned(said.slug if source else "", prefix, found, keys, ledger)
    nodes = [
        replace(
            n,
            id=keys.get(n.id, n.id),
            props=_props(n.props, keys),
            mention=n.mention or (is_reference(n.id) and reference(n.id).mention),
        )
        for n in said.nodes
    ]
    edges = [
        replace(
            e,
            source=keys.get(e.source, e.source),
            target=keys.get(e.target, e.target),
            props=_props(e.props, keys),
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


def _references(said: Said) -> set[Reference]:
    ids = {n.id for n in said.nodes}
    ids |= {i for e in said.edges for i in (e.source, e.target)}
    values = [v for n in said.nodes for v in n.props.values()]
    values += [v for e in said.edges for v in e.props.values()]
    ids |= {v for v in values if isinstance(v, str) and is_reference(v)}
    found = {reference(i) for i in ids if is_reference(i)}
    while owners := {reference(r.owner) for r in found if is_reference(r.owner)} - found:
        found |= owners
    return found


def _props(props: Mapping[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    return {k: keys.get(v, v) if isinstance(v, str) else v for k, v in props.items()}
