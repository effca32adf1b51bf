"""Answers for people: a line per row, or one row as a record; what is copied is never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.errors import Locus
from graph.exchange.flat import is_node
from graph.texts import number, say

ID = re.compile(r"[a-z][a-z-]*:\S+")
LEAST = 12  # letters a text keeps beside what is never cut
NONE = "–"
# Keys whose empty value says that there is none; elsewhere it says that something is not known.
NO_VALUE = {
    *("version", "before", "after", "decision", "by", "why", "survivor", "covered_by"),
    *("runner_up", "sheet", "column", "sha256", "default", "node", "property", "as_of", "hint"),
}
PLAIN = 10_000  # from here on whole numbers are grouped; a year or a row number is not

Row = Mapping[str, Any]


def table(rows: Sequence[Row], lang: str, columns: Sequence[str], room: int | None) -> str:
    """Lay rows out: columns, or a record where one row holds lists.

    Parameters
    ----------
    columns
        The keys that are columns, in their order; empty takes all keys.
    room
        Letters per line of a terminal; None cuts nothing.  Where ids and places alone do not fit,
        each row becomes a record.
    """
    if not rows:
        return say("command.empty", lang) + "\n"
    if len(rows) == 1 and any(_nested(v) for v in rows[0].values()):
        return "\n".join(record(rows[0], lang)) + "\n"
    heads = [c for c in columns if c in rows[0]] or list(dict.fromkeys(k for r in rows for k in r))
    lines = [[_parts(row.get(h), lang, h) for h in heads] for row in rows]
    across = list(zip(heads, zip(*lines, strict=True), strict=True))
    widths = [max(len(h), *(len(_whole(c)) for c in cells)) for h, cells in across]
    if room is not None:
        least = [max(len(h), *(_least(c) for c in cells)) for h, cells in across]
        if sum(least) + 2 * len(least) > room:
            shown = (record({h: row.get(h) for h in heads}, lang) for row in rows)
            return "\n\n".join("\n".join(lines) for lines in shown) + "\n"
        while sum(widths) + 2 * len(widths) > room:
            at = max(range(len(widths)), key=lambda i: (widths[i] > least[i], widths[i]))
            widths[at] -= 1
    text = [[_cut(c, w) for c, w in zip(line, widths, strict=True)] for line in lines]
    ruled = [heads, ["─" * w for w in widths], *text]
    return "".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in ruled
    )


def record(row: Row, lang: str) -> list[str]:
    """Give a row as lines: one per key, what it lists indented one item a line."""
    found: list[str] = []
    for key, value in row.items():
        if isinstance(value, str) and "\n" in value.strip():
            found += [f"{key}:", *(f"  {_clean(line)}".rstrip() for line in value.splitlines())]
        elif _nested(value):
            found += [f"{key}:", *_indented(value, lang, "  ")]
        else:
            found.append(f"{key}: {_whole(_parts(value, lang, key))}")
    return found


def _indented(value: Any, lang: str, margin: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if _nested(part):
                yield f"{margin}{key}:"
                yield from _indented(part, lang, margin + "  ")
            else:
                yield f"{margin}{key}: {_whole(_parts(part, lang, key))}"
        return
    for item in value:
        if not isinstance(item, Mapping) or is_node(item) or _place(item, lang):
            yield margin + _whole(_parts(item, lang))
            continue
        listed = {k: v for k, v in item.items() if _nested(v) and not _words(v)}
        told = {k: v for k, v in item.items() if k not in listed and v is not None}
        yield margin + (_flat(told, lang) or NONE)
        for key, part in listed.items():
            yield f"{margin}  {key}:"
            yield from _indented(part, lang, margin + "    ")


def _nested(value: Any) -> bool:
    """Tell whether a value has parts that deserve lines: a list, or an object that is no node."""
    if isinstance(value, Mapping):
        return bool(value) and not is_node(value) and not _place(value, "en")
    return isinstance(value, list | tuple) and bool(value)


def _words(value: Any) -> bool:
    return isinstance(value, list | tuple) and not any(isinstance(v, Mapping) for v in value)


def _place(value: Any, lang: str) -> str:
    """Write an origin as a person finds it: file › sheet › row › column; empty if it is none."""
    if not isinstance(value, Mapping) or not {"source", "file", "row"} <= value.keys():
        return ""
    told = (value.get("sheet"), value["row"], value.get("column"))
    place = Locus(_clean(str(value["file"] or value["source"])), *told).text(lang)
    how = value.get("how")
    return place if how in (None, "stated") else f"{place} ({how})"


def _parts(value: Any, lang: str, key: str = "") -> tuple[str, str]:
    """Give what may be cut of a cell, and the end of it that may not."""
    if value is None:
        return "", NONE if key in NO_VALUE else say("command.unknown", lang)
    if isinstance(value, list | tuple | dict | str) and not value:
        return "", NONE
    if is_node(value):
        return _clean(str(value["name"])), f"({value['id']})"
    if place := _place(value, lang):
        return "", place
    text = _flat(value, lang)
    if isinstance(value, str) and not ID.fullmatch(text):
        return text, ""
    if isinstance(value, list | tuple | Mapping) and not _holds_id(value):
        return text, ""
    return "", text


def _holds_id(value: Any) -> bool:
    if isinstance(value, str):
        return bool(ID.fullmatch(value))
    if isinstance(value, Mapping):
        return is_node(value) or bool(_place(value, "en")) or any(map(_holds_id, value.values()))
    return isinstance(value, list | tuple) and any(map(_holds_id, value))


def _flat(value: Any, lang: str) -> str:
    """Write a value in one line, numbers and places as people read them."""
    if isinstance(value, bool):
        return say(f"command.{'yes' if value else 'no'}", lang)
    if isinstance(value, float):
        return number(round(value, 3), lang)
    if isinstance(value, int):
        return number(value, lang) if abs(value) >= PLAIN else str(value).replace("-", "−")
    if isinstance(value, Mapping):
        if is_node(value):
            return f"{_clean(str(value['name']))} ({value['id']})"
        if place := _place(value, lang):
            return place
        parts = ((k, _flat(v, lang)) for k, v in value.items() if v is not None)
        return ", ".join(f"{k}: {text}" for k, text in parts if text)
    if isinstance(value, list | tuple):
        return "; ".join(text for v in value if v is not None and (text := _flat(v, lang)))
    return _clean(str(value))


def _clean(text: str) -> str:
    """Give a text on one line, without what would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _whole(cell: tuple[str, str]) -> str:
    return " ".join(filter(None, cell))


def _least(cell: tuple[str, str]) -> int:
    text, end = cell
    return min(len(text), LEAST) + len(end) + bool(text and end)


def _cut(cell: tuple[str, str], width: int) -> str:
    whole, (text, end) = _whole(cell), cell
    if len(whole) <= width:
        return whole
    room = width - len(end) - bool(end)
    return _whole((text[: room - 1] + "…", end))
