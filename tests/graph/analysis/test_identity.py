"""Names and addresses taken apart, how alike they are, and the score of pairs."""

from __future__ import annotations

import doctest
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import names
from graph.analysis.identity import (
    SUGGEST,
    WEIGHTS,
    Description,
    Subject,
    compare,
    pairs,
    portal,
    same_place,
    subject,
    weights,
)
from graph.analysis.names import Address, Lexicon, abbreviates, address, likeness, name, spelled

LEXICON = Lexicon(
    kinds=frozenset({"pasar", "parkir", "kinerja", "retribusi"}),
    places={"agency:a": frozenset({"contoh"}), "agency:b": frozenset({"sungai", "jernih"})},
)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(names) == (0, 5)


# ------------------------------------------------------------------ spellings
@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("S.I.M.P.E.G.", "simpeg"),
        ("S I M P E G", "simpeg"),
        ("K-L-M Layanan", "klm layanan"),
        ("E-Sakip", "e sakip"),
        ("E P 3", "ep3"),
        ("Éksplorasi", "eksplorasi"),
        ("!!!", ""),
    ],
)
def test_letters_that_stand_apart_spell_a_word(text: str, plain: str) -> None:
    assert spelled(text) == plain


@given(st.text(max_size=40))
def test_a_spelling_is_spelled_once(text: str) -> None:
    once = spelled(text)
    assert spelled(once.upper()) == once


@pytest.mark.parametrize(
    ("acronym", "long", "is_one"),
    [
        ("simpeg", "sistem informasi manajemen kepegawaian", True),
        ("simrs", "sistem informasi manajemen rumah sakit", True),
        ("ppid", "pejabat pengelola informasi dan dokumentasi", True),
        ("monev", "monitoring evaluasi", True),
        ("simrs", "sistem informasi manajemen puskesmas", False),
        ("sda", "satu data", False),  # three letters of two words fit anything
        ("simpeg", "sistem informasi manajemen kepegawaian daerah", False),
        ("sipd", "sistem", False),
    ],
)
def test_an_acronym_takes_the_beginnings_of_all_words(
    acronym: str, long: str, is_one: bool
) -> None:
    assert abbreviates(acronym, tuple(long.split())) is is_one


# ------------------------------------------------------------------ addresses
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.Simpeg.contohkab.go.id/login?x=1", Address("simpeg.contohkab.go.id")),
        ("contohkab.go.id/ppid/", Address("contohkab.go.id", "ppid")),
        ("https://bit.ly/Panen", Address("bit.ly", "panen")),
        (
            "https://play.google.com/store/apps/details?id=id.go.x",
            Address("play.google.com", "store/apps/details/id.go.x"),
        ),
        ("http://simpeg.contohkab.go.id:8080", Address("simpeg.contohkab.go.id")),
        ("bit.ly", None),
        ("VPN", None),
        ("Aplikasi yang diinstal", None),
        ("10.20.30.40", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_addresses_are_read(text: str, found: Address | None) -> None:
    assert address(text) == found


def test_two_pages_of_a_host_are_two_places_and_a_platform_is_none() -> None:
    host = Address("contohkab.go.id")
    assert same_place(host, host._replace(path="ppid"))
    assert not same_place(host._replace(path="jdih"), host._replace(path="ppid"))
    assert not same_place(Address("bit.ly", "a"), Address("bit.ly", "b"))


@pytest.mark.parametrize(
    ("host", "regional"),
    [
        ("simpeg.contohkab.go.id", True),
        ("x.jatimprov.go.id", True),
        ("x.contoh.go.id", True),
        ("sipd.kemendagri.go.id", False),
        ("oss.go.id", False),
        ("contoh.com", False),
    ],
)
def test_hosts_of_regional_governments_are_known(host: str, regional: bool) -> None:
    assert LEXICON.regional(Address(host)) is regional


# ------------------------------------------------------------------ likeness
@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("SIGARU", "S.I.G.A.R.U.", "same"),
        ("SIGARU", "Aplikasi Sigaru Kab. Contoh", "same"),
        ("E-Sigaru", "Sigaru", "same"),
        ("SIPATRA", "Sistem Informasi Pasar Tradisional", "short"),
        ("SIMRS Cendana", "Sistem Informasi Manajemen Rumah Sakit Cendana", "short"),
        ("Tanda Tangan Elektronik (TTE)", "Tanda Tangan Elektronik", "short"),
        ("LHKPN", "LJKPN", "typo"),
        ("Sukma e", "SUMAK E", "typo"),
        ("Sigap", "Sigap Kesehatan", "part"),
        ("e-Retribusi Pasar", "e-Retribusi Parkir", "mixed"),
        ("SIPD", "SIPP", "none"),  # four letters are no slip of the pen
        ("SIGARU 1", "SIGARU 2", "mixed"),
        ("K-L-M Layanan", "R-S-T Layanan", "none"),
        ("Sistem Informasi Manajemen Puskesmas", "Sistem Informasi Manajemen Pelatihan", "none"),
        ("Portal Kota", "Pantau Kota", "none"),
        ("SIKM", "Sigap Ikut Kuda Merah", "none"),  # initials of names are chance
        ("SIRS", "SIRS Sungai", "part"),
    ],
)
def test_names_are_compared(left: str, right: str, kind: str) -> None:
    a, b = (LEXICON.name(t, "agency:a") for t in (left, right))
    found = likeness(a, b, LEXICON)
    if kind == "none":
        assert found.share == 0
    else:
        assert found.kind == kind
        assert found.share > 0
    back = likeness(b, a, LEXICON)
    assert (back.kind, back.share) == (found.kind, found.share)


