"""Questions answered over the examples: what a person would look up by hand."""

from __future__ import annotations

import gc

import pytest

from graph.analysis.similar import LEAST
from graph.errors import AmbiguousNode, UnknownFunction, UnknownNode, UnknownType, WrongType
from graph.landscape import Landscape
from graph.questions import (
    WRITTEN,
    functions,
    lookup,
    redundant,
    resolve_node,
    same,
    search,
    show,
    similar,
)
from graph.questions.pairs import pair
from graph.schema.records import plain


@pytest.mark.parametrize("text", ["SRIKANDI", "srikandi", "Srikandy", "srikandi arsip"])
def test_a_name_is_found_however_it_is_typed(example_landscape: Landscape, text: str) -> None:
    assert search(example_landscape, text)[0]["node"]["id"] == "app:srikandi"


def test_a_word_that_is_nowhere_scores_below_a_name(example_landscape: Landscape) -> None:
    nowhere = search(example_landscape, "zubavoquxitemz")
    assert all(r["score"] < 0.75 for r in nowhere)
    assert search(example_landscape, "") == search(example_landscape, " .!") == []


def test_no_answer_is_cut_below_the_limit() -> None:
    names = [f"Sistem Informasi Kearsipan Dinamis {n}" for n in range(300)]
    apps = [("Application", {"id": f"app:{n}", "name": name}) for n, name in enumerate(names)]
    found = search(Landscape.of(apps, []), "arsip")
    assert {r["matched"] for r in found} == set(names)
    assert len(search(Landscape.of(apps, []), "arsip", limit=7)) == 7


@pytest.mark.parametrize(
    ("typed", "name"),
    [("kepegawian", "Aplikasi kepegawaian/kinerja Kab. Soppeng"), ("arsip", "srikandi.arsip")],
)
def test_a_part_of_a_name_is_enough(example_landscape: Landscape, typed: str, name: str) -> None:
    assert name in {r["matched"] for r in search(example_landscape, typed)}


@pytest.mark.parametrize("nonsense", ["zubavoquxitemz", "qwrtplkj", "xyzxyz"])
def test_nonsense_gives_few_rows(example_landscape: Landscape, nonsense: str) -> None:
    assert len(search(example_landscape, nonsense)) <= 3


def test_names_are_read_once_and_let_go() -> None:
    landscape = Landscape.of([("Application", {"id": "app:x", "name": "SITEST"})], [])
    assert resolve_node(landscape, "si-test") == "app:x"
    assert lookup._spellings(landscape, None) is lookup._spellings(landscape, None)
    key = (id(landscape), None)
    assert key in lookup._kept
    del landscape
    gc.collect()
    assert key not in lookup._kept


def test_search_keeps_to_a_type(example_landscape: Landscape) -> None:
    found = search(example_landscape, "arsip", "Function")
    assert {r["node"]["type"] for r in found} == {"Function"}
    with pytest.raises(UnknownType):
        search(example_landscape, "arsip", "Nothing")


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


def test_what_is_computed_is_what_was_written(example_landscape: Landscape) -> None:
    assert WRITTEN == LEAST
    written = similar(example_landscape)
    computed = similar(example_landscape, least=0.2)
    assert [r for r in computed if r["probability"] >= WRITTEN] == written
    lower = [r["probability"] for r in computed if r["probability"] < WRITTEN]
    assert lower
    assert min(lower) >= 0.2


def test_findings_can_be_narrowed(example_landscape: Landscape) -> None:
    every = redundant(example_landscape)
    for key in ("function", "kind"):
        value = every[0][key]
        narrowed = redundant(example_landscape, **{key: value})
        assert [r["finding"] for r in narrowed] == [r["finding"] for r in every if r[key] == value]
    magetan = redundant(example_landscape, agency="agency:pemda-35-20")
    assert 0 < len(magetan) < len(every)
    with pytest.raises(UnknownFunction) as e:
        redundant(example_landscape, function="PERSURATN")
    assert "PERSURATAN" in e.value.parts("en")["expected"]


def test_a_finding_speaks_both_languages(example_landscape: Landscape) -> None:
    for indonesian, english in zip(
        redundant(example_landscape, "id"), redundant(example_landscape, "en"), strict=True
    ):
        assert indonesian["name"] != english["name"]
        assert [e["kind"] for e in indonesian["evidence"]] == [
            e["kind"] for e in english["evidence"]
        ]


def test_the_words_that_decided_stand_in_the_row(example_landscape: Landscape) -> None:
    """An owner who reads the row must find there what the finding quotes."""
    strange: set[str] = set()
    for row in functions(example_landscape):
        app = example_landscape.node(row["node"]["id"])
        said = plain(" ".join([app["name"], *app["aliases"], app["description"] or ""]))
        quoted = {w for f in row["functions"] for phrase in f["words"] for w in phrase.split()}
        strange |= {w for w in quoted if w not in said.replace(" ", "")}
    assert strange <= {"kabupaten", "provinsi"}  # abbreviations are written out


def test_members_that_may_be_one_are_said_against_the_finding(
    example_landscape: Landscape,
) -> None:
    suggested = [{r["left"]["id"], r["right"]["id"]} for r in same(example_landscape)]
    doubted = 0
    for finding in redundant(example_landscape, "en"):
        members = {m["id"] for m in finding["members"]}
        pairs = [p for p in suggested if p <= members]
        told = [e for e in finding["against"] if "may be one application" in e["text"]]
        assert len(told) == len(pairs)
        doubted += len(told)
    assert doubted


def test_web_and_mobile_of_one_product_are_channels(example_landscape: Landscape) -> None:
    names = {a["id"]: a["name"] for a in example_landscape.rows("Application")}
    told = {
        (names[e["source"]], names[e["target"]]) for e in example_landscape.edge_rows("CHANNEL_OF")
    }
    assert all("mobile" in channel.casefold() for channel, _ in told)
    assert all("mobile" not in product.casefold() for _, product in told)
    joined = [{e["source"], e["target"]} for e in example_landscape.edge_rows("CHANNEL_OF")]
    pairs = [{e["source"], e["target"]} for e in example_landscape.edge_rows("SIMILAR_TO")]
    assert not [j for j in joined if j in pairs]


def test_a_landscape_with_nothing_to_compare_answers_with_nothing() -> None:
    ends = [("Application", {"id": f"app:{k}", "name": k, "mentioned": True}) for k in "ab"]
    L = Landscape.of(ends, [])
    assert similar(L) == []
    assert pair(L, "app:a", "app:b") is None
