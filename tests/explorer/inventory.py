"""A small landscape written by hand: 15 applications, five bodies, three findings.

Every fact leads to a cell of one of two files, so pages can be checked down to the source row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.landscape import Landscape, edge_id, evidence_row
from graph.schema.records import Origin
from graph.store.workspace import Workspace

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
# id, spelling in each row (source, row, spelling), function, description, address, status
APPLICATIONS: list[tuple[str, list[tuple[str, int, str]], str | None, str, str, str]] = [
    ("lapor", [("survei", 2, "SP4N-LAPOR!"), ("daftar", 4, "Lapor")], "pengaduan", "Pengaduan nasional", "www.lapor.go.id", "Aktif"),
    ("sipeduli", [("survei", 3, "SIPEDULI")], "pengaduan", "Aplikasi pengaduan lingkungan", "sipeduli.dlh.go.id", "Aktif"),
    ("keluhan", [("survei", 4, "Keluhan Warga")], "pengaduan", "", "", ""),
    ("simpeg-a", [("survei", 5, "SIMPEG")], "simpeg", "Data pegawai", "simpeg.kab-a.go.id", "Aktif"),
    ("epegawai", [("survei", 6, "e-Pegawai")], "simpeg", "Data pegawai elektronik", "epegawai.kab-a.go.id", "Aktif"),
    ("simpeg-b", [("daftar", 5, "Simpeg")], "simpeg", "Data kepegawaian", "simpeg.kab-b.go.id", "Development"),
    ("srikandi", [("survei", 7, "Srikandi"), ("survei", 8, "SRIKANDI"), ("daftar", 6, "srikandi")], "persuratan", "Aplikasi umum kearsipan", "srikandi.arsip.go.id", "Aktif"),
    ("eoffice", [("daftar", 7, "E-Office")], "persuratan", "Surat masuk dan keluar", "eoffice.kab-b.go.id", "Aktif"),
    ("esurat", [("survei", 9, "e-Surat <b>")], "persuratan", "Surat dinas", "", "Tidak Aktif"),
    ("arsip", [("survei", 10, "Arsip Digital")], "arsip", "Arsip", "", "Aktif"),
    ("gis", [("survei", 11, "Peta Desa")], None, "", "", ""),
    ("wifi", [("survei", 12, "Wifi Taman")], None, "", "", ""),
    ("absen", [("daftar", 8, "Absensi")], None, "Kehadiran", "", "Aktif"),
    ("portal", [("daftar", 9, "Portal Kabupaten")], None, "Situs resmi", "kab-b.go.id", "Aktif"),
    ("kelas", [("daftar", 10, "Aplikasi pengaduan daerah (umum)")], None, "", "", ""),
]  # fmt: skip
FINDINGS = [
    {
        "id": "finding:f1",
        "name": "Dua aplikasi pengaduan berjalan di samping SP4N-LAPOR!",
        "name_en": "Two complaint applications run beside SP4N-LAPOR!",
        "kind": "covered",
        "function": "function:pengaduan",
        "score": 3.4,
        "covered_by": "app:lapor",
        "survivor": "app:lapor",
        "evidence_kinds": ("function", "government", "rule"),
        "members": ("app:sipeduli", "app:keluhan"),
    },
    {
        "id": "finding:f2",
        "name": "Satu kabupaten mencatat pegawai di dua aplikasi",
        "name_en": "One regency keeps personnel data in two applications",
        "kind": "government",
        "function": "function:simpeg",
        "score": 2.1,
        "survivor": "app:simpeg-a",
        "evidence_kinds": ("function", "government"),
        "decision": "accept",
        "members": ("app:simpeg-a", "app:epegawai"),
    },
    {
        "id": "finding:f3",
        "name": "E-Office dan e-Surat mengerjakan hal yang sama",
        "name_en": "E-Office and e-Surat do the same job",
        "kind": "neighbours",
        "function": "function:persuratan",
        "score": 1.2,
        "evidence_kinds": ("text", "service"),
        "decision": "reject",
        "members": ("app:eoffice", "app:esurat"),
    },
]
STATUS = {"Aktif": "active", "Tidak Aktif": "inactive", "Development": "development"}
USED_BY = {"survei": ("agency:dlh-a", "agency:bkd-a"), "daftar": ("agency:kominfo-b",)}


def cells(app: tuple[str, Any, str | None, str, str, str], spelling: str) -> dict[str, str | None]:
    """Give the row that describes an application, under the headings of its file."""
    _, _, _, description, address, status = app
    return {
        "Nama Aplikasi": spelling,
        "Uraian": description or None,
        "Alamat": address or None,
        "Status": status or None,
    }


def origin(source: str, row: int, column: str | None = None, how: str = "stated") -> Origin:
    """Give a place in one of the two files."""
    _, file, sheet = SURVEY if source == "survei" else LIST
    return Origin(source, file, sheet, row, column, how)


def landscape() -> Landscape:
    """Make the landscape."""
    nodes: list[tuple[str, dict[str, Any]]] = []
    edges: list[tuple[str, dict[str, Any]]] = []
    origins: list[tuple[str, str | None, Origin]] = []
    for id, name in GOVERNMENTS.items():
        nodes.append(("Agency", {"id": id, "name": name, "kind": "government"}))
    for id, (name, government) in UNITS.items():
        nodes.append(
            ("Agency", {"id": id, "name": name, "kind": "unit", "government": government})
        )
        edges.append(("PART_OF", {"source": id, "target": government}))
    for id, (name, name_en, group) in FUNCTIONS.items():
        nodes.append(("Function", {"id": id, "name": name, "name_en": name_en, "group": group}))
    nodes += [
        ("Source", {"id": "source:survei", "name": "Survei Anggrek", "as_of": "2025-09"}),
        ("Source", {"id": "source:daftar", "name": "Daftar Bakung", "as_of": "2023-06"}),
        ("Regulation", {"id": "regulation:kepmen-680-2020", "name": "KepmenPANRB 680/2020", "status": "seen"}),
        ("DataEntity", {"id": "data:aduan", "name": "pengaduan masyarakat"}),
    ]  # fmt: skip
    for app in APPLICATIONS:
        _application(app, nodes, edges, origins)
    _findings(nodes, edges)
    link = {"kind": "assumed", "status": "planned", "data": "data:aduan"}
    edges += [
        ("SIMILAR_TO", {"source": "app:eoffice", "target": "app:esurat", "probability": 0.91}),
        ("READS", {"source": "app:lapor", "target": "data:aduan"}),
        ("INTEGRATES_WITH", {"source": "app:sipeduli", "target": "app:lapor", **link}),
        ("OWNS", {"source": "agency:bkd-a", "target": "app:simpeg-a"}),
    ]
    owned = edge_id("OWNS", "agency:bkd-a", "app:simpeg-a", {})
    origins.append((owned, None, origin("survei", 5, "Pemilik")))
    return Landscape.of(nodes, edges, origins, _evidence(), "2025-09")


def _application(app: Any, nodes: Any, edges: Any, origins: Any) -> None:
    key, rows, function, description, address, status = app
    id = f"app:{key}"
    props = {
        "id": id,
        "name": rows[0][2],
        "aliases": tuple(dict.fromkeys(s for _, _, s in rows[1:])),
        "description": description or None,
        "address": address or None,
        "status": STATUS.get(status),
        "website": key == "portal",
        "kind": "class" if key == "kelas" else "system",
        "government": "agency:kab-a" if rows[0][0] == "survei" else "agency:kab-b",
    }
    nodes.append(("Application", props))
    for source, row, spelling in rows:
        origins.append((id, None, origin(source, row)))
        heads = {"name": "Nama Aplikasi", "description": "Uraian", "address": "Alamat", "status": "Status"}  # fmt: skip
        said = cells(app, spelling)
        origins.extend((id, p, origin(source, row, c)) for p, c in heads.items() if said[c])
        users = USED_BY[source]
        user = users[row % len(users)]
        edges.append(("USES", {"source": user, "target": id}))
        origins.append((edge_id("USES", user, id, {}), None, origin(source, row)))
    if function:
        edge = {"source": id, "target": f"function:{function}", "confidence": 0.9, "rank": 1}
        edges.append(("PERFORMS", edge | {"words": (function,)}))


def _findings(nodes: Any, edges: Any) -> None:
    for finding in FINDINGS:
        row = dict(finding)
        members = row.pop("members")
        nodes.append(("Finding", row))
        for app in members:  # type: ignore[attr-defined]
            edges.append(("MEMBER_OF", {"source": app, "target": finding["id"]}))


def _evidence() -> list[dict[str, Any]]:
    def both(id: str, en: str) -> dict[str, str]:
        return {"text_id": id, "text_en": en}

    decree = {"regulation": "kepmen-680-2020", "article": "diktum kesatu", "status": "missing"}
    return [
        evidence_row("finding:f1", "for", "function", both("Keduanya menerima pengaduan.", "Both take complaints."), origins=[origin("survei", 3, "Uraian")]),
        evidence_row("finding:f1", "for", "government", both("Keduanya di satu kabupaten.", "Both are in one regency."), origins=[origin("survei", 3), origin("survei", 4)]),
        evidence_row("finding:f1", "against", "data", both("Datanya mungkin berbeda.", "Their data may differ.")),
        evidence_row("finding:f1", "rule", "rule", both("Pakai aplikasi umum pengaduan.", "Use the general application."), facts=decree),
        evidence_row("finding:f1", "survivor", "rule", both("Ditetapkan dengan keputusan menteri.", "Designated by decree.")),
        evidence_row("finding:f2", "for", "function", both("Keduanya mencatat pegawai.", "Both keep personnel data.")),
        evidence_row("app:srikandi", "merged", "text", both("“Srikandi” dan “SRIKANDI” satu ejaan.", "“Srikandi” and “SRIKANDI” are one spelling."), facts={"by": "rule:same-spelling"}),
    ]  # fmt: skip


def write(path: Path) -> Workspace:
    """Write a workspace that holds the landscape as version 1, with its rows and a decision."""
    workspace = Workspace(path)
    made = landscape()
    with workspace.writing() as writer:
        loads = {}
        for slug, file, sheet in (SURVEY, LIST):
            rows: list[dict[str, Any]] = [
                {"file": file, "sheet": sheet, "row": row, "cells": cells(app, spelling)}
                for app in APPLICATIONS
                for source, row, spelling in app[1]
                if source == slug
            ]
            rows = [r | {"refused": None} for r in rows]
            rows.append({"file": file, "sheet": sheet, "row": 99, "cells": {}, "refused": {"reason": "kosong"}})  # fmt: skip
            stored = [r | {"cells": _json(r["cells"]), "refused": r["refused"] and _json(r["refused"])} for r in rows]  # fmt: skip
            loads[slug] = writer.load(slug, {"title": slug}, stored, [], "2025-11-25T00:00:00Z")
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


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
