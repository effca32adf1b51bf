"""What the tests of the exports share."""

import pytest

from graph.landscape import Landscape
from tests.graph.exchange.sample import made


@pytest.fixture(scope="session")
def landscape() -> Landscape:
    """Give the hand-made Landscape: every node type and relation, and strange texts."""
    return made()
