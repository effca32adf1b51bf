"""Nodes that the reference data knows by their id: regions, governments, central bodies, functions.

Only what a row or a finding touches becomes a node; functions are loaded whole (design §14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from graph import reference
from graph.reference import AuthorityAgency, GeneralApplication, Region
from graph.schema.codes import AgencyKind, Scope
from graph.schema.core import Value
from graph.schema.records import EdgeRecord, NodeRecord

Record = NodeRecord | EdgeRecord
SLUG = "reference"
GATEWAY = "INTEGRASI"  # the function of passing data on
OTHER_KINDS = {"state_enterprise": AgencyKind.ENTERPRISE}


def functions() -> Iterator[Record]:
    """Give the functional vocabulary as nodes, whole."""
    groups = reference.function_groups()
    for f in reference.functions().values():
        group = groups[f.group]
        props = {
            "name": f.name_id,
            "name_en": f.name_en,
            "code": f.code,
            "description": f.definition_id,
            "group": group.code,
            "rab_code": f.rab_code or None,
            "ral_code": f.ral_code or None,
        }
        yield NodeRecord("Function", f.id, props, f.origin())


def general_application(app: GeneralApplication) -> Iterator[Record]:
    """Give a national application, its owner, what it covers and the decrees behind it."""
    origin = app.origin()
    manager = reference.agencies()[app.managing_agency].id
    props: dict[str, Value] = {
        "name": app.name,
        "aliases": tuple(a for a in app.spellings if a != app.name),
        "scope_inferred": (Scope.GENERAL if app.class_ == "A" else Scope.SECTOR).value,
        "relay": app.class_ == "A" or GATEWAY in app.upstream_of,
        "government": manager,
    }
    yield NodeRecord("Application", app.id, props, origin)
    yield EdgeRecord("OWNS", manager, app.id, {}, origin)
    for code in app.functions:
        yield EdgeRecord("COVERS", app.id, reference.functions()[code].id, {}, origin)
    for decree in app.decrees:
        yield EdgeRecord("BASED_ON", app.id, reference.regulations()[decree].node_id, {}, origin)


def known(ids: Iterable[str]) -> Iterator[Record]:
    """Give the records of all ids the reference data knows, and of what these are part of.

    Ids it does not know are passed over. O(n) for n ids.
    """
    seen: set[str] = set()
    waiting = sorted(set(ids))
    while waiting:
        id = waiting.pop(0)
        if id in seen:
            continue
        seen.add(id)
        for record in _records(id):
            yield record
            if isinstance(record, EdgeRecord):
                waiting.append(record.target)
    by_code = reference.agencies()
    for agency in by_code.values():
        older = by_code.get(agency.predecessor)
        if older and {older.id, agency.id} <= seen:
            yield EdgeRecord("SUCCEEDED_BY", older.id, agency.id, {}, agency.origin())


def _records(id: str) -> Iterator[Record]:
    found = _index().get(id)
    if isinstance(found, Region):
        yield from _region(found) if id == found.id else _government(found)
    elif isinstance(found, AuthorityAgency):
        yield from _central(found)
    elif found is not None:
        props = {
            "name": " ".join(
                filter(None, (found.number, f"– {found.title}" if found.title else ""))
            ),
            "status": found.status,
        }
        yield NodeRecord("Regulation", id, props, found.origin())


@cache
def _index() -> dict[str, Region | AuthorityAgency | reference.Regulation]:
    found: dict[str, Region | AuthorityAgency | reference.Regulation] = {}
    for region in reference.regions().values():
        found[region.id] = found[region.government] = region
    found |= {a.id: a for a in reference.agencies().values()}
    found |= {r.node_id: r for r in reference.regulations().values()}
    return found


def _region(region: Region) -> Iterator[Record]:
    props = {"name": region.name, "code": region.code, "kind": region.kind}
    yield NodeRecord("Region", region.id, props, region.origin())
    if region.parent:
        parent = reference.regions()[region.parent]
        yield EdgeRecord("LOCATED_IN", region.id, parent.id, {}, region.origin())


def _government(region: Region) -> Iterator[Record]:
    origin = region.origin("rule:government-of-region")
    name = region.name if region.kind != "province" else f"Provinsi {region.name}"
    props = {
        "name": f"Pemerintah {name}",
        "kind": AgencyKind.GOVERNMENT.value,
        "government": region.government,
    }
    yield NodeRecord("Agency", region.government, props, origin)
    yield EdgeRecord("LOCATED_IN", region.government, region.id, {}, origin)


def _central(agency: AuthorityAgency) -> Iterator[Record]:
    props: dict[str, Value] = {
        "name": agency.name,
        "aliases": tuple(a for a in agency.spellings if a != agency.name),
        "name_en": agency.name_en or None,
        "code": agency.code,
        "kind": OTHER_KINDS.get(agency.kind, AgencyKind.CENTRAL).value,
        "government": agency.id,
        "valid_from": agency.valid_from or None,
        "valid_to": agency.valid_to or None,
    }
    yield NodeRecord("Agency", agency.id, props, agency.origin())
    if agency.parent:
        parent = reference.agencies()[agency.parent]
        yield EdgeRecord("PART_OF", agency.id, parent.id, {}, agency.origin())
