"""A class of consumers stays a class: it is nobody's duplicate, rival or supposed partner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.landscape import Landscape
from ingest.row import stands_for_many

NEVER = ("SAME_AS", "SIMILAR_TO", "MEMBER_OF", "CHANNEL_OF", "PERFORMS", "SUPPORTS")


def test_a_class_has_declared_exchanges_and_nothing_that_is_found(
    example_landscape: Landscape,
) -> None:
    classes = {a["id"] for a in example_landscape.rows("Application") if a["kind"] == "class"}
    assert len(classes) > 20
    for relation in NEVER:
        ends = {e[x] for e in example_landscape.edge_rows(relation) for x in ("source", "target")}
        assert not classes & ends, relation
    exchanges = example_landscape.edge_rows("INTEGRATES_WITH")
    said = [e for e in exchanges if classes & {e["source"], e["target"]}]
    assert len(said) > 20
    assert {e["direction"] for e in said} == {None}  # by rows of a list, not by rules of ours


@given(
    st.integers(min_value=2, max_value=99_999),
    st.sampled_from(("lembaga pengguna", "perusahaan", "puskesmas", "desa")),
)
def test_a_count_of_consumers_is_a_class(count: int, what: str) -> None:
    assert stands_for_many(f"{count:,} {what}".replace(",", "."))
