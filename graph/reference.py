"""The only reader of `reference/`: the data every user needs, each row with the place it stands in.

Every table is read once, on first use.  Lists inside a cell are separated by `;`.
"""

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from graph.schema.records import Origin, slug

FOLDER = Path(__file__).parent.parent / "reference"
REGIONAL = "agency:pemda-"  # begins the id of a regional government; the code of its region follows


@dataclass(frozen=True, kw_only=True)
class ReferenceRow:
    """What every row of `reference/` has: its place, and where its facts come from."""

    file: ClassVar[str]
    row: int  # as a spreadsheet program shows it: the header is row 1
    source: str

    def origin(self, how: str = "stated") -> Origin:
        """Give the place of the row, as the origin of a fact taken from it."""
        return Origin("reference", self.file, None, self.row, None, how)


@dataclass(frozen=True, kw_only=True)
class AuthorityAgency(ReferenceRow):
    """A central public body, with the period in which it existed under this name."""

    file = "agencies.csv"
    code: str
    name: str
    name_en: str
    kind: str
    parent: str
    abbreviation: str
    aliases: tuple[str, ...]
    valid_from: str  # year or year-month; empty if not known
    valid_to: str  # empty if it still exists
    predecessor: str
    confidence: str

    @property
    def id(self) -> str:
        """Give the id of the agency in the graph."""
        return f"agency:{slug(self.code)}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling that means this body: name, abbreviation and aliases."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.abbreviation, *self.aliases))))


@dataclass(frozen=True, kw_only=True)
class CentralUnit(ReferenceRow):
    """A part of a central body that lists name without its body: DJP, Bea Cukai.

    `parent` is the body of today; at an earlier date the unit belongs to its predecessor.
    """

    file = "central_units.csv"
    code: str
    name: str
    parent: str
    aliases: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling that means this unit: its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class Region(ReferenceRow):
    """A province, regency or city, by its code of the home ministry."""

    file = "regions.csv"
    code: str
    name: str
    kind: str
    parent: str

    @property
    def id(self) -> str:
        """Give the id of the region in the graph."""
        return f"region:{slug(self.code)}"

    @property
    def government(self) -> str:
        """Give the id of the government of the region."""
        return REGIONAL + slug(self.code)


@dataclass(frozen=True, kw_only=True)
class UnitType(ReferenceRow):
    """A kind of regional unit; with a region it makes a unit."""

    file = "unit_types.csv"
    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    named: bool  # one government has many: the unit's own name belongs to its identity

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling of the type: its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class FunctionGroup(ReferenceRow):
    """A group of functions, for lists and pictures."""

    file = "function_groups.csv"
    code: str
    name_id: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class FunctionTerm(ReferenceRow):
    """A business function that applications perform, with the words that tell it."""

    file = "functions.csv"
    code: str
    name_id: str
    name_en: str
    definition_id: str
    definition_en: str
    group: str
    rab_code: str
    ral_code: str
    national_applications: str
    duplication: str  # medium, high or very_high: our judgement
    labels: tuple[str, ...]
    weak_labels: tuple[str, ...]  # may not decide alone, and may stand in several functions

    @property
    def id(self) -> str:
        """Give the id of the function in the graph."""
        return f"function:{slug(self.code)}"


@dataclass(frozen=True, kw_only=True)
class GeneralApplication(ReferenceRow):
    """A national application: general (class A) or of one ministry, used nationwide (class B)."""

    file = "general_apps.csv"
    name: str
    aliases: tuple[str, ...]
    homonyms: tuple[str, ...]  # spellings that others bear too: a second sign is needed
    predecessors: tuple[str, ...]  # names of systems that it replaced
    class_: str
    functions: tuple[str, ...]  # covered, class A only
    upstream_of: tuple[str, ...]  # functions in which a class B application is upstream
    fields: tuple[str, ...]  # of Perpres 95/2018
    managing_agency: str
    managing_unit: str
    partner_agencies: tuple[str, ...]
    decrees: tuple[str, ...]  # ids of regulations
    decree_status: str  # of the decree that makes it general: seen or not_seen
    decree_note: str
    hosts: tuple[str, ...]
    confidence: str

    @property
    def id(self) -> str:
        """Give the id of the application in the graph."""
        return f"app:{slug(self.name)}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give the spellings that name this application and no other, without its homonyms."""
        return tuple(s for s in (self.name, *self.aliases) if s not in self.homonyms)

    @property
    def designated(self) -> bool:
        """Tell whether the decree that makes it a general application was seen."""
        return self.class_ == "A" and self.decree_status == "seen"


