"""Integrations that descriptions say, between applications that are known."""

from __future__ import annotations

import pytest

from graph.build.describe import national
from graph.build.resolve import Description
from graph.build.said import said_integrations
from graph.build.supports import supports
from graph.schema.core import Value
from graph.schema.records import EdgeRecord, NodeRecord, Origin

MADIUN, MAGETAN = "agency:pemda-35-19", "agency:pemda-35-20"
Edge = tuple[str, str, str, str]


def one(
    key: str,
    name: str,
    text: str | None = None,
    *,
    government: str = MADIUN,
    unit: str = "agency:bkpsdm-35-19",
    system: bool = True,
) -> Description:
    return Description(
        key=f"app:{key}",
        name=name,
        spellings=(name,),
        text=text,
        addresses=(),
        owners=(unit,),
        units=(),
        government=government,
        system=system,
        mention=False,
        source="daftar",
        order=0,
    )


def record(d: Description) -> NodeRecord:
    place = Origin("daftar", "daftar.csv", None, 7)
    return NodeRecord(
        "Application",
        d.key,
        {"name": d.name, "description": d.text},
        place,
        {"description": "Uraian"},
    )


def read(
    *apps: Description, masters: tuple[str, ...] = ()
) -> tuple[list[EdgeRecord], list[NodeRecord]]:
    described = [*apps, *national()]
    place = Origin("induk")
    edges = [EdgeRecord("MASTERS", id, "data:x", {}, place) for id in masters]
    same = {d.key: d.key for d in described}
    return said_integrations([record(d) for d in apps], edges, described, same)


def edges(*apps: Description, masters: tuple[str, ...] = ()) -> list[Edge]:
    return [
        (e.source, e.target, str(e.props["status"]), str(e.props["direction"]))
        for e in read(*apps, masters=masters)[0]
    ]


def left(*apps: Description) -> list[Value]:
    return [n.props.get("unresolved_integrations", ()) for n in read(*apps)[1]][:1]


def test_an_edge_is_declared_and_leads_to_the_cell_that_says_it() -> None:
    made, _ = read(one("a", "Absen", "Absensi, terintegrasi dengan SIMPEG."), one("b", "SIMPEG"))
    assert made == [
        EdgeRecord(
            "INTEGRATES_WITH",
            "app:a",
            "app:b",
            {
                "kind": "declared",
                "status": "unknown",
                "direction": "unknown",
                "quote": "terintegrasi dengan SIMPEG",
            },
            Origin("daftar", "daftar.csv", None, 7, "Uraian", "rule:said-in-description"),
        )
    ]


def test_the_same_unit_goes_before_the_government_and_it_before_the_nation() -> None:
    a = one("a", "Absen", "terhubung dengan Srikandi")
    of_unit, of_place = one("b", "Srikandi"), one("c", "Srikandi", unit="agency:dinkes-35-19")
    elsewhere = one("d", "Srikandi", government=MAGETAN, unit="agency:dinkes-35-20")
    assert [e[1] for e in edges(a, of_unit, of_place, elsewhere)] == ["app:b"]
    assert [e[1] for e in edges(a, of_place, elsewhere)] == ["app:c"]
    assert [e[1] for e in edges(a, elsewhere)] == ["app:srikandi"]


def test_what_is_ambiguous_unknown_generic_or_only_elsewhere_is_a_question() -> None:
    two = (one("b", "Simantap"), one("c", "SIMANTAP"))
    far = one("d", "Simantap", government=MAGETAN, unit="agency:dinkes-35-20")
    for others, words in (
        (two, "Simantap"),
        ((far,), "Simantap"),
        ((), "semua aplikasi dan layanan lain"),
        ((), "kementerian"),
        ((one("b", "Simantap"),), "Simantap Provinsi Jawa Timur"),
    ):
        a = one("a", "Absen", f"terintegrasi dengan {words}")
        assert edges(a, *others) == []
        assert left(a, *others) == [(f"terintegrasi dengan {words}",)]


