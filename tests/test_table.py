"""Answers for people: what must be copied is whole, and one row reads as a record."""

from __future__ import annotations

import re

import pytest

from cli import COMMANDS
from commands.table import table

NODE = {"id": "app:sistem-kearsipan-a81059", "type": "Application", "name": "Sistem Kearsipan " * 4}
ORIGIN = {
    "source": "s",
    "file": "a.xlsx",
    "sheet": "L 1",
    "row": 1234,
    "column": "N",
    "how": "stated",
}
PLACE = 'a.xlsx › sheet "L 1" › row 1234 › column "N"'


@pytest.mark.parametrize("room", [None, 20, 100, 200])
def test_ids_and_places_are_never_cut(room: int | None) -> None:
    row = {"finding": "finding:government-function-sakip-bf29af", "node": NODE, "place": ORIGIN}
    out = table([row | {"reason": "kata " * 80}] * 2, "en", (), room)
    for whole in (row["finding"], f"({NODE['id']})", PLACE):
        assert out.count(str(whole)) == 2
    if room == 200:
        assert max(map(len, out.splitlines())) <= room
        assert len(out.splitlines()) == 4


def test_one_row_with_lists_is_a_record() -> None:
    row = {"node": NODE, "properties": [{"name": "x", "value": 1.23456, "origins": [ORIGIN]}]}
    lines = table([row], "en", (), 100).splitlines()
    assert lines[1:] == ["properties:", "  name: x, value: 1.235", "    origins:", f"      {PLACE}"]


def test_numbers_and_what_is_not_there() -> None:
    row = {"version": None, "owner": None, "score": 0.72649, "rows": 12345, "year": 2025}
    [line] = table([row], "id", (), None).splitlines()[2:]
    assert re.split(r"  +", line) == ["–", "belum diketahui", "0,726", "12.345", "2025"]


def test_the_columns_that_matter_are_keys_of_the_answer() -> None:
    made = {"name", "place", "words"}
    assert all(set(c.columns) <= {*c.keys, *made} for c in COMMANDS.values())


def test_nothing_steers_the_terminal() -> None:
    assert "\x1b" not in table([{"a": "\x1b[2Jx"}], "en", (), None)
