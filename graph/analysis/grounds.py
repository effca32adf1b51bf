"""What speaks for and against a finding, which rules apply, and which member might survive.

Every ground names its kind and leads to the rows it rests on; the sentences stand in
`graph/texts/analysis.*.toml`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from graph.analysis.function import Assignment
from graph.analysis.redundant import CENTRAL, Cover, Group, System, family
from graph.analysis.similar import Likeness
from graph.analysis.vocabulary import words
from graph.landscape import Landscape
from graph.reference import GeneralApplication, Regulation, Rule
from graph.schema.codes import FindingKind, Lifecycle, Scope
from graph.schema.records import Origin
from graph.texts import LANGUAGES, both, say

SHOWN = 4  # names or words in a sentence
ALSO = 0.25  # confidence from which another function of a member is named
ALIKE = 0.2  # mean cosine of words from which text counts as evidence
UNLIKE = 0.05  # ... and below which it counts against
CLOSED = frozenset((Lifecycle.INACTIVE, Lifecycle.RETIRED))
BUILDING = frozenset((Lifecycle.PLANNED, Lifecycle.DEVELOPMENT))


class Ground(NamedTuple):
    """One sentence for or against, in both languages, with the rows behind it."""

    kind: str
    texts: dict[str, str]
    origins: tuple[Origin, ...] = ()
    facts: Mapping[str, object] | None = None


class Survivor(NamedTuple):
    """The application that might stay, and why."""

    id: str
    reasons: tuple[Ground, ...]


@dataclass(frozen=True)
class Field:
    """Everything the grounds are read off, gathered once."""

    landscape: Landscape
    known: Mapping[str, System]
    assignments: Mapping[str, Assignment]
    likeness: Likeness
    rules: Sequence[Rule] = ()
    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    national: Mapping[str, GeneralApplication] = field(default_factory=dict)
    function_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def origins(self) -> Callable[..., list[Origin]]:
        """`Landscape.origins_of`, with the last answers at hand: a finding asks several times."""
        return lru_cache(maxsize=10_000)(self.landscape.origins_of)

    @cached_property
    def alike(self) -> Callable[[tuple[str, ...]], tuple[float, tuple[str, ...]]]:
        """How alike the words of some applications are, and which all of them have."""

        def alike(ids: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
            return self.likeness.shared_words([self.likeness.place[id] for id in ids])

        return lru_cache(maxsize=100)(alike)

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Bare name → the applications that bear it."""
        found: dict[str, list[str]] = defaultdict(list)
        for s in self.known.values():
            for name in {_letters(spelling) for spelling in s.spellings}:
                found[name].append(s.id)
        return found

    @cached_property
    def national_names(self) -> dict[str, list[tuple[str, GeneralApplication]]]:
        """First word → spellings of national applications, of two words or five letters."""
        found = {
            " ".join(bare): app
            for app in self.national.values()
            for spelling in app.spellings
            if (bare := words(spelling)) and (len(bare) > 1 or len(bare[0]) > 4)
        }
        by_head: dict[str, list[tuple[str, GeneralApplication]]] = defaultdict(list)
        for spelling in sorted(found):
            by_head[spelling.split(" ")[0]].append((spelling, found[spelling]))
        return by_head

    @cached_property
    def body_edges(self) -> dict[str, list[str]]:
        """Application → the edges that say who owns or uses it."""
        found: dict[str, list[str]] = defaultdict(list)
        for relation in ("OWNS", "USES"):
            for e in self.landscape.edge_rows(relation):
                found[e["target"]].append(e["id"])
        return found

    @cached_property
    def data_edges(self) -> dict[str, list[tuple[str, str]]]:
        """Application → the data it masters or reads, and the edge that says so."""
        return self._leading("MASTERS", "READS")

    @cached_property
    def service_edges(self) -> dict[str, list[tuple[str, str]]]:
        """Application → the services it supports, and the edge that says so."""
        return self._leading("SUPPORTS")

    def _leading(self, *relations: str) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for relation in relations:
            for e in self.landscape.edge_rows(relation):
                found[e["source"]].append((e["target"], e["id"]))
        return found

    def name(self, id: str | None) -> str:
        """Give the name of a node; a government without its first word."""
        if id is None or id not in self.landscape:
            return id or ""
        return str(self.landscape.node(id)["name"]).removeprefix("Pemerintah ")

    def names(self, ids: Iterable[str]) -> str:
        """Give a few names in one text, the number of further ones behind."""
        all = [self.name(i) for i in ids]
        more = f" (+{len(all) - SHOWN})" if len(all) > SHOWN else ""
        return ", ".join(all[:SHOWN]) + more

    def rows(self, ids: Iterable[str], *props: str) -> tuple[Origin, ...]:
        """Give the rows that say a property of some applications, else those they stand in."""
        found: dict[Origin, None] = {}
        for id in ids:
            said = [o for p in props for o in self.origins(id, p)]
            found |= dict.fromkeys(said or self.origins(id))
        return tuple(found)

    def function(self, code: str, lang: str) -> str:
        """Give the name of a function as it stands inside a sentence."""
        name = self.function_names.get(code, {}).get(lang, code)
        return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name

    def say(self, key: str, code: str | None = None, **facts: object) -> dict[str, str]:
        """Give a sentence of this room in both languages; `{function}` in each language's words."""
        if code is None:
            return both(f"analysis.{key}", **facts)
        return {
            f"text_{lang}": say(
                f"analysis.{key}", lang, function=self.function(code, lang), **facts
            )
            for lang in LANGUAGES
        }


