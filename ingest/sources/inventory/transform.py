"""A row of an application inventory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from graph.schema.codes import Lifecycle, Scope
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Application
from graph.schema.records import is_reference, plain
from graph.schema.relations import OWNS, USES
from ingest.row import Row

REQUIRED = ("name|address",)
"""One of them: an address stands in as name (contract)."""
ROLES = (
    "name",
    "code",
    "description",
    "address",
    "status",
    "status_reason",
    "platform",
    "class_reported",
    "scope",
    "owner",
    "reporting_unit",
    "region_code",
    "region_name",
    "record_kind",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {"status": Lifecycle, "class_reported": Scope, "scope": Scope}
TARGETS: tuple[type[Entity] | Relation, ...] = (Agency, Application, OWNS, USES)
WEBSITE = {"website", "situs", "situs web", "web site", "laman"}
"""Words of `record_kind` for a plain website: an accepted row without a node (design §14)."""


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into an application, the body that owns it and the unit that reported it."""
    row.take("record_kind", "cited_source")
    if plain(row.maybe("record_kind") or "") in WEBSITE:
        row.take(*ROLES)
        row.done()
        return
    address = row.address()
    named = row.maybe("name") is not None or address is None
    name = row.text("name" if named else "address")
    region = row.region_here()
    owner = row.agency("owner", region)
    reporter = row.agency("reporting_unit", region)
    government = row.government(region)
    told_by = owner or reporter
    # a body that no authority list knows says nothing of its government: the source's region does
    unknown = told_by is None or is_reference(told_by)
    scope_role = "class_reported" if row.heading_of("class_reported") else "scope"
    app = Application(
        id=row.id("app", name, owner=told_by or government or "", address=address or ""),
        name=name,
        code=row.maybe("code"),
        description=row.maybe("description"),
        scope=row.choice(scope_role, Scope, Scope.UNKNOWN),
        status=row.choice("status", Lifecycle, Lifecycle.UNKNOWN),
        status_reason=row.maybe("status_reason"),
        platform=row.maybe("platform"),
        address=address,
        government=government if unknown else None,
    )
    row.take("scope")
    row.place(app.id, **_columns(scope_role, "name" if named else "address"))
    yield app
    if owner:
        yield OWNS(owner, app.id)
    if reporter:
        yield USES(reporter, app.id)
    row.done()


@cache
def _columns(scope: str, name: str) -> dict[str, str]:
    """Give property → role of an application."""
    same = ("code", "description", "status", "status_reason", "platform", "address")
    other = {"name": name, "scope": scope, "government": "region_code"}
    return {**{role: role for role in same}, **other}
