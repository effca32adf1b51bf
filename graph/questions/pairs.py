"""Pairs: records of one application, and applications that do one job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.landscape import Landscape

if TYPE_CHECKING:
    from graph.analysis.similar import Likeness
    from graph.analysis.similar import Pair as Weighed

WRITTEN = 0.5  # the probability from which the build writes a pair
Pair = tuple[str, str, float, Callable[[], list[dict[str, Any]]]]


def same(landscape: Landscape, lang: str = "id", *, all: bool = False) -> list[dict[str, Any]]:
    """Give pairs that may be, or were found to be, one application.

    Parameters
    ----------
    all
        Also what rules merged and what people judged; else open suggestions only.

    Returns
    -------
    list
        Suggestions first, the surest first. Both sides of a merged pair bear the id of the one
        node, each its own spelling.
    """
    rows = [_suggested(landscape, e, lang) for e in landscape.edge_rows("SAME_AS")]
    rows.sort(key=lambda r: (-r["score"], r["left"]["id"], r["right"]["id"]))
    if all:
        for side in ("merged", "judged"):
            rows += _settled(landscape, side, lang)
    return rows


def _suggested(landscape: Landscape, edge: dict[str, Any], lang: str) -> dict[str, Any]:
    said = landscape.evidence_of(edge["id"])
    texts = {
        side: [e[f"text_{lang}"] for e in said if e["side"] == side] for side in ("for", "against")
    }
    runner_up = [e["facts"]["id"] for e in said if e["side"] == "runner_up"]
    return {
        "left": landscape.brief(edge["source"]),
        "right": landscape.brief(edge["target"]),
        "score": edge["probability"],
        "decision": "suggested",
        "by": "score",
        "reasons": texts["for"],
        "against": texts["against"],
        "runner_up": landscape.brief(runner_up[0]) if runner_up else None,
    }


def _settled(landscape: Landscape, side: str, lang: str) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for app in landscape.rows("Application"):
        for e in landscape.evidence_of(app["id"], side):
            facts = e["facts"]
            brief = landscape.brief(app["id"])
            if side == "merged":
                left: Any = (brief or {}) | {"name": facts["left"]}
                right: Any = (brief or {}) | {"name": facts["right"]}
            else:
                left, right = brief, landscape.brief(facts["right"])
            by_rule = str(facts["by"]).startswith("rule:")
            row = found.setdefault(
                (app["id"], facts["right"]),
                {
                    "left": left,
                    "right": right,
                    "score": facts.get("score"),
                    "decision": "merged" if by_rule else "judged",
                    "by": facts["by"],
                    "reasons": [],
                    "against": [],
                    "runner_up": None,
                },
            )
            row["reasons"].append(e[f"text_{lang}"])
    return list(found.values())


def similar(
    landscape: Landscape, id: str | None = None, lang: str = "id", *, least: float = WRITTEN
) -> list[dict[str, Any]]:
    """Give pairs that probably do the same job, the surest first, with the parts that add up.

    Parameters
    ----------
    id
        Only pairs with this application.
    least
        The lowest probability. From `WRITTEN` on, what the build wrote is read; below, the
        applications are compared anew, which takes some seconds per 10,000.
    """
    found = _written(landscape) if least >= WRITTEN else _computed(landscape, least)
    rows = [
        _row(landscape, pair, lang)
        for pair in found
        if pair[2] >= least and (id is None or id in pair[:2])
    ]
    return sorted(rows, key=lambda r: (-r["probability"], r["left"]["id"], r["right"]["id"]))


def pair(
    landscape: Landscape,
    left: str,
    right: str,
    lang: str = "id",
    likeness: Callable[[], Likeness] | None = None,
) -> dict[str, Any] | None:
    """Give one pair as `similar` does, with `written`: read from the version, or weighed anew.

    None if one of the two is not compared: a website, a class, or only mentioned.

    Parameters
    ----------
    likeness
        Gives the applications ready to be compared; made anew if None (see `compared`).
    """
    ends = {left, right}
    for relation, _, e in landscape.edges_of(left):
        if relation == "SIMILAR_TO" and {e["source"], e["target"]} == ends:
            return _row(landscape, _read(landscape, e), lang) | {"written": True}
    known = likeness() if likeness else _likeness(landscape)
    if left == right or not ends <= known.place.keys():
        return None
    return _row(landscape, _weighed(known.pair(left, right)), lang) | {"written": False}


def _row(landscape: Landscape, pair: Pair, lang: str) -> dict[str, Any]:
    left, right, probability, parts = pair
    return {
        "left": landscape.brief(left),
        "right": landscape.brief(right),
        "probability": probability,
        "bits": [
            {"kind": part["kind"], "text": part[f"text_{lang}"], "value": part["value"]}
            for part in parts()
        ],
    }


def _written(landscape: Landscape) -> Iterator[Pair]:
    return (_read(landscape, e) for e in landscape.edge_rows("SIMILAR_TO"))


def _read(landscape: Landscape, edge: dict[str, Any]) -> Pair:
    parts = partial(landscape.evidence_of, edge["id"], "for")
    return edge["source"], edge["target"], edge["probability"], parts


def _computed(landscape: Landscape, least: float) -> Iterator[Pair]:
    return map(_weighed, _likeness(landscape).pairs(least))


def _likeness(landscape: Landscape) -> Likeness:
    from graph.analysis.compared import compared  # its libraries take a second

    return compared(landscape).likeness


def _weighed(pair: Weighed) -> Pair:
    from graph.analysis.compared import part_texts

    def said() -> list[dict[str, Any]]:
        return [{"kind": p.kind, "value": p.bits} | part_texts(p) for p in pair.parts]

    return pair.left, pair.right, pair.probability, said
