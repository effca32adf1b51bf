"""What each application record says that helps to recognise it: input of `resolve.identify`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph import reference
from graph.build.keys import Ledger
from graph.build.resolve import Description
from graph.schema.records import EdgeRecord, NodeRecord, Reference


def governments(agencies: Iterable[NodeRecord]) -> dict[str, str]:
    """Give agency → government: of a unit its region's government, of a central body itself."""
    found = {a.id: a.id for a in reference.agencies().values()}
    found |= {r.government: r.government for r in reference.regions().values()}
    for record in agencies:
        government = record.props.get("government")
        if isinstance(government, str):
            found[record.id] = government
    return found


def descriptions(
    nodes: Sequence[NodeRecord],
    edges: Sequence[EdgeRecord],
    references: Mapping[str, Reference],
    government: Mapping[str, str],
    ledger: Ledger,
) -> list[Description]:
    """Gather what the records of each application key say; sorted by key. O(n)."""
    records: dict[str, list[NodeRecord]] = defaultdict(list)
    for n in nodes:
        if n.type == "Application":
            records[n.id].append(n)
    bodies: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"OWNS": set(), "USES": set()})
    for e in edges:
        if e.relation in ("OWNS", "USES"):
            bodies[e.target][e.relation].add(e.source)
    return [
        _description(key, records[key], bodies[key], references[key], government, ledger)
        for key in sorted(records)
    ]


def _description(
    key: str,
    records: list[NodeRecord],
    bodies: Mapping[str, set[str]],
    ref: Reference,
    government: Mapping[str, str],
    ledger: Ledger,
) -> Description:
    def texts(name: str) -> list[str]:
        return sorted({str(r.props[name]) for r in records if r.props.get(name)})

    owners, units = sorted(bodies["OWNS"]), sorted(bodies["USES"])
    if ref.mention and ref.owner:
        owners = [ref.owner]
    named = [*owners, *units, *texts("government"), ref.owner]
    return Description(
        key=key,
        name=ref.name,
        spellings=tuple(texts("name")),
        text="; ".join(texts("description")) or None,
        addresses=tuple(texts("address")),
        owners=tuple(owners),
        units=tuple(units),
        government=next((government[a] for a in named if a in government), None),
        system=not any(r.props.get("kind") == "class" for r in records),
        mention=ref.mention,
        source=records[0].origin.source,
        order=ledger.order(key),
    )


def national() -> list[Description]:
    """Give the reference record of each national application."""
    agencies = reference.agencies()
    return [
        Description(
            key=app.id,
            name=app.name,
            spellings=app.spellings,
            text=None,
            addresses=tuple(app.hosts),
            owners=(agencies[app.managing_agency].id,),
            units=(),
            government=agencies[app.managing_agency].id,
            system=True,
            mention=False,
            source="reference",
            order=-1,
            national=app.name,
        )
        for app in reference.general_applications().values()
    ]
