"""Questions in Cypher as pages show them: what an editor proposes, which values have names.

What is known of a text is read off its tokens: `(v:Label`, `v.property = $name`, `v.property AS
alias`. A text that is written some other way only loses the comfort.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from graph.errors import SimpulError
from graph.landscape import Landscape
from graph.schema import NODE_TYPES, RELATIONS
from graph.schema.core import Code, Property
from graph.store.cypher_text import CLAUSES, TOKEN, tokens

MOST_CHOICES = 1000  # names that one list may hold; above it, an id is typed
MOST_BARS = 12
WHERE = re.compile(r"^at line (\d+), col (\d+)(?:: )?")
GLUED = re.compile(r'Identifier\("(\w+)"\)')
UNEXPECTED = re.compile(r"Unexpected token[^:]*: (\w+|\S)")
KEYWORDS = sorted(CLAUSES | {"OPTIONAL", "DISTINCT", "BY", "DESC", "UNION"})
QUOTED = re.compile(r"'(\w+)'|: (\w+)$")
COMPARES = ("=", "<", ">", "IN")


class Meaning(NamedTuple):
    """The property that a parameter is compared with."""

    label: str
    property: str


class Mark(NamedTuple):
    """A place in a text, in characters from its start, and what is wrong there."""

    start: int
    end: int
    severity: str  # error, warning
    message: str


class Shown(NamedTuple):
    """A column of an answer as people read it; `id` names the column that holds its id."""

    name: str
    id: str | None


class Bars(NamedTuple):
    """The largest amounts of an answer; `of` rows had one."""

    labels: tuple[str, ...]
    amount: str
    rows: list[tuple[str, float]]
    of: int


# ------------------------------------------------------------------ what an editor proposes
def vocabulary(lang: str) -> dict[str, list[dict[str, Any]]]:
    """Give the labels and relations of the model, each with its properties, for completion."""
    labels = [
        {
            "name": kind.name,
            "detail": kind.label(lang),
            "info": kind.doc,
            "properties": [{"name": "id", "detail": "id"}, *_properties(kind.props, lang)],
        }
        for kind in NODE_TYPES.values()
    ]
    relations = [
        {
            "name": r.name,
            "detail": f"{_names(r.sources)} → {_names(r.targets)}",
            "info": r.doc,
            "properties": list(_properties(r.props, lang)),
        }
        for r in RELATIONS.values()
    ]
    return {"labels": labels, "relations": relations}


def _properties(props: Mapping[str, Property], lang: str) -> Iterator[dict[str, str]]:
    for p in props.values():
        yield {"name": p.name, "detail": p.meaning.id if lang == "id" else p.meaning.en}


def _names(kinds: Iterable[type]) -> str:
    return " | ".join(k.__name__ for k in kinds)


def body(text: str) -> str:
    """Give the text of a report without its head."""
    return text.partition("*/")[2].strip() if text.lstrip().startswith("/*") else text


# ------------------------------------------------------------------ parameters and columns
def parameters(text: str) -> list[str]:
    """Name the parameters of a text, in order.

    >>> parameters("MATCH (a) WHERE a.x = $b AND a.y > $a AND a.z = $b RETURN a // $c")
    ['b', 'a']
    """
    found = (t.text[1:].strip("`") for t in tokens(text) if t.kind == "parameter")
    return list(dict.fromkeys(found))


def compared(text: str) -> dict[str, Meaning]:
    """Lead from a parameter to the declared property that it is compared with."""
    said = [t.text for t in tokens(text)]
    labels = _labels(said)
    found: dict[str, Meaning] = {}
    at = ""
    for i, word in enumerate(said):
        if word == "(" or word == "[":
            at = _label_after(said, i)
        if not word.startswith("$"):
            continue
        left = said[max(0, i - 4) : i]
        right = said[i + 1 : i + 5]
        if len(left) == 4 and left[1] == "." and left[3].upper() in COMPARES:
            _note(found, word, labels.get(left[0], ""), left[2])
        elif len(right) == 4 and right[0] in COMPARES and right[2] == ".":
            _note(found, word, labels.get(right[1], ""), right[3])
        elif len(left) >= 3 and left[-1] == ":" and left[-3] in ("{", ","):
            _note(found, word, at, left[-2])
    return found


def codes(text: str) -> dict[str, type[Code]]:
    """Lead from a column to the closed list its values are from."""
    said = [t.text for t in tokens(text)]
    labels = _labels(said)
    found: dict[str, type[Code]] = {}
    for i in range(len(said) - 4):
        variable, dot, name, word, alias = said[i : i + 5]
        kind = NODE_TYPES.get(labels.get(variable, ""))
        if dot != "." or word.upper() != "AS" or not kind or name not in kind.props:
            continue
        if closed := kind.props[name].codes:
            found[alias] = closed
    return found


def _labels(said: Sequence[str]) -> dict[str, str]:
    """Lead from a variable to its label; the first pattern that names one counts."""
    found: dict[str, str] = {}
    for i in range(len(said) - 3):
        if said[i] in "([" and said[i + 2] == ":":
            found.setdefault(said[i + 1], said[i + 3])
    return found


def _label_after(said: Sequence[str], i: int) -> str:
    """Name the label of the pattern that opens at a place; "" if it has none."""
    for j in (i + 1, i + 2):
        if j + 1 < len(said) and said[j] == ":":
            return said[j + 1]
    return ""


def _note(found: dict[str, Meaning], parameter: str, label: str, property: str) -> None:
    kind = NODE_TYPES.get(label)
    if kind and (property == "id" or property in kind.props):
        found.setdefault(parameter[1:].strip("`"), Meaning(label, property))


def choices(L: Landscape, meaning: Meaning, lang: str) -> dict[str, str] | None:
    """Give the values a property takes, each with its name, sorted by name.

    Returns
    -------
    dict[str, str] | None
        None where values have no names of their own, or where there are too many for a list.

    Notes
    -----
    O(n log n) for n nodes of the label.
    """
    label, name = meaning
    if name == "id" or name == "code":
        named = {r[name]: L.name(r["id"], lang) for r in L.rows(label) if r.get(name)}
    else:
        prop = NODE_TYPES[label].props[name]
        if prop.codes:
            return {str(word): word.label(lang) for word in prop.codes}
        if not prop.meaning.ref:
            return None
        held = {r[name] for r in L.rows(label)}
        named = {v: L.name(v, lang) for v in held if isinstance(v, str) and v in L}
    if len(named) > MOST_CHOICES:
        return None
    seen: dict[str, int] = {}
    for text in named.values():
        seen[text] = seen.get(text, 0) + 1
    told = {v: text if seen[text] == 1 else f"{text} ({v})" for v, text in named.items()}
    return dict(sorted(told.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def relaxable(chosen: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[str]:
    """Name the parameters that may have left nothing: those changed, else those of amounts."""
    changed = [name for name, value in chosen.items() if value != defaults.get(name)]
    amounts = [
        n for n, v in chosen.items() if isinstance(v, int | float) and not isinstance(v, bool)
    ]
    return changed or amounts


def command(report: str, given: Mapping[str, Any]) -> str:
    """Give the command that answers the same."""
    words = ["./simpul", "report", "run", report]
    for name, value in given.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        words += ["-p", f"{name}={text}"]
    return shlex.join(words)


# ------------------------------------------------------------------ answers
def shown(columns: Sequence[str]) -> list[Shown]:
    """Join the column `x_id` with the column `x`: people read the name, the link takes the id.

    >>> shown(["agency_id", "agency", "n"])
    [Shown(name='agency', id='agency_id'), Shown(name='n', id=None)]
    """
    joined = {f"{c}_id" for c in columns} & set(columns)
    return [
        Shown(c, f"{c}_id" if f"{c}_id" in joined else None) for c in columns if c not in joined
    ]


def bars(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Bars | None:
    """Give the largest amounts by name; None where an answer has no name or no amount.

    The name is what has an id beside it, else the first column of texts; the amount is the first
    column of numbers. Rows without an amount are left out.
    """
    amount = next((c for c in columns if _all(rows, c, _is_number)), None)
    texts = [s for s in shown(columns) if _all(rows, s.name, lambda v: isinstance(v, str))]
    labels = [s.name for s in texts if s.id] or [s.name for s in texts][:1]
    if amount is None or not labels or len(rows) < 2:
        return None
    told = [r for r in rows if r[amount] is not None]
    best = sorted(told, key=lambda r: -r[amount])[:MOST_BARS]
    named = [(" · ".join(str(r[c]) for c in labels if r[c] is not None), r[amount]) for r in best]
    return Bars(tuple(labels), amount, named, len(told))


def _all(rows: Sequence[Mapping[str, Any]], column: str, fits: Any) -> bool:
    told = [r[column] for r in rows if r.get(column) is not None]
    return bool(told) and all(fits(v) for v in told)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def texts_in(value: Any) -> Iterator[str]:
    """Give the texts in a cell that may be ids."""
    if isinstance(value, str):
        if ":" in value:
            yield value
    elif isinstance(value, Mapping):
        if isinstance(id := value.get("id"), str):
            yield id
    elif isinstance(value, list | tuple):
        for v in value:
            yield from texts_in(v)


# ------------------------------------------------------------------ places of errors
def place(text: str, error: SimpulError, said: str) -> Mark:
    """Say where in a text an error is; the whole first line where nobody knows."""
    return found_place(text, error, said) or Mark(0, _line_end(text, 0), "error", said)


def found_place(text: str, error: SimpulError, said: str) -> Mark | None:
    """Say where in a text an error is; None where nobody knows.

    The embedded engine quotes a pattern without its blanks, and counts to its end: such words are
    looked for among the tokens of the text.
    """
    reason = str(error.facts.get("reason", ""))
    if (m := GLUED.search(reason)) and (mark := _glued(text, m.group(1), said)):
        return mark
    if m := WHERE.match(reason):
        mark = _at_line(text, int(m.group(1)), int(m.group(2)), said)
        token = UNEXPECTED.search(reason)
        return _passed(text, token.group(1), mark) if token else mark
    word = str(error.facts.get("word") or "")
    if name := error.facts.get("name"):
        word = f"${name}"
    elif not word and (m := QUOTED.search(reason)):
        word = m.group(1) or m.group(2)
    return at_word(text, word, "error", said)


def engine_words(error: SimpulError) -> str:
    """Give what the engine said, without its count of lines: it reads a text of ours."""
    return WHERE.sub("", str(error.facts.get("reason", "")))


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Give the line and the column of a place, both from 1.

    >>> line_and_column("MATCH (a)\\nRETRN a", 10)
    (2, 1)
    """
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def meant(word: str) -> str | None:
    """Give the keyword that a misspelt word is nearest to; None if it is none, or is one."""
    near = get_close_matches(word.upper(), KEYWORDS, n=1, cutoff=0.75)
    return near[0] if near and near[0] != word.upper() else None


