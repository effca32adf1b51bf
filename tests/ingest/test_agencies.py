"""A spelling means the agency it names, at the source's date, or stays a question."""

import csv
import json
import time
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from graph.reference import agencies as reference_agencies
from graph.reference import central_units, regions
from graph.schema.codes import AgencyKind
from graph.schema.nodes import Agency
from graph.schema.records import Reference
from ingest.agencies import Agencies, is_class, key, regions_named

EXAMPLES = Path(__file__).parents[2] / "examples"


def table(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, delimiter=delimiter))


def parts(rows: Iterable[dict[str, str]], *headings: str) -> list[str]:
    cells = {p.strip() for r in rows for h in headings for p in r[h].split(";")}
    return sorted(cells - {""})


def not_sure(agencies: Agencies, texts: Iterable[str]) -> list[str]:
    return [t for t in texts if not agencies.find(t).sure]


# ---------------------------------------------------------------- inventories
def test_all_reporting_units_of_kab_madiun_are_sure() -> None:
    units = parts(table("kab-madiun/survei-aplikasi-2025.csv", ";"), "Nama Perangkat Daerah")
    agencies = Agencies("2025-09", "35.19")
    found = {agencies.find(u).id for u in units}
    assert len(units) == 29
    assert not_sure(agencies, units) == []
    assert len(found) == 29
    assert all("-35-19" in (id or "") for id in found)


def test_all_owners_of_magetan_are_sure() -> None:
    book = openpyxl.load_workbook(EXAMPLES / "kab-magetan" / "daftar-aplikasi-2023.xlsx")
    owners = {r[3] for r in book["Aplikasi"].iter_rows(min_row=5, values_only=True)}
    owners |= {r[2] for r in book["Website"].iter_rows(min_row=4, values_only=True)}
    agencies = Agencies("2023-06", "35.20")
    spelled = sorted(str(o) for o in owners if o)
    assert len(spelled) > 25
    assert not_sure(agencies, spelled) == []
    assert {(agencies.find(o).id or "")[-5:] for o in spelled if "RSUD" not in o} == {"35-20"}


def test_all_named_units_of_kota_madiun_and_other_regions_are_sure() -> None:
    menu = json.loads((EXAMPLES / "kota-madiun" / "menu-aplikasi.json").read_text(encoding="utf-8"))
    units = {m["unit"] for m in menu["menu"] if m["unit"]}
    assert not_sure(Agencies("2025-12", "35.77"), units) == []
    agencies = Agencies("2025-11")
    rows = [r for r in table("daerah-lain/aplikasi-daerah-lain.csv") if r["Instansi/Unit"]]
    unsure = [
        r["Instansi/Unit"]
        for r in rows
        if not agencies.find(r["Instansi/Unit"], r["Kode Wilayah"] or None).sure
    ]
    assert unsure == []


def test_most_bodies_of_the_integrations_are_sure() -> None:
    bodies = parts(table("integrasi/integrasi.csv"), "Instansi Penyedia", "Instansi Pengguna")
    unsure = not_sure(Agencies("2026-08"), bodies)
    assert len(unsure) / len(bodies) <= 0.05  # 10 of 223 measured


