"""What commands share: the workspace, the version asked for, the envelope around rows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from commands.declare import Answer
from graph.errors import ReadOnlyPast, UnknownOption
from graph.store.place import Settings

if TYPE_CHECKING:
    from graph.store.workspace import Version, Workspace


def workspace(args: argparse.Namespace, settings: Settings) -> Workspace:
    """Give the workspace that the arguments or the settings name."""
    from graph.store.workspace import Workspace  # reads tables: half the start of a command

    path = args.workspace if args.workspace is not None else settings.workspace
    try:
        path.stat()
    except FileNotFoundError:
        pass  # it is made when something is loaded
    except OSError as e:  # a name too long, a path through a file or a loop
        raise UnknownOption(
            f"-w {path}",
            problem="workspace",
            value=e.strerror or str(e),
            expected="-w DIR",
            hint="simpul -w workspace sources",
        ) from e
    return Workspace(path)


def opened(args: argparse.Namespace, settings: Settings) -> Version:
    """Open the version that is asked for."""
    return workspace(args, settings).version(args.at)


def refuse_past(args: argparse.Namespace) -> None:
    """Refuse `--at` where something would be changed."""
    if args.at is not None:
        raise ReadOnlyPast(f"--at {args.at}")


def refuse_version(args: argparse.Namespace, command: str) -> None:
    """Refuse `--at` where the answer is not of one version."""
    if args.at is not None:
        raise UnknownOption(
            f"--at {args.at}",
            problem="at",
            expected=f"simpul {command}",
            hint="at-hint",
            command=command,
        )


def not_text(where: str, value: str) -> UnknownOption:
    """Give the error of what was typed and is no text."""
    return UnknownOption(
        where,
        problem="not-text",
        value=value.encode("ascii", "backslashreplace").decode(),
        expected="not-text-expected",
        hint="not-text-hint",
    )


def answer(version: Version | None, rows: list[dict[str, Any]], *, exit: int = 0) -> Answer:
    """Put the version around rows."""
    if version is None:
        return Answer(rows, exit=exit)
    return Answer(rows, version.number, version.as_of, exit=exit)
