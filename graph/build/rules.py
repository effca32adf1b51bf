"""The named rules that merge: each gives links between records, with its name and its reason.

A rule needs two signs that agree: a name that only one national application has, and no address
that contradicts it; an address, and names that fit; a name, and the same unit, descriptions that
agree, or a system that several units report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from graph.analysis.identity import Description, portal, same_place, stems, weights
from graph.analysis.names import (
    Address,
    Lexicon,
    Likeness,
    Name,
    abbreviates,
    addresses,
    likeness,
    name,
    spelled,
)
from graph.build.clusters import Clusters, Link
from graph.reference import AuthorityAgency, GeneralApplication

NATIONAL = "~national:"  # stands for a national application while links are joined
MANY = 30  # records of one name or address: beyond, each is compared with the oldest only
AGREE = 0.4  # share of what two descriptions say (by rarity) that agrees with their names
UNITS = 3  # so many units that report one name at one address show a system they share
FITS = ("same", "short", "typo", "part")

STRENGTH = {
    "rule:national-alias": 0.99,
    "rule:national-host": 0.98,
    "rule:national-spelling": 0.96,
    "rule:same-host": 0.95,
    "rule:same-name": 0.93,
    "rule:same-name-text": 0.91,
    "rule:shared-system": 0.91,
    "rule:mention": 0.9,
}


@dataclass(frozen=True, eq=False)
class Reading:
    """A description with its names and addresses taken apart."""

    said: Description
    lexicon: Lexicon

    @property
    def key(self) -> str:
        """The key of the record."""
        return self.said.key

    @property
    def age(self) -> tuple[int, str]:
        """What the oldest record is told by."""
        return self.said.order, self.said.key

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every way the name is written, the shown one first."""
        return tuple(dict.fromkeys((self.said.name, *sorted(self.said.spellings))))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names, told apart by their letters."""
        read = (self.lexicon.name(s, self.said.government) for s in self.spellings)
        return tuple({n.bare: n for n in read}.values())

    @cached_property
    def places(self) -> frozenset[Address]:
        """The addresses."""
        return addresses(self.said.addresses)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The roots of the words of the description."""
        return stems(self.said.text)

    @cached_property
    def text(self) -> str:
        """The description, normalised, with blanks around it."""
        return f" {spelled(self.said.text or '')} "

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The description and the long forms of the names, in the same form."""
        return self.text, *(f" {' '.join(n.long)} " for n in self.names)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """All agencies it is connected with."""
        return frozenset((*self.said.owners, *self.said.units))

    @cached_property
    def realms(self) -> tuple[str, ...]:
        """Within what it may be joined: its government, else each body it is connected with."""
        return (self.said.government,) if self.said.government else tuple(sorted(self.bodies))


def rule_links(readings: Sequence[Reading], authority: Authority) -> list[Link]:
    """Give all links that the rules find; what a national rule took, the others leave alone."""
    lexicon = authority.lexicon
    links: list[Link] = []
    rest: list[Reading] = []
    for r in readings:
        link = authority.link(r)
        if link:
            links.append(link)
        else:
            rest.append(r)
    rest = [r for r in rest if r.said.national is None]
    described = [r for r in rest if not r.said.mention]
    return [*links, *same_host(described, lexicon), *same_name(described, lexicon)]


# ------------------------------------------------------------------ national applications
class Authority:
    """The authority list of national applications, by what they are recognised by."""

    def __init__(
        self,
        general: Sequence[GeneralApplication],
        agencies: Mapping[str, AuthorityAgency],
        lexicon: Lexicon,
    ) -> None:
        self.lexicon = lexicon
        self.by_letters: dict[str, set[str]] = defaultdict(set)
        self.by_words: dict[frozenset[str], set[str]] = defaultdict(set)
        self.doubtful: dict[str, set[str]] = defaultdict(set)
        self.by_host: dict[str, set[str]] = defaultdict(set)
        self.domains: dict[str, set[str]] = defaultdict(set)  # body → domains it answers at
        self.names: dict[str, list[Name]] = {}
        self.phrases: list[tuple[str, str]] = []
        self.general = {g.name: g for g in general}
        self.agencies = agencies
        for g in general:
            self._read(g)
        self.stewards = {
            g.name: frozenset(
                w
                for w in steward(g, agencies, self.domains)
                if lexicon.weight(w) == 1.0 and all(w not in n.words for n in self.names[g.name])
            )
            for g in general
        }

    def _read(self, g: GeneralApplication) -> None:
        for spelling in g.spellings:
            words = spelled(spelling).split()
            self.by_letters["".join(words)].add(g.name)
            if len(words) > 1:
                self.by_words[frozenset(words)].add(g.name)
            if len(words) > 2:
                self.phrases.append((f" {' '.join(words)} ", g.name))
        for spelling in g.homonyms:
            self.doubtful[spelled(spelling).replace(" ", "")].add(g.name)
        for host in g.hosts:
            self.by_host[host].add(g.name)
            self.domains[g.managing_agency].add(domain(host))
        every = [g.name, *g.name.split("/"), *g.aliases, *g.homonyms, *g.predecessors]
        self.names[g.name] = [name(s) for s in dict.fromkeys(map(str.strip, every)) if s]

    def link(self, r: Reading) -> Link | None:
        """Join a record with the national application that it is, if one rule says so."""
        if r.said.national is not None:
            return None
        return self._by_alias(r) or self._by_host(r) or self._by_misspelling(r)

    def _by_alias(self, r: Reading) -> Link | None:
        for known in (self._alone, self._doubtful):
            meant = {(g, s) for s in r.spellings for g in self._meant(s, known)}
            if len({g for g, _ in meant}) == 1:
                g, spelling = min(meant)
                sure = known == self._alone or self._second_sign(r, g)
                if sure and not self._contradicted(r, g):
                    facts = (("name", spelling), ("national", g))
                    return _national(r, g, "rule:national-alias", facts)
        return None

    def _alone(self, words: Sequence[str]) -> set[str]:
        return self.by_letters.get("".join(words)) or self.by_words.get(frozenset(words), set())

    def _doubtful(self, words: Sequence[str]) -> set[str]:
        return self.doubtful.get("".join(words), set())

    def _meant(self, spelling: str, known: Callable[[Sequence[str]], set[str]]) -> set[str]:
        """Give the applications a spelling names, whole or beside the name of their steward."""
        for words in _forms(spelling):
            if found := known(words):
                return found
            for steward, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
                if rest and (named := {g for g in known(rest) if steward in self.stewards[g]}):
                    return named
        return set()

    def _second_sign(self, r: Reading, g: str) -> bool:
        """Say whether a long form, the steward or an address also tells the application."""
        app = self.general[g]
        body = self.agencies[app.managing_agency].id if app.managing_agency in self.agencies else ""
        return (
            any(n == g and phrase in r.text for phrase, n in self.phrases)
            or any(
                n == g and phrase.split() == list(m.long)
                for phrase, n in self.phrases
                for m in r.names
            )
            or body in (*r.bodies, r.said.government)
            or any(f" {w} " in r.text for w in self.stewards[g])
            or any(self._at_home(p, app) for p in r.places)
        )

    def _at_home(self, place: Address, app: GeneralApplication) -> bool:
        return place.host in app.hosts or domain(place.host) in self.domains[app.managing_agency]

    def _contradicted(self, r: Reading, g: str) -> bool:
        """Say whether the addresses of a record are of something else than the application."""
        app = self.general[g]
        if not r.places or any(self._at_home(p, app) for p in r.places):
            return False
        own = self.lexicon.places.get(r.said.government or "", frozenset())
        sure = self._second_sign(r, g)
        for place in r.places:
            if self.lexicon.regional(place):
                local = not own or any(w in domain(place.host) for w in own)
                if local or not sure:
                    return True
            elif (place.host in self.by_host or not place.host.endswith(".go.id")) and not sure:
                return True
        return False

    def _by_host(self, r: Reading) -> Link | None:
        for place in sorted(r.places):
            listed = self.by_host.get(place.host, set())
            if len(listed) != 1:
                continue
            g = min(listed)
            for n in r.names:
                found = max(
                    (likeness(n, m, self.lexicon) for m in self.names[g]), key=lambda x: x.share
                )
                if "mobile" not in n.marks and found.kind in FITS and found.share >= 0.3:
                    facts = (("name", r.said.name), ("national", g), ("place", str(place)))
                    return _national(r, g, "rule:national-host", facts)
        return None

    def _by_misspelling(self, r: Reading) -> Link | None:
        for g in sorted({g for phrase, g in self.phrases if phrase in r.text}):
            slips = (likeness(n, m, self.lexicon).kind for n in r.names for m in self.names[g])
            if "typo" in slips and not self._contradicted(r, g):
                facts = (("name", r.said.name), ("national", g))
                return _national(r, g, "rule:national-spelling", facts)
        return None


def _national(r: Reading, g: str, by: str, facts: tuple[tuple[str, str], ...]) -> Link:
    return Link(STRENGTH[by], r.key, NATIONAL + g, by, _text(by), facts)


def _text(by: str) -> str:
    return f"identity.{by.replace(':', '.')}"


_AROUND = frozenset(("aplikasi", "desktop", "web", "website"))


def _forms(spelling: str) -> Iterator[tuple[str, ...]]:
    """Give what a spelling may be looked up by: without brackets that say nothing, and whole."""
    n = name(spelling)
    if "mobile" in n.marks:
        return
    whole = tuple(spelled(spelling).split())
    said_more = n.core - set(n.words) - set(n.long)
    for words in (whole,) if said_more else (n.words, whole, n.long):
        kept = tuple(w for w in words if w not in _AROUND)
        if kept:
            yield kept


def domain(host: str) -> str:
    """Give the part of a host that a body registers: three labels under go.id, else two."""
    labels = host.split(".")
    second = len(labels) > 2 and labels[-1] == "id" and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if second else labels[-2:])


_BODY_WORDS = frozenset(
    ("kementerian", "badan", "lembaga", "ditjen", "direktorat", "jenderal", "bina")
)


def steward(
    g: GeneralApplication,
    agencies: Mapping[str, AuthorityAgency],
    domains: Mapping[str, Iterable[str]],
) -> frozenset[str]:
    """Give the words that name the body which runs a national application."""
    body = agencies.get(g.managing_agency)
    short = [s for s in body.spellings if len(s.split()) <= 2] if body else []
    words = {w for s in (*short, g.managing_unit) for w in spelled(s).split()}
    words |= {d.split(".")[0] for d in domains.get(g.managing_agency, ())}
    return frozenset(w for w in words if len(w) > 2 and w not in _BODY_WORDS)


# ------------------------------------------------------------------ within one government
def same_host(readings: Sequence[Reading], lexicon: Lexicon) -> Iterator[Link]:
    """Join what answers at one address and has names that fit, within one government.

    Two lists that say nothing of whose it is are compared too: an address is one all over.
    """
    at: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for r in readings:
        for place in r.places:
            for realm in r.realms or ("",):
                at[realm, str(place) if place.shared else place.host].append(r)
    longs = _long_forms(readings, lexicon)
    for (realm, address), there in sorted(at.items()):
        group = sorted(set(there), key=lambda r: r.age)
        shared = len(group) > 1 and portal([r.names for r in group], lexicon)
        for a, b in _couples(group):
            if any(same_place(p, q) for p in a.places for q in b.places):
                fit = any(
                    _fits(m, n, lexicon, shared) or _spelt_out(m, n, longs[realm], lexicon)
                    for m in a.names
                    for n in b.names
                )
                if fit:
                    yield _link("rule:same-host", a, b, place=address)


def _couples(group: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pair all of a group; of a large one, each with the oldest."""
    if len(group) <= MANY:
        return combinations(group, 2)
    return ((a, b) for i, a in enumerate(group[:MANY]) for b in group[i + 1 :])