# ---------------------------------------------------------------- regional units
def test_a_unit_is_a_kind_of_unit_of_a_government() -> None:
    match = Agencies(region="35.19").find("Dinas Kesehatan")
    assert match.entity == Agency(
        id="agency:dinkes-35-19",
        name="Dinas Kesehatan Kabupaten Madiun",
        aliases=("Dinas Kesehatan",),
        kind=AgencyKind.UNIT,
        government="agency:pemda-35-19",
    )
    assert (match.sure, match.how) == (True, "unit")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Dinas Kesehatan Kota Palu", "agency:dinkes-72-71"),
        ("Dinas Perikanan Kabupaten Tegal", "agency:dkp-ikan-33-28"),
        ("SETDA Kab Magetan", "agency:setda-35-20"),
        ("Diskominfo Prov. Jawa Timur", "agency:diskominfo-35"),
        ("Diskominfotik Prov. NTB", "agency:diskominfo-52"),
        ("RSUD Kota Depok", "agency:rsud-32-76"),
        ("RSU Haji Medan (Prov. Sumatera Utara)", "agency:rsud-12-haji-medan"),
        ("Desa Dasan Lekong, Kab. Lombok Timur", "agency:desa-52-03-dasan-lekong"),
        ("KECAMATAN WUNGU KABUPATEN MADIUN", "agency:kecamatan-35-19-wungu"),
        ("Kec. Wungu, Kab. Madiun", "agency:kecamatan-35-19-wungu"),
        ("UPT Puskesmas Wungu Kab. Madiun", "agency:puskesmas-35-19-wungu"),
        ("SDN 1 Wungu Kab. Madiun", "agency:sekolah-35-19-sdn-1-wungu"),
        ("Bagian Organisasi Setda Kab. Kutai Kartanegara", "agency:bag-org-64-02"),
        ("Dinas Kominfo Kab. Lima Puluh Kota", "agency:diskominfo-13-07"),
        ("Disdukcapil Kab. Gunung Kidul", "agency:disdukcapil-34-03"),
        ("Disdukcapil Buleleng", "agency:disdukcapil-51-08"),
        ("Dinas Sosial Kota Administrasi Jakarta Timur", "agency:dinsos-31-75"),
        ("Dinas Komunikasi & Informatika Kota Madiun", "agency:diskominfo-35-77"),
        ("Pemkab Ponorogo", "agency:pemda-35-02"),
        ("Pemerintah Kota Madiun", "agency:pemda-35-77"),
        ("Kabupaten Madiun", "agency:pemda-35-19"),
        ("Pemprov Jawa Barat (kearsipan)", "agency:pemda-32"),
        ("Jawa Barat", "agency:pemda-32"),
        ("Prov. DKI Jakarta", "agency:pemda-31"),
    ],
)
def test_a_spelling_that_names_its_region(text: str, id: str) -> None:
    match = Agencies().find(text)
    assert (match.id, match.sure) == (id, True)


def test_the_region_of_the_text_comes_before_that_of_the_source() -> None:
    agencies = Agencies(region="35.19")
    assert agencies.find("Dinas Kesehatan Kota Madiun").id == "agency:dinkes-35-77"
    assert agencies.find("Dinas Kesehatan", "35.20").id == "agency:dinkes-35-20"


def test_kabupaten_and_kota_of_one_name_are_never_mixed_up() -> None:
    agencies = Agencies()
    assert agencies.find("Dinas Sosial Kab. Madiun").id == "agency:dinsos-35-19"
    assert agencies.find("Dinas Sosial Kota Madiun").id == "agency:dinsos-35-77"
    for text, kind in (("Madiun", "pemda"), ("Dinas Sosial Madiun", "dinsos")):
        match = agencies.find(text)
        assert not match.sure
        assert match.candidates == (f"agency:{kind}-35-19", f"agency:{kind}-35-77")
    named = [r for r in ("Tegal", "Bogor", "Malang", "Jambi") if agencies.find(r).sure]
    assert named == []


def test_a_unit_of_two_regions_is_a_question_and_not_the_first_of_them() -> None:
    match = Agencies().find("Dinas Sosial Kab. Madiun dan Kota Madiun")
    assert not match.sure
    assert match.candidates == ("agency:dinsos-35-19", "agency:dinsos-35-77")


def test_a_kind_of_unit_without_a_region_is_a_question() -> None:
    match = Agencies().find("Dinas Kesehatan")
    assert (match.sure, match.how) == (False, "no-region")
    assert match.id == str(Reference("agency", "", "Dinas Kesehatan"))


def test_a_unit_that_no_list_knows_keeps_its_government_only() -> None:
    match = Agencies(region="35.19").find("Dinas Antariksa")
    other = Agencies(region="35.77").find("Dinas Antariksa")
    assert match.entity == Agency(
        id=str(Reference("agency", "agency:pemda-35-19", "Dinas Antariksa")),
        name="Dinas Antariksa",
        kind=AgencyKind.UNIT,
        government="agency:pemda-35-19",
    )
    assert not match.sure
    assert match.id != other.id


def test_a_misspelt_unit_is_offered_and_not_guessed() -> None:
    match = Agencies(region="35.19").find("Dinas Keshatan")
    assert not match.sure
    assert match.candidates[0] == "agency:dinkes-35-19"


def test_a_sub_district_that_bears_its_regencys_name() -> None:
    found = Agencies(region="35.19").find("Kecamatan Madiun")
    assert (found.id, found.sure) == ("agency:kecamatan-35-19-madiun", True)


def test_kominfo_in_a_list_of_a_region_may_be_the_ministry() -> None:
    here, national = Agencies("2023", "35.19").find("Kominfo"), Agencies("2023").find("Kominfo")
    assert (here.sure, here.candidates) == (False, ("agency:kominfo", "agency:diskominfo-35-19"))
    assert (national.id, national.sure) == ("agency:kominfo", True)


