"""Commands that ask: each calls one function of `graph.questions`."""

from __future__ import annotations

import argparse
from typing import Any

from commands.declare import Answer, Command, argument
from commands.kinds import share
from commands.opening import answer, opened
from graph.store.place import Settings
from graph.texts import number, say


def search(args: argparse.Namespace, settings: Settings) -> Answer:
    """Find nodes by name."""
    from graph.questions import MOST
    from graph.questions import search as ask

    version = opened(args, settings)
    rows = ask(version.landscape, args.text, args.type, limit=MOST + 1)
    found = answer(version, rows[:MOST])
    if len(rows) > MOST:
        found.limit_hit = f"limit {MOST}"
    return found


def show(args: argparse.Namespace, settings: Settings) -> Answer:
    """Show one node with where every fact came from."""
    from graph.questions import resolve_node
    from graph.questions import show as ask

    version = opened(args, settings)
    return answer(version, [ask(version.landscape, resolve_node(version.landscape, args.node))])


def same(args: argparse.Namespace, settings: Settings) -> Answer:
    """List pairs that may be one application."""
    from graph.questions import same as ask

    version = opened(args, settings)
    return answer(version, ask(version.landscape, args.lang, all=args.all))


def functions(args: argparse.Namespace, settings: Settings) -> Answer:
    """Say what applications do."""
    from graph.questions import functions as ask
    from graph.questions import resolve_node

    version = opened(args, settings)
    graph = version.landscape
    return answer(version, ask(graph, [resolve_node(graph, i, "Application") for i in args.nodes]))


def similar(args: argparse.Namespace, settings: Settings) -> Answer:
    """List pairs that probably do the same job."""
    from graph.questions import WRITTEN, resolve_node
    from graph.questions import similar as ask

    version = opened(args, settings)
    graph = version.landscape
    id = resolve_node(graph, args.node, "Application") if args.node else None
    found = answer(version, ask(graph, id, args.lang, least=args.min))
    if args.min < WRITTEN:
        found.remarks.append(say("command.computed", args.lang, least=WRITTEN))
    return found


def redundant(args: argparse.Namespace, settings: Settings) -> Answer:
    """List findings with evidence for and against."""
    from graph.questions import redundant as ask
    from graph.questions import resolve_node

    version = opened(args, settings)
    graph = version.landscape
    agency = resolve_node(graph, args.agency, "Agency") if args.agency else None
    rows = ask(graph, args.lang, function=args.function, agency=agency, kind=args.kind)
    return answer(version, rows)


def _doing(row: dict[str, Any], lang: str) -> dict[str, Any]:
    told = row["functions"]
    codes = [f"{f['code']} ({number(round(f['confidence'], 3), lang)})" for f in told]
    return row | {"functions": codes, "words": [w for f in told for w in f["words"]]}


def _finding(row: dict[str, Any], _: str) -> dict[str, Any]:
    survivor = row["survivor"]
    return row | {"survivor": survivor and survivor["node"]}


COMMANDS = [
    Command(
        "search",
        search,
        ("node", "score", "matched"),
        (argument("text", metavar="TEXT"), argument("--type", metavar="TYPE")),
        "simpul search srikandi",
        ("score", "node", "matched"),
    ),
    Command(
        "show",
        show,
        ("node", "properties", "edges", "records"),
        (argument("node", metavar="ID"),),
        "simpul show app:srikandi",
    ),
    Command(
        "same",
        same,
        ("left", "right", "score", "decision", "by", "reasons", "against", "runner_up"),
        (argument("--all", action="store_true"),),
        "simpul same",
        ("score", "left", "right", "decision", "by"),
    ),
    Command(
        "functions",
        functions,
        ("node", "functions", "abstained", "origins"),
        (argument("nodes", nargs="*", metavar="ID"),),
        "simpul functions SRIKANDI",
        ("node", "functions", "words"),
        _doing,
    ),
    Command(
        "similar",
        similar,
        ("left", "right", "probability", "bits"),
        (
            argument("node", nargs="?", metavar="ID"),
            argument("--min", type=share, default=0.5, metavar="P"),
        ),
        "simpul similar --min 0.9",
        ("probability", "left", "right"),
    ),
    Command(
        "redundant",
        redundant,
        (
            "finding",
            "kind",
            "function",
            "score",
            "members",
            "survivor",
            "covered_by",
            "rules",
            "evidence",
            "against",
            "decision",
        ),
        (
            argument("--function", metavar="CODE"),
            argument("--agency", metavar="ID"),
            argument("--kind", choices=("covered", "government", "product", "neighbours")),
        ),
        "simpul redundant --kind covered",
        ("finding", "name", "kind", "covered_by", "survivor", "decision"),
        _finding,
    ),
]
