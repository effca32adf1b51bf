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
    "aliases",
    "code",
    "description",
    "lead_agency",
    "region_code",
    "region_name",
    "priority",
    "legal_basis",
    "executor",
    "confidence",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Service, PROVIDES)
NO = {"tidak", "bukan", "no", "0"}
"""Words of `priority` for a service that is none."""


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into a service and the bodies that lead it, as they were at the source's date.

    A service of one region is another one than the service of that name elsewhere: its government
    belongs to its identity.  A service without a region is the same in every national list.
    """
    row.take("legal_basis", "executor", "confidence", "cited_source")
    name = row.text("name")
    region = row.region_here()
    government = row.government(region)
    service = Service(
        id=row.id("service", name, owner=government) if government else row.key("service", name),
        name=name,
        name_en=row.maybe("name_en"),
        aliases=row.split("aliases"),
        code=row.maybe("code"),
        description=row.maybe("description"),
        priority=(row.maybe("priority") or "tidak").casefold() not in NO,
    )
    yield service
    bodies = [row.body("lead_agency", part, region) for part in row.split("lead_agency")]
    for agency in bodies or [government]:
        if agency:
            yield PROVIDES(agency, service.id)
    row.done()
