"""Flows as pictures: what stands between two layers stays between them, whatever the width."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from explorer.components import charts
from explorer.components.charts import BAR, ROOMS, Link, Node, Room

FROM_BAR = 5  # pixels between a bar and its label in ECharts
LONG = "peristiwa kependudukan dan peristiwa penting lain"


@pytest.mark.parametrize("room", ROOMS, ids=[str(r.most) for r in ROOMS])
def test_a_name_between_two_layers_ends_before_the_next(room: Room) -> None:
    narrowest = max(room.least, 320)
    layers = (narrowest - room.left - room.right - BAR) / 2
    assert room.wrap + FROM_BAR + BAR <= layers
    assert bool(room.wrap) == bool(room.within), "a name has a width, or there is only its number"


def test_every_width_has_one_way_to_be_drawn() -> None:
    assert ROOMS[0].least == 0
    assert all(a.most + 1 == b.least for a, b in pairwise(ROOMS))


def drawn() -> dict[str, Any]:
    nodes = [
        Node(LONG, 3, "mute", 0),
        Node(LONG, 222, "app", 1, "b"),
        Node(LONG, 3, "open", 2, "c"),
    ]
    links = [Link(LONG, "b", 3, "app", ""), Link("b", "c", 3, "open", "")]
    return charts.strands(nodes, links)


def test_only_names_between_layers_break(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "ink", lambda: charts.LIGHT)
    *narrow, wide = drawn()["media"]
    assert "query" not in wide, "holds where none of the others does"
    for room, medium in zip(ROOMS, narrow, strict=True):
        first, middle, last = (b["label"] for b in medium["option"]["series"][0]["data"])
        assert "width" not in first
        assert "width" not in last
        assert middle.get("width", 0) == room.wrap
        assert middle["formatter"].startswith("222")
        if room.wrap:
            assert middle["overflow"] == "break"
        else:
            assert middle["formatter"] == "222"
        assert len(middle["formatter"]) <= room.within + len("222 ")
