"""A row of a list of services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Service
from graph.schema.relations import PROVIDES
from ingest.row import Row

REQUIRED = ("name",)
ROLES = (
    "name",
    "name_en",
    "code",
    "description",
    "lead_agency",
    "priority",
    "legal_basis",
    "executor",
    "confidence",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Service, PROVIDES)
NO = {"tidak", "bukan", "no", "0"}


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into a service and the bodies that lead it, as they were at the source's date.

    A list without a column `priority` is a list of priority services.
    """
    row.take("legal_basis", "executor", "confidence", "cited_source")
    name = row.text("name")
    service = Service(
        id=row.key("service", name),
        name=name,
        name_en=row.maybe("name_en"),
        code=row.maybe("code"),
        description=row.maybe("description"),
        priority=(row.maybe("priority") or "").casefold() not in NO,
    )
    yield service
    for agency in row.agencies_in("lead_agency"):
        if agency:
            yield PROVIDES(agency, service.id)
    row.done()
