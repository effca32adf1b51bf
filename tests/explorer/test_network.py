"""The network of a node: who is drawn, what is left out and counted, how each line is known."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.answers import network
from explorer.answers.network import Picture, adjacency, picture
from graph.landscape import Landscape
from tests.explorer import inventory
from tests.explorer.pages import html, run, text, title

pytestmark = pytest.mark.usefixtures("opened")


def drawn(
    L: Landscape,
    focus: str,
    steps: int = 1,
    opened: tuple[str, ...] = (),
    types: tuple[str, ...] | None = None,
    relations: tuple[str, ...] | None = None,
) -> Picture:
    return picture(L, adjacency(L), focus, steps, opened, types, relations, "id")


def ids(p: Picture) -> set[str]:
    return {n.id for n in p.nodes}


@pytest.fixture(scope="module")
def small_landscape() -> Landscape:
    return inventory.landscape()


def star(n: int) -> Landscape:
    """Make one body with n applications, the first of which read some data."""
    nodes = [
        ("Agency", {"id": "agency:a", "name": "A"}),
        ("DataEntity", {"id": "data:d", "name": "D"}),
    ]
    nodes += [("Application", {"id": f"app:{i:03}", "name": f"Aplikasi {i}"}) for i in range(n)]
    edges = [("USES", {"source": "agency:a", "target": f"app:{i:03}"}) for i in range(n)]
    edges += [("READS", {"source": f"app:{i:03}", "target": "data:d"}) for i in range(n - 3, n)]
    return Landscape.of(nodes, edges)


def test_one_step_draws_the_neighbours_and_the_lines_between_all_that_is_drawn(
    small_landscape: Landscape,
) -> None:
    p = drawn(small_landscape, "app:lapor")
    assert ids(p) == {
        "app:lapor",
        "app:sipeduli",
        "agency:dlh-a",
        "agency:kominfo-b",
        "data:aduan",
        "function:pengaduan",
    }
    assert p.nodes[0].id == "app:lapor"
    assert [n.hop for n in p.nodes] == [0, 1, 1, 1, 1, 1]
    lines = {(e.relation, e.source, e.target): e.how for e in p.lines}
    assert lines["INTEGRATES_WITH", "app:sipeduli", "app:lapor"] == "assumed"
    assert lines["USES", "agency:dlh-a", "app:lapor"] == "stated"
    assert lines["PERFORMS", "app:sipeduli", "function:pengaduan"] == "rule"
    assert p.rests == []
    assert p.cut == 0


def test_steps_lead_on_and_every_node_is_as_far_as_the_shortest_way(
    small_landscape: Landscape,
) -> None:
    import networkx as nx

    G = small_landscape.to_networkx([r for r in small_landscape.edges if r != "DERIVED_FROM"])
    far = nx.single_source_shortest_path_length(G.to_undirected(), "app:lapor", cutoff=3)
    p = drawn(small_landscape, "app:lapor", 3)
    assert {n.id: n.hop for n in p.nodes} == far


def test_a_choice_of_types_and_relations_leaves_out_what_is_only_reached_through_others(
    small_landscape: Landscape,
) -> None:
    p = drawn(small_landscape, "app:lapor", 2, types=("Application",))
    assert ids(p) == {"app:lapor", "app:sipeduli"}
    p = drawn(small_landscape, "app:lapor", 2, relations=("READS",))
    assert ids(p) == {"app:lapor", "data:aduan"}
    assert drawn(small_landscape, "app:lapor", types=()).lines == []


def test_opening_a_node_draws_its_neighbours_though_it_is_on_the_outmost_ring(
    small_landscape: Landscape,
) -> None:
    before = drawn(small_landscape, "app:lapor")
    closed = next(n for n in before.nodes if n.id == "app:sipeduli")
    after = drawn(small_landscape, "app:lapor", opened=("app:sipeduli",))
    new = ids(after) - ids(before)
    assert {"finding:f1", "agency:bkd-a"} <= new
    assert closed.hidden == len(new)
    assert next(n for n in after.nodes if n.id == "finding:f1").hop == 2


def test_of_a_hub_the_best_connected_are_drawn_and_the_others_are_counted() -> None:
    L = star(100)
    p = drawn(L, "agency:a")
    assert len(p.nodes) == 1 + network.AT_STEP[0]
    assert [(r.parent, r.n) for r in p.rests] == [("agency:a", 100 - network.AT_STEP[0])]
    assert {"app:097", "app:098", "app:099"} <= ids(p)
    more = drawn(L, "agency:a", opened=("agency:a",))
    assert len(more.nodes) == 1 + network.OPENED


def test_a_picture_has_no_more_nodes_than_can_be_seen() -> None:
    nodes = [("Application", {"id": f"app:{i:03}", "name": str(i)}) for i in range(300)]
    edges = [
        ("CHANNEL_OF", {"source": f"app:{i:03}", "target": f"app:{j:03}"})
        for i in range(20)
        for j in range(i + 1, 300)
    ]
    p = drawn(Landscape.of(nodes, edges), "app:000", 3)
    assert len(p.nodes) == network.MOST_NODES
    assert len(p.lines) + p.cut == sum(
        (f"app:{i:03}" in ids(p)) and (f"app:{j:03}" in ids(p))
        for i in range(20)
        for j in range(i + 1, 300)
    )
    assert len(p.lines) == network.MOST_EDGES


def test_a_stopped_exchange_is_drawn_as_blocked() -> None:
    ends = {"source": "app:a", "target": "app:b", "kind": "declared", "status": "stopped"}
    nodes = [("Application", {"id": f"app:{k}", "name": k}) for k in "ab"]
    p = drawn(Landscape.of(nodes, [("INTEGRATES_WITH", ends)]), "app:a")
    assert [e.how for e in p.lines] == ["blocked"]


def test_the_same_picture_each_time_and_no_node_upon_another(small_landscape: Landscape) -> None:
    p = drawn(small_landscape, "function:pengaduan", 3)
    assert p == drawn(small_landscape, "function:pengaduan", 3)
    at = np.array([(n.x, n.y) for n in p.nodes] + [(r.x, r.y) for r in p.rests])
    away = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(away, 9)
    assert away.min() > 0.95


# ------------------------------------------------------------------ the page
def test_the_page_counts_the_neighbours_and_its_table_holds_every_line() -> None:
    app = run("network", app="app:lapor")
    assert title(app) == "SP4N-LAPOR! terhubung langsung dengan 5 simpul"
    table = app.dataframe[-1].value
    row = table[table["Hubungan"] == "mengirim data ke"].iloc[0]
    assert (row["Dari"], row["Ke"], row["Asal"]) == ("SIPEDULI", "SP4N-LAPOR!", "dugaan")
    assert len(table) == 6


def test_the_chosen_node_is_told_beside_the_picture_with_its_ways_on() -> None:
    app = run("network", app="app:lapor", pilih="app:sipeduli")
    out = html(app)
    assert '<div class="sp-title">SIPEDULI</div>' in out
    assert 'href="profil?app=app%3Asipeduli"' in out
    assert "buka=app%3Asipeduli" in out
    assert "survei.csv › baris 3" in text(app)


def test_a_choice_in_the_address_narrows_the_table() -> None:
    table = run("network", app="app:lapor", hubungan="READS").dataframe[-1].value
    assert list(table["Hubungan"]) == ["membaca"]
    assert not run("network", app="app:lapor", tipe="-").exception


def test_without_a_node_the_page_offers_some_and_an_unknown_one_is_said() -> None:
    assert 'href="jejaring?app=app%3Alapor"' in html(run("network"))
    assert "Tidak ada “app:zzz”" in text(run("network", app="app:zzz"))


def test_the_profile_leads_to_the_network() -> None:
    assert 'href="jejaring?app=app%3Alapor"' in html(run("profile", app="app:lapor"))
