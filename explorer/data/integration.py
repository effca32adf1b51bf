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
def innovations(v: Version, lang: str) -> list[innovation.Entry]:
    """List the innovations, the newest first."""
    return innovation.entries(v.landscape, lang)
