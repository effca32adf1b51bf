"""A row of a list of interfaces: the catalogue of a gateway, of an agency or of a country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema.codes import ApplicationKind, InterfaceStatus
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Application, DataEntity, Interface
from graph.schema.relations import CARRIES, EXPOSES, PROVIDES, PUBLISHED_ON, SUBSCRIBES
from ingest.row import Row, stands_for_many

REQUIRED = ("name", "endpoint|context|docs|system")
ROLES = (
    "name",
    "code",
    "system",
    "owner",
    "description",
    "context",
    "version",
    "endpoint",
    "protocol",
    "format",
    "authentication",
    "data_entities",
    "docs",
    "gateway",
    "status",
    "subscribers",
    "category",
    "license",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {"status": InterfaceStatus}
TARGETS: tuple[type[Entity] | Relation, ...] = (
    Agency,
    Application,
    DataEntity,
    Interface,
    CARRIES,
    EXPOSES,
    PROVIDES,
    PUBLISHED_ON,
    SUBSCRIBES,
)


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into an interface, its application, its body, its data and its gateway.

    What exposes it, carries it or calls it is only mentioned here; another list describes it.
    """
    row.take("category", "license", "cited_source")
    owners = row.agencies_in("owner")
    known = [o for o in owners if o]
    apps = tuple(_systems(row, "system", known, of_many=bool(owners) and not known))
    endpoint = row.address("endpoint")
    name = row.text("name")
    told_by = apps[0].id if apps else known[0] if known else ""
    made = Interface(
        id=row.id("interface", name, owner=told_by, address=endpoint or ""),
        name=name,
        code=row.maybe("code"),
        description=row.maybe("description"),
        context=row.maybe("context"),
        version=row.maybe("version"),
        endpoint=endpoint,
        protocol=row.maybe("protocol"),
        format=row.maybe("format"),
        authentication=row.maybe("authentication"),
        status=row.choice("status", InterfaceStatus, InterfaceStatus.UNKNOWN),
        docs=row.maybe("docs"),
    )
    yield made
    yield from apps
    yield from (EXPOSES(app.id, made.id) for app in apps)
    yield from (PROVIDES(body, made.id) for body in known)
    for data in _data(row):
        yield data
        yield CARRIES(made.id, data.id)
    for gateway in _gateways(row):
        yield gateway
        yield PUBLISHED_ON(made.id, gateway.id)
    for consumer in _systems(row, "subscribers", [], of_many=False):
        yield consumer
        yield SUBSCRIBES(consumer.id, made.id)
    row.done()


def _systems(row: Row, role: str, owners: list[str], *, of_many: bool) -> Iterator[Application]:
    """Give the systems that a cell names; the one body of the row is theirs."""
    owner = owners[0] if len(owners) == 1 else ""
    for system in row.split(role):
        many = of_many or stands_for_many(system) or row.is_agency(system)
        app = Application(
            id=row.id("app", system, owner=owner, mention=True),
            name=system,
            kind=ApplicationKind.CLASS if many else ApplicationKind.SYSTEM,
        )
        row.place(app.id, name=role)
        yield app


def _gateways(row: Row) -> Iterator[Application]:
    """Give the gateways that a cell names: what is published on one may be passed on by it.

    Words for gateways of many bodies name none of them, so such a class relays nothing.
    """
    for gateway in row.split("gateway"):
        many = stands_for_many(gateway)
        app = Application(
            id=row.id("app", gateway, mention=True),
            name=gateway,
            kind=ApplicationKind.CLASS if many else ApplicationKind.SYSTEM,
            relay=not many,
        )
        row.place(app.id, name="gateway", relay="gateway")
        yield app


def _data(row: Row) -> Iterator[DataEntity]:
    for name in row.split("data_entities"):
        entity = DataEntity(id=row.key("data", name), name=name)
        row.place(entity.id, name="data_entities")
        row.mention(entity.id)
        yield entity
