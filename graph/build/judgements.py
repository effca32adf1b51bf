"""What people decided: append-only, newest first in force, each one can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PAIR = ("same", "different", "unsure")
FINDING = ("accept", "reject")
DISPOSITION = ("keep", "merge", "retire", "integrate")


@dataclass(frozen=True)
class Judgement:
    """One decision of a person.

    Parameters
    ----------
    about
        Ids: two applications for same, different and unsure; a finding for accept and reject;
        an application and a finding for keep, merge, retire and integrate.
    members
        The members the finding had when it was judged.
    undoes
        The judgement this one takes back; then `decision` is "undo".
    """

    id: str
    decision: str
    about: tuple[str, ...]
    by: str
    at: str
    why: str
    members: tuple[str, ...] = ()
    undoes: str | None = None

    def line(self) -> dict[str, Any]:
        """Give the judgement as it is stored."""
        return asdict(self)


def judgements(lines: Iterable[Mapping[str, Any]]) -> list[Judgement]:
    """Read judgements as they are stored, oldest first."""
    return [
        Judgement(**{**line, "about": tuple(line["about"]), "members": tuple(line["members"])})
        for line in lines
    ]


def standing(all: Sequence[Judgement]) -> list[Judgement]:
    """Give the judgements in force, oldest first: not undone, and not overruled by a newer one."""
    undone = {j.undoes for j in all if j.undoes}
    newest: dict[tuple[str, ...], tuple[int, Judgement]] = {}
    for at, j in enumerate(all):
        if j.undoes is None and j.id not in undone:
            kind = "pair" if j.decision in PAIR else "other"
            newest[(kind, *(sorted(j.about) if kind == "pair" else j.about))] = (at, j)
    return [j for _, j in sorted(newest.values(), key=lambda found: found[0])]


def holding(all: Sequence[Judgement], about: Sequence[str]) -> Judgement | None:
    """Give the judgement in force about these ids, whatever their order; None if there is none."""
    wanted = sorted(about)
    return next((j for j in reversed(standing(all)) if sorted(j.about) == wanted), None)
