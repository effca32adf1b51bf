"""Which agency a spelling means, at which date.

Read off the authority lists: central bodies with their periods, regions, and kinds of regional
unit.  A unit is a kind of unit *of* a government, so `Dinas Kesehatan` alone is no agency.
What is not certain is not guessed: the spelling stays, as a question for a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from graph import reference
from graph.reference import AuthorityAgency, UnitType
from graph.reference import Region as AuthorityRegion
from graph.schema.codes import AgencyKind
from graph.schema.nodes import Agency
from graph.schema.records import Reference, plain, slug

# Bare names of directorates and the like that the list of bodies does not hold, with the ministry
# of today; at an earlier date they belong to its predecessor.
CENTRAL_UNITS = {
    "Ditjen Dukcapil": "KEMENDAGRI",
    "Ditjen Bina Pemdes": "KEMENDAGRI",
    "Ditjen Bina Adwil": "KEMENDAGRI",
    "BSKDN": "KEMENDAGRI",
    "DJP": "KEMENKEU",
    "Ditjen Pajak": "KEMENKEU",
    "DJPK": "KEMENKEU",
    "DJPb": "KEMENKEU",
    "DJA": "KEMENKEU",
    "DJBC": "KEMENKEU",
    "Bea Cukai": "KEMENKEU",
    "LNSW": "KEMENKEU",
    "BPHN": "KEMENKUM",
    "Ditjen AHU": "KEMENKUM",
    "Ditjen Imigrasi": "KEMENIMIPAS",
    "Ditjen Pemasyarakatan": "KEMENIMIPAS",
    "Ditjen Minerba": "ESDM",
    "Korlantas": "POLRI",
    "BSrE": "BSSN",
    "LPJK": "KEMENPU",
}
# First words of local offices of central bodies: the law makes them part of it.
LOCAL_OFFICES = {
    "pengadilan": "MA",
    "kejaksaan": "KEJAGUNG",
    "polda": "POLRI",
    "polres": "POLRI",
    "polresta": "POLRI",
    "polsek": "POLRI",
}
SAME_UNIT = {"ditjenpajak": "DJP", "djbc": "Bea Cukai"}
PROVINCES = {
    "11": ("NAD", "Nanggroe Aceh Darussalam"),
    "12": ("Sumut",),
    "13": ("Sumbar",),
    "16": ("Sumsel",),
    "19": ("Babel", "Bangka Belitung"),
    "21": ("Kepri",),
    "31": ("DKI Jakarta", "DKI", "Jakarta", "DK Jakarta", "Daerah Khusus Jakarta"),
    "32": ("Jabar",),
    "33": ("Jateng",),
    "34": ("DIY", "DI Yogyakarta", "D.I. Yogyakarta", "Yogyakarta"),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "64": ("Kaltim",),
    "65": ("Kaltara",),
    "71": ("Sulut",),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
    "82": ("Malut",),
}
KINDS = {
    "kab": "regency",
    "kabupaten": "regency",
    "pemkab": "regency",
    "kota": "city",
    "kotamadya": "city",
    "pemkot": "city",
    "prov": "province",
    "provinsi": "province",
    "propinsi": "province",
    "pemprov": "province",
}
ADMINISTRATIVE = {"administrasi", "adm"}
GOVERNMENT = {"pemerintah", "pemda", "pemkab", "pemkot", "pemprov", "pem", "daerah"}
SMALL = {"di", "dan", "pada", "untuk", "se"}
REGIONAL = {
    "dinas",
    "kecamatan",
    "kelurahan",
    "kec",
    "kel",
    "desa",
    "bagian",
    "setda",
    "sekretariat",
    "satpol",
    "inspektorat",
    "puskesmas",
    "rsud",
}
SEVERAL = {"KECAMATAN", "KELURAHAN", "DESA", "PUSKESMAS", "SEKOLAH", "UPTD", "BAGIAN", "BIRO"}
"""Kinds of unit of which a government has many: without a name of its own it is a class."""
OFFICES = {
    "dinas",
    "badan",
    "bagian",
    "biro",
    "satuan",
    "inspektorat",
    "sekretariat",
    "kantor",
    "rumah",
    "perusahaan",
    "kecamatan",
    "kelurahan",
}
"""First words of full names of units."""
SHORT_NAMES = {"PUSKESMAS": "Puskesmas"}
WORD_BELONGS = {"SEKOLAH", "UPTD", "BUMD"}
"""Kinds whose word is part of the unit's name (SDN 1, Balai Uji)."""
LATER = re.compile(r"(?:dahulu|dulu|then|d/h|eks|sebelumnya|formerly)\s+(.+)", re.IGNORECASE)
CLASS = re.compile(
    r"^\d|\bk l\b|^(?:semua|seluruh|berbagai|setiap|lebih dari)\b|\blainnya$|\bkabupaten kota\b"
    r"|^(?:umum|publik|swasta|perorangan|masyarakat|vendor|bank|sro pasar modal)$"
    r"|^(?:instansi|lembaga|instansi pemerintah|pemerintah daerah|pemda|badan usaha|fktp|fasyankes)"
    r"(?: (?:umum|lain|mitra|swasta|pengguna|masing masing|pusat|pusat dan daerah))*$"
    r"|^\w+ (?:provinsi|kabupaten|kota)(?: \d.*)?$"
)
CLASS_REMARKS = {"umum", "tidak disebut", "tidak disebutkan"}
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
CLOSE = 82.0
"""Least similarity (0 to 100) of a spelling that is offered to a person; never an answer."""


