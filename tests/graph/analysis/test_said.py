"""What descriptions say about integrations, and which services they name."""

from __future__ import annotations

import pytest

from graph.analysis.naming import Named, Spellings
from graph.analysis.said import Mode, phrases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Absensi, terintegrasi dengan SIMPEG", [("SIMPEG", Mode.FACT, "")]),
        ("terhubung dgn SIAK. Bridging BPJS", [("SIAK", Mode.FACT, ""), ("BPJS", Mode.FACT, "")]),
        ("sinkronisasi data otomatis ke pusat", [("pusat", Mode.FACT, "to")]),
        ("terhubung ke SIPD", [("SIPD", Mode.FACT, "")]),  # a connection, no direction
        ("mengirim data ke SATUSEHAT", [("SATUSEHAT", Mode.FACT, "to")]),
        ("menarik data dari Dukcapil", [("Dukcapil", Mode.FACT, "from")]),
        ("belum terintegrasi dengan SIPD", [("SIPD", Mode.DENIED, "")]),
        ("tidak lagi terhubung dengan SIPD", [("SIPD", Mode.DENIED, "")]),
        ("tidak hanya terhubung dengan SIPD", [("SIPD", Mode.FACT, "")]),
        ("data tidak valid, terintegrasi dengan SIPD", [("SIPD", Mode.FACT, "")]),
        ("integrasi dengan SIPD belum berjalan", [("SIPD belum berjalan", Mode.DENIED, "")]),
        ("ke depan akan diintegrasikan dengan OSS", [("OSS", Mode.PLANNED, "")]),
        ("dapat terintegrasi dengan SIMBG", [("SIMBG", Mode.POSSIBLE, "")]),
        (
            "terintegrasi dengan A dan belum terintegrasi dengan B",
            [("A dan belum", Mode.FACT, ""), ("B", Mode.DENIED, "")],
        ),
        ("Plugin yang terintegrasi dengan", [("", Mode.FACT, "")]),  # the cell was cut
        ("Sistem Kearsipan Dinamis Terintegrasi", []),
        ("Dokumentasi hukum terhubung provinsi", []),
        (
            "integrated with SIPD; not connected to OSS",
            [("SIPD", Mode.FACT, ""), ("OSS", Mode.DENIED, "")],
        ),
    ],
)
def test_a_link_is_read_with_its_mode_and_direction(
    text: str, said: list[tuple[str, Mode, str]]
) -> None:
    assert [(p.other, p.mode, p.way) for p in phrases(text)] == said


def test_the_words_of_a_link_begin_where_they_are_denied_or_planned() -> None:
    assert [p.link for p in phrases("Izin, akan segera terintegrasi dengan OSS")] == [
        "akan segera terintegrasi dengan"
    ]


SERVICES = Spellings(
    [
        ("service:izin", "Layanan perizinan"),
        ("service:uang", "Layanan Keuangan"),
        ("service:kir", "Uji KIR"),
        ("service:pbj", "pengadaan barang dan jasa"),
    ]
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Aplikasi pengaduan layanan perizinan", [("service:izin", "layanan perizinan")]),
        ("Perizinan", [("service:izin", "Perizinan")]),  # nothing else is said
        ("Data perizinan dan keuangan desa", []),  # a topic, no service
        ("Uji KIR lokal", [("service:kir", "Uji KIR")]),
        ("hasil uji kirim", []),  # whole words
        ("Proses Pengadaan Barang/Jasa", [("service:pbj", "Pengadaan Barang/Jasa")]),
        ("pengadaan barang. Jasa lain", []),  # not over the end of a clause
    ],
)
def test_a_service_is_named_by_whole_words(text: str, named: list[tuple[str, str]]) -> None:
    assert SERVICES.in_text(text) == [Named(*n) for n in named]
