"""What the overview shows: strands from rows to findings, function × agency, data quality."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from graph.landscape import Landscape
from graph.reference import function_groups, unit_types

REFERENCE = "reference"  # the source of what only our own lists say
FATES = ("first", "again", "other")
STATES = ("finding", "alike", "alone", "unknown")
MOST_COLUMNS = 20
FEW = 3
REST = "lain"
NO_GROUP = "-"
SHORTER = (
    (r"^Pemerintah (?=Kabupaten|Kota|Provinsi)", ""),
    (r"\bKabupaten\b", "Kab."),
    (r"\bKecamatan\b", "Kec."),
    (r"\bKelurahan\b", "Kel."),
    (r"\bProvinsi\b", "Prov."),
    (r"\bKementerian\b", "Kemen."),
    (r"\bSekretariat\b", "Set."),
    (r"\bPemerintah\b", "Pem."),
)
LONGEST = 18
# a source that states none of these only names applications, in rows about something else
DESCRIBING = ("description", "address", "status", "scope", "platform", "code")


class Rates(NamedTuple):
    """How much of what a source describes it fills, as shares; None: it describes nothing."""

    source: str
    name: str
    as_of: str | None
    read: int
    refused: int
    applications: int
    filled: dict[str, float | None]


class Axis(NamedTuple):
    """One row or column of the matrix."""

    key: str
    short: str
    full: str


class Use(NamedTuple):
    """One application of one body, in its function: a line under the matrix."""

    application: str
    function: str | None
    group: str
    agency: str


@dataclass(frozen=True)
class Matrix:
    """Function × agency: which applications stand where, and where a finding does."""

    rows: list[Axis]
    columns: list[Axis]
    cells: dict[tuple[int, int], list[str]]  # (column, row) → applications
    marked: set[tuple[int, int]]
    uses: list[Use]

    def at(self, function: str | None, agency: str | None) -> list[str]:
        """Give the applications of a cell by the keys of its axes; none if there is no cell."""
        columns = {a.key: i for i, a in enumerate(self.columns)}
        rows = {a.key: i for i, a in enumerate(self.rows)}
        if function not in rows or agency not in columns:
            return []
        return self.cells.get((columns[agency], rows[function]), [])


class Placed(NamedTuple):
    """How many applications stand in a cell of any matrix, and why others do not."""

    inside: int
    outside: int  # no source names a body that owns or uses them
    outside_unknown: int  # of those, their function is not known either


@dataclass(frozen=True)
class Flow:
    """How many rows of which source became what, and how the applications stand."""

    rows: dict[str, dict[str, int]]  # source → fate → rows
    states: dict[str, int]  # state → applications


@dataclass(frozen=True)
class Survey:
    """Tables of one version that the overview reads more than once.

    Making it is O(n + m) over the columns; nothing here walks the graph.
    """

    L: Landscape

    @cached_property
    def member_of(self) -> dict[str, list[str]]:
        """Application → findings it is in."""
        found: dict[str, list[str]] = defaultdict(list)
        for app, finding in _ends(self.L, "MEMBER_OF"):
            found[app].append(finding)
        return dict(found)

    @cached_property
    def function_of(self) -> dict[str, str]:
        """Application → its best function."""
        rows = _columns(self.L.edges["PERFORMS"], ("source", "target", "rank"))
        return {a: f for a, f, rank in rows if rank == 1}

    @cached_property
    def applications(self) -> dict[str, dict[str, Any]]:
        """Applications that a source describes or mentions: no plain websites, no classes."""
        seen = {a for a, *_ in self.described}
        return {
            r["id"]: r
            for r in self.L.rows("Application")
            if r["id"] in seen and not r["website"] and r["kind"] != "class"
        }

    @cached_property
    def described(self) -> list[tuple[str, str, str | None, str | None, int | None]]:
        """(application, source, file, sheet, row) of every row that describes one, sorted."""
        origins = self.L.origins
        about_nodes = pc.and_(
            pc.is_null(origins["property"]), pc.not_equal(origins["source"], REFERENCE)
        )
        apps = origins.filter(pc.and_(about_nodes, pc.starts_with(origins["about"], "app:")))
        columns = ("about", "source", "file", "sheet", "row")
        found = list(_columns(apps, columns))
        return sorted(found, key=lambda r: (*(str(x or "") for x in r[:4]), r[4] or 0))

    @cached_property
    def agencies(self) -> dict[str, dict[str, Any]]:
        """Agencies by id."""
        return {r["id"]: r for r in self.L.rows("Agency")}

    def government(self, agency: str) -> str:
        """Give the government of a body; a body without one stands for itself."""
        return str(self.agencies[agency]["government"] or agency)

    @cached_property
    def used_by(self) -> dict[str, list[str]]:
        """Application → bodies that use or own it, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for relation in ("USES", "OWNS"):
            for agency, app in _ends(self.L, relation):
                found[app].add(agency)
        return {app: sorted(ids) for app, ids in found.items()}

    @cached_property
    def users(self) -> dict[str, int]:
        """Application → how many bodies use it; its owner is no user by that."""
        return Counter(app for _, app in set(_ends(self.L, "USES")))

    @cached_property
    def governments(self) -> list[tuple[str, str, int]]:
        """Give (id, name, applications) of the governments, the largest first."""
        seen: dict[str, set[str]] = defaultdict(set)
        for app, ids in self.used_by.items():
            if app in self.applications:
                for agency in ids:
                    seen[self.government(agency)].add(app)
        rows = [(g, str(self.agencies[g]["name"]), len(apps)) for g, apps in seen.items()]
        return sorted(rows, key=lambda r: (-r[2], r[0]))

    def group(self, function: str | None) -> str:
        """Give the group of a function; a dash where none is known."""
        if function is None:
            return NO_GROUP
        return str(self.functions[function]["group"] or NO_GROUP)

    @cached_property
    def groups(self) -> list[str]:
        """The groups of functions that applications have, in the order of our list."""
        found = {self.group(f) for a, f in self.function_of.items() if a in self.applications}
        known = list(function_groups())
        return sorted(found, key=lambda g: (known.index(g) if g in known else len(known), g))

    @cached_property
    def functions(self) -> dict[str, dict[str, Any]]:
        """Functions by id."""
        return {r["id"]: r for r in self.L.rows("Function")}


