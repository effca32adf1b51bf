"""What the network of a node and the map of the landscape ask."""

from __future__ import annotations

from explorer.answers import atlas as atlas_answer
from explorer.answers import network as network_answer
from explorer.answers import profile
from explorer.data.core import per_version
from explorer.data.overview import survey
from graph.store.workspace import Version


@per_version
def adjacency(v: Version) -> network_answer.Adjacency:
    """Give the edges of the version by node."""
    return network_answer.adjacency(v.landscape)


@per_version
def network(
    v: Version,
    focus: str,
    steps: int,
    opened: tuple[str, ...],
    types: tuple[str, ...] | None,
    relations: tuple[str, ...] | None,
    lang: str,
) -> network_answer.Picture:
    """Draw what is around a node; see `answers.network.picture`."""
    return network_answer.picture(
        v.landscape, adjacency(), focus, steps, opened, types, relations, lang
    )


@per_version
def most_connected(v: Version, limit: int, lang: str) -> list[tuple[str, str, str, int]]:
    """List the applications with most relations: (id, type, name, relations)."""
    return network_answer.most_connected(v.landscape, adjacency(), limit, lang)


@per_version
def neighbours(v: Version, id: str, lang: str) -> list[profile.Neighbour]:
    """List the edges of a node, as its profile does."""
    return profile.neighbours(v.landscape, id, lang)


@per_version
def atlas(v: Version) -> atlas_answer.Atlas:
    """Draw the map of the version."""
    return atlas_answer.atlas(survey())