class Match(NamedTuple):
    """Which agency a spelling means.

    Parameters
    ----------
    id
        Id of the agency, or a reference if it is not known; None for a class of bodies.
    entity
        What the spelling itself says of the agency; None where reference data says it all.
    sure
        False: a question for a person.
    how
        central, central-unit, government, region-name (a region's name alone), unit, class; or
        why not: ambiguous, no-region, unknown.
    candidates
        Ids that may be meant, the best first, where it is not sure.
    """

    id: str | None
    entity: Agency | None
    sure: bool
    how: str
    candidates: tuple[str, ...] = ()


class Token(NamedTuple):
    """A word of a text: case folded, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Index:
    """The authority lists, by spelling; built once."""

    bodies: dict[str, tuple[AuthorityAgency, ...]]
    successors: dict[str, tuple[AuthorityAgency, ...]]
    central_units: dict[str, tuple[str, AuthorityAgency]]
    units: dict[str, tuple[UnitType, str]]
    regions: dict[str, dict[str, AuthorityRegion]]
    """Kind → name without its kind and blanks → region."""
    bare: dict[str, tuple[AuthorityRegion, ...]]
    """The same for a name whose kind is not said: several regions may bear it."""


@cache
def index() -> Index:
    """Build the index of all spellings from the reference data."""
    bodies: dict[str, list[AuthorityAgency]] = defaultdict(list)
    successors: dict[str, list[AuthorityAgency]] = defaultdict(list)
    for body in reference.agencies().values():
        for spelling in dict.fromkeys(map(key, (*body.spellings, body.code))):
            bodies[spelling].append(body)
        if body.predecessor:
            successors[body.predecessor].append(body)
    central = {key(n): (n, reference.agencies()[code]) for n, code in CENTRAL_UNITS.items()}
    units: dict[str, tuple[UnitType, str]] = {}
    for unit in reference.unit_types().values():
        for spelling in (unit.name, *unit.aliases, unit.code):
            units.setdefault(key(spelling), (unit, spelling))
    regions: dict[str, dict[str, AuthorityRegion]] = defaultdict(dict)
    bare: dict[str, list[AuthorityRegion]] = defaultdict(list)
    for region in reference.regions().values():
        for name in _region_names(region):
            regions[region.kind][name] = region
            bare[name].append(region)
    return Index(
        {k: tuple(v) for k, v in bodies.items()},
        {k: tuple(v) for k, v in successors.items()},
        central,
        units,
        dict(regions),
        {k: tuple(v) for k, v in bare.items()},
    )


def key(text: str) -> str:
    """Make the form in which spellings are compared: no blanks, no marks, no *dan*.

    >>> key("Dinas Komunikasi & Informatika") == key("dinas komunikasi dan informatika")
    True
    """
    return _joined(plain(text).replace("direktorat jenderal", "ditjen").split())


def is_class(text: str) -> bool:
    """Tell whether a text means a class of bodies: "pemerintah daerah (umum)", "K/L dan pemda"."""
    remarks = {plain(remark) for remark in BRACKETS.findall(text)}
    return bool(remarks & CLASS_REMARKS or CLASS.search(plain(text)))


def government(region: str) -> str:
    """Give the id of the government of a region, by its code (35.19)."""
    return f"agency:pemda-{region.replace('.', '-')}"


def regions_named(text: str) -> tuple[str, ...]:
    """Give the codes of the regions that a text names with their kind ("Kabupaten Magetan")."""
    return tuple(r.code for r in _regions_in(_tokens(text))[0])


class Agencies:
    """The authority lists, as they stood when the source was made.

    Parameters
    ----------
    as_of
        Date of the source: year, month or day; None for today's bodies.
    region
        Code of the region the source is about; a text that names a region comes first.
    """

    def __init__(self, as_of: str | None = None, region: str | None = None) -> None:
        self.as_of, self.default = as_of, region
        self._known: dict[tuple[str, str | None], Match] = {}

    def find(self, text: str, region: str | None = None) -> Match:
        """Tell which agency a spelling means.

        Parameters
        ----------
        text
            The name as a source writes it.
        region
            Code of the region that is meant where the text names none; else the source's.

        Notes
        -----
        A spelling met before costs one look-up; a new one some 100 µs.
        """
        asked = (text, region or self.default)
        if asked not in self._known:
            self._known[asked] = _Reading(*asked, self.as_of).match()
        return self._known[asked]

    def region(self, code: str | None, name: str | None) -> str | None:
        """Give the code of a region from its code or its name; None if neither is known."""
        if code and code.strip() in reference.regions():
            return code.strip()
        found = _regions_in(_tokens(name or ""))[0] or _bare(key(name or ""))
        return found[0].code if len(found) == 1 else None

    def government(self, region: str) -> str:
        """Give the id of a region's government."""
        return government(region)


