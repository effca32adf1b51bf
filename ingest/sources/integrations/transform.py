"""A row of a list of integrations: one documented exchange, or its refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from graph.schema.codes import ApplicationKind, Certainty, ExchangeStatus
from graph.schema.core import Code, Edge, Entity, Relation
from graph.schema.nodes import Agency, Application, DataEntity
from graph.schema.records import plain
from graph.schema.relations import INTEGRATES_WITH, READS
from ingest.row import Row, stands_for_many

REQUIRED = ("provider_system", "consumer_system")
ROLES = (
    "code",
    "provider_system",
    "provider_agency",
    "consumer_system",
    "consumer_agency",
    "data_entities",
    "data_detail",
    "join_keys",
    "channel",
    "protocol",
    "status",
    "since",
    "legal_basis",
    "description",
    "confidence",
    "cited_source",
)
CODES: Mapping[str, type[Code]] = {"status": ExchangeStatus}
TARGETS: tuple[type[Entity] | Relation, ...] = (
    Agency,
    Application,
    DataEntity,
    INTEGRATES_WITH,
    READS,
)
NOT_NAMED = {"tidak disebut", "tidak diketahui", "unknown", "not named"}
RECALLED = {"recalled", "ingatan", "dugaan", "assumed"}


def transform(row: Row) -> Iterator[Entity | Edge]:
    """Turn one row into an exchange per provider, consumer and data entity.

    What is *stopped* is kept: it is a fact too.  A match of elements is another data entity than
    the record, so the words of the dictionary are taken as they stand.
    """
    row.take("code", "data_detail", "cited_source")
    providers = tuple(_systems(row, "provider"))
    consumers = tuple(_systems(row, "consumer"))
    entities = tuple(_data(row))
    status = row.choice("status", ExchangeStatus, ExchangeStatus.UNKNOWN)
    said = {
        "kind": _certainty(row),
        "status": status,
        "channel": _known(row.maybe("channel")),
        "protocol": row.maybe("protocol"),
        "join_keys": row.split("join_keys"),
        "since": row.maybe("since"),
        "agreement": row.maybe("legal_basis"),
        "reason": row.maybe("description"),
        "confidence": row.maybe("confidence"),
    }
    yield from (*providers, *consumers, *entities)
    data = tuple(e.id for e in entities) or (None,)
    for provider, consumer, id in product(providers, consumers, data):
        if provider.id != consumer.id:
            yield INTEGRATES_WITH(provider.id, consumer.id, data=id, **said)
    if status is ExchangeStatus.LIVE and said["kind"] is not Certainty.ASSUMED:
        for consumer, entity in product(consumers, entities):
            yield READS(consumer.id, entity.id)
    row.done()


def _systems(row: Row, side: str) -> Iterator[Application]:
    """Give the systems of one side; a body is theirs where the cell says whose each one is."""
    role = f"{side}_system"
    row.text(role)
    systems, bodies = row.split(role), row.split(f"{side}_agency")
    agencies = row.agencies_in(f"{side}_agency")
    if len(agencies) == len(systems):
        owners = agencies
    else:
        owners = (agencies[0] if len(agencies) == 1 else None,) * len(systems)
    # one class of bodies beside several systems does not say which of them is theirs
    many = bool(bodies) and not any(agencies) and len(bodies) == len(systems)
    for system, owner in zip(systems, owners, strict=True):
        a_class = many or stands_for_many(system) or row.is_agency(system)
        app = Application(
            id=row.id("app", system, owner=owner or "", mention=True),
            name=system,
            kind=ApplicationKind.CLASS if a_class else ApplicationKind.SYSTEM,
        )
        row.place(app.id, name=role)
        yield app


def _data(row: Row) -> Iterator[DataEntity]:
    for name in row.split("data_entities"):
        if plain(name) in NOT_NAMED:
            continue
        entity = DataEntity(id=row.key("data", name), name=name)
        row.place(entity.id, name="data_entities")
        row.mention(entity.id)
        yield entity


def _known(word: str | None) -> str | None:
    return None if word is None or plain(word) in NOT_NAMED else word


def _certainty(row: Row) -> Certainty:
    """Say how the exchange is known: what is only recalled is assumed until somebody shows it."""
    recalled = plain(row.maybe("confidence") or "") in RECALLED
    return Certainty.ASSUMED if recalled else Certainty.DECLARED
