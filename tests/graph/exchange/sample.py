"""A hand-made Landscape that holds every node type and every relation, some of them twice."""

from __future__ import annotations

from graph.landscape import Landscape, edge_id, evidence_row
from graph.schema.records import Origin

NASTY = (
    'Kutip "ganda", garis \\ miring,\nbaris\r\nbaru\tdan tab',
    "Emoji 🏥👩🏽‍⚕️ dan العربية עברית",
    "<script>alert('x')</script> & <b>",
    "=1+1",
    "@SUM(A1)",
    "+62-811",
    "-5 lantai",
    "'=sudah diawali",
    "'Aisyiyah; Muhammadiyah \\;",
    "\tdiawali tab",
    "kendali \x00\x07\x0b\x1f dan \u2028 \u0085 \ufeff \ufffe",
    '"^^<http://www.w3.org/2001/XMLSchema#string> . <a> <b> <c> .\n',
    "_x0041_ dan \\u0041",
)
LONG = "panjang sekali " * 5000


def edges() -> list[tuple[str, dict[str, object]]]:
    """Give the edges, each relation at least once."""
    ends = [
        ("PART_OF", "agency:kominfo-madiun", "agency:kab-madiun"),
        ("PART_OF", "agency:bidang-aptika", "agency:kominfo-madiun"),
        ("SUCCEEDED_BY", "agency:lama", "agency:anri"),
        ("LOCATED_IN", "agency:kab-madiun", "region:35-19"),
        ("LOCATED_IN", "region:35-19", "region:35"),
        ("OWNS", "agency:anri", "app:srikandi"),
        ("OWNS", "agency:kemendagri", "app:siak"),
        ("USES", "agency:kominfo-madiun", "app:esurat"),
        ("USES", "agency:kominfo-madiun", "app:srikandi"),
        ("USES", "agency:kab-lain", "app:surat-lain"),
        ("PROVIDES", "agency:kab-madiun", "service:ktp"),
        ("PROVIDES", "agency:anri", "service:arsip"),
        ("PROVIDES", "agency:kemendagri", "interface:nik"),
        ("EXPOSES", "app:siak", "interface:nik"),
        ("CARRIES", "interface:nik", "data:penduduk"),
        ("PUBLISHED_ON", "interface:nik", "app:srikandi"),
        ("SUBSCRIBES", "app:esurat", "interface:nik"),
        ("INITIATED", "agency:kab-madiun", "innovation:esurat"),
        ("ORIGINATES_FROM", "app:esurat", "innovation:esurat"),
        ("MASTERS", "app:siak", "data:penduduk"),
        ("MASTERS", "app:esurat", "data:surat"),
        ("READS", "app:esurat", "data:penduduk"),
        ("STEWARDS", "agency:kemendagri", "data:penduduk"),
        ("COVERS", "app:srikandi", "function:persuratan"),
        ("BASED_ON", "app:srikandi", "regulation:kepmenpanrb-679-2020"),
        ("CHANNEL_OF", "app:surat-lain", "app:esurat"),
        ("DERIVED_FROM", "app:esurat", "source:survei-2025"),
        ("DERIVED_FROM", "app:srikandi", "source:reference"),
    ]
    rows: list[tuple[str, dict[str, object]]] = [
        (name, {"source": source, "target": target}) for name, source, target in ends
    ]
    rows += [
        (
            "PERFORMS",
            {
                "source": app,
                "target": "function:persuratan",
                "confidence": confidence,
                "rank": 1,
                "words": ("surat", "disposisi"),
            },
        )
        for app, confidence in (("app:esurat", 0.93), ("app:srikandi", 1.0), ("app:surat-lain", 0))
    ]
    rows += [
        (
            "INTEGRATES_WITH",
            {
                "source": "app:siak",
                "target": "app:esurat",
                "kind": "declared",
                "status": status,
                "data": "data:penduduk",
                "channel": "SPLP",
                "join_keys": ("NIK", "nomor KK"),
                "agreement": "Permendagri 102/2019",
                "reason": "Access ends in 2027.",
            },
        )
        for status in ("live", "stopped")
    ]
    rows += [
        (
            "SUPPORTS",
            {"source": "app:e", "target": "service:arsip", "quote": "kearsipan dinamis"},
        ),
        ("SAME_AS", {"source": "app:esurat", "target": "app:surat-lain", "probability": 0.4}),
        ("SIMILAR_TO", {"source": "app:esurat", "target": "app:srikandi", "probability": 0.8125}),
        (
            "MEMBER_OF",
            {"source": "app:esurat", "target": "finding:diterima", "disposition": "retire"},
        ),
        ("MEMBER_OF", {"source": "app:surat-lain", "target": "finding:diterima"}),
        ("MEMBER_OF", {"source": "app:esurat", "target": "finding:terbuka"}),
        ("MEMBER_OF", {"source": "app:surat-lain", "target": "finding:ditolak"}),
    ]
    return rows


