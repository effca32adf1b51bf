"""Who may own a national application: the body that the authority list names, and no region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from graph import reference
from graph.schema.records import EdgeRecord

RULE = "rule:national-owner"


def national_owners(
    edges: Iterable[EdgeRecord], government: Mapping[str, str]
) -> Iterator[EdgeRecord]:
    """Give the edges; a regional body that a row calls owner of a national application uses it.

    An inventory of a region names the unit that answers for an application there; of an
    application that the authority list gives to a national body that unit is a user. The origin
    says so by its rule.  O(n) for n edges.

    Parameters
    ----------
    edges
        Between nodes, that is, after records were merged.
    government
        Agency → its government.
    """
    national = _national()
    for e in edges:
        regional = government.get(e.source, e.source).startswith(reference.REGIONAL)
        if e.relation == "OWNS" and regional and e.target in national:
            yield replace(e, relation="USES", props={}, origin=e.origin._replace(how=RULE))
        else:
            yield e


@cache
def _national() -> frozenset[str]:
    """Give the applications that the authority list gives to a body that is no region's."""
    bodies = reference.agencies()
    return frozenset(
        app.id
        for app in reference.general_applications().values()
        if not bodies[app.managing_agency].id.startswith(reference.REGIONAL)
    )
