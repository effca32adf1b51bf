"""Questions answered over the examples: what a person would look up by hand."""

from __future__ import annotations

import pytest

from graph.errors import AmbiguousNode, UnknownNode, WrongType
from graph.landscape import Landscape
from graph.questions import functions, redundant, resolve_node, same, search, show, similar


@pytest.mark.parametrize("text", ["SRIKANDI", "srikandi", "Srikandy", "srikandi arsip"])
def test_a_name_is_found_however_it_is_typed(example_landscape: Landscape, text: str) -> None:
    assert search(example_landscape, text)[0]["node"]["id"] == "app:srikandi"


def test_a_word_that_is_nowhere_scores_below_a_name(example_landscape: Landscape) -> None:
    nowhere = search(example_landscape, "zubavoquxitemz")
    assert all(r["score"] < 0.75 for r in nowhere)
    assert search(example_landscape, "") == search(example_landscape, " .!") == []


def test_search_keeps_to_a_type(example_landscape: Landscape) -> None:
    found = search(example_landscape, "arsip", "Function")
    assert {r["node"]["type"] for r in found} == {"Function"}


def test_a_name_that_several_bear_is_a_question(example_landscape: Landscape) -> None:
    with pytest.raises(AmbiguousNode) as e:
        resolve_node(example_landscape, "e-Office")
    assert e.value.parts("en")["expected"].count("app:e-office") >= 2


def test_the_nearest_are_named(example_landscape: Landscape) -> None:
    with pytest.raises(UnknownNode) as e:
        resolve_node(example_landscape, "srikandii")
    assert "app:srikandi" in e.value.parts("en")["expected"]
    with pytest.raises(WrongType):
        resolve_node(example_landscape, "app:srikandi", "Agency")


def test_a_profile_shows_only_what_somebody_said(example_landscape: Landscape) -> None:
    profile = show(example_landscape, "app:srikandi")
    assert all(p["origins"] for p in profile["properties"])
    named = {p["name"]: p["value"] for p in profile["properties"]}
    assert (named["name"], named["scope_inferred"]) == ("SRIKANDI", "general")
    assert "platform" not in named
    assert len([e for e in profile["edges"] if e["type"] == "USES"]) == 10
    assert {o["source"] for o in profile["records"]} == {"reference", "kab-madiun"}


def test_functions_come_with_the_words_that_decided(example_landscape: Landscape) -> None:
    [row] = functions(example_landscape, ["app:srikandi"])
    assert {f["code"] for f in row["functions"]} >= {"PERSURATAN"}
    assert all(f["words"] for f in row["functions"])
    assert not row["abstained"]


def test_merged_spellings_are_listed_on_request(example_landscape: Landscape) -> None:
    open_ = same(example_landscape)
    all_ = same(example_landscape, all=True)
    assert {r["decision"] for r in open_} == {"suggested"}
    merged = [r for r in all_ if r["decision"] == "merged"]
    assert all(r["left"]["id"] == r["right"]["id"] for r in merged)
    assert all(r["left"]["name"] != r["right"]["name"] for r in merged)
    assert all(r["reasons"] for r in all_)


def test_similar_pairs_are_sorted_and_can_be_cut(example_landscape: Landscape) -> None:
    pairs = similar(example_landscape, least=0.9)
    chances = [r["probability"] for r in pairs]
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= 0.9
    one = pairs[0]["left"]["id"]
    ends = [{r["left"]["id"], r["right"]["id"]} for r in similar(example_landscape, one)]
    assert ends
    assert all(one in e for e in ends)


def test_findings_can_be_narrowed(example_landscape: Landscape) -> None:
    every = redundant(example_landscape)
    for key in ("function", "kind"):
        value = every[0][key]
        narrowed = redundant(example_landscape, **{key: value})
        assert [r["finding"] for r in narrowed] == [r["finding"] for r in every if r[key] == value]
    magetan = redundant(example_landscape, agency="agency:pemda-35-20")
    assert 0 < len(magetan) < len(every)


def test_a_finding_speaks_both_languages(example_landscape: Landscape) -> None:
    for indonesian, english in zip(
        redundant(example_landscape, "id"), redundant(example_landscape, "en"), strict=True
    ):
        assert indonesian["name"] != english["name"]
        assert [e["kind"] for e in indonesian["evidence"]] == [
            e["kind"] for e in english["evidence"]
        ]
