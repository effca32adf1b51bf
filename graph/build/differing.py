"""What the rows of one application say otherwise than the value that is shown.

The shown value is the one most rows state; a row of another source that states another one is
not wrong for that.  It is kept beside, with its cells, so that whoever looks sees both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from graph.analysis.names import address
from graph.landscape import evidence_row
from graph.schema import NODE_TYPES
from graph.schema.records import NodeRecord, Origin, plain
from graph.texts import LANGUAGES, say

SIDE = "also"
LEFT_OUT = frozenset(("name", "aliases", "description", "kind", "government"))
"""Spellings are aliases and texts are joined; the others are settled by rules of their own."""


def differing(
    records: Iterable[NodeRecord], nodes: Iterable[tuple[str, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """Give a row of evidence per node, property and other value that a describing row states.

    Parameters
    ----------
    records
        Under the ids of their nodes.
    nodes
        Type and row of each node, with the values that are shown.

    Notes
    -----
    Unknown is no statement; addresses are compared as hosts and paths.  O(records).
    """
    shown = {row["id"]: row for kind, row in nodes if kind == "Application"}
    held: dict[tuple[str, str, str], list[Origin]] = defaultdict(list)
    for r in records:
        if r.type != "Application" or r.mention or r.id not in shown:
            continue
        for name, declared in NODE_TYPES[r.type].props.items():
            value, now = r.props.get(name), shown[r.id].get(name)
            if name in LEFT_OUT or declared.many or value in (None, "unknown") or now is None:
                continue
            if _bare(name, value) != _bare(name, now):
                cell = r.origin._replace(column=r.columns.get(name, r.origin.column))
                held[r.id, name, str(value)].append(cell)
    return [_row(*key, origins) for key, origins in sorted(held.items())]


def _bare(name: str, value: object) -> str:
    place = address(str(value)) if name == "address" else None
    return str(place) if place else plain(str(value))


def _row(id: str, name: str, value: str, origins: list[Origin]) -> dict[str, Any]:
    declared = NODE_TYPES["Application"].props[name]
    texts = {}
    for lang in LANGUAGES:
        worded = declared.codes.of(value).label(lang) if declared.codes else value
        label = declared.meaning.label(lang)
        texts[f"text_{lang}"] = say("build.also", lang, property=label, value=worded)
    told = sorted(dict.fromkeys(origins), key=str)
    return evidence_row(
        id, SIDE, "text", texts, facts={"property": name, "value": value}, origins=told
    )
