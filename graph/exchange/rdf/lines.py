"""N-Triples made column by column, sorted and distinct in little memory; Turtle made from them.

A term is a text in N-Triples form, such as `<https://…>` or `"teks"@id`.  Columns of terms are
joined and sorted by arrow; runs that outgrow the room are spilt to files and merged.
"""

from __future__ import annotations

import heapq
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from graph.exchange.rdf.terms import PREFIXES, Names

ROOM = 8_000_000  # bytes of lines kept in memory
NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"  # no RDF/XML reader takes these
ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def literals(values: pa.Array, tag: str = "") -> pa.Array:
    """Write a column of texts as literals; `tag` is `@id`, `^^<…>` or nothing."""
    clean = pc.replace_substring_regex(values, NOT_XML, "")
    for sign, escaped in ESCAPES:
        clean = pc.replace_substring(clean, sign, escaped)
    return pc.binary_join_element_wise('"', clean, f'"{tag}', "")


def literal(text: str, tag: str = "") -> str:
    """Write one text as a literal."""
    written: str = literals(pa.array([text]), tag)[0].as_py()
    return written


class Lines:
    """Statements on their way to a file: iterating gives each line once, in order.

    Parameters
    ----------
    room
        Bytes of lines to keep in memory; the rest goes to temporary files.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._kept: list[pa.Array] = []
        self._bytes = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, subject: pa.Array | str, predicate: str, object: pa.Array | str) -> None:
        """Add a statement per row; a row without subject or object says nothing."""
        if isinstance(subject, str) and isinstance(object, str):
            object = pa.array([object])
        made = pc.binary_join_element_wise(subject, f" {predicate} ", object, " .\n", "")
        made = made.drop_null()
        self._kept.append(made)
        self._bytes += made.nbytes
        if self._bytes > self.room:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        runs: list[Iterable[bytes]] = [io.BytesIO(self._run())]
        opened = [path.open("rb", buffering=1 << 18) for path in self._files]
        try:
            before = b""
            for line in heapq.merge(*runs, *opened):
                if line != before:
                    yield line
                    before = line
        finally:
            for file in opened:
                file.close()

    def _spill(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="simpul-")
        path = Path(self._folder.name, str(len(self._files)))
        with path.open("wb") as file:
            file.write(self._run())
        self._files.append(path)

    def _run(self) -> memoryview:
        """Take what is kept and give it in order, as one text."""
        kept, self._kept, self._bytes = self._kept, [], 0
        if not kept:
            return memoryview(b"")
        run = pa.concat_arrays(kept)
        del kept
        return memoryview(run.take(pc.array_sort_indices(run)).buffers()[2])


def blocks(lines: Iterable[bytes], size: int = 1 << 20) -> Iterator[bytes]:
    """Join short pieces into blocks of about `size` bytes."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length > size:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)


# ------------------------------------------------------------------ Turtle
def turtle(lines: Iterable[bytes], names: Names, prefixes: Iterable[str]) -> Iterator[bytes]:
    """Write sorted N-Triples as Turtle: a block per subject, prefixes for what is known.

    Parameters
    ----------
    prefixes
        Kinds of things (`app`, `agency` …) whose names are to be shortened as well.
    """
    short = _Shortener(names, prefixes)
    yield short.head()
    subject = predicate = b""
    for line in lines:
        s, p, o = line[:-3].split(b" ", 2)
        if s != subject:
            end = b" .\n\n" if subject else b""
            yield b"%b%b\n    %b %b" % (end, short.term(s), short.verb(p), short.object(o))
        elif p != predicate:
            yield b" ;\n    %b %b" % (short.verb(p), short.object(o))
        else:
            yield b", " + short.object(o)
        subject, predicate = s, p
    yield b" .\n" if subject else b""


class _Shortener:
    def __init__(self, names: Names, kinds: Iterable[str]) -> None:
        spaces = PREFIXES | {"sim": names.iri("sim:")}
        spaces |= {kind: f"{names.base}id/{kind}/" for kind in sorted(kinds)}
        self.spaces = spaces
        self._prefix = {iri.encode(): prefix.encode() for prefix, iri in spaces.items()}
        self._parts = re.compile(rb"<(.*[/#])([A-Za-z0-9_][A-Za-z0-9_-]*)>")
        self._verbs = {names.term("rdf:type").encode(): b"a"}

    def head(self) -> bytes:
        lines = (f"@prefix {p}: <{iri}> .\n" for p, iri in sorted(self.spaces.items()))
        return "".join(lines).encode() + b"\n"

    def term(self, iri: bytes) -> bytes:
        match = self._parts.fullmatch(iri)
        if match is None or (prefix := self._prefix.get(match[1])) is None:
            return iri
        return prefix + b":" + match[2]

    def verb(self, iri: bytes) -> bytes:
        if iri not in self._verbs:
            self._verbs[iri] = self.term(iri)
        return self._verbs[iri]

    def object(self, term: bytes) -> bytes:
        if term[-1:] != b">":
            return term
        if term[:1] == b"<":
            return self.term(term)
        text, _, datatype = term.rpartition(b"^^")
        return text + b"^^" + self.verb(datatype)
