"""Which records are one application: the trouble cases, the rules, and what must always hold."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import reference
from graph.build.build import Resolved
from graph.build.describe import national
from graph.build.resolve import Description, Identity, PairJudgement, identify
from graph.build.sameness import sameness
from graph.texts import texts

CASES = Path(__file__).resolve().parents[3] / ".." / "shared" / "cases"
APPS = list(reference.general_applications().values())
MADIUN, MAGETAN, BANDUNG = "agency:pemda-35-77", "agency:pemda-35-20", "agency:pemda-32-73"
KAB = "agency:pemda-35-19"


def app(
    key: str,
    name: str,
    address: str = "",
    *,
    text: str | None = None,
    unit: str | None = "dinas",
    owner: str | None = None,
    government: str | None = KAB,
    order: int = 0,
    mention: bool = False,
    system: bool = True,
) -> Description:
    """Describe an application of Kabupaten Madiun, unless said otherwise."""
    return Description(
        key=key,
        name=name,
        spellings=(name,),
        text=text,
        addresses=(address,) if address else (),
        owners=(owner,) if owner else (),
        units=(f"agency:{unit}",) if unit else (),
        government=government,
        system=system,
        mention=mention,
        source="uji",
        order=order,
    )


def decided(
    left: str, right: str, decision: str = "different", at: str = "2025-03-01"
) -> PairJudgement:
    return PairJudgement(f"j:{left}-{right}", decision, left, right, "analis", at, "dua sistem")


def resolved(
    said: Sequence[Description], judgements: Sequence[PairJudgement] = (), known: bool = True
) -> Identity:
    return identify([*said, *(national() if known else [])], APPS, judgements)


def node(identity: Identity, *keys: str) -> set[str]:
    return {identity.canonical[k] for k in keys}


def suggested(identity: Identity) -> set[tuple[str, str]]:
    return {(s.left, s.right) for s in identity.suggestions}


def case(folder: str, file: str) -> list[Description]:
    """Read the rows of a case; a unit that names its place tells the government."""
    path = CASES / folder / file
    if not path.exists():
        pytest.skip("the shared cases are not beside the project")
    places = {"Kota Madiun": MADIUN, "Kabupaten Magetan": MAGETAN, "Kota Bandung": BANDUNG}
    said = []
    with path.open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            unit = row["Nama Perangkat Daerah"]
            government = next((g for place, g in places.items() if place in unit), None)
            said.append(
                app(
                    row["Kode"],
                    row["Nama Aplikasi"],
                    text=row.get("Uraian"),
                    unit=unit or None,
                    government=government,
                )
            )
    return said


# ------------------------------------------------------------------ cases
def test_names_of_common_words_alone_are_not_suggested() -> None:
    identity = resolved(case("identity-only-common-words", "nama.csv"))
    among = {p for p in suggested(identity) if not {"app"} & {x.split(":")[0] for x in p}}
    assert among == {("N1", "N2"), ("N5", "N6")}


def test_an_acronym_is_one_however_it_is_spelled() -> None:
    said = case("identity-spelled-with-dots", "akronim.csv")
    identity = resolved(said)
    one = node(identity, "T1", "T2", "T3", "T4")
    assert one == {"T1"}
    assert not one & node(identity, "T5")
    assert len(node(identity, *(d.key for d in said))) == 6
    assert suggested(identity) == set()


def told_apart(order: Sequence[int], file: str) -> Identity:
    said = case("identity-told-apart-before", file)
    line = json.loads((CASES / "identity-told-apart-before" / "putusan.jsonl").read_text())
    judged = PairJudgement(
        "j1", line["judgement"], line["left"], line["right"], line["by"], line["at"], line["why"]
    )
    return resolved([said[i] for i in order], [judged])


def test_what_a_person_told_apart_stays_apart_and_warns() -> None:
    identity = told_apart(range(4), "aplikasi.csv")
    assert len(node(identity, "G1", "G2", "G3", "G4")) == 4
    found = {(s.left, s.right): s for s in identity.suggestions}
    assert ("G2", "G4") in found
    assert ("G1", "G4") not in found
    assert ("G1", "G2") not in found
    torn = [found[p] for p in (("G1", "G3"), ("G2", "G3")) if p in found]
    assert torn
    for s in torn:
        warning = " ".join(t["text_id"] for t in s.against)
        assert all(w in warning for w in ("analis contoh", "2025-03-01", "dua sistem"))
        assert s.runner_up in {"G1", "G2", "G4"} - {s.left, s.right}


def test_the_order_of_rows_says_nothing() -> None:
    assert told_apart(range(4), "aplikasi.csv") == told_apart(range(4), "terbalik.csv")


def test_a_common_preface_makes_no_pair() -> None:
    said = case("redundancy-same-preface", "uraian.csv")
    with (CASES / "redundancy-same-preface" / "uraian.csv").open(encoding="utf-8") as f:
        texts_of = {r["Kode"]: r["Uraian Aplikasi"] for r in csv.DictReader(f)}
    said = [replace(d, text=texts_of[d.key], government="agency:pemda-33-74") for d in said]
    same_named = [replace(d, name="Antre Sehat", spellings=("Antre Sehat",)) for d in said[:3]]
    identity = resolved([*same_named, *said[3:]])
    assert len(set(identity.canonical.values()) & {d.key for d in said}) == len(said)


# ------------------------------------------------------------------ national applications
@pytest.mark.parametrize(
    ("name", "address", "text", "app_id", "rule"),
    [
        ("Srikandi", "", None, "app:srikandi", "rule:national-alias"),
        ("Aplikasi SRIKANDI", "https://srikandi.arsip.go.id", None, "app:srikandi", "alias"),
        ("SIPD Kemendagri", "sipd.kemendagri.go.id", None, "app:sipd-ri", "alias"),
        ("Siskeudes (Desktop)", "", None, "app:siskeudes", "alias"),
        ("E-KINERJA", "kinerja.bkn.go.id", None, "app:e-kinerja-bkn", "rule:national-host"),
        ("LJKPN", "lhkpn.kpk.go.id", None, "app:e-lhkpn", "rule:national-host"),
        ("SISKUDES", "", "Sistem Keuangan Desa", "app:siskeudes", "rule:national-spelling"),
        ("SIMONA", "simona.kemendagri.go.id", None, "app:simona", "rule:national-alias"),
    ],
)
def test_a_national_application_is_joined(
    name: str, address: str, text: str | None, app_id: str, rule: str
) -> None:
    identity = resolved([app("app:x", name, address, text=text)])
    assert identity.canonical["app:x"] == app_id
    (merge,) = (m for m in identity.merges if "app:x" in (m.left, m.right))
    assert merge.left == app_id
    assert rule in merge.by
    assert merge.reasons[0]["text_id"]
    assert merge.reasons[0]["text_en"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("SPSE", "lpse.madiunkab.go.id"),  # the region's own host
        ("Epdeskel", "epdeskel.madiunkab.go.id"),
        ("SIMONA", ""),  # a name that others bear too, without a second sign
        ("SIPD Mobile", ""),  # another channel
        ("E-Kinerja", ""),  # a kind, not a name
        ("LAPOR! (DKI)", ""),  # says more than the name
        ("WP-SIPD", "sipd.madiunkab.go.id"),
    ],
)
def test_what_speaks_against_a_national_application_keeps_it_apart(name: str, address: str) -> None:
    assert resolved([app("app:x", name, address)]).canonical["app:x"] == "app:x"


def test_reports_of_a_national_application_are_one_without_its_reference_record() -> None:
    said = [app(f"app:{i}", "Srikandi", unit=f"u{i}", order=9 - i) for i in range(4)]
    identity = resolved(said, known=False)
    assert node(identity, *(d.key for d in said)) == {"app:3"}
    assert len(identity.merges) == 3


def test_two_governments_share_a_national_application_and_nothing_else() -> None:
    said = [
        app("app:a", "Srikandi"),
        app("app:b", "SRIKANDI", government=MAGETAN, unit="lain"),
        app("app:c", "SIGARU", text="panen padi sawah", owner="agency:c"),
        app("app:d", "SIGARU", text="panen padi sawah", owner="agency:d", government=MAGETAN),
    ]
    identity = resolved(said)
    assert node(identity, "app:a", "app:b") == {"app:srikandi"}
    assert len(node(identity, "app:c", "app:d")) == 2
    assert suggested(identity) == set()


# ------------------------------------------------------------------ within one government
HOST = "simpeg.madiunkab.go.id"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("SIMPEG", HOST), ("Simpeg Kab. Madiun", f"https://{HOST}/login")),
        (("EPRESENSI", "absen.madiunkab.go.id"), ("Presensi Online", "absen.madiunkab.go.id")),
        (("Sukma e", "sukma.x.id"), ("SUMAK E", "sukma.x.id")),
        (("Esukma Replikasi", "sukma.x.id"), ("E Sukma", "sukma.x.id")),
        (("SIDA", "sida.madiunkab.go.id"), ("sida.madiunkab.go.id", "sida.madiunkab.go.id")),
        (("SIPATRA", "a.x.id"), ("Sistem Informasi Pasar Tradisional", "a.x.id")),
    ],
)
def test_one_host_and_names_that_fit_are_one(left: tuple[str, str], right: tuple[str, str]) -> None:
    identity = resolved([app("app:a", *left, unit="a"), app("app:b", *right, unit="b", order=1)])
    assert node(identity, "app:a", "app:b") == {"app:a"}
    assert [m.by for m in identity.merges] == ["rule:same-host"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Si Andal", "x.madiunkab.go.id"), ("Si Hello", "x.madiunkab.go.id")),
        (("SIGARU", "bit.ly"), ("SIGARU", "bit.ly")),
        (("E-Kinerja", "k.madiunkab.go.id"), ("E-Kinerja (Mobile)", "k.madiunkab.go.id")),
        (("Portal versi 1", "p.madiunkab.go.id"), ("Portal versi 2", "p.madiunkab.go.id")),
        (("SIMRS", "rs.madiunkab.go.id"), ("SIMRS Farmasi", "rs.madiunkab.go.id")),
        (("SIMPEG", HOST), ("SIMPEG", "simpeg2.madiunkab.go.id")),
        (("SIMRS", ""), ("SIMRS", "")),
        (("Website Kecamatan", ""), ("Website Kecamatan", "")),
    ],
)
def test_one_sign_alone_joins_nothing(left: tuple[str, str], right: tuple[str, str]) -> None:
    identity = resolved([app("app:a", *left, unit="a"), app("app:b", *right, unit="b")])
    assert len(node(identity, "app:a", "app:b")) == 2


def test_a_portal_is_no_evidence() -> None:
    names = ["Si Hello", "Gratifikasi", "Pengukuran Kinerja", "Si Hello Tamu"]
    said = [
        app(f"app:{i}", n, "layanan.madiunkab.go.id", unit=f"u{i}") for i, n in enumerate(names)
    ]
    assert len(node(resolved(said), *(d.key for d in said))) == 4
    two = [replace(d, addresses=("tamu.madiunkab.go.id",)) for d in (said[0], said[3])]
    two[1] = replace(two[1], name="Si Hello Sadewa", spellings=("Si Hello Sadewa",))
    assert node(resolved(two), "app:0", "app:3") == {"app:0"}
    crowd = [replace(two[0], key=f"app:{n}", name=n, spellings=(n,)) for n in ("Kunti", "Karna")]
    assert len(node(resolved([*two, *crowd]), "app:0", "app:3")) == 2


def test_a_kind_with_like_descriptions_is_not_yet_one() -> None:
    text = "rekam medis pasien rawat inap"
    kinds = [app(f"app:{i}", "SIMRS", text=text, unit=f"rsud{i}") for i in range(2)]
    named = [replace(d, name="SIGARU", spellings=("SIGARU",)) for d in kinds]
    assert len(node(resolved(kinds), "app:0", "app:1")) == 2
    assert node(resolved(named), "app:0", "app:1") == {"app:0"}


def test_one_name_of_two_owners_is_only_suggested() -> None:
    said = [
        app("app:a", "SIGARU", text="panen padi sawah", owner="agency:a", unit=None),
        app("app:b", "Sigaru", text="data panen padi", owner="agency:b", unit=None),
    ]
    identity = resolved(said)
    assert len(node(identity, "app:a", "app:b")) == 2
    (found,) = identity.suggestions
    assert {t["text_en"] for t in found.against} == {texts("en")["identity.against.other-owner"]}


def test_a_system_that_several_units_report_takes_the_report_without_address() -> None:
    said = [app(f"app:{i}", "SIMPEG", HOST, unit=f"u{i}", order=i) for i in range(3)]
    lone = app("app:z", "Simpeg", unit="z", order=9)
    assert node(resolved([*said, lone]), "app:0", "app:z") == {"app:0"}
    assert len(node(resolved([*said[:2], lone]), "app:0", "app:z")) == 2


def test_a_class_of_systems_is_never_compared() -> None:
    said = [
        app("app:a", "Srikandi", system=False),
        app("app:b", "Srikandi", system=False),
    ]
    identity = resolved(said, [decided("app:a", "app:b", "same")])
    assert node(identity, "app:a", "app:b") == {"app:a", "app:b"}
    assert identity.suggestions == []


# ------------------------------------------------------------------ mentions
def test_a_mention_is_the_described_application_of_its_owner() -> None:
    said = [
        app("app:a", "SIGARU", owner="agency:tani", unit=None, order=5),
        app("app:b", "Sigaru", owner="agency:tani", unit=None, mention=True, order=1),
        app("app:c", "SIGARU", owner="agency:x", unit=None, government=MAGETAN, mention=True),
    ]
    identity = resolved(said)
    assert node(identity, "app:a", "app:b") == {"app:b"}
    assert identity.canonical["app:c"] == "app:c"
    assert [m.by for m in identity.merges] == ["rule:mention"]


def test_a_mention_that_fits_two_joins_neither() -> None:
    said = [
        app("app:a", "SIGARU", owner="agency:tani", unit=None),
        app("app:b", "SIGARU", owner="agency:pasar", unit=None),
        app("app:c", "SIGARU", unit=None, mention=True),
    ]
    assert len(node(resolved(said), "app:a", "app:b", "app:c")) == 3


def test_mentions_of_one_name_and_owner_are_one() -> None:
    said = [
        app("app:a", "DTKS", owner="agency:kemensos", unit=None, government="agency:kemensos"),
        app("app:b", "DTKS", owner="agency:kemensos", unit=None, government="agency:kemensos"),
        app("app:c", "DTKS", owner=None, unit=None, government=None),
    ]
    said = [replace(d, mention=True) for d in said]
    identity = resolved(said)
    assert node(identity, "app:a", "app:b") == {"app:a"}
    assert identity.canonical["app:c"] == "app:c"


# ------------------------------------------------------------------ judgements
def test_a_person_joins_what_no_rule_would() -> None:
    said = [app("app:a", "Si Hello", order=2), app("app:b", "Panen", unit="b", order=1)]
    identity = resolved(said, [decided("app:a", "app:b", "same")])
    assert node(identity, "app:a", "app:b") == {"app:b"}
    (merge,) = identity.merges
    assert (merge.by, merge.judgement) == ("analis", "j:app:a-app:b")
    assert "dua sistem" in merge.reasons[0]["text_id"]
    assert node(resolved(said), "app:a", "app:b") == {"app:a", "app:b"}


def test_a_spelling_is_told_as_joined_by_the_person_also_where_a_rule_had_joined_it() -> None:
    said = [
        app("app:a", "Reviu Tani", HOST, order=0),
        app("app:b", "Reviu-Tani", HOST, order=1),
        app("app:c", "Panen", unit="c", order=2),
    ]
    identity = resolved(said, [decided("app:b", "app:c", "same")])
    (kept,) = node(identity, "app:a", "app:b", "app:c")
    out = sameness(Resolved([], [], said, identity), {kept: "Panen"}, [])
    facts = [json.loads(e["facts"]) for e in out.evidence]
    by = {f["right"]: f.get("judgement") for f in facts if "right" in f}
    assert by["Reviu-Tani"] == "j:app:b-app:c"


def test_a_person_parts_what_a_rule_joined() -> None:
    said = [app(f"app:{i}", "SIMPEG", HOST, unit=f"u{i}", order=i) for i in range(3)]
    identity = resolved(said, [decided("app:0", "app:1")])
    assert len(node(identity, "app:0", "app:1")) == 2
    assert identity.canonical["app:2"] == "app:2"
    torn = {(s.left, s.right): s for s in identity.suggestions}
    assert set(torn) == {("app:0", "app:2"), ("app:1", "app:2")}
    assert all("dua sistem" in s.against[-1]["text_en"] for s in torn.values())


def test_a_report_that_is_not_the_national_application_stays_alone() -> None:
    said = [app(f"app:{i}", "Srikandi", unit=f"u{i}") for i in range(3)]
    identity = resolved(said, [decided("app:1", "app:srikandi")])
    assert node(identity, "app:0", "app:2") == {"app:srikandi"}
    assert identity.canonical["app:1"] == "app:1"
    assert ("app:1", "app:srikandi") not in suggested(identity)


def test_the_later_judgement_on_a_pair_holds() -> None:
    said = [app("app:a", "Si Hello"), app("app:b", "Panen")]
    both = [
        decided("app:a", "app:b", "same", "2025-01-01"),
        replace_at(decided("app:b", "app:a", "different"), "2025-02-01"),
    ]
    assert len(node(resolved(said, both), "app:a", "app:b")) == 2


def replace_at(j: PairJudgement, at: str) -> PairJudgement:
    return j._replace(at=at)


def test_who_is_not_sure_is_shown_and_decides_nothing() -> None:
    said = case("identity-only-common-words", "nama.csv")
    identity = resolved(said, [decided("N1", "N2", "unsure")])
    (found,) = (s for s in identity.suggestions if (s.left, s.right) == ("N1", "N2"))
    assert "analis" in found.against[-1]["text_id"]


# ------------------------------------------------------------------ what always holds
HOSTS = ["", "", "simpeg.madiunkab.go.id", "a.madiunkab.go.id", "srikandi.arsip.go.id"]
NAMES = ["SIMPEG", "E-Pegawai", "Simpeg Kab. Madiun", "SRIKANDI", "SIGARU", "Sigaru Tani", "Panen"]
TEXTS = [None, "kepegawaian asn", "panen padi sawah", "surat masuk dan keluar"]


@st.composite
def landscapes(draw: st.DrawFn) -> list[Description]:
    n = draw(st.integers(2, 9))
    return [
        app(
            f"app:{i}",
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(HOSTS)),
            text=draw(st.sampled_from(TEXTS)),
            unit=draw(st.sampled_from([None, "a", "b"])),
            owner=draw(st.sampled_from([None, None, "agency:a", "agency:b"])),
            government=draw(st.sampled_from([KAB, KAB, MAGETAN, None])),
            order=draw(st.integers(0, 3)),
            mention=draw(st.sampled_from([False, False, True])),
        )
        for i in range(n)
    ]


def judgements_over(keys: Sequence[str]) -> st.SearchStrategy[list[PairJudgement]]:
    pair = st.sampled_from(list(combinations(keys, 2)))
    kinds = st.sampled_from(["same", "different", "unsure"])
    made = st.builds(lambda p, kind: decided(p[0], p[1], kind), pair, kinds)
    return st.lists(made, max_size=4, unique_by=lambda j: (j.left, j.right))


@settings(deadline=None, max_examples=60)
@given(st.data(), landscapes(), st.randoms(use_true_random=False))
def test_what_always_holds(
    data: st.DataObject, said: list[Description], rng: random.Random
) -> None:
    keys = [d.key for d in said]
    judged = data.draw(judgements_over([*keys, "app:srikandi"]))
    plain, identity = resolved(said), resolved(said, judged)

    mixed = resolved(rng.sample(said, len(said)), rng.sample(judged, len(judged)))
    assert mixed == identity

    for j in judged:
        if j.decision == "different":
            assert identity.canonical[j.left] != identity.canonical[j.right]
    apart = {
        frozenset(node(identity, j.left, j.right)) for j in judged if j.decision == "different"
    }
    assert not apart & {frozenset(p) for p in suggested(identity)}

    known = set(identity.canonical)
    assert set(identity.canonical.values()) <= known
    assert all(identity.canonical[c] == c for c in identity.canonical.values())
    sizes = len(known) - len(set(identity.canonical.values()))
    assert len(identity.merges) == sizes
    assert all(s.reasons and s.left != s.right for s in identity.suggestions)
    assert resolved(said, []) == plain


@settings(deadline=None, max_examples=60)
@given(landscapes(), landscapes())
def test_a_new_row_never_moves_an_old_one_to_a_new_id(
    said: list[Description], more: list[Description]
) -> None:
    later = [replace(d, key=f"{d.key}-later", order=10 + d.order) for d in more]
    after = resolved([*said, *later])
    assert {after.canonical[d.key] for d in said} <= {d.key for d in said} | {"app:srikandi"}


@settings(deadline=None, max_examples=60)
@given(landscapes())
def test_nothing_local_is_joined_across_governments(said: list[Description]) -> None:
    identity = resolved(said)
    for a, b in combinations(said, 2):
        if identity.canonical[a.key] == identity.canonical[b.key] != "app:srikandi":
            assert a.government == b.government


def test_every_sentence_has_its_place() -> None:
    from graph.analysis.identity import WEIGHTS
    from graph.build.rules import STRENGTH

    for lang in ("id", "en"):
        said = texts(lang)
        assert all(f"identity.{rule.replace(':', '.')}" in said for rule in STRENGTH)
        for code, weight in WEIGHTS.items():
            side = "for" if weight > 0 else "against"
            assert code == "prior" or f"identity.{side}.{code}" in said
