"""How much is read at once, and what is never opened: checked before a library sees the file."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from graph.errors import BrokenFile, LockedSpreadsheet, Locus, TooLarge, TooManyCells

MB = 1_000_000
MAX_FILE = 200 * MB
MAX_YAML = 1 * MB  # one application; YAML is read in pure Python, a megabyte in two seconds
MAX_UNPACKED = 1_000 * MB
MAX_RATIO = 300  # a sheet of one repeated value packs about 1:100, a zip bomb 1:1000
RATIO_FROM = 50 * MB  # small files may pack as they like
MAX_MEMBERS = 10_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 512
MAX_CELLS = 30_000_000  # of one file, about 3 GB in memory
MAX_TEXT = 1_000_000  # characters of one cell; a page of a book has 3,000
CHUNK = 1 << 18


def check_size(path: Path, where: Locus, most: int | None = None) -> int:
    """Give the size of a file in bytes; TooLarge beyond `most`, MAX_FILE if None."""
    most = MAX_FILE if most is None else most
    size = path.stat().st_size
    if size > most:
        raise TooLarge(where, size=_mb(size), limit=_mb(most))
    return size


def check_table(rows: int, columns: int, where: Locus) -> None:
    """Refuse a table beyond MAX_ROWS × MAX_COLUMNS, or MAX_CELLS in all."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > 4 * MAX_CELLS:
        raise TooManyCells(
            where, rows=rows, columns=columns, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS
        )


def text_too_long(size: int, where: Locus) -> TooLarge:
    """Make the error for a cell beyond MAX_TEXT: to look for contacts in it takes minutes."""
    return TooLarge(where, size=_mb(size), limit=_mb(MAX_TEXT))


def check_archive(path: Path, where: Locus) -> list[str]:
    """Refuse a zip file that would unpack beyond the limits; give the names of its members.

    First by its directory, without unpacking; then, because a directory can lie, by unpacking
    each member piece by piece into nothing, up to the limit.

    Raises
    ------
    TooLarge, LockedSpreadsheet, BrokenFile

    Notes
    -----
    About 300 MB unpacked in a second, 256 kB of memory.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            members = archive.infolist()
            _check_directory(members, path.stat().st_size, where)
            left = MAX_UNPACKED
            for member in members:
                left -= _unpacked(file, member, left, where)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError) as e:
        raise BrokenFile(where, reason="cut-archive") from e
    return [m.filename for m in members]


def _check_directory(members: list[zipfile.ZipInfo], packed: int, where: Locus) -> None:
    if any(m.flag_bits & 0x1 for m in members):
        raise LockedSpreadsheet(where)
    size = sum(m.file_size for m in members)
    suspicious = size > RATIO_FROM and size > MAX_RATIO * max(packed, 1)
    if size > MAX_UNPACKED or suspicious or len(members) > MAX_MEMBERS:
        limit = min(MAX_UNPACKED, max(RATIO_FROM, MAX_RATIO * packed))
        raise TooLarge(where, size=_mb(size), limit=_mb(limit))


def _unpacked(file: BinaryIO, member: zipfile.ZipInfo, limit: int, where: Locus) -> int:
    """Count the bytes that a member really unpacks to, whatever the directory says."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BrokenFile(where, reason="cut-archive")
    file.seek(member.header_offset)
    head = file.read(30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise BrokenFile(where, reason="cut-archive")
    file.seek(sum(struct.unpack("<HH", head[26:30])), 1)
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    unpacker, size, unread = zlib.decompressobj(-15), 0, member.compress_size
    while unread > 0 and not unpacker.eof:
        piece = file.read(min(CHUNK, unread))
        if not piece:
            raise BrokenFile(where, reason="cut-archive")
        unread -= len(piece)
        while piece and not unpacker.eof:
            size += len(_step(unpacker, piece, where))
            piece = unpacker.unconsumed_tail
            if size > limit:
                raise TooLarge(where, size=_mb(MAX_UNPACKED + 1), limit=_mb(MAX_UNPACKED))
    if not unpacker.eof or size != member.file_size:
        raise BrokenFile(where, reason="cut-archive")
    return size


def _step(unpacker: zlib._Decompress, piece: bytes, where: Locus) -> bytes:
    try:
        return unpacker.decompress(piece, CHUNK)
    except zlib.error as e:
        raise BrokenFile(where, reason="cut-archive") from e


def _mb(size: int) -> int:
    """Give whole megabytes, rounded up: what is over a limit never reads as the limit itself."""
    return -(-size // MB)
