"""A workspace on disk for the pages, written through the store that `simpul` uses; a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from explorer.data.core import forget
from graph.store.workspace import Workspace
from ingest.run import load
from tests.explorer import inventory
from tests.explorer.serving import ROOT, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with the landscape written by hand."""
    return inventory.write(tmp_path_factory.mktemp("small") / "workspace").path


@pytest.fixture
def kept_apart() -> Iterator[None]:
    """Let no answer of another test be found, and leave none."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    forget()
    st.cache_resource.clear()


@pytest.fixture
def opened(small: Path, kept_apart: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages run on the small landscape."""
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(small))


@pytest.fixture
def workspace(tmp_path: Path, kept_apart: None, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Load a real inventory into a workspace of this test, and let the pages run on it."""
    made = Workspace(tmp_path / "workspace")
    load(made, [ROOT / "examples/kab-madiun"])
    monkeypatch.setenv("SIMPUL_WORKSPACE", str(made.path))
    return made


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    """Serve the small landscape; give the address, which ends in a slash."""
    with served(small) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for the tests of a file."""
    from tests.explorer.browser import chromium

    with chromium() as found:
        yield found
