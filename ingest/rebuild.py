"""From the loads in a workspace to its next version: the only place where build meets store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph.build.build import build
from graph.build.judgements import judgements
from graph.build.references import Said
from graph.schema.records import EdgeRecord, NodeRecord, Origin
from graph.store.workspace import FORMAT, Load, Version, Writer

SOFTWARE = "simpul 0.1.0"


def rebuild(writer: Writer, loads: Mapping[str, Load]) -> Version:
    """Build the version that follows from these loads and the workspace's keys and judgements.

    The ledger is kept first: keys without a version do no harm, a version without keys would.
    """
    workspace = writer.workspace
    built = build(
        [said(load) for load in loads.values()],
        workspace.keys(),
        judgements(workspace.judgements()),
    )
    writer.keep_keys(built.keys)
    nodes, edges = built.landscape.counts()
    manifest = {
        "format": FORMAT,
        "software": SOFTWARE,
        "sha256": built.landscape.sha256,
        "as_of": built.landscape.as_of,
        "sources": {slug: load.name for slug, load in sorted(loads.items())},
        "nodes": nodes,
        "edges": edges,
    }
    return writer.publish(built.landscape, manifest)


def said(load: Load) -> Said:
    """Read back what a load says."""
    nodes: list[NodeRecord] = []
    edges: list[EdgeRecord] = []
    for r in load.records:
        props = {k: tuple(v) if isinstance(v, list) else v for k, v in r["props"].items()}
        origin = Origin(*r["origin"])
        if r["id"] is not None:
            nodes.append(NodeRecord(r["type"], r["id"], props, origin, r["columns"], r["mention"]))
        else:
            edges.append(EdgeRecord(r["type"], r["source"], r["target"], props, origin))
    return Said(load.slug, load.meta, nodes, edges)


def stored(records: Iterable[NodeRecord | EdgeRecord]) -> Iterable[dict[str, Any]]:
    """Give records as a load keeps them."""
    for r in records:
        yield {
            "type": r.type if isinstance(r, NodeRecord) else r.relation,
            "id": r.id if isinstance(r, NodeRecord) else None,
            "source": None if isinstance(r, NodeRecord) else r.source,
            "target": None if isinstance(r, NodeRecord) else r.target,
            "props": json.dumps(r.props, ensure_ascii=False),
            "columns": json.dumps(r.columns if isinstance(r, NodeRecord) else {}),
            "origin": json.dumps(list(r.origin), ensure_ascii=False),
            "mention": isinstance(r, NodeRecord) and r.mention,
        }
