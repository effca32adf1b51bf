"""Personal data does not get past the door, and nothing else is taken."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.personal import KINDS, PLACEHOLDERS, clean, clean_text, personal_heading

FORMS = [
    ("telephone", "081234567890"),
    ("telephone", "0812-3456-7890"),
    ("telephone", "0812 3456 7890"),
    ("telephone", "0812.3456.7890"),
    ("telephone", "0812 - 3456 - 7890"),
    ("telephone", "(0812) 3456 7890"),
    ("telephone", "+62 812-3456-7890"),
    ("telephone", "+6281234567890"),
    ("telephone", "6281234567890"),
    ("telephone", "+62 (0)812 3456 7890"),
    ("telephone", "0062 812 3456 7890"),
    ("telephone", "81234567890"),
    ("telephone", "812-3456-7890"),
    ("telephone", "08 12 34 56 78 90"),
    ("telephone", "0800-000-0000"),
    ("telephone", "0812\n1111\n0038"),
    ("telephone", "0812\r\n1111\r\n0038"),
    ("telephone", "0812\t1111\t0038"),
    ("telephone", "0812/1111/0039"),
    ("telephone", "0812/11110039"),
    ("telephone", "0812-1111/0039"),
    ("telephone", "0812_1111_0040"),
    ("telephone", "+62/812/1111/0040"),
    ("telephone", "０８１２１１１１００３８"),
    ("telephone", "０８１２－１１１１－００３８"),
    ("telephone", "0812\u200b1111\u200b0038"),
    ("telephone", "0\u20608\u200c1\ufeff2\u00ad11110038"),
    ("telephone", "٠٨١٢١١١١٠٠٣٨"),
    ("nip", "1980\u200b0101200501\u20601001"),
    ("nik", "３５１９０１０１０１８００００１"),
    ("telephone", "(0351) 462927"),
    ("telephone", "0351-462927"),
    ("telephone", "021 345 6789"),
    ("telephone", "+62 351 462927"),
    ("nip", "198001012005011001"),
    ("nip", "19800101 200501 1 001"),
    ("nip", "19800101.200501.1.001"),
    ("nip", "1980 01 01 2005 01 1 001"),
    ("nip", "1980-01-01-200501-1-001"),
    ("nip", "199001012022211001"),
    ("nip", "NIP. 131 234 567"),
    ("nik", "3519010101800001"),
    ("nik", "3519014101800001"),
    ("nik", "3519 0101 0180 0001"),
    ("nik", "351901.710180.0001"),
    ("nik", "12.345.678.9-012.345"),
    ("email", "siti.aminah@contoh.go.id"),
    ("email", "siti+kerja@contoh.co.id"),
    ("email", "siti [at] contoh.go.id"),
    ("email", "siti%40contoh.go.id"),
    ("email", "siti@localhost"),
    ("email", "siti.aminah＠contoh.go.id"),
    ("email", "si\u200bti\u00ad@con\ufefftoh.go.id"),
    ("email", "siti(at)contoh.go.id"),
    ("email", "siti (at) contoh (dot) go (dot) id"),
    ("email", "siti[at]contoh[dot]go[dot]id"),
    ("email", "siti at contoh dot go dot id"),
    ("email", "siti dot aminah at contoh dot go dot id"),
    ("email", "siti AT contoh titik go titik id"),
    ("internal_address", "localhost:8037"),
    ("internal_address", "localhost"),
    ("internal_address", "LOCALHOST:80"),
    ("internal_address", "10.12.13.14"),
    ("internal_address", "172.16.0.1"),
    ("internal_address", "172.31.255.254"),
    ("internal_address", "192.168.1.5:8080"),
    ("internal_address", "127.0.0.1"),
    ("internal_address", "169.254.7.7"),
    ("internal_address", "fe80::1ff:fe23:4567:890a"),
]

HARMLESS = [
    "35.19",
    "35.19.01.2001",
    "2019",
    "2019-2021",
    "17/08/2020",
    "08-12-2019 10:30",
    "2019-01-15 2020-02-16 10:00",
    "1.250.000.000",
    "Rp 75.000.000,00",
    "Rp8123456789",
    "8150000000",
    "12500000000",
    "RAB.01.02.03",
    "5.1.02.01.01.0024",
    "08.01.02.03.04",
    "versi 10.0.19.1",
    "v10.1.2.3",
    "2.10.4",
    "Keputusan Menteri Nomor 050-5889 Tahun 2021",
    "Perpres 95/2018 Pasal 36 ayat (2)",
    "188/30.K/415.013/2019",
    "https://8.8.8.8/peta?tahun=2024",
    "172.32.0.1",
    "11.12.13.14",
    "sipd.kemendagri.go.id",
    "@diskominfo",
    "NPSN 20507890",
    "IGR-001",
    "1500-670",
    "jam 0800-1600",
    "2020/11/12",
    "08/12/2019",
    "08/12/2019 10:30",
    "08_12_2019",
    "12/PER/M.KOMINFO/2020",
    "188/0812/1111/2020",
    "0812/PER/1111/2020",
    "1/2 dan 3/4",
    "1.2.3.4567",
    "data_2020_11_12_0800",
    "buka at kantor",
    "titik koordinat",
    "localhosting",
    "nama.localhost.go.id",
    "５ aplikasi（uji）",
    "hitung\n10\n20\n30",
    "PIC",
    "PIC aplikasi",
    "PIC Dinas Kominfo",
    "PIC Aplikasi Sistem Informasi",
    "CP OPD",
    "Narahubung Bagian Umum",
    "PIC Tim Pengembang",
    "TOPIC Budi",
    "Bagian Administrasi Pemerintahan",
    "e-Kinerja (web): kinerja ASN",
]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def core(value: str) -> str:
    """Give what must not survive: the local part, or the digits."""
    return value.split("@")[0] if "@" in value else digits(value) or value


@pytest.mark.parametrize(("kind", "value"), FORMS)
def test_each_form_is_found(kind: str, value: str) -> None:
    assert clean_text(f"hubungi {value}, ya") == (f"hubungi {PLACEHOLDERS[kind]}, ya", {kind: 1})


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_person_stays(text: str) -> None:
    assert clean_text(f"lihat {text} itu") == (f"lihat {text} itu", {})
    assert clean({"Uraian": text}, []).cells == {"Uraian": text}


BUSY = settings(deadline=None)  # the machine may be busy
AROUND = st.text("abxyz ,;:()/-\n", max_size=12)


@BUSY
@given(
    before=AROUND,
    after=AROUND,
    birth=st.dates(),
    start=st.integers(195001, 203012),
    tail=st.integers(0, 999),
    sep=st.sampled_from(["", " ", ".", "-"]),
)
def test_no_nip_survives_in_any_position(
    before: str, after: str, birth: object, start: int, tail: int, sep: str
) -> None:
    year, month, day = str(birth).split("-")
    assume("1935" <= year <= "2025" and 1 <= start % 100 <= 12)
    value = sep.join([f"{year}{month}{day}", str(start), "2", f"{tail:03}"])
    rest, found = clean_text(f"{before}{value}{after}")
    assert not digits(rest)
    assert found["nip"] == 1


@BUSY
@given(
    before=AROUND,
    after=AROUND,
    region=st.sampled_from(["110101", "321304", "357701", "647203", "917102"]),
    day=st.integers(1, 31),
    woman=st.booleans(),
    month=st.integers(1, 12),
    tail=st.integers(0, 999999),
    sep=st.sampled_from(["", " ", ".", "-"]),
)
def test_no_nik_survives_in_any_position(
    before: str,
    after: str,
    region: str,
    day: int,
    woman: bool,
    month: int,
    tail: int,
    sep: str,
) -> None:
    value = sep.join(
        [region, f"{day + 40 * woman:02}{month:02}{tail // 10000:02}", f"{tail % 10000:04}"]
    )
    rest, found = clean_text(f"{before}{value}{after}")
    assert not digits(rest)
    assert sum(found.values()) == 1


@BUSY
@given(
    before=AROUND,
    after=AROUND,
    prefix=st.sampled_from(["0", "+62", "62", "+62 ", "0062"]),
    operator=st.sampled_from(["811", "812", "822", "838", "857", "881", "896"]),
    number=st.integers(10**6, 10**8 - 1),
    sep=st.sampled_from(
        ["", " ", ".", "-", "\u2011", " - ", "\n", "\r\n", "_", "\u200b", "\u2060", "\u00ad"]
    ),
)
def test_no_telephone_survives_in_any_position(
    before: str, after: str, prefix: str, operator: str, number: int, sep: str
) -> None:
    tail = str(number)
    value = prefix + operator + sep + tail[:4] + sep + tail[4:]
    rest, found = clean_text(f"{before}{value}{after}")
    assert not digits(rest)
    assert sum(found.values()) == 1


@BUSY
@given(
    before=AROUND,
    after=AROUND,
    local=st.from_regex(r"[a-z0-9][a-z0-9._+-]{0,70}[a-z0-9]", fullmatch=True),
)
def test_no_email_survives_in_any_position(before: str, after: str, local: str) -> None:
    rest, found = clean_text(f"{before}{local}@instansi.go.id{after}")
    assert f"{local}@" not in rest
    assert "@" not in rest
    assert found["email"] >= 1


@BUSY
@given(
    before=AROUND,
    after=AROUND,
    address=st.one_of(
        st.tuples(st.just(10), *[st.integers(0, 255)] * 3),
        st.tuples(st.just(192), st.just(168), *[st.integers(0, 255)] * 2),
        st.tuples(st.just(172), st.integers(16, 31), *[st.integers(0, 255)] * 2),
        st.tuples(st.just(169), st.just(254), *[st.integers(0, 255)] * 2),
    ),
)
def test_no_internal_address_survives_in_any_position(
    before: str, after: str, address: tuple[int, ...]
) -> None:
    rest, _ = clean_text(before + ".".join(map(str, address)) + after)
    assert not digits(rest)


@BUSY
@given(st.lists(st.sampled_from(HARMLESS), max_size=5))
def test_plain_text_is_unchanged(parts: list[str]) -> None:
    text = " dan ".join(parts)
    assert clean_text(text) == (text, {})


@BUSY
@given(
    st.lists(st.one_of(st.sampled_from([v for _, v in FORMS]), st.text(max_size=15)), max_size=6)
)
def test_cleaning_again_finds_nothing(parts: list[str]) -> None:
    once, _ = clean_text(" | ".join(parts))
    assert clean_text(once) == (once, {})


def test_columns_of_persons_are_dropped_whole_and_counted() -> None:
    row = {
        "Nama Aplikasi": "SIDA",
        "Nama Pengelola": "Siti Aminah NIP 198001012005011001",
        "Nomor WA Pengelola": "0812-3456-7890 (Siti)",
        "PJ OPD": "Budi Santoso",
        "Email": None,
        "Penanggung Jawab": "Budi Santoso, S.Kom",
    }
    cleaned = clean(row, ["PJ OPD"])
    assert cleaned.cells == {
        "Nama Aplikasi": "SIDA",
        "Nama Pengelola": None,
        "Nomor WA Pengelola": None,
        "PJ OPD": None,
        "Email": None,
        "Penanggung Jawab": None,
    }
    assert cleaned.dropped == {"name": 3, "telephone": 1, "nip": 1}


def test_a_unit_under_a_doubtful_heading_stays() -> None:
    row: dict[str, str | None] = {"Penanggung Jawab": "Dinas Kominfo", "Pengelola": "BKPSDM"}
    assert clean(row, []).cells == row


def test_a_cell_of_nothing_else_becomes_empty() -> None:
    cleaned = clean({"Keterangan": " 081234567890 ", "Alamat": "http://10.1.2.3/app"}, [])
    assert cleaned.cells == {"Keterangan": None, "Alamat": None}
    assert cleaned.dropped == {"telephone": 1, "internal_address": 1}


def test_a_bare_number_is_an_amount_under_an_amounts_heading() -> None:
    row = {"Nilai Anggaran": "8123456789", "Keterangan": "8123456789"}
    assert clean(row, []).cells == {"Nilai Anggaran": "8123456789", "Keterangan": None}


def test_names_before_a_nip_and_after_a_label_go_too() -> None:
    text, found = clean_text("Dibuat oleh Siti Aminah, NIP 198001012005011001; PIC: Budi Santoso")
    assert "Siti" not in text
    assert "Budi" not in text
    assert found == {"name": 2, "nip": 1}
    assert clean_text("PIC: Dinas Kominfo") == ("PIC: Dinas Kominfo", {})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("PIC Budi Santosa", "PIC "),
        ("CP Siti", "CP "),
        ("Narahubung I Made Wirawan, M.T.", "Narahubung "),
        ("narahubung Siti Aminah, S.Kom. ada di kantor", "ada di kantor"),
        ("PIC Budi Dinas Kominfo", "Dinas Kominfo"),
    ],
)
def test_a_name_after_its_label_without_a_mark_goes(text: str, left: str) -> None:
    cleaned, found = clean_text(text)
    assert left in cleaned
    assert not re.search(r"Budi|Siti|Made|Wirawan|Aminah|Santosa", cleaned)
    assert found == {"name": 1}


@BUSY
@given(
    number=st.sampled_from([v for k, v in FORMS if k != "internal_address" and v.isascii()]),
    where=st.sets(st.integers(0, 40), max_size=6),
    sign=st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    wide=st.booleans(),
)
def test_unseen_signs_and_full_width_hide_nothing(
    number: str, where: set[int], sign: str, wide: bool
) -> None:
    assume("\n" not in number)
    hidden = "".join(sign * (i in where) + c for i, c in enumerate(number))
    if wide:
        hidden = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in hidden)
    plain, found = clean_text(f"hubungi {number}, ya")
    assert clean_text(f"hubungi {hidden}, ya") == (plain, found)


def test_a_text_in_which_nothing_is_found_is_not_changed() -> None:
    text = "５ aplikasi\u200b（uji）\u00ad"
    assert clean_text(text) == (text, {})


@pytest.mark.parametrize(
    "shape",
    [
        "1",
        "1.",
        "1 ",
        "08",
        "+62 8",
        "a@",
        "a@a.",
        "%40",
        ".%40",
        "a",
        "A",
        "A ",
        "A, ",
        "Ab ",
        "http://a.a.",
        "://",
        " ",
        "\n",
        "PIC ",
        "PIC A. ",
        "PIC: ",
        "NIP ",
        "(at)",
        "a at a dot ",
        "a dot ",
        "fe80:",
        "localhost",
        "[",
        "(",
        "/",
        "０",
        "\u200b",
        "PIC Ab, S.",
        "0812/",
    ],
)
@pytest.mark.parametrize("heading", ["Keterangan", "Penanggung Jawab"])
def test_a_megabyte_of_anything_does_not_hang(shape: str, heading: str) -> None:
    text = (shape * (1_000_000 // len(shape))) + " | PIC: Budi NIP 198001012005011001"
    started = time.process_time()
    clean({heading: text}, [])
    assert time.process_time() - started < 20  # a second or less; a hang is without end


def test_a_page_as_a_heading_does_not_hang() -> None:
    for heading in ("hp " + "contact person " * 3000 + "x", " " * 100_000 + "x", "PIC " * 5000):
        started = time.process_time()
        personal_heading(heading)
        assert time.process_time() - started < 20


def test_a_user_in_an_address_goes_and_the_host_stays() -> None:
    assert clean_text("https://admin:rahasia@sida.go.id/x")[0] == "https://sida.go.id/x"


PERSONAL = [
    "Nama Pengelola",
    "PIC",
    "Nama PIC",
    "Narahubung",
    "Contact Person",
    "Kontak",
    "Kontak [H]",
    "No HP",
    "No. HP / WA",
    "WA",
    "Nomor WA Pengelola",
    "Telepon/HP PIC",
    "Nomor Telepon",
    "NIP",
    "NIK",
    "NIP/NIK",
    "Email",
    "E-mail",
    "Alamat Email",
    "Pengelola / Nama",
    "Penanggung Jawab Orang",
    "Nama Admin / Operator",
    "Nama dan NIP",
    "Nama Pengelola dan No HP",
    "Nama Kepala Dinas",
    "Nama Programmer",
    "NOMOR HP PENANGGUNG JAWAB",
    "No HP Admin OPD",
    "Admin (No. HP)",
    "Pengelola / No. Telp",
    "Operator (HP/WA)",
    "Kontak Person OPD",
    "Nama Pengelola Perangkat Daerah",
]
NOT_PERSONAL = [
    "Nama Aplikasi",
    "Nama Perangkat Daerah",
    "Nama",
    "No",
    "Nomor",
    "Kode",
    "Pemilik / Nama",
    "Aplikasi / Nama",
    "Alamat",
    "Notifikasi WA",
    "Integrasi NIK",
    "Instansi Penanggung Jawab",
    "Penanggung Jawab",
    "PIC (Unit)",
    "Kunci",
    "Jumlah Operator",
    "Aplikasi Mobile",
    "Aplikasi HP Petugas Lapangan",
    "Alamat Domain / Link Aplikasi",
    "Sistem Induk",
    "Nama Data",
    "Wali Data",
]


@pytest.mark.parametrize("heading", PERSONAL)
def test_headings_of_persons(heading: str) -> None:
    assert personal_heading(heading)


@pytest.mark.parametrize("heading", NOT_PERSONAL)
def test_headings_of_other_things(heading: str) -> None:
    assert not personal_heading(heading)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "a" * 50_000 + "@",
        "1 " * 30_000,
        "@a" * 20_000,
        "08" * 30_000,
        "A " * 30_000,
        "PIC: " * 10_000,
        "Nama Orang " * 5_000 + "NIP",
        "fe80:" * 10_000,
        "(at)" * 10_000,
    ],
    ids=lambda t: t[:6],
)
def test_a_long_cell_is_cleaned_to_its_end(text: str) -> None:
    cleaned, found = clean_text(f"{text} | budi.santoso@example.org")
    assert "budi.santoso" not in cleaned
    assert found["email"] >= 1


def test_every_kind_has_a_placeholder() -> None:
    assert set(PLACEHOLDERS) == set(KINDS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("dikelola Budi Santosa hp 0812-3456-7890", "dikelola [nama dihapus] hp [telepon dihapus]"),
        ("hubungi pak Joko, WA 081234567890", "hubungi pak [nama dihapus], WA [telepon dihapus]"),
        ("oleh Siti Aminah (siti@contoh.go.id)", "oleh [nama dihapus] ([surel dihapus])"),
        ("Call Center 021-5550123", "Call Center [telepon dihapus]"),
        ("Dinas Kesehatan 0351-455123", "Dinas Kesehatan [telepon dihapus]"),
        ("Posko Siaga Darurat, HP 081234567890", "Posko Siaga Darurat, HP [telepon dihapus]"),
        ("Diskominfo 0351-455123", "Diskominfo [telepon dihapus]"),
    ],
)
def test_a_name_before_a_number_or_an_address_goes_with_it(text: str, left: str) -> None:
    assert clean_text(text)[0] == left


PIECES = re.findall(
    r"\S+",
    """PIC pic Pic CP cp Narahubung narahubung Contact contact Kontak kontak person Person Budi Siti
    Santosa, S.Kom dinas at AT dot titik contoh contoh.go.id @ %40 [at] (et) [dot] : = :: fe80
    localhost LOCALHOST 0812 3456 7890 NIP 198501012010011001 git [NIK dihapus]""",
)


@settings(max_examples=500)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "  ", "\n"]))))
def test_a_text_that_is_passed_over_holds_nothing(pieces: list[tuple[str, str]]) -> None:
    """Most cells cost one scan: the patterns would have found nothing in them."""
    text = "".join(a + b for a, b in pieces)
    with pytest.MonkeyPatch.context() as m:
        m.setattr("ingest.personal._suspect", lambda _: True)
        searched = clean_text(text)
    assert clean_text(text) == searched
