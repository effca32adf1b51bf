"""One spelling, read step by step."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from graph import reference
from graph.reference import AuthorityAgency, Region, UnitType
from graph.schema.codes import AgencyKind
from graph.schema.nodes import Agency
from graph.schema.records import Reference, plain, slug
from ingest.agencies.bodies import body_at, part_of, valid
from ingest.agencies.index import (
    bare_of_state,
    index,
    joined,
    key,
    regions_called,
    spellings,
    unit_called,
)
from ingest.agencies.match import Match
from ingest.agencies.regions import (
    Token,
    ends_with_region,
    full_name,
    left,
    regions_in,
    spans,
    tokens_of,
    without_government,
)
from ingest.agencies.words import (
    BRACKETS,
    GOVERNMENT,
    KINDS,
    LATER,
    LOCAL_OFFICES,
    OFFICES,
    PLACES,
    REGIONAL,
    SEVERAL,
    SHORT_NAMES,
    WORD_BELONGS,
    is_class,
)

CLOSE = 82.0
"""Least similarity (0 to 100) of a spelling that is offered to a person; never an answer."""


class Reading:
    """One spelling, read step by step."""

    def __init__(self, text: str, region: str | None, as_of: str | None) -> None:
        self.text, self.default, self.as_of = text.strip(), region, as_of
        self.index = index()
        self.notes = BRACKETS.findall(self.text)
        self.base = BRACKETS.sub(" ", self.text).strip(" ,;")
        tokens = tokens_of(self.base)
        base_named, base_places = regions_in(tokens)
        same = self.base == self.text
        self.named, places = (base_named, base_places) if same else regions_in(tokens_of(self.text))
        self.rest = without_government(left(tokens, base_places), bool(places))
        self.regional = bool(self.rest) and self.rest[0].word in REGIONAL

    def match(self) -> Match:
        """Give the first reading that fits, from the most certain kind on."""
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
        body = self._at_date(self.index.bodies.get(bare_of_state(key(self.base)), ()))
        if body is None or not self.notes or self.named:
            return None
        for note in self.notes:
            if (later := LATER.match(note)) and not valid(body, self.as_of):
                earlier = self._at_date(self.index.bodies.get(key(later[1]), ()))
                body = earlier or body
            elif note[:1].isupper() and not self._at_date(self.index.bodies.get(key(note), ())):
                return part_of(body, note)
        return Match(body.id, None, True, "central")

    def _central(self, text: str) -> Match | None:
        spelled = bare_of_state(key(text))
        if unit := self.index.central_units.get(spelled):
            parent = reference.agencies()[unit.parent]
            return part_of(self._at_date((parent,)) or parent, unit.name)
        bodies = self.index.bodies.get(spelled, ())
        if not bodies:
            return None
        body = self._at_date(bodies)
        if spelled in self.index.units and self.default:
            unit_id = self._unit_of(*self.index.units[spelled], "", self._default_region()).id
            ids = tuple(filter(None, (body.id if body else None, unit_id)))
            return self._question("ambiguous", ids)
        return Match(body.id, None, True, "central") if body else None

    def _at_date(self, bodies: Sequence[AuthorityAgency]) -> AuthorityAgency | None:
        return body_at(bodies, self.as_of)

    def _body_unit(self) -> Match | None:
        """Read "Ditjen Dukcapil Kemendagri", "Biro Umum, BMKG", "Kanreg II BKN Surabaya"."""
        tokens = tokens_of(self.base)
        if self.regional and not self._after_comma():
            return None
        if tokens and (code := LOCAL_OFFICES.get(tokens[0].word)):
            return part_of(reference.agencies()[code], self.base, self.base)
        for start, end in spans(tokens):
            words = [t.word for t in tokens[start:end]]
            bodies = self.index.bodies.get(joined(words), ())
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
                return self._question("ambiguous", (other.id, body.id))
            return part_of(body, name) if body else None
        return None

    def _after_comma(self) -> bool:
        return key(self.base.rpartition(",")[2]) in self.index.bodies

    # ------------------------------------------------------------------ regional bodies
    def _default_region(self) -> Region | None:
        return reference.regions().get(self.default) if self.default else None

    def _unit(self) -> Match | None:
        """Read "Dinas Kesehatan Kota Palu", "SETDA Kab Magetan", "Kecamatan Wungu"."""
        words = [t.word for t in self.rest]
        if not words:
            return None
        if found := unit_called(words):
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

    def _several(self, unit: UnitType, spelling: str, own: str, regions: Sequence[Region]) -> Match:
        units = [self._unit_of(unit, spelling, own, region) for region in regions]
        here = [u for u, region in zip(units, regions, strict=True) if region.code == self.default]
        if here:
            return here[0]
        return self._question("ambiguous", tuple(u.id for u in units if u.id))

    def _unit_of(self, unit: UnitType, spelling: str, own: str, region: Region | None) -> Match:
        if region is None:
            return self._question("no-region")
        parts = (slug(unit.code), slug(region.code), plain(own).replace(" ", "-"))
        full = SHORT_NAMES.get(unit.code) or (spelling if is_full_name(spelling) else unit.name)
        name = own if unit.code in WORD_BELONGS else f"{full} {own}".strip()
        repeated = unit.code not in PLACES and ends_with_region(own, region)
        name = name if repeated else f"{name} {full_name(region)}"
        entity = Agency(
            id="agency:" + "-".join(filter(None, parts)),
            name=name,
            aliases=() if plain(self.text) == plain(name) else (self.text,),
            kind=AgencyKind.UNIT,
            government=region.government,
        )
        return Match(entity.id, entity, True, "unit")

    def _named_unit(self) -> Match | None:
        """Read a kind of unit followed by the unit's own name: "RSUD Dolopo"."""
        rest = self._without_prefix()
        words = [t.word for t in rest]
        for end in range(len(words) - 1, 0, -1):
            found = self.index.units.get(joined(words[:end]))
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
            found = unit_called(words[:end])
            if found and not found[0].named and not self.named:
                regions = regions_called(joined(words[end:]))
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
            return Match(self.named[0].government, None, True, "government")
        if self.named:
            return self._question("ambiguous", tuple(r.government for r in self.named))
        words = {t.word for t in tokens_of(self.base)}
        kinds = {KINDS[w] for w in words & KINDS.keys()}
        here = self._default_region()
        if here and kinds == {here.kind} and words & GOVERNMENT:
            return Match(here.government, None, True, "government")
        return None

    def _bare_region(self) -> Match | None:
        """Read "Jawa Barat"; "Madiun" alone is a regency or a city."""
        regions = () if self.named else regions_called(key(self.base))
        if len(regions) == 1:
            return Match(regions[0].government, None, True, "region-name")
        ids = tuple(r.government for r in regions)
        return self._question("ambiguous", ids) if ids else None

    # ------------------------------------------------------------------ what is not known
    def _unknown(self) -> Match:
        last = self.base.rpartition(",")[2]
        at = self.base.rindex(last) if regions_called(key(last)) else len(self.base)
        said = "".join(self.base[t.start : t.end] for t in self.rest if t.start < at)
        if said == said.lower() and not (self.regional and (self.named or self.default)):
            return Match(None, None, True, "class")
        return self._question("unknown", self._near())

    def _question(self, how: str, candidates: tuple[str, ...] = ()) -> Match:
        """Keep the spelling; its government too, if that much is certain."""
        region = self.named[0] if len(self.named) == 1 else None
        if region is None and self.regional and not self.named:
            region = self._default_region()
        of = region.government if region and how != "ambiguous" else None
        entity = Agency(
            id=str(Reference("agency", of or "", self.text)),
            name=self.text,
            kind=AgencyKind.UNIT if of else AgencyKind.UNKNOWN,
            government=of,
        )
        return Match(entity.id, entity, False, how, candidates)

    def _near(self) -> tuple[str, ...]:
        """Give the ids of the nearest spellings, at most three."""
        asked = joined([t.word for t in self.rest]) or key(self.base)
        near = process.extract(asked, spellings(), scorer=fuzz.ratio, limit=6, score_cutoff=CLOSE)
        regions = self.named or tuple(filter(None, [self._default_region()]))
        found: dict[str, None] = {}
        for spelling, _score, _ in near:
            for body in self.index.bodies.get(spelling, ()):
                found[body.id] = None
            if regions and spelling in self.index.units:
                unit = self._unit_of(*self.index.units[spelling], "", regions[0])
                found[unit.id or ""] = None
        return tuple(found)[:3]

    def _slice(self, first: Token, last: Token) -> str:
        own = self.base[first.start : last.end].strip(" ,.;-")
        return own.title() if own.isupper() or own.islower() else own


def is_full_name(spelling: str) -> bool:
    """Tell whether a spelling of a kind of unit is a full name rather than a short one."""
    words = spelling.split()
    short = any(w.isupper() and len(w) > 1 for w in words)
    return len(words) > 1 and words[0].casefold() in OFFICES and not short
