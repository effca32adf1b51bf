"""What the build finds: findings that can be defended, and that do not hang on ids or order."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build.derive import Derived
from graph.landscape import Landscape
from tests.graph.analysis.towns import (
    MAGETAN,
    NGAWI,
    SEMARANG,
    TEGAL,
    app,
    findings,
    found,
    town,
    whole,
)

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
LETTERS = "surat masuk, surat keluar dan disposisi"
QUEUE = "antrean puskesmas dan pendaftaran pasien"
VISITS = "buku tamu dan kunjungan"


@dataclass(frozen=True)
class Decision:
    decision: str
    members: tuple[str, ...] = ()


def kinds(finding: dict[str, Any], side: str = "for") -> set[str]:
    return {e["kind"] for e in finding["evidence"] if e["side"] == side}


def texts(finding: dict[str, Any], side: str) -> str:
    return " ".join(e["text_id"] for e in finding["evidence"] if e["side"] == side)


def only(base: Landscape) -> dict[str, Any]:
    every = findings(base)
    assert len(every) == 1
    return next(iter(every.values()))


def similar_pairs(derived: Derived) -> set[tuple[str, str]]:
    """Give the similar pairs of the town's own applications."""
    ends = {(r["source"], r["target"]) for k, r in derived.edges if k == "SIMILAR_TO"}
    return {e for e in ends if all(len(id) == len("app:a") for id in e)}


# ------------------------------------------------------------ kinds of finding
def test_several_of_one_government_are_a_finding() -> None:
    finding = only(town([app("a", "Qelxan", VISITS), app("b", "Wimjof", "buku tamu digital")]))
    assert (finding["kind"], finding["covered_by"]) == ("government", None)
    assert kinds(finding) >= {"function", "government"}
    assert finding["name"] == (
        "Dua aplikasi buku tamu dan kunjungan di Kabupaten Magetan terindikasi serupa"
    )


def test_letters_of_several_regions_are_covered_by_srikandi() -> None:
    every = findings(
        town([app("a", "Qelxan", LETTERS), app("b", "Wimjof", "e-surat", government=SEMARANG)])
    )
    assert set(every) == {frozenset(["Qelxan"]), frozenset(["Wimjof"])}
    for finding in every.values():
        assert (finding["kind"], finding["covered_by"]) == ("covered", "app:srikandi")
        assert finding["survivor"] == "app:srikandi"
        assert kinds(finding) == {"function", "rule"}
        rules = [e["facts"] for e in finding["evidence"] if e["side"] == "rule"]
        assert {r["article"] for r in rules} >= {"Pasal 36", "Pasal 63 ayat (3)"}
        assert all(r["regulation"] and r["status"] in ("met", "missing", "unknown") for r in rules)


def test_the_general_application_is_no_member_and_neither_is_its_instance() -> None:
    rows = [
        app("a", "LPSE Magetan", "pengadaan barang dan jasa"),
        app("b", "LPSE Kabupaten Ngawi", "pengadaan barang dan jasa", government=NGAWI),
    ]
    assert findings(town(rows)) == {}
    assert findings(town([rows[0] | {"name": "Qelxan"}])).keys() == {frozenset(["Qelxan"])}


def test_a_general_application_whose_decree_was_not_seen_is_a_candidate() -> None:
    alone = town([app("a", "Qelxan", "data kepegawaian")])
    assert findings(alone) == {}
    two = town([app("a", "Qelxan", "data kepegawaian"), app("b", "Wimjof", "simpeg kabupaten")])
    finding = only(two)
    assert (finding["kind"], finding["covered_by"]) == ("government", "app:si-asn")
    assert "rule" not in kinds(finding)
    assert "kandidat aplikasi umum: SI-ASN" in finding["name"]
    assert "keputusan belum terlihat" in texts(finding, "rule")
    rules = [e["facts"] for e in finding["evidence"] if e["side"] == "rule"]
    assert {r["status"] for r in rules} == {"unknown"}
    assert finding["survivor"] != "app:si-asn"


def test_one_product_in_several_governments() -> None:
    rows = [app("a", "Qelxan", VISITS), app("b", "QELXAN", VISITS, government=SEMARANG)]
    finding = only(town(rows))
    assert finding["kind"] == "product"
    assert kinds(finding) >= {"function", "product"}


def test_one_vendors_domain_is_one_product() -> None:
    rows = [
        app("a", "Qelxan", VISITS, address="https://magetan.contoh.co.id"),
        app("b", "Wimjof", VISITS, government=SEMARANG, address="semarang.contoh.co.id/login"),
    ]
    finding = only(town(rows))
    assert finding["kind"] == "product"
    assert "contoh.co.id" in texts(finding, "for")


