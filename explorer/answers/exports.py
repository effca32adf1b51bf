"""Exports as pages offer them: which there are, what they hold, and a file of each.

A file is made on disk and read once when somebody takes it; nothing of it stays in memory here.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, get_args

from explorer.answers.landscape import REFERENCE
from graph.exchange.rdf.export import Format, write
from graph.exchange.selection import Profile, chosen
from graph.exchange.tables import write_csv, write_xlsx
from graph.exchange.written import Written, sha256_of
from graph.landscape import Landscape
from graph.reference import function_groups

ENDINGS = {
    "turtle": "ttl",
    "ntriples": "nt",
    "jsonld": "jsonld",
    "rdfxml": "rdf",
    "xlsx": "xlsx",
    "csv": "zip",
}
MIMES = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
}
FORMATS = tuple(f for f in ENDINGS if f in (*get_args(Format), "xlsx", "csv"))
MOST_RECORDS = 2_000_000  # nodes and edges; a browser is given no larger file
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP; files must not tell when they were made


class Applications(NamedTuple):
    """What the nodes of type Application are; all but `mentioned` add up to their number."""

    shown: int  # counted in the overview
    mentioned: int  # of those, named only in rows about something else
    classes: int
    websites: int
    reference: int  # known from reference data alone


class Amounts(NamedTuple):
    """How many nodes and edges of each kind a choice holds; kinds without any are left out."""

    nodes: dict[str, int]
    edges: dict[str, int]
    applications: Applications
    reference: bool  # whether the reference data is among its sources

    @property
    def total(self) -> int:
        """Nodes and edges together."""
        return sum(self.nodes.values()) + sum(self.edges.values())


class Made(NamedTuple):
    """A file that was made: `records` are triples or rows, `size` is in bytes."""

    path: Path
    sha256: str
    records: int
    size: int


def amounts(L: Landscape, profile: Profile, agency: str | None, shown: Collection[str]) -> Amounts:
    """Count what a choice holds; `shown` are the applications that the overview counts."""
    part = chosen(L, profile, agency)
    reference = any(s == REFERENCE for s in part.nodes["Source"]["slug"].to_pylist())
    return Amounts(*part.counts(), _applications(part, shown), reference)


def _applications(part: Landscape, shown: Collection[str]) -> Applications:
    table = part.nodes["Application"]
    columns = (table[c].to_pylist() for c in ("id", "mentioned", "kind", "website"))
    found: Counter[str] = Counter()
    for id, mentioned, kind, website in zip(*columns, strict=True):
        if id in shown:
            found["shown"] += 1
            found["mentioned"] += bool(mentioned)
        else:
            classes = "classes" if kind == "class" else "reference"
            found["websites" if website else classes] += 1
    return Applications(*(found[f] for f in Applications._fields))


def make(
    L: Landscape, format: str, folder: Path, *, profile: Profile, agency: str | None, lang: str
) -> Made:
    """Write an export as a file in a folder, as `simpul export` writes it.

    Parameters
    ----------
    format
        One of `FORMATS`; `csv` is a folder of files, here in one ZIP.

    Raises
    ------
    CannotWrite, UnknownNode, WrongType
    """
    path = folder / f"{format}.{ENDINGS[format]}"
    choice: dict[str, Any] = {"profile": profile, "agency": agency}
    if format == "csv":
        written = _zipped(L, path, choice)
    elif format == "xlsx":
        written = write_xlsx(L, path, lang=lang, **choice)
    else:
        groups = {g.code: (g.name_id, g.name_en) for g in function_groups().values()}
        written = write(L, path, format=format, groups=groups, **choice)  # type: ignore[arg-type]
    return Made(path, written.sha256 or "", written.records, path.stat().st_size)


def _zipped(L: Landscape, path: Path, choice: Mapping[str, Any]) -> Written:
    """Write the CSV folder into a ZIP that is the same each time."""
    with TemporaryDirectory(dir=path.parent) as folder:
        written = write_csv(L, Path(folder), **choice)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(Path(folder).glob("*.csv")):
                entry = zipfile.ZipInfo(f"simpul/{file.name}", FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with file.open("rb") as source, out.open(entry, "w", force_zip64=True) as target:
                    while block := source.read(1 << 20):
                        target.write(block)
    return Written(path, sha256_of(path), written.records)


def command(format: str, profile: Profile, agency: str | None, lang: str) -> str:
    """Give the command that writes the same."""
    ending = "simpul-csv" if format == "csv" else f"simpul.{ENDINGS[format]}"
    words = ["./simpul", "export", format]
    if profile != "public":
        words += ["--profile", profile]
    if agency:
        words += ["--agency", agency]
    if format == "xlsx" and lang != "id":
        words += ["--lang", lang]
    return " ".join([*words, "-o", ending])
