"""Old containers (OLE2): what is inside, found with bounded steps before a library opens them.

A damaged chain of sectors can lead a reader round in circles; a protected XLSX is an OLE file
that holds a stream EncryptedPackage.  Source: [MS-CFB] 2.2 to 2.6.
"""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on a sector number is a mark
_FATS_IN_HEAD = 109


class Damaged(Exception):
    """The container cannot be followed to its end."""


def streams(data: bytes) -> set[str]:
    """Give the names of the streams of a container.

    Raises
    ------
    Damaged
        If a chain leaves the file or meets itself: following it would never end.
    """
    try:
        return _streams(data)
    except (struct.error, IndexError, ValueError) as e:
        raise Damaged from e


def _streams(data: bytes) -> set[str]:
    shift = struct.unpack_from("<H", data, 30)[0]
    if data[:8] != SIGNATURE or shift not in (9, 12):
        raise Damaged
    size = 1 << shift
    count = max(0, -(-len(data) // size) - 1)
    fat = _fat(data, size, count)
    for following in (x for x in fat[:count] if x < _END):
        if following >= count:
            raise Damaged
    _once(fat[:count])
    directory = b"".join(
        data[(s + 1) * size : (s + 2) * size]
        for s in _chain(struct.unpack_from("<I", data, 48)[0], fat, count)
    )
    names = set()
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        kind = directory[at + 66]
        if kind in (1, 2, 5) and 2 <= length <= 64:
            names.add(directory[at : at + length - 2].decode("utf-16-le", "replace"))
            if kind == 2 and struct.unpack_from("<I", directory, at + 120)[0] >= 4096:
                _chain(struct.unpack_from("<I", directory, at + 116)[0], fat, count)
    return names


def _fat(data: bytes, size: int, count: int) -> list[int]:
    """Give the table that leads from a sector to the next."""
    sectors = [x for x in struct.unpack_from(f"<{_FATS_IN_HEAD}I", data, 76) if x < _END]
    more, steps = struct.unpack_from("<I", data, 68)[0], 0
    while more < _END:
        steps += 1
        if more >= count or steps > count:
            raise Damaged
        entries = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [x for x in entries[:-1] if x < _END]
        more = entries[-1]
    if len(sectors) > count or any(s >= count for s in sectors):
        raise Damaged
    fat: list[int] = []
    for s in sectors:
        block = data[(s + 1) * size : (s + 2) * size]
        fat += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return fat


def _once(fat: list[int]) -> None:
    """Refuse a table in which two sectors lead to one, or one leads into a circle."""
    followed = [x for x in fat if x < _END]
    if len(followed) != len(set(followed)):
        raise Damaged
    # each sector follows one at most: what no start reaches is a circle
    starts = set(range(len(fat))) - set(followed)
    reached = 0
    for s in starts:
        while s < _END and s < len(fat):
            reached += 1
            s = fat[s]
    if reached < len(fat):
        raise Damaged


def _chain(first: int, fat: list[int], count: int) -> list[int]:
    found: list[int] = []
    while first < _END:
        if first >= count or len(found) > count:
            raise Damaged
        found.append(first)
        first = fat[first]
    return found