# ------------------------------------------------------------ for
def supporting(group: Group, at: Field) -> list[Ground]:
    """Give what speaks for a finding; the kinds among it are two at least."""
    found = [_function(group, at)]
    for ground in (_text, _place, _product, _host, _data, _service, _rule):
        one = ground(group, at)
        if one is not None:
            found.append(one)
    return found


def _function(group: Group, at: Field) -> Ground:
    said = [at.assignments[m].functions[0] for m in group.members]
    told: dict[str, None] = {}
    for f in said:
        told |= dict.fromkeys(f.words)
    props = sorted({p for f in said for p in f.properties})
    texts = at.say("for.function", group.function, words=", ".join([*told][:SHOWN]))
    return Ground("function", texts, at.rows(group.members, *props))


def _text(group: Group, at: Field) -> Ground | None:
    if len(group.members) < 2:
        return None
    mean, common = at.alike(group.members)
    if mean < ALIKE or not common:
        return None
    texts = at.say("for.text", share=round(100 * mean), words=", ".join(common[:SHOWN]))
    return Ground("text", texts, at.rows(group.members, "name", "description"))


def _place(group: Group, at: Field) -> Ground | None:
    systems = [at.known[m] for m in group.members]
    origins = tuple(o for s in systems for o in _body_rows(at, s))
    if group.government is not None and len(systems) > 1:
        texts = at.say("for.government", place=at.name(group.government), count=len(systems))
        return Ground("government", texts, origins)
    if group.kind == FindingKind.NEIGHBOURS:
        governments = sorted({s.government for s in systems if s.government})
        key = "central" if group.sign == CENTRAL else "neighbours"
        texts = at.say(f"for.{key}", count=len(governments), places=at.names(governments))
        return Ground("government", texts, origins)
    return None


def _product(group: Group, at: Field) -> Ground | None:
    systems = [at.known[m] for m in group.members]
    named = {s.product for s in systems}
    if len(systems) < 2 or len(named) != 1 or None in named:
        return None
    if group.kind != FindingKind.PRODUCT:
        return None  # one name in one government is a question of identity, not of a product
    texts = at.say("for.product", name=systems[0].name)
    return Ground("product", texts, at.rows(group.members, "name"))


def _host(group: Group, at: Field) -> Ground | None:
    hosts = [at.known[m].host for m in group.members]
    domains = {family(h) if h else None for h in hosts}
    if len(hosts) < 2 or len(domains) != 1 or None in domains:
        return None
    texts = at.say("for.host", domain=next(iter(domains)))
    return Ground("product", texts, at.rows(group.members, "address"))


def _data(group: Group, at: Field) -> Ground | None:
    if len(group.members) < 2:
        return None
    shared = frozenset.intersection(*(at.known[m].data for m in group.members))
    if not shared:
        return None
    origins = tuple(o for m in group.members for o in _data_rows(at, m, shared))
    return Ground("data", at.say("for.data", data=at.names(sorted(shared))), origins)


def _service(group: Group, at: Field) -> Ground | None:
    """All descriptions name one service."""
    named = [dict(_supported(at, m)) for m in group.members]
    shared = frozenset.intersection(*map(frozenset, named))
    if len(group.members) < 2 or not shared:
        return None
    origins = tuple(o for found in named for s in sorted(shared) for o in found[s])
    return Ground("service", at.say("for.service", service=at.names(sorted(shared))), origins)


def _supported(at: Field, id: str) -> Iterator[tuple[str, list[Origin]]]:
    for service, edge in at.service_edges.get(id, ()):
        yield service, at.origins(edge)


