"""Commands that run Cypher: prepared reports and typed text."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from commands.declare import Answer, Command, argument
from commands.kinds import seconds, whole
from commands.opening import answer, not_text, opened, refuse_version
from graph.errors import UnknownOption
from graph.store.place import Settings

if TYPE_CHECKING:
    from graph.store.workspace import Version

PARAMETER = argument("-p", action="append", default=[], metavar="K=V")


def cypher(args: argparse.Namespace, settings: Settings) -> Answer:
    """Run a read-only query."""
    from graph.store.portable import lint

    text = _typed() if args.text == "-" else args.text
    version = opened(args, settings)
    found = _store(version).query(text, _parameters(args.p), limit=args.limit, timeout=args.timeout)
    out = answer(version, found.rows)
    out.limit_hit = found.limit_hit
    out.remarks = [r.text(args.lang) for r in lint(text)]
    return out


def _typed() -> str:
    try:
        return sys.stdin.read()
    except UnicodeError as e:
        raise not_text("cypher -", str(e)) from e


def report(args: argparse.Namespace, settings: Settings) -> Answer:
    """List, show, run or check the prepared questions."""
    from graph import reports

    if args.action != "run":
        refuse_version(args, f"report {args.action}")
    if args.action == "list":
        return Answer([_head(r, args.lang) for r in reports.reports()])
    if args.action == "lint":
        return _lint(args)
    if args.name is None:
        raise UnknownOption(
            "report",
            problem="report-name",
            action=args.action,
            expected=f"report {args.action} NAME",
            hint="simpul report list",
        )
    found = reports.report(args.name)
    if args.action == "show":
        return Answer([_head(found, args.lang) | {"text": found.text}])
    version = opened(args, settings)
    ran = reports.run(found, _store(version), _parameters(args.p))
    out = answer(version, ran.rows)
    out.limit_hit = ran.limit_hit
    return out


def _lint(args: argparse.Namespace) -> Answer:
    from graph import reports

    chosen = [reports.report(args.name)] if args.name else reports.reports()
    rows = [
        {"name": r.name, "remark": remark.text(args.lang)} for r in chosen for remark in r.lint()
    ]
    return Answer(rows, exit=1 if rows else 0)


def _head(report: Any, lang: str) -> dict[str, Any]:
    return {
        "name": report.name,
        "question": report.question[lang],
        "parameters": [{"name": p.name, "default": p.default} for p in report.parameters],
    }


def _store(version: Version) -> Any:
    from graph.store.embedded import Embedded

    return Embedded(version.engine, str(version.number), lambda: version.landscape)


def _parameters(pairs: list[str]) -> dict[str, Any]:
    """Read `k=v`."""
    from graph.reports import parse

    found: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UnknownOption(
                "-p", problem="pair", value=pair, expected="-p name=value", hint="-p n=10"
            )
        try:
            found[name] = parse(value)
        except RecursionError as e:
            raise UnknownOption(
                "-p",
                problem="nested",
                value=name,
                expected="-p name=value",
                hint="nested-hint",
            ) from e
    return found


COMMANDS = [
    Command(
        "report",
        report,
        ("name", "question", "parameters"),
        (
            argument("action", choices=("list", "show", "run", "lint")),
            argument("name", nargs="?", metavar="NAME"),
            PARAMETER,
        ),
        "simpul report list",
    ),
    Command(
        "cypher",
        cypher,
        (),
        (
            argument("text", metavar="TEXT|-"),
            PARAMETER,
            argument("--limit", type=whole, metavar="N"),
            argument("--timeout", type=seconds, metavar="S"),
        ),
        'simpul cypher "MATCH (a:Application) RETURN count(*) AS n"',
    ),
]