def test_denied_makes_nothing_planned_is_planned_possible_is_a_question() -> None:
    b = one("b", "SIMPEG")
    denied = one("a", "Absen", "belum terintegrasi dengan SIMPEG")
    assert (edges(denied, b), left(denied, b)) == ([], [()])
    planned = one("a", "Absen", "akan terintegrasi dengan SIMPEG")
    assert edges(planned, b) == [("app:a", "app:b", "planned", "unknown")]
    possible = one("a", "Absen", "dapat terintegrasi dengan SIMPEG")
    assert (edges(possible, b), len(left(possible, b))) == ([], 1)


@pytest.mark.parametrize(
    ("text", "masters", "edge"),
    [
        ("mengirim data ke SIMPEG", (), ("app:a", "app:b", "unknown", "stated")),
        ("menarik data dari SIMPEG", (), ("app:b", "app:a", "unknown", "stated")),
        ("terhubung dengan SIMPEG", ("app:b",), ("app:b", "app:a", "unknown", "inferred")),
        ("terhubung dengan SIMPEG", ("app:a", "app:b"), ("app:a", "app:b", "unknown", "unknown")),
    ],
)
def test_a_direction_is_stated_or_that_of_a_register_or_unknown(
    text: str, masters: tuple[str, ...], edge: Edge
) -> None:
    assert edges(one("a", "Absen", text), one("b", "SIMPEG"), masters=masters) == [edge]


def test_several_names_are_several_edges_and_the_sentence_may_go_on() -> None:
    text = (
        "terintegrasi dengan aplikasi SIMPEG, Sistem Gaji Daerah (SIGADA) dan e-Surat"
        " untuk pelaporan dan Perpusda"
    )
    b, c, d = one("b", "Simpeg"), one("c", "SIGADA"), one("d", "E Surat")
    made = edges(one("a", "Absen", text), b, c, d, one("e", "Perpusda"))
    assert [e[1] for e in made] == ["app:b", "app:c", "app:d"]


def test_an_everyday_word_is_no_name_of_an_application() -> None:
    apps = (one("b", "Surat"), one("c", "Laporan"))
    for words in ("surat masuk", "laporan keuangan", "surat"):
        assert edges(one("a", "Absen", f"terhubung dengan {words}"), *apps) == []


def test_a_class_neither_says_nor_is_said() -> None:
    text = "terintegrasi dengan SIMPEG"
    assert edges(one("a", "Aplikasi OPD", text, system=False), one("b", "SIMPEG")) == []
    assert edges(one("a", "Absen", text), one("b", "SIMPEG", system=False)) == []


# ------------------------------------------------------------ services
def test_a_local_service_is_supported_in_its_own_government_only() -> None:
    place = Origin("layanan")
    services = [
        NodeRecord("Service", "service:a", {"name": "Uji KIR"}, place),
        NodeRecord("Service", "service:n", {"name": "Layanan JDIH"}, place),
    ]
    provides = [EdgeRecord("PROVIDES", "agency:dishub-35-19", "service:a", {}, place)]
    home = {"agency:dishub-35-19": MADIUN, MAGETAN: MAGETAN}
    apps = [
        one("a", "Si Pintar", "Uji KIR; layanan JDIH"),
        one("b", "Simpkb", "Uji KIR; layanan JDIH", government=MAGETAN),
    ]
    made = supports([*services, *map(record, apps)], provides, apps, home)
    assert [(e.source, e.target, e.props["quote"]) for e in made] == [
        ("app:a", "service:a", "Uji KIR"),
        ("app:a", "service:n", "layanan JDIH"),
        ("app:b", "service:n", "layanan JDIH"),
    ]
    assert {(e.origin.column, e.origin.how) for e in made} == {
        ("Uraian", "rule:named-in-description")
    }
