"""A source.yml is checked to the letter, written so that it reads back, and guessed from a file."""

import ast
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import (
    BrokenMapping,
    DuplicateKey,
    FileNotThere,
    Locus,
    MissingColumn,
    MissingKey,
    TooLarge,
    UnknownKey,
    WrongValue,
)
from ingest import readers
from ingest.mapping import (
    FILE_KEYS,
    PERSONAL,
    READER_KEYS,
    SOURCE_KEYS,
    WEBSITES,
    FileMapping,
    Guess,
    SourceMapping,
    fitted,
    for_file,
    guess,
    headings,
    mapping_text,
    read_mapping,
    write_mapping,
)
from ingest.readers.records import RawRow, ReaderSpec, Sheet
from ingest.sources import transforms

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = Path(__file__).parents[2] / ".." / "shared"
SOURCES = sorted(EXAMPLES.glob("*/source.yml"))
SMALL = """\
transform: inventory
files:
  - file: a.csv
    columns: {Nama Aplikasi: name, Status: status}
"""


def sheet(
    headings: Sequence[str],
    *rows: Sequence[str | None],
    name: str | None = None,
    hidden: bool = False,
) -> Sheet:
    raw = tuple(
        RawRow(n, dict(zip(headings, cells, strict=True))) for n, cells in enumerate(rows, 2)
    )
    return Sheet(name, 1, tuple(headings), raw, (), hidden)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "source.yml"
    path.write_text(text, encoding="utf-8")
    return path


def means(guesses: Sequence[Guess]) -> dict[str, str | None]:
    return {g.column: g.means for g in guesses}


# ---------------------------------------------------------------- reading
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.parent.name)
def test_a_mapping_reads_back_from_what_was_written(path: Path, tmp_path: Path) -> None:
    mapping = read_mapping(path)
    assert SourceMapping.from_dict(mapping.to_dict()) == mapping
    for lang in ("id", "en"):
        write_mapping(tmp_path / "source.yml", mapping, lang)
        assert read_mapping(tmp_path / "source.yml") == mapping


def test_the_mapping_of_kab_madiun_whole() -> None:
    mapping = read_mapping(EXAMPLES / "kab-madiun" / "source.yml")
    assert (mapping.transform, mapping.region, mapping.as_of) == ("inventory", "35.19", "2025-09")
    assert mapping.files[0].reader == ReaderSpec(format="delimited", delimiter=";", header_row=1)
    assert mapping.files[0].columns["Nama Perangkat Daerah"] == "reporting_unit"
    assert mapping.codes["status"]["tidak aktif"] == "inactive"
    assert mapping.expect["rows"] == [150, 250]


def test_scalars_stay_as_they_are_written(tmp_path: Path) -> None:
    text = SMALL + "    ignore: [No, Yes, 007]\nregion: 35.20\nas_of: 2025-09-01\n"
    mapping = read_mapping(written(tmp_path, text))
    assert mapping.region == "35.20"
    assert mapping.as_of == "2025-09-01"
    assert mapping.files[0].ignore == ("No", "Yes", "007")


def test_words_that_mean_one_thing_everywhere_are_known_beside_those_of_the_source(
    tmp_path: Path,
) -> None:
    text = SMALL + "codes: {status: {Jalan Terus: active, rencana: retired}}\n"
    words = read_mapping(written(tmp_path, text)).codes["status"]
    assert words["jalan terus"] == "active"
    assert words["rencana"] == "retired"  # what the source says comes first
    assert words["tidak aktif"] == "inactive"


