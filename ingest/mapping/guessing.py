"""What the columns of a file mean, guessed from their headings and from what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from rapidfuzz import fuzz

from graph.errors import DuplicateKey, Locus
from graph.schema.records import plain
from graph.texts import LANGUAGES, say
from ingest.agencies import Agencies, regions_named
from ingest.mapping.fitting import lacking, missing
from ingest.mapping.model import WEBSITES, FileMapping, Guess, SourceMapping
from ingest.mapping.words import folded, headings, known_words
from ingest.personal import clean, personal_heading
from ingest.readers.records import RawRow, ReaderSpec, Sheet
from ingest.row import EMPTY, PERSONAL
from ingest.sources import Transform, transforms

SURE, LIKELY, POSSIBLE = 0.97, 0.85, 0.6
IGNORE = "ignore"
"""What a column means that is out of scope, on record."""
SAMPLE = 200
"""Rows that are looked at to judge what a column holds."""
LOOKED_AT = 2000
"""Characters of a cell that are looked at for a sample."""
GENERAL = frozenset({"jenis", "type", "kind"})
"""Words that say what a column is only alone: "jenis layanan" is no "jenis"."""
ANSWERS = frozenset({"ya", "tidak", "yes", "no"})
"""Words that answer any question: only a heading tells which one was asked."""
HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
BODIES = frozenset({"owner", "reporting_unit"})
ADDRESSES = frozenset({"address", "endpoint", "docs"})
ARROWS = re.compile(r"[→←⇒⇐➔]|->|<-|=>")
HINTS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
MONTHS = {
    m: i
    for i, m in enumerate(
        (
            "januari",
            "februari",
            "maret",
            "april",
            "mei",
            "juni",
            "juli",
            "agustus",
            "september",
            "oktober",
            "november",
            "desember",
        ),
        1,
    )
}
WHEN = re.compile(rf"(?:\b({'|'.join(MONTHS)})\s+)?\b(20[0-3]\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Claim:
    """That a column means a role, and why."""

    column: int
    role: str
    confidence: float
    reason: str
    facts: tuple[tuple[str, Any], ...]


def guess(sheets: Sequence[Sheet], file_name: str) -> tuple[SourceMapping, list[Guess]]:
    """Propose what the columns of a file mean, from their headings and from what they hold.

    The kind of source is the one whose roles the headings fit best.  Each role goes to the column
    that claims it best; a column nobody knows stays without a meaning, and refuses nothing.

    Returns
    -------
    tuple
        A mapping that can be loaded, and one guess per column of every sheet.

    Raises
    ------
    MissingColumn
        No sheet has the columns that any kind of source needs.

    Notes
    -----
    O(c · w) comparisons for c columns and w words, and at most 200 rows of each sheet.
    """
    name, pairs = _best(sheets)
    guesses = [g for sheet, claims in pairs for g in _guesses(sheet, claims, name)]
    columns = [(s, {s.headings[i]: c[i].role for i in sorted(c)}) for s, c in pairs]
    parts = [(s, _part(s, c, file_name)) for s, c in columns]
    return _mapping(name, parts, sheets, file_name), guesses


def proposed(sheets: Sequence[Sheet]) -> tuple[str, list[Guess]]:
    """Say which kind of source a file seems to be, and what each column seems to mean.

    Unlike `guess` it gives an answer for a file that cannot be loaded yet: a person completes it.
    """
    name, pairs = _best(sheets)
    return name, [g for sheet, claims in pairs for g in _guesses(sheet, claims, name)]


def chosen(
    sheets: Sequence[Sheet],
    file_name: str,
    kind: str,
    roles: Mapping[tuple[str | None, str], str | None],
) -> SourceMapping:
    """Make the mapping of what a person chose for each column.

    Parameters
    ----------
    kind
        The kind of source, one of `transforms()`.
    roles
        (sheet, heading) → role, `ignore`, or None for a column that means nothing here.

    Raises
    ------
    MissingColumn
        No sheet has the columns that this kind of source needs.
    DuplicateKey
        Two columns of a sheet were given one role.
    """
    parts = []
    for sheet in sheets:
        said = {h: r for h in sheet.headings if (r := roles.get((sheet.name, h)))}
        columns = {h: r for h, r in said.items() if r != IGNORE}
        _check_once(columns, Locus(file_name, sheet.name))
        part = _part(sheet, columns, file_name)
        out = tuple(h for h, r in said.items() if r == IGNORE)
        kept = {h: r for h, r in part.columns.items() if h not in out}
        parts.append((sheet, replace(part, columns=kept, ignore=out)))
    return _mapping(kind, parts, sheets, file_name)


def _check_once(columns: Mapping[str, str], where: Locus) -> None:
    own = [r for r in columns.values() if not r.startswith(PERSONAL)]
    for role in own:
        if own.count(role) > 1:
            raise DuplicateKey(where, key=role)


def _best(sheets: Sequence[Sheet]) -> tuple[str, list[tuple[Sheet, dict[int, _Claim]]]]:
    """Give the kind of source that explains a file best, and the claims of each sheet."""
    best = {n: [(s, _claims(s, t)) for s in sheets] for n, t in transforms().items()}
    weights = {name: _weight(pairs, transforms()[name]) for name, pairs in best.items()}
    name = max(weights, key=lambda n: (weights[n], n == "inventory"))
    return name, best[name]


def _mapping(
    name: str,
    parts: Sequence[tuple[Sheet, FileMapping]],
    sheets: Sequence[Sheet],
    file_name: str,
) -> SourceMapping:
    """Make a mapping of the sheets that are tables of this kind, with what their titles say."""
    transform = transforms()[name]
    usable = [(s, p) for s, p in parts if _usable(s, p.columns.values(), transform, sheets)]
    if not usable:
        raise missing(transform.required[0].split("|")[0], sheets[0], file_name)
    titles = [t for s, _ in usable for t in s.titles]
    stem = PurePosixPath(file_name).stem
    return SourceMapping(
        transform=name,
        files=tuple(p for _, p in usable),
        title_id=titles[0] if titles else stem,
        as_of=_as_of([*titles, stem]),
        region=region_of(titles),
        codes=_codes(usable, transform),
    )


def _claims(sheet: Sheet, transform: Transform) -> dict[int, _Claim]:
    """Give each role to the column that claims it best; a standard leaves nothing to guess."""
    if transform.columns:
        fixed = transform.columns(sheet.headings)
        return {
            i: _Claim(i, fixed[h], 1.0, "standard", ())
            for i, h in enumerate(sheet.headings)
            if h in fixed
        }
    claims = [
        claim
        for column, heading in enumerate(sheet.headings)
        if _personal_role(heading) is None
        for claim in _column_claims(column, heading, _cells(sheet, heading), transform)
    ]
    if any(c.role in BODIES and c.reason != "agencies" for c in claims):
        claims = [c for c in claims if c.reason != "agencies"]
    order = {role: i for i, role in enumerate(transform.roles)}
    claims.sort(key=lambda c: (-c.confidence, order[c.role], c.column))
    given: dict[int, _Claim] = {}
    for claim in claims:
        if claim.column not in given and claim.role not in {c.role for c in given.values()}:
            given[claim.column] = claim
    return given


def _column_claims(
    column: int, heading: str, cells: Sequence[str], transform: Transform
) -> Iterable[_Claim]:
    words = headings()[transform.name]
    for role, spellings in words.items():
        found = _heading_claim(heading, spellings)
        share = _agreement(role, cells, transform) if cells else None
        if found is None:
            kind = _evidence(role, transform)
            # cells alone say that a body is named, not that it owns: the weaker role is taken
            few = kind == "agencies" and (role == "owner" or len(set(cells)) < 5)
            few = few or role == "docs"  # an address alone is not yet where something is explained
            few = few or {folded(c) for c in cells} <= ANSWERS
            if share is not None and share >= 0.7 and not few:
                shown = (("share", round(100 * share)),)
                yield _Claim(column, role, POSSIBLE * share, kind, shown)
            continue
        confidence, reason, word = found
        if share is None:
            yield _Claim(column, role, confidence, reason, (("word", word),))
            continue
        # cells that do not look like the role at all speak against it; they seldom refute it
        confidence *= 0.55 + 0.45 * min(1.0, share / 0.5)
        facts = (("word", word), ("share", round(100 * share)))
        yield _Claim(column, role, confidence, "both" if share >= 0.5 else reason, facts)


def _heading_claim(heading: str, spellings: Sequence[str]) -> tuple[float, str, str] | None:
    """Hold a heading against the words of a role: the same, its beginning, or close to it."""
    best: tuple[float, str, str] | None = None
    for variant, weight in _variants(heading):
        for rank, word in enumerate(spellings):
            # a later word of a role is a weaker sign: "nama" says less than "nama aplikasi"
            usual = weight * (1 - 0.15 * rank / len(spellings))
            if variant == word:
                found = (SURE * usual, "exact", word)
            elif len(word) >= 4 and word not in GENERAL and variant.startswith(f"{word} "):
                found = (LIKELY * usual, "prefix", word)
            elif " " in variant and word.startswith(f"{variant} "):
                found = (0.7 * usual, "prefix", word)
            elif len(word) >= 6 and (ratio := fuzz.ratio(variant, word)) >= 88:
                found = (0.8 * usual * ratio / 100, "close", word)
            else:
                continue
            best = max(best or found, found)
    return best


def _variants(heading: str) -> list[tuple[str, float]]:
    """Give a heading without arrows, brackets and hints; of "Aplikasi / Nama" both orders."""
    bare = HINTS.sub(" ", ARROWS.sub(" / ", heading.replace("_", " ")))
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    parts = [p for part in bare.split(" / ") if (p := plain(part))]
    whole = [(" ".join(parts), 1.0), (" ".join(reversed(parts)), 1.0)]
    alone = [(p, 0.8) for p in parts] if len(parts) > 1 else []
    return list(dict.fromkeys((*whole, *alone)))


def _agreement(role: str, cells: Sequence[str], transform: Transform) -> float | None:
    """Give the share of cells that look like a role; None where nothing can be told."""
    if role in ADDRESSES:
        return sum(bool(HOST.fullmatch(c)) for c in cells) / len(cells)
    if role == "region_code":
        return sum(_agencies().region(c, None) is not None for c in cells) / len(cells)
    if role in BODIES:
        kinds = [_agencies().find(c).how for c in dict.fromkeys(cells[:60])]
        known = sum(
            k in {"central", "central-unit", "unit", "government", "no-region"} for k in kinds
        )
        return known / len(kinds)
    if role in transform.codes:
        words = known_words(transform.name).get(role, {})
        return sum(folded(c) in words for c in cells) / len(cells)
    return None


@cache
def _agencies() -> Agencies:
    return Agencies()


def _evidence(role: str, transform: Transform) -> str:
    if role in ADDRESSES:
        return "hosts"
    return "codes" if role in transform.codes or role == "region_code" else "agencies"


def _guesses(sheet: Sheet, claims: Mapping[int, _Claim], transform: str) -> list[Guess]:
    return [
        _guess(sheet, heading, claims.get(column), transform)
        for column, heading in enumerate(sheet.headings)
    ]


def _guess(sheet: Sheet, heading: str, claim: _Claim | None, transform: str) -> Guess:
    contact = _personal_role(heading)
    samples = () if contact else _samples(heading, _cells(sheet, heading))
    if contact:
        means, confidence, reason, facts = contact, SURE, "personal", {}
    elif claim:
        means, confidence, reason = claim.role, claim.confidence, claim.reason
        facts = dict(claim.facts)
    elif _ignored(heading):
        means, confidence, reason, facts = IGNORE, SURE, "ignored", {}
    else:
        means, confidence = None, 0.0
        role = _would_be(heading, transform)
        reason, facts = ("taken", {"role": role}) if role else ("unknown", {})
    sentences = {lang: say(f"guess.reason.{reason}", lang, **facts) for lang in LANGUAGES}
    row = sheet.header_row
    return Guess(sheet.name, row, heading, means, round(confidence, 2), sentences, samples)


def _would_be(heading: str, transform: str) -> str | None:
    words = headings()[transform]
    found = [(c[0], role) for role, w in words.items() if (c := _heading_claim(heading, w))]
    return max(found)[1] if found and max(found)[0] >= POSSIBLE else None


def _personal_role(heading: str) -> str | None:
    """Give the role of a column that holds persons or how to reach them."""
    spelled = plain(HINTS.sub(" ", heading))
    for role, words in headings()["personal"].items():
        if spelled in words:
            return role
    return "contact_name" if personal_heading(heading) else None


def _ignored(heading: str) -> bool:
    return (plain(heading) or heading.strip()) in headings()["ignore"][""]


def _usable(
    sheet: Sheet, roles: Iterable[str], transform: Transform, sheets: Sequence[Sheet]
) -> bool:
    """Say whether a sheet is a table of this kind; a hidden one is not, unless all are."""
    hidden = sheet.hidden and not all(s.hidden for s in sheets)
    return not hidden and not lacking(transform, roles)


def _weight(pairs: Sequence[tuple[Sheet, dict[int, _Claim]]], transform: Transform) -> float:
    """Say how well a kind of source explains a file: what its best sheet explains."""
    return max(
        (
            sum(c.confidence for c in claims.values())
            for sheet, claims in pairs
            if not lacking(transform, (c.role for c in claims.values()))
        ),
        default=0.0,
    )


def _part(sheet: Sheet, columns: Mapping[str, str], file_name: str) -> FileMapping:
    contacts = {h: role for h in sheet.headings if (role := _personal_role(h))}
    ignore = tuple(h for h in sheet.headings if _ignored(h) and h not in columns)
    reader = ReaderSpec(sheet=sheet.name, header_row=sheet.header_row or None)
    kind = WEBSITES if _lists_websites(sheet, columns) else None
    return FileMapping(file_name, reader, {**columns, **contacts}, ignore, {}, kind)


def _lists_websites(sheet: Sheet, columns: Mapping[str, str]) -> bool:
    """Say whether a table is one of plain websites, by the heading of its names or by its name."""
    named = next((plain(h) for h, r in columns.items() if r == "name"), "")
    titles = {named, plain(sheet.name or "")}
    site = any(word in title for title in titles for word in ("website", "situs"))
    return site and not any("aplikasi" in title for title in titles)


def _codes(
    usable: Sequence[tuple[Sheet, FileMapping]], transform: Transform
) -> dict[str, dict[str, str]]:
    """Write down what each word of a closed list is taken for; one nobody knows is unknown."""
    found: dict[str, dict[str, str]] = {}
    for role, codes in transform.codes.items():
        known = known_words(transform.name).get(role, {})
        cells = [
            folded(cell)
            for sheet, part in usable
            for heading, meant in part.columns.items()
            if meant == role
            for cell in _cells(sheet, heading, len(sheet.rows))
        ]
        words = {c: known.get(c, c if c in {str(w) for w in codes} else "unknown") for c in cells}
        if words:
            found[role] = words
    return found


def _cells(sheet: Sheet, heading: str, most: int = SAMPLE) -> list[str]:
    rows: Sequence[RawRow] = sheet.rows[:most]
    texts = (" ".join((row.cells.get(heading) or "").split()) for row in rows)
    return [t for t in texts if t and t.casefold() not in EMPTY]


def _samples(heading: str, cells: Sequence[str]) -> tuple[str, ...]:
    """Give three cells as the door lets them in: of a heading in doubt, persons are left out."""
    kept = (clean({heading: c[:LOOKED_AT]}, ()).cells[heading] for c in dict.fromkeys(cells))
    shown = (c for c in kept if c)
    return tuple(s if len(s) <= 60 else s[:59] + "…" for s, _ in zip(shown, range(3), strict=False))


def _as_of(titles: Sequence[str]) -> str | None:
    """Find the date of the state in titles and file name: a year, or a month of a year."""
    for title in titles:
        found = WHEN.findall(title.replace("_", " "))
        if len({year for _, year in found}) == 1:
            month = MONTHS.get(found[-1][0].casefold())
            return f"{found[-1][1]}-{month:02}" if month else found[-1][1]
    return None


def region_of(titles: Sequence[str]) -> str | None:
    """Give the code of the one region that titles name; None if they name none, or several."""
    found = {code for title in titles for code in regions_named(title)}
    return found.pop() if len(found) == 1 else None
