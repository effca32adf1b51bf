"""What is known of one node, and from which rows; what applications do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.landscape import Landscape
from graph.schema import NODE_TYPES
from graph.schema.records import Origin


def origin_rows(origins: Sequence[Origin]) -> list[dict[str, Any]]:
    """Give origins as the contract writes them."""
    return [o._asdict() for o in origins]


def show(landscape: Landscape, id: str) -> dict[str, Any]:
    """Give a node's properties, edges and records, each with its origins.

    A property that nobody stated (a default) is not shown; `also` holds what other rows state.
    """
    row = landscape.node(id)
    kind = landscape.type_of(id)
    properties = []
    also = other_values(landscape, id)
    for name in NODE_TYPES[kind].props:
        origins = landscape.origins_of(id, name)
        if row[name] is not None and origins:
            shown = {"name": name, "value": row[name], "origins": origin_rows(origins)}
            properties.append(shown | {"also": also.get(name, [])})
    edges = [
        {
            "type": relation,
            "direction": direction,
            "node": landscape.brief(edge["target"] if direction == "out" else edge["source"]),
            "origins": origin_rows(landscape.origins_of(edge["id"])),
        }
        for relation, direction, edge in landscape.edges_of(id)
    ]
    return {
        "node": landscape.brief(id),
        "properties": properties,
        "edges": edges,
        "records": origin_rows(landscape.origins_of(id)),
    }


def other_values(landscape: Landscape, id: str) -> dict[str, list[dict[str, Any]]]:
    """Give property → the values that other rows state, each with its origins."""
    found: dict[str, list[dict[str, Any]]] = {}
    for e in landscape.evidence_of(id, "also"):
        said = {"value": e["facts"]["value"], "origins": origin_rows(e["origins"])}
        found.setdefault(e["facts"]["property"], []).append(said)
    return found


def functions(landscape: Landscape, ids: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Give what each application does, the surest function first, and the words that decided."""
    codes = {r["id"]: r["code"] for r in landscape.rows("Function")}
    performed: dict[str, list[dict[str, Any]]] = {}
    for e in landscape.edge_rows("PERFORMS"):
        performed.setdefault(e["source"], []).append(e)
    wanted = set(ids)
    rows = []
    for app in landscape.rows("Application"):
        if wanted and app["id"] not in wanted:
            continue
        found = sorted(performed.get(app["id"], ()), key=lambda e: e["rank"])
        rows.append(
            {
                "node": landscape.brief(app["id"]),
                "functions": [
                    {
                        "code": codes[e["target"]],
                        "confidence": e["confidence"],
                        "words": e["words"],
                    }
                    for e in found
                ],
                "abstained": not found,
                "origins": origin_rows(landscape.origins_of(app["id"])),
            }
        )
    return rows
