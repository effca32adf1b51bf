"""Open every page in a browser, name each by its title: `python -m tests.explorer.offline WS`."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.store.workspace import Workspace
from tests.explorer.browser import chromium, page, ready
from tests.explorer.screens import addresses
from tests.explorer.serving import served


def main() -> None:
    """Print one line per page: its name and its title; end with an error if one does not come."""
    workspace = Workspace(Path(sys.argv[1]))
    with served(workspace.path) as address, chromium() as browser:
        for name, path in addresses(workspace).items():
            tab = page(browser)
            tab.goto(address + path)
            ready(tab)
            sys.stdout.write(f"{name}\t{tab.locator('h1').inner_text()}\n")
            tab.context.close()


if __name__ == "__main__":
    main()
