"""The door of the command line: finds the command, runs it, writes the answer or the error."""

from __future__ import annotations

import os
import signal
import sys


def _stop(*_: object) -> None:
    """End on Ctrl-C before there is anything to undo, and before the texts can be read."""
    os.write(2, b"Dihentikan; tidak ada yang berubah. / Interrupted; nothing was changed.\n")
    os._exit(130)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _stop)
    if os.name != "nt":  # the launcher holds the signal back until somebody is here to take it
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

import argparse  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
from contextlib import suppress  # noqa: E402
from pathlib import Path  # noqa: E402

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from commands import cypher, decisions, handing_over, output, questions, sources  # noqa: E402
from commands.declare import Command, Parser, common, find, overview, parser  # noqa: E402
from commands.opening import not_text  # noqa: E402
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
    _speak_utf8()
    environment = settings(os.environ)
    lang, kind = _asked(arguments, environment)
    try:
        if signal.getsignal(signal.SIGINT) is _stop:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return _run([_text(a) for a in arguments], environment, lang)
    except SimpulError as e:
        return _fail(e, lang, kind)
    except KeyboardInterrupt:
        _tell(say("command.interrupted", lang))
        return INTERRUPTED
    except BrokenPipeError:
        output.close(sys.stdout)
        return 0


def _speak_utf8() -> None:
    """Write UTF-8 whatever the terminal is said to take: names are never lost, nor a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8")


def _text(argument: str) -> str:
    """Give an argument as text, however the system decoded it; `UnknownOption` if it is none."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeEncodeError:  # the system does not know UTF-8, and the caller passed a text
        if not any("\ud800" <= sign <= "\udfff" for sign in argument):
            return argument
        raise not_text("simpul", argument) from None
    except UnicodeDecodeError:
        raise not_text("simpul", argument) from None


def _tell(line: str) -> None:
    with suppress(OSError):  # nobody is there to be told
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def _run(arguments: list[str], environment: Settings, lang: str) -> int:
    top = Parser("", lang, usage=say("command.usage", lang))
    common(top, lang, top=True)
    top.add_argument("-h", "--help", action="store_true")
    top.add_argument("command", nargs="?")
    top.add_argument("rest", nargs=argparse.REMAINDER)
    first = top.parse_args(arguments)
    if first.command is None:
        with output.standard(sys.stdout):
            sys.stdout.write(overview(COMMANDS, lang) + "\n")
        return 0
    command = find(COMMANDS, first.command)
    if first.help:
        first.rest = ["--help"]
    try:
        with output.standard(sys.stdout):
            args = parser(command, lang).parse_args(
                first.rest, argparse.Namespace(**_common(first))
            )
    except SystemExit:  # its help is printed, up to the end of the stream
        with output.standard(sys.stdout):
            sys.stdout.flush()
        raise
    args.lang = lang
    path = None if command.name == "export" or str(args.output) == "-" else args.output
    if path is not None:
        output.check(path)
    answer = command.run(args, environment)
    for remark in answer.remarks:
        _tell(remark)
    if not answer.written:
        with output.standard(sys.stdout):
            output.write(answer, command, args.format or "table", path, lang, sys.stdout)
    if answer.limit_hit:
        _tell(say("command.cut", lang, limit=answer.limit_hit))
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
            _tell(say("command.unknown-lang", LANGUAGES[0], value=lang))
        lang = LANGUAGES[0]
    return lang, found.format or "table"


def _fail(error: SimpulError, lang: str, kind: str) -> int:
    if kind == "json":
        line = json.dumps({"error": error.parts(lang)}, ensure_ascii=False)
    else:
        line = error.text(lang)
    _tell(line)
    return 2


if __name__ == "__main__":
    done = main()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left to be tidied up
    sys.exit(done)
