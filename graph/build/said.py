"""Integrations that descriptions say, between applications that are known.

The other side is looked up by its whole spelling: in the same unit, then in the same government,
then among national applications.  What is ambiguous, generic or unknown makes no edge; its words
are kept on the application that says them, as a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph import reference
from graph.analysis.names import COMMON, Lexicon
from graph.analysis.said import Mode, Phrase, listed, phrases
from graph.build.resolve import Description, known_words
from graph.schema.codes import Certainty, Direction, ExchangeStatus
from graph.schema.records import EdgeRecord, NodeRecord, plain

RULE = "rule:said-in-description"
LONGEST = 10  # words of a spelling
SHORTEST = 3  # letters of a spelling
_TOKEN = re.compile(r"[^\W_]+(?:[-.'_@][^\W_]+)*|[,&/()]")
_BETWEEN = frozenset((*",&/()", "dan", "serta", "maupun", "atau", "and", "or"))
_LEAD_IN = listed(
    "aplikasi apps sistem informasi data database basis layanan server web service api portal"
    " website induk yaitu seperti antara lain the system application"
)
_STOP = listed(
    "untuk guna agar supaya sehingga yang melalui via secara dalam pada sebagai oleh di karena"
    " dengan ke dari saat ketika serta belum akan tidak sudah telah for to so which that by in on"
    " is are as"
)
_NATIONAL = listed("pusat nasional kementerian")
_REGIONAL = listed("provinsi prov kabupaten kab kota pemprov pemkab pemkot")


class Found(NamedTuple):
    """The other sides of a phrase.

    `end` counts the signs of the text up to the last one; `left` says that a name was not known.
    """

    ids: tuple[str, ...]
    end: int
    left: bool


def said_integrations(
    nodes: Sequence[NodeRecord],
    edges: Iterable[EdgeRecord],
    described: Sequence[Description],
    canonical: Mapping[str, str],
) -> tuple[list[EdgeRecord], list[NodeRecord]]:
    """Give the integrations that descriptions say, and the records with what stays unresolved.

    Parameters
    ----------
    nodes
        Records under their own keys, before they are joined.
    canonical
        Key → id of the node.

    Returns
    -------
    tuple
        INTEGRATES_WITH between canonical ids, and `nodes`, those with unresolved words replaced.

    Notes
    -----
    Where the words do not say which way the data goes, a system that masters data is taken to send
    it to one that masters none; else the edge leads from the described application, and its
    direction is unknown.  O(total words).
    """
    names = Names(described, canonical)
    by_key = {d.key: d for d in described}
    masters = {canonical.get(e.source, e.source) for e in edges if e.relation == "MASTERS"}
    found: list[EdgeRecord] = []
    out: list[NodeRecord] = []
    for n in nodes:
        text = n.props.get("description") if n.type == "Application" else None
        if not isinstance(text, str) or n.id not in by_key or not by_key[n.id].system:
            out.append(n)
            continue
        made, left = _of_one(n, text, names, by_key[n.id], masters)
        found += made
        out.append(_with_left(n, left) if left else n)
    return found, out


def _of_one(
    n: NodeRecord, text: str, names: Names, by: Description, masters: Collection[str]
) -> tuple[list[EdgeRecord], list[str]]:
    made: list[EdgeRecord] = []
    left: list[str] = []
    for p in phrases(text):
        if p.mode == Mode.DENIED:
            continue
        at = names.in_text(p.other, by)
        if p.mode == Mode.POSSIBLE or at.left or not at.ids:
            left.append(f"{p.link} {p.other}".strip())
        if p.mode != Mode.POSSIBLE:
            quote = f"{p.link} {p.other[: at.end]}".strip()
            made += [_edge(n, names.own(by), other, p, quote, masters) for other in at.ids]
    return made, left


def _edge(
    n: NodeRecord, own: str, other: str, p: Phrase, quote: str, masters: Collection[str]
) -> EdgeRecord:
    source, target, direction = own, other, Direction.UNKNOWN
    if p.way:
        direction = Direction.STATED
        if p.way == "from":
            source, target = other, own
    elif other in masters and own not in masters:
        source, target, direction = other, own, Direction.INFERRED
    status = ExchangeStatus.PLANNED if p.mode == Mode.PLANNED else ExchangeStatus.UNKNOWN
    props = {
        "kind": Certainty.DECLARED.value,
        "status": status.value,
        "direction": direction.value,
        "quote": quote,
    }
    cell = n.origin._replace(column=n.columns.get("description", n.origin.column), how=RULE)
    return EdgeRecord("INTEGRATES_WITH", source, target, props, cell)


def _with_left(n: NodeRecord, left: Sequence[str]) -> NodeRecord:
    name, columns = "unresolved_integrations", dict(n.columns)
    if "description" in columns:
        columns[name] = columns["description"]
    return replace(n, props={**n.props, name: tuple(sorted(set(left)))}, columns=columns)


class Names:
    """Whom a spelling may mean, seen from one application.  O(spellings) to make."""

    def __init__(self, described: Sequence[Description], canonical: Mapping[str, str]) -> None:
        self.canonical = canonical
        self.lexicon: Lexicon = known_words()
        self.by_unit: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.by_government: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.nationwide: dict[str, set[str]] = defaultdict(set)
        self.authority: dict[str, set[str]] = defaultdict(set)
        self.bodies = {letters(s): a.id for a in reference.agencies().values() for s in a.spellings}
        central = set(self.bodies.values())
        for app in reference.general_applications().values():
            for s in app.spellings:
                self.authority[letters(s)].add(canonical.get(app.id, app.id))
        for d in described:
            if d.system and d.national is None:
                self._take(d, canonical.get(d.key, d.key), central)

    def _take(self, d: Description, id: str, central: Collection[str]) -> None:
        for key in {k for s in (d.name, *d.spellings) for k in _keys(s)}:
            for body in (*d.owners, *d.units):
                self.by_unit[body, key].add(id)
            if d.government and d.government not in central:
                self.by_government[d.government, key].add(id)
            else:
                self.nationwide[key].add(id)

    def own(self, by: Description) -> str:
        """Give the node of the application that speaks."""
        return self.canonical.get(by.key, by.key)

    def in_text(self, text: str, by: Description) -> Found:
        """Read the names that a text lists, up to the first word that goes on with the sentence."""
        tokens = list(_TOKEN.finditer(text))
        at, end, first, left = 0, 0, True, False
        ids: dict[str, None] = {}
        while at < len(tokens):
            began = at
            size, found = self._at(tokens, at, by)
            while not found and at < len(tokens) and _bare(tokens[at]) in _LEAD_IN:
                at += 1
                size, found = self._at(tokens, at, by)
            if found:
                ids |= dict.fromkeys(found)
                at += size
                end = tokens[at - 1].end()
                end += text.startswith(")", end)
            elif first or at > began:
                left = left or not self._in_brackets(tokens, at)
            else:
                break
            first = False
            at = _next_name(tokens, at)
        return Found(tuple(i for i in ids if i != self.own(by)), end, left or not tokens)

    def _at(
        self, tokens: Sequence[re.Match[str]], at: int, by: Description
    ) -> tuple[int, tuple[str, ...]]:
        """Give how many words from here are a known spelling, and whose; the longest counts."""
        run = [_bare(t) for t in tokens[at : at + LONGEST]]
        size = next((n for n, w in enumerate(run) if w in ",()"), len(run))
        for n in range(size, 0, -1):
            found = self._known(tokens, at, n, by)
            if found:
                return n, found
        return 0, ()

    def _known(
        self, tokens: Sequence[re.Match[str]], at: int, n: int, by: Description
    ) -> tuple[str, ...]:
        written = " ".join(t.group() for t in tokens[at : at + n])
        key = letters(written)
        if len(key) < SHORTEST or (n == 1 and not self._names_one(written, tokens, at + 1)):
            return ()
        behind = _qualifiers(tokens, at + n)
        tiers: list[set[str]] = []
        body = self.bodies.get(letters(" ".join(behind))) if behind else None
        if _REGIONAL & set(behind) and not self._own_place(behind, by):
            return ()
        if body is None and not _NATIONAL & set(behind):
            tiers.append(
                {i for b in (*by.owners, *by.units) for i in self.by_unit.get((b, key), ())}
            )
            tiers.append(self.by_government.get((by.government or "", key), set()))
        tiers += [self.authority.get(key, set()), self.nationwide.get(key, set())]
        for tier in tiers:
            if tier:
                return tuple(tier) if len(tier) == 1 else ()
        return ()

    def _names_one(self, word: str, tokens: Sequence[re.Match[str]], behind: int) -> bool:
        """Tell whether a single word is meant as a name: not a common one, nor one of a phrase."""
        low = plain(word).replace(" ", "")
        if low in COMMON or low in self.lexicon.kinds:
            return len(word) > 2 and word.isupper()
        nothing_more = behind >= len(tokens) or _bare(tokens[behind]) in _BETWEEN | _STOP
        return nothing_more or word != word.casefold() or bool(_qualifiers(tokens, behind))

    def _own_place(self, words: Sequence[str], by: Description) -> bool:
        own = self.lexicon.places.get(by.government or "", frozenset())
        named = set(words) & self.lexicon.every_place
        return not named or named <= own

    def _in_brackets(self, tokens: Sequence[re.Match[str]], at: int) -> bool:
        """Tell whether what is not known is spelled again in brackets, which are read next."""
        end = next((n for n in range(at, len(tokens)) if _bare(tokens[n]) in _BETWEEN), None)
        return end is not None and tokens[end].group() == "("


def letters(text: str) -> str:
    """Give the letters and digits of a spelling: what two ways of writing it share."""
    return plain(text).replace(" ", "")


def _keys(spelling: str) -> Iterator[str]:
    """Give what a spelling is found by: as a whole, without its brackets, and what is in them."""
    yield letters(spelling)
    outside = re.sub(r"\([^()]*\)", " ", spelling)
    yield from (letters(x) for x in (outside, *re.findall(r"\(([^()]*)\)", spelling)))
    yield letters(re.sub(r"^\W*aplikasi\s+", "", outside, flags=re.IGNORECASE))


def _bare(token: re.Match[str]) -> str:
    return token.group().casefold()


def _qualifiers(tokens: Sequence[re.Match[str]], at: int) -> list[str]:
    """Give the words behind a name that say whose it is, up to the next name or the sentence."""
    found = []
    for t in tokens[at : at + LONGEST]:
        if _bare(t) in _BETWEEN | _STOP:
            break
        found.append(_bare(t))
    known = _NATIONAL | _REGIONAL | {"milik", "daerah"}
    named = bool(found) and (found[0] in known or tokens[at].group()[:1].isupper())
    return [w for w in found if w != "milik"] if named else []


def _next_name(tokens: Sequence[re.Match[str]], at: int) -> int:
    """Give the place of the next name of a list; the end, if the sentence goes on."""
    while at < len(tokens) and _bare(tokens[at]) not in _BETWEEN:
        if _bare(tokens[at]) in _STOP:
            return len(tokens)
        at += 1
    while at < len(tokens) and _bare(tokens[at]) in _BETWEEN:
        at += 1
    return at
