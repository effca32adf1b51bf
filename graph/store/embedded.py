"""The embedded Cypher engine: a file beside each version, made from its tables.

The file is a cache. Whoever finds it missing, or written by another release of the engine, makes
it again in a folder of their own; the workspace is only written by its writer.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
import weakref
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import BrokenQuery, BrokenWorkspace, QueryTooLarge
from graph.store.cypher_text import for_kglite, guard, require
from graph.store.engine_process import MEMORY
from graph.store.graph_store import ROW_LIMIT, TIMEOUT, Answer, answered, scalar, timed_out

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from graph.landscape import Landscape

GRACE = 3.0  # seconds the engine has to stop by itself after its time is over
IDLE = 2  # processes kept warm


# ------------------------------------------------------------------ writing
def write_engine(landscape: Landscape, path: Path) -> None:
    """Write the engine's file of a landscape.

    A node's label is its type, an edge's type its relation; properties are as declared, lists
    are lists, and null is absent. Nodes stand sorted by type and id, edges by relation, source
    and target. O(n + m) time; about 1 kB of memory a node.
    """
    import kglite

    engine = kglite.KnowledgeGraph()
    for kind, table in landscape.nodes.items():
        if table.num_rows:
            engine.add_nodes(_frame(table), kind, "id", "name")
    for relation, table in landscape.edges.items():
        for (left, right), part in _by_ends(landscape, table).items():
            engine.add_relationships(_frame(part), relation, left, "source", right, "target")
    with warnings.catch_warnings():  # its advice on mapped loads: ours are whole
        warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
        engine.save(str(path))


def _frame(table: pa.Table) -> pd.DataFrame:
    """Give a table as the engine takes it: Python values, so that no number changes its type."""
    import pandas as pd

    columns = zip(table.column_names, table.columns, strict=True)
    return pd.DataFrame({n: pd.Series(c.to_pylist(), dtype=object) for n, c in columns})


def _by_ends(landscape: Landscape, table: pa.Table) -> dict[tuple[str, str], pa.Table]:
    """Part the edges of a relation by the types of their ends."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    ends = zip(table.column("source").to_pylist(), table.column("target").to_pylist(), strict=True)
    for i, (source, target) in enumerate(ends):
        places[landscape.type_of(source), landscape.type_of(target)].append(i)
    return {types: table.take(found) for types, found in sorted(places.items())}


# ------------------------------------------------------------------ asking
class EngineError(Exception):
    """What the engine itself said."""


class Unreadable(Exception):
    """An engine file that is missing or of another release."""