@dataclass(frozen=True, kw_only=True)
class Rule(ReferenceRow):
    """What one article obliges, in our words, and the functions it is about."""

    file = "rules.csv"
    id: str
    regulation: str
    article: str
    field: str  # of Perpres 95/2018; empty if the rule is not about one
    application: str  # the one that a decree designates; else empty
    functions: tuple[str, ...]
    duty: str  # use, conditions, stop or designation
    text_id: str
    text_en: str
    seen: bool  # whether the text of the article, or the designation, was seen
    confidence: str


@dataclass(frozen=True, kw_only=True)
class Regulation(ReferenceRow):
    """A law, decree or circular that the other tables cite."""

    file = "regulations.csv"
    id: str
    number: str
    title: str  # empty if not known
    year: int
    status: str  # seen or not_seen
    basis: str  # what "seen" rests on, or why not

    @property
    def node_id(self) -> str:
        """Give the id of the regulation in the graph."""
        return f"regulation:{slug(self.id)}"


@dataclass(frozen=True, kw_only=True)
class PriorityService(ReferenceRow):
    """One of the nine priority services of Perpres 82/2023."""

    file = "priority_services.csv"
    number: int
    name_id: str
    name_en: str
    lead_agencies: tuple[str, ...]
    lead_as_written: str
    regulation: str
    executor: str
    executor_note: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class IntegrationPattern(ReferenceRow):
    """Two units whose systems are expected to exchange data; `any`, `*` and `-` are patterns."""

    file = "integration_patterns.csv"
    id: str
    unit_a: str
    unit_b: str
    systems_a: tuple[str, ...]
    systems_b: tuple[str, ...]
    function_a: str
    function_b: str
    join_keys: tuple[str, ...]
    text_en: str


HEADINGS = {"class_": "class", "fields": "field", "decrees": "decree"}
HEADINGS |= {"systems_a": "system_a", "systems_b": "system_b"}
YES = {"yes": True, "no": False}
R = TypeVar("R", bound=ReferenceRow)


def _table(cls: type[R]) -> tuple[R, ...]:
    """Read a file into rows of its class; a field's type says how its cell is read."""
    types = {f.name: f.type for f in fields(cls) if f.name != "row"}
    with (FOLDER / cls.file).open(encoding="utf-8", newline="") as f:
        return tuple(
            cls(row=n, **{name: _cell(r[HEADINGS.get(name, name)], types[name]) for name in types})
            for n, r in enumerate(csv.DictReader(f, strict=True), start=2)
        )


def _cell(text: str, type: object) -> Any:
    if type == tuple[str, ...]:
        return tuple(word for part in text.split(";") if (word := part.strip()))
    if type is bool:
        return YES[text]
    return int(text) if type is int else text


@cache
def agencies() -> dict[str, AuthorityAgency]:
    """Give the central bodies by code, those of 2019 to 2024 included."""
    return {r.code: r for r in _table(AuthorityAgency)}


@cache
def central_units() -> dict[str, CentralUnit]:
    """Give the parts of central bodies that are named without their body, by code."""
    return {r.code: r for r in _table(CentralUnit)}


@cache
def regions() -> dict[str, Region]:
    """Give the provinces, regencies and cities by code."""
    return {r.code: r for r in _table(Region)}


@cache
def unit_types() -> dict[str, UnitType]:
    """Give the kinds of regional unit by code."""
    return {r.code: r for r in _table(UnitType)}


@cache
def function_groups() -> dict[str, FunctionGroup]:
    """Give the groups of functions by code, in their order."""
    return {r.code: r for r in _table(FunctionGroup)}


@cache
def functions() -> dict[str, FunctionTerm]:
    """Give the function vocabulary by code."""
    return {r.code: r for r in _table(FunctionTerm)}


@cache
def general_applications() -> dict[str, GeneralApplication]:
    """Give the national applications by name, class A first."""
    return {r.name: r for r in _table(GeneralApplication)}


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules, in the order of the file."""
    return _table(Rule)


@cache
def regulations() -> dict[str, Regulation]:
    """Give the regulations by id."""
    return {r.id: r for r in _table(Regulation)}


@cache
def priority_services() -> tuple[PriorityService, ...]:
    """Give the nine priority services, in their order."""
    return _table(PriorityService)


@cache
def integration_patterns() -> tuple[IntegrationPattern, ...]:
    """Give the pairs of units whose systems are expected to exchange data."""
    return _table(IntegrationPattern)