def refusal(tmp_path: Path, text: str) -> BrokenMapping:
    with pytest.raises(BrokenMapping) as e:
        read_mapping(written(tmp_path, text))
    for lang in ("id", "en"):
        assert e.value.text(lang)
    return e.value


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        (SMALL + "tranform: x\n", UnknownKey, {"key": "tranform", "near": "transform"}),
        (SMALL.replace("status}", "statuss}"), UnknownKey, {"key": "statuss", "near": "status"}),
        (SMALL.replace("inventory", "inventori"), UnknownKey, {"near": "inventory"}),
        (SMALL.replace("columns", "colums"), UnknownKey, {"near": "columns"}),
        (SMALL + "    kind: website\n", UnknownKey, {"near": "websites"}),
        (SMALL + "    reader: {sheets: A}\n", UnknownKey, {"near": "sheet"}),
        (SMALL + "    reader: {format: csv}\n", UnknownKey, {"key": "csv"}),
        (SMALL + "codes: {stats: {a: active}}\n", UnknownKey, {"near": "status"}),
        (SMALL + "expect: {row: [1, 2]}\n", UnknownKey, {"near": "rows"}),
        (SMALL + "transform: services\n", DuplicateKey, {"key": "transform"}),
        (SMALL.replace("Status: status", "Nama Aplikasi: status"), DuplicateKey, {}),
        (SMALL.replace("Status: status", "Nama: name"), DuplicateKey, {"key": "name"}),
        ("transform: inventory\n", MissingKey, {"key": "files"}),
        ("files: [{file: a.csv}]\n", MissingKey, {"key": "transform"}),
        (SMALL + "region: 99.99\n", WrongValue, {"key": "region"}),
        (SMALL + "as_of: Juni 2023\n", WrongValue, {"key": "as_of"}),
        (SMALL + "generated: perhaps\n", WrongValue, {"key": "generated"}),
        (SMALL + "codes: {status: {aktif: aktiv}}\n", WrongValue, {"value": "aktiv"}),
        (SMALL + "expect: {rows: [many]}\n", WrongValue, {"key": "expect.rows"}),
        (SMALL + "expect: {filled: {name: 98}}\n", WrongValue, {"value": "98"}),
        (SMALL + "    reader: {header_row: 0}\n", WrongValue, {"key": "header_row"}),
        (SMALL.replace("a.csv", "../../etc/passwd"), WrongValue, {"key": "file"}),
        (SMALL.replace("a.csv", "/etc/passwd"), WrongValue, {"key": "file"}),
        (SMALL.replace("a.csv", '""'), WrongValue, {"key": "file"}),
        (SMALL.replace("a.csv", "."), WrongValue, {"key": "file"}),
        (SMALL.replace("a.csv", "./."), WrongValue, {"key": "file"}),
        (SMALL.replace("a.csv", "a" * 400), WrongValue, {"key": "file"}),
        (SMALL + "? [1,2]\n: 3\n", BrokenMapping, {"reason": "YAML"}),
        (SMALL + "? {a: 1}\n: 3\n", BrokenMapping, {"reason": "YAML"}),
        (SMALL + "codes: [status]\n", WrongValue, {"key": "codes"}),
    ],
)
def test_what_is_wrong_in_a_mapping_is_named(
    tmp_path: Path, text: str, kind: type[BrokenMapping], facts: dict[str, str]
) -> None:
    error = refusal(tmp_path, text)
    assert type(error) is kind
    assert facts.items() <= error.facts.items()


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1, 2]\nb: *x\n",
        "&a [*a]",
        "files: [\n",
        "!!python/object/apply:os.system [ls]",
        "a: 1\n---\nb: 2\n",
        "just words",
        "",
        "[" * 3000,
    ],
)
def test_what_is_no_plain_mapping_is_refused(tmp_path: Path, text: str) -> None:
    refusal(tmp_path, text)


