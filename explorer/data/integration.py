"""What the pages on integration and on innovations ask."""

from __future__ import annotations

from explorer.answers import innovations as innovation
from explorer.answers import integration
from explorer.data.core import per_version
from graph.store.workspace import Version


@per_version
def exchanges(v: Version, lang: str) -> list[integration.Exchange]:
    """List every exchange of data."""
    return integration.exchanges(v.landscape, lang)


@per_version
def kinds_of_data(v: Version, lang: str) -> dict[str, str]:
    """Lead from each kind of data that is exchanged to its name."""
    return integration.kinds_of_data(exchanges(lang))


@per_version
def exchanges_of(
    v: Version, lang: str, data: str, system: str, kind: str, status: str
) -> integration.Part:
    """Give the exchanges that a choice leaves, and what they add up to; "" chooses all."""
    return integration.part(exchanges(lang), data, system, kind, status)


@per_version
def innovations(v: Version, lang: str) -> list[innovation.Entry]:
    """List the innovations, the newest first."""
    return innovation.entries(v.landscape, lang)