class _Reading:
    """One spelling, read step by step."""

    def __init__(self, text: str, region: str | None, as_of: str | None) -> None:
        self.text, self.default, self.as_of = text.strip(), region, as_of
        self.index = index()
        self.notes = BRACKETS.findall(self.text)
        self.base = BRACKETS.sub(" ", self.text).strip(" ,;")
        self.named, spans = _regions_in(_tokens(self.text))
        base_spans = _regions_in(_tokens(self.base))[1]
        self.rest = _without_government(_left(_tokens(self.base), base_spans), bool(spans))
        self.regional = bool(self.rest) and self.rest[0].word in REGIONAL

    def match(self) -> Match:
        if is_class(self.text):
            return Match(None, None, True, "class")
        steps = (self._body, self._unit, self._government, self._body_unit, self._bare_region)
        for step in steps:
            if found := step():
                return found
        return self._unknown()

    # ------------------------------------------------------------------ central bodies
    def _body(self) -> Match | None:
        """Read "Kemenkes", "Kemenhut (dahulu KLHK)", "BSSN (BSrE)"."""
        if found := self._central(self.text):
            return found
        body = self._at_date(self.index.bodies.get(_bare_of_state(key(self.base)), ()))
        if body is None or not self.notes or self.named:
            return None
        for note in self.notes:
            if (later := LATER.match(note)) and not _valid(body, self.as_of):
                earlier = self._at_date(self.index.bodies.get(key(later[1]), ()))
                body = earlier or body
            elif note[:1].isupper() and not self._at_date(self.index.bodies.get(key(note), ())):
                return _part_of(body, note)
        return Match(_id(body), None, True, "central")

    def _central(self, text: str) -> Match | None:
        spelled = _bare_of_state(key(text))
        if unit := self.index.central_units.get(spelled):
            return _part_of(self._at_date((unit[1],)) or unit[1], SAME_UNIT.get(spelled, unit[0]))
        bodies = self.index.bodies.get(spelled, ())
        if not bodies:
            return None
        body = self._at_date(bodies)
        if spelled in self.index.units and self.default:
            unit_id = self._unit_of(*self.index.units[spelled], "", self._default_region()).id
            ids = tuple(filter(None, (_id(body) if body else None, unit_id)))
            return self._question("ambiguous", ids)
        return Match(_id(body), None, True, "central") if body else None

    def _at_date(self, bodies: Sequence[AuthorityAgency]) -> AuthorityAgency | None:
        """Choose the body that existed at the source's date, among those of one spelling."""
        valid = [b for b in bodies if _valid(b, self.as_of)]
        if valid or not bodies:
            return valid[0] if len(valid) == 1 else None
        moved = {m.code: m for b in bodies if (m := self._moved(b))}
        if len(moved) == 1:
            return next(iter(moved.values()))
        return bodies[0] if len(bodies) == 1 else None

    def _moved(self, body: AuthorityAgency) -> AuthorityAgency | None:
        """Follow a renamed body to the date; one that was split stays as it is named."""
        seen = {body.code}
        while not _valid(body, self.as_of):
            if _after(body.valid_from, self.as_of or ""):
                following = [reference.agencies()[p] for p in [body.predecessor] if p]
            else:
                following = list(self.index.successors.get(body.code, ()))
            if len(following) != 1 or following[0].code in seen:
                return None
            body = following[0]
            seen.add(body.code)
        return body

    def _body_unit(self) -> Match | None:
        """Read "Ditjen Dukcapil Kemendagri", "Biro Umum, BMKG", "Kanreg II BKN Surabaya"."""
        tokens = _tokens(self.base)
        if self.regional and not self._after_comma():
            return None
        if tokens and (code := LOCAL_OFFICES.get(tokens[0].word)):
            return _part_of(reference.agencies()[code], self.base, self.base)
        for start, end in _spans(tokens):
            words = [t.word for t in tokens[start:end]]
            bodies = self.index.bodies.get(_joined(words), ())
            if not bodies or (start and tokens[start - 1].word in {"dan", "atau"}):
                continue
            last = end == len(tokens)
            spelled = self.base[tokens[start].start : tokens[end - 1].end]
            if len(spelled) <= 3 + (not last) and not spelled.isupper():
                continue
            if not last and len(words) == 1 and not spelled.isupper():
                continue
            body = self._at_date(bodies)
            name = self.base[: tokens[start].start] + " " + self.base[tokens[end - 1].end :]
            other = self._at_date(self.index.bodies.get(key(name), ()))
            if body and other:
                return self._question("ambiguous", (_id(other), _id(body)))
            return _part_of(body, name) if body else None
        return None

    def _after_comma(self) -> bool:
        return key(self.base.rpartition(",")[2]) in self.index.bodies

    # ------------------------------------------------------------------ regional bodies
    def _default_region(self) -> AuthorityRegion | None:
        return reference.regions().get(self.default) if self.default else None

    def _unit(self) -> Match | None:
        """Read "Dinas Kesehatan Kota Palu", "SETDA Kab Magetan", "Kecamatan Wungu"."""
        words = [t.word for t in self.rest]
        if not words:
            return None
        if found := self.index.units.get(_joined(words)):
            return self._of_region(*found, "")
        if self._after_comma():
            return None
        return self._named_unit() or self._unit_of_bare_region() or self._unit_in_brackets()

    def _of_region(self, unit: UnitType, spelling: str, own: str) -> Match:
        regions = self.named or tuple(filter(None, [self._default_region()]))
        if len(regions) > 1:
            return self._several(unit, spelling, own, regions)
        if not own and unit.code in SEVERAL:
            return Match(None, None, True, "class")
        if not regions:
            lower = self.base == self.base.lower()
            return Match(None, None, True, "class") if lower else self._question("no-region")
        return self._unit_of(unit, spelling, own, regions[0])

    def _several(
        self, unit: UnitType, spelling: str, own: str, regions: Sequence[AuthorityRegion]
    ) -> Match:
        units = [self._unit_of(unit, spelling, own, region) for region in regions]
        here = [u for u, region in zip(units, regions, strict=True) if region.code == self.default]
        if here:
            return here[0]
        return self._question("ambiguous", tuple(u.id for u in units if u.id))

    def _unit_of(
        self, unit: UnitType, spelling: str, own: str, region: AuthorityRegion | None
    ) -> Match:
        if region is None:
            return self._question("no-region")
        parts = (slug(unit.code), region.code.replace(".", "-"), plain(own).replace(" ", "-"))
        full = SHORT_NAMES.get(unit.code) or (spelling if _long(spelling) else unit.name)
        name = own if unit.code in WORD_BELONGS else f"{full} {own}".strip()
        name = f"{name} {_full_name(region)}"
        entity = Agency(
            id="agency:" + "-".join(filter(None, parts)),
            name=name,
            aliases=() if plain(self.text) == plain(name) else (self.text,),
            kind=AgencyKind.UNIT,
            government=government(region.code),
        )
        return Match(entity.id, entity, True, "unit")

    def _named_unit(self) -> Match | None:
        """Read a kind of unit followed by the unit's own name: "RSUD Dolopo"."""
        rest = self._without_prefix()
        words = [t.word for t in rest]
        for end in range(len(words) - 1, 0, -1):
            found = self.index.units.get(_joined(words[:end]))
            if found and found[0].named:
                own = [t for t in rest[end:] if t.word != "setda"]
                first = rest[0] if found[0].code in WORD_BELONGS else own[0] if own else rest[end]
                return self._of_region(*found, self._slice(first, rest[-1]) if own else "")
        return None

    def _without_prefix(self) -> list[Token]:
        """Take off "UPT" before "Puskesmas Wungu": the unit below names itself."""
        rest = self.rest
        if len(rest) > 1 and rest[0].word in {"upt", "uptd", "blud"}:
            below = self.index.units.get(rest[1].word)
            if below and below[0].named:
                return rest[1:]
        return rest

    def _unit_of_bare_region(self) -> Match | None:
        """Read "Disdukcapil Buleleng": a region whose kind is not said."""
        words = [t.word for t in self.rest]
        for end in range(len(words) - 1, 0, -1):
            found = self.index.units.get(_joined(words[:end]))
            if found and not found[0].named and not self.named:
                regions = _bare(_joined(words[end:]))
                if len(regions) == 1:
                    return self._unit_of(*found, "", regions[0])
                return self._several(*found, "", regions) if regions else None
        return None

    def _unit_in_brackets(self) -> Match | None:
        """Read "Badan Urusan Apa Pun (BAPPEDA)": the abbreviation is known, the name is not."""
        for note in self.notes:
            found = self.index.units.get(key(note))
            if found and not found[0].named:
                return self._of_region(found[0], found[0].name, "")
        return None

    def _government(self) -> Match | None:
        """Read "Pemkab Ponorogo", "Prov. Jawa Timur", and "Pemerintah Kabupaten" of this source."""
        if self.rest:
            return None
        if len(self.named) == 1:
            return Match(government(self.named[0].code), None, True, "government")
        if self.named:
            return self._question("ambiguous", tuple(government(r.code) for r in self.named))
        words = {t.word for t in _tokens(self.base)}
        kinds = {KINDS[w] for w in words & KINDS.keys()}
        here = self._default_region()
        if here and kinds == {here.kind} and words & GOVERNMENT:
            return Match(government(here.code), None, True, "government")
        return None

    def _bare_region(self) -> Match | None:
        """Read "Jawa Barat"; "Madiun" alone is a regency or a city."""
        regions = () if self.named else _bare(key(self.base))
        if len(regions) == 1:
            return Match(government(regions[0].code), None, True, "region-name")
        ids = tuple(government(r.code) for r in regions)
        return self._question("ambiguous", ids) if ids else None

    # ------------------------------------------------------------------ what is not known
    def _unknown(self) -> Match:
        last = self.base.rpartition(",")[2]
        at = self.base.rindex(last) if _bare(key(last)) else len(self.base)
        said = "".join(self.base[t.start : t.end] for t in self.rest if t.start < at)
        if said == said.lower() and not (self.regional and (self.named or self.default)):
            return Match(None, None, True, "class")
        return self._question("unknown", self._near())

    def _question(self, how: str, candidates: tuple[str, ...] = ()) -> Match:
        """Keep the spelling; its government too, if that much is certain."""
        region = self.named[0] if len(self.named) == 1 else None
        if region is None and self.regional and not self.named:
            region = self._default_region()
        of = government(region.code) if region and how != "ambiguous" else None
        entity = Agency(
            id=str(Reference("agency", of or "", self.text)),
            name=self.text,
            kind=AgencyKind.UNIT if of else AgencyKind.UNKNOWN,
            government=of,
        )
        return Match(entity.id, entity, False, how, candidates)

    def _near(self) -> tuple[str, ...]:
        """Give the ids of the nearest spellings, at most three."""
        asked = _joined([t.word for t in self.rest]) or key(self.base)
        near = process.extract(asked, _spellings(), scorer=fuzz.ratio, limit=6, score_cutoff=CLOSE)
        regions = self.named or tuple(filter(None, [self._default_region()]))
        found: dict[str, None] = {}
        for spelling, _score, _ in near:
            for body in self.index.bodies.get(spelling, ()):
                found[_id(body)] = None
            if regions and spelling in self.index.units:
                unit = self._unit_of(*self.index.units[spelling], "", regions[0])
                found[unit.id or ""] = None
        return tuple(found)[:3]

    def _slice(self, first: Token, last: Token) -> str:
        own = self.base[first.start : last.end].strip(" ,.;-")
        return own.title() if own.isupper() or own.islower() else own


