"""The innovations page: programme → project → application → what became of it."""

from __future__ import annotations

import pytest

from explorer.answers.innovations import entries, steps
from graph.landscape import Landscape
from tests.explorer.pages import html, run, text, title

PROJECTS = (
    ("a", "pka", "unknown", "app:on"),
    ("b", "pka", "unknown", "app:off"),
    ("c", "kipp", "active", "app:off"),
    ("d", "kipp", "unknown", None),
)
SMALL = Landscape.of(
    [
        ("Application", {"id": "app:on", "name": "ON", "status": "active"}),
        ("Application", {"id": "app:off", "name": "OFF", "status": "retired"}),
        *(
            ("Innovation", {"id": f"innovation:{k}", "name": k, "programme": p, "survival": s})
            for k, p, s, _ in PROJECTS
        ),
    ],
    [
        ("ORIGINATES_FROM", {"source": app, "target": f"innovation:{k}"})
        for k, *_, app in PROJECTS
        if app
    ],
)


def test_survival_is_what_a_source_says_else_what_the_application_shows() -> None:
    found = {e.name: (e.survival, e.inferred) for e in entries(SMALL, "id")}
    assert found == {
        "a": ("active", True),
        "b": ("inactive", True),
        "c": ("active", False),
        "d": ("unknown", False),
    }


def test_every_innovation_goes_through_each_layer_once() -> None:
    found = {(s.source, s.target): s.amount for s in steps(entries(SMALL, "id"))}
    assert found == {
        ((0, "pka"), (1, "born")): 2,
        ((0, "kipp"), (1, "born")): 1,
        ((0, "kipp"), (1, "none")): 1,
        ((1, "born"), (2, "active")): 2,
        ((1, "born"), (2, "inactive")): 1,
        ((1, "none"), (2, "unknown")): 1,
    }


@pytest.mark.usefixtures("opened")
def test_the_page_counts_lists_and_narrows_by_the_address() -> None:
    assert title(run("innovations")).startswith("2 inovasi; 1 di antaranya")
    assert "Gerobak baca" in text(run("innovations"))
    narrowed = html(run("innovations", aplikasi="born"))
    assert "SIPEDULI" in narrowed
    assert "Gerobak baca" not in narrowed
    assert "Kembalikan" in text(run("innovations", program="kipp", aplikasi="born"))
