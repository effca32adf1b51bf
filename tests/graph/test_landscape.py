"""A Landscape holds what it was given, compares, and shows itself to networkx."""

from __future__ import annotations

from typing import Any

import pytest

from graph.landscape import Evidence, Landscape, difference, evidence_row
from graph.schema.records import Origin

Rows = list[tuple[str, dict[str, Any]]]
NODES: Rows = [
    ("Application", {"id": "app:b", "name": "Beta", "aliases": ("B", "be")}),
    ("Application", {"id": "app:a", "name": "Alfa", "status": None}),
    ("Agency", {"id": "agency:x", "name": "Dinas X"}),
]
EDGES: Rows = [
    ("USES", {"source": "agency:x", "target": "app:a"}),
    ("SIMILAR_TO", {"source": "app:a", "target": "app:b", "probability": 0.75}),
]
ORIGIN = Origin("s", "f.csv", None, 2, "Nama")


def landscape(nodes: Rows = NODES, edges: Rows = EDGES, as_of: str | None = "2025") -> Landscape:
    texts = {"text_id": "sama", "text_en": "same"}
    evidence = [evidence_row("x", "for", "text", texts, value=1.5, origins=[ORIGIN])]
    return Landscape.of(nodes, edges, [("app:a", "name", ORIGIN)], evidence, as_of)


def test_the_order_of_rows_does_not_matter() -> None:
    assert landscape().sha256 == landscape(NODES[::-1], EDGES[::-1]).sha256


@pytest.mark.parametrize(
    "other",
    [
        landscape(NODES[:2]),
        landscape(edges=EDGES[:1]),
        landscape(as_of="2026"),
        landscape([*NODES[:1], ("Application", {"id": "app:a", "name": "alfa"}), NODES[2]]),
    ],
)
def test_other_content_has_another_hash(other: Landscape) -> None:
    assert other.sha256 != landscape().sha256


def test_missing_properties_take_the_declared_default() -> None:
    alfa, beta = landscape().rows("Application")
    assert (alfa["status"], alfa["kind"], alfa["website"]) == ("unknown", "system", False)
    assert (alfa["aliases"], beta["aliases"]) == ([], ["B", "be"])
    assert alfa["address"] is None


def test_edges_are_found_from_both_ends() -> None:
    graph = landscape()
    assert [(r, d) for r, d, _ in graph.edges_of("app:a")] == [
        ("USES", "in"),
        ("SIMILAR_TO", "out"),
    ]
    assert graph.sources("app:a", "USES") == ["agency:x"]
    assert graph.targets("app:a", "SIMILAR_TO") == ["app:b"]


def test_facts_lead_back_to_their_cells() -> None:
    graph = landscape()
    assert graph.origins_of("app:a", "name") == [ORIGIN]
    assert graph.origins_of("app:a") == []
    [row] = graph.evidence_of("x", "for")
    assert (row["value"], row["origins"]) == (1.5, [ORIGIN])


def test_an_origin_that_is_told_twice_counts_once() -> None:
    facts = [("app:a", "name", ORIGIN), ("app:a", None, ORIGIN), ("app:a", "name", ORIGIN)]
    graph = Landscape.of(NODES, EDGES, facts)
    assert graph.origins.column("property").to_pylist() == ["name", None]


def test_an_index_answers_as_the_search_does(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"app:{n}" for n in range(40)]
    facts = [
        (id, prop, Origin("s", "f.csv", None, row, prop))
        for n, id in enumerate(ids)
        for prop in (None, "name", "description")[: n % 4]
        for row in range(n % 3)
    ]
    edges = [("USES", {"source": "agency:x", "target": id}) for id in ids]
    edges += [("SIMILAR_TO", {"source": a, "target": b}) for a in ids[:9] for b in ids[10:20:3]]
    answers = []
    for often in (0, 1_000_000):  # never an index, always one
        monkeypatch.setattr("graph.landscape.OFTEN", often)
        graph = Landscape.of([], edges, facts)
        asked = [*ids, "agency:x", "app:none", ""]
        answers.append(
            [(graph.origins_of(i, p), graph.edges_of(i)) for i in asked for p in (None, "name")]
        )
    assert answers[0] == answers[1]
    assert len({str(a) for a in answers[0]}) > 40


