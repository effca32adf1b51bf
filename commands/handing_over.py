"""Commands that hand the graph over: files for other agencies, a Neo4j server, the explorer."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from commands.declare import Answer, Command, argument
from commands.kinds import place, port
from commands.opening import answer, opened, refuse_version, workspace
from commands.output import standard
from commands.sources import EXAMPLES
from graph.errors import UnknownOption
from graph.store.place import Settings

FORMATS = ("turtle", "ntriples", "xlsx", "csv")


def export(args: argparse.Namespace, settings: Settings) -> Answer:
    """Write the graph to a file, or to a folder of files."""
    from graph.exchange.rdf.export import write
    from graph.exchange.tables import write_csv, write_xlsx
    from graph.exchange.written import check
    from graph.questions import resolve_node
    from graph.reference import function_groups

    if args.output is None:
        raise UnknownOption(
            "export",
            problem="output",
            command="export",
            expected="-o PATH",
            hint=f"simpul export {args.kind} -o simpul-export",
        )
    if str(args.output) == "-":
        return _export_to_stdout(args, settings)
    if args.kind != "csv":
        check(args.output)
    version = opened(args, settings)
    graph = version.landscape
    agency = resolve_node(graph, args.agency, "Agency") if args.agency else None
    common: dict[str, Any] = {"profile": args.profile, "agency": agency}
    if args.kind == "xlsx":
        written = write_xlsx(graph, args.output, lang=args.lang, **common)
    elif args.kind == "csv":
        written = write_csv(graph, args.output, **common)
    else:
        groups = {g.code: (g.name_id, g.name_en) for g in function_groups().values()}
        written = write(graph, args.output, format=args.kind, groups=groups, **common)
    row = {"path": str(written.path), "sha256": written.sha256, "records": written.records}
    return answer(version, [row])


def _export_to_stdout(args: argparse.Namespace, settings: Settings) -> Answer:
    """Write the file to a folder of its own first: what is cut short never reaches the reader."""
    if args.kind == "csv":
        raise UnknownOption(
            "export", problem="stdout-folder", expected="-o PATH", hint="simpul export csv -o csv"
        )
    with TemporaryDirectory() as folder:
        args.output = Path(folder) / "export"
        answer = export(args, settings)
        with args.output.open("rb") as made, standard(sys.stdout):
            shutil.copyfileobj(made, sys.stdout.buffer)
    answer.written = True
    return answer


def publish(args: argparse.Namespace, settings: Settings) -> Answer:
    """Bring a Neo4j server to this version by difference."""
    from graph.store.neo4j_server import publish as run

    version = opened(args, settings)
    rows = run(
        version.landscape,
        args.uri or settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password,
        dry_run=args.dry_run,
    )
    return answer(version, [dict(r._asdict()) for r in rows])


def explore(args: argparse.Namespace, settings: Settings) -> Answer:
    """Serve the explorer until it is interrupted."""
    refuse_version(args, "explore")
    from explorer.server import serve

    serve(workspace(args, settings).path, args.port, not args.no_browser, args.lang)
    return Answer([])


def demo(args: argparse.Namespace, settings: Settings) -> Answer:
    """Load the example inventories and open the explorer."""
    refuse_version(args, "demo")
    from ingest.run import load

    load(workspace(args, settings), [EXAMPLES], moved=True)
    return explore(args, settings)


SERVING = (
    argument("--port", type=port, metavar="N"),
    argument("--no-browser", action="store_true"),
)
COMMANDS = [
    Command(
        "export",
        export,
        ("path", "sha256", "records"),
        (
            argument("kind", choices=FORMATS),
            argument("--agency", metavar="ID"),
            argument("--profile", choices=("public", "internal"), default="public"),
            argument("-o", "--output", type=place, metavar="PATH"),
        ),
        "simpul export turtle -o simpul.ttl",
    ),
    Command(
        "publish",
        publish,
        ("type", "created", "updated", "removed", "unchanged"),
        (
            argument("server", choices=("neo4j",)),
            argument("uri", nargs="?", metavar="URI"),
            argument("--dry-run", action="store_true"),
        ),
        "simpul publish neo4j --dry-run",
    ),
    Command("explore", explore, (), SERVING, "simpul explore --no-browser"),
    Command("demo", demo, (), SERVING, "simpul demo"),
]
