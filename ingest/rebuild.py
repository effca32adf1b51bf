"""From the loads in a workspace to its next version: the only place where build meets store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph import reference
from graph.build.build import build
from graph.build.judgements import Judgement, judgements
from graph.build.references import Said
from graph.build.uncollected import uncollected
from graph.schema.records import EdgeRecord, NodeRecord, Origin, compact
from graph.store.workspace import FORMAT, Load, Version, Workspace, Writer

SOFTWARE = "simpul 0.1.0"


@uncollected()
def rebuild(
    writer: Writer,
    loads: Mapping[str, Load],
    *,
    fresh: dict[str, Said] | None = None,
    decided: Judgement | None = None,
) -> Version:
    """Build the version that follows from these loads and the workspace's keys and judgements.

    The ledger is kept first: keys without a version do no harm, a version without keys would.

    Parameters
    ----------
    fresh
        What loads say that were written just now, so that they need not be read back; emptied,
        because nationwide it is a gigabyte that the build has in a smaller form.
    decided
        A decision that is written down with the version in which it holds, or not at all.
    """
    workspace = writer.workspace
    lines = workspace.judgements() + ([decided.line()] if decided else [])
    new = {} if fresh is None else fresh
    told = (new.pop(slug) if slug in new else said(load) for slug, load in sorted(loads.items()))
    built = build(told, workspace.keys(), judgements(lines))
    writer.keep_keys(built.keys)
    nodes, edges = built.landscape.counts()
    manifest = inputs(loads, lines) | {
        "sha256": built.landscape.sha256,
        "as_of": built.landscape.as_of,
        "nodes": nodes,
        "edges": edges,
        "questions": built.questions,
    }
    return writer.publish(built.landscape, manifest, decided.line() if decided else None)


def inputs(loads: Mapping[str, Load], lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Name all that a version follows from; equal inputs need no new build."""
    return {
        "format": FORMAT,
        "software": SOFTWARE,
        "reference": _folder_hash(reference.FOLDER),
        "judgements": _hash(json.dumps(list(lines), sort_keys=True).encode()),
        "sources": {slug: load.name for slug, load in sorted(loads.items())},
    }


def up_to_date(workspace: Workspace, loads: Mapping[str, Load]) -> Version | None:
    """Give the current version if it follows from these loads already; else None."""
    if workspace.current is None or workspace.staged():
        return None
    version = workspace.version()
    now = inputs(loads, workspace.judgements())
    return version if all(version.manifest.get(k) == v for k, v in now.items()) else None


def _folder_hash(folder: Path) -> str:
    return _hash(b"".join(p.name.encode() + p.read_bytes() for p in sorted(folder.glob("*.csv"))))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def said(load: Load) -> Said:
    """Read back what a load says."""
    nodes: list[NodeRecord] = []
    edges: list[EdgeRecord] = []
    origins: dict[tuple[Any, ...], Origin] = {}  # many records stand in one cell
    for r in load.records:
        props = {k: tuple(v) if isinstance(v, list) else v for k, v in r["props"].items()}
        origin = origins.setdefault(tuple(r["origin"]), Origin(*r["origin"]))
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
            "props": compact(r.props),
            "columns": json.dumps(r.columns if isinstance(r, NodeRecord) else {}),
            "origin": compact(list(r.origin)),
            "mention": isinstance(r, NodeRecord) and r.mention,
        }
