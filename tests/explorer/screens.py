"""Take the pictures of docs/screens from the examples: `python -m tests.explorer.screens`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from explorer.sitemap import PAGES
from graph.questions import same
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.browser import chromium, page, ready
from tests.explorer.serving import ROOT, served

TARGET = ROOT / "docs/screens"
COLOURS = 224
TALLEST = 2600
QUERIES = {  # page → what its picture shows
    "temuan": "temuan={finding}",
    "sama": "jawab={left}~{right}",
    "bandingkan": "kiri={member}&kanan={other}",
    "cari": "cari=persuratan",
    "profil": "app={app}",
    "jejaring": "app={app}&langkah=1",
    "peta": "pilih={app}",
    "laporan": "laporan=applications-by-agency-and-function",
}
MODES = (  # name, language, scheme, width
    ("id-light", "id", "light", 1440),
    ("en-dark", "en", "dark", 1440),
    ("phone", "id", "light", 420),
)
MORE = {  # further states worth a picture
    "ikhtisar-cell": "?pemda={government}&fungsi=G_SDM&unit={unit}",
    "temuan-list": "temuan",
    "laporan-editor": "laporan?mode=tulis",
    "integrasi-data": "integrasi?data=data:identitas-penduduk",
}


def main() -> None:
    """Load the examples, serve them, and write one small picture per page and mode."""
    TARGET.mkdir(parents=True, exist_ok=True)
    only = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        workspace = Workspace(Path(folder) / "contoh")
        load(workspace, [ROOT / "examples"])
        found = facts(workspace)
        shots = [
            (f"{name}-{mode}", path + ("&" if "?" in path else "?") + f"lang={lang}", scheme, width)
            for name, path in addresses(workspace).items()
            for mode, lang, scheme, width in MODES
        ]
        shots += [(f"{n}-id-light", p.format(**found), "light", 1440) for n, p in MORE.items()]
        with served(workspace.path) as address:
            for name, path, scheme, width in shots:
                if not only or any(name.startswith(o) for o in only):
                    shoot(browser, name, address + path, scheme, width)
            if not only or "unggah-pemetaan" in only:
                uploaded(browser, address + "unggah")
        if not only:
            with served(Path(folder) / "kosong") as address:
                shoot(browser, "empty-id-light", address, "light", 1440)


def addresses(workspace: Workspace) -> dict[str, str]:
    """Give the name of every page → its address, with something of this workspace to show."""
    found = facts(workspace)
    return {
        p.name: p.path + (f"?{QUERIES[p.path]}" if p.path in QUERIES else "").format(**found)
        for p in PAGES
    }


def facts(workspace: Workspace) -> dict[str, str]:
    """Choose what the pictures show: a finding with a rule, two members, a pair, a unit."""
    L = workspace.version().landscape
    covered = [f for f in L.rows("Finding") if f["kind"] == "covered"] or L.rows("Finding")
    best = max(covered, key=lambda f: (len(f["evidence_kinds"]), f["score"], f["id"]))
    members = L.sources(best["id"], "MEMBER_OF")
    pairs = [r for r in same(L) if r["decision"] == "suggested"]
    users = {a["id"]: len(L.sources(a["id"], "USES")) for a in L.rows("Application")}
    government = "agency:pemda-35-19"
    units = [a["id"] for a in L.rows("Agency") if a["government"] == government]
    return {
        "finding": best["id"],
        "member": members[0],
        "other": members[-1],
        "left": pairs[0]["left"]["id"] if pairs else "",
        "right": pairs[0]["right"]["id"] if pairs else "",
        "app": max(users, key=lambda a: (users[a], a)),
        "government": government,
        "unit": max(units, key=lambda a: (len(L.targets(a, "USES")), a), default=""),
    }


def shoot(browser: Browser, name: str, address: str, scheme: str, width: int) -> None:
    """Open a page and take one picture of it."""
    tab = page(browser, scheme, width)
    tab.goto(address)
    settle(tab)
    keep(tab, name, width)


def keep(tab: Page, name: str, width: int) -> None:
    """Write what a page shows, as tall as it is, with few colours; close it."""
    tall = tab.evaluate("Math.max(...[...document.querySelectorAll('*')].map(e => e.scrollHeight))")
    tab.set_viewport_size({"width": width, "height": min(int(tall) + 40, TALLEST)})
    settle(tab)
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    tab.context.close()
    file = TARGET / f"{name}.png"
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        file, optimize=True
    )
    sys.stdout.write(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} kB\n")


def uploaded(browser: Browser, address: str) -> None:
    """Take the picture of a file that was uploaded and is not kept yet."""
    tab = page(browser)
    tab.goto(address)
    ready(tab)
    tab.locator("input[type=file]").set_input_files(
        ROOT / "examples/kab-magetan/daftar-aplikasi-2023.xlsx"
    )
    tab.get_by_text("Pemetaan", exact=True).last.wait_for()
    settle(tab)
    keep(tab, "unggah-pemetaan-id-light", 1440)


def settle(tab: Page) -> None:
    """Wait until the charts have stopped moving: their drawing lasts a quarter of a second."""
    ready(tab)
    tab.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