def test_a_kind_of_system_is_no_product() -> None:
    rows = [
        app("a", "E-Kinerja", "penilaian kinerja pegawai"),
        app("b", "E-Kinerja", "penilaian kinerja pegawai", government=SEMARANG),
    ]
    assert findings(town(rows)) == {}


def test_neighbours_that_build_the_same() -> None:
    rows = [app("a", "Qelxan", VISITS), app("b", "Wimjof", "buku tamu", government=NGAWI)]
    finding = only(town(rows))
    assert finding["kind"] == "neighbours"
    far = [rows[0], app("b", "Wimjof", "buku tamu", government=SEMARANG)]
    assert findings(town(far)) == {}


def test_one_kind_of_evidence_is_similar_and_no_finding() -> None:
    rows = [app("a", "Qelxan", VISITS), app("b", "Wimjof", "buku tamu", government=TEGAL)]
    derived = found(town(rows))
    assert similar_pairs(derived) == {("app:a", "app:b")}
    assert derived.nodes == []


def test_an_application_is_in_one_finding_at_most() -> None:
    rows = [
        app("a", "Qelxan", VISITS),
        app("b", "Wimjof", VISITS),
        app("c", "Qelxan", VISITS, government=NGAWI),
        app("d", "Zubvor", VISITS, government=NGAWI),
    ]
    every = findings(town(rows))
    assert sum(map(len, every)) == 4
    assert {f["kind"] for f in every.values()} == {"government"}


# ------------------------------------------------------------ who is no member
@pytest.mark.parametrize(
    "other",
    [
        app("b", "Wimjof", VISITS, kind="class"),
        app("b", "Website Dinas", "situs web resmi perangkat daerah"),
        app("b", "Qelxan (Mobile)", VISITS),
        app("b", "Wimjof", VISITS, status="retired"),
        app("b", "Wimjof", VISITS, scope_inferred="sector"),
        app("b", "Wimjof", VISITS, scope="general"),
        app("b", "Wimjof", VISITS, address="wimjof.kemendagri.go.id"),
        app("b", "Wimjof", "melayani warga"),
    ],
    ids=["class", "website", "channel", "retired", "ministry", "reported", "central host", "words"],
)
def test_who_is_no_member(other: dict[str, Any]) -> None:
    assert findings(town([app("a", "Qelxan", VISITS), other])) == {}


def test_what_is_reported_as_general_but_answers_from_the_region_is_asked_about() -> None:
    local = app("b", "Wimjof", VISITS, scope="general", address="wimjof.magetan.go.id")
    finding = only(town([app("a", "Qelxan", VISITS), local]))
    assert "pemiliknya perlu ditanyakan" in texts(finding, "against")


def test_classes_and_websites_are_never_similar() -> None:
    rows = [
        app("a", "Website Dinas Satu", "situs web resmi dinas"),
        app("b", "Website Dinas Dua", "situs web resmi dinas"),
        app("c", "Qelxan", VISITS, kind="class"),
        app("d", "Wimjof", VISITS, kind="class"),
    ]
    derived = found(town(rows))
    assert not similar_pairs(derived)
    assert {i for i, u in derived.updates.items() if u.get("website")} == {"app:a", "app:b"}
    performing = {r["source"] for k, r in derived.edges if k == "PERFORMS"}
    assert not {"app:c", "app:d"} & performing


# ------------------------------------------------------------ for and against
def test_what_speaks_against_is_said() -> None:
    rows = [
        app("a", "Qelxan", VISITS, uses=["Dinas Satu"], status="inactive"),
        app("b", "Wimjof", f"{VISITS}; presensi pegawai", uses=["Dinas Dua"]),
        app("c", "Buku Tamu", uses=["Dinas Tiga"]),
        app("d", "Qelxan", QUEUE, government=TEGAL),
    ]
    against = texts(only(town(rows)), "against")
    for said in (
        "dilaporkan tidak aktif",
        "juga melaksanakan presensi",
        "tanpa uraian",
        "nama Qelxan juga dipakai",
        "unit yang berbeda",
    ):
        assert said in against


def test_upstream_systems_and_local_doors_speak_against() -> None:
    rows = [
        app("a", "Qelxan", "pelaporan keuangan desa"),
        app("b", "Wimjof", "keuangan desa, terhubung Siskeudes"),
    ]
    against = texts(only(town(rows, "Siskeudes")), "against")
    assert "diintegrasikan, bukan ditutup" in against
    assert "Wimjof menyebut Siskeudes" in against


