"""What a source says, before it is known which records are one thing.

A **record** is what one row says about one thing. Its id is either final (`agency:anri`, known
from an authority list) or a *reference*: the words by which the record is recognised, which
`graph.build.resolve` turns into a final id with the help of the ledger of keys.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.schema.core import Value

MARK = "~"
_WORD = re.compile(r"[a-z0-9]+")
compact = json.JSONEncoder(ensure_ascii=False).encode
"""Writes a value as JSON on one line, its letters as they are."""


class Origin(NamedTuple):
    """Where a fact stands, and how it is known: stated, rule:NAME, assumed or judged."""

    source: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    how: str = "stated"


class Reference(NamedTuple):
    """The words by which a record without a code is recognised.

    Parameters
    ----------
    prefix
        The prefix of the node type.
    owner
        The body the source names with it (id of an agency), "" if none.
    name
        The name as written.
    address
        Recognises a renamed record; "" if none.
    mention
        The row only mentions the thing (as provider, master …); another row may describe it.
    """

    prefix: str
    owner: str
    name: str
    address: str = ""
    mention: bool = False

    def __str__(self) -> str:
        """Write the reference as one text, for edges and files."""
        return MARK + compact(list(self))


def is_reference(text: str) -> bool:
    """Say whether an id is a reference that has yet to be resolved."""
    return text.startswith(MARK)


def reference(text: str) -> Reference:
    """Read a reference back from its text."""
    return Reference(*json.loads(text[len(MARK) :]))


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """What one row says about one node.

    `columns` leads from a property to its heading; a `mention` names the node without
    describing it.
    """

    type: str
    id: str
    props: Mapping[str, Value]
    origin: Origin
    columns: dict[str, str] = field(default_factory=dict)
    mention: bool = False


@dataclass(frozen=True, slots=True)
class EdgeRecord:
    """What one row says about one edge."""

    relation: str
    source: str
    target: str
    props: Mapping[str, Value]
    origin: Origin


def plain(text: str) -> str:
    """Normalise a spelling: NFKD without marks, case folded, only letters, digits and blanks.

    >>> plain(" E.Pegawai (Kab.) ")
    'e pegawai kab'
    """
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marks if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text.casefold()))


def slug(text: str) -> str:
    """Make the readable part of a key: `[a-z0-9-]+`, at most 40 characters."""
    return plain(text).replace(" ", "-")[:40].strip("-") or "x"
