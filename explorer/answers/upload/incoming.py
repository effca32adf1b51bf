"""A file as it comes from a browser: its name without a place, and what is too large."""

from __future__ import annotations

import io
import re
import zipfile

from explorer.answers.upload.model import File
from graph.errors import EmptyFile, Locus, TooLarge, TooManyCells
from ingest.personal import clean_text
from ingest.readers.limits import MAX_COLUMNS
from ingest.readers.records import SUFFIXES
from ingest.tasks import MAPPING, own_slug

MAX_MB = 50
MAX_UNPACKED_MB = 400  # of a workbook: about 6 million cells
MAX_ROWS = 200_000
KINDS = tuple(s for suffixes in SUFFIXES.values() for s in suffixes)
LONGEST_NAME = 120
YEAR = re.compile(r"[\s._(-]*(?<!\d)(?:19|20)\d\d(?!\d)[)]*")


def safe_name(name: str) -> str:
    """Give the name of a file without any place in it, and without what is personal.

    >>> safe_name("../../etc/daftar.csv"), safe_name("..")
    ('daftar.csv', 'unggahan')
    """
    last = re.split(r"[\\/]", name)[-1]
    bare = re.sub(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]', "", clean_text(last)[0]).strip(" .")
    if not bare or bare.casefold() == MAPPING:
        return f"unggahan{'.yml' if bare else ''}"
    stem, dot, suffix = bare.rpartition(".")
    return (stem[: LONGEST_NAME - len(suffix)] if dot else "") + dot + suffix[:LONGEST_NAME]


def short_name(name: str) -> str:
    """Propose the name of a source: without ending and year, so next year's file is the same one.

    >>> short_name("daftar-aplikasi-wonosobo_2025.xlsx"), short_name("2025.csv")
    ('daftar-aplikasi-wonosobo', '2025')
    """
    stem = name.rpartition(".")[0] if name.casefold().endswith(KINDS) else name
    return own_slug(YEAR.sub(" ", stem).strip(" ._-()") or stem)


def check_file(file: File) -> None:
    """Refuse at once what is too large to be read here, before any of it is unpacked.

    Raises
    ------
    EmptyFile, TooLarge, TooManyCells
    """
    where = Locus(file.name)
    if not file.data:
        raise EmptyFile(where)
    size = -(-len(file.data) // 1_000_000)
    if len(file.data) > MAX_MB * 1_048_576:
        raise TooLarge(where, size=size, limit=MAX_MB)
    if file.data.startswith(b"PK\x03\x04"):
        unpacked = -(-_unpacked(file.data) // 1_000_000)
        if unpacked > MAX_UNPACKED_MB:
            raise TooLarge(where, size=unpacked, limit=MAX_UNPACKED_MB)
    elif file.name.casefold().endswith((".csv", ".tsv", ".tab", ".jsonl", ".ndjson")):
        check_rows(file.data.count(b"\n"), where)


def _unpacked(data: bytes) -> int:
    """Give what an archive says it unpacks to; the reader counts what it really does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(m.file_size for m in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0  # the reader says what is wrong with it


def check_rows(rows: int, where: Locus) -> None:
    """Refuse more rows than a person can wait for: `TooManyCells`."""
    if rows > MAX_ROWS:
        raise TooManyCells(
            where, rows=rows, columns="–", max_rows=MAX_ROWS, max_columns=MAX_COLUMNS
        )
