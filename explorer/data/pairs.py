"""What the page on two applications side by side asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.answers import pair
from explorer.data.core import per_version
from graph.store.workspace import Version

if TYPE_CHECKING:
    from graph.analysis.similar import Likeness


@per_version
def likeness(v: Version) -> Likeness:
    """Give the applications ready to be compared; half a second, and 0.2 ms an application."""
    from graph.analysis.compared import compared

    return compared(v.landscape).likeness


@per_version
def pair_of(v: Version, left: str, right: str, lang: str) -> pair.Pair:
    """Set two applications side by side."""
    return pair.pair(v.landscape, left, right, lang, likeness)


@per_version
def near(v: Version, id: str, lang: str) -> list[pair.Near]:
    """List the applications that probably do the same job as one."""
    return pair.near(v.landscape, id, lang)


@per_version
def similar_count(v: Version) -> int:
    """Count the pairs that the version holds to be similar."""
    return int(v.landscape.edges["SIMILAR_TO"].num_rows)


@per_version
def closest(v: Version, lang: str, limit: int) -> list[tuple[str, str, str, str, float]]:
    """List the most alike pairs: (left, its name, right, its name, probability)."""
    return pair.closest(v.landscape, lang, limit)


@per_version
def application_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from an application's id to its name and government, by name."""
    L = v.landscape
    found = {r["id"]: pair.told_apart(L, r["id"], lang) for r in L.rows("Application")}
    return dict(sorted(found.items(), key=lambda x: (x[1].casefold(), x[0])))
