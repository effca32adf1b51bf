"""The integration page: what flows, what is assumed, what stopped, and what hangs on a system."""

from __future__ import annotations

import pytest

from explorer.answers.integration import exchanges, hubs, strands, totals
from graph.landscape import Landscape
from tests.explorer.pages import html, run, text, title


def landscape(*edges: tuple[str, str, str | None, str, str]) -> Landscape:
    """Make a landscape of exchanges: provider, consumer, data, kind, status."""
    ends = sorted({e for a, b, *_ in edges for e in (a, b)})
    data = sorted({d for *_, d, _, _ in edges if d})
    nodes = [("Application", {"id": f"app:{e}", "name": e.upper()}) for e in ends]
    nodes += [("DataEntity", {"id": f"data:{d}", "name": f"data {d}"}) for d in data]
    rows = [
        (
            "INTEGRATES_WITH",
            {
                "source": f"app:{a}",
                "target": f"app:{b}",
                "data": d and f"data:{d}",
                "kind": kind,
                "status": status,
            },
        )
        for a, b, d, kind, status in edges
    ]
    return Landscape.of(nodes, rows)


SMALL = landscape(
    ("a", "b", "x", "declared", "live"),
    ("a", "c", "x", "assumed", "unknown"),
    ("b", "c", None, "observed", "live"),
    ("c", "a", "y", "declared", "stopped"),
    ("c", "b", "y", "declared", "planned"),
)


def test_exchanges_are_counted_by_certainty_and_stopped_ones_apart() -> None:
    found = exchanges(SMALL, "id")
    assert [(e.provider.name, e.consumer.name, e.data_name) for e in found] == [
        ("A", "B", "data x"),
        ("A", "C", "data x"),
        ("B", "C", None),
        ("C", "A", "data y"),
        ("C", "B", "data y"),
    ]
    assert totals(found) == {"declared": 1, "observed": 1, "assumed": 1, "stopped": 1, "planned": 1}


def test_a_stopped_exchange_joins_nothing_and_flows_nowhere() -> None:
    found = exchanges(SMALL, "id")
    assert [(a.id, out, into) for a, out, into in hubs(found)] == [
        ("app:a", 2, 0),
        ("app:b", 1, 1),
        ("app:c", 0, 2),
    ]
    drawn, left = strands(found)
    assert left == 0
    assert sum(s.amount for s in drawn if s.source[0] == 0) == 3
    assert {s.kind for s in drawn if s.target == (2, "app:c")} == {"assumed", "observed"}
    assert ((0, "app:b"), (1, "-")) in {(s.source, s.target) for s in drawn}


def test_the_picture_holds_the_data_exchanged_most_and_says_what_it_leaves_out() -> None:
    edges = [(f"p{i}", f"q{i}", f"d{i % 9}", "declared", "live") for i in range(40)]
    found = exchanges(landscape(*edges), "id")
    drawn, left = strands(found)
    data = {s.target[1] for s in drawn if s.target[0] == 1}
    assert len(data) == 5
    assert left == sum(e.data not in data for e in found) > 0
    assert "" in {s.source[1] for s in drawn}
    for layer in (0, 2):
        bars = {end for s in drawn for end in (s.source, s.target) if end[0] == layer}
        assert len(bars) == 5


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_says_how_sure_it_is_and_narrows_by_the_address(lang: str) -> None:
    app = run("integration", lang)
    assert ("dugaan" if lang == "id" else "assumed") in title(app)
    rows = html(app).count('class="sp-tag')
    narrowed = run("integration", lang, kepastian="assumed")
    assert 0 < html(narrowed).count('class="sp-tag assumed"') < rows
    assert 'class="sp-tag stated"' not in html(narrowed).split("</details>")[-1]


@pytest.mark.usefixtures("opened")
def test_a_choice_that_nothing_fits_says_what_to_do() -> None:
    assert "Kembalikan" in text(run("integration", kepastian="observed"))
