"""Is a source what it is expected to be, and is its name free?"""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph.errors import SlugTaken, TooEmpty, TooFewRows
from graph.store.workspace import Load
from ingest.reading import SourceRead


def check_expectations(source: SourceRead) -> None:
    expect = source.mapping.expect
    accepted = sum(f.accepted for f in source.files)
    least = (expect.get("rows") or [0])[0]
    if accepted < least:
        raise TooFewRows(source.slug, found=accepted, least=least)
    if not accepted:
        return
    for role, share in (expect.get("filled") or {}).items():
        found = _filled(source, role)
        if found is not None and found < share:
            raise TooEmpty(source.slug, role=role, found=round(found, 2), least=share)


def _filled(source: SourceRead, role: str) -> float | None:
    """Give the share of accepted rows that have a role filled, over sheets that know it."""
    have = total = 0
    for part in source.mapping.files:
        headings = [h for h, r in part.columns.items() if r == role]
        if part.kind == "websites" or not headings:
            continue
        for file in source.files:
            for row in file.rows:
                if row["refused"] or (part.reader.sheet or row["sheet"]) != row["sheet"]:
                    continue
                cells = json.loads(row["cells"])
                total += 1
                have += any(cells.get(h) for h in headings)
    return have / total if total else None


def check_place(source: SourceRead, before: Mapping[str, Load], *, named: bool) -> None:
    old = before.get(source.slug)
    if source.slug == "reference":
        raise SlugTaken(source.slug, slug=source.slug, file="reference/")
    if old and not named and old.meta["place"] != source.place:
        file = old.meta["files"][0]["file"]
        raise SlugTaken(source.files[0].name, slug=source.slug, file=file)
