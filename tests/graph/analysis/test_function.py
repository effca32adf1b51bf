"""Functions by words: spellings, weak words, prefaces, made-up words, websites."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import reference
from graph.analysis.function import Assigner, Subject, assign, is_website, own_words
from graph.analysis.vocabulary import Vocabulary, clauses, stem, words

SHARED = Path(__file__).resolve().parents[4] / "shared"
TERMS = list(reference.functions().values())
ASSIGNER = Assigner(TERMS)
SYLLABLES = st.sampled_from(["vor", "tix", "zub", "qel", "wim", "xan", "jof", "kyp"])


def first(name: str, description: str = "") -> str | None:
    return ASSIGNER.assign([Subject("app:x", name, description)])["app:x"].first


@pytest.mark.parametrize("spelling", ["e-surat", "E Surat", "esurat", "E.SURAT", "e_surat"])
def test_one_name_in_all_its_spellings(spelling: str) -> None:
    assert first(spelling) == "PERSURATAN"


@pytest.mark.parametrize("spelling", ["SIMPEG", "S.I.M.P.E.G.", "s i m p e g", "Simpeg"])
def test_letters_that_stand_alone_spell_a_word(spelling: str) -> None:
    assert words(spelling) == ["simpeg"]
    assert first(spelling) == "SIMPEG"


def test_a_label_never_reaches_over_the_end_of_a_clause() -> None:
    assert clauses("buku; tamu. Surat, masuk") == [["buku"], ["tamu"], ["surat"], ["masuk"]]
    labels = [{h.label for h in ASSIGNER.vocabulary.hits(t)} for t in ("buku; tamu", "buku tamu")]
    assert ["buku tamu" in found for found in labels] == [False, True]


def test_the_longest_label_wins_over_those_inside_it() -> None:
    told = {hit.label for hit in ASSIGNER.vocabulary.hits("antrean puskesmas")}
    assert told == {"antrean puskesmas"}


def test_what_comes_last_in_a_phrase_specifies_it() -> None:
    assert first("Vortix", "pengambilan nomor antrean puskesmas") == "ANTREAN_FASKES"


def test_a_label_behind_a_prefix_is_found_and_counts_less() -> None:
    plain, prefixed = (ASSIGNER.vocabulary.hits(w)[0] for w in ("presensi", "sipresensi"))
    assert plain.code == prefixed.code == "PRESENSI"
    assert prefixed.weight < plain.weight


def test_a_stem_counts_less_than_the_word() -> None:
    vocabulary = Vocabulary([t for t in TERMS if t.code == "PERSURATAN"])
    exact, inflected = vocabulary.hits("disposisi")[0], vocabulary.hits("disposisikan")[0]
    assert exact.label == inflected.label == "disposisi"
    assert inflected.weight == pytest.approx(0.6 * exact.weight)


def test_stems_are_those_of_the_library_but_for_words_that_change_inside() -> None:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    stemmer = StemmerFactory().create_stemmer()
    every = sorted({w for t in TERMS for text in (*t.labels, t.name_id) for w in words(text)})
    other = {
        w: (stem(w), stemmer.stem(w)) for w in every if len(w) > 4 and stem(w) != stemmer.stem(w)
    }
    assert other.keys() <= {"kinerja", "kusuka"}


@pytest.mark.parametrize("term", [t for t in TERMS if t.weak_labels], ids=lambda t: str(t.code))
def test_one_weak_word_never_decides_alone(term: reference.FunctionTerm) -> None:
    strong = {"".join(words(label)) for t in TERMS for label in (*t.labels, t.name_id)}
    stems = {stem(w) for w in strong}
    weak = [w for w in term.weak_labels if "".join(words(w)) not in strong and stem(w) not in stems]
    alone = [w for w in weak if len(words(w)) == 1 and ASSIGNER.vocabulary.hits(w)]
    alone = [w for w in alone if not any(h.strong for h in ASSIGNER.vocabulary.hits(w))]
    assert [w for w in alone if first("Vortixqel", w) is not None] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(SYLLABLES, min_size=2, max_size=4), min_size=3, max_size=9))
def test_made_up_words_are_abstained_from(made: list[list[str]]) -> None:
    text = " ".join("".join(parts) for parts in made)
    assert ASSIGNER.assign([Subject("a", "Zubvor", text)])["a"].abstained


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TERMS), st.randoms(use_true_random=False))
def test_functions_follow_the_words_of_a_description(
    term: reference.FunctionTerm, rng: object
) -> None:
    owners: dict[str, set[str]] = {}
    for t in TERMS:
        for label in (*t.labels, *t.weak_labels):
            owners.setdefault(" ".join(words(label)), set()).add(t.code)
    own = [x for x in term.labels if len(words(x)) > 1 and len(owners[" ".join(words(x))]) == 1]
    if len(own) < 3 or term.code in ("DASHBOARD", "SUPERAPP"):
        return
    chosen = rng.sample(own, 3)  # type: ignore[attr-defined]
    given_ = ASSIGNER.assign([Subject("a", "Zubvor", "; ".join(chosen))])["a"]
    assert given_.first == term.code
    assert given_.functions[0].words


def test_best_first_with_a_confidence_and_at_most_three() -> None:
    text = "surat masuk, presensi pegawai, buku tamu, peminjaman ruang rapat, pengaduan masyarakat"
    given_ = ASSIGNER.assign([Subject("a", "Zubvor", text)])["a"]
    assert 1 < len(given_.functions) <= 3
    weights = [f.weight for f in given_.functions]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < f.confidence < 1 for f in given_.functions)
    alone = ASSIGNER.assign([Subject("a", "Zubvor", "surat masuk dan surat keluar")])["a"]
    assert alone.functions[0].confidence > given_.functions[0].confidence


def test_words_as_a_whole_decide_only_where_two_are_shared() -> None:
    term = next(t for t in TERMS if t.code == "PAJAK")
    bare = reference.FunctionTerm(
        **{**vars(term), "labels": ("pajak restoran",), "weak_labels": ()}
    )
    several = [bare, *(t for t in TERMS if t.code in ("RS", "LALIN"))]
    one = assign([Subject("a", "Zubvor", "restoran")], several)["a"]
    two = assign([Subject("a", "Zubvor", "restoran kena pajak bulanan")], several)["a"]
    assert one.abstained
    assert two.first == "PAJAK"
    assert set(two.functions[0].words) >= {"restoran", "pajak"}
    assert not two.functions[0].by_label


def test_where_the_deciding_words_stand_is_known() -> None:
    given_ = ASSIGNER.assign(
        [Subject("a", "E-Surat", "untuk semua"), Subject("b", "Zub", "e-surat")]
    )
    assert given_["a"].functions[0].properties == ("name",)
    assert given_["b"].functions[0].properties == ("description",)


def test_an_alias_with_the_same_label_counts_once() -> None:
    once = ASSIGNER.assign([Subject("a", "E-Surat")])["a"].functions[0]
    twice = ASSIGNER.assign([Subject("a", "E-Surat", "", ("e surat", "ESURAT"))])["a"].functions[0]
    label = 4.0  # what the cosine of the whole can add at most
    assert twice.weight - once.weight < label * 0.5


def test_one_application_never_depends_on_the_others() -> None:
    one = Subject("a", "Zubvor", "surat masuk")
    others = [Subject(f"b{n}", "Persuratan", "surat keluar", (), "town") for n in range(9)]
    assert ASSIGNER.assign([one])["a"] == ASSIGNER.assign([*others, one])["a"]


# ------------------------------------------------------------ prefaces
def test_a_shared_preface_decides_nothing() -> None:
    preface = "Inovasi surat masuk dan surat keluar yang dibangun bagi warga kota ini, yaitu"
    jobs = {"presensi pegawai": "PRESENSI", "buku tamu": "BUKUTAMU", "bank sampah": "SAMPAH"}
    told = [Subject(j, "Zubvor", f"{preface} {j}", (), "town") for j in jobs]
    given_ = ASSIGNER.assign(told)
    assert {j: given_[j].first for j in jobs} == jobs
    assert {given_[j].text for j in jobs} == set(jobs)


def test_texts_that_are_alike_as_a_whole_keep_their_words() -> None:
    told = [
        Subject(str(n), "Zub", "aplikasi untuk mencatat surat masuk dan surat keluar", (), "t")
        for n in range(4)
    ]
    assert set(own_words(told).values()) == {told[0].description}


def test_a_preface_of_another_source_is_left_alone() -> None:
    preface = "aplikasi ini dibangun untuk warga kota yang membutuhkan"
    told = [
        Subject(str(n), "Zub", f"{preface} {w}", (), f"source {n}") for n, w in enumerate("abcd")
    ]
    assert own_words(told)["0"].startswith(preface)


def test_the_case_of_one_preface() -> None:
    folder = SHARED / "cases" / "redundancy-same-preface"
    if not folder.exists():
        pytest.skip("the shared cases are not here")
    with (folder / "uraian.csv").open(encoding="utf-8") as f:
        told = [
            Subject(r["Kode"], r["Nama Aplikasi"], r["Uraian Aplikasi"], (), "u")
            for r in csv.DictReader(f)
        ]
    given_ = ASSIGNER.assign(told)
    # patients' queues and lamps have functions of their own in the present vocabulary
    want = [
        "PRESENSI",
        "ANTREAN_FASKES",
        "PJU",
        "BEASISWA",
        "ANTREAN_FASKES",
        "SAMPAH",
        "PARIWISATA",
    ]
    assert [given_[s.id].first for s in told] == want
    assert not any("inovasi" in given_[s.id].text for s in told)


# ------------------------------------------------------------ websites
@pytest.mark.parametrize(
    ("name", "text", "site"),
    [
        ("Website Kecamatan Vortix", "Website kegiatan kecamatan", True),
        ("dinas.contohkab.go.id", "Situs web resmi perangkat daerah", True),
        ("Website BPBD", "", True),
        ("Website PPDB", "penerimaan peserta didik baru", False),
        ("E-Surat", "surat masuk", False),
        ("Zubvor", "", False),
    ],
)
def test_the_plain_website_of_an_office_is_recognised(name: str, text: str, site: bool) -> None:
    subject = Subject("a", name, text)
    assert is_website(subject, ASSIGNER.assign([subject])["a"]) is site
