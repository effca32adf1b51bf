"""Fixtures of several rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.landscape import Landscape
from graph.store.workspace import Workspace
from ingest.run import load
from tests.neo4j_server import empty_neo4j, neo4j_uri

__all__ = ["empty_neo4j", "neo4j_uri"]
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example inventories, loaded once; tests only read it."""
    workspace = Workspace(tmp_path_factory.mktemp("examples") / "workspace")
    load(workspace, [EXAMPLES])
    return workspace


@pytest.fixture(scope="session")
def example_landscape(examples: Workspace) -> Landscape:
    """The landscape of the example inventories."""
    return examples.version().landscape
