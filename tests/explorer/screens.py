"""Take the pictures of docs/screens from the examples: `python -m tests.explorer.screens`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer.browser import chromium, page, ready
from tests.explorer.serving import ROOT, served

TARGET = ROOT / "docs/screens"
COLOURS = 224
TALLEST = 2600
SHOTS = [  # name, address, scheme, width
    ("overview-id-light", "", "light", 1440),
    ("overview-en-dark", "?lang=en", "dark", 1440),
    ("overview-cell", "?pemda={government}&fungsi=G_SDM&unit={unit}", "light", 1440),
    ("overview-phone", "", "light", 420),
    ("findings-id-light", "temuan", "light", 1440),
    ("finding-id-light", "temuan?temuan={finding}", "light", 1440),
    ("finding-en-dark", "temuan?temuan={finding}&lang=en", "dark", 1440),
    ("finding-phone", "temuan?temuan={finding}", "light", 420),
    ("profile-id-light", "profil?app=app:srikandi", "light", 1440),
    ("profile-en-dark", "profil?app=app:sp4n-lapor&lang=en", "dark", 1440),
    ("search-id-light", "temuan?cari=srikandi", "light", 1440),
    ("empty-id-light", "", "light", 1440),
]


def main() -> None:
    """Load the examples, serve them, and write one small picture per shot."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        workspace = Workspace(Path(folder) / "contoh")
        load(workspace, [ROOT / "examples"])
        found = facts(workspace)
        with served(workspace.path) as address:
            for name, path, scheme, width in SHOTS[:-1]:
                shoot(browser, name, address + path.format(**found), scheme, width)
        with served(Path(folder) / "kosong") as address:
            name, path, scheme, width = SHOTS[-1]
            shoot(browser, name, address + path, scheme, width)


def facts(workspace: Workspace) -> dict[str, str]:
    """Choose what the pictures show: a finding with a rule, a government, one of its units."""
    L = workspace.version().landscape
    covered = [f for f in L.rows("Finding") if f["kind"] == "covered"]
    best = max(covered, key=lambda f: (len(f["evidence_kinds"]), f["score"], f["id"]))
    return {
        "finding": best["id"],
        "government": "agency:pemda-35-19",
        "unit": max(
            (a["id"] for a in L.rows("Agency") if a["government"] == "agency:pemda-35-19"),
            key=lambda a: (len(L.targets(a, "USES")), a),
        ),
    }


def shoot(browser: Browser, name: str, address: str, scheme: str, width: int) -> None:
    """Take one picture, as tall as the page, with few colours."""
    tab = page(browser, scheme, width)
    tab.goto(address)
    settle(tab)
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


def settle(tab: Page) -> None:
    """Wait until the charts have stopped moving: their drawing lasts a quarter of a second."""
    ready(tab)
    tab.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
