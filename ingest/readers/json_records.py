"""JSON: a list of objects, an object that holds one, or one object a line.

Numbers stay as they are written (1.10 is no 1.1), nested values become compact JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import BrokenFile, EmptyFile, Locus, NoRecords
from ingest.readers.cells import Column, Number
from ingest.readers.decoding import decode
from ingest.readers.limits import check_size, check_table
from ingest.readers.records import RawRow, ReaderSpec, Remark, Sheet, remark, whole

NESTED = 4  # keys down to which a list of objects is looked for

Object = dict[str, object]


def read_json(path: Path, spec: ReaderSpec, name: str) -> list[Sheet]:
    """Read records of a JSON file; `row` counts them from 1, `header_row` is 0.

    Raises
    ------
    EmptyFile, UnknownFormat, BrokenFile, NoRecords, TooLarge, TooManyCells
    """
    where = Locus(name)
    check_size(path, where)
    decoded = decode(path.read_bytes(), where, spec.encoding)
    if not decoded.text.strip():
        raise EmptyFile(where)
    remarks = [remark("read-as-json", where, encoding=decoded.encoding)]
    items, told = _items(_parse(decoded.text, where), spec, where)
    objects = {n: x for n, x in enumerate(items, 1) if isinstance(x, dict)}
    remarks += told
    remarks += [
        remark("not-a-record", Locus(name, None, n))
        for n in range(1, len(items) + 1)
        if n not in objects
    ]
    if not items:
        raise EmptyFile(where)
    if not objects:
        raise NoRecords(where)
    return [_sheet(objects, remarks, where)]


def is_json(text: str) -> bool:
    """Say whether a text is JSON, or begins with a line of it that is an object."""
    text = text.strip()
    line = text.partition("\n")[0]
    if text[:1] not in ("{", "["):
        return False
    return _parses(text) or (line[:1] == "{" and _parses(line))


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _parse(text: str, where: Locus) -> object:
    try:
        return _loads(text)
    except RecursionError as e:
        raise BrokenFile(where, reason="too-deep") from e
    except json.JSONDecodeError as e:
        lines = [(n, x) for n, x in enumerate(text.splitlines(), 1) if x.strip()]
        if len(lines) < 2 or not _parses(lines[0][1]) or lines[0][1].lstrip()[:1] != "{":
            at = f"{e.lineno}:{e.colno}"
            raise BrokenFile(where, reason="json-ends", at=at) from e
    return list(_lines(lines, where))


def _lines(lines: Sequence[tuple[int, str]], where: Locus) -> Iterator[object]:
    for number, line in lines:
        try:
            yield _loads(line)
        except (ValueError, RecursionError) as e:
            raise BrokenFile(where, reason="json-ends", at=f"{number}") from e


def _loads(text: str) -> object:
    return json.loads(
        text,
        parse_float=Number,
        parse_int=Number,
        parse_constant=lambda _: None,  # NaN, as some programs write for nothing
        object_pairs_hook=_unique,
    )


def _unique(pairs: Sequence[tuple[str, object]]) -> Object:
    """Keep both values of a key that is written twice."""
    found: Object = {}
    for spelled, value in pairs:
        key = whole(spelled)
        name, n = key, 1
        while name in found:
            n += 1
            name = f"{key} [{n}]"
        found[name] = value
    return found


# ------------------------------------------------------------------ where the records are
def _items(data: object, spec: ReaderSpec, where: Locus) -> tuple[list[object], list[Remark]]:
    if spec.records:
        found = data
        for key in spec.records.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, list):
            raise NoRecords(where)
        return found, []
    if isinstance(data, list):
        return data, []
    lists = dict(_lists(data, "", NESTED))
    if not lists:
        raise NoRecords(where)
    best = max(lists, key=lambda key: (-key.count("."), len(lists[key])))
    others = ", ".join(k for k in lists if k != best)
    told = [remark("list-taken", where, key=best, others=others)] if others else []
    return lists[best], told


def _lists(data: object, prefix: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    """Give each list of objects in an object by its dotted key."""
    if not isinstance(data, dict) or depth == 0:
        return
    for key, value in data.items():
        if isinstance(value, list) and any(isinstance(x, dict) for x in value):
            yield prefix + key, value
        else:
            yield from _lists(value, f"{prefix}{key}.", depth - 1)


# ------------------------------------------------------------------ records
def _sheet(objects: dict[int, Object], remarks: list[Remark], where: Locus) -> Sheet:
    headings = tuple(dict.fromkeys(k for x in objects.values() for k in x))
    check_table(len(objects), len(headings), where)
    texts = {h: [_cell(x.get(h), where) for x in objects.values()] for h in headings}
    columns = [Column(h, texts[h]) for h in headings]
    rows = []
    for i, number in enumerate(objects):
        cells: dict[str, str | None] = {}
        told = []
        for column in columns:
            cell = column.cells[i]
            # a JSON number is what was written: nothing about it is doubtful
            text, odd = (str(cell), None) if isinstance(cell, Number) else column.read(cell)
            cells[column.heading] = text
            if odd is not None:
                at = Locus(where.file, None, number, column.heading)
                told.append(remark(odd.code, at, cell=column.heading, **odd.facts))
        held = frozenset(c.heading for c in columns if isinstance(c.cells[i], Number))
        rows.append(RawRow(number, cells, tuple(told), held))
    for column in columns:
        if column.references:
            at = Locus(where.file, None, None, column.heading)
            remarks.append(remark("references-decoded", at, count=str(column.references)))
    return Sheet(None, 0, headings, tuple(rows), tuple(remarks))


def _cell(value: object, where: Locus) -> str | None:
    if value is None or isinstance(value, str):
        return value
    try:
        if isinstance(value, list) and all(isinstance(x, str | Number) for x in value):
            return "; ".join(map(str, value))
        return _compact(value)
    except RecursionError as e:
        raise BrokenFile(where, reason="too-deep") from e


def _compact(value: object) -> str:
    """Write a nested value as JSON without blanks, its numbers as they were written."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k, ensure_ascii=False)}:{_compact(v)}" for k, v in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