def _rule(group: Group, at: Field) -> Ground | None:
    if group.cover is None or not group.cover.designated:
        return None
    app = group.cover.app
    decree = next((at.regulations[d].number for d in app.decrees if d in at.regulations), "")
    texts = at.say("for.rule", group.function, app=app.name, decree=decree)
    return Ground("rule", texts, (app.origin("rule:general-application"),))


# ------------------------------------------------------------ against
def opposing(group: Group, at: Field) -> list[Ground]:
    """Give what speaks against a finding, or has to be asked before it is put to the owners."""
    found: list[Ground] = []
    for id in group.members:
        found += _member_doubts(group, at.known[id], at)
    for whole in (_upstream, _other_data, _unlike, _units):
        one = whole(group, at)
        if one is not None:
            found.append(one)
    return found


def _member_doubts(group: Group, s: System, at: Field) -> Iterator[Ground]:
    if s.status in CLOSED:
        yield Ground(
            "government", at.say("against.inactive", app=s.name), at.rows([s.id], "status")
        )
    if s.scope == Scope.GENERAL:
        texts = at.say("against.reported_national", app=s.name)
        yield Ground("government", texts, at.rows([s.id], "scope"))
    for other in at.assignments[s.id].functions[1:]:
        if other.confidence >= ALSO:
            texts = at.say("against.also", other.code, app=s.name)
            yield Ground("function", texts, at.rows([s.id], *other.properties))
    if not s.text:
        yield Ground("text", at.say("against.no_text", app=s.name), at.rows([s.id], "name"))
    yield from _homonym(group, s, at)
    yield from _front_end(group, s, at)


def _homonym(group: Group, s: System, at: Field) -> Iterator[Ground]:
    """Another job behind the same name: the name proves nothing."""
    others = {i for name in s.spellings for i in at.by_name[_letters(name)]}
    for id in sorted(others - set(group.members)):
        first = at.assignments[id].first if id in at.assignments else None
        if first is not None and first != group.function:
            place = at.name(at.known[id].government)
            texts = at.say("against.homonym", first, app=s.name, place=place or "–")
            yield Ground("function", texts, at.rows([id], "name", "description"))
            return


@lru_cache(maxsize=50_000)
def _letters(name: str) -> str:
    return "".join(words(name))


def _front_end(group: Group, s: System, at: Field) -> Iterator[Ground]:
    """A name or text that mentions a national application may be its local door."""
    own = group.cover.app.name if group.cover and group.cover.designated else None
    told = words(f"{s.name} ; {s.text}")
    bare = f" {' '.join(told)} "
    named = [
        (spelling, app.name)
        for head in at.national_names.keys() & set(told)
        for spelling, app in at.national_names[head]
        if f" {spelling} " in bare and app.name != own
    ]
    if named:
        texts = at.say("against.front_end", app=s.name, national=min(named)[1])
        yield Ground("service", texts, at.rows([s.id], "name", "description"))


def _upstream(group: Group, at: Field) -> Ground | None:
    upstream = [a for a in at.national.values() if group.function in a.upstream_of]
    if not upstream:
        return None
    names = ", ".join(a.name for a in upstream[:SHOWN])
    origins = tuple(a.origin("rule:upstream") for a in upstream[:SHOWN])
    return Ground("rule", at.say("against.upstream", group.function, apps=names), origins)


def _other_data(group: Group, at: Field) -> Ground | None:
    holdings = [at.known[m].data for m in group.members]
    if len(holdings) < 2 or not all(holdings) or frozenset.intersection(*holdings):
        return None
    origins = tuple(o for m in group.members for o in _data_rows(at, m, at.known[m].data))
    return Ground("data", at.say("against.data"), origins)


def _unlike(group: Group, at: Field) -> Ground | None:
    told = tuple(m for m in group.members if at.known[m].text)
    if len(told) < 2:
        return None
    mean, _ = at.alike(told)
    if mean >= UNLIKE:
        return None
    return Ground("text", at.say("against.unlike"), at.rows(told, "description"))


def _units(group: Group, at: Field) -> Ground | None:
    """Different units of one government may serve different users."""
    if group.kind != FindingKind.GOVERNMENT:
        return None
    bodies = [at.known[m].bodies for m in group.members]
    if not all(bodies) or frozenset.intersection(*bodies):
        return None
    named = sorted({b for found in bodies for b in found})
    origins = tuple(o for m in group.members for o in _body_rows(at, at.known[m]))
    return Ground("government", at.say("against.units", units=at.names(named)), origins)