def test_the_same_data_speaks_for_and_other_data_against() -> None:
    rows = [
        app("a", "Qelxan", VISITS, masters=["tamu"]),
        app("b", "Wimjof", VISITS, reads=["tamu"]),
    ]
    assert "data" in kinds(only(town(rows)))
    rows[1] = app("b", "Wimjof", VISITS, reads=["acara"])
    finding = only(town(rows))
    assert "data" not in kinds(finding)
    assert "data yang dipakai berbeda" in texts(finding, "against")


def test_the_survivor_is_active_and_most_reported_and_says_why() -> None:
    rows = [
        app("a", "Qelxan", VISITS, status="inactive", uses=["Satu", "Dua", "Tiga"]),
        app("b", "Wimjof", VISITS, status="active", uses=["Satu", "Dua"]),
        app("c", "Zubvor", VISITS, status="active", uses=["Satu"]),
    ]
    finding = only(town(rows))
    assert finding["survivor"] == "app:b"
    assert "dilaporkan aktif" in texts(finding, "survivor")
    assert "dilaporkan 2 unit" in texts(finding, "survivor")


def test_no_survivor_is_suggested_where_nothing_tells_them_apart() -> None:
    finding = only(town([app("a", "Qelxan", VISITS), app("b", "Wimjof", VISITS)]))
    assert finding["survivor"] is None
    assert texts(finding, "survivor") == ""


def test_more_units_and_a_designated_application_rank_higher() -> None:
    def score(rows: Iterable[dict[str, Any]]) -> float:
        return float(only(town(rows))["score"])

    few = score(
        [app("a", "Qelxan", VISITS, uses=["Satu"]), app("b", "Wimjof", VISITS, uses=["Dua"])]
    )
    many = score(
        [app("a", "Qelxan", VISITS, uses=list("pqrs")), app("b", "Wimjof", VISITS, uses=["Dua"])]
    )
    rule = score([app("a", "Qelxan", LETTERS), app("b", "Wimjof", LETTERS)])
    assert few < many
    assert few < rule


def test_a_system_in_development_misses_the_duty_to_stop() -> None:
    finding = only(town([app("a", "Qelxan", LETTERS, status="development")]))
    status = {
        e["facts"]["article"]: e["facts"]["status"]
        for e in finding["evidence"]
        if e["side"] == "rule"
    }
    assert status["Pasal 63 ayat (3)"] == "missing"
    assert status["Pasal 36"] == "unknown"
    used = town([app("a", "Qelxan", LETTERS), app("srikandi", "SRIKANDI", uses=["Setda"])])
    status = {
        e["facts"]["article"]: e["facts"]["status"]
        for e in only(used)["evidence"]
        if e["side"] == "rule"
    }
    assert status["Pasal 36"] == "met"


# ------------------------------------------------------------ every row of it
def mixed() -> list[dict[str, Any]]:
    jobs = (VISITS, LETTERS, QUEUE, "data kepegawaian", "pengaduan masyarakat", "keuangan desa")
    places = (MAGETAN, NGAWI, SEMARANG)
    return [
        app(f"{n}{i}", f"Nama{n}{i}", f"{job} {n}", government=place, uses=[f"Unit {i}"])
        for n, job in enumerate(jobs)
        for i, place in enumerate(places * 2)
    ]


def test_every_sentence_stands_in_both_languages() -> None:
    derived = found(town(mixed()))
    assert {e["side"] for e in derived.evidence} == {"for", "against", "survivor", "rule"}
    for e in derived.evidence:
        assert e["text_id"], e
        assert e["text_en"], e
        assert e["text_id"] != e["text_en"]
        json.loads(e["facts"]), json.loads(e["origins"])
    for _, row in derived.nodes:
        assert row["name"] != row["name_en"]


def test_evidence_of_pairs_is_the_same_each_time_it_is_asked_for() -> None:
    derived = found(town(mixed()))
    once = list(derived.evidence)
    assert once == list(derived.evidence)
    pairs = {row["id"] for kind, row in derived.edges if kind == "SIMILAR_TO"}
    assert pairs == {e["about"] for e in once if e["about"].startswith("similar_to:")} != set()


def test_words_accuse_nobody() -> None:
    full = whole(base := town(mixed()), found(base))
    said = " ".join(
        [e["text_id"] for e in full.evidence.to_pylist()]
        + [f["name"] for f in full.rows("Finding")]
    ).casefold()
    for harsh in ("duplikat", "harus ditutup", "pemborosan", "pelanggaran", "terbukti", "rangkap"):
        assert harsh not in said


