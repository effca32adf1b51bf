"""The reference data: complete, cross-referenced, and without anybody's answers in it."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph import reference
from graph.schema.records import Origin

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "reference").glob("*.csv"))
ROWS = {
    "agencies.csv": 134,
    "central_units.csv": 18,
    "duplication_evidence.csv": 19,
    "function_groups.csv": 17,
    "functions.csv": 119,
    "general_apps.csv": 72,
    "integration_patterns.csv": 25,
    "priority_services.csv": 9,
    "regions.csv": 552,
    "regulations.csv": 47,
    "rules.csv": 13,
    "unit_types.csv": 61,
}
# the columns in which a labelled inventory holds the right answers; the words are joined here
# so that this file does not hold them either
ANSWERS = ("canonical" + "_app", "function" + "_code")
KINDS_OF_APPLICATION = {
    "e-office",
    "simpeg",
    "e-kinerja",
    "kinerja",
    "sakip",
    "e-sakip",
    "jdih",
    "ppid",
    "satu data",
    "sso",
    "dwh",
    "e-katalog",
    "website",
}


def table(file: Path) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def plain(spelling: str) -> str:
    """Give a spelling as two of one name are compared: letters and digits, lower case."""
    return re.sub(r"[^a-z0-9]", "", spelling.lower())


def owners_of_spellings(spellings: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Turn owner → spellings into plain spelling → owners."""
    found: dict[str, set[str]] = {}
    for owner, written in spellings.items():
        for spelling in written:
            found.setdefault(plain(spelling), set()).add(owner)
    return found


