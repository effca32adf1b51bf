"""Is a source what it is expected to be, and is its name free?"""

from __future__ import annotations

from collections.abc import Mapping

from graph.build import authority
from graph.errors import Locus, SlugTaken, TooEmpty, TooFewRows
from graph.store.workspace import Load
from ingest import readers
from ingest.reading import SourceRead


def check_expectations(source: SourceRead) -> None:
    """Hold a source against its `expect`: less stops the load, more is remarked upon.

    Raises
    ------
    TooFewRows
        Fewer rows were accepted than expected.
    TooEmpty
        A role is filled in a smaller share of the accepted rows than expected.
    """
    expect = source.mapping.expect
    accepted = sum(f.accepted for f in source.files)
    least, most = (*(expect.get("rows") or ()), None, None)[:2]
    if least is not None and accepted < least:
        raise TooFewRows(source.slug, found=accepted, least=least)
    if most is not None and accepted > most:
        where = Locus(source.files[0].name)
        told = readers.remark("more-than-expected", where, found=str(accepted), most=str(most))
        source.files[0].remarks.append(told)
    for role, share in (expect.get("filled") or {}).items():
        known = sum(f.known[role] for f in source.files)
        filled = sum(f.filled[role] for f in source.files)
        if known and filled / known < share:
            raise TooEmpty(source.slug, role=role, found=round(filled / known, 2), least=share)


def check_place(source: SourceRead, before: Mapping[str, Load], *, named: bool) -> None:
    """Refuse a name that another file holds, unless the person asked for that name.

    Raises
    ------
    SlugTaken
        The source was loaded from another place before.
    """
    old = before.get(source.slug)
    if source.slug == authority.SLUG:
        raise SlugTaken(source.slug, slug=source.slug, file="reference/")
    if old and not named and old.when["place"] != source.place:
        file = old.meta["files"][0]["file"]
        raise SlugTaken(source.files[0].name, slug=source.slug, file=file)
