"""A row of a dictionary of data entities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.schema.codes import ApplicationKind, DataKind, Openness
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Application, DataEntity
from graph.schema.relations import MASTERS, STEWARDS
from ingest.row import Row, stands_for_many

REQUIRED = ("name",)
ROLES = (
    "name",
    "name_en",
    "code",
    "definition",
    "kind",
    "openness",
    "join_keys",
    "master_system",
    "steward",
    "legal_basis",
    "confidence",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {"kind": DataKind, "openness": Openness}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Application, DataEntity, MASTERS, STEWARDS)
COPY = re.compile(r"\(salinan\)|\(copy\)", re.IGNORECASE)
"""Marks a system that holds a copy: it is no master."""


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into a data entity, the systems that master it and its stewards."""
    row.take("legal_basis", "confidence", "cited_source")
    name = row.text("name")
    entity = DataEntity(
        id=row.key("data", name),
        name=name,
        name_en=row.maybe("name_en"),
        code=row.maybe("code"),
        description=row.maybe("definition"),
        kind=row.choice("kind", DataKind, DataKind.UNKNOWN),
        openness=row.choice("openness", Openness, Openness.UNKNOWN),
        join_keys=row.split("join_keys"),
    )
    same = ("name", "name_en", "code", "kind", "openness", "join_keys")
    row.place(entity.id, description="definition", **{role: role for role in same})
    yield entity
    stewards = row.agencies_in("steward")
    yield from _masters(row, entity.id, stewards)
    for steward in stewards:
        if steward:
            yield STEWARDS(steward, entity.id)
    row.done()


def _masters(row: Row, data: str, stewards: tuple[str | None, ...]) -> Iterator[Entity | Edge]:
    """Give the systems that master the data; their owner is known where there is one steward."""
    owner = stewards[0] if len(stewards) == 1 else None
    for system in row.split("master_system"):
        if COPY.search(system):
            continue
        many = stands_for_many(system) or row.is_agency(system) or stewards == (None,)
        app = Application(
            id=row.id("app", system, owner=owner or "", mention=True),
            name=system,
            kind=ApplicationKind.CLASS if many else ApplicationKind.SYSTEM,
        )
        row.place(app.id, name="master_system")
        yield app
        yield MASTERS(app.id, data)