def shared(spellings: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Give the spellings that more than one owner has."""
    return {s: o for s, o in owners_of_spellings(spellings).items() if len(o) > 1}


def test_every_file_has_its_rows_and_each_row_a_source() -> None:
    assert {f.name: len(table(f)) for f in FILES} == ROWS
    assert [(f.name, i) for f in FILES for i, r in enumerate(table(f), 2) if not r["source"]] == []


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_table_is_plain_text_and_no_cell_is_lost(file: Path) -> None:
    text = file.read_bytes()
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")
    rows = table(file)
    assert all(None not in r and None not in r.values() for r in rows)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", h) for h in rows[0])
    key = next(k for k in ("code", "id", "name", "number") if k in rows[0])
    assert [k for k, n in Counter(r[key] for r in rows).items() if n > 1] == []


@pytest.mark.parametrize("word", ANSWERS)
def test_no_answer_column_stands_in_reference_or_examples(word: str) -> None:
    files = [p for d in ("reference", "examples") for p in (ROOT / d).rglob("*") if p.is_file()]
    assert files
    assert [p.name for p in files if word in p.read_bytes().decode("utf-8", "replace")] == []


def test_a_row_knows_its_place() -> None:
    app = reference.general_applications()["SRIKANDI"]
    assert app.origin() == Origin("reference", "general_apps.csv", row=2)
    assert table(ROOT / "reference" / "regions.csv")[0]["code"] == "11"
    assert reference.regions()["11"].row == 2


def test_regions_are_those_of_the_decree() -> None:
    regions = reference.regions()
    kinds = Counter(r.kind for r in regions.values())
    assert kinds == {"province": 38, "regency": 416, "city": 98}
    provinces = {code for code, r in regions.items() if r.kind == "province"}
    assert all((r.parent in provinces) is (r.kind != "province") for r in regions.values())


def test_agencies_name_known_parents_and_predecessors() -> None:
    agencies = reference.agencies()
    named = [(a.code, c) for a in agencies.values() for c in (a.parent, a.predecessor) if c]
    assert [pair for pair in named if pair[1] not in agencies] == []
    dates = [d for a in agencies.values() for d in (a.valid_from, a.valid_to) if d]
    assert all(re.fullmatch(r"\d{4}(-\d{2})?", d) for d in dates)


def test_a_central_unit_is_part_of_a_known_body_and_has_spellings_of_its_own() -> None:
    agencies, units = reference.agencies(), reference.central_units()
    assert {u.parent for u in units.values()} <= set(agencies)
    assert shared({u.code: u.spellings for u in units.values()}) == {}
    bodies = owners_of_spellings({a.code: a.spellings for a in agencies.values()})
    assert bodies.keys().isdisjoint(
        owners_of_spellings({u.code: u.spellings for u in units.values()})
    )


def test_one_spelling_means_one_agency_unless_it_was_renamed() -> None:
    agencies = reference.agencies()
    for owners in shared({a.code: a.spellings for a in agencies.values()}).values():
        assert len(owners) == 2
        assert any(agencies[c].predecessor in owners for c in owners)


def test_one_spelling_means_one_unit_type() -> None:
    assert shared({u.code: u.spellings for u in reference.unit_types().values()}) == {}


def test_types_that_a_government_has_many_of_are_marked() -> None:
    named = {u.code for u in reference.unit_types().values() if u.named}
    assert {"KECAMATAN", "KELURAHAN", "DESA", "PUSKESMAS", "SEKOLAH", "BAGIAN"} <= named
    assert {"SETDA", "BAPPEDA", "DINKES", "BAG-ORG"}.isdisjoint(named)


def test_functions_have_a_group_a_definition_and_labels() -> None:
    groups = reference.function_groups()
    for f in reference.functions().values():
        assert f.group in groups
        assert f.name_id
        assert f.name_en
        assert f.definition_id
        assert f.definition_en
        assert f.labels
        assert f.duplication in {"medium", "high", "very_high"}


def test_general_applications_name_known_functions_bodies_and_decrees() -> None:
    functions, agencies = reference.functions(), reference.agencies()
    regulations = reference.regulations()
    for app in reference.general_applications().values():
        assert set(app.functions) | set(app.upstream_of) <= set(functions), app.name
        assert app.managing_agency in agencies, app.name
        assert set(app.decrees) <= set(regulations), app.name
        assert app.class_ in {"A", "B"}
        assert bool(app.functions) is (app.class_ == "A"), app.name


def test_only_applications_whose_decree_was_seen_are_designated() -> None:
    designated = {a.name for a in reference.general_applications().values() if a.designated}
    assert designated == {"SRIKANDI", "SP4N-LAPOR!", "SPSE"}
    seen = {r.id for r in reference.regulations().values() if r.status == "seen"}
    for name in designated:
        assert reference.general_applications()[name].decrees[0] in seen


def test_an_alias_names_one_application_and_never_a_kind() -> None:
    applications = reference.general_applications()
    spellings = {a.name: (a.name, *a.aliases) for a in applications.values()}
    assert shared(spellings) == {}
    assert {plain(k) for k in KINDS_OF_APPLICATION}.isdisjoint(owners_of_spellings(spellings))


def test_a_homonym_is_a_spelling_that_does_not_suffice() -> None:
    for app in reference.general_applications().values():
        assert set(app.homonyms).isdisjoint(app.aliases)
        assert set(app.homonyms).isdisjoint(app.spellings)
    assert reference.general_applications()["SAKTI"].spellings == (
        "Sistem Aplikasi Keuangan Tingkat Instansi",
    )


def test_a_host_serves_one_application() -> None:
    hosts = [h for a in reference.general_applications().values() for h in a.hosts]
    assert len(set(hosts)) == len(hosts)
    assert [h for h in hosts if not re.fullmatch(r"(?!www\.)([a-z0-9-]+\.)+[a-z]+", h)] == []


def test_every_rule_cites_a_regulation_an_article_and_known_functions() -> None:
    regulations, functions = reference.regulations(), reference.functions()
    applications = reference.general_applications()
    for rule in reference.rules():
        assert rule.regulation in regulations
        assert rule.article
        assert rule.functions
        assert set(rule.functions) <= set(functions)
        assert rule.duty in {"use", "conditions", "stop", "designation"}
        assert not rule.application or rule.application in applications
        assert rule.text_id
        assert rule.text_en
    assert len({r.id for r in reference.rules()}) == len(reference.rules())


def test_the_eight_fields_are_those_that_applications_are_named_for() -> None:
    fields = [r.field for r in reference.rules() if r.duty == "stop"]
    assert len(fields) == len(set(fields)) == 8
    assert {f for a in reference.general_applications().values() for f in a.fields} == set(fields)


def test_every_covered_function_has_a_rule() -> None:
    covered = {f for a in reference.general_applications().values() for f in a.functions}
    use = next(r for r in reference.rules() if r.duty == "use")
    assert set(use.functions) == covered


def test_an_article_known_second_hand_is_not_called_seen() -> None:
    unseen = [r.article for r in reference.rules() if not r.seen]
    assert unseen == ["Pasal 37"]


def test_regulation_ids_are_keys() -> None:
    assert [i for i in reference.regulations() if not re.fullmatch(r"[a-z0-9-]+", i)] == []
    assert {r.status for r in reference.regulations().values()} == {"seen", "not_seen"}


def test_priority_services_and_patterns_point_to_known_things() -> None:
    agencies, functions = reference.agencies(), reference.functions()
    assert [s.number for s in reference.priority_services()] == list(range(1, 10))
    for s in reference.priority_services():
        assert {*s.lead_agencies, s.executor} <= set(agencies)
        assert s.regulation in reference.regulations()
    for p in reference.integration_patterns():
        assert {p.function_a, p.function_b} <= {*functions, "*"}
