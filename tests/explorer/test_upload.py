"""Upload: what a file would do is said first, and only its last step does it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import filelock
import pytest
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import FileUploader

from explorer.answers import upload
from explorer.answers.upload import Check, Choices, File
from explorer.words import texts
from graph.errors import LoadedMeanwhile, SimpulError, WorkspaceBusy
from graph.exchange.tables import write_answer
from graph.store.workspace import Workspace
from ingest.sources import transforms
from tests.explorer.pages import ROOT, html, run, text, title

CASE = ROOT / ".." / "shared" / "cases" / "explorer-upload-only-once"
CSV = (
    "Nama Aplikasi,Nama Perangkat Daerah,Alamat,Nomor WA Pengelola,Tahun\n"
    "Cek Kios,Dinas Perdagangan,cekkios.contoh.go.id,081234567890,2019\n"
    "Rawat Taman,Dinas Lingkungan Hidup,,,2020/2021\n"
    ",Dinas Kesehatan,,,belum\n"
    "Tukar Buku hubungi 081298765432,Dinas Perpustakaan,,,\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "ruang")


@pytest.fixture
def file() -> File:
    return File("daftar.csv", CSV.encode())


def chosen(file: File, **said: Any) -> Choices:
    return replace(upload.first_choices(file), **said)


def contents(workspace: Workspace) -> list[str]:
    return sorted(str(p.relative_to(workspace.path)) for p in workspace.path.rglob("*"))


# -------------------------------------------------------------- the check
def test_a_check_says_what_becomes_of_each_row_and_writes_nothing(
    workspace: Workspace, file: File
) -> None:
    check = upload.examine(workspace, file, chosen(file))
    assert [(line.row, line.result) for line in check.lines] == [
        (2, "accepted"),
        (3, "accepted"),
        (4, "refused"),
        (5, "accepted"),
    ]
    assert (check.accepted, check.refused, check.earlier) == (3, 1, None)
    assert check.lines[2].reason["id"].startswith("Nama Aplikasi: ")
    assert check.lines[2].hint["id"]
    assert check.lines[2].hint["en"]
    assert check.unknown == ("Tahun",)
    assert [line.cells["Tahun"] for line in check.lines] == ["2019", "2020/2021", "belum", None]
    assert not workspace.path.exists()


def test_what_is_personal_is_counted_and_not_in_the_check(workspace: Workspace, file: File) -> None:
    check = upload.examine(workspace, file, chosen(file))
    assert check.dropped == {"telephone": 2}
    assert "Nomor WA Pengelola" not in check.headings
    assert "0812" not in repr(check)


def test_a_changed_meaning_is_checked_anew(workspace: Workspace, file: File) -> None:
    roles = (((None, "Alamat"), "description"), ((None, "Tahun"), "ignore"))
    check = upload.examine(workspace, file, chosen(file, roles=roles))
    assert check.mapping is not None
    [part] = check.mapping.files
    assert part.columns == {
        "Nama Aplikasi": "name",
        "Nama Perangkat Daerah": "reporting_unit",
        "Alamat": "description",
        "Nomor WA Pengelola": "contact_phone",
    }
    assert part.ignore == ("Tahun",)
    assert (check.unknown, check.ignored) == ((), ("Tahun",))


def test_one_meaning_for_two_columns_is_said_with_both(workspace: Workspace, file: File) -> None:
    check = upload.examine(workspace, file, chosen(file, roles=(((None, "Alamat"), "name"),)))
    assert check.mapping is None
    assert check.error is not None
    assert upload.given_twice(check.roles) == ("name", ["Nama Aplikasi", "Alamat"])


def test_a_file_of_unknown_headings_can_be_mapped_by_hand(workspace: Workspace) -> None:
    file = File("aneh.csv", b"Kolom A,Kolom B\nSIPEDULI,7\nSIMPEG,8\n")
    first = upload.examine(workspace, file, chosen(file))
    assert first.error is not None
    assert upload.lacking_roles(first)[0] == "name"
    second = upload.examine(workspace, file, chosen(file, roles=(((None, "Kolom A"), "name"),)))
    assert (second.accepted, second.error, upload.lacking_roles(second)) == (2, None, [])


def test_the_downloaded_mapping_is_the_one_that_was_checked(
    workspace: Workspace, file: File
) -> None:
    said = chosen(file, publisher="Dinas Kominfo", as_of="2025-09", region="35.19", title="Daftar")
    check = upload.examine(workspace, file, said)
    written = yaml.safe_load(upload.source_yml(check, "id"))
    assert written["publisher"] == "Dinas Kominfo"
    assert str(written["as_of"]) == "2025-09"
    assert str(written["region"]) == "35.19"
    assert written["files"][0]["columns"]["Nama Aplikasi"] == "name"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("as_of", "kemarin", "wrong-value"), ("slug", "../x", "bad-slug"), ("slug", "", "bad-slug")],
)
def test_what_cannot_be_is_said_and_the_mapping_stays(
    workspace: Workspace, file: File, name: str, value: str, code: str
) -> None:
    check = upload.examine(workspace, file, chosen(file, **{name: value}))
    assert check.error is not None
    assert check.error["id"]["code"] == code
    assert check.roles[None, "Nama Aplikasi"] == "name"


UNITS = b"Nama Aplikasi,Pemilik\nSIPEDULI,Dinas Sosial\nSIMPEG,Dinas Kesehatan\nSRIKANDI,ANRI\n"


def test_rows_of_units_without_a_government_are_counted(workspace: Workspace) -> None:
    file = File("daftar.csv", UNITS)
    check = upload.examine(workspace, file, chosen(file))
    assert (check.homeless, check.asking, check.region_guess) == (2, True, None)
    check = upload.examine(workspace, file, chosen(file, region="33.07"))
    assert (check.homeless, check.asking, check.region_guess) == (0, False, None)


def test_the_region_in_a_files_name_is_a_guess_that_a_person_may_refuse(
    workspace: Workspace,
) -> None:
    file = File("daftar-wonosobo_2025.csv", UNITS)
    check = upload.examine(workspace, file, chosen(file))
    assert check.mapping is not None
    assert (check.mapping.region, check.region_guess, check.homeless) == ("33.07", "33.07", 0)
    check = upload.examine(workspace, file, chosen(file, region=""))
    assert check.mapping is not None
    assert (check.mapping.region, check.region_guess, check.homeless) == (None, None, 2)
    said = chosen(file, region="")
    upload.keep(workspace, file, said, check)
    assert upload.examine(workspace, file, chosen(file)).region_guess is None, "as it was left"


def test_the_proposed_short_name_serves_next_year_too(workspace: Workspace) -> None:
    names = ["daftar-2024.xlsx", "daftar-2025.csv", "Daftar (2026).csv", "2025.csv"]
    slugs = [upload.first_choices(File(n, b"")).slug for n in names]
    assert slugs == ["daftar", "daftar", "Daftar", "2025"]
    loaded = upload.first_choices(File("daftar-2025.csv", b""), {"daftar-2025.csv"})
    assert loaded.slug == "daftar-2025.csv", "what a command loaded under its own name goes on"


# -------------------------------------------------------------- the commit
def test_the_second_commit_says_that_nothing_changed(workspace: Workspace, file: File) -> None:
    said = chosen(file)
    check = upload.examine(workspace, file, said)
    first = upload.keep(workspace, file, said, check)
    before = contents(workspace)
    second = upload.keep(workspace, file, said, check)
    assert (first.version, first.changed, first.counts["added"]) == (1, True, 3)
    assert (second.version, second.changed) == (1, False)
    assert contents(workspace) == before
    assert not (workspace.path / "scratch").exists()


def test_new_content_is_held_against_what_the_source_said(workspace: Workspace, file: File) -> None:
    said = chosen(file, roles=(((None, "Tahun"), "ignore"),))
    upload.keep(workspace, file, said, upload.examine(workspace, file, said))
    later = File(file.name, (CSV.replace("cekkios.", "kios.") + "Baru,Bappeda,,,\n").encode())
    check = upload.examine(workspace, later, chosen(later))
    assert check.earlier == 3
    assert check.counts == {"added": 1, "changed": 1, "removed": 0}
    cells = [c for c in check.cells if c.before and c.after]
    assert [(c.row, c.column, c.before, c.after) for c in cells] == [
        (2, "Alamat", "cekkios.contoh.go.id", "kios.contoh.go.id")
    ]
    assert check.ignored == ("Tahun",), "the mapping of the earlier load is kept"
    assert (None, "Tahun") in check.shape.remembered


def test_a_load_can_be_taken_back(workspace: Workspace, file: File) -> None:
    said = chosen(file)
    upload.keep(workspace, file, said, upload.examine(workspace, file, said))
    names = {r["name"] for r in workspace.version().landscape.rows("Application")}
    later = File(file.name, CSV.replace("Rawat", "Asuh").encode())
    kept = upload.keep(workspace, later, said, upload.examine(workspace, later, said))
    changed = {r["name"] for r in workspace.version().landscape.rows("Application")}
    assert "Asuh Taman" in changed
    assert "Asuh Taman" not in names
    assert upload.take_back(workspace, kept) == 3
    assert {r["name"] for r in workspace.version().landscape.rows("Application")} == names


def test_what_a_killed_reader_left_is_taken_away_and_what_is_read_is_not(
    workspace: Workspace, file: File
) -> None:
    text = (
        "import sys; from pathlib import Path; from graph.store.workspace import Workspace\n"
        "with Workspace(Path(sys.argv[1])).scratch() as folder:\n"
        "    (folder / 'daftar.csv').write_text('Budi'); print(1, flush=True); sys.stdin.read()"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", text, str(workspace.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert reader.stdout
    reader.stdout.readline()
    upload.examine(workspace, file, chosen(file))
    assert len(list(workspace.path.glob("scratch/*/daftar.csv"))) == 1
    reader.kill()
    reader.communicate()
    upload.examine(workspace, file, chosen(file))
    assert not (workspace.path / "scratch").exists()


def test_what_another_loaded_meanwhile_is_not_lost(workspace: Workspace) -> None:
    def said(*names: str) -> tuple[File, Choices, Check]:
        rows = "".join(f"{n},Dinas Kominfo\n" for n in names)
        file = File("daftar.csv", f"Nama Aplikasi,Pemilik\n{rows}".encode())
        return file, chosen(file), upload.examine(workspace, file, chosen(file))

    first = upload.keep(workspace, *said("Asuh"))
    mine, theirs = said("Asuh", "Taman"), said("Asuh", "Sawah")
    kept = upload.keep(workspace, *theirs)
    with pytest.raises(LoadedMeanwhile):
        upload.keep(workspace, *mine)
    with pytest.raises(LoadedMeanwhile):
        upload.take_back(workspace, first)
    assert workspace.current == kept.version
    assert upload.take_back(workspace, kept) == kept.version + 1


def test_the_first_load_can_be_taken_back_too(workspace: Workspace, file: File) -> None:
    said = chosen(file)
    kept = upload.keep(workspace, file, said, upload.examine(workspace, file, said))
    upload.take_back(workspace, kept)
    assert workspace.sources() == {}
    assert workspace.version().landscape.rows("Application") == []


def test_the_effect_tells_what_would_be_merged(workspace: Workspace) -> None:
    one = File("satu.csv", b"Nama Aplikasi,Pemilik,Alamat\nSRIKANDI,Dinas Kominfo,\n")
    two = File("dua.csv", b"Nama Aplikasi,Pemilik,Alamat\nSrikandi,Dinas Sosial,\nBaru,Bappeda,\n")
    said = chosen(one)
    upload.keep(workspace, one, said, upload.examine(workspace, one, said))
    before = contents(workspace)
    check = upload.examine(workspace, two, chosen(two))
    found = upload.effect(workspace, two, chosen(two), check, "id")
    assert (found.applications, found.alone) == (2, 1)
    assert [(j.id, j.others) for j in found.joined] == [("app:srikandi", ("satu",))]
    assert found.joined[0].reasons
    assert contents(workspace) == before


def test_while_another_writes_the_check_is_kept(workspace: Workspace, file: File) -> None:
    said = chosen(file)
    check = upload.examine(workspace, file, said)
    workspace.path.mkdir()
    with filelock.FileLock(workspace.path / "writer.lock"), pytest.raises(WorkspaceBusy):
        upload.keep(workspace, file, said, check)
    assert upload.keep(workspace, file, said, check).changed


# -------------------------------------------------------------- hostile files
def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


HOSTILE = [
    ("kosong.csv", lambda: b"", "empty-file"),
    ("halaman.xls", lambda: b"<html><table><tr><td>Nama Aplikasi</td></tr></table></html>", None),
    ("gambar.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unknown-format"),
    ("terkunci.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, None),
    ("bom.xlsx", lambda: packed(xl__workbook_xml=b"0" * 500_000_000), "too-large"),
    ("sejuta.csv", lambda: b"Nama Aplikasi\n" + b"A\n" * 1_000_000, "too-many-cells"),
    ("besar.csv", lambda: b"x" * (upload.MAX_MB * 1_048_576 + 1), "too-large"),
]


@pytest.mark.parametrize(("name", "make", "code"), HOSTILE, ids=[n for n, _, _ in HOSTILE])
def test_a_hostile_file_gets_one_sentence_and_changes_nothing(
    workspace: Workspace, name: str, make: Any, code: str | None
) -> None:
    file = File(name, make())
    with pytest.raises(SimpulError) as caught:
        upload.examine(workspace, file, chosen(file))
    assert code in (None, caught.value.code)
    for lang in ("id", "en"):
        said = caught.value.parts(lang)
        assert said["where"].startswith(name)
        assert said["problem"]
        assert said["hint"] or said["expected"]
    assert not workspace.path.exists()


def test_a_workbook_that_reaches_for_a_file_gets_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("SANGAT-RAHASIA", encoding="utf-8")
    out = io.BytesIO()
    write_answer([{"Nama Aplikasi": "Cek Kios", "Pemilik": "Bappeda"}], out, "xlsx")
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(out) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in members.items():
            if name == "xl/sharedStrings.xml":
                head, rest = content.split(b"?>", 1)
                content = head + b"?>" + entity + rest.replace(b"Cek Kios", b"&e;")
            archive.writestr(name, content)
    file = File("xxe.xlsx", changed.getvalue())
    try:
        said = repr(upload.examine(workspace, file, chosen(file)))
    except SimpulError as e:
        said = e.text("id")
    assert "SANGAT-RAHASIA" not in said


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.csv", "x.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("/etc/passwd", "passwd"),
        ("..", "unggahan"),
        ("", "unggahan"),
        ("source.yml", "unggahan.yml"),
        ("a\x00b.csv", "ab.csv"),
        ("Daftar aplikasi (final).xlsx", "Daftar aplikasi (final).xlsx"),
    ],
)
def test_the_name_of_a_file_is_no_path(name: str, safe: str) -> None:
    assert upload.safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    safe = upload.safe_name("a" * 400 + ".csv")
    assert safe.endswith(".csv")
    assert len(safe) <= upload.LONGEST_NAME + 1


# -------------------------------------------------------------- what is handed out
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_template_is_understood_whole_and_its_example_is_no_record(
    workspace: Workspace, lang: str
) -> None:
    headings, [example] = upload.template(lang, dict.fromkeys(upload.TEMPLATE_ROLES, "x"))
    rows = [example, ["SIPADU", *example[1:]]]
    out = io.BytesIO()
    write_answer([dict(zip(headings, row, strict=True)) for row in rows], out, "xlsx")
    file = File("templat.xlsx", out.getvalue())
    check = upload.examine(workspace, file, chosen(file))
    assert list(check.roles.values()) == list(upload.TEMPLATE_ROLES)
    assert [line.cells[headings[0]] for line in check.lines] == ["SIPADU"]


def test_refused_rows_can_be_mended_and_uploaded_again(workspace: Workspace, file: File) -> None:
    check = upload.examine(workspace, file, chosen(file))
    headings, [row] = upload.mended(check, ("Baris", "Alasan", "Saran"), "id")
    row[headings.index("Nama Aplikasi")] = "Kelas Ibu"
    out = io.BytesIO()
    write_answer([dict(zip(headings, row, strict=True))], out, "csv")
    again = File("baris-ditolak.csv", out.getvalue())
    assert upload.examine(workspace, again, chosen(again)).accepted == 1


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_role_and_kind_has_its_words(lang: str) -> None:
    words = texts(lang)
    kinds = transforms()
    assert {k for k in kinds if f"unggah.kind.{k}" not in words} == set()
    roles = {r for k in kinds.values() for r in k.roles} | set(upload.CONTACTS)
    assert {r for r in roles if f"unggah.role.{r}" not in words} == set()


# -------------------------------------------------------------- the page
@pytest.fixture
def page(workspace: Workspace, kept_apart: None, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(workspace.path))
    return run("upload")


def given(app: AppTest, name: str, content: bytes) -> AppTest:
    area = app.get("file_uploader")[0]
    assert isinstance(area, FileUploader)
    area.set_value((name, content, "text/csv"))
    return app.run()


def test_an_empty_workspace_can_be_filled_from_the_page(
    page: AppTest, workspace: Workspace
) -> None:
    given(page, "daftar.csv", CSV.encode())
    assert not page.exception
    assert title(page) == "4 baris dibaca: 3 dapat dimuat, 1 ditolak"
    page.button(key="go-unggah-simpan").click().run()
    assert not page.exception
    assert workspace.current == 1
    assert "daftar.csv sudah dimuat" in text(page)
    page.button(key="go-unggah-simpan").click().run()
    assert "Tidak ada yang berubah" in text(page)
    assert workspace.current == 1
    page.button(key="unggah-batal").click().run()
    assert "Pemuatan dibatalkan" in text(page)
    assert workspace.sources() == {}


def test_a_kept_file_is_said_on_top_and_its_button_says_so(page: AppTest) -> None:
    given(page, "daftar.csv", CSV.encode())
    button = page.button(key="go-unggah-simpan")
    assert (button.label, button.proto.type) == (
        "Simpan 3 baris".replace("3 ", "3\u00a0"),
        "primary",
    )
    button.click().run()
    assert title(page) == "3 baris dari daftar.csv sudah disimpan sebagai versi 1"
    button = page.button(key="go-unggah-simpan")
    assert (button.label, button.proto.type) == ("Sudah disimpan sebagai versi 1", "secondary")
    told = html(page)
    assert told.index("daftar.csv sudah dimuat") < told.index('class="sp-step"'), "on top"
    assert told.count('<li class="done">') == 5
    assert "Belum ada yang disimpan" not in text(page)
    assert "Tidak ada lagi yang perlu disimpan" in text(page)
    next(w for w in page.text_input if "judul" in str(w.key)).set_value("X")
    page.run()
    assert page.button(key="go-unggah-simpan").label.startswith("Simpan"), "what is new can be kept"


def test_units_without_a_government_are_warned_of_beside_the_region(page: AppTest) -> None:
    given(page, "daftar.csv", UNITS)
    assert "2 baris menyebut perangkat daerah tanpa pemerintahnya" in text(page)
    assert [e.proto.expanded for e in page.expander if "catatan" in e.label] == [True]
    region = next(s for s in page.selectbox if s.label == "Wilayah")
    region.set_value("33.07").run()
    assert "tanpa pemerintahnya" not in text(page)


def test_a_guessed_region_is_chosen_and_called_a_guess(page: AppTest) -> None:
    given(page, "wonosobo-2025.csv", UNITS)
    region = next(s for s in page.selectbox if s.label == "Wilayah")
    assert region.value == "33.07"
    assert "dugaan Kabupaten Wonosobo dibaca dari nama berkas" in text(page)
    assert "tanpa pemerintahnya" not in text(page)
    region.set_value("").run()
    assert "dibaca dari nama berkas" not in text(page)
    assert "2 baris menyebut perangkat daerah tanpa pemerintahnya" in text(page)


def test_a_column_dropped_by_hand_has_the_persons_reason(page: AppTest) -> None:
    given(page, "daftar.csv", CSV.encode())
    next(s for s in page.selectbox if "Tahun" in s.label).set_value("contact_phone").run()
    assert "dibuang pilihan Anda" in text(page)
    assert "dilaporkan dan tidak dibaca" not in text(page)


def test_a_label_is_written_as_it_is_read_aloud(page: AppTest) -> None:
    given(page, "a.csv", b"Nama_Aplikasi,Kolom Admin (No. HP),*a* [b](c)\nSatu,1,2\n")
    labels = [s.label for s in page.selectbox if s.label.startswith("Arti kolom")]
    assert labels[:2] == ["Arti kolom Nama_Aplikasi", "Arti kolom Kolom Admin (No. HP)"]
    assert labels[2] == "Arti kolom \\*a\\* \\[b](c)", "what would act as a mark does not"


def test_the_door_of_an_empty_workspace_leads_to_the_upload(page: AppTest) -> None:
    assert not page.exception
    out = html(run("door"))
    assert 'href="unggah"' in out
    assert "Belum ada inventaris yang dimuat" in out


def test_a_change_of_one_meaning_runs_the_check_again(page: AppTest) -> None:
    given(page, "daftar.csv", CSV.encode())
    box = next(s for s in page.selectbox if "Tahun" in s.label)
    box.set_value("ignore").run()
    assert not page.exception
    assert "Kolom yang diabaikan dengan sengaja: Tahun" in text(page)
    assert "Kolom yang tidak dibaca" not in text(page)
    assert "pilihan Anda" in text(page)


def test_a_file_of_the_same_name_is_read_anew(page: AppTest) -> None:
    given(page, "daftar.csv", CSV.encode())
    given(page, "daftar.csv", b"Nama Aplikasi,Pemilik\nLain,Bappeda\n")
    assert title(page) == "Satu baris dibaca, dan dapat dimuat"


def test_a_script_in_a_heading_or_a_name_is_inert(page: AppTest) -> None:
    bad = "<script>alert(1)</script>"
    given(page, f"{bad}.csv", f"Nama Aplikasi,{bad}\n{bad},![x](http://x.example/y)\n".encode())
    assert not page.exception
    assert "<script" not in html(page)
    box = next(s for s in page.selectbox if "script" in s.label)
    assert "\\<script>" in box.label


def test_a_broken_file_gets_a_sentence_and_the_next_one_is_read(page: AppTest) -> None:
    given(page, "kosong.csv", b"")
    assert not page.exception
    assert "kosong.csv" in text(page)
    assert "Tidak ada yang berubah di ruang kerja" in text(page)
    given(page, "daftar.csv", CSV.encode())
    assert title(page).startswith("4 baris")


def test_while_another_writes_the_page_says_so_and_keeps_the_file(
    page: AppTest, workspace: Workspace
) -> None:
    given(page, "daftar.csv", CSV.encode())
    workspace.path.mkdir()
    with filelock.FileLock(workspace.path / "writer.lock"):
        page.button(key="go-unggah-simpan").click().run()
        assert "proses lain sedang menulis" in text(page).casefold()
    page.button(key="go-unggah-simpan").click().run()
    assert "daftar.csv sudah dimuat" in text(page)
