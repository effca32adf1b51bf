"""The applications of a Landscape, compared: the same for a build and for a question about one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from graph import reference
from graph.analysis.function import Assigner, Assignment, Subject, is_website
from graph.analysis.redundant import System, systems
from graph.analysis.similar import Likeness, Part
from graph.landscape import Landscape
from graph.schema.codes import ApplicationKind
from graph.texts import LANGUAGES, both, say

WORDS = "{words}"  # where the words of a part stand in its text


@dataclass(frozen=True)
class Compared:
    """What each application does, which are systems and not websites, and how alike they are."""

    everyday: Iterable[str]
    assignments: Mapping[str, Assignment]
    sites: frozenset[str]
    known: Mapping[str, System]
    likeness: Likeness


def compared(landscape: Landscape) -> Compared:
    """Compare the applications of a Landscape whose identities are settled.

    Half a second, and 0.2 ms an application; pairs are weighed only when they are asked for.
    """
    subjects = _subjects(landscape)
    assigner = Assigner(reference.functions().values())
    assignments = assigner.assign(subjects)
    sites = frozenset(s.id for s in subjects if is_website(s, assignments[s.id]))
    mentioned = {a["id"] for a in landscape.rows("Application") if a["mentioned"]}
    known = systems(landscape, skip=sites | mentioned)
    order = {id: (s.government or "", s.host or "", *sorted(s.bodies)) for id, s in known.items()}
    likeness = Likeness([s for s in subjects if s.id in known], assignments, order)
    return Compared(assigner.vocabulary.everyday, assignments, sites, known, likeness)


def part_texts(part: Part) -> dict[str, str]:
    """Say one part of a pair: {"text_id": …, "text_en": …}; functions by their names."""
    share = round(100 * part.value)
    if part.kind == "function" or not part.words:
        return _by_codes(part.name, part.words, share)
    words = ", ".join(part.words)
    return {key: text.replace(WORDS, words) for key, text in _blank(part.name, share).items()}


@cache
def _blank(name: str, share: int) -> dict[str, str]:
    """Give the texts of a part, with a blank where its words go, if it names any."""
    return both(f"analysis.pair.{name}", words=WORDS, share=share)


@lru_cache(maxsize=50_000)
def _by_codes(name: str, codes: tuple[str, ...], share: int) -> dict[str, str]:
    functions = [reference.functions()[code] for code in codes]
    found = {}
    for lang in LANGUAGES:
        listed = ", ".join(getattr(f, f"name_{lang}") for f in functions)
        words = listed or say("analysis.pair.no_words", lang)
        found[f"text_{lang}"] = say(f"analysis.pair.{name}", lang, words=words, share=share)
    return found


def _subjects(landscape: Landscape) -> list[Subject]:
    """Give what is said in words about each system; classes are none."""
    return [
        Subject(
            row["id"],
            row["name"],
            row["description"] or "",
            tuple(row["aliases"] or ()),
            _source(landscape, row["id"]),
            row["government"] or "",
        )
        for row in landscape.rows("Application")
        if row["kind"] != ApplicationKind.CLASS
    ]


def _source(landscape: Landscape, id: str) -> str:
    said = landscape.origins_of(id, "description") or landscape.origins_of(id)
    return said[0].source if said else ""
