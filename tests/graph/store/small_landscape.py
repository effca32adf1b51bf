"""A landscape small enough to answer by hand: every node type, nulls, lists, quotes, parallels."""

from __future__ import annotations

from typing import Any

from graph.landscape import Landscape, edge_id

Rows = list[tuple[str, dict[str, Any]]]

AGENCIES: Rows = [
    ("Agency", {"id": "agency:anri", "name": "ANRI", "kind": "central"}),
    ("Agency", {"id": "agency:kota-a", "name": "Pemerintah Kota A", "kind": "government"}),
    (
        "Agency",
        {
            "id": "agency:dinkes-a",
            "name": "Dinas Kesehatan Kota A",
            "aliases": ("Dinkes", "Dinkes 'A'"),
            "kind": "unit",
            "government": "agency:kota-a",
        },
    ),
    (
        "Agency",
        {"id": "agency:dispora-a", "name": 'Dispora "A" \\ é', "government": "agency:kota-a"},
    ),
]
OTHERS: Rows = [
    ("Region", {"id": "region:00.01", "name": "Kota A", "code": "00.01", "kind": "city"}),
    ("Function", {"id": "function:office", "name": "Persuratan", "code": "K1"}),
    ("Function", {"id": "function:health", "name": "Rekam medis", "code": "K2"}),
    ("Function", {"id": "function:staff", "name": "Kepegawaian", "code": "K3"}),
    ("Regulation", {"id": "regulation:seen", "name": "Keputusan 1", "status": "seen"}),
    ("Regulation", {"id": "regulation:unseen", "name": "Keputusan 2"}),
    ("Source", {"id": "source:survei", "name": "Survei A", "as_of": "2025-09"}),
    ("Source", {"id": "source:pusat", "name": "Daftar pusat", "generated": True}),
    ("Service", {"id": "service:ktp", "name": "KTP", "priority": True}),
    (
        "DataEntity",
        {
            "id": "data:penduduk",
            "name": "Penduduk",
            "openness": "personal",
            "join_keys": ("nik", "nomor KK, lama"),
        },
    ),
    ("DataEntity", {"id": "data:pegawai", "name": "Pegawai", "openness": "limited"}),
    ("DataEntity", {"id": "data:lama", "name": "Arsip lama"}),
    (
        "Interface",
        {"id": "interface:pegawai", "name": "Data pegawai", "endpoint": "api.a.go.id/pegawai"},
    ),
    ("Interface", {"id": "interface:arsip", "name": "Arsip 'v2'", "status": "live"}),
    (
        "Innovation",
        {"id": "innovation:absen", "name": "Absen dari rumah", "programme": "pka", "year": 2021},
    ),
    ("Innovation", {"id": "innovation:lain", "name": "Lain", "survival": "inactive"}),
]
FINDINGS: Rows = [
    (
        "Finding",
        {
            "id": "finding:1",
            "name": "Persuratan",
            "kind": "covered",
            "function": "function:office",
            "score": 3.5,
            "covered_by": "app:srikandi",
            "survivor": "app:srikandi",
            "decision": "accept",
            "evidence_kinds": ("function", "rule"),
        },
    ),
    (
        "Finding",
        {
            "id": "finding:2",
            "name": "Kepegawaian",
            "kind": "government",
            "function": "function:staff",
            "score": 1.0,
            "evidence_kinds": ("function",),
            "members_changed": True,
        },
    ),
    (
        "Finding",
        {
            "id": "finding:3",
            "name": "Persuratan",
            "kind": "neighbours",
            "function": "function:office",
            "score": 0.5,
            "decision": "reject",
        },
    ),
]


