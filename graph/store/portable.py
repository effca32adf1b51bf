"""The portable subset: Cypher that gives the same rows on the embedded engine and on Neo4j.

Each rule has a case, measured on kglite 0.21 and Neo4j 5.26, in which the two differ, or one of
them is wrong. The rules look at tokens, not at meaning: they may warn once too often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from graph.errors import RefusedQuery
from graph.store.cypher_text import (
    BEFORE_A_NAME,
    NAMESPACES,
    Token,
    arguments,
    at,
    brackets,
    clauses,
    guard,
    is_keyword,
    is_text_test,
    tokens,
    words,
)
from graph.texts import say

FUNCTIONS = words(
    "count sum avg min max collect coalesce size length tolower toupper trim ltrim rtrim "
    "substring left right replace split tostring tointeger tofloat toboolean abs sign sqrt round "
    "ceil floor head last tail range reduce any all none single labels type nodes relationships "
    "startnode endnode date datetime localdatetime duration duration.indays shortestpath "
    "allshortestpaths exists db.labels db.relationshiptypes db.propertykeys"
)
HINTED = words(
    "reverse date.truncate stdev id elementid keys properties duration.between timestamp"
)
AGGREGATES = words("count sum avg min max collect")
BEGINS = words("MATCH OPTIONAL UNWIND WITH RETURN CALL")
NOT_FUNCTIONS = words(
    "MATCH WHERE AND OR XOR NOT IN RETURN WITH WHEN THEN ELSE CASE END CALL DISTINCT ON BY AS "
    "UNWIND OPTIONAL YIELD UNION ALL LIMIT SKIP CONTAINS STARTS ENDS IS NULL EXISTS COUNT ORDER"
)
FOREIGN = words(
    "FILTER LET FOR NEXT FINISH OFFSET SHORTEST USING GROUPS TRAIL WALK ACYCLIC REPEATABLE "
    "EXPLAIN PROFILE CYPHER FORMAT"
)
ENDS_PROJECTION = words("WHERE MATCH OPTIONAL UNWIND RETURN CALL UNION WITH")
SHORT_LENGTH = re.compile(r"\d+|\d*\.\.\d+")
ODD_REGEX = re.compile(r"\(\?[=!<>]|\\{1,2}[1-9]|[*+?}]\+")


@dataclass(frozen=True)
class Remark:
    """What may be different on the other engine: a rule, and the word it is about."""

    rule: str
    word: str = ""

    def text(self, lang: str) -> str:
        """Say it in a language."""
        return say(f"portable.{self.rule}", lang, word=self.word)


@dataclass(frozen=True)
class Item:
    """One expression of RETURN or WITH: where it stands, and its alias if it has one."""

    start: int
    end: int
    alias: str | None


@dataclass(frozen=True)
class Projection:
    """One RETURN or WITH: its items and where ORDER BY stands."""

    start: int
    end: int
    items: tuple[Item, ...]
    order: int | None


@dataclass(frozen=True)
class Query:
    """A query's tokens and what follows from brackets and keywords."""

    ts: list[Token]
    partner: dict[int, int]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def text(self, i: int) -> str:
        """Give the text at a place, "" outside."""
        return at(self.ts, i).text

    def keyword(self, i: int) -> str:
        """Give the keyword at a place in capitals, "" if it is none."""
        return self.ts[i].upper if is_keyword(self.ts, i) else ""

    @cached_property
    def clause(self) -> list[str]:
        """The clause of each token."""
        return clauses(self.ts)

    @cached_property
    def around(self) -> list[int]:
        """The place of the innermost open bracket around each token, -1 if there is none."""
        found, open_ = [], [-1]
        for i, t in enumerate(self.ts):
            if i in self.partner and self.partner[i] < i:
                open_.pop()
            found.append(open_[-1])
            if i in self.partner and self.partner[i] > i and t.text:
                open_.append(i)
        return found

    @cached_property
    def optional(self) -> list[bool]:
        """Whether each token belongs to an OPTIONAL MATCH, its WHERE included."""
        found, now = [], [False]
        for i, t in enumerate(self.ts):
            if t.text == "{":
                now.append(now[-1])
            elif t.text == "}" and len(now) > 1:
                now.pop()
            elif self.keyword(i) == "MATCH":
                now[-1] = self.keyword(i - 1) == "OPTIONAL" if i else False
            elif self.keyword(i) in ("WITH", "RETURN") and not is_text_test(self.ts, i):
                now[-1] = False
            found.append(now[-1])
        return found

    @cached_property
    def projections(self) -> list[Projection]:
        """Every RETURN and WITH that projects, in order."""
        places = range(len(self.ts))
        return [self._projection(i) for i in places if self._projects(i)]

    def _projects(self, i: int) -> bool:
        imports = self.keyword(i) == "WITH" and self.text(i - 1) == "{"  # CALL { WITH x …
        if self.keyword(i) not in ("RETURN", "WITH") or imports:
            return False
        return not is_text_test(self.ts, i)

    def _projection(self, i: int) -> Projection:
        start = i + 2 if self.keyword(i + 1) == "DISTINCT" else i + 1
        cuts, order, j = [start - 1], None, start
        ended = False  # by ORDER, SKIP or LIMIT
        while j < len(self.ts) and self.text(j) not in (")", "]", "}"):
            word = self.keyword(j)
            if word in ENDS_PROJECTION and not is_text_test(self.ts, j):
                break
            if word == "ORDER":
                order = j
            if not ended and (word in ("ORDER", "SKIP", "LIMIT") or self.text(j) == ","):
                ended = self.text(j) != ","
                cuts.append(j)
            opens = j in self.partner and self.partner[j] > j
            j = self.partner[j] + 1 if opens else j + 1
        if not ended:
            cuts.append(j)
        items = tuple(self._item(a + 1, b) for a, b in pairwise(cuts))
        return Projection(i, j, items, order)

    def _item(self, start: int, end: int) -> Item:
        if end - start > 2 and self.keyword(end - 2) == "AS":
            return Item(start, end, self.text(end - 1))
        return Item(start, end, self.text(start) if end - start == 1 else None)

    def names(self, start: int, end: int) -> set[str]:
        """Give the variables and words between two places."""
        found = self.ts[start:end]
        return {t.text for t in found if t.kind in ("word", "quoted")}

    def calls(self, start: int, end: int, functions: frozenset[str]) -> bool:
        """Say whether one of the functions is called between two places."""
        return any(
            self.ts[i].text.casefold() in functions and self.text(i + 1) == "("
            for i in range(start, end)
        )


