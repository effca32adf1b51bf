"""Central bodies at a date, and their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph import reference
from graph.reference import AuthorityAgency
from graph.schema.codes import AgencyKind
from graph.schema.nodes import Agency
from graph.schema.records import plain
from ingest.agencies.index import index
from ingest.agencies.match import Match


def body_at(bodies: Sequence[AuthorityAgency], as_of: str | None) -> AuthorityAgency | None:
    """Choose the body that existed at the source's date, among those of one spelling."""
    valid_then = [b for b in bodies if valid(b, as_of)]
    if valid_then or not bodies:
        return valid_then[0] if len(valid_then) == 1 else None
    moved = {m.code: m for b in bodies if (m := _moved(b, as_of))}
    if len(moved) == 1:
        return next(iter(moved.values()))
    return bodies[0] if len(bodies) == 1 else None


def _moved(body: AuthorityAgency, as_of: str | None) -> AuthorityAgency | None:
    """Follow a renamed body to the date; one that was split stays as it is named."""
    seen = {body.code}
    while not valid(body, as_of):
        if _after(body.valid_from, as_of or ""):
            following = [reference.agencies()[p] for p in [body.predecessor] if p]
        else:
            following = list(index().successors.get(body.code, ()))
        if len(following) != 1 or following[0].code in seen:
            return None
        body = following[0]
        seen.add(body.code)
    return body


def valid(body: AuthorityAgency, as_of: str | None) -> bool:
    """Tell whether a body exists at a date; None asks for today."""
    if not as_of:
        return not body.valid_to
    return not (_after(body.valid_from, as_of) or (body.valid_to and _after(as_of, body.valid_to)))


def _after(left: str, right: str) -> bool:
    """Compare two dates as far as both are known: within the same year, a year is not after it."""
    n = min(len(left), len(right))
    return left[:n] > right[:n]


def part_of(body: AuthorityAgency, unit: str, name: str = "") -> Match:
    """Make the unit of a central body."""
    unit = " ".join(unit.replace(",", " ").split())
    spelled = re.sub("direktorat jenderal", "Ditjen", unit, flags=re.IGNORECASE)
    entity = Agency(
        id=f"{body.id}-{plain(spelled).replace(' ', '-')}",
        name=name or f"{unit} {body.abbreviation or body.name}",
        kind=AgencyKind.UNIT,
        government=body.id,
    )
    return Match(entity.id, entity, True, "central-unit")
