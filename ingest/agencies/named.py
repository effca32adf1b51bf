"""The names of bodies that a spelling may mean, and the regions that a text may mean."""

from __future__ import annotations

import re
from functools import cache

from graph import reference
from graph.reference import Region
from ingest.agencies.index import key, regions_called
from ingest.agencies.regions import full_name, regions_named, tokens_of

UNIT = re.compile(r"agency:(?P<unit>.+?)-(?P<region>\d\d(?:-\d\d)?)(?:-(?P<own>.+))?")
LONGEST = 4  # words of a region's name


def name_of(id: str) -> str | None:
    """Name a body of the authority lists, or a regional unit made of them, by its id.

    >>> name_of("agency:dpmd-33-09")
    'Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Boyolali'
    """
    names = _names()
    if id in names:
        return names[id]
    m = UNIT.fullmatch(id)
    region = names.get(f"region:{m['region']}") if m else None
    unit = names.get(f"unit:{m['unit']}") if m else None
    own = (m["own"] or "").replace("-", " ").title() if m else ""
    return " ".join(filter(None, (unit, own, region))) if unit and region else None


@cache
def _names() -> dict[str, str]:
    regions = reference.regions().values()
    return (
        {body.id: body.name for body in reference.agencies().values()}
        | {r.government: f"Pemerintah {full_name(r)}" for r in regions}
        | {f"region:{r.code.replace('.', '-')}": full_name(r) for r in regions}
        | {f"unit:{u.code.casefold()}": u.name for u in reference.unit_types().values()}
    )


def region_hinted(*texts: str) -> str | None:
    """Give the code of the one region that names of files and titles may mean: a guess.

    A region named with its kind ("kab-madiun") goes before a bare name ("wonosobo"), and a
    regency before its province; what several regions bear is no hint.
    """
    for named in (regions_named, _called):
        found = {code for text in texts for code in named(text)}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _called(text: str) -> set[str]:
    """Give the codes of regions whose bare name stands in a text; the longest names first."""
    words = [t.word for t in tokens_of(text)]
    found: list[Region] = []
    at = 0
    while at < len(words):
        for end in range(min(at + LONGEST, len(words)), at, -1):
            if hit := regions_called(key(" ".join(words[at:end]))):
                found += hit
                at = end
                break
        else:
            at += 1
    parents = {r.parent for r in found}
    return {r.code for r in found if r.code not in parents}
