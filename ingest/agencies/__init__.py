"""Which agency a spelling means, at which date.

Read off the authority lists: central bodies with their periods, regions, and kinds of regional
unit.  A unit is a kind of unit *of* a government, so `Dinas Kesehatan` alone is no agency.
What is not certain is not guessed: the spelling stays, as a question for a person.
"""

from __future__ import annotations

from functools import lru_cache

from graph import reference
from graph.schema.codes import AgencyKind
from graph.schema.nodes import Agency
from graph.schema.records import Reference
from ingest.agencies.index import key, regions_called
from ingest.agencies.match import Match
from ingest.agencies.regions import regions_in, regions_named, tokens_of
from ingest.agencies.spelling import Reading
from ingest.agencies.words import LONGEST_NAME, is_class, is_too_long

__all__ = ["Agencies", "Match", "is_class", "key", "regions_named"]


class Agencies:
    """The authority lists, as they stood when the source was made.

    Parameters
    ----------
    as_of
        Date of the source: year, month or day; None for today's bodies.
    region
        Code of the region the source is about; a text that names a region comes first.
    """

    def __init__(self, as_of: str | None = None, region: str | None = None) -> None:
        self.as_of, self.default = as_of, region

    def find(self, text: str, region: str | None = None) -> Match:
        """Tell which agency a spelling means.

        Parameters
        ----------
        text
            The name as a source writes it.
        region
            Code of the region that is meant where the text names none; else the source's.

        Notes
        -----
        A spelling met before costs one look-up; a new one some 100 µs.  A text of more than 200
        characters or 25 words names no body: it is not read, and its beginning becomes a question.
        """
        if is_too_long(text):
            return _unread(text)
        return _match(text, region or self.default, self.as_of)

    def region(self, code: str | None, name: str | None) -> str | None:
        """Give the code of a region from its code or its name; None if neither is known."""
        if code and code.strip() in reference.regions():
            return code.strip()
        name = "" if is_too_long(name or "") else name
        found = regions_in(tokens_of(name or ""))[0] or regions_called(key(name or ""))
        return found[0].code if len(found) == 1 else None

    def government(self, region: str) -> str:
        """Give the id of a region's government."""
        return reference.regions()[region].government


@lru_cache(maxsize=1 << 16)
def _match(text: str, region: str | None, as_of: str | None) -> Match:
    """Read a spelling once for all sources: those of one region name the same bodies."""
    return Reading(text, region, as_of).match()


def _unread(text: str) -> Match:
    """Make the question of a text too long for a name; only its beginning is kept."""
    name = " ".join(text[:LONGEST_NAME].split()) + "…"
    entity = Agency(id=str(Reference("agency", "", name)), name=name, kind=AgencyKind.UNKNOWN)
    return Match(entity.id, entity, False, "unknown")