def lint(text: str, parameters: Mapping[str, Any] | None = None) -> list[Remark]:
    """Give what in a query is not the same on both engines; nothing means portable.

    Parameters
    ----------
    parameters
        Values of its parameters, if they are known: a pattern may come in by one.
    """
    try:
        guard(text)
    except RefusedQuery as e:
        return [Remark("refused", str(e.facts["word"]))]
    ts = tokens(text)
    partner = brackets(ts)
    if partner is None:
        return [Remark("brackets")]
    query = Query(ts, partner, parameters or {})
    return list(dict.fromkeys(remark for rule in RULES for remark in rule(query)))


Rule = Callable[[Query], Iterator[Remark]]


# ------------------------------------------------------------------ clauses
def begins(q: Query) -> Iterator[Remark]:
    """Reading starts with one of six words."""
    if not q.ts or q.ts[0].upper not in BEGINS:
        yield Remark("begins", at(q.ts, 0).text)


def foreign_words(q: Query) -> Iterator[Remark]:
    """Clauses that only one of the engines knows."""
    for i, t in enumerate(q.ts):
        follows = at(q.ts, i + 1)
        clause = follows.kind in ("word", "number", "parameter", "quoted") or follows.text == "("
        named = at(q.ts, i - 1).upper in BEFORE_A_NAME - {"="}
        if q.keyword(i) in FOREIGN and clause and not named:
            yield Remark("foreign", t.upper)
        if q.keyword(i) == "COLLECT" and follows.text == "{":
            yield Remark("foreign", "COLLECT { }")
        if q.keyword(i) == "TRANSACTIONS" and q.text(i - 2) == "}":
            yield Remark("foreign", "IN TRANSACTIONS")


