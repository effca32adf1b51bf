"""What the map page shows: every application inside its government, inside its level.

The layout is fixed: the same landscape gives the same map, and what is chosen only recolours it.
Columns, not rows: thirty thousand applications travel as a few lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.answers.landscape import Survey, short
from explorer.answers.layouts import Floats, enclosing, lattice, pack
from graph.schema.codes import Lifecycle

WHOLE = 10_000  # radius of the map in its own units; coordinates are whole numbers
RIM = 1.6  # of a government around its applications, in radii of an application
CAPTION = 0.07  # of a level's radius, kept free for its caption
LEVELS = ("central", "province", "regency", "city", "government", "enterprise", "other", "unknown")
# six families of groups: a colour each; the groups themselves are too many to be told apart
FAMILIES = {
    "govern": ("KANTOR", "SDM", "REN", "KEU", "HUKUM", "TIK"),
    "serve": ("LAYANAN", "WILAYAH"),
    "people": ("SOSIAL", "KESEHATAN", "PENDIDIKAN"),
    "economy": ("EKONOMI", "ALAM", "BUDAYA"),
    "works": ("PERHUBUNGAN", "INFRA"),
    "emergency": ("DARURAT",),
}
UNKNOWN = "unknown"
FAMILY_OF = {f"G_{g}": family for family, groups in FAMILIES.items() for g in groups}
STANDINGS = ("indicated", "accepted", "none")  # of an application in findings not rejected
CODES = {
    "fungsi": (*FAMILIES, UNKNOWN),
    "tingkat": LEVELS,
    "status": tuple(str(s) for s in Lifecycle),
    "temuan": STANDINGS,
}


@dataclass(frozen=True)
class Circles:
    """Governments or levels as drawn."""

    id: list[str]  # `UNKNOWN` where the government is not known
    name: list[str]
    n: list[int]  # applications inside
    x: list[int]
    y: list[int]
    r: list[int]


@dataclass(frozen=True)
class Atlas:
    """The map, as columns; the applications of a government stand together."""

    id: list[str]
    name: list[str]
    function: list[str | None]
    government: list[int]  # into `governments`
    x: list[int]
    y: list[int]
    radius: int
    codes: dict[str, list[int]]  # way of colouring → number in CODES of each application
    governments: Circles
    levels: Circles  # ids are those of LEVELS
    level_of: list[int]  # of each government, into `levels`


def atlas(s: Survey) -> Atlas:
    """Draw the map of a version: O(n log n), 0.5 s for 30,000 applications of 720 governments."""
    inside = _inside(s)
    families = {a: _family(s, a) for a in s.applications}
    states = _standings(s)
    order = {k: i for i, k in enumerate(CODES["fungsi"])}
    patches, governments = [], sorted(inside, key=lambda g: (-len(inside[g]), g))
    for g in governments:
        inside[g].sort(key=lambda a: (order[families[a]], s.function_of.get(a) or "", a))
        patches.append(lattice(len(inside[g])))
    radii = np.array([np.hypot(*p.T).max() + RIM + 1 for p in patches])
    levels = _levels(s, governments)
    kinds = [k for k in LEVELS if k in levels.values()]
    at, circles = _nested(kinds, [kinds.index(levels[g]) for g in governments], radii)
    scale = WHOLE / circles[-1][1]
    middle = circles[-1][0]
    apps = [a for g in governments for a in inside[g]]
    places = [p + at[i] - middle for i, p in enumerate(patches)]
    xy = np.rint(np.concatenate(places or [np.zeros((0, 2))]) * scale).astype(int)
    x, y = xy.T.tolist()
    home = [i for i, g in enumerate(governments) for _ in inside[g]]
    level_of = [kinds.index(levels[g]) for g in governments]
    sizes = Counter(level_of[i] for i in home)
    rounds = (at - middle) * scale
    rings = np.array([c - middle for c, _ in circles[:-1]]).reshape(-1, 2) * scale
    return Atlas(
        apps,
        [str(s.applications[a]["name"]) for a in apps],
        [s.function_of.get(a) for a in apps],
        home,
        x,
        y,
        max(1, int(scale)),
        {
            "fungsi": [order[families[a]] for a in apps],
            "tingkat": [LEVELS.index(kinds[level_of[i]]) for i in home],
            "status": [CODES["status"].index(s.applications[a]["status"]) for a in apps],
            "temuan": [STANDINGS.index(states.get(a, "none")) for a in apps],
        },
        Circles(
            governments,
            [_short_name(s, g) for g in governments],
            [len(inside[g]) for g in governments],
            *_whole(rounds, radii * scale),
        ),
        Circles(
            kinds,
            kinds,
            [sizes[i] for i in range(len(kinds))],
            *_whole(rings, np.array([r for _, r in circles[:-1]]) * scale),
        ),
        level_of,
    )


def _whole(at: Floats, radii: Floats) -> tuple[list[int], list[int], list[int]]:
    """Round centres, and radii upwards: what was inside stays inside."""
    x, y = np.rint(at).astype(int).T.tolist()
    return x, y, np.ceil(radii).astype(int).tolist()


def _nested(
    kinds: Sequence[str], level: Sequence[int], radii: Floats
) -> tuple[Floats, list[tuple[Floats, float]]]:
    """Pack governments into levels and these into one circle; give centres, and each circle."""
    at = np.zeros((len(radii), 2))
    rings = []
    for k in range(len(kinds)):
        mine = [i for i, of in enumerate(level) if of == k]
        at[mine] = pack(radii[mine] * 1.06)
        middle, radius = enclosing(at[mine], radii[mine])
        at[mine] -= middle
        rings.append(radius * (1 + CAPTION) + 1)
    centres = pack(np.array(rings) * 1.03)
    for i, k in enumerate(level):
        at[i] += centres[k]
    whole = enclosing(centres, np.array(rings))
    return at, [*zip(centres, rings, strict=True), whole]


def _inside(s: Survey) -> dict[str, list[str]]:
    """Government → its applications; those of nobody known under `UNKNOWN`."""
    found: dict[str, list[str]] = {}
    for a, row in s.applications.items():
        found.setdefault(str(row["government"] or UNKNOWN), []).append(a)
    return found


def _family(s: Survey, app: str) -> str:
    return FAMILY_OF.get(s.group(s.function_of.get(app)), UNKNOWN)


def _levels(s: Survey, governments: Sequence[str]) -> dict[str, str]:
    """Government → its level: that of its region where one is known."""
    regions = {r["id"]: str(r["kind"]) for r in s.L.rows("Region") if r["kind"]}
    placed = {e["source"]: regions.get(e["target"]) for e in s.L.edge_rows("LOCATED_IN")}
    found = {}
    for g in governments:
        kind = str(s.agencies[g]["kind"]) if g in s.agencies else UNKNOWN
        found[g] = placed.get(g) or (kind if kind in LEVELS else "other")
    return found


def _short_name(s: Survey, government: str) -> str:
    """Give a name that fits a small circle; "" where nobody is known."""
    return short(s.agencies[government]) if government in s.agencies else ""


def _standings(s: Survey) -> dict[str, str]:
    """Application → how far the furthest finding it is in has come; rejected ones do not count."""
    decisions = {f["id"]: f["decision"] for f in s.L.rows("Finding")}
    found = {}
    for app, inside in s.member_of.items():
        said: set[Any] = {decisions.get(f) for f in inside} - {"reject"}
        if said:
            found[app] = "accepted" if "accept" in said else "indicated"
    return found
