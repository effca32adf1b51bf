"""A workspace on disk for the pages, written through the store that `simpul` uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.explorer import inventory


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with the landscape written by hand."""
    return inventory.write(tmp_path_factory.mktemp("small") / "workspace").path