def flow(s: Survey, accepted: Mapping[str, int]) -> Flow:
    """Count rows by source and fate, and applications by state.

    Parameters
    ----------
    accepted
        Accepted rows of each source; all of one that names no application are other rows.
    """
    seen: set[str] = set()
    row_fates: dict[str, dict[tuple[str, str, int], bool]] = defaultdict(dict)
    for app, source, file, sheet, row in s.described:
        if app not in s.applications:
            continue
        key = (file or "", sheet or "", row or 0)
        row_fates[source][key] = row_fates[source].get(key, False) or app not in seen
        seen.add(app)
    rows = {}
    for source in dict.fromkeys((*row_fates, *accepted)):
        fates = row_fates[source]
        first = sum(fates.values())
        other = max(0, accepted.get(source, len(fates)) - len(fates))
        rows[source] = {"first": first, "again": len(fates) - first, "other": other}
    peers = Counter(s.function_of.get(a) for a in s.applications)
    states = Counter(_state(s, a, peers) for a in s.applications)
    return Flow(rows, {k: states.get(k, 0) for k in STATES})


def placed(s: Survey) -> Placed:
    """Count the applications that have a cell, and those that have none."""
    out = [a for a in s.applications if a not in s.used_by]
    unknown = sum(a not in s.function_of for a in out)
    return Placed(len(s.applications) - len(out), len(out), unknown)


def _state(s: Survey, app: str, peers: Mapping[str | None, int]) -> str:
    if app in s.member_of:
        return "finding"
    function = s.function_of.get(app)
    return "unknown" if function is None else "alike" if peers[function] > 1 else "alone"


def matrix(
    s: Survey, lang: str, government: str | None, group: str | None, rest: str, unknown: str
) -> Matrix:
    """Place applications by function and body.

    Parameters
    ----------
    government
        Its units are the columns; None: governments are.
    group
        Its functions are the rows; None: the groups are.
    rest, unknown
        What to call the folded columns ("{n}" in it) and a missing function.
    """
    uses = _uses(s, government, group)
    placed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for u in uses:
        column = u.agency if government else s.government(u.agency)
        row = (u.function or NO_GROUP) if group else u.group
        placed[column, row].add(u.application)
    kept, folded = _kept(placed, s.member_of)
    above = str(s.agencies[government]["name"]) if government in s.agencies else ""
    columns = [Axis(a, short(s.agencies[a], above), str(s.agencies[a]["name"])) for a in kept]
    if folded:
        said = rest.format(n=len(folded))
        columns.append(Axis(REST, said, said))
    row_sizes: Counter[str] = Counter()
    for (_, k), apps in placed.items():
        row_sizes[k] += len(apps)
    keys = sorted(row_sizes, key=lambda k: (k == NO_GROUP, -row_sizes[k], k))
    rows = [_row_axis(s, k, lang, unknown) for k in keys]
    at = {a: i for i, a in enumerate(kept)} | dict.fromkeys(folded, len(kept))
    cells: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (a, k), apps in placed.items():
        cells[at[a], keys.index(k)] |= apps
    marked = {xy for xy, apps in cells.items() if any(a in s.member_of for a in apps)}
    order = sorted(cells, key=lambda xy: (xy in marked, xy))  # framed ones are drawn on top
    found = {xy: sorted(cells[xy], key=lambda a: s.applications[a]["name"]) for xy in order}
    return Matrix(rows, columns, found, marked, uses)


def _uses(s: Survey, government: str | None, group: str | None) -> list[Use]:
    found = []
    for app in s.applications:
        function = s.function_of.get(app)
        for agency in s.used_by.get(app, ()):
            use = Use(app, function, s.group(function), agency)
            if government in (None, s.government(agency)) and group in (None, use.group):
                found.append(use)
    return found


