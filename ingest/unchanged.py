"""Sources that are as they were when they were loaded: recognised by content, never by a date.

What reading a source gives follows from the bytes of its files and their names, from its mapping
and what a person said of it, and from the program with its reference data. One hash covers all of
these (a *trace*) and stands beside the load that came of them. A source whose trace is that of the
load it would be held against is not read again: reading would give that very load.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph.errors import Locus
from graph.schema.records import Origin
from graph.store.workspace import Load
from ingest.mapping import SourceMapping
from ingest.readers import Remark
from ingest.readers.limits import MAX_FILE
from ingest.reading import FileRead, Refused, SourceRead, in_region, place_of
from ingest.tasks import Task

ROOT = Path(__file__).parents[1]
PROGRAM = ("graph", "ingest", "reference")
LIBRARIES = (
    "charset-normalizer",
    "defusedxml",
    "openpyxl",
    "python-calamine",
    "PyYAML",
    "rapidfuzz",
)


def program(root: Path = ROOT) -> str:
    """Give a hash of the program that reads: its files, reference data, and libraries.

    About 20 ms. More is in it than reading needs, so that nothing that matters can be left out.
    """
    digest = hashlib.sha256(f"{sys.version} {unicodedata.unidata_version}".encode())
    digest.update(" ".join(version(library) for library in LIBRARIES).encode())
    for folder in PROGRAM:
        for path in sorted((root / folder).rglob("*")):
            if "__pycache__" not in path.parts and path.is_file():
                content = path.read_bytes()
                digest.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


THIS_PROGRAM = program()
"""At import, not at first use: files that are replaced under a running server are not what runs."""


def trace(task: Task) -> str | None:
    """Give a hash of all that reading a source follows from; None if a file cannot be read."""
    try:
        files = [(p.relative_to(task.folder).as_posix(), _content(p)) for p in task.files]
    except OSError:
        return None
    if not all(content for _, content in files):
        return None
    said = (THIS_PROGRAM, task.slug, task.own, task.region, repr(task.mapping), files)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _content(path: Path) -> str | None:
    """Hash a file; None beyond the size that is read at all."""
    if path.stat().st_size > MAX_FILE:
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unchanged(task: Task, now: str | None, old: Load | None) -> SourceRead | None:
    """Give what reading a source would give, if it is the load that it would replace; else None.

    The load must still be whole: a damaged one is found out by reading, as ever.

    Parameters
    ----------
    now
        The trace of the source.
    old
        The load that the next build would take, were it not for this one.

    Returns
    -------
    SourceRead
        Without rows and records, which are in the load, and with the mapping as a later load
        would take it from there; all else as reading gives it.
    """
    if old is None or now is None or old.trace != now or not old.whole:
        return None
    kept = old.meta
    mapping = task.mapping if task.own else SourceMapping.from_dict(kept["mapping"])
    assert mapping is not None
    refused = _refused(old) if any(f["read"] > f["accepted"] for f in kept["files"]) else {}
    files = [
        FileRead(
            f["file"],
            read=f["read"],
            refused=refused.get(f["file"], []),
            ignored=f["ignored_columns"],
            unknown=f["unknown_columns"],
            dropped=Counter(f["personal_dropped"]),
            remarks=[Kept("", Locus(f["file"]), {}, said) for said in f["remarks"]],
        )
        for f in kept["files"]
    ]
    return SourceRead(task.slug, place_of(task), in_region(mapping, task.region), files, old, now)


@dataclass(frozen=True)
class Kept(Remark):
    """A remark in the words in which it was kept; its place is in them, and no longer apart."""

    said: Mapping[str, str]  # by language

    def text(self, lang: str) -> str:
        """Write the remark with its place."""
        return self.said[lang]


def _refused(load: Load) -> dict[str, list[Refused]]:
    found: dict[str, list[Refused]] = {}
    for r in load.rows:
        if r["refused"]:
            column, error = r["refused"]["column"], r["refused"]["error"]
            origin = Origin(load.slug, r["file"], r["sheet"], r["row"], column)
            found.setdefault(r["file"], []).append(Refused(origin, error, r["cells"]))
    return found
