"""A process that holds one engine file open and answers queries; started by `graph.store.embedded`.

A query of one line can ask for a terabyte, and then the engine ends the process it runs in. So
it runs in one of its own, which can also be killed when the engine does not stop in time. It
reads (text, parameters, milliseconds, rows) from stdin and writes one of

    ("ready",)  ("unreadable", reason)
    ("rows", columns, cells)  ("timeout",)  ("too-large", reason)  ("error", reason)

to stdout, pickled; both ends are ours. Nothing of Simpul is imported: it must start fast.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import Any

# Four GiB: ten times what the largest report needs at national size.
MEMORY = 4 << 30
# Passes of the engine's optimiser that gave wrong rows in random queries.
UNSAFE = [
    "push_where_into_match.1",
    "push_where_into_match.2",
    "fuse_optional_match_aggregate",
    "fuse_match_with_aggregate",
    "fuse_match_return_aggregate",
]


def limit_memory() -> None:
    """Let the system refuse what a query asks beyond `MEMORY`; mapped files do not count."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def ask(
    graph: Any, text: str, parameters: dict[str, Any], milliseconds: int, rows: int
) -> tuple[Any, ...]:
    """Run one query and give what is to be sent back."""
    import kglite

    try:
        found = graph.cypher(
            text,
            params=parameters or None,
            timeout_ms=milliseconds,
            row_limit=rows,
            hide_structural_keys=True,
            disabled_passes=UNSAFE,
        )
    except kglite.CypherTimeoutError:
        return ("timeout",)
    except MemoryError:
        return ("too-large", "MemoryError")
    except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as e:
        return ("error", str(e))
    if isinstance(found, str):
        return ("error", "FORMAT")
    columns = list(found.columns)
    return ("rows", columns, [[row[c] for c in columns] for row in found.to_dicts()])


def main() -> None:
    """Answer queries until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks is told, and ends this
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the engine prints must not stand among the answers
    import kglite

    def send(*message: Any) -> None:
        pickle.dump(message, answers)
        answers.flush()

    try:
        graph = kglite.load(sys.argv[1])
    except kglite.KgError as e:
        send("unreadable", str(e))
        return
    graph.read_only(True)
    limit_memory()
    send("ready")
    try:
        while True:
            send(*ask(graph, *pickle.load(sys.stdin.buffer)))
    except (EOFError, BrokenPipeError):
        os._exit(0)


if __name__ == "__main__":
    main()
