"""The labelled inventories as a small Landscape: input of the benchmarks, answers kept apart.

The answers (`canonical_app`, `function_code`) measure and never reach what is measured, but for
one thing: records of one application are one node, since recognising them is another benchmark.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import reference
from graph.build import authority
from graph.build.gather import gather
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord, Origin, plain, slug

FILE = Path(__file__).resolve().parents[3] / "shared" / "domain" / "apps_real.csv"
TUNED = ("MDK", "MGT")  # what constants were chosen on
UNTUNED = ("MDN", "NEW")
CLASSES = {"Aplikasi Pusat/Umum": "general", "Aplikasi Khusus/Daerah": "local"}
STATES = {"Aktif": "active", "Tidak Aktif": "inactive", "Development": "development"}


@dataclass(frozen=True)
class Labelled:
    """A Landscape, and the true functions of its applications where the source tells them."""

    landscape: Landscape
    functions: dict[str, set[str]]
    inventory: dict[str, str]


def rows() -> list[dict[str, str]]:
    """Read the labelled applications, websites left out; ends with a word if there are none."""
    if not FILE.exists():
        print(f"skipped: {FILE.name} is not there (the shared folder is absent)")
        sys.exit(0)
    with FILE.open(encoding="utf-8-sig", newline="") as f:
        return [r for r in csv.DictReader(f) if r["record_kind"] != "website"]


def labelled(inventories: tuple[str, ...] = (*TUNED, *UNTUNED)) -> Labelled:
    """Make a Landscape of some inventories, one node per application of an inventory."""
    chosen = [(n, r) for n, r in enumerate(rows(), start=2) if r["id"][:3] in inventories]
    nodes, edges = [], []
    functions: dict[str, set[str]] = defaultdict(set)
    inventory: dict[str, str] = {}
    national = {plain(s): a for a in reference.general_applications().values() for s in a.spellings}
    for n, r in chosen:
        app = national.get(plain(r["canonical_app"] or r["name"]))
        id = app.id if app else f"app:{slug(r['id'][:3] + ' ' + (r['canonical_app'] or r['id']))}"
        origin = Origin(r["id"][:3].lower(), FILE.name, None, n)
        functions[id] |= {c for c in r["function_code"].split("|") if c and c != "NONE"}
        inventory.setdefault(id, r["id"][:3])
        nodes.append(NodeRecord("Application", id, _props(r, app is not None), origin))
        edges += _bodies(r, id, origin, nodes)
    for app in reference.general_applications().values():
        if app.class_ == "A" or app.id in functions:
            _split(authority.general_application(app), nodes, edges)
    _split(authority.functions(), nodes, edges)
    ends = {i for e in edges for i in (e.source, e.target)}
    _split(authority.known(ends), nodes, edges)
    found = gather(nodes, edges)
    return Labelled(
        Landscape.of(found.nodes, found.edges, found.origins), dict(functions), inventory
    )


def _props(row: dict[str, str], national: bool) -> dict[str, Any]:
    region = reference.regions().get(row["region_code"])
    government = None if national or region is None else region.government
    props = {
        "name": row["name"],
        "description": row["description"] or None,
        "address": row["address"] or None,
        "scope": CLASSES.get(row["class_reported"]),
        "status": STATES.get(row["status_reported"]),
        "government": government,
    }
    return {k: v for k, v in props.items() if v is not None}


def _bodies(
    row: dict[str, str], id: str, origin: Origin, nodes: list[NodeRecord]
) -> list[EdgeRecord]:
    region = reference.regions().get(row["region_code"])
    if region is None:
        return []
    unit = f"agency:{slug(row['owner'])}-{slug(row['region_code'])}"
    props = {"name": row["owner"] or region.name, "kind": "unit", "government": region.government}
    nodes.append(NodeRecord("Agency", unit, dict(props), origin))
    part = EdgeRecord("PART_OF", unit, region.government, {}, origin)
    return [EdgeRecord("USES", unit, id, {}, origin), part]


def _split(records: Any, nodes: list[NodeRecord], edges: list[EdgeRecord]) -> None:
    for record in records:
        (nodes if isinstance(record, NodeRecord) else edges).append(record)
