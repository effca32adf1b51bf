"""A file is either written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from graph.errors import CannotWrite


class Written(NamedTuple):
    """What an export wrote; `sha256` is None for a folder, `records` are triples or rows."""

    path: Path
    sha256: str | None
    records: int


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when the block ends well.

    Raises
    ------
    CannotWrite
        If the folder is not there, may not be written to, or has no room left.
    """
    draft = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with draft.open("xb") as out:
            yield out
        os.replace(draft, path)
    except OSError as e:
        raise CannotWrite(str(path), reason=e.strerror or str(e)) from e
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_blocks(path: Path, blocks: Iterable[bytes]) -> str:
    """Write blocks of bytes to a file and give their SHA-256."""
    digest = hashlib.sha256()
    with beside(path) as out:
        for block in blocks:
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
