"""Bytes → text: the encoding by its mark, by proof, and only then by likelihood.

Why in this order: a file that is valid UTF-8 over its whole length, with at least one sign beyond
ASCII, is UTF-8; office machines of regional governments write windows-1252, in which guessing
libraries see Macintosh or windows-1250 when only a few bytes speak (jawah/charset_normalizer 624).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from graph.errors import BrokenFile, Locus, UnknownFormat
from ingest.readers.records import FORMATS_SHOWN, whole

_MARKS = (  # UTF-32 first: its mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be", 4),
    (codecs.BOM_UTF8, "utf-8", "utf-8", 1),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be", 2),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x1c\x7f\x80\x81\x8d\x8f\x90\x9d\ufffe\uffff]")
_UNUSED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding taken, and whether the end is cut; `mended` are wrong bytes made good."""

    text: str
    encoding: str
    cut: bool = False
    mended: int = 0


def decode(data: bytes, where: Locus, encoding: str | None = None) -> Decoded:
    """Turn bytes into text.

    Parameters
    ----------
    encoding
        As the mapping says; None finds it out.

    Raises
    ------
    UnknownFormat
        If the content is binary.
    BrokenFile
        If the bytes do not fit the encoding named.
    """
    found = _named(data, where, encoding) if encoding else _found(data)
    text = found.text.removeprefix("\ufeff").rstrip("\x1a")  # the end mark of old programs
    if _CONTROL.search(text):
        raise UnknownFormat(where, formats=FORMATS_SHOWN)
    return Decoded(text, found.encoding, found.cut, found.mended)


def _named(data: bytes, where: Locus, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError as e:
        raise BrokenFile(where, reason="unknown-encoding") from e
    except ValueError as e:
        raise BrokenFile(where, reason="wrong-encoding") from e
    mended = sum("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else 0
    return Decoded(whole(text), codecs.lookup(encoding).name, mended=mended)


def _found(data: bytes) -> Decoded:
    for mark, name, codec, width in _MARKS:
        if data.startswith(mark) and width == 1:
            return _unmarked(data[len(mark) :])
        if data.startswith(mark):
            return _wide(data[len(mark) :], name, codec, width)
    if (unmarked := _unmarked_utf16(data)) is not None:
        return _wide(data, "utf-16", unmarked, 2)
    return _unmarked(data)


def _unmarked(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as e:
        return _not_utf8(data, e)


def _wide(data: bytes, name: str, codec: str, width: int) -> Decoded:
    """Decode what has a mark; an incomplete last sign is left off and told."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    text = decoder.decode(data)
    cut = bool(decoder.getstate()[0]) or len(data) % width != 0
    return Decoded(text, name, cut)


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of a Latin text is zero."""
    head = data[:4096]
    half = len(head) // 2
    if half < 4:
        return None
    for codec, zeros, others in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) > 0.8 * half and others.count(0) == 0:
            return codec
    return None


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    marked = data.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= c <= "\udcff" for c in marked)
    right = sum(c > "\x7f" for c in marked) - wrong
    if right and error.reason == "unexpected end of data" and error.end == len(data):
        return Decoded(data[: error.start].decode("utf-8"), "utf-8", cut=True)
    fits_1252 = not _UNUSED_1252 & set(data)
    if right >= wrong and fits_1252:  # UTF-8 into which somebody pasted windows-1252
        mended = re.sub(
            "[\udc80-\udcff]+",
            lambda m: m[0].encode("utf-8", "surrogateescape").decode("cp1252"),
            marked,
        )
        return Decoded(mended, "utf-8", mended=wrong)
    if fits_1252:
        return Decoded(data.decode("cp1252"), "cp1252")
    best = from_bytes(data).best()
    if best is None:
        return Decoded(data.decode("latin-1"), "latin-1")
    return Decoded(str(best), best.encoding)
