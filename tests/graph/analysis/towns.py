"""Small made-up landscapes: applications of a few governments, with rows as origins."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from graph import reference
from graph.build import authority
from graph.build.derive import Decided, Derived, derive
from graph.build.gather import gather
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord, Origin

MAGETAN, NGAWI, SEMARANG, TEGAL = (
    f"agency:pemda-{c}" for c in ("35-20", "35-21", "33-74", "33-28")
)
ENDS = {"USES": "Agency", "OWNS": "Agency", "MASTERS": "DataEntity", "READS": "DataEntity"}


def app(
    id: str, name: str, description: str = "", government: str | None = MAGETAN, **more: Any
) -> dict[str, Any]:
    """Give one application; `uses`, `masters`, `reads` list ids at the other end of edges."""
    told = {"description": description or None, "government": government}
    return {"id": f"app:{id}", "name": name} | {k: v for k, v in told.items() if v} | more


def town(applications: Iterable[Mapping[str, Any]], *national: str) -> Landscape:
    """Make a Landscape of applications, the functions, and the general applications.

    Parameters
    ----------
    national
        Further national applications, by name.
    """
    nodes: list[NodeRecord] = []
    edges: list[EdgeRecord] = []
    for row, given in enumerate(applications, start=2):
        props = dict(given)
        origin = Origin(props.pop("source", "town"), "town.csv", None, props.pop("row", row))
        id = props.pop("id")
        for relation in ("uses", "owns"):
            for unit in props.pop(relation, ()):
                body = {"name": unit, "kind": "unit", "government": given.get("government")}
                nodes.append(NodeRecord("Agency", f"agency:{unit}", dict(body), origin))
                edges.append(EdgeRecord(relation.upper(), f"agency:{unit}", id, {}, origin))
        for relation in ("masters", "reads"):
            for data in props.pop(relation, ()):
                nodes.append(NodeRecord("DataEntity", f"data:{data}", {"name": data}, origin))
                edges.append(EdgeRecord(relation.upper(), id, f"data:{data}", {}, origin))
        nodes.append(NodeRecord("Application", id, props, origin))
    for general in reference.general_applications().values():
        if general.class_ == "A" or general.name in national:
            _split(authority.general_application(general), nodes, edges)
    _split(authority.functions(), nodes, edges)
    ends = {i for e in edges for i in (e.source, e.target)}
    ends |= {str(n.props["government"]) for n in nodes if n.props.get("government")}
    _split(authority.known(ends), nodes, edges)
    found = gather(nodes, edges)
    return Landscape.of(found.nodes, found.edges, found.origins)


def finding_key(
    kind: str, function: str, government: str | None, members: frozenset[str]
) -> tuple[str, bool]:
    """Name a finding by what it is about, as a ledger would."""
    told = "|".join((kind, function, government or "", *sorted(members)))
    return f"finding:{hashlib.sha256(told.encode()).hexdigest()[:12]}", False


def found(base: Landscape, decisions: Mapping[str, Decided] | None = None) -> Derived:
    """Derive what analysis finds."""
    return derive(base, finding_key, decisions or {})


def whole(base: Landscape, derived: Derived) -> Landscape:
    """Put what was found into the Landscape, as the build does."""
    return Landscape.of(
        [
            (kind, row | derived.updates.get(row["id"], {}))
            for kind in base.nodes
            for row in base.rows(kind)
        ]
        + derived.nodes,
        [(kind, row) for kind in base.edges for row in base.edge_rows(kind)] + derived.edges,
        derived.origins,
        derived.evidence,
    )


def findings(base: Landscape) -> dict[frozenset[str], dict[str, Any]]:
    """Give the findings by their members' names."""
    full = whole(base, found(base))
    return {
        frozenset(full.node(m)["name"] for m in full.sources(f["id"], "MEMBER_OF")): f
        | {"evidence": full.evidence_of(f["id"])}
        for f in full.rows("Finding")
    }


def _split(
    records: Iterable[NodeRecord | EdgeRecord], nodes: list[NodeRecord], edges: list[EdgeRecord]
) -> None:
    for record in records:
        if isinstance(record, NodeRecord):
            nodes.append(record)
        else:
            edges.append(record)
