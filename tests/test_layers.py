"""Imports point one way: the table of the style guide, read from the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASE = {"graph.errors", "graph.texts", "graph.schema"}
LANDSCAPE = BASE | {"graph.landscape", "graph.origins"}
ROOMS: dict[str, set[str]] = {
    "graph.texts": set(),
    "graph.errors": {"graph.texts"},
    "graph.schema": {"graph.errors", "graph.texts"},
    "graph.reference": BASE,
    "graph.origins": BASE,
    "graph.landscape": BASE | {"graph.origins"},
    "graph.analysis": LANDSCAPE | {"graph.reference"},
    "graph.exchange": LANDSCAPE,
    "graph.store": LANDSCAPE,
    "graph.questions": LANDSCAPE | {"graph.analysis", "graph.reference"},
    "graph.reports": BASE | {"graph.store"},
    "graph.build": LANDSCAPE | {"graph.analysis", "graph.reference"},
    "ingest.readers": BASE | {"ingest.personal"},
    "ingest.personal": BASE,
    "ingest.row": BASE | {"ingest.agencies"},
    "ingest.agencies": BASE | {"graph.reference"},
    "ingest.mapping": BASE
    | {"ingest.readers", "ingest.agencies", "ingest.row", "ingest.personal", "ingest.sources"},
    "ingest.sources": BASE | {"ingest.row"},
    "ingest": BASE | {"graph.reference", "graph.landscape", "graph.build", "graph.store", "ingest"},
}
GRAPH = {m for m in ROOMS if m.startswith("graph.")}
ROOMS |= {
    "commands": GRAPH | {"ingest"},
    "commands.handing_over": GRAPH | {"ingest", "commands", "explorer.server"},
    "commands.page": GRAPH | {"ingest", "commands", "cli"},
    "cli": {"graph.errors", "graph.texts", "graph.store.place", "commands"},
    "explorer": GRAPH | {"ingest"},
    "app": {"graph.errors", "explorer"},
}
ONLY_IN: dict[str, tuple[str, ...]] = {
    "pyarrow": (
        "graph.landscape",
        "graph.origins",
        "graph.store",
        "graph.exchange",
        "explorer.answers",  # pages of 35,000 applications read columns
    ),
    "rdflib": ("graph.exchange",),
    "pyoxigraph": ("graph.exchange",),
    "kglite": ("graph.store",),
    "neo4j": ("graph.store",),
    "streamlit": ("explorer", "app"),
    "openpyxl": ("ingest.readers",),
    "python_calamine": ("ingest.readers",),
    "sklearn": ("graph.analysis",),
    "graspologic_native": ("graph.analysis",),
    "yaml": ("ingest",),
    "xlsxwriter": ("graph.exchange",),
    "pandas": ("graph.store", "explorer"),
    "networkx": ("graph.landscape", "graph.analysis"),
    "scipy": ("graph.analysis",),
    "uvicorn": ("explorer",),
    "starlette": ("explorer",),
}
HOLDERS = ("graph", "ingest")
MODULES = {
    ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
    for folder in ("graph", "ingest", "explorer", "commands")
    for p in (ROOT / folder).rglob("*.py")
} | {"cli": ROOT / "cli.py", "app": ROOT / "app.py"}


def imported(path: Path) -> set[str]:
    """Give the modules a file imports, names of `from` imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


def room(module: str, rooms: dict[str, set[str]]) -> str | None:
    """Give the innermost room of the table that a module stands in."""
    inside = [r for r in rooms if module == r or module.startswith(f"{r}.")]
    return max(inside, key=len, default=None)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_room_imports_only_what_the_table_allows(module: str) -> None:
    mine = room(module, ROOMS)
    if mine is None:  # only what holds rooms, and nothing itself
        assert module in HOLDERS
        return
    allowed = ROOMS[mine] | {mine}
    ours = {m for m in imported(MODULES[module]) if m in MODULES}
    ours = {m for m in ours if m not in HOLDERS}
    wrong = {m for m in ours if not any(m == a or m.startswith(f"{a}.") for a in allowed)}
    assert not wrong


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_library_is_imported_in_its_room_only(module: str) -> None:
    top = {m.partition(".")[0] for m in imported(MODULES[module])}
    wrong = {
        library
        for library, rooms in ONLY_IN.items()
        if library in top and not any(module == r or module.startswith(f"{r}.") for r in rooms)
    }
    assert not wrong


def test_the_table_names_rooms_that_exist() -> None:
    known = set(MODULES)
    assert {r for r in ROOMS if not any(m == r or m.startswith(f"{r}.") for m in known)} == set()
