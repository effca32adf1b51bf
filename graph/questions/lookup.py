"""Find a node by what people call it."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from graph.errors import AmbiguousNode, UnknownNode, WrongType
from graph.landscape import Landscape
from graph.schema import NODE_TYPES
from graph.schema.records import plain

LEAST = 45.0
SHOWN = 50


def names_of(row: dict[str, Any]) -> list[str]:
    """Give the names of a node: the shown one first, then the others, then the English one."""
    others = [*(row.get("aliases") or ()), row.get("name_en")]
    return [row["name"], *(n for n in others if n)]


def search(
    landscape: Landscape, text: str, type: str | None = None, *, limit: int = SHOWN
) -> list[dict[str, Any]]:
    """Find nodes by name: exact, by words, and with letters changed over.

    Parameters
    ----------
    type
        Only nodes of this type.

    Returns
    -------
    list
        Rows of `node`, `score` (0 to 1; 1 is the whole name) and `matched` (the name that
        matched), the best first. O(n) in names, about 20 ms at 30,000.
    """
    if type is not None and type not in NODE_TYPES:
        raise WrongType(type, name=type, type="?", expected=", ".join(NODE_TYPES))
    wanted = plain(text)
    if not wanted:
        return []
    ids, spelled, shown = _spellings(landscape, type)
    best: dict[str, tuple[float, str]] = {}
    found = process.extract(
        wanted, spelled, scorer=fuzz.WRatio, processor=None, limit=limit * 6, score_cutoff=LEAST
    )
    for spelling, rough, at in found:
        score = _score(wanted, spelling, rough)
        if score > best.get(ids[at], (0.0, ""))[0]:
            best[ids[at]] = (score, shown[at])
    for at, id in enumerate(ids):  # an id typed in full is found too
        if id == text.strip():
            best[id] = (1.0, shown[at])
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        {"node": landscape.brief(id), "score": round(score, 4), "matched": matched}
        for id, (score, matched) in ordered
    ]


def _score(wanted: str, spelling: str, rough: float) -> float:
    """The whole name is 1; all the words are nearly; else how much of the letters agree."""
    if wanted == spelling or wanted.replace(" ", "") == spelling.replace(" ", ""):
        return 1.0
    if f" {wanted} " in f" {spelling} ":
        return 0.95
    letters = max(fuzz.ratio(wanted, spelling), fuzz.token_sort_ratio(wanted, spelling))
    return min(0.9, (0.75 * letters + 0.25 * min(rough, 90.0)) / 100)


def _spellings(landscape: Landscape, type: str | None) -> tuple[list[str], list[str], list[str]]:
    ids, spelled, shown = [], [], []
    for kind in [type] if type else NODE_TYPES:
        for row in landscape.rows(kind):
            for name in dict.fromkeys(names_of(row)):
                ids.append(row["id"])
                spelled.append(plain(name))
                shown.append(name)
    return ids, spelled, shown


def resolve_node(landscape: Landscape, name: str, type: str | None = None) -> str:
    """Give the id of the node that an id or a name means.

    Raises
    ------
    UnknownNode, AmbiguousNode
        With the nearest ids.
    WrongType
        If the id is of another type than `type`.
    """
    name = name.strip()
    if name in landscape:
        found = landscape.type_of(name)
        if type is not None and found != type:
            raise WrongType(name, name=name, type=found, expected=type)
        return name
    near = search(landscape, name, type, limit=5)
    whole = [r["node"]["id"] for r in near if r["score"] == 1.0]
    if len(whole) == 1:
        return str(whole[0])
    nearest = ", ".join(f"{r['node']['id']} ({r['node']['name']})" for r in near) or "–"
    if whole:
        raise AmbiguousNode(name, name=name, count=len(whole), nearest=nearest)
    raise UnknownNode(name, name=name, nearest=nearest)
