"""A small landscape written by hand: 15 applications, five bodies, three findings.

Every fact leads to a cell of one of two files, so pages can be checked down to the source row.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from graph.landscape import Landscape, edge_id, evidence_row
from graph.schema.records import Origin
from graph.store.workspace import Given, Load, Workspace

ROOT = Path(__file__).resolve().parents[2]
SURVEY = ("survei", "survei.csv", None)
LIST = ("daftar", "daftar.xlsx", "Aplikasi")
GOVERNMENTS = {"agency:kab-a": "Kabupaten Anggrek", "agency:kab-b": "Kabupaten Bakung"}
UNITS = {
    "agency:dlh-a": ("Dinas Lingkungan Hidup", "agency:kab-a"),
    "agency:bkd-a": ("Badan Kepegawaian Daerah", "agency:kab-a"),
    "agency:kominfo-b": ("Dinas Komunikasi dan Informatika", "agency:kab-b"),
}
FUNCTIONS = {
    "function:pengaduan": ("Pengaduan masyarakat", "Public complaints", "G_LAYANAN"),
    "function:simpeg": ("Manajemen data kepegawaian", "Personnel data", "G_SDM"),
    "function:persuratan": ("Persuratan", "Correspondence", "G_KANTOR"),
    "function:arsip": ("Kearsipan", "Records", "G_KANTOR"),
}
SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
APPLICATIONS: list[dict[str, Any]] = SAID["application"]
FINDINGS: list[dict[str, Any]] = SAID["finding"]
HEADINGS = {
    "name": "Nama Aplikasi",
    "description": "Uraian",
    "address": "Alamat",
    "status": "Status",
}
STATUS = {"Aktif": "active", "Tidak Aktif": "inactive", "Development": "development"}
USED_BY = {"survei": ("agency:dlh-a", "agency:bkd-a"), "daftar": ("agency:kominfo-b",)}


def cells(app: dict[str, Any], spelling: str) -> dict[str, str | None]:
    """Give the row that describes an application, under the headings of its file."""
    return {head: (app | {"name": spelling}).get(p) for p, head in HEADINGS.items()}


def origin(source: str, row: int, column: str | None = None, how: str = "stated") -> Origin:
    """Give a place in one of the two files."""
    _, file, sheet = SURVEY if source == "survei" else LIST
    return Origin(source, file, sheet, row, column, how)


def landscape(*, generated: bool = False) -> Landscape:
    """Make the landscape; `generated` says that one of its two sources is made up."""
    nodes: list[tuple[str, dict[str, Any]]] = []
    edges: list[tuple[str, dict[str, Any]]] = []
    origins: list[tuple[str, str | None, Origin]] = []
    for id, name in GOVERNMENTS.items():
        nodes.append(("Agency", {"id": id, "name": name, "kind": "government"}))
    for id, (name, government) in UNITS.items():
        nodes.append(("Agency", {"id": id, "name": name, "kind": "unit", "government": government}))
        edges.append(("PART_OF", {"source": id, "target": government}))
    for id, (name, name_en, group) in FUNCTIONS.items():
        nodes.append(("Function", {"id": id, "name": name, "name_en": name_en, "group": group}))
    nodes += [
        (
            "Source",
            {
                "id": "source:survei",
                "slug": "survei",
                "name": "Survei Anggrek",
                "name_en": "Anggrek survey",
                "as_of": "2025-09",
                "generated": generated,
            },
        ),
        (
            "Source",
            {"id": "source:daftar", "slug": "daftar", "name": "Daftar Bakung", "as_of": "2023-06"},
        ),
        (
            "Innovation",
            {"id": "innovation:peduli", "name": "SIPEDULI", "programme": "pka", "year": 2023},
        ),
        ("Innovation", {"id": "innovation:lain", "name": "Gerobak baca", "programme": "kipp"}),
        ("DataEntity", {"id": "data:aduan", "name": "pengaduan masyarakat"}),
        (
            "Regulation",
            {"id": "regulation:kepmen-680-2020", "name": "KepmenPANRB 680/2020", "status": "seen"},
        ),
    ]
    for app in APPLICATIONS:
        _application(app, nodes, edges, origins)
    _findings(nodes, edges)
    link = {"kind": "assumed", "status": "planned", "data": "data:aduan"}
    edges += [
        ("SIMILAR_TO", {"source": "app:eoffice", "target": "app:esurat", "probability": 0.91}),
        ("SAME_AS", {"source": "app:simpeg-a", "target": "app:simpeg-b", "probability": 0.87}),
        ("SAME_AS", {"source": "app:epegawai", "target": "app:simpeg-b", "probability": 0.61}),
        ("READS", {"source": "app:lapor", "target": "data:aduan"}),
        ("INTEGRATES_WITH", {"source": "app:sipeduli", "target": "app:lapor", **link}),
        (
            "INTEGRATES_WITH",
            {
                "source": "app:simpeg-a",
                "target": "app:esurat",
                "kind": "declared",
                "status": "live",
            },
        ),
        ("INITIATED", {"source": "agency:bkd-a", "target": "innovation:peduli"}),
        ("ORIGINATES_FROM", {"source": "app:sipeduli", "target": "innovation:peduli"}),
        ("OWNS", {"source": "agency:bkd-a", "target": "app:simpeg-a"}),
    ]
    owned = edge_id("OWNS", "agency:bkd-a", "app:simpeg-a", {})
    origins.append((owned, None, origin("survei", 5, "Pemilik")))
    return Landscape.of(nodes, edges, origins, _evidence(), "2025-09")


def _application(app: dict[str, Any], nodes: Any, edges: Any, origins: Any) -> None:
    id, rows = f"app:{app['key']}", app["rows"]
    props = {
        "id": id,
        "name": rows[0][2],
        "aliases": tuple(dict.fromkeys(spelling for _, _, spelling in rows[1:])),
        "description": app.get("description"),
        "address": app.get("address"),
        "status": STATUS.get(app.get("status", "")),
        "website": app["key"] == "portal",
        "kind": "class" if app["key"] == "kelas" else "system",
        "government": "agency:kab-a" if rows[0][0] == "survei" else "agency:kab-b",
    }
    nodes.append(("Application", props))
    for source, row, spelling in rows:
        said = cells(app, spelling)
        origins.append((id, None, origin(source, row)))
        origins.extend((id, p, origin(source, row, c)) for p, c in HEADINGS.items() if said[c])
        users = USED_BY[source]
        user = users[row % len(users)]
        edges.append(("USES", {"source": user, "target": id}))
        origins.append((edge_id("USES", user, id, {}), None, origin(source, row)))
    if "function" in app:
        word = app["function"]
        edge = {"source": id, "target": f"function:{word}", "confidence": 0.9, "rank": 1}
        edges.append(("PERFORMS", edge | {"words": (word,)}))


def _findings(nodes: Any, edges: Any) -> None:
    for finding in FINDINGS:
        row = dict(finding)
        members = row.pop("members")
        nodes.append(("Finding", row))
        for app in members:
            edges.append(("MEMBER_OF", {"source": app, "target": finding["id"]}))


def _evidence() -> list[dict[str, Any]]:
    return [
        evidence_row(
            _about(e["about"]),
            e["side"],
            e["kind"],
            {"text_id": e["text_id"], "text_en": e["text_en"]},
            value=e.get("value"),
            facts=e.get("facts"),
            origins=[origin(*row) for row in e.get("rows", ())],
        )
        for e in SAID["evidence"]
    ]


def _about(said: str) -> str:
    """Give the id of a node, or of the edge that "RELATION source target" names."""
    relation, *ends = said.split(" ")
    return edge_id(relation, ends[0], ends[1], {}) if ends else said


def write(path: Path, *, generated: bool = False) -> Workspace:
    """Write a workspace that holds the landscape as version 1, with its rows and a decision."""
    workspace = Workspace(path)
    made = landscape(generated=generated)
    with workspace.writing() as writer:
        loads: dict[str, Load] = {}
        for slug, file, sheet in (SURVEY, LIST):
            rows = [
                _row(file, sheet, row, cells(app, spelling))
                for app in APPLICATIONS
                for source, row, spelling in app["rows"]
                if source == slug
            ]
            rows.append(_row(file, sheet, 99, {}, refused='{"reason": "kosong"}'))
            counts = {"file": file, "read": len(rows), "accepted": len(rows) - 1}
            meta = {"name": slug, "files": [counts]}
            when = {"loaded_at": "2025-11-25T00:00:00Z", "place": slug}
            loads |= writer.keep([Given(slug, meta, rows, [], when)])
        writer.add_judgement(
            {
                "id": "j1",
                "decision": "accept",
                "about": ["finding:f2"],
                "by": "Ratna",
                "at": "2025-11-20T08:00:00+00:00",
                "why": "Surat BKD 12 November",
                "members": ["app:epegawai", "app:simpeg-a"],
                "undoes": None,
            }
        )
        manifest = {
            "sha256": made.sha256,
            "as_of": made.as_of,
            "sources": {slug: load.name for slug, load in loads.items()},
            "software": "test",
        }
        writer.publish(made, manifest)
    return workspace


def _row(
    file: str, sheet: str | None, row: int, cells: dict[str, str | None], refused: str | None = None
) -> dict[str, Any]:
    text = json.dumps(cells, ensure_ascii=False)
    return {"file": file, "sheet": sheet, "row": row, "cells": text, "refused": refused}
