"""Which part of a Landscape may leave: by profile, and for one agency.

`public` is what other bodies may see: nothing declared internal, and of the findings those that
an analyst has accepted. `internal` is everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import UnknownNode, WrongType
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.codes import Decision
from graph.schema.core import Property

Profile = Literal["public", "internal"]
PROFILES: tuple[Profile, ...] = ("public", "internal")
BODIES = ("PART_OF", "LOCATED_IN")  # followed to the top, so that a body has its place
RUNS = ("OWNS", "USES")


def chosen(landscape: Landscape, profile: Profile, agency: str | None = None) -> Landscape:
    """Give the part of a Landscape that a profile shows, of one agency or of all.

    Columns that the profile hides are gone; types and relations that it hides have no rows.

    Parameters
    ----------
    agency
        Id of an Agency: the part is then that body with all its parts, what they own, use,
        provide and steward, and what these touch.

    Raises
    ------
    UnknownNode, WrongType
        If `agency` is no node, or no agency.
    """
    if profile not in PROFILES:
        raise ValueError(profile)
    shown = _public(landscape) if profile == "public" else landscape
    return shown if agency is None else _of_agency(shown, agency)


# ------------------------------------------------------------------ profile
def _public(landscape: Landscape) -> Landscape:
    nodes = {
        kind: _visible(table, NODE_TYPES[kind].props, NODE_TYPES[kind].visibility)
        for kind, table in landscape.nodes.items()
    }
    if "Finding" in nodes:
        findings = landscape.nodes["Finding"]
        accepted = pc.equal(findings["decision"], Decision.ACCEPT.value)
        nodes["Finding"] = nodes["Finding"].filter(pc.fill_null(accepted, False))
    edges = {
        name: _visible(table, RELATIONS[name].props, RELATIONS[name].visibility)
        for name, table in landscape.edges.items()
    }
    return _closed(replace(landscape, nodes=nodes, edges=edges))


def _visible(table: pa.Table, props: Mapping[str, Property], visibility: str) -> pa.Table:
    hidden = [p.name for p in props.values() if p.meaning.visibility != "public"]
    kept = table.drop_columns([h for h in hidden if h in table.column_names])
    return kept if visibility == "public" else kept.slice(0, 0)


def _closed(landscape: Landscape) -> Landscape:
    """Drop edges without both their ends, and what is said about what is gone."""
    ids = _ids(landscape.nodes)
    edges = {
        name: table.filter(pc.and_(_among(table["source"], ids), _among(table["target"], ids)))
        for name, table in landscape.edges.items()
    }
    about = pa.concat_arrays([ids, _ids(edges)])
    return replace(
        landscape,
        edges=edges,
        origins=landscape.origins.filter(_among(landscape.origins["about"], about)),
        evidence=landscape.evidence.filter(_among(landscape.evidence["about"], about)),
    )


def _ids(tables: Mapping[str, pa.Table]) -> pa.Array:
    chunks = [c for t in tables.values() for c in t["id"].chunks]
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())


def _among(column: pa.ChunkedArray, values: pa.Array) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=values)


# ------------------------------------------------------------------ one agency
def _of_agency(landscape: Landscape, agency: str) -> Landscape:
    if agency not in landscape:
        near = get_close_matches(agency, landscape.nodes["Agency"]["id"].to_pylist(), 5, 0.5)
        raise UnknownNode(agency, name=agency, nearest=", ".join(near) or "-")
    if (kind := landscape.type_of(agency)) != "Agency":
        raise WrongType(agency, name=agency, type=kind, expected="Agency")
    edges = {name: _ends(table) for name, table in landscape.edges.items()}
    bodies = _parts(edges["PART_OF"], agency) | {
        i for i, g in _column(landscape.nodes["Agency"], "government") if g == agency
    }
    apps = {t for name in RUNS for s, t, _ in edges[name] if s in bodies}
    apps |= {i for i, g in _column(landscape.nodes["Application"], "government") if g in bodies}
    kept = _edges_of(edges, bodies, apps)
    nodes = _nodes_of(landscape, edges, kept, bodies | apps)
    return _closed(
        replace(
            landscape,
            nodes=_only(landscape.nodes, nodes),
            edges=_only(landscape.edges, kept | _upwards(edges, nodes)),
        )
    )


Ends = list[tuple[str, str, str]]


def _ends(table: pa.Table) -> Ends:
    columns = (table[c].to_pylist() for c in ("source", "target", "id"))
    return list(zip(*columns, strict=True))


def _column(table: pa.Table, name: str) -> list[tuple[str, str | None]]:
    if name not in table.column_names:
        return []
    return list(zip(table["id"].to_pylist(), table[name].to_pylist(), strict=True))


def _parts(part_of: Ends, top: str) -> set[str]:
    inside: dict[str, list[str]] = {}
    for part, whole, _ in part_of:
        inside.setdefault(whole, []).append(part)
    found, todo = {top}, [top]
    while todo:
        new = [p for p in inside.get(todo.pop(), ()) if p not in found]
        found.update(new)
        todo += new
    return found


def _edges_of(edges: Mapping[str, Ends], bodies: set[str], apps: set[str]) -> set[str]:
    """Give the edges of the bodies, and those of their applications except other bodies' use."""
    kept = {e for rows in edges.values() for s, t, e in rows if s in bodies or t in bodies}
    outward = {n: rows for n, rows in edges.items() if n not in (*RUNS, "STEWARDS")}
    kept |= {e for rows in outward.values() for s, t, e in rows if s in apps or t in apps}
    findings = {t for s, t, _ in edges["MEMBER_OF"] if s in apps}
    return kept | {e for _, t, e in edges["MEMBER_OF"] if t in findings}


def _nodes_of(
    landscape: Landscape, edges: Mapping[str, Ends], kept: set[str], core: set[str]
) -> set[str]:
    """Give the core, what the kept edges touch, what these name, and where it all is."""
    nodes = set(core)
    for rows in edges.values():
        nodes.update(end for s, t, e in rows if e in kept for end in (s, t))
    for kind, table in landscape.nodes.items():
        named = [p.name for p in NODE_TYPES[kind].props.values() if p.meaning.ref]
        for name in named:
            nodes.update(v for i, v in _column(table, name) if i in nodes and v)
    up: dict[str, list[str]] = {}
    for name in (*BODIES, "DERIVED_FROM"):
        for s, t, _ in edges[name]:
            up.setdefault(s, []).append(t)
    todo = list(nodes)
    while todo:
        new = [t for t in up.get(todo.pop(), ()) if t not in nodes]
        nodes.update(new)
        todo += new
    return nodes


def _upwards(edges: Mapping[str, Ends], nodes: set[str]) -> set[str]:
    return {e for n in (*BODIES, "DERIVED_FROM") for s, t, e in edges[n] if {s, t} <= nodes}


def _only(tables: Mapping[str, pa.Table], ids: set[str]) -> dict[str, pa.Table]:
    wanted = pa.array(sorted(ids), pa.string())
    return {name: t.filter(_among(t["id"], wanted)) for name, t in tables.items()}