def inline_where(q: Query) -> Iterator[Remark]:
    """A condition inside the brackets of a pattern."""
    for i in range(len(q.ts)):
        top = q.around[i]
        if q.keyword(i) != "WHERE" or top < 0:
            continue
        node = q.text(top) == "(" and q.keyword(top - 1) not in ("ANY", "ALL", "NONE", "SINGLE")
        if node or (q.text(top) == "[" and q.text(top - 1) == "-"):
            yield Remark("inline-where")


def count_in_optional(q: Query) -> Iterator[Remark]:
    """COUNT { } in the WHERE of an OPTIONAL MATCH: Neo4j up to 5.26.30 loses rows."""
    for i in range(len(q.ts)):
        counts = q.keyword(i) == "COUNT" and q.text(i + 1) == "{"
        if counts and q.clause[i] == "WHERE" and q.optional[i]:
            yield Remark("count-in-optional")


# ------------------------------------------------------------------ patterns
def long_patterns(q: Query) -> Iterator[Remark]:
    """A variable length needs an upper bound; quantified patterns are Neo4j's alone."""
    for i in range(len(q.ts)):
        top = q.around[i]
        if q.text(i) == "*" and top >= 0 and q.text(top) == "[" and q.text(top - 1) == "-":
            end = i + 1
            while q.text(end) not in ("]", "{"):
                end += 1
            if not SHORT_LENGTH.fullmatch("".join(t.text for t in q.ts[i + 1 : end])):
                yield Remark("unbounded")
        if _is_quantifier(q, i):
            yield Remark("quantified")


def _is_quantifier(q: Query, i: int) -> bool:
    before = q.text(i - 1)
    arrow = before == ">" and q.text(i - 2) == "-"
    if q.text(i) == "+":
        return (arrow or before == "-") and q.text(i + 1) == "("
    scope = before == ")" and q.keyword(q.partner[i - 1] - 1) == "CALL"
    return q.text(i) == "{" and (arrow or (before == ")" and not scope))


def label_expressions(q: Query) -> Iterator[Remark]:
    """Labels with `!` or `&`."""
    for i, t in enumerate(q.ts):
        if t.text == "&" or (t.text == "!" and q.text(i - 1) in (":", "|", "(")):
            yield Remark("label-expression", t.text)


# ------------------------------------------------------------------ expressions
def functions(q: Query) -> Iterator[Remark]:
    """Only functions that both engines have, and that give the same on both."""
    for i, t in enumerate(q.ts):
        if t.kind != "word" or q.text(i + 1) != "(" or t.upper in NOT_FUNCTIONS:
            continue
        if q.text(i - 1) in (":", "|", "&", "$"):
            continue
        name = _function(q, i)
        if name in HINTED:
            yield Remark(f"function-{name.replace('.', '-')}")
        elif name not in FUNCTIONS:
            yield Remark("function", name)
        yield from _arity(name, len(arguments(q.ts, i + 1, q.partner)))


def _function(q: Query, i: int) -> str:
    name = q.text(i).casefold()
    spaced = q.text(i - 1) == "." and q.text(i - 2).casefold() in NAMESPACES | {"db"}
    return f"{q.text(i - 2).casefold()}.{name}" if spaced else name


def _arity(name: str, given: int) -> Iterator[Remark]:
    if name == "range" and given == 3:
        yield Remark("range-step")
    if name == "round" and given > 1:
        yield Remark("round-digits")
    if name in ("date", "datetime", "localdatetime") and given == 0:
        yield Remark("today", name)


