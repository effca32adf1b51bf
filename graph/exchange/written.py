"""A file is either written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from graph.errors import CannotWrite


class Written(NamedTuple):
    """What an export wrote; `sha256` is None for what is no file, `records` are triples or rows."""

    path: Path
    sha256: str | None
    records: int


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when the block ends well.

    A device or a pipe is written to as it stands: to replace it would destroy it.  Where `path`
    is a link, what it leads to is replaced.

    Raises
    ------
    CannotWrite
        If the folder is not there, may not be written to, or has no room left.
    """
    check(path)
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if _special(target):
            with target.open("wb") as out:
                yield out
            return
        with draft.open("xb") as out:
            yield out
        os.replace(draft, target)
    except OSError as e:
        raise CannotWrite(str(path), reason=e.strerror or str(e)) from e
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Say before anything is done whether a file could be written at `path`; nothing is touched.

    Raises
    ------
    CannotWrite
        If `path` is a folder or a disk, or the folder it should lie in is none.
    """
    try:
        mode = path.stat().st_mode if path.exists() else 0
        folder = Path(os.path.realpath(path)).parent.stat().st_mode
    except OSError as e:
        raise CannotWrite(str(path), reason=e.strerror or str(e)) from e
    wrong = 0
    if stat.S_ISDIR(mode):
        wrong = errno.EISDIR
    elif stat.S_ISBLK(mode):  # a disk: no answer belongs on it
        wrong = errno.EPERM
    elif not stat.S_ISDIR(folder):
        wrong = errno.ENOTDIR
    if wrong:
        raise CannotWrite(str(path), reason=os.strerror(wrong))


def _special(path: Path) -> bool:
    """Tell whether something is there that is no file: a device, a pipe."""
    return path.exists() and not path.is_file()


def write_blocks(path: Path, blocks: Iterable[bytes]) -> str:
    """Write blocks of bytes to a file and give their SHA-256."""
    digest = hashlib.sha256()
    with beside(path) as out:
        for block in blocks:
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def sha256_of(path: Path) -> str | None:
    """Give the SHA-256 of a file; None for a device or a pipe, which cannot be read again."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