def nodes() -> list[tuple[str, dict[str, object]]]:
    """Give the nodes, each type at least once."""
    finding = {
        "name": "Persuratan di Kabupaten Madiun",
        "name_en": "Correspondence in Madiun Regency",
        "kind": "covered",
        "function": "function:persuratan",
        "score": 12.5,
        "covered_by": "app:srikandi",
        "survivor": "app:srikandi",
        "evidence_kinds": ("function", "rule"),
    }
    return [
        ("Region", {"id": "region:35", "name": "Jawa Timur", "code": "35", "kind": "province"}),
        (
            "Region",
            {"id": "region:35-19", "name": "Kabupaten Madiun", "code": "35.19", "kind": "regency"},
        ),
        (
            "Agency",
            {
                "id": "agency:anri",
                "name": "Arsip Nasional Republik Indonesia",
                "name_en": "National Archives",
                "aliases": ("ANRI", "Arsip Nasional RI"),
                "code": "087",
                "kind": "central",
                "valid_from": "1971",
            },
        ),
        ("Agency", {"id": "agency:kemendagri", "name": "Kementerian Dalam Negeri"}),
        ("Agency", {"id": "agency:lama", "name": "Badan Lama", "valid_to": "2019-10"}),
        (
            "Agency",
            {"id": "agency:kab-madiun", "name": "Pemkab Madiun", "kind": "government"},
        ),
        (
            "Agency",
            {
                "id": "agency:kominfo-madiun",
                "name": "Dinas Komunikasi dan Informatika Kabupaten Madiun",
                "kind": "unit",
                "government": "agency:kab-madiun",
            },
        ),
        ("Agency", {"id": "agency:bidang-aptika", "name": "Bidang Aptika"}),
        ("Agency", {"id": "agency:kab-lain", "name": "Pemkab Lain", "kind": "government"}),
        (
            "Application",
            {
                "id": "app:srikandi",
                "name": "SRIKANDI",
                "aliases": ("Sistem Informasi Kearsipan Dinamis Terintegrasi",),
                "scope": "general",
                "status": "active",
                "relay": True,
                "address": "https://srikandi.arsip.go.id/",
            },
        ),
        ("Application", {"id": "app:siak", "name": "SIAK", "scope": "sector"}),
        (
            "Application",
            {
                "id": "app:esurat",
                "name": NASTY[0],
                "aliases": NASTY,
                "code": "0012",
                "description": LONG,
                "address": "https://esurat.madiunkab.go.id/a b?x=[1]|<2>",
                "government": "agency:kab-madiun",
                "platform": "Web; Android",
            },
        ),
        (
            "Application",
            {"id": "app:surat-lain", "name": NASTY[3], "address": "javascript:alert(1)"},
        ),
        ("Application", {"id": "app:e", "name": NASTY[1], "address": "http://[bad"}),
        ("Application", {"id": "app:e-1", "name": NASTY[2], "address": "lain.go.id"}),
        (
            "Service",
            {
                "id": "service:ktp",
                "name": "Penerbitan KTP elektronik",
                "name_en": "Issuing identity cards",
                "code": "LYN-004",
                "description": "Penerbitan kartu tanda penduduk.",
                "priority": True,
            },
        ),
        ("Service", {"id": "service:arsip", "name": "Tanpa uraian"}),
        ("Service", {"id": "service:x", "name": "Tanpa penyelenggara", "description": "Ada."}),
        (
            "DataEntity",
            {
                "id": "data:penduduk",
                "name": "identitas penduduk",
                "name_en": "resident identity",
                "code": "DE-001",
                "description": "who a resident is",
                "kind": "master",
                "openness": "personal",
                "join_keys": ("NIK", "nomor KK"),
            },
        ),
        ("DataEntity", {"id": "data:surat", "name": "surat dinas"}),
        (
            "Interface",
            {
                "id": "interface:nik",
                "name": "CALL_NIK",
                "aliases": ("Data per NIK",),
                "code": "IF-015",
                "description": NASTY[0],
                "context": "/kependudukan/{klien}",
                "version": "1.0",
                "endpoint": "https://api.example.go.id/kependudukan/1.0",
                "protocol": "REST",
                "format": "JSON",
                "authentication": "OAuth2",
                "status": "live",
                "docs": "per agreement",
            },
        ),
        ("Interface", {"id": "interface:x", "name": NASTY[1], "endpoint": "javascript:alert(1)"}),
        (
            "Innovation",
            {
                "id": "innovation:esurat",
                "name": "E-Surat (persuratan desa)",
                "aliases": ("ESURAT",),
                "code": "INV-1",
                "description": NASTY[0],
                "programme": "pka",
                "batch": "IV",
                "year": 2024,
                "stage": "applied",
                "survival": "active",
            },
        ),
        ("Innovation", {"id": "innovation:x", "name": NASTY[1]}),
        (
            "Function",
            {
                "id": "function:persuratan",
                "name": "Persuratan dan naskah dinas elektronik",
                "name_en": "Official correspondence",
                "code": "PERSURATAN",
                "description": "Mencatat dan mengirim surat.",
                "group": "Administrasi perkantoran",
                "rab_code": "RAB.09.01",
                "ral_code": "RAL.09.01",
            },
        ),
        ("Function", {"id": "function:lain", "name": "Lain", "code": "LAIN"}),
        (
            "Regulation",
            {
                "id": "regulation:kepmenpanrb-679-2020",
                "name": "Keputusan MenPANRB 679 Tahun 2020",
                "status": "seen",
            },
        ),
        (
            "Source",
            {
                "id": "source:survei-2025",
                "name": "Survei aplikasi 2025",
                "name_en": "Survey of applications 2025",
                "publisher": "Diskominfo",
                "as_of": "2025-06",
                "license": "Data terbuka",
            },
        ),
        ("Source", {"id": "source:reference", "name": "Data rujukan"}),
        ("Finding", finding | {"id": "finding:diterima", "decision": "accept"}),
        ("Finding", finding | {"id": "finding:ditolak", "decision": "reject", "name": "RAHASIA-1"}),
        ("Finding", finding | {"id": "finding:terbuka", "name": "RAHASIA-2"}),
    ]


def made() -> Landscape:
    """Make the Landscape."""
    survey = Origin("survei-2025", "survei.csv", None, 17, "Nama Aplikasi")
    performs = edge_id("PERFORMS", "app:esurat", "function:persuratan", {})
    evidence = [
        evidence_row(
            f"finding:{key}",
            side,
            kind,
            {"text_id": f"{word} {NASTY[0]}", "text_en": f"{word} in English"},
            value=value,
            origins=[survey],
        )
        for key, word in (("diterima", "BUKTI"), ("terbuka", "RAHASIA-3"), ("ditolak", "RAHASIA-4"))
        for side, kind, value in (("for", "function", 1.25), ("against", "data", None))
    ]
    return Landscape.of(
        nodes(),
        edges(),
        [
            ("app:esurat", None, survey),
            ("app:esurat", "name", survey),
            (performs, None, survey._replace(how="rule:words")),
        ],
        evidence,
        as_of="2025-06",
    )