def map_projection(q: Query) -> Iterator[Remark]:
    """`(n {.a}.a …)`: the embedded engine takes it for a node."""
    for i in range(len(q.ts)):
        if q.text(i) == "(" and q.text(i + 2) == "{" and q.text(i + 3) == ".":
            yield Remark("map-projection")


def list_plus_null(q: Query) -> Iterator[Remark]:
    """`x + [..]` with x null: null on Neo4j, a list on the embedded engine."""
    for i in range(len(q.ts)):
        if q.text(i) != "+":
            continue
        right = q.text(i + 1) == "[" and not _is_coalesce(q, i - 1)
        left = q.text(i - 1) == "]" and _is_literal(q, q.partner[i - 1])
        safe = q.text(i + 1) == "[" or q.text(i + 1).casefold() == "coalesce"
        safe = safe or at(q.ts, i + 1).kind in ("string", "number")
        if (right and not left) or (left and not safe):
            yield Remark("list-plus-null")


def _is_coalesce(q: Query, i: int) -> bool:
    return q.text(i) == ")" and q.text(q.partner[i] - 1).casefold() == "coalesce"


def _is_literal(q: Query, i: int) -> bool:
    """Say whether the square bracket at a place opens a list, not an index."""
    before = at(q.ts, i - 1)
    if before.kind == "word":
        return bool(q.keyword(i - 1)) and before.upper in NOT_FUNCTIONS | {"UNWIND", "BY"}
    return before.kind in ("sign", "end") and before.text not in (")", "]", "}")


def regexes(q: Query) -> Iterator[Remark]:
    """Java's and Rust's regular expressions share a core."""
    for i in range(len(q.ts)):
        if q.text(i) != "~" or q.text(i - 1) != "=":
            continue
        value = at(q.ts, i + 1)
        pattern: Any = value.text[1:-1]
        if value.kind == "parameter":
            pattern = q.parameters.get(value.text[1:])
        if value.kind not in ("string", "parameter") or not isinstance(pattern, str):
            continue
        if ODD_REGEX.search(pattern):
            yield Remark("regex-odd")
        if "(?i" in pattern and not pattern.isascii():
            yield Remark("regex-case")


def other_signs(q: Query) -> Iterator[Remark]:
    """`IS :: TYPE`, `a || b` and properties that the embedded engine keeps for itself."""
    for i, t in enumerate(q.ts):
        if t.text in (":", "|") and q.text(i + 1) == t.text:
            yield Remark("foreign", t.text * 2)
        reserved = t.kind == "word" and t.text in ("title", "type")
        if reserved and q.text(i - 1) == "." and q.text(i + 1) != "(":
            yield Remark("reserved-property", t.text)


# ------------------------------------------------------------------ projections and order
def cut_without_order(q: Query) -> Iterator[Remark]:
    """SKIP and LIMIT take other rows each time where nothing is ordered."""
    for p in q.projections:
        for i in range(p.start, p.end):
            inside = q.around[i] == q.around[p.start]
            if inside and q.keyword(i) in ("SKIP", "LIMIT") and p.order is None:
                yield Remark("cut-without-order", q.keyword(i))


def unordered(q: Query) -> Iterator[Remark]:
    """The last RETURN orders its rows, unless it aggregates everything into one."""
    last = [p for p in q.projections if q.keyword(p.start) == "RETURN" and q.around[p.start] < 0]
    if not last or last[-1].order is not None or not {"MATCH", "UNWIND", "CALL"} & set(q.clause):
        return
    items = last[-1].items
    if not all(q.calls(i.start, i.end, AGGREGATES) for i in items):
        yield Remark("unordered")


def without_alias(q: Query) -> Iterator[Remark]:
    """Names of columns are written as typed by one engine, and tidied by another."""
    for p in q.projections:
        returns = q.keyword(p.start) == "RETURN"
        if returns and any(i.alias is None and i.end - i.start > 1 for i in p.items):
            yield Remark("without-alias")