def _kept(
    placed: Mapping[tuple[str, str], set[str]], member_of: Mapping[str, object]
) -> tuple[list[str], list[str]]:
    """Part the columns: the largest and those with a finding, and those folded into one."""
    apps: dict[str, set[str]] = defaultdict(set)
    for (a, _), ids in placed.items():
        apps[a] |= ids
    order = sorted(apps, key=lambda a: (-len(apps[a]), a))
    if len(order) <= MOST_COLUMNS:
        return order, []
    strong = [a for a in order if len(apps[a]) >= FEW or any(x in member_of for x in apps[a])]
    kept = strong[:MOST_COLUMNS]
    return kept, [a for a in order if a not in set(kept)]


def short(row: Mapping[str, Any], government: str = "") -> str:
    """Give a name that fits a column.

    An abbreviation that a source wrote in brackets, else the usual one of its kind of unit, else a
    shortened name; the government's name goes where it stands above the columns anyway.
    """
    name = str(row["name"]).removesuffix(government.removeprefix("Pemerintah ")).strip()
    if len(name) > LONGEST and (known := _abbreviation(row)):
        return known
    for pattern, word in SHORTER:
        name = re.sub(pattern, word, name)
    return name if len(name) <= LONGEST + 4 else name[: LONGEST + 2].rstrip(" ,") + "…"


def _abbreviation(row: Mapping[str, Any]) -> str | None:
    written = [str(row["name"]), *(row.get("aliases") or ())]
    bracketed = [m for text in written for m in re.findall(r"\(([A-Z][\w.]{1,11})\)", text)]
    kind = re.fullmatch(r"agency:(.+?)(-\d\d){1,2}", str(row["id"]))
    code = kind.group(1).upper() if kind else ""
    if bracketed or code in unit_types():
        usual = code.replace("BAG-", "Bag. ") if code.startswith("BAG-") else code
        return min(bracketed, key=len, default=usual)
    acronyms = [a for a in written if 2 <= len(a) <= 14 and a[0].isupper()]
    return min(acronyms, key=lambda a: (len(a), a), default=None)


def _row_axis(s: Survey, key: str, lang: str, unknown: str) -> Axis:
    if key == NO_GROUP:
        return Axis(key, unknown, unknown)
    if key in s.functions:
        name = s.L.name(key, lang)
        return Axis(key, name, name)
    group = function_groups().get(key)
    name = key if group is None else group.name_en if lang == "en" else group.name_id
    return Axis(key, name, name)


def quality(
    s: Survey, counts: Mapping[str, tuple[int, int]], properties: Sequence[str], lang: str
) -> list[Rates]:
    """Give how much each source fills of what it describes.

    Parameters
    ----------
    counts
        Source → (rows read, rows refused).
    properties
        Of Application; `owner` stands for the edge OWNS.
    """
    about_apps: dict[str, set[str]] = defaultdict(set)
    for app, source, *_ in s.described:
        about_apps[source].add(app)
    filled: dict[tuple[str, str], set[str]] = defaultdict(set)
    stated = s.L.origins.filter(pc.equal(s.L.origins["how"], "stated"))
    asked = pa.array({*properties, *DESCRIBING})
    values = stated.filter(pc.is_in(stated["property"], value_set=asked))
    for about, prop, source in _columns(values, ("about", "property", "source")):
        filled[source, prop].add(about)
    owned = dict(_columns(s.L.edges["OWNS"], ("id", "target")))
    whole = stated.filter(
        pc.and_(
            pc.is_null(stated["property"]),
            pc.is_in(stated["about"], value_set=pa.array(owned, pa.string())),
        )
    )
    for about, source in _columns(whole, ("about", "source")):
        filled[source, "owner"].add(owned[about])
    sources = {r["slug"]: r for r in s.L.rows("Source")}
    return [
        Rates(
            slug,
            s.L.name(sources[slug]["id"], lang) if slug in sources else slug,
            sources[slug]["as_of"] if slug in sources else None,
            *counts[slug],
            len(about_apps[slug]),
            _filled(slug, about_apps[slug], filled, properties),
        )
        for slug in sorted(counts)
    ]


def _filled(
    slug: str,
    apps: set[str],
    filled: Mapping[tuple[str, str], set[str]],
    properties: Iterable[str],
) -> dict[str, float | None]:
    """Give the shares of a source; None where it only names applications, or knows none."""
    if not any(apps & filled.get((slug, p), set()) for p in DESCRIBING):
        return dict.fromkeys(properties)
    return {p: len(apps & filled.get((slug, p), set())) / len(apps) for p in properties}


def _ends(L: Landscape, relation: str) -> Iterable[tuple[str, str]]:
    return _columns(L.edges[relation], ("source", "target"))


def _columns(table: Any, names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    """Read some columns of a table row by row, without making a dict of each row."""
    return zip(*(table.column(c).to_pylist() for c in names), strict=True)