def _passed(text: str, token: str, mark: Mark) -> Mark:
    """Mark the token that the engine means: it counts up to the one after it."""
    if text.startswith(token, mark.start):
        return mark
    at = text.rfind(token, text.rfind("\n", 0, mark.start) + 1, mark.start)
    return mark if at < 0 else mark._replace(start=at, end=at + len(token))


def _glued(text: str, word: str, said: str) -> Mark | None:
    """Mark the token at which a word begins that the engine wrote without its blanks."""
    told = [m for m in TOKEN.finditer(text) if m.lastgroup != "gap"]
    for n, m in enumerate(told):
        joined = m.group()
        for after in told[n + 1 :]:
            if len(joined) >= len(word):
                break
            joined += after.group()
        if joined.casefold() == word.casefold():
            return Mark(m.start(), m.end(), "error", said)
    return None


def at_word(text: str, word: str, severity: str, said: str) -> Mark | None:
    """Mark the first place where a text has a word, outside its strings and comments."""
    wanted = word.split(" ")[0].casefold()
    for m in TOKEN.finditer(text):
        if wanted and m.lastgroup not in ("gap", "string") and m.group().casefold() == wanted:
            return Mark(m.start(), m.end(), severity, said)
    return None


def _at_line(text: str, line: int, column: int, said: str) -> Mark:
    """Mark from a line and a column to the end of the word there.

    The engine reads a text of ours, in which columns may have moved, but lines have not.
    """
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    start = starts[min(line, len(starts)) - 1]
    end = _line_end(text, start)
    at = min(start + column - 1, max(start, end - 1))
    word = re.compile(r"\w+|\S").match(text, at)
    return Mark(at, word.end() if word else min(at + 1, len(text)), "error", said)


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found
