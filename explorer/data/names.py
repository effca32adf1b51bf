"""Names by id, for choices and for what is linked."""

from __future__ import annotations

from explorer.data.core import per_version
from explorer.data.overview import survey
from graph.store.workspace import Version


def region_names() -> dict[str, str]:
    """Lead from the code of each region to its name; the country's whole list."""
    from graph.reference import regions

    return {code: r.name for code, r in sorted(regions().items())}


@per_version
def function_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from a function's id to its name."""
    return {r["id"]: v.landscape.name(r["id"], lang) for r in v.landscape.rows("Function")}


@per_version
def agency_names(v: Version, lang: str) -> dict[str, str]:
    """Lead from a body's id to its name."""
    return {r["id"]: v.landscape.name(r["id"], lang) for r in v.landscape.rows("Agency")}


@per_version
def bodies_by_name(v: Version, lang: str) -> dict[str, str]:
    """Lead from a body's id to its name; the governments first, those of most applications."""
    every = agency_names(lang)
    return {g: every[g] for g, *_ in survey().governments} | every


@per_version
def regulation_names(v: Version) -> dict[str, str]:
    """Lead from a regulation's id, with or without its prefix, to its name."""
    rows = {r["id"]: str(r["name"]) for r in v.landscape.rows("Regulation")}
    return rows | {k.removeprefix("regulation:"): name for k, name in rows.items()}
