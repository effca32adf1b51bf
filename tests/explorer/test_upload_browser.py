"""Upload in a real browser: one file through all its steps, and files that mean harm."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.browser import CHROMIUM, page, ready
from tests.explorer.serving import ROOT, answered, free_port, start

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]
CASE = ROOT / ".." / "shared" / "cases" / "explorer-upload-only-once"
SCRIPT = "<img src=x onerror=\"document.title='JAHAT'\"><script>document.title='JAHAT'</script>"
LONG = 60_000  # milliseconds; several suites may share the machine


class Served(NamedTuple):
    """A server with the workspace it serves, and what it wrote about itself so far."""

    address: str
    workspace: Workspace
    log: Path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    first = tmp_path / "awal.csv"
    first.write_text("Nama Aplikasi,Pemilik\nSIPEDULI,Bappeda\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "ruang")
    load(workspace, [first])
    port, log = free_port(), tmp_path / "log.txt"
    process = start(workspace.path, port, "id", tmp_path)
    try:
        answered(f"http://127.0.0.1:{port}/")
        yield Served(f"http://127.0.0.1:{port}/", workspace, log)
    finally:
        process.terminate()
        log.write_text(process.communicate(timeout=20)[1], encoding="utf-8")
        said = log.read_text(encoding="utf-8")
        assert "Arrow" not in said, said
        assert "Traceback" not in said, said


@pytest.fixture
def tab(browser: Browser, server: Served) -> Iterator[Page]:
    found = page(browser)
    found.goto(server.address + "unggah")
    ready(found)
    yield found
    found.context.close()


def drop(tab: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    tab.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def elsewhere_and_back(tab: Page) -> None:
    """Open another page through the menu and come back; the session stays."""
    tab.get_by_role("link", name="Ikhtisar", exact=True).first.click()
    expect(tab.locator("h1")).to_contain_text("ternyata")
    tab.go_back()


def choose(tab: Page, column: str, meaning: str) -> None:
    tab.get_by_role("combobox", name=re.compile(column)).click()
    tab.get_by_role("option", name=meaning, exact=True).click()


def loads(workspace: Workspace, slug: str) -> list[str]:
    folder = workspace.path / "sources" / slug
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


@pytest.mark.skipif(not CASE.exists(), reason="no trouble cases beside the repository")
def test_one_upload_and_several_clicks_load_once(tab: Page, server: Served) -> None:
    case = yaml.safe_load((CASE / "case.yml").read_text(encoding="utf-8"))
    facts, name = case["facts"], case["input"][0]
    content = (CASE / name).read_bytes()
    drop(tab, name, content)
    title = tab.locator("h1")
    expect(title).to_contain_text(f"{facts['rows']} baris", timeout=LONG)
    choose(tab, "Tahun", "Diabaikan dengan sengaja")
    expect(tab.get_by_text("Kolom yang diabaikan dengan sengaja: Tahun")).to_be_visible()

    with tab.expect_download() as got:
        tab.locator(".st-key-unggah-baris-xlsx button").click()
    sheet = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes())).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    years = [row[head.index("Tahun Pembuatan")] for row in rows]
    assert years == [None if y is None else str(y) for y in facts["years"]]
    expect(title).to_contain_text(f"{facts['rows']} baris")

    elsewhere_and_back(tab)
    expect(title).to_contain_text(f"{facts['rows']} baris")
    expect(tab.get_by_text(f"Yang sedang diperiksa: {name}")).to_be_visible()
    expect(tab.get_by_text("Kolom yang diabaikan dengan sengaja: Tahun")).to_be_visible()
    assert tab.locator("[data-testid=stException]").count() == 0

    tab.locator(".st-key-go-unggah-simpan button").click()
    expect(tab.get_by_role("heading", name=f"{name} sudah dimuat")).to_be_visible(timeout=LONG)
    tab.locator(".st-key-go-unggah-simpan button").click()
    expect(tab.get_by_role("heading", name="Tidak ada yang berubah")).to_be_visible(timeout=LONG)
    apps = server.workspace.version().landscape.rows("Application")
    assert len(apps) == facts["rows"] + 1
    assert len(loads(server.workspace, name.removesuffix(".xlsx"))) == facts["loads"]
    assert server.workspace.numbers() == [1, 2]

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.active is not None
    book.active.append(["Baru", "Dinas Sosial Kota Madiun", 2024])
    changed = io.BytesIO()
    book.save(changed)
    drop(tab, name, changed.getvalue())
    expect(title).to_contain_text(f"{facts['rows'] + 1} baris", timeout=LONG)


def test_what_is_written_in_a_name_is_inert_on_every_page(tab: Page, server: Served) -> None:
    rows = f'"{SCRIPT.replace(chr(34), chr(34) * 2)}",Bappeda\n'
    rows += '"=HYPERLINK(""http://x.example"",""klik"")",Bappeda\n'
    drop(tab, "nama.csv", ("Nama Aplikasi,Pemilik\n" + rows).encode())
    expect(tab.locator("h1")).to_contain_text("2 baris", timeout=LONG)
    tab.locator(".st-key-go-unggah-simpan button").click()
    expect(tab.get_by_role("heading", name="nama.csv sudah dimuat")).to_be_visible(timeout=LONG)
    [app] = [
        r["id"]
        for r in server.workspace.version().landscape.rows("Application")
        if "JAHAT" in r["name"]
    ]
    for path in (f"profil?app={app}", "temuan?cari=JAHAT", "cari?cari=JAHAT", f"peta?pilih={app}"):
        tab.goto(server.address + path)
        ready(tab)
        tab.wait_for_timeout(500)
        assert "JAHAT" not in tab.title(), path
        assert tab.locator("img[src='x']").count() == 0, path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kosong.csv", b"", "kosong"),
        ("halaman.xls", b"<html><body><table><tr><td>A</td></tr></table></body></html>", "bukan"),
        ("gambar.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "format"),
        ("terpotong.xlsx", b"PK\x03\x04" + b"\0" * 400, "dibaca sampai akhir"),
        ("sejuta.csv", b"Nama Aplikasi\n" + b"A\n" * 1_000_000, "1.000.001 baris"),
    ],
)
def test_a_hostile_file_gets_a_sentence_and_changes_nothing(
    tab: Page, server: Served, name: str, content: bytes, said: str
) -> None:
    drop(tab, name, content)
    alert = tab.get_by_role("alert").filter(has=tab.locator(".sp-note"))
    expect(alert).to_contain_text(name, timeout=LONG)
    expect(alert).to_contain_text(said)
    expect(alert).to_contain_text("Langkah berikutnya:")
    assert server.workspace.numbers() == [1]
    assert not (server.workspace.path / "scratch").exists()


def test_what_is_too_large_is_cut_off_by_the_server(tab: Page, server: Served) -> None:
    with tab.expect_request(lambda r: "upload_file" in r.url and r.method == "PUT") as sent:
        drop(tab, "kecil.csv", b"Nama Aplikasi\nSatu\n")
    url, headers = sent.value.url, sent.value.headers
    put = """async ([url, token, mb]) => {
        const form = new FormData();
        form.append("file", new Blob([new Uint8Array(mb * 1048576)]), "besar.csv");
        const headers = token ? {"X-Xsrftoken": token} : {};
        try {
            return (await fetch(url, {method: "PUT", body: form, headers})).status;
        } catch (e) { return 413; }  // the server ended the connection while it was sent
    }"""
    token = headers.get("x-xsrftoken", "")
    assert tab.evaluate(put, [url, token, 1]) < 300
    assert tab.evaluate(put, [url, token, 200]) == 413


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checked_file_breaks_no_rule_of_wcag_2_aa(
    browser: Browser, server: Served, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = page(browser, scheme)
    tab.goto(server.address + "unggah")
    ready(tab)
    drop(tab, "daftar.csv", b"Nama Aplikasi,Pemilik,Lain\nSatu,Bappeda,1\n,Bappeda,2\nTiga,,\n")
    expect(tab.locator("h1")).to_contain_text("3 baris", timeout=LONG)
    tab.locator(".st-key-unggah-coba button").click()
    expect(tab.get_by_text("Berkas ini memuat")).to_be_visible(timeout=LONG)
    ready(tab)
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa"]}).response
    tab.context.close()
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found["violations"]] == []