# ------------------------------------------------------------ rules
def obligations(group: Group, at: Field) -> list[Ground]:
    """Give the articles that bear on a finding, each met, missing or unknown, never a verdict."""
    if group.cover is None:
        return []
    out = []
    for rule in at.rules:
        if group.function not in rule.functions:
            continue
        if rule.application and rule.application != group.cover.app.name:
            continue
        status = _status(rule, group, at)
        app = group.cover.app.name
        note = at.say(f"rule.{'designated' if group.cover.designated else 'candidate'}", app=app)
        texts = {
            f"text_{x}": f"{getattr(rule, f'text_{x}')} {note[f'text_{x}']}" for x in LANGUAGES
        }
        facts = {
            "regulation": at.regulations[rule.regulation].number,
            "article": rule.article,
            "status": status,
            "rule": rule.id,
            "application": group.cover.id,
            "designated": group.cover.designated,
        }
        out.append(Ground("rule", texts, (rule.origin(),), facts))
    return out


def _status(rule: Rule, group: Group, at: Field) -> str:
    """Say met or missing only where a row says so; an inventory's silence proves nothing."""
    if rule.duty == "designation":
        return "met" if rule.seen else "unknown"
    if group.cover is None or not group.cover.designated:
        return "unknown"
    systems = [at.known[m] for m in group.members]
    if rule.duty == "use":
        used = {at.landscape.node(b)["government"] for b in _users(at, group.cover)}
        return "met" if {s.government for s in systems} <= used else "unknown"
    if rule.duty == "stop":
        return "missing" if any(s.status in BUILDING for s in systems) else "unknown"
    return "unknown"


def _users(at: Field, cover: Cover) -> list[str]:
    return at.landscape.sources(cover.id, "USES") if cover.id in at.landscape else []


# ------------------------------------------------------------ survivor
def survivor(group: Group, at: Field) -> Survivor | None:
    """Suggest which one to keep, with reasons; None if nothing tells the members apart.

    A designated general application goes first; else the one with most of: units that report it,
    exchanges with others, an active status, an owner that is the government as a whole, a text.
    """
    cover = group.cover
    if cover is not None and cover.designated:
        reasons = [Ground("rule", at.say("survivor.general", app=cover.app.name))]
        users = len(_users(at, cover))
        if users:
            reasons.append(Ground("government", at.say("survivor.units", count=users)))
        return Survivor(cover.id, tuple(reasons))
    if len(group.members) < 2:
        return None
    systems = [at.known[m] for m in group.members]
    ranked = sorted(enumerate(systems), key=lambda s: (*(-x for x in _merits(s[1], at)), s[0]))
    best = ranked[0][1]
    reasons = list(_reasons(best, at))
    alike = len({_merits(s, at) for s in systems}) == 1
    return None if alike or not reasons else Survivor(best.id, tuple(reasons))


def _merits(s: System, at: Field) -> tuple[int, int, int, int, int]:
    active = 2 if s.status == Lifecycle.ACTIVE else int(s.status == Lifecycle.UNKNOWN)
    whole = int(s.government in s.bodies)
    return active, len(s.bodies), s.exchanges, whole, int(bool(s.text)) + int(bool(s.host))


def _reasons(s: System, at: Field) -> Iterator[Ground]:
    if s.status == Lifecycle.ACTIVE:
        yield Ground("government", at.say("survivor.active"), at.rows([s.id], "status"))
    if len(s.bodies) > 1:
        texts = at.say("survivor.units", count=len(s.bodies))
        yield Ground("government", texts, tuple(_body_rows(at, s)))
    if s.exchanges:
        yield Ground("data", at.say("survivor.exchanges", count=s.exchanges))
    if s.government in s.bodies:
        yield Ground("government", at.say("survivor.whole", place=at.name(s.government)))
    if s.host:
        texts = at.say("survivor.address", host=s.host)
        yield Ground("product", texts, at.rows([s.id], "address"))
    if s.text:
        yield Ground("text", at.say("survivor.described"), at.rows([s.id], "description"))


# ------------------------------------------------------------ rows behind
def _body_rows(at: Field, s: System) -> Iterator[Origin]:
    """Give the rows that say who owns or uses an application, else those it stands in."""
    found = [o for e in at.body_edges.get(s.id, ()) for o in at.origins(e)]
    yield from found or at.origins(s.id)


def _data_rows(at: Field, id: str, data: frozenset[str]) -> Iterator[Origin]:
    for entity, edge in at.data_edges.get(id, ()):
        if entity in data:
            yield from at.origins(edge)
