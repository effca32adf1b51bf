"""How long a person waits for each page of the explorer, in a real Chromium."""

from __future__ import annotations

import time
from collections import Counter
from urllib.parse import parse_qsl, urlencode

from playwright.sync_api import Browser, TimeoutError

from benchmarks.national.measured import Figure
from explorer.sitemap import PAGES, Place
from graph.landscape import Landscape
from graph.schema import NODE_TYPES
from graph.store.workspace import Version
from tests.explorer.browser import chromium, page, ready
from tests.explorer.serving import served

PICTURE = ".sp-head h1, .sp-empty"
LONGEST = 60_000  # milliseconds
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
                found.append(Figure(COLD.format(name), "simpul", (LONGEST / 1000,), note=late))
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
    """Give the busiest node of each type by the prefix of its id: the worst that can be asked."""
    count: Counter[str] = Counter()
    for table in landscape.edges.values():
        count.update(table.column("source").to_pylist())
        count.update(table.column("target").to_pylist())
    found = {}
    for kind, node_type in NODE_TYPES.items():
        ids = landscape.nodes[kind].column("id").to_pylist()
        if ids:
            found[node_type.prefix] = max(ids, key=lambda i: (count[i], i))
    return found


def with_ids(place: Place, ids: dict[str, str]) -> str:
    """Put ids of this landscape in place of those of the example."""
    pairs = [
        (key, ids.get(value.split(":")[0], value) if ":" in value else value)
        for key, value in parse_qsl(place.example)
    ]
    return urlencode(pairs, safe=":")
