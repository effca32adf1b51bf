"""The ledger: a key is given once, and outlives order, spelling and renaming."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.keys import KeyRow, Ledger, Question
from graph.schema.records import Reference

UNIT = "agency:pemda-99-01-dinas"
LIST = [
    Reference("app", UNIT, "E-Pegawai", "https://pegawai.contohkab.go.id/login"),
    Reference("app", UNIT, "SIMPEG", "simpeg.contohkab.go.id"),
    Reference("app", UNIT, "Buku Tamu", "https://layanan.contohkab.go.id"),
    Reference("app", UNIT, "Antrean", "layanan.contohkab.go.id"),
    Reference("app", "", "Peta Wisata", "VPN"),
    Reference("app", UNIT, "E-Lumbung"),
    Reference("app", UNIT, "SIAK", "", mention=True),
]
words = st.sampled_from(
    ["simpeg", "e-surat", "antrean", "peta", "wisata", "kas", "S.I.P.A.", "data", "2024"]
)
references = st.lists(
    st.builds(
        Reference,
        st.just("app"),
        st.sampled_from(["", UNIT, "agency:x"]),
        st.lists(words, min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["", "a.contohkab.go.id", "b.contohkab.go.id/x", "bit.ly/q", "Desktop"]),
    ),
    max_size=12,
)


def again(ledger: Ledger) -> Ledger:
    """Store a ledger and read it back."""
    return Ledger.read(ledger.rows)


def renamed(ref: Reference, name: str) -> Reference:
    return ref._replace(name=name)


def test_a_key_is_readable_and_made_once() -> None:
    ledger = Ledger()
    keys = ledger.assign("survei", LIST)
    assert all(re.fullmatch(r"app:[a-z0-9-]+-[0-9a-f]{6}", k) for k in keys)
    assert len(set(keys)) == len(LIST)
    assert again(ledger).assign("survei", LIST) == keys
    assert again(ledger).new_rows == []


def test_the_ledger_holds_no_more_than_it_needs() -> None:
    ledger = Ledger()
    (key,) = ledger.assign("survei", LIST[:1])
    row = {"key": key, "prefix": "app", "source": "survei", "owner": UNIT, "name": "e pegawai"}
    assert ledger.rows == [row | {"address": "pegawai.contohkab.go.id"}]


def test_sorting_and_case_and_dots_change_no_key() -> None:
    ledger = Ledger()
    before = dict(zip(LIST, ledger.assign("survei", LIST), strict=True))
    shuffled = random.Random(7).sample(LIST, len(LIST))
    spelled = {"SIMPEG": "S.I.M.P.E.G. ", "E-Lumbung": "ELumbung", "Antrean": "  ANTREAN"}
    after = [renamed(r, spelled.get(r.name, r.name.upper())) for r in shuffled]
    assert again(ledger).assign("survei", after) == [before[r] for r in shuffled]


def test_one_new_row_is_one_new_key() -> None:
    ledger = Ledger()
    before = ledger.assign("survei", LIST)
    later = again(ledger)
    after = later.assign("survei", [Reference("app", UNIT, "Zakat"), *LIST])
    assert after[1:] == before
    assert [r["key"] for r in later.new_rows] == [after[0]]
    assert after[0] not in before


def test_a_renamed_record_keeps_its_key_by_its_address_and_for_good() -> None:
    ledger = Ledger()
    before = ledger.assign("survei", LIST)
    second, third = again(ledger), None
    names = [renamed(LIST[0], "Sistem Kepegawaian Terpadu"), *LIST[1:]]
    assert second.assign("survei", names) == before
    assert [r["key"] for r in second.new_rows] == [before[0]]
    third = again(second)
    without = [names[0]._replace(address=""), *LIST[1:]]
    assert third.assign("survei", without) == before


def test_a_shared_address_recognises_nobody() -> None:
    ledger = Ledger()
    before = ledger.assign("survei", LIST)
    later = again(ledger)
    after = later.assign("survei", [*LIST[:2], renamed(LIST[2], "Undian"), *LIST[3:]])
    assert after[2] not in before
    assert after[:2] + after[3:] == before[:2] + before[3:]


@pytest.mark.parametrize("address", ["Desktop", "VPN", "https://bit.ly", "10.1.2.3", ""])
def test_what_is_no_address_recognises_nobody(address: str) -> None:
    ledger = Ledger()
    one = ledger.assign("survei", [Reference("app", UNIT, "Kas", address)])
    assert again(ledger).assign("survei", [Reference("app", UNIT, "Panen", address)]) != one


def test_a_record_whose_owner_became_known_keeps_its_key() -> None:
    ledger = Ledger()
    one = ledger.assign("survei", [Reference("app", "", "Peta Wisata")])
    later = again(ledger)
    assert later.assign("survei", [Reference("app", UNIT, "Peta Wisata")]) == one
    assert again(later).assign("survei", [Reference("app", UNIT, "PETA WISATA")]) == one


def test_another_owner_is_another_record_and_a_question() -> None:
    ledger = Ledger()
    (old,) = ledger.assign("survei", [Reference("app", UNIT, "Peta Wisata")])
    later = again(ledger)
    (new,) = later.assign("survei", [Reference("app", "agency:x", "Peta Wisata")])
    assert new != old
    assert later.questions == [Question(new, old)]


def test_sources_do_not_share_keys() -> None:
    ledger = Ledger()
    assert not set(ledger.assign("a", LIST)) & set(ledger.assign("b", LIST))


def test_a_name_in_another_script_is_a_name() -> None:
    keys = Ledger().assign("survei", [Reference("app", "", "مكتبة"), Reference("app", "", "書")])
    assert len(set(keys)) == 2
    assert all(re.fullmatch(r"app:[a-z0-9-]+", k) for k in keys)


def test_names_that_hash_alike_get_longer_keys() -> None:
    (key,) = Ledger().assign("survei", [LIST[1]])
    taken = KeyRow(key, "app", "survei", "agency:x", "lain", "")
    (longer,) = Ledger([taken]).assign("survei", [LIST[1]])
    assert longer.startswith(key)
    assert len(longer) == len(key) + 2


def test_torn_and_repeated_rows_are_borne() -> None:
    ledger = Ledger()
    keys = ledger.assign("survei", LIST)
    rows: list[dict[str, str | None]] = [dict(r) for r in ledger.rows]
    other = dict(rows[0]) | {"key": "app:lain-000000"}
    torn: list[dict[str, str | None]] = [
        {"key": "app:e-peg", "prefix": None},
        {"key": "", "prefix": "app", "name": "x"},
        {"key": "rumah", "prefix": "app", "name": "y"},
        {"key": "app:e-pegaw", "prefix": "app", "source": "survei"},
    ]
    assert Ledger.read(torn).rows == []
    read = Ledger.read([*torn, *rows, rows[1], other])
    assert read.assign("survei", LIST) == keys
    assert read.new_rows == []


def test_order_is_that_of_first_appearance() -> None:
    ledger = Ledger()
    first = ledger.assign("a", LIST)
    second = ledger.assign("b", LIST)
    assert max(map(ledger.order, first)) < min(map(ledger.order, second))
    assert ledger.order("app:none") > max(map(ledger.order, second))
    assert sorted(first, key=ledger.order) == sorted(first)


@given(references, st.randoms(use_true_random=False))
def test_keys_do_not_depend_on_order(load: list[Reference], rng: random.Random) -> None:
    one, two = Ledger(), Ledger()
    keys = dict(zip(load, one.assign("s", load), strict=True))
    shuffled = rng.sample(load, len(load))
    assert two.assign("s", shuffled) == [keys[r] for r in shuffled]
    assert one.rows == two.rows


@given(references, references, st.randoms(use_true_random=False))
def test_next_years_keys_do_not_depend_on_order(
    load: list[Reference], later: list[Reference], rng: random.Random
) -> None:
    ledger = Ledger()
    ledger.assign("s", load)
    one, two = again(ledger), again(ledger)
    keys = dict(zip(later, one.assign("s", later), strict=True))
    shuffled = rng.sample(later, len(later))
    assert two.assign("s", shuffled) == [keys[r] for r in shuffled]
    assert one.rows == two.rows
    assert again(one).assign("s", later) == [keys[r] for r in later]
    assert again(one).new_rows == []


# ------------------------------------------------------------------ findings
def test_a_finding_is_known_by_half_of_its_members() -> None:
    ledger = Ledger()
    key, changed = ledger.finding_key("covered", "KINERJA_PEGAWAI", "agency:x", ["app:b", "app:a"])
    assert re.fullmatch(r"finding:covered-kinerja-pegawai-[0-9a-f]{6}", key)
    assert not changed
    later = again(ledger)
    assert later.finding_key("covered", "KINERJA_PEGAWAI", "agency:x", ["app:a"]) == (key, True)
    assert later.new_rows == []


@pytest.mark.parametrize(
    ("kind", "function", "government", "members"),
    [
        ("product", "SIMPEG", "agency:x", ["app:a", "app:b"]),
        ("covered", "ARSIP", "agency:x", ["app:a", "app:b"]),
        ("covered", "SIMPEG", None, ["app:a", "app:b"]),
        ("covered", "SIMPEG", "agency:x", ["app:a", "app:c", "app:d"]),
    ],
)
def test_another_finding_has_another_key(
    kind: str, function: str, government: str | None, members: list[str]
) -> None:
    ledger = Ledger()
    key, _ = ledger.finding_key("covered", "SIMPEG", "agency:x", ["app:a", "app:b"])
    assert again(ledger).finding_key(kind, function, government, members)[0] != key


def test_two_findings_are_never_cited_by_one_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.build.keys._hash", lambda *parts: "abcdef" + parts[1].lower() * 9)
    ledger = Ledger()
    ends = [
        ledger.finding_key("covered", f, "", ["app:a"])[0].rpartition("-")[2] for f in ("AA", "BB")
    ]
    assert ends == ["abcdef", "abcdefbb"]


def test_two_findings_of_one_run_share_no_key() -> None:
    ledger = Ledger()
    key, _ = ledger.finding_key("product", "SIMPEG", "", ["app:a", "app:b", "app:c", "app:d"])
    later = again(ledger)
    halves = [later.finding_key("product", "SIMPEG", "", m) for m in (["app:a", "app:b"],) * 2]
    other = later.finding_key("product", "SIMPEG", "", ["app:c", "app:d"])
    assert halves == [(key, True)] * 2
    assert other[0] != key
    assert not other[1]
