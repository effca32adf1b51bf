"""How long a person waits for each page of the explorer, in a real Chromium."""

from __future__ import annotations

import os
import time
from collections import Counter
from heapq import nlargest
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from playwright.sync_api import Browser, TimeoutError

from benchmarks.national.measured import Figure
from explorer.sitemap import PAGES, Place
from graph.landscape import Landscape
from graph.schema import NODE_TYPES
from graph.store.workspace import Version
from tests.explorer.browser import chromium, page, ready
from tests.explorer.serving import answered, free_port, served, start
from tests.explorer.sessions import open_pages

PICTURE = ".sp-head h1, .sp-empty"
LONGEST = 60_000  # milliseconds
EVERY, RESTS = 3.0, 0.02  # seconds between two looks; share of a processor that is rest
SERVED_FIRST, SERVED = "page {} served first", "page {} served"
COLD, WARM = "page {} cold", "page {} warm"


def opened(version: Version, repeat: int) -> list[Figure]:
    """Time every page of the site map: first thing after a start, then in further new tabs."""
    landscape, found = version.landscape, []
    ids = examples(landscape)
    with chromium() as browser:
        for place in PAGES:
            query = with_ids(place, ids)
            name = f"/{place.path}"
            try:
                with served(version.workspace) as address:
                    times = [
                        _open(browser, f"{address}{place.path}?{query}") for _ in range(repeat)
                    ]
            except TimeoutError:
                late = f"not drawn in {LONGEST // 1000} s"
                found.append(Figure(COLD.format(name), "simpul", (LONGEST / 5000,), note=late))
                continue
            first, later = times[0], times[1:]
            done = sorted(t[1] for t in later)[len(later) // 2]
            found += [
                Figure(COLD.format(name), "simpul", (first[0],), (), f"all of it {first[1]:.1f} s"),
                Figure(
                    WARM.format(name),
                    "simpul",
                    tuple(t[0] for t in later),
                    (),
                    f"all of it {done:.1f} s",
                ),
            ]
    return found


def worked(version: Version, repeat: int) -> list[Figure]:
    """Take what the server does for each page: its CPU seconds, and the bytes it sends.

    One server, once its tables are ready; each page first with what nobody asked before, then in
    new sessions. Empty where the system does not tell what a process used (not Linux).
    """
    if not Path("/proc/self/stat").exists():
        return []
    ids, found = examples(version.landscape), []
    process = start(version.workspace, free_port(), "id", version.workspace.parent)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        answered(address)
        _warm(process.pid)
        for place in PAGES:
            page_and_query = f"{place.path}?{with_ids(place, ids)}"
            times = []
            for _ in range(1 + repeat):
                before = _used(process.pid)
                opened = open_pages(address, [page_and_query], 1, 1)[0]
                times.append((opened.took, _used(process.pid) - before, opened.sent))
            first, later = times[0], times[1:]
            for what, part in ((SERVED_FIRST, [first]), (SERVED, later)):
                note = f"{max(s for *_, s in part) / 1000:.0f} kB sent"
                wall, cpu = tuple(t for t, *_ in part), tuple(c for _, c, _ in part)
                found.append(Figure(what.format(f"/{place.path}"), "simpul", wall, cpu, note))
    finally:
        process.terminate()
        process.wait(20)
    return found


def _warm(pid: int) -> None:
    """Wait until the server has its tables: until it rests."""
    end, before = time.monotonic() + LONGEST / 500, -1.0
    while time.monotonic() < end and _used(pid) - before > RESTS * EVERY:
        before = _used(pid)
        time.sleep(EVERY)


def _used(pid: int) -> float:
    """Give the CPU seconds that a process has used."""
    said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _open(browser: Browser, address: str) -> tuple[float, float]:
    """Open a page in a new tab without a cache; seconds to its title and to its end."""
    tab = page(browser)
    tab.set_default_timeout(LONGEST)
    began = time.perf_counter()
    tab.goto(address)
    tab.wait_for_selector(PICTURE)
    title = time.perf_counter() - began
    ready(tab)
    end = time.perf_counter() - began
    tab.context.close()
    return title, end


def examples(landscape: Landscape) -> dict[str, str]:
    """Give the busiest node of each type by the prefix of its id: the worst that can be asked.

    What stands second is under the prefix and a 2: a comparison needs two.
    """
    count: Counter[str] = Counter()
    for table in landscape.edges.values():
        count.update(table.column("source").to_pylist())
        count.update(table.column("target").to_pylist())
    found = {}
    for kind, node_type in NODE_TYPES.items():
        ids = landscape.nodes[kind].column("id").to_pylist()
        if ids:
            best = nlargest(2, ids, key=lambda i: (count[i], i))
            found[node_type.prefix], found[f"{node_type.prefix}2"] = best[0], best[-1]
    return found


def with_ids(place: Place, ids: dict[str, str]) -> str:
    """Put ids of this landscape in place of those of the example."""
    asked = parse_qsl(place.example)
    pairs = [(key, _with_id(value, ids, second=key == "kanan")) for key, value in asked]
    return urlencode(pairs, safe=":~")


def _with_id(value: str, ids: dict[str, str], *, second: bool) -> str:
    if "~" in value:
        left, right = value.split("~")
        one, other = _with_id(left, ids, second=False), _with_id(right, ids, second=True)
        return f"{one}~{other}"
    prefix = value.split(":")[0]
    return ids.get(f"{prefix}2" if second else prefix, value) if ":" in value else value
