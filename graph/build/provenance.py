"""Which application a project gave birth to: the one whose name its title bears.

A title that names an application does not always mean that the project made it, so the rule is
narrow: the whole name, in the same government, not after a word that says that it was there
before, and of no two candidates either.  What is not certain gives no edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graph import reference
from graph.analysis.names import spelled
from graph.build.resolve import known_words
from graph.landscape import Landscape
from graph.schema.codes import ApplicationKind

TITLE_RULE = "rule:name-in-project-title"
LETTERS = 4  # of the shortest name that is looked for
AROUND = frozenset(("aplikasi", "sistem", "informasi", "app"))
ALREADY = frozenset(
    [
        "optimalisasi",
        "optimasi",
        "pemanfaatan",
        "penggunaan",
        "implementasi",
        "penerapan",
        "integrasi",
        "pengembangan",
        "peningkatan",
        "penguatan",
        "evaluasi",
        "replikasi",
        "sosialisasi",
        "pendampingan",
        "pemeliharaan",
        "revitalisasi",
        "penyempurnaan",
        "modifikasi",
    ]
)
"""Words before a name that say, or may say, that the application was there before the project."""


class _Named(NamedTuple):
    """An application or a project with the bodies and governments it is of."""

    id: str
    bodies: frozenset[str]
    governments: frozenset[str]


def originating(base: Landscape) -> list[tuple[str, str]]:
    """Give (application, innovation) where a title names the application; sorted.

    O(n + t · w²) for n applications and t titles of w words.
    """
    named = _names(base)
    bodies, government = _bodies(base, ("INITIATED",)), _governments(base)
    found: set[tuple[str, str]] = set()
    for row in base.rows("Innovation"):
        project = _named(row["id"], bodies[row["id"]], government)
        for words in _mentioned([row["name"], *(row["aliases"] or ())], named):
            meant = _nearest(project, named[words])
            if len(meant) == 1:
                found.add((meant.pop(), project.id))
    return sorted(found)


def _nearest(project: _Named, candidates: Iterable[_Named]) -> set[str]:
    """Give the candidates of the project's own unit, else those of its government."""
    there = [c for c in candidates if c.governments & project.governments]
    unit = {c.id for c in there if c.bodies & project.bodies}
    return unit or {c.id for c in there}


def _mentioned(
    titles: Iterable[str], named: Mapping[tuple[str, ...], list[_Named]]
) -> Iterator[tuple[str, ...]]:
    """Give the names that stand in a title as whole words; of two that overlap, the longer."""
    longest = max(map(len, named), default=0)
    for title in titles:
        words = tuple(spelled(title).split())
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + longest), at, -1)
            end = next((e for e in ends if words[at:e] in named), None)
            if end is None:
                at += 1
                continue
            if not _was_there(words[:at]):
                yield words[at:end]
            at = end


def _was_there(before: tuple[str, ...]) -> bool:
    """Say whether the words before a name tell that the application was there before."""
    telling = [w for w in before if w not in AROUND]
    return bool(telling) and telling[-1] in ALREADY


def _names(base: Landscape) -> dict[tuple[str, ...], list[_Named]]:
    """Give every name and alias that tells one application, as words, with who bears it."""
    owners, users = _bodies(base, ("OWNS",)), _bodies(base, ("USES",))
    government = _governments(base)
    # everybody uses a national application: a project of a user did not make it
    national = {a.id for a in reference.general_applications().values()}
    found: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
    for row in base.rows("Application"):
        if row["kind"] == ApplicationKind.CLASS or row["website"]:
            continue
        its = owners[row["id"]] | ({row["government"]} if row["government"] else set())
        its |= set() if row["id"] in national else users[row["id"]]
        app = _named(row["id"], its, government)
        for words in {tuple(spelled(n).split()) for n in (row["name"], *(row["aliases"] or ()))}:
            if _telling(words):
                found[words].append(app)
    return found


def _telling(words: tuple[str, ...]) -> bool:
    """Say whether a name names one application: long enough, and not words for a kind only."""
    kinds = known_words()
    return any(kinds.weight(w) == 1.0 for w in words) and sum(map(len, words)) >= LETTERS


def _named(id: str, bodies: set[str], government: Mapping[str, str]) -> _Named:
    return _Named(id, frozenset(bodies), frozenset(government.get(b, b) for b in bodies))


def _bodies(base: Landscape, relations: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        for e in base.edge_rows(relation):
            found[e["target"]].add(e["source"])
    return found


def _governments(base: Landscape) -> dict[str, str]:
    rows: list[dict[str, Any]] = base.rows("Agency")
    return {r["id"]: r["government"] for r in rows if r["government"]}