def test_a_difference_names_what_changed() -> None:
    after = landscape(
        [
            ("Application", {"id": "app:a", "name": "Alfa baru"}),
            ("Application", {"id": "app:c", "name": "Gama"}),
            NODES[2],
        ],
        EDGES[:1],
    )
    assert list(difference(landscape(), after)) == [
        ("changed", "app:a", "name", "Alfa", "Alfa baru"),
        ("removed", "app:b", None, "Beta", None),
        ("added", "app:c", None, None, "Gama"),
        ("changed", "app:a", "SIMILAR_TO", "app:b", None),
    ]
    assert list(difference(landscape(), landscape())) == []


def test_a_difference_sees_the_properties_of_edges() -> None:
    likelier = [EDGES[0], ("SIMILAR_TO", EDGES[1][1] | {"probability": 0.9})]
    assert list(difference(landscape(), landscape(edges=likelier))) == [
        ("changed", "app:a", "SIMILAR_TO.probability", 0.75, 0.9)
    ]


def test_a_generated_source_makes_the_landscape_generated() -> None:
    source: Rows = [("Source", {"id": "source:s", "name": "s", "generated": True})]
    assert landscape([*NODES, *source]).generated
    assert not landscape().generated


def test_a_name_in_english_is_shown_in_english() -> None:
    body: Rows = [("Agency", {"id": "agency:y", "name": "Badan Y", "name_en": "Agency Y"})]
    graph = landscape([*NODES, *body])
    assert [graph.name("agency:y", lang) for lang in ("id", "en")] == ["Badan Y", "Agency Y"]
    assert graph.name("agency:x", "en") == "Dinas X"


def test_networkx_sees_nodes_with_their_type_and_edges_with_their_relation() -> None:
    graph = landscape().to_networkx()
    assert graph.nodes["app:a"]["type"] == "Application"
    assert {d["relation"] for _, _, d in graph.edges(data=True)} == {"USES", "SIMILAR_TO"}
    assert landscape().to_networkx(["USES"]).number_of_edges() == 1


def test_a_node_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        landscape().node("app:none")
    assert "app:none" not in landscape()


def test_a_landscape_grows_into_what_it_would_have_been_at_once() -> None:
    later = [("Application", {"id": "app:0", "name": "Nol"}), *NODES[1:]]
    grown = Landscape.of(NODES[:1], EDGES[:1]).merged(
        later, EDGES[1:], {"app:b": {"status": "active"}}
    )
    first = ("Application", NODES[0][1] | {"status": "active"})
    assert grown.tables == Landscape.of([first, *later], EDGES).tables


def test_what_is_taken_out_takes_its_edges_along() -> None:
    graph = Landscape.of(NODES, EDGES)
    assert {relation for relation, _ in graph.touching(["app:b"])} == {"SIMILAR_TO"}
    left = graph.without(["app:b"])
    assert left.ids("Application") == {"app:a"}
    assert left.counts()[1] == {"USES": 1}
    assert (graph.values("name"), left.values("name")) == (
        {"Alfa", "Beta", "Dinas X"},
        {"Alfa", "Dinas X"},
    )


def test_evidence_keeps_its_order_however_much_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.landscape.PACKED", 3)
    rows = [evidence_row(f"x{n % 2}", "for", str(n), {"text_id": "a"}) for n in range(8)]
    found = Evidence(rows)
    assert [e["kind"] for e in found] == [str(n) for n in range(8)]
    assert found.table().column("kind").to_pylist() == [*"0246", *"1357"]
    assert found.table(without=["x0"]).column("kind").to_pylist() == [*"1357"]
