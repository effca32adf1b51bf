"""The command by which people decide."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from commands.declare import Answer, Command, argument
from commands.opening import answer, refuse_past, refuse_version, workspace
from graph.errors import UnknownOption
from graph.store.place import Settings

if TYPE_CHECKING:
    from graph.build.judgements import Judgement
    from graph.landscape import Landscape

DECISIONS = (
    "same",
    "different",
    "unsure",
    "accept",
    "reject",
    "keep",
    "merge",
    "retire",
    "integrate",
)
NEEDS = {"same": 2, "different": 2, "unsure": 2}


def judge(args: argparse.Namespace, settings: Settings) -> Answer:
    """Write down a decision, or take one back."""
    from ingest.decide import judge as decide
    from ingest.decide import undo

    if args.list:
        return _listed(args, settings)
    refuse_past(args)
    space = workspace(args, settings)
    now = not args.no_build
    if args.undo:
        space.version()
        made = undo(space, args.undo, why=args.why, by=args.by, now=now)
    else:
        graph = space.version().landscape
        made = decide(space, args.decision, _about(graph, args), why=args.why, by=args.by, now=now)
    return answer(space.version(), [_row(made)])


def _listed(args: argparse.Namespace, settings: Settings) -> Answer:
    """Give all judgements, newest last; one that was taken back says so."""
    from graph.build.judgements import judgements

    refuse_version(args, "judge --list")
    if args.decision or args.undo or args.finding:
        raise UnknownOption(
            "judge",
            problem="unrecognised",
            value=" ".join(filter(None, [args.decision, *args.ids, args.undo, args.finding])),
            expected="simpul judge --list",
            hint="simpul judge --help",
        )
    space = workspace(args, settings)
    version = space.version()
    made = judgements(space.judgements())
    gone = {j.undoes for j in made}
    return answer(version, [_row(j) | {"undone": j.id in gone} for j in made])


def _row(made: Judgement) -> dict[str, Any]:
    return {
        "judgement": made.id,
        "about": list(made.about),
        "decision": made.decision,
        "by": made.by or None,
        "at": made.at,
        "why": made.why or None,
    }


def _about(graph: Landscape, args: argparse.Namespace) -> tuple[str, ...]:
    from graph.questions import resolve_node

    wanted = NEEDS.get(args.decision, 1)
    disposition = args.decision in ("keep", "merge", "retire", "integrate")
    if (
        args.decision not in DECISIONS
        or len(args.ids) != wanted
        or disposition != bool(args.finding)
    ):
        raise UnknownOption(
            "judge",
            problem="judgement",
            value=" ".join(filter(None, [args.decision, *args.ids])),
            expected="same|different|unsure A B; accept|reject FINDING; "
            "keep|merge|retire|integrate ID --finding F; --undo J",
            hint="simpul judge --help",
        )
    if args.decision in ("accept", "reject"):
        return (args.ids[0],)
    ids = tuple(resolve_node(graph, i, "Application") for i in args.ids)
    if len(set(ids)) != len(ids):
        raise UnknownOption(
            "judge",
            problem="one-application",
            value=ids[0],
            expected="two-applications",
            hint="simpul same",
        )
    return (*ids, args.finding) if disposition else ids


COMMANDS = [
    Command(
        "judge",
        judge,
        ("judgement", "about", "decision", "by", "at", "why"),
        (
            argument("decision", nargs="?", metavar="DECISION"),
            argument("ids", nargs="*", metavar="ID"),
            argument("--finding", metavar="F"),
            argument("--why", metavar="TEXT"),
            argument("--by", metavar="NAME"),
            argument("--undo", metavar="J"),
            argument("--list", action="store_true"),
            argument("--no-build", action="store_true"),
        ),
        'simpul judge accept FINDING --why "sudah dicek" --by "Analis"',
    ),
]