def test_a_place_title_takes_only_the_name_of_a_region() -> None:
    assert LEXICON.name("Sigaru Kota Jernih", None).core == {"sigaru"}
    assert LEXICON.name("Kota Layak Anak", None).core == {"layak", "anak"}


def test_an_address_in_place_of_a_name_gives_its_first_label() -> None:
    assert name("sida.contohkab.go.id").bare == "sida"
    assert name("E.Pegawai").words == ("e", "pegawai")


# ------------------------------------------------------------------ the score
def said(key: str, called: str, **more: object) -> Subject:
    plain = Description(
        key, called, (called,), None, (), (), ("agency:u",), "agency:a", True, False, "uji", 0
    )
    return subject(key, [replace(plain, **more)], LEXICON)  # type: ignore[arg-type]


def test_the_score_is_the_sum_of_its_evidence() -> None:
    a = said("a", "SIGARU", text="panen padi", addresses=("x.contohkab.go.id",))
    b = said("b", "Sigaru", text="padi panen", addresses=("x.contohkab.go.id",))
    (found,) = pairs([b, a], LEXICON)
    assert {e.code for e in found.evidence} == {
        "prior",
        "same",
        "place",
        "body",
        "government",
        "text",
    }
    assert all(e.weight == pytest.approx(WEIGHTS[e.code]) for e in found.evidence)
    assert found.score == pytest.approx(0.9997, abs=1e-4)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"addresses": ("y.contohkab.go.id",)}, "other-place"),
        ({"units": ("agency:v",)}, "other-unit"),
        ({"text": "surat masuk keluar"}, "other-text"),
        ({"name": "Sigaru Mobile", "spellings": ()}, "channel"),
        ({"name": "Sigaru versi 2", "spellings": ()}, "marks"),
    ],
)
def test_what_differs_speaks_against(change: dict[str, object], code: str) -> None:
    a = said("a", "SIGARU", text="panen padi", addresses=("x.contohkab.go.id",))
    b = said(
        "b", "Sigaru", **({"text": "panen padi", "addresses": ("x.contohkab.go.id",)} | change)
    )
    assert code in {e.code for e in compare(a, b, LEXICON) if e.weight < 0}


def test_governments_are_not_compared_but_with_a_national_or_an_unknown_one() -> None:
    here, there = said("a", "SIGARU"), said("b", "SIGARU", government="agency:b")
    assert pairs([here, there], LEXICON) == []
    assert pairs([here, replace(there, governments=frozenset())], LEXICON) != []
    assert pairs([here, replace(there, national=True)], LEXICON) != []
    assert pairs([replace(s, national=True) for s in (here, there)], LEXICON) == []


def test_a_preface_weighs_nothing() -> None:
    preface = frozenset({"inovasi", "layan"})
    known = weights([preface | {w} for w in ("padi", "surat", "parkir", "arsip", "padi")])
    assert known["inovasi"] == known["layan"] == 0
    assert known["surat"] > known["padi"] > 0


def test_three_different_names_make_a_portal() -> None:
    called = [[LEXICON.name(t, None)] for t in ("Sigaru", "Panenku", "Sigaru Tani", "Lumbung")]
    assert portal(called, LEXICON)
    assert not portal(called[:3], LEXICON)


def test_a_sign_that_too_many_have_is_no_sign() -> None:
    many = [said(f"k{i:03}", "Lumbung") for i in range(60)]
    assert len(pairs(many[:5], LEXICON)) == 10
    assert pairs(many, LEXICON) == []


@given(st.lists(st.sampled_from(["SIGARU", "Sigaru Tani", "SIGARA", "Panen"]), max_size=8))
def test_pairs_do_not_depend_on_order(called: list[str]) -> None:
    subjects = [said(f"k{i}", c) for i, c in enumerate(called)]
    found = pairs(subjects, LEXICON)
    assert pairs(random.Random(1).sample(subjects, len(subjects)), LEXICON) == found
    assert all(p.left < p.right and p.score >= SUGGEST for p in found)
    assert found == sorted(found, key=lambda p: (-p.score, p.left, p.right))
