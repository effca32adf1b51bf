"""Find a node by what people call it."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from graph.errors import AmbiguousNode, UnknownNode, UnknownType, WrongType
from graph.landscape import Landscape
from graph.schema import NODE_TYPES
from graph.schema.records import plain

MOST = 10_000  # rows: below, nothing is cut
ROUGH = 70.0  # of 100: letters in common, from which a name is looked at more closely
LEAST = 0.6  # score from which a name is an answer
PART = 0.85  # what a part of a longer name counts
SHORT = 3  # letters below which a part of a name says nothing
NEAREST = 5


class Spellings(NamedTuple):
    """The names of a landscape, place by place, and at which places a whole name stands."""

    ids: list[str]
    spelled: list[str]
    shown: list[str]
    whole: dict[str, list[int]]  # without spaces


def names_of(row: dict[str, Any]) -> list[str]:
    """Give the names of a node: the shown one first, then the others, then the English one."""
    others = [*(row.get("aliases") or ()), row.get("name_en")]
    return [row["name"], *(n for n in others if n)]


def search(
    landscape: Landscape, text: str, type: str | None = None, *, limit: int = MOST
) -> list[dict[str, Any]]:
    """Find nodes by name: exact, by words, and with letters changed over.

    Parameters
    ----------
    type
        Only nodes of this type.
    limit
        The most rows; ask for one more than you show to learn whether there are more.

    Returns
    -------
    list
        Rows of `node`, `score` (0 to 1; 1 is the whole name) and `matched` (the name that
        matched), the best first.

    Raises
    ------
    UnknownType

    Notes
    -----
    O(n) in names: at 30,000 they are read once in 0.35 s, then an answer takes 50 to 150 ms.
    """
    if type is not None and type not in NODE_TYPES:
        raise UnknownType(type, list(NODE_TYPES), text=text)
    wanted = plain(text)
    if not wanted:
        return []
    names = _spellings(landscape, type)
    best: dict[str, tuple[float, str]] = {}
    for at in _near(wanted, names.spelled):
        score = _score(wanted, names.spelled[at])
        if score >= LEAST and score > best.get(names.ids[at], (0.0, ""))[0]:
            best[names.ids[at]] = (score, names.shown[at])
    for at in reversed(names.whole.get(_solid(wanted), ())):
        best[names.ids[at]] = (1.0, names.shown[at])
    typed = text.strip()  # an id typed in full is found too
    if typed in landscape and type in (None, landscape.type_of(typed)):
        best[typed] = (1.0, landscape.node(typed)["name"])
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return [
        {"node": landscape.brief(id), "score": round(score, 4), "matched": matched}
        for id, (score, matched) in ordered
    ]


def _near(wanted: str, spelled: list[str]) -> set[int]:
    """Give the places of names that have many letters in common, or hold the text."""
    found = process.extract(
        wanted, spelled, scorer=fuzz.WRatio, processor=None, limit=None, score_cutoff=ROUGH
    )
    return {at for *_, at in found} | {at for at, s in enumerate(spelled) if wanted in s}


def _score(wanted: str, spelling: str) -> float:
    """The whole name is 1; all the words are nearly; else how much of the letters agree."""
    if f" {wanted} " in f" {spelling} ":
        return 0.95
    letters = max(fuzz.ratio(wanted, spelling), fuzz.token_sort_ratio(wanted, spelling))
    if SHORT <= len(wanted) < len(spelling):
        letters = max(letters, PART * fuzz.partial_ratio(wanted, spelling))
    return min(0.9, letters / 100)


def _solid(spelling: str) -> str:
    return spelling.replace(" ", "")


_kept: dict[tuple[int, str | None], Spellings] = {}


def _spellings(landscape: Landscape, type: str | None) -> Spellings:
    """Give the names of a type, or of all; kept as long as the landscape lives.

    By identity: a landscape is frozen, and too large to be compared.
    """
    key = (id(landscape), type)
    if key not in _kept:
        _kept[key] = _read(landscape, type)
        weakref.finalize(landscape, _kept.pop, key, None)
    return _kept[key]


def _read(landscape: Landscape, type: str | None) -> Spellings:
    found = Spellings([], [], [], {})
    for kind in [type] if type else NODE_TYPES:
        for row in landscape.rows(kind):
            for name in dict.fromkeys(names_of(row)):
                spelling = plain(name)
                found.whole.setdefault(_solid(spelling), []).append(len(found.ids))
                found.ids.append(row["id"])
                found.spelled.append(spelling)
                found.shown.append(name)
    return found


def resolve_node(landscape: Landscape, name: str, type: str | None = None) -> str:
    """Give the id of the node that an id or a name means.

    Raises
    ------
    UnknownNode, AmbiguousNode
        With the nearest ids.
    WrongType
        If the id is of another type than `type`.

    Notes
    -----
    O(1) for an id or a whole name, once the names are read; near names are sought only if
    nothing bears this one.
    """
    name = name.strip()
    if name in landscape:
        found = landscape.type_of(name)
        if type is not None and found != type:
            raise WrongType(name, name=name, type=found, expected=type)
        return name
    names = _spellings(landscape, type)
    solid = _solid(plain(name))
    places = names.whole.get(solid, ()) if solid else ()
    whole = sorted({names.ids[at] for at in places})
    if len(whole) == 1:
        return whole[0]
    if whole:
        raise AmbiguousNode(name, name=name, count=len(whole), nearest=_listed(landscape, whole))
    near = [r["node"]["id"] for r in search(landscape, name, type, limit=NEAREST)]
    raise UnknownNode(name, name=name, nearest=_listed(landscape, near))


def _listed(landscape: Landscape, ids: list[str]) -> str:
    return ", ".join(f"{id} ({landscape.node(id)['name']})" for id in ids[:NEAREST]) or "–"
