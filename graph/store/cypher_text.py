"""Cypher as text: its tokens, the guard that lets only reading pass, the embedded engine's needs.

Nothing here understands Cypher as an engine does; tokens, brackets and clauses are enough. Where
the two differ the guard errs on the side of refusing. Source of each rewrite: a query that gave
other rows on kglite 0.21 than on Neo4j 5.26.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.errors import MissingParameter, RefusedQuery

TOKEN = re.compile(
    r"""
      (?P<gap>\s+ | //[^\r\n]* | /\*.*?\*/)
    | (?P<string>'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*")
    | (?P<quoted>`(?:``|[^`])*`)
    | (?P<parameter>\$(?:\w+|`(?:``|[^`])*`))
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+(?:\.(?!\.)\d*)?(?:[eE][+-]?\d+)?\w*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")


def words(text: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(text.split())


WRITES = words(
    "CREATE MERGE SET DELETE DETACH NODETACH REMOVE FOREACH DROP LOAD INSERT ALTER GRANT REVOKE "
    "DENY TERMINATE"
)
# Commands only where a clause may begin; elsewhere they are ordinary names (`AS start`).
COMMANDS = words(
    "SHOW USE START STOP ENABLE RENAME DEALLOCATE REALLOCATE DRYRUN COPY EXPORT IMPORT"
)
BEFORE_A_NAME = words(
    "RETURN WITH DISTINCT BY AS AND OR XOR NOT IN WHERE UNWIND WHEN THEN ELSE CASE YIELD "
    "CONTAINS IS ( [ , = < > + - / % ^ |"
)
PROCEDURES = words("db.labels db.relationshiptypes db.propertykeys")
NAMESPACES = words("date datetime localdatetime time localtime duration point")
CLAUSES = words("MATCH WHERE RETURN WITH UNWIND ORDER SKIP LIMIT CALL UNION YIELD")
CLOSES = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """A word or sign, and the blanks before it; a comment counts as blanks."""

    kind: str
    text: str
    gap: str = " "

    @property
    def upper(self) -> str:
        """The word in capitals, as engines compare keywords; of other tokens the text."""
        return self.text.casefold().upper() if self.kind == "word" else self.text


END = Token("end", "", "")


def tokens(text: str) -> list[Token]:
    """Cut a query into its tokens, without comments and final semicolons."""
    found: list[Token] = []
    gap = ""
    for m in TOKEN.finditer(text):
        if m.lastgroup == "gap":
            # line ends stay, so that an engine's error names the user's line
            gap += m.group() if m.group().isspace() else " " + "\n" * m.group().count("\n")
        else:
            found.append(Token(m.lastgroup or "sign", m.group(), gap))
            gap = ""
    while found and found[-1].text == ";":
        found.pop()
    return found


def text_of(ts: Iterable[Token]) -> str:
    """Put tokens together again."""
    return "".join(t.gap + t.text for t in ts)


def at(ts: Sequence[Token], i: int) -> Token:
    """Give the token at a place, `END` outside."""
    return ts[i] if 0 <= i < len(ts) else END


def brackets(ts: Sequence[Token]) -> dict[int, int] | None:
    """Give the place of each bracket's partner, both ways; None if they do not match."""
    partner: dict[int, int] = {}
    open_: list[int] = []
    for i, t in enumerate(ts):
        if t.kind != "sign":
            continue
        if t.text in CLOSES:
            open_.append(i)
        elif t.text in CLOSES.values():
            if not open_ or CLOSES[ts[open_[-1]].text] != t.text:
                return None
            partner[i] = open_.pop()
            partner[partner[i]] = i
    return None if open_ else partner


def is_keyword(ts: Sequence[Token], i: int) -> bool:
    """Say whether the word at a place is no property, label, map key or relationship type."""
    if at(ts, i).kind != "word" or at(ts, i + 1).text == ":":
        return False
    return at(ts, i - 1).text not in (".", ":", "|", "&", "!")


def clauses(ts: Sequence[Token]) -> list[str]:
    """Give the clause that each token stands in; each pair of braces starts anew."""
    found: list[str] = []
    now = [""]
    for i, t in enumerate(ts):
        if t.text == "{" and t.kind == "sign":
            now.append("")
        elif t.text == "}" and t.kind == "sign" and len(now) > 1:
            now.pop()
        elif t.upper in CLAUSES and is_keyword(ts, i) and not is_text_test(ts, i):
            now[-1] = t.upper
        found.append(now[-1])
    return found


def is_text_test(ts: Sequence[Token], i: int) -> bool:
    """Say whether the word at a place is the WITH of STARTS WITH or ENDS WITH."""
    return at(ts, i).upper == "WITH" and at(ts, i - 1).upper in ("STARTS", "ENDS")


# ------------------------------------------------------------------ the guard
def guard(text: str) -> None:
    """Let a query pass that only reads the graph.

    Neither engine's read mode is enough: both read local files by LOAD CSV, and a server also
    lets go on SHOW and TERMINATE. Writes, file access, administration, procedures and foreign
    functions are refused wherever they stand; words in strings, comments, property names,
    labels and map keys are not meant.

    Raises
    ------
    RefusedQuery
        With the word that is not allowed.
    """
    _guard(tokens(text))
    # Neo4j reads \u0053ET as SET, wherever it stands
    plain = ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text)
    if plain != text:
        _guard(tokens(plain))


def _guard(ts: Sequence[Token]) -> None:
    for i in range(len(ts)):
        word = _forbidden(ts, i)
        if word:
            raise RefusedQuery("", word=word)


def _forbidden(ts: Sequence[Token], i: int) -> str | None:
    """Name what is not allowed at a place, None if nothing is."""
    if at(ts, i).kind in ("word", "quoted") and at(ts, i + 1).text == "(":
        name = _dotted(ts, i)
        if at(ts, i - 1).text == "." and name.split(".")[0].casefold() not in NAMESPACES:
            return None if name.casefold() in PROCEDURES and _is_called(ts, i) else name
    if not is_keyword(ts, i):
        return None
    word = ts[i].upper
    if word == "CALL" and at(ts, i + 1).text not in ("{", "("):
        return _procedure(ts, i + 1)
    if word in WRITES:
        return "LOAD CSV" if word == "LOAD" else word
    return word if word in COMMANDS and at(ts, i - 1).upper not in BEFORE_A_NAME else None


def _dotted(ts: Sequence[Token], last: int) -> str:
    """Give the full name of a function, from its last part backwards."""
    first = last
    while at(ts, first - 1).text == ".":
        first -= 2
    return "".join(t.text.strip("`") for t in ts[max(first, 0) : last + 1])


def _is_called(ts: Sequence[Token], last: int) -> bool:
    first = last
    while at(ts, first - 1).text == ".":
        first -= 2
    return at(ts, first - 1).upper == "CALL"


def _procedure(ts: Sequence[Token], i: int) -> str | None:
    """Name the procedure called at a place unless it is one of the three harmless ones."""
    last = i
    while at(ts, last + 1).text == ".":
        last += 2
    name = _dotted(ts, last)
    return None if name.casefold() in PROCEDURES else f"CALL {name}".rstrip()


def require(text: str, parameters: Mapping[str, object]) -> None:
    """Say in a sentence which parameter of the query has no value.

    Raises
    ------
    MissingParameter
        For the first one in the text.
    """
    for t in tokens(text):
        if t.kind == "parameter" and t.text[1:].strip("`") not in parameters:
            raise MissingParameter("", name=t.text[1:].strip("`"))


def stripped(text: str) -> str:
    """Give the query without comments, so that both engines read what the guard has read."""
    return text_of(tokens(text))


# ------------------------------------------------------------------ the embedded engine's needs
def for_kglite(text: str) -> str:
    """Write a query so that kglite gives the rows that Neo4j gives."""
    ts = tokens(text)
    for rule in RULES:
        if brackets(ts) is None:
            break  # the engine says it better
        ts = rule(ts)
    return text_of(ts)


Inserted = dict[int, list[Token]]


def _with(ts: Sequence[Token], before: Inserted) -> list[Token]:
    """Give the tokens with others inserted before some places."""
    found: list[Token] = []
    for i, t in enumerate([*ts, END]):
        found += before.get(i, [])
        found.append(t)
    return found[:-1]


def _cut(text: str) -> list[Token]:
    return [t._replace(gap=" ") for t in tokens(text)]


def _partner(ts: Sequence[Token]) -> dict[int, int]:
    return brackets(ts) or {}


def bare_patterns(ts: list[Token]) -> list[Token]:
    """`WHERE NOT (a)--(b)` → `WHERE NOT EXISTS { MATCH (a)--(b) WHERE true }`.

    A pattern of one type there and back, `(a)-[:T]->()<-[:T]-()`, misses rows as bare predicate.
    """
    partner, clause, before = _partner(ts), clauses(ts), Inserted()
    for i, t in enumerate(ts):
        starts = at(ts, i - 1).upper in ("WHERE", "AND", "OR", "NOT", "XOR", "(")
        if t.text != "(" or clause[i] != "WHERE" or not starts:
            continue
        end = _chain(ts, i, partner)
        if end > partner[i] and at(ts, i - 2).upper != "EXISTS":
            before.setdefault(i, []).extend(_cut("EXISTS { MATCH"))
            before.setdefault(end + 1, []).extend(_cut("WHERE true }"))
    return _with(ts, before)


def _chain(ts: Sequence[Token], i: int, partner: Mapping[int, int]) -> int:
    """Give the place where the pattern that starts with the bracket at `i` ends."""
    end = partner[i]
    while True:
        j = end + 1
        if at(ts, j).text == "<":
            j += 1
        if at(ts, j).text != "-" or at(ts, j + 1).text not in ("[", "-"):
            return end
        j += 1
        j = partner[j] + 1 if ts[j].text == "[" else j
        while at(ts, j).text in ("-", ">"):
            j += 1
        if at(ts, j).text != "(":
            return end
        end = partner[j]


def exists_where(ts: list[Token]) -> list[Token]:
    """`EXISTS { pattern }` → `EXISTS { pattern WHERE true }`, for the same reason."""
    partner, before = _partner(ts), Inserted()
    for i, t in enumerate(ts):
        if t.upper == "EXISTS" and at(ts, i + 1).text == "{" and not _has_clause(ts, i + 1):
            before.setdefault(partner[i + 1], []).extend(_cut("WHERE true"))
    return _with(ts, before)


def _has_clause(ts: Sequence[Token], brace: int) -> bool:
    """Say whether the braces hold a condition or a whole subquery of their own."""
    depth = 0
    for i in range(brace, len(ts)):
        depth += {"{": 1, "}": -1}.get(ts[i].text, 0)
        if depth == 0:
            return False
        if depth == 1 and ts[i].upper in ("WHERE", "RETURN", "WITH", "UNWIND", "CALL", "UNION"):
            return True
    return False


def count_without_match(ts: list[Token]) -> list[Token]:
    """`COUNT { MATCH pattern }` → `COUNT { pattern }`: kglite knows only the short form."""
    return [
        t
        for i, t in enumerate(ts)
        if not (t.upper == "MATCH" and at(ts, i - 1).text == "{" and at(ts, i - 2).upper == "COUNT")
    ]


def count_after_bracket(ts: list[Token]) -> list[Token]:
    """`(COUNT {` → `(0 + COUNT {`: kglite takes `(COUNT {` for a node pattern."""
    places = (
        i
        for i, t in enumerate(ts)
        if t.upper == "COUNT" and at(ts, i - 1).text == "(" and at(ts, i + 1).text == "{"
    )
    return _with(ts, {i: _cut("0 +") for i in places})


def in_comprehension(ts: list[Token]) -> list[Token]:
    """`x IN [t IN l …]` → `x IN ([t IN l …])`, else a syntax error."""
    partner, before = _partner(ts), Inserted()
    for i, t in enumerate(ts):
        if t.text == "[" and at(ts, i - 1).upper == "IN" and at(ts, i + 2).upper == "IN":
            before.setdefault(i, []).extend(_cut("("))
            before.setdefault(partner[i] + 1, []).extend(_cut(")"))
    return _with(ts, before)


def rounding(ts: list[Token]) -> list[Token]:
    """`round(x)` → `floor((x) + 0.5)`: Neo4j rounds halves up, −2.5 to −2."""
    partner, before = _partner(ts), Inserted()
    found = list(ts)
    for i, t in enumerate(ts):
        if t.upper != "ROUND" or at(ts, i + 1).text != "(" or at(ts, i - 1).text == ".":
            continue
        if len(arguments(ts, i + 1, partner)) == 1:
            found[i] = t._replace(text="floor")
            before.setdefault(i + 2, []).extend(_cut("("))
            before.setdefault(partner[i + 1], []).extend(_cut(") + 0.5"))
    return _with(found, before)


def arguments(
    ts: Sequence[Token], bracket: int, partner: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Give the (start, end) of each argument between a bracket and its partner."""
    if partner[bracket] == bracket + 1:
        return []
    found, start, i = [], bracket + 1, bracket + 1
    while i < partner[bracket]:
        if ts[i].text == ",":
            found.append((start, i))
            start = i + 1
        i = partner[i] + 1 if ts[i].text in CLOSES and i in partner else i + 1
    return [*found, (start, partner[bracket])]


RULES: tuple[Callable[[list[Token]], list[Token]], ...] = (
    bare_patterns,
    count_without_match,
    exists_where,
    count_after_bracket,
    in_comprehension,
    rounding,
)
