"""The six reports over the example inventories: counted again in Python, and the same on Neo4j."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from graph.landscape import Landscape
from graph.reports import reports, run
from graph.store.embedded import Embedded
from graph.store.neo4j_server import Neo4j, publish
from graph.store.workspace import Workspace

STOPPED = ("planned", "inactive", "retired")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def rows(examples: Workspace) -> dict[str, Rows]:
    """The rows of each report on the embedded engine."""
    version = examples.version()
    store = Embedded(version.engine, str(version.number))
    return {r.name: run(r, store).rows for r in reports()}


def test_every_report_has_rows(rows: dict[str, Rows]) -> None:
    assert len(rows) == 6
    assert all(rows.values())


def test_data_held_by_several_counts_masters_and_readers(
    rows: dict[str, Rows], example_landscape: Landscape
) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for relation in ("MASTERS", "READS"):
        for e in example_landscape.edge_rows(relation):
            held[e["target"]].add(e["source"])
    wanted = {data: len(apps) for data, apps in held.items() if len(apps) >= 2}
    found = {r["data_id"]: r["applications"] for r in rows["data-held-by-several"]}
    assert found == wanted
    assert found["data:identitas-penduduk"] > 10  # the population register feeds everybody


def test_local_applications_beside_a_general_one(
    rows: dict[str, Rows], example_landscape: Landscape
) -> None:
    covers = {(e["source"], e["target"]) for e in example_landscape.edge_rows("COVERS")}
    apps = {a["id"]: a for a in example_landscape.rows("Application")}
    wanted = {
        (general, e["source"])
        for e in example_landscape.edge_rows("PERFORMS")
        for general, function in covers
        if function == e["target"]
        and e["rank"] == 1
        and e["confidence"] >= 0.5
        and (app := apps[e["source"]])["kind"] == "system"
        and not app["website"]
        and app["status"] not in STOPPED
        and (e["source"], function) not in covers
    }
    found = {(r["general_id"], r["application_id"]) for r in rows["general-application-exists"]}
    assert found == wanted
    offices = {
        r["application"]
        for r in rows["general-application-exists"]
        if r["general_id"] == "app:srikandi"
    }
    assert {"e-Office", "E-Office", "E-Surat"} <= offices


def test_redundant_groups_are_the_findings(
    rows: dict[str, Rows], example_landscape: Landscape
) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for f in example_landscape.rows("Finding"):
        kinds[f["function"]] += 1
    assert sum(kinds.values()) == example_landscape.counts()[0]["Finding"]
    assert len(rows["redundant-groups-by-function"]) in (len(kinds), sum(kinds.values()))


@pytest.mark.neo4j
def test_neo4j_gives_the_same_rows(
    rows: dict[str, Rows], example_landscape: Landscape, empty_neo4j: str
) -> None:
    publish(example_landscape, empty_neo4j)
    with Neo4j(empty_neo4j) as store:
        for report in reports():
            assert run(report, store).rows == rows[report.name], report.name
