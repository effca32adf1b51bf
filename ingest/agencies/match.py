"""What a spelling was found to mean."""

from typing import NamedTuple

from graph.schema.nodes import Agency


class Match(NamedTuple):
    """Which agency a spelling means.

    Parameters
    ----------
    id
        Id of the agency, or a reference if it is not known; None for a class of bodies.
    entity
        What the spelling itself says of the agency; None where reference data says it all.
    sure
        False: a question for a person.
    how
        central, central-unit, government, region-name (a region's name alone), unit, class; or
        why not: ambiguous, no-region, unknown.
    candidates
        Ids that may be meant, the best first, where it is not sure.
    """

    id: str | None
    entity: Agency | None
    sure: bool
    how: str
    candidates: tuple[str, ...] = ()
