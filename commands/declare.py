"""How a command is declared: from this come the parser, the help and `docs/commands.md`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import NoSuchCommand, UnknownOption
from graph.store.place import Settings
from graph.texts import say

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


def argument(*flags: str, **options: Any) -> Argument:
    """Declare an argument as argparse takes it, without its help."""
    return Argument(flags, options)


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong arguments as every other error is answered."""

    command = ""

    def error(self, message: str) -> Any:
        """Raise the sentence instead of printing usage and leaving."""
        hint = f"simpul {self.command} --help".replace("  ", " ")
        raise UnknownOption(
            self.command or "simpul",
            problem=message,
            expected=self.format_usage().strip().removeprefix("usage: "),
            hint=hint,
        )


def parser(command: Command, lang: str) -> Parser:
    """Make the parser of one command, its help in a language."""
    found = Parser(
        prog=f"simpul {command.name}",
        description=say(f"command.{command.name}.help", lang),
        epilog=say("command.keys", lang, keys=", ".join(command.keys)) if command.keys else None,
        add_help=True,
        allow_abbrev=False,
    )
    found.command = command.name
    for a in command.arguments:
        found.add_argument(
            *a.flags, help=say(f"command.{command.name}.{a.name}", lang), **a.options
        )
    common(found, lang, top=False)
    return found


def common(found: argparse.ArgumentParser, lang: str, *, top: bool) -> None:
    """Add the options that every command has; before the command they hold as well."""
    absent: Any = None if top else argparse.SUPPRESS
    taken = {flag for action in found._actions for flag in action.option_strings}
    for flags, options in (
        (("-w", "--workspace"), {"type": Path, "metavar": "DIR"}),
        (("--at",), {"type": int, "metavar": "VERSION"}),
        (("--lang",), {"choices": ("id", "en")}),
        (("-f", "--format"), {"choices": ("table", "json", "csv", "xlsx")}),
        (("-o", "--output"), {"type": Path, "metavar": "FILE"}),
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