# ---------------------------------------------------------------------- parts of a text
def _tokens(text: str) -> list[Token]:
    found = []
    for m in re.finditer(r"[^\W_]+", text):
        word = plain(m[0]).replace(" ", "")
        if word:
            found.append(Token(word, m.start(), m.end()))
    return found


def _joined(words: Sequence[str]) -> str:
    return "".join(w for w in words if w not in {"dan", "and"})


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the runs of tokens that may name a body: those at the end first, longest first."""
    n = len(tokens)
    yield from ((start, n) for start in range(1, n))
    yield from ((a, b) for a in range(n) for b in range(n - 1, a, -1))


def _regions_in(
    tokens: Sequence[Token],
) -> tuple[tuple[AuthorityRegion, ...], list[tuple[int, int]]]:
    """Find the regions a text names with their kind; the most specific ones, and all places."""
    found: list[AuthorityRegion] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        hit = _region_at(tokens, at)
        if hit:
            found.append(hit[0])
            spans.append((at, hit[1]))
        at = hit[1] if hit else at + 1
    parents = {r.parent for r in found}
    return tuple(dict.fromkeys(r for r in found if r.code not in parents)), spans


def _region_at(tokens: Sequence[Token], at: int) -> tuple[AuthorityRegion, int] | None:
    kind = KINDS.get(tokens[at].word)
    if kind is None:
        return None
    start = at + 1
    while start < len(tokens) and tokens[start].word in ADMINISTRATIVE:
        start += 1
    names = index().regions[kind]
    for end in range(min(start + 5, len(tokens)), start, -1):
        region = names.get("".join(t.word for t in tokens[start:end]))
        if region:
            return region, end
    return None


def _left(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[Token]:
    gone = {i for start, end in spans for i in range(start, end)}
    return [t for i, t in enumerate(tokens) if i not in gone]


def _without_government(tokens: list[Token], named: bool) -> list[Token]:
    """Take off what only says that a government is meant, and small words at the end."""
    while tokens and tokens[-1].word in SMALL | ({"pemerintah", "pemda"} if named else set()):
        tokens = tokens[:-1]
    only = GOVERNMENT | KINDS.keys()
    return [] if all(t.word in only for t in tokens) else tokens


def _bare(name: str) -> tuple[AuthorityRegion, ...]:
    return index().bare.get(name, ())


def _region_names(region: AuthorityRegion) -> set[str]:
    words = plain(region.name).split()
    while words and (words[0] in {"kabupaten", "kota"} and region.kind != "province"):
        words = words[1:]
    while words and words[0] in ADMINISTRATIVE:
        words = words[1:]
    names = {"".join(words)}
    if region.kind == "province":
        names |= {plain(alias).replace(" ", "") for alias in PROVINCES.get(region.code, ())}
    return names


def _full_name(region: AuthorityRegion) -> str:
    name = region.name.strip()
    return f"Provinsi {name}" if region.kind == "province" else name


def _long(spelling: str) -> bool:
    """Tell whether a spelling of a kind of unit is a full name rather than a short one."""
    words = spelling.split()
    short = any(w.isupper() and len(w) > 1 for w in words)
    return len(words) > 1 and words[0].casefold() in OFFICES and not short


@cache
def _spellings() -> tuple[str, ...]:
    return (*index().bodies, *index().units)


# ---------------------------------------------------------------------- central bodies
def _id(body: AuthorityAgency) -> str:
    return f"agency:{slug(body.code)}"


def _bare_of_state(spelled: str) -> str:
    """Take off "Republik Indonesia" where the list does not have it."""
    if spelled in index().bodies:
        return spelled
    for end in ("republikindonesia", "ri"):
        if spelled.endswith(end) and spelled[: -len(end)] in index().bodies:
            return spelled[: -len(end)]
    return spelled


def _part_of(body: AuthorityAgency, unit: str, name: str = "") -> Match:
    """Make the unit of a central body."""
    unit = " ".join(unit.replace(",", " ").split())
    spelled = re.sub("direktorat jenderal", "Ditjen", unit, flags=re.IGNORECASE)
    entity = Agency(
        id=f"{_id(body)}-{plain(spelled).replace(' ', '-')}",
        name=name or f"{unit} {body.abbreviation or body.name}",
        kind=AgencyKind.UNIT,
        government=_id(body),
    )
    return Match(entity.id, entity, True, "central-unit")


def _valid(body: AuthorityAgency, as_of: str | None) -> bool:
    if not as_of:
        return not body.valid_to
    return not (_after(body.valid_from, as_of) or (body.valid_to and _after(as_of, body.valid_to)))


def _after(left: str, right: str) -> bool:
    """Compare two dates as far as both are known: within the same year, a year is not after it."""
    n = min(len(left), len(right))
    return left[:n] > right[:n]