def app(key: str, name: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "Application", {"id": f"app:{key}", "name": name} | more


APPLICATIONS: Rows = [
    app(
        "srikandi",
        "SRIKANDI",
        code="0012",
        description="Surat dan arsip",
        scope="general",
        status="active",
        address="srikandi.arsip.go.id",
        relay=True,
    ),
    app("esurat", "e-Surat", status="active", address="surat.a.go.id", government="agency:kota-a"),
    app("surat2", "e-Surat 'Lama'", aliases=("SET, CREATE // DELETE", "/* e */", "")),
    app("notadinas", "Nota Dinas", description="nota"),
    app("tnd", "TND", status="inactive"),
    app("simrs", "SIMRS", status="active", description="rekam medis", government="agency:kota-a"),
    app("puskesmas", "e-Puskesmas"),
    app("simpeg", "SIMPEG", status="active"),
    app("absen", "Absensi", status="active"),
    app("rencana", "Rencana", status="planned"),
    app("situs", "Situs", website=True, status="active"),
    app("kelas", "pemerintah daerah (umum)", kind="class"),
    app("tanpa", "日本 \"é\" 'x'\n2"),
]


def edge(relation: str, source: str, target: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return relation, {"source": source, "target": target} | more


def performs(key: str, function: str, confidence: float, rank: int = 1) -> tuple[str, Any]:
    words = ("surat", "nota dinas") if function == "office" else ()
    more = {"confidence": confidence, "rank": rank, "words": words}
    return edge("PERFORMS", f"app:{key}", f"function:{function}", **more)


def between(relation: str, pairs: str) -> Rows:
    """Make edges from a text: `source>target source>target`, prefixes left out where clear."""
    return [edge(relation, *pair.split(">")) for pair in pairs.split()]


EDGES: Rows = [
    *between("PART_OF", "agency:dinkes-a>agency:kota-a agency:dispora-a>agency:kota-a"),
    *between("LOCATED_IN", "agency:kota-a>region:00.01"),
    *between("STEWARDS", "agency:kota-a>data:penduduk"),
    *between("PROVIDES", "agency:kota-a>service:ktp"),
    *between(
        "OWNS",
        "agency:anri>app:srikandi agency:dinkes-a>app:esurat agency:kota-a>app:simpeg",
    ),
    *between(
        "USES",
        "agency:dinkes-a>app:srikandi agency:dinkes-a>app:esurat agency:dinkes-a>app:tnd "
        "agency:dinkes-a>app:notadinas agency:dispora-a>app:notadinas agency:dispora-a>app:tnd "
        "agency:dinkes-a>app:simrs agency:dinkes-a>app:puskesmas agency:dispora-a>app:surat2 "
        "agency:dispora-a>app:rencana agency:kota-a>app:absen agency:kota-a>app:situs "
        "agency:kota-a>app:kelas",
    ),
    performs("srikandi", "office", 1.0),
    performs("esurat", "office", 0.9),
    performs("surat2", "office", 0.4),
    performs("notadinas", "office", 0.5),
    performs("tnd", "office", 0.8),
    performs("simrs", "health", 0.95),
    performs("simrs", "office", 0.3, 2),
    performs("puskesmas", "health", 0.7),
    performs("simpeg", "staff", 0.9),
    performs("absen", "staff", 0.6),
    *between("COVERS", "app:srikandi>function:office"),
    *between("BASED_ON", "app:srikandi>regulation:seen app:srikandi>regulation:unseen"),
    *between("MASTERS", "app:simpeg>data:pegawai app:simrs>data:lama"),
    *between(
        "READS",
        "app:absen>data:pegawai app:srikandi>data:pegawai app:simrs>data:penduduk "
        "app:puskesmas>data:penduduk",
    ),
    edge(
        "INTEGRATES_WITH",
        "app:simpeg",
        "app:srikandi",
        kind="declared",
        status="live",
        data="data:pegawai",
        join_keys=("nip", "nik"),
    ),
    edge(
        "INTEGRATES_WITH",
        "app:simpeg",
        "app:srikandi",
        kind="observed",
        status="planned",
        channel="API",
    ),
    edge("INTEGRATES_WITH", "app:simrs", "app:puskesmas", kind="declared", status="stopped"),
    edge("INTEGRATES_WITH", "app:absen", "app:simpeg", kind="assumed", status="live"),
    edge("INTEGRATES_WITH", "app:puskesmas", "app:puskesmas", kind="observed", status="live"),
    edge("INTEGRATES_WITH", "app:kelas", "app:simpeg", kind="declared", status="live"),
    *between("EXPOSES", "app:simpeg>interface:pegawai"),
    *between("CARRIES", "interface:pegawai>data:pegawai"),
    *between("PUBLISHED_ON", "interface:pegawai>app:srikandi"),
    *between("SUBSCRIBES", "app:absen>interface:pegawai"),
    *between("INITIATED", "agency:kota-a>innovation:absen"),
    *between("ORIGINATES_FROM", "app:absen>innovation:absen"),
    edge("SUPPORTS", "app:esurat", "service:ktp", quote="untuk 'KTP'"),
    edge("SIMILAR_TO", "app:esurat", "app:surat2", probability=0.75),
    *between("MEMBER_OF", "app:esurat>finding:1 app:surat2>finding:1"),
    edge("MEMBER_OF", "app:simpeg", "finding:2", disposition="keep"),
    *between("MEMBER_OF", "app:absen>finding:2 app:esurat>finding:3 app:tnd>finding:3"),
    *between(
        "DERIVED_FROM",
        "app:esurat>source:survei app:surat2>source:survei app:notadinas>source:survei "
        "app:tnd>source:survei app:simrs>source:survei app:puskesmas>source:survei "
        "app:tanpa>source:survei app:kelas>source:survei app:srikandi>source:pusat "
        "app:esurat>source:pusat app:simpeg>source:pusat agency:kota-a>source:survei "
        "function:office>source:pusat",
    ),
]


def landscape(
    *, without: frozenset[str] = frozenset(), renamed: dict[str, str] | None = None
) -> Landscape:
    """Give the landscape, some nodes (and their edges) left out, some renamed."""
    nodes = [
        (kind, row | {"name": (renamed or {}).get(row["id"], row["name"])})
        for kind, row in [*AGENCIES, *OTHERS, *FINDINGS, *APPLICATIONS]
        if row["id"] not in without
    ]
    edges = [(r, e) for r, e in EDGES if not {e["source"], e["target"]} & without]
    return Landscape.of(nodes, edges, as_of="2025-09")


def named(relation: str, source: str, target: str) -> str:
    """Give the id of an edge without key properties."""
    return edge_id(relation, source, target, {})