# ---------------------------------------------------------------- central bodies
@pytest.mark.parametrize(
    ("text", "as_of", "id"),
    [
        ("Kementerian Kesehatan RI", None, "agency:kemenkes"),
        ("Badan Pusat Statistik (BPS)", None, "agency:bps"),
        ("Peruri (INA Digital)", None, "agency:peruri"),
        ("Kominfo", "2023-06", "agency:kominfo"),
        ("Kominfo", "2025", "agency:komdigi"),
        ("Komdigi", "2023", "agency:kominfo"),
        ("Komdigi (dahulu Kominfo)", "2026", "agency:komdigi"),
        ("Kemendikdasmen (then Kemendikbudristek)", "2023", "agency:kemendikbudristek"),
        ("Kemendikdasmen (then Kemendikbudristek)", "2025", "agency:kemendikdasmen"),
        ("Kementerian Haji dan Umrah (dahulu Kemenag)", "2023", "agency:kemenag"),
        ("KLHK", "2026", "agency:klhk"),
        ("BKKBN", "2023", "agency:bkkbn19"),
        ("BPKM (BKPM)", None, None),
        ("Badan Karantina Indonesia", None, "agency:karantina"),
        ("PT PLN (Persero)", None, "agency:pln"),
        ("Pertamina", None, "agency:pertamina"),
        ("PT Jasa Raharja", None, "agency:jasaraharja"),
        ("UKP4", "2012", "agency:ukp4"),
    ],
)
def test_the_body_is_the_one_of_the_date(text: str, as_of: str | None, id: str | None) -> None:
    match = Agencies(as_of).find(text)
    assert (match.id if match.sure else None) == id


@pytest.mark.parametrize(
    ("text", "id", "government"),
    [
        ("Ditjen Dukcapil Kemendagri", "kemendagri-ditjen-dukcapil", "kemendagri"),
        ("Ditjen Dukcapil", "kemendagri-ditjen-dukcapil", "kemendagri"),
        ("Kemendagri (Ditjen Dukcapil)", "kemendagri-ditjen-dukcapil", "kemendagri"),
        ("Biro Perencanaan, BMKG", "bmkg-biro-perencanaan", "bmkg"),
        ("DJP", "kemenkeu-djp", "kemenkeu"),
        ("Direktorat Jenderal Pajak", "kemenkeu-djp", "kemenkeu"),
        ("Ditjen Bea dan Cukai", "kemenkeu-bea-cukai", "kemenkeu"),
        ("Kantor Regional II BKN Surabaya", "bkn-kantor-regional-ii-surabaya", "bkn"),
        (
            "Kantor Pertanahan Kota Balikpapan, Kementerian ATR/BPN",
            "atrbpn-kantor-pertanahan-kota-balikpapan",
            "atrbpn",
        ),
        ("BPS Kota Malang", "bps-kota-malang", "bps"),
        ("Pengadilan Agama Jepara", "ma-pengadilan-agama-jepara", "ma"),
    ],
)
def test_a_unit_of_a_central_body(text: str, id: str, government: str) -> None:
    match = Agencies().find(text)
    assert (match.id, match.how, match.sure) == (f"agency:{id}", "central-unit", True)
    assert match.entity is not None
    assert match.entity.government == f"agency:{government}"


def test_every_bare_unit_of_the_list_is_part_of_its_body_at_the_date() -> None:
    for unit in central_units().values():
        for spelling in unit.spellings:
            match = Agencies().find(spelling)
            assert match.entity is not None, spelling
            assert match.entity.government == reference_agencies()[unit.parent].id
    then = Agencies("2023").find("Ditjen Imigrasi").entity
    assert then is not None
    assert then.government == "agency:kemenkumham"


def test_two_bodies_in_one_name_are_a_question() -> None:
    match = Agencies().find("ANRI/Komdigi")
    assert (match.sure, match.candidates) == (False, ("agency:anri", "agency:komdigi"))


def test_what_looks_like_a_ministry_inside_a_regional_unit_is_none() -> None:
    match = Agencies(region="35.19").find("Dinas Pariwisata dan ESDM")
    assert not match.sure
    assert match.entity is not None
    assert match.entity.government == "agency:pemda-35-19"


# ---------------------------------------------------------------- classes
@pytest.mark.parametrize(
    "text",
    [
        "umum",
        "pemerintah daerah (umum)",
        "K/L dan pemda",
        "instansi pemerintah (umum)",
        "3.487 lembaga pengguna",
        "asuransi, bank, BPR, pembiayaan, lainnya",
        "DPMPTSP kabupaten/kota pengguna",
    ],
)
def test_a_class_is_no_agency(text: str) -> None:
    assert is_class(text)
    assert Agencies().find(text).id is None