def test_a_file_that_is_not_text_or_too_large_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "source.yml").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(BrokenMapping):
        read_mapping(tmp_path / "source.yml")
    (tmp_path / "source.yml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(TooLarge):
        read_mapping(tmp_path / "source.yml")
    with pytest.raises(FileNotThere):
        read_mapping(tmp_path / "none.yml")


# ---------------------------------------------------------------- fitting
PART = FileMapping(
    "a.csv",
    columns={"Nama Aplikasi": "name", "Status": "status", "Nama Pengelola": "contact_name"},
    ignore=("No",),
)
MAPPING = SourceMapping(transform="inventory", files=(PART,))


def test_headings_are_taken_as_they_stand_in_the_file() -> None:
    here = sheet([" no.", "NAMA  APLIKASI", "status:", "Nama Pengelola"])
    part = fitted(PART, here, "inventory", where="a.csv", own=True)
    assert part.columns == {
        "NAMA  APLIKASI": "name",
        "status:": "status",
        "Nama Pengelola": "contact_name",
    }
    assert part.ignore == (" no.",)


def test_a_renamed_column_stops_the_load_of_its_own_source() -> None:
    here = sheet(["Nama Aplikasi", "Keadaan", "Nama Pengelola"])
    with pytest.raises(MissingColumn) as e:
        fitted(PART, here, "inventory", where="a.csv", own=True)
    assert e.value.where == Locus("a.csv", None)
    assert e.value.facts == {
        "column": "Status",
        "columns": "Nama Aplikasi, Keadaan, Nama Pengelola",
    }


def test_for_another_file_only_what_is_needed_must_be_there() -> None:
    ((part, _),) = for_file(MAPPING, "tahun-depan.csv", [sheet(["Nama Aplikasi", "Baru"])])
    assert part.columns == {"Nama Aplikasi": "name"}
    with pytest.raises(MissingColumn) as e:
        for_file(MAPPING, "lain.csv", [sheet(["Judul", "Status"])])
    assert e.value.facts["column"] == "Nama Aplikasi"


def test_the_part_that_fits_a_table_best_is_taken() -> None:
    mapping = read_mapping(EXAMPLES / "kab-magetan" / "source.yml")
    sites = sheet(["No", "Nama Website", "Perangkat Daerah", "Alamat"], name="Situs 2024")
    apps = sheet(["No", "Nama Aplikasi", "Fungsi", "Perangkat Daerah"], name="Daftar 2024")
    notes = sheet(["Catatan", "Tanggal"], name="Catatan")
    pairs = for_file(mapping, "daftar-2024.xlsx", [notes, sites, apps])
    assert [(s.name, p.kind) for p, s in pairs] == [
        ("Situs 2024", "websites"),
        ("Daftar 2024", None),
    ]


def test_a_hidden_sheet_is_left_out_unless_it_is_named() -> None:
    seen = sheet(["Nama Aplikasi"], name="Aplikasi")
    hidden = sheet(["Nama Aplikasi"], name="Arsip", hidden=True)
    assert [s.name for _, s in for_file(MAPPING, "b.xlsx", [seen, hidden])] == ["Aplikasi"]
    part = replace(PART, reader=ReaderSpec(sheet="Arsip"))
    named = SourceMapping(transform="inventory", files=(part,))
    assert "Arsip" in [s.name for _, s in for_file(named, "b.xlsx", [seen, hidden])]


# ---------------------------------------------------------------- guessing
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.parent.name)
def test_the_columns_of_the_examples_are_guessed_as_a_person_mapped_them(path: Path) -> None:
    told = read_mapping(path)
    for file in {p.file for p in told.files}:
        guessed, guesses = guess(readers.read(path.parent / file, name=file), file)
        assert guessed.transform == told.transform
        assert [p.kind for p in guessed.files] == [p.kind for p in told.files]
        assert [dict(p.columns) for p in guessed.files] == [dict(p.columns) for p in told.files]
        assert {g.column for g in guesses if g.means == "ignore"} == {
            h for p in told.files for h in p.ignore
        }
        assert min(g.confidence for g in guesses) > 0.5


def test_a_guess_can_be_written_corrected_and_read(tmp_path: Path) -> None:
    file = "daftar-aplikasi-2023.xlsx"
    guessed, _ = guess(readers.read(EXAMPLES / "kab-magetan" / file, name=file), file)
    assert (guessed.region, guessed.as_of) == ("35.20", "2023-06")
    write_mapping(tmp_path / "source.yml", guessed)
    again = read_mapping(tmp_path / "source.yml")
    assert again.files == guessed.files
    assert guessed.codes["status"].items() <= again.codes["status"].items()
    assert "#" in mapping_text(guessed, "id")
    assert mapping_text(guessed, "id") != mapping_text(guessed, "en")


def test_arrows_hints_case_and_word_parts_are_read_over() -> None:
    here = sheet(
        [
            "→ NAMA APLIKASI (wajib diisi)",
            "Unit Kerja [pilih]",
            "Deskripsi_Singkat",
            "Statuz Aplikasi",
        ],
        ["SIAP", "Diskominfo Kota Madiun", "aduan", "Aktif"],
    )
    _, guesses = guess([here], "a.csv")
    assert list(means(guesses).values()) == ["name", "owner", "description", "status"]


