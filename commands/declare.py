"""How a command is declared: from this come the parser, the help and `docs/commands.md`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from commands.kinds import place
from graph.errors import NoSuchCommand, UnknownOption
from graph.store.place import Settings
from graph.texts import LANGUAGES, say

Rows = list[dict[str, Any]]


@dataclass
class Answer:
    """What a command answers: rows, from which version, whether they are all, and yes or no."""

    rows: Rows
    version: int | None = None
    as_of: str | None = None
    limit_hit: str | None = None
    exit: int = 0
    remarks: list[str] = field(default_factory=list)
    written: bool = False  # to standard output already: nothing else may stand there

    @property
    def complete(self) -> bool:
        """Say whether nothing was cut."""
        return self.limit_hit is None


@dataclass(frozen=True)
class Argument:
    """One argument; its help stands in the texts under `command.<command>.<name>`."""

    flags: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The argument's name in texts: without dashes."""
        return self.flags[-1].lstrip("-")


@dataclass(frozen=True)
class Command:
    """One command: its arguments, the keys of its rows, and what runs it."""

    name: str
    run: Callable[[argparse.Namespace, Settings], Answer]
    keys: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()
    example: str = ""
    columns: tuple[str, ...] = ()  # of its table for people; empty: all keys
    shown: Callable[[dict[str, Any], str], dict[str, Any]] | None = (
        None  # a row as the table has it
    )


def argument(*flags: str, **options: Any) -> Argument:
    """Declare an argument as argparse takes it, without its help."""
    return Argument(flags, options)


class Parser(argparse.ArgumentParser):
    """A parser that speaks a language, and answers wrong arguments as other errors are answered."""

    def __init__(self, command: str, lang: str, **options: Any) -> None:
        label = say("command.usage-label", lang)

        class Formatter(argparse.HelpFormatter):
            def add_usage(
                self, usage: Any, actions: Any, groups: Any, prefix: str | None = None
            ) -> None:
                super().add_usage(usage, actions, groups, prefix or f"{label}: ")

        super().__init__(
            prog=f"simpul {command}".strip(),
            formatter_class=Formatter,
            add_help=False,
            allow_abbrev=False,
            **options,
        )
        self.command, self.label = command, label

    def print_help(self, file: Any = None) -> None:
        """Print the help; unlike argparse's, this one fails where nothing can be written."""
        (sys.stdout if file is None else file).write(self.format_help())

    def error(self, message: str) -> Any:
        """Raise the sentence instead of printing usage and leaving."""
        usage = self.format_usage().removeprefix(f"{self.label}: ")
        raise UnknownOption(
            self.command or "simpul",
            expected=" ".join(usage.split()),
            hint=f"{self.prog} --help",
            **_meant(message),
        )


# What argparse says, which has no other form than its English sentence, and what we say instead.
SAYS = {
    "choice": r"argument (?P<argument>.+?): invalid choice: (?P<value>.+) "
    r"\(choose from (?P<choices>.+)\)",
    "kind": r"argument (?P<argument>.+?): invalid (?P<kind>\w+) value: (?P<value>.+)",
    "value-missing": r"argument (?P<argument>.+?): expected (?:one|at least one|\d+) arguments?",
    "value-unwanted": r"argument (?P<argument>.+?): ignored explicit argument (?P<value>.+)",
    "required": r"the following arguments are required: (?P<value>.+)",
    "unrecognised": r"unrecognized arguments: (?P<value>.+)",
}


def _meant(message: str) -> dict[str, str]:
    """Give the key of our sentence for what argparse says, and what fills its blanks."""
    for key, pattern in SAYS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            facts = {k: v.strip("'\"").replace("', '", ", ") for k, v in found.groupdict().items()}
            return {"problem": facts.pop("kind", key), **facts}
    return {"problem": "unreadable", "value": message}


def parser(command: Command, lang: str) -> Parser:
    """Make the parser of one command, its help in a language."""
    found = Parser(
        command.name,
        lang,
        description=say(f"command.{command.name}.help", lang),
        epilog=say("command.keys", lang, keys=", ".join(command.keys)) if command.keys else None,
    )
    positional = found.add_argument_group(say("command.arguments", lang))
    optional = found.add_argument_group(say("command.options", lang))
    for a in command.arguments:
        group = optional if a.flags[0].startswith("-") else positional
        group.add_argument(
            *a.flags, help=say(f"command.{command.name}.{a.name}", lang), **a.options
        )
    taken = {flag for a in command.arguments for flag in a.flags}
    common(optional, lang, top=False, taken=taken)
    optional.add_argument("-h", "--help", action="help", help=say("command.help-option", lang))
    return found


def common(
    found: argparse._ActionsContainer, lang: str, *, top: bool, taken: Collection[str] = ()
) -> None:
    """Add the options that every command has; before the command they hold as well."""
    absent: Any = None if top else argparse.SUPPRESS
    for flags, options in (
        (("-w", "--workspace"), {"type": place, "metavar": "DIR"}),
        (("--at",), {"type": int, "metavar": "VERSION"}),
        (("--lang",), {"choices": LANGUAGES}),
        (("-f", "--format"), {"choices": ("table", "json", "csv", "xlsx")}),
        (("-o", "--output"), {"type": place, "metavar": "FILE"}),
    ):
        free = [f for f in flags if f not in taken]
        if free:
            name = flags[-1].lstrip("-")
            found.add_argument(
                *free,
                help=say(f"command.common.{name}", lang),
                default=absent,
                dest=name,
                **options,
            )


def overview(commands: Mapping[str, Command], lang: str) -> str:
    """Write the help of `simpul` itself."""
    width = max(map(len, commands)) + 2
    lines = [say("command.usage", lang), "", say("command.about", lang), ""]
    lines += [f"  {c:<{width}}{say(f'command.{c}.help', lang)}" for c in commands]
    lines += ["", say("command.more", lang)]
    return "\n".join(lines)


def find(commands: Mapping[str, Command], name: str) -> Command:
    """Give a command by name; `NoSuchCommand` if there is none."""
    if name not in commands:
        raise NoSuchCommand("", name=name, names=_listed(commands))
    return commands[name]


def _listed(commands: Iterable[str]) -> str:
    return ", ".join(commands)