@pytest.mark.parametrize("text", ["Bagian Umum", "Biro Umum BMKG", "Bank Indonesia", "Kemenkes"])
def test_a_body_is_no_class(text: str) -> None:
    assert not is_class(text)
    assert Agencies(region="35.19").find(text).id is not None


def test_generic_words_without_a_region_are_a_class_and_with_one_a_unit() -> None:
    assert Agencies().find("dinas kesehatan").id is None
    assert Agencies(region="35.19").find("dinas kesehatan").id == "agency:dinkes-35-19"
    assert Agencies().find("rumah sakit, Kota Palembang").id is None


# ---------------------------------------------------------------- the rest
def test_regions_by_code_and_by_name() -> None:
    agencies = Agencies()
    assert agencies.region("35.19", None) == "35.19"
    assert agencies.region("35.2", "Kabupaten Magetan") == "35.20"
    assert agencies.region(None, "Provinsi DI Yogyakarta") == "34"
    assert agencies.region(None, "Madiun") is None
    assert regions_named("Desa X, Kab. Madiun, Provinsi Jawa Timur") == ("35.19",)


def test_spellings_are_compared_without_marks_and_small_words() -> None:
    assert key("Dinas Komunikasi, Informatika & Statistik") == key(
        "dinas komunikasi informatika dan statistik"
    )


@pytest.mark.parametrize("text", ["", "  ", "()", "—", "kab.", "Kota", "Dinas", ",", "(", "😀"])
def test_scraps_are_no_agency(text: str) -> None:
    match = Agencies(region="35.19").find(text)
    assert match.id is None or not match.sure


def test_a_spelling_met_before_is_looked_up() -> None:
    agencies = Agencies(region="35.19")
    assert agencies.find("Dinas Kesehatan") is agencies.find("Dinas Kesehatan")
    assert agencies.find("Dinas Kesehatan") is not agencies.find("Dinas Kesehatan", "35.77")


def test_a_government_is_one_of_the_list() -> None:
    assert Agencies().government("35.19") == regions()["35.19"].government
    with pytest.raises(KeyError):
        Agencies().government("99.99")


# ---------------------------------------------------------------- long texts
@pytest.mark.parametrize(
    "text", ["Ab " * 2500, "Aplikasi " * 1000, "http://a.a." * 40_000, "Dinas " * 26, "a" * 201]
)
def test_a_long_text_is_no_name_of_a_body(text: str) -> None:
    started = time.process_time()
    match = Agencies(region="35.19").find(text)
    assert time.process_time() - started < 2, "its words were tried out"
    assert (match.sure, match.how) == (False, "unknown")
    assert match.entity is not None
    assert len(match.entity.name) <= 201


# ---------------------------------------------------------------- abbreviations within names
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Badan Kepegawaian dan Pengembangan SDM", "bkpsdm"),
        ("Badan Kepegawaian, Pendidikan dan Pelatihan", "bkpsdm"),
        ("Badan Pengembangan SDM", "bpsdm"),
        ("Dinas Penanaman Modal dan PTSP", "dpmptsp"),
        ("Dinas Penanaman Modal dan PTSP Sleman", "dpmptsp"),
        ("Dinas P3A", "dp3a"),
        ("Dinas Sosial, P3A", "dinsos"),
        ("Dinas P3AP2KB", "dp3a"),
        ("Dinas Pengendalian Penduduk dan KB", "dppkb"),
        ("Dinas PPKB", "dppkb"),
        ("Dinas PU dan Penataan Ruang", "dpupr"),
        ("Dinas PUPR", "dpupr"),
    ],
)
def test_an_abbreviation_in_a_units_name_is_its_long_form(text: str, code: str) -> None:
    match = Agencies("2025", "34.04").find(text)
    assert (match.id, match.sure) == (f"agency:{code}-34-04", True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RSUD Sleman", "Rumah Sakit Umum Daerah Sleman"),
        ("RSUD Sleman Kabupaten Sleman", "Rumah Sakit Umum Daerah Sleman"),
        ("RSUD Prambanan", "Rumah Sakit Umum Daerah Prambanan Kabupaten Sleman"),
        ("Kecamatan Sleman", "Kecamatan Sleman Kabupaten Sleman"),
    ],
)
def test_the_name_of_the_region_is_not_said_twice(text: str, name: str) -> None:
    entity = Agencies("2025", "34.04").find(text).entity
    assert entity is not None
    assert entity.name == name