def test_cells_speak_where_headings_do_not() -> None:
    rows = [
        [f"Layanan {i}", f"a{i}.madiunkota.go.id", f"Kecamatan A{i} Kab. Madiun"] for i in range(9)
    ]
    _, guesses = guess([sheet(["Nama Aplikasi", "Kolom1", "Kolom2"], *rows)], "a.csv")
    assert list(means(guesses).values()) == ["name", "address", "reporting_unit"]
    assert all(0.5 <= g.confidence <= 0.6 for g in guesses[1:])


def test_yes_and_no_do_not_say_what_was_asked() -> None:
    headings = ["Aplikasi", "Kondisi Saat Ini", "Aplikasi Pusat?"]
    rows = [["SIPD", "Masih dipakai", "Ya"], ["SIMPEG", "Sudah tidak dipakai", "Tidak"]]
    mapping, guesses = guess([sheet(headings, *rows)], "a.csv")
    assert list(means(guesses).values()) == ["name", "status", None]
    assert mapping.codes["status"] == {"masih dipakai": "active", "sudah tidak dipakai": "inactive"}


def test_cells_that_disagree_lower_the_confidence() -> None:
    good = guess([sheet(["Nama Aplikasi", "Alamat"], ["A", "a.go.id"])], "a.csv")[1][1]
    poor = guess([sheet(["Nama Aplikasi", "Alamat"], ["A", "Jalan Pahlawan 3"])], "a.csv")[1][1]
    assert good.means == poor.means == "address"
    assert poor.confidence < 0.6 < good.confidence


def test_columns_of_persons_are_known_and_never_shown() -> None:
    here = sheet(
        ["Nama Aplikasi", "Nama PIC", "No. HP", "E-mail"],
        ["SIAP", "Siti Contoh", "0800-000-0000", "siti@contoh.go.id"],
    )
    mapping, guesses = guess([here], "a.csv")
    assert list(means(guesses).values()) == [
        "name",
        "contact_name",
        "contact_phone",
        "contact_email",
    ]
    assert [g.samples for g in guesses[1:]] == [(), (), ()]
    assert mapping.files[0].columns["No. HP"] == "contact_phone"


def test_samples_hold_no_personal_data() -> None:
    here = sheet(["Nama Aplikasi", "Keterangan"], ["SIAP", "hubungi siti@contoh.go.id"])
    assert "siti@" not in str(guess([here], "a.csv")[1])


def test_a_column_nobody_knows_stays_without_a_meaning() -> None:
    here = sheet(["Nama Aplikasi", "Merek Server"], ["SIAP", "Dell"])
    mapping, guesses = guess([here], "a.csv")
    assert means(guesses)["Merek Server"] is None
    assert "Merek Server" not in mapping.files[0].columns
    assert set(guesses[1].reason) == {"id", "en"}


def test_a_word_of_a_list_that_nobody_knows_is_written_down_as_unknown() -> None:
    here = sheet(["Nama Aplikasi", "Status"], ["A", "Aktif"], ["B", "Aktif"], ["C", "Mangkrak"])
    assert guess([here], "a.csv")[0].codes == {"status": {"aktif": "active", "mangkrak": "unknown"}}


def test_an_address_alone_makes_an_inventory() -> None:
    mapping, _ = guess([sheet(["URL", "OPD"], ["a.go.id", "Dinas Sosial"])], "a.csv")
    assert mapping.files[0].columns == {"URL": "address", "OPD": "owner"}


def test_a_file_that_lists_nothing_of_ours_is_refused() -> None:
    with pytest.raises(MissingColumn) as e:
        guess([sheet(["Merek", "Harga"], ["Dell", "3"])], "belanja.csv")
    assert e.value.facts["columns"] == "Merek, Harga"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "data/id-banten/daftar-website-dan-aplikasi-2017.csv",
            {
                "OPD / Lembaga": "owner",
                "URL": "address",
                "Keterangan": "description",
                "no": "ignore",
            },
        ),
        (
            "data/gb-api-catalogue/catalogue.csv",
            {
                "url": "endpoint",
                "name": "name",
                "documentation": "docs",
                "provider": "owner",
                "maintainer": "contact_name",
            },
        ),
        (
            "cases/paths-cheap-beats-short/integrasi.csv",
            {"Dari": "provider_system", "Ke": "consumer_system", "Data": "data_entities"},
        ),
    ],
)
def test_registers_of_others(file: str, expected: dict[str, str]) -> None:
    path = SHARED / file
    if not path.exists():
        pytest.skip("the shared registers are not beside this repository")
    _, guesses = guess(readers.read(path, name=path.name), path.name)
    assert expected.items() <= means(guesses).items()