def _fits(m: Name, n: Name, lexicon: Lexicon, shared: bool) -> bool:
    """Say whether two names at one address may be of one application, surely enough to join."""
    if m.marks != n.marks:
        return False
    found: Likeness = likeness(m, n, lexicon)
    if found.kind == "same" or shared:
        return found.kind == "same" and (found.share > 0 or not shared)
    more = m.core ^ n.core
    return (
        (found.kind == "short" and found.share >= 0.7)
        or found.kind == "typo"
        or (found.kind == "part" and all(lexicon.weight(w) == 1.0 for w in more - _alike(more)))
    )


def _alike(words: frozenset[str]) -> set[str]:
    """Give the words that are one with another but for their "e"."""
    return {w for w in words if f"e{w}" in words or (w[1:] in words and w[:1] == "e")}


def _long_forms(
    readings: Sequence[Reading], lexicon: Lexicon
) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """Read what acronyms stand for in each government, off names and descriptions."""
    found: dict[str, dict[str, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
    for r in readings:
        words = tuple(r.text.split()[:15])
        runs = [words[i:j] for i, j in combinations(range(len(words) + 1), 2) if 3 <= j - i <= 7]
        for n in r.names:
            for w in n.words:
                if len(w) > 2 and lexicon.weight(w):
                    long = {run for run in runs if run[0][0] == w[0] and abbreviates(w, run)}
                    long |= {n.long} if n.long and abbreviates(w, n.long) else set()
                    for realm in r.realms if long else ():
                        found[realm][w] |= long
    return found


def _spelt_out(
    m: Name, n: Name, longs: Mapping[str, set[tuple[str, ...]]], lexicon: Lexicon
) -> bool:
    """Say whether one name is what the other's acronym is known to stand for."""
    for short, other in ((m, n), (n, m)):
        for run in longs.get("".join(short.core) if len(short.core) == 1 else "", ()):
            found = likeness(name(" ".join(run)), other, lexicon)
            if found.kind in ("same", "part") and found.share == 1.0 and m.marks == n.marks:
                return True
    return False


def same_name(readings: Sequence[Reading], lexicon: Lexicon) -> Iterator[Link]:
    """Join what has one name within one government and one sign more."""
    named: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for r in readings:
        for n in r.names:
            for realm in r.realms if _telling(n, lexicon) else ():
                named[realm, n.bare].append(r)
    known = weights([r.stems for r in readings])
    for (_, bare), there in sorted(named.items()):
        group = sorted(set(there), key=lambda r: r.age)
        hosts = _shared_systems(group)
        for a, b in _couples(group):
            if not _contradict(a, b, bare):
                yield from _second_sign(a, b, bare, lexicon, known, hosts)


def _telling(n: Name, lexicon: Lexicon) -> bool:
    return any(map(lexicon.weight, n.core))


def _contradict(a: Reading, b: Reading, bare: str) -> bool:
    """Say whether owners, addresses or versions of two of one name differ."""
    owners = set(a.said.owners), set(b.said.owners)
    marks = [{n.marks for n in r.names if n.bare == bare} for r in (a, b)]
    return (
        (all(owners) and owners[0].isdisjoint(owners[1]))
        or marks[0].isdisjoint(marks[1])
        or (
            (bool(a.places and b.places))
            and not any(
                same_place(p, q) or _of_name(p, q, bare) for p in a.places for q in b.places
            )
        )
    )


def _of_name(p: Address, q: Address, bare: str) -> bool:
    """Say whether two hosts are of one domain, which bears the name itself."""
    return domain(p.host) == domain(q.host) and domain(p.host).split(".")[0] == bare


def _shared_systems(group: Sequence[Reading]) -> dict[str, set[str]]:
    """Give the hosts at which several units report one name, with these units."""
    units: dict[str, set[str]] = defaultdict(set)
    for r in group:
        for place in r.places:
            units[place.host] |= set(r.said.units)
    return {host: u for host, u in units.items() if len(u) >= UNITS}


def _second_sign(
    a: Reading,
    b: Reading,
    bare: str,
    lexicon: Lexicon,
    known: Mapping[str, float],
    hosts: Mapping[str, set[str]],
) -> Iterator[Link]:
    if a.bodies & b.bodies:
        yield _link("rule:same-name", a, b)
    core = {w for r in (a, b) for n in r.names if n.bare == bare for w in n.core}
    said = [{w: known[w] for w in r.stems - core if known.get(w)} for r in (a, b)]
    both = sorted(set(said[0]) & set(said[1]))
    least = min(sum(s.values()) for s in said)
    named = any(lexicon.weight(w) == 1.0 for w in core)  # a kind's name is borne by many
    if named and both and sum(said[0][w] for w in both) >= AGREE * least:
        yield _link("rule:same-name-text", a, b, words=", ".join(both[:5]))
    places = {p.host for r in (a, b) for p in r.places} & set(hosts)
    if len(hosts) == 1 and places and not (a.places and b.places):
        yield _link("rule:shared-system", a, b, place=min(places))


# ------------------------------------------------------------------ mentions
def mentions(readings: Sequence[Reading], lexicon: Lexicon, clusters: Clusters) -> list[Link]:
    """Join what is only mentioned with the one application of that name, or with its like.

    Run when the other rules have joined: the described application of that name has to be one in
    the mention's government, or among those of the mention's owner.
    """
    described: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    mentioned: dict[tuple[str | None, str, str], list[Reading]] = defaultdict(list)
    for r in sorted(readings, key=lambda r: r.age):
        for bare in _bares(r, lexicon):
            if r.said.mention:
                for owner in r.said.owners:
                    mentioned[r.said.government, owner, bare].append(r)
            else:
                for realm in r.realms:
                    described[realm, bare].append(r)
    links = []
    for r in readings:
        if r.said.mention and r.said.national is None:
            bares, where = _bares(r, lexicon), r.said.government
            found = [d for realm in r.realms for b in bares for d in described[realm, b]]
            owned = [d for d in found if d.bodies & r.bodies]
            of_one = {clusters.root(d.key): d for d in reversed(owned or found)}
            if len(of_one) == 1:
                links.append(_link("rule:mention", r, of_one.popitem()[1]))
            elif not found:
                like = [m for o in r.said.owners for b in bares for m in mentioned[where, o, b]]
                links += [_link("rule:mention", r, m) for m in like[:1] if m.key != r.key]
    return links


def _bares(r: Reading, lexicon: Lexicon) -> list[str]:
    return [n.bare for n in r.names if _telling(n, lexicon)]


def _link(by: str, a: Reading, b: Reading, **facts: str) -> Link:
    left, right = sorted((a, b), key=lambda r: r.key) if by != "rule:mention" else (a, b)
    told = (("left", left.said.name), ("right", right.said.name), *sorted(facts.items()))
    return Link(STRENGTH[by], left.key, right.key, by, _text(by), told)
