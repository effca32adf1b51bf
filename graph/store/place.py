"""Settings: each declared once, read in `main`, passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What can be set from outside; the environment variable is SIMPUL_ and the name in capitals.

    Parameters
    ----------
    workspace
        The folder of sources, decisions and versions.
    lang
        The language of answers, id or en.
    neo4j_uri, neo4j_user, neo4j_password
        The server that `publish neo4j` writes to.
    """

    workspace: Path = Path("workspace")
    lang: str = "id"
    neo4j_uri: str = "bolt://localhost:7687"
    neo4j_user: str = "neo4j"
    neo4j_password: str = ""


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; an empty one is not set."""
    found: dict[str, str | Path] = {}
    for f in fields(Settings):
        value = environment.get(f"SIMPUL_{f.name.upper()}")
        if value:
            found[f.name] = Path(value) if f.name == "workspace" else value
    return Settings(**found)  # type: ignore[arg-type]