# ---------------------------------------------------------------- documents
def test_every_key_and_role_stands_in_the_document() -> None:
    text = (EXAMPLES.parent / "docs" / "sources.md").read_text(encoding="utf-8")
    words = {*SOURCE_KEYS, *FILE_KEYS, *READER_KEYS, *transforms()}
    roles = {role for t in transforms().values() for role in t.roles}
    codes = {str(c) for t in transforms().values() for codes in t.codes.values() for c in codes}
    assert {w for w in words | roles | codes if not re.search(rf"\b{w}\b", text)} == set()


def test_every_role_has_its_words_and_no_word_is_of_two_roles() -> None:
    for name, transform in transforms().items():
        words = headings()[name]
        if transform.columns:  # a standard fixes its headings
            assert not words
            continue
        assert set(words) == set(transform.roles)
        spelled = [w for of_role in words.values() for w in of_role]
        assert sorted(spelled) == sorted(set(spelled))


# ---------------------------------------------------------------- the room
ROOM = Path(__file__).parents[2] / "ingest"
MODULES = sorted(p for d in ("mapping", "agencies") for p in (ROOM / d).glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_public_function_says_what_it_does(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name[0] != "_"]
    assert [n.name for n in public if not ast.get_docstring(n)] == []


def test_a_word_that_several_modules_need_is_written_once() -> None:
    written = [
        (node.value, module.relative_to(ROOM).as_posix())
        for module in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in (PERSONAL, WEBSITES)
    ]
    assert sorted(written) == [("contact_", "row.py"), ("websites", "mapping/model.py")]


# ---------------------------------------------------------------- what is shown of a file
def test_samples_hold_no_persons_where_the_heading_is_in_doubt() -> None:
    table = sheet(
        ["Nama Aplikasi", "OPD", "Penanggung Jawab", "Keterangan"],
        ["SIDA", "Dinas Kesehatan", "Siti Aminah; I Made Wirawan, M.T.", "0812\n1111\n0038"],
        ["SIDB", "Dinas Sosial", "Bidang Aptika", "hubungi siti@contoh.go.id"],
    )
    _, guesses = guess([table], "a.csv")
    samples = {g.column: g.samples for g in guesses}
    assert samples["Penanggung Jawab"] == ("Bidang Aptika",)
    assert samples["Keterangan"] == ("hubungi [surel dihapus]",)
    assert samples["Nama Aplikasi"] == ("SIDA", "SIDB")


def test_who_answers_for_an_application_there_is_not_said_to_own_it() -> None:
    table = sheet(
        ["Nama Aplikasi", "Penanggung Jawab", "Alamat"],
        ["SRIKANDI", "Dinas Arpusda", "srikandi.arsip.go.id"],
        ["Sikapuk", "Dinas Kesehatan", "sikapuk.contoh.go.id"],
    )
    mapping, _ = guess([table], "a.csv")
    assert mapping.files[0].columns["Penanggung Jawab"] == "reporting_unit"


def test_the_kind_of_a_service_is_not_the_kind_of_a_record() -> None:
    table = sheet(["Nama Aplikasi", "OPD", "Jenis Layanan"], ["SIDA", "Dinas Sosial", "Publik"])
    mapping, guesses = guess([table], "a.csv")
    assert means(guesses)["Jenis Layanan"] != "record_kind"
    assert "record_kind" not in mapping.files[0].columns.values()


@pytest.mark.parametrize("shape", ["1.", "Ab ", "a@", "http://a.a.", "x", "/", "( "])
def test_a_megabyte_in_a_cell_is_guessed(shape: str) -> None:
    text = shape * (1_000_000 // len(shape))
    table = sheet(["Nama Aplikasi", "OPD", "Alamat", "Penanggung Jawab"], [text] * 4)
    started = time.process_time()
    guess([table], "a.csv")
    assert time.process_time() - started < 20  # a second or so; a hang is without end
