"""The door of the command line: finds the command, runs it, writes the answer or the error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from commands import cypher, decisions, handing_over, output, questions, sources  # noqa: E402
from commands.declare import Command, Parser, common, find, overview, parser  # noqa: E402
from graph.errors import SimpulError  # noqa: E402
from graph.store.place import Settings, settings  # noqa: E402
from graph.texts import LANGUAGES, say  # noqa: E402

COMMANDS: dict[str, Command] = {
    c.name: c
    for group in (sources, questions, decisions, cypher, handing_over)
    for c in group.COMMANDS
}
INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one command; gives the exit code of the contract."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    environment = settings(os.environ)
    lang, kind = _asked(arguments, environment)
    try:
        return _run(arguments, environment, lang)
    except SimpulError as e:
        return _fail(e, lang, kind)
    except KeyboardInterrupt:
        sys.stderr.write(say("command.interrupted", lang) + "\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str], environment: Settings, lang: str) -> int:
    top = Parser("", lang, usage=say("command.usage", lang))
    common(top, lang, top=True)
    top.add_argument("-h", "--help", action="store_true")
    top.add_argument("command", nargs="?")
    top.add_argument("rest", nargs=argparse.REMAINDER)
    first = top.parse_args(arguments)
    if first.command is None:
        sys.stdout.write(overview(COMMANDS, lang) + "\n")
        return 0
    command = find(COMMANDS, first.command)
    if first.help:
        first.rest = ["--help"]
    args = parser(command, lang).parse_args(first.rest, argparse.Namespace(**_common(first)))
    args.lang = lang
    answer = command.run(args, environment)
    for remark in answer.remarks:
        sys.stderr.write(remark + "\n")
    path = None if command.name == "export" else args.output
    output.write(answer, command.name, args.format or "table", path, lang, sys.stdout)
    if answer.limit_hit:
        sys.stderr.write(say("command.cut", lang, limit=answer.limit_hit) + "\n")
    return answer.exit


def _common(first: argparse.Namespace) -> dict[str, object]:
    return {k: getattr(first, k) for k in ("workspace", "at", "lang", "format", "output")}


def _asked(arguments: list[str], environment: Settings) -> tuple[str, str]:
    """Find language and format before anything can fail, wherever and however they stand."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", nargs="?")
    early.add_argument("-f", "--format", nargs="?")
    found, _ = early.parse_known_args(arguments)
    lang = found.lang or environment.lang
    if lang not in LANGUAGES:
        if not found.lang:
            sys.stderr.write(say("command.unknown-lang", LANGUAGES[0], value=lang) + "\n")
        lang = LANGUAGES[0]
    return lang, found.format or "table"


def _fail(error: SimpulError, lang: str, kind: str) -> int:
    if kind == "json":
        line = json.dumps({"error": error.parts(lang)}, ensure_ascii=False)
    else:
        line = error.text(lang)
    sys.stderr.write(line + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