def test_every_finding_has_two_kinds_and_every_property_an_origin() -> None:
    base = town(mixed())
    derived = found(base)
    full = whole(base, derived)
    assert len(full.rows("Finding")) > 5
    for f in full.rows("Finding"):
        told = {"function" if k == "text" else k for k in f["evidence_kinds"]}
        assert len(told) >= 2
        assert set(f["evidence_kinds"]) == {e["kind"] for e in full.evidence_of(f["id"], "for")}
        members = full.sources(f["id"], "MEMBER_OF")
        assert len(members) >= 2 or f["covered_by"]
        assert all(f["function"] in full.targets(m, "PERFORMS") for m in members)
        for prop, value in f.items():
            if prop != "id" and value is not None:
                origins = full.origins_of(f["id"], prop)
                assert origins, prop
                assert {o.how for o in origins} == {"rule:redundancy"}
        assert full.origins_of(f["id"])
    for relation, how in (
        ("PERFORMS", "rule:function-vocabulary"),
        ("SIMILAR_TO", "rule:similar-pair"),
    ):
        for e in full.edge_rows(relation):
            assert {o.how for o in full.origins_of(e["id"])} == {how}
    for id, props in derived.updates.items():
        assert all(full.origins_of(id, p) for p in props)


def test_bits_of_a_pair_add_up_with_the_prior_among_them() -> None:
    full = whole(base := town(mixed()), found(base))
    edges = full.edge_rows("SIMILAR_TO")
    assert len(edges) > 20
    for e in edges:
        parts = full.evidence_of(e["id"], "for")
        bits = sum(p["value"] for p in parts)
        assert e["probability"] == pytest.approx(1 / (1 + 2**-bits), abs=1e-6)
        assert parts[0]["kind"] == "prior"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_other_ids_and_another_order_give_the_same_findings(seed: int) -> None:
    rng = random.Random(seed)
    rows = [r | {"row": n} for n, r in enumerate(mixed(), start=2)]
    new = [f"app:z{n:04}" for n in rng.sample(range(9999), len(rows))]
    renamed = [r | {"id": i} for r, i in zip(rows, new, strict=True)]
    rng.shuffle(renamed)

    def told(every: dict[frozenset[str], dict[str, Any]]) -> dict[frozenset[str], tuple[Any, ...]]:
        keys = ("name", "name_en", "kind", "score", "covered_by", "evidence_kinds")
        return {members: tuple(f[k] for k in keys) for members, f in every.items()}

    assert told(findings(town(rows))) == told(findings(town(renamed)))


# ------------------------------------------------------------ decisions
def test_a_decision_stays_with_its_finding_and_a_disposition_with_its_member() -> None:
    base = town([app("a", "Qelxan", VISITS), app("b", "Wimjof", VISITS)])
    id = found(base).nodes[0][1]["id"]
    decided = {id: Decision("accept", ("app:a", "app:b")), f"app:a {id}": Decision("keep")}
    derived = found(base, decided)
    full = whole(base, derived)
    row = full.node(id)
    assert (row["decision"], row["members_changed"]) == ("accept", False)
    assert {o.how for o in full.origins_of(id, "decision")} == {"judged"}
    members = {e["source"]: e["disposition"] for e in full.edge_rows("MEMBER_OF")}
    assert members == {"app:a": "keep", "app:b": None}
    older = found(base, {id: Decision("accept", ("app:a",))})
    assert older.nodes[0][1]["members_changed"] is True


# ------------------------------------------------------------ cases from practice
def case(name: str, file: str, text: str, unit: str, government: str) -> Landscape:
    path = CASES / name / file
    if not path.exists():
        pytest.skip("the shared cases are not here")
    with path.open(encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    return town(
        app(r["Kode"].lower(), r["Nama Aplikasi"], r[text], government, uses=[r[unit]])
        for r in rows
    )


def test_the_case_of_a_chain() -> None:
    base = case(
        "redundancy-a-chain-is-no-cluster", "rantai.csv", "Fungsi", "Nama Perangkat Daerah", MAGETAN
    )
    every = findings(base)
    assert frozenset(["Naskah Kita", "Surat Elektronik Setda"]) in every
    names = {
        "C1": "Naskah Kita",
        "C2": "Gudang Arsip",
        "C3": "Pustaka Wisata",
        "C4": "Jelajah",
        "C5": "Panggung",
    }
    for one, other in (("C1", "C3"), ("C1", "C4"), ("C1", "C5"), ("C2", "C4")):
        assert not [m for m in every if {names[one], names[other]} <= m]


def test_the_case_of_one_preface() -> None:
    base = case(
        "redundancy-same-preface",
        "uraian.csv",
        "Uraian Aplikasi",
        "Nama Perangkat Daerah",
        SEMARANG,
    )
    every = findings(base)
    assert set(every) == {frozenset(["Antre Sehat", "Nomor Poli"])}
    said = json.dumps([f["evidence"] for f in every.values()], default=str)
    assert "inovasi" not in said
    full = whole(base, found(base))
    assert "inovasi" not in " ".join(e["text_id"] for e in full.evidence.to_pylist())