def whole_nodes(q: Query) -> Iterator[Remark]:
    """A node that is returned whole shows what each server adds to it."""
    bound = _bound(q, outermost=True)
    for p in q.projections:
        if q.keyword(p.start) == "RETURN" and q.around[p.start] < 0:
            for item in p.items:
                word = q.text(item.start)
                plain = item.end - item.start == 1 or q.keyword(item.start + 1) == "AS"
                if plain and (word in bound or word == "*"):
                    yield Remark("whole-node", word)


def _bound(q: Query, *, outermost: bool = False, optional: bool = False) -> set[str]:
    """Give the variables that patterns bind: outside of subqueries, or in OPTIONAL MATCH only."""
    found = set()
    for i, t in enumerate(q.ts):
        starts = q.text(i - 1) in ("(", "[") and q.text(i + 1) in (":", ")", "]", "{", "*")
        if not starts or t.kind not in ("word", "quoted") or q.clause[i] != "MATCH":
            continue
        inside = outermost and q.around[i - 1] >= 0
        if not inside and (q.optional[i] or not optional):
            found.add(t.text)
    return found


def order_by_average(q: Query) -> Iterator[Remark]:
    """Equal averages differ in the last bit."""
    averages: set[str] = set()
    for p in q.projections:
        for item in p.items:
            exact = q.text(item.start).casefold() in ("round", "tointeger", "floor", "ceil")
            taken = q.names(item.start, item.end - 2 if item.end - item.start > 2 else item.end)
            if item.alias and not exact and (taken & averages or _averages(q, item)):
                averages.add(item.alias)
        if p.order is not None:
            keys = q.names(p.order, p.end)
            if keys & averages or "avg" in {k.casefold() for k in keys}:
                yield Remark("order-by-average")


def _averages(q: Query, item: Item) -> bool:
    return q.calls(item.start, item.end, frozenset({"avg"}))


def order_by_default(q: Query) -> Iterator[Remark]:
    """ORDER BY beside coalesce() or CASE over an OPTIONAL MATCH: Neo4j sorts too early."""
    outer = _bound(q, optional=True)
    defaults: set[str] = set()
    for p in q.projections:
        spans = [(i.start, i.end) for i in p.items]
        if p.order is not None:
            spans.append((p.order, p.end))
        grouped = any(q.calls(i.start, i.end, AGGREGATES) for i in p.items)
        risky = any(_defaults(q, a, b, outer) or q.names(a, b) & defaults for a, b in spans)
        if p.order is not None and risky and not grouped:
            yield Remark("order-by-default")
        outer, defaults = _carried(q, p, outer, defaults, grouped)


def _defaults(q: Query, start: int, end: int, outer: set[str]) -> bool:
    names = q.names(start, end)
    return bool(names & outer) and bool({n.casefold() for n in names} & {"coalesce", "case"})


def _carried(
    q: Query, p: Projection, outer: set[str], defaults: set[str], grouped: bool
) -> tuple[set[str], set[str]]:
    """Give the optional variables, and the defaults over them, that a WITH hands on."""
    if q.keyword(p.start) == "RETURN":
        return outer, set()
    kept, made = set(), set()
    for item in p.items:
        if item.end - item.start == 1:
            word = q.text(item.start)
            kept |= outer if word == "*" else outer & {word}
            made |= defaults if word == "*" else defaults & {word}
        elif item.alias and not grouped and _defaults(q, item.start, item.end, outer):
            made.add(item.alias)
    later = _bound_after(q, p.end)
    return kept | later, made


def _bound_after(q: Query, place: int) -> set[str]:
    rest: Sequence[Token] = q.ts[place:]
    found = brackets(rest)
    return _bound(Query(list(rest), found), optional=True) if found is not None else set()


RULES: tuple[Rule, ...] = (
    begins,
    foreign_words,
    inline_where,
    count_in_optional,
    long_patterns,
    label_expressions,
    functions,
    map_projection,
    list_plus_null,
    regexes,
    other_signs,
    cut_without_order,
    unordered,
    without_alias,
    whole_nodes,
    order_by_average,
    order_by_default,
)