class Embedded:
    """The engine file of a version, as a `GraphStore`.

    Parameters
    ----------
    path
        The engine file.
    version
        What `version` answers.
    landscape
        Gives the tables of the version, if the file has to be made again.
    """

    def __init__(
        self, path: Path, version: str, landscape: Callable[[], Landscape] | None = None
    ) -> None:
        self._path, self._version, self._landscape = path, version, landscape
        self._idle: list[_Process] = []
        self._made: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()
        self._finalizer = weakref.finalize(self, _stop_all, self._idle)

    @property
    def version(self) -> str:
        """Name the version that is asked."""
        return self._version

    def query(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Give the rows of a query; see `GraphStore.query`."""
        guard(text)
        require(text, parameters or {})
        rows = ROW_LIMIT if limit is None else limit
        seconds = TIMEOUT if timeout is None else timeout
        order = (for_kglite(text), dict(parameters or {}), max(1, int(seconds * 1000)), rows + 1)
        process = self._process()
        kind, *rest = process.ask(order, seconds + GRACE)
        if process.alive and len(self._idle) < IDLE:
            self._idle.append(process)
        else:
            process.stop()
        if kind == "timeout":
            return timed_out(seconds)
        if kind == "too-large":
            raise QueryTooLarge("", memory=f"{MEMORY >> 30} GiB") from EngineError(rest[0])
        if kind == "error":
            raise BrokenQuery("", reason=first_line(rest[0])) from EngineError(rest[0])
        columns, cells = rest
        return answered(columns, [[plain(v) for v in row] for row in cells], rows)

    def close(self) -> None:
        """End the processes and remove what was made again."""
        self._finalizer()
        if self._made:
            self._made.cleanup()

    def _process(self) -> _Process:
        """Give a process that is ready: a warm one, or a new one."""
        while True:
            try:
                process = self._idle.pop()
            except IndexError:  # whether there is one, and taking it, must be one step
                break
            if process.alive:
                return process
        try:
            return _Process(self._path)
        except Unreadable:
            self._make_again()
            return _Process(self._path)

    def _make_again(self) -> None:
        with self._lock:
            if self._made:
                return
            if self._landscape is None:
                raise BrokenWorkspace(self._path.name, reason="engine")
            self._made = tempfile.TemporaryDirectory(prefix="simpul-")
            path = Path(self._made.name) / self._path.name
            write_engine(self._landscape(), path)
            self._path = path


class _Process:
    """One engine process; `ask` is for one thread at a time."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise Unreadable(path.name)
        script = Path(__file__).with_name("engine_process.py")
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(script), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        kind, *rest = self._read()
        if kind != "ready":
            self.stop()
            raise Unreadable(*rest)

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def ask(self, order: tuple[Any, ...], seconds: float) -> tuple[Any, ...]:
        """Give what the process answers; it is killed when its time is over."""
        over = threading.Event()

        def end() -> None:
            over.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdin
            pickle.dump(order, self._process.stdin)
            self._process.stdin.flush()
            answer = self._read()
        except BrokenPipeError:
            answer = self._ended()
        except BaseException:
            self.stop()
            raise
        finally:
            timer.cancel()
        if over.is_set():
            self.stop()
            return ("timeout",)
        return answer

    def _read(self) -> tuple[Any, ...]:
        assert self._process.stdout
        try:
            return tuple(pickle.load(self._process.stdout))
        except (EOFError, pickle.UnpicklingError):
            return self._ended()

    def _ended(self) -> tuple[str, str]:
        """Say how a process ended that was not asked to: without memory the engine aborts."""
        code = self._process.wait()
        return ("too-large" if code == -signal.SIGABRT else "error", f"exit {code}")

    def stop(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe:
                    pipe.close()
            except BrokenPipeError:
                pass
        self._process.wait()


def _stop_all(processes: list[_Process]) -> None:
    while processes:
        processes.pop().stop()


def first_line(text: str) -> str:
    """Give the first line of an engine's message, without its own headline."""
    line = (text.strip() or "?").splitlines()[0]
    return line.removeprefix("Cypher execution error: ").removeprefix("Cypher syntax error ")


# ------------------------------------------------------------------ cells
def plain(value: Any) -> Any:
    """Give a cell of the engine as JSON knows it."""
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if not isinstance(value, dict):
        return scalar(value)
    if _is_node(value):
        props = {k: v for k, v in value["properties"].items() if k not in ("title", "type")}
        return {"id": props.pop("id"), "type": value["labels"][0], **plain_map(props)}
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        props = dict(value["properties"])
        return {"id": props.pop("id", None), "type": value["type"], **plain_map(props)}
    if value.keys() == {"nodes", "relationships"}:
        return _path(value["nodes"], value["relationships"])
    return plain_map(value)


def plain_map(value: Mapping[str, Any]) -> dict[str, Any]:
    """Give a map with plain values."""
    return {k: plain(v) for k, v in value.items()}


def _is_node(value: Mapping[str, Any]) -> bool:
    """Tell a node from a map with the same keys: the engine adds `title` and `type`."""
    if value.keys() != {"id", "labels", "properties"} or not isinstance(value["properties"], dict):
        return False
    return {"title", "type"} <= value["properties"].keys()


def _path(nodes: list[Any], edges: list[Any]) -> list[Any]:
    """Put nodes and edges of a path one after the other."""
    found = [plain(nodes[0])]
    for edge, node in zip(edges, nodes[1:], strict=True):
        found += [plain(edge), plain(node)]
    return found
