"""A workspace: the folder in which sources, decisions and versions live.

    sources/<slug>/<load>/   what one complete load of a source gave: rows, records, meta;
                             beside them when it was loaded, and from what it was read
    judgements.jsonl         who decided what, when and why; append-only
    keys.csv                 which key was given to what; append-only
    versions/<n>/            tables, engine file and manifest of a version
    scratch/<name>/          a file that is being read; gone when it was
    CURRENT                  the number of the version that readers open

A version is written beside the others under a name nobody reads and renamed into place; CURRENT
is replaced in one step. A crash, a full disk or a killed process leaves the last good version.
Nothing outside this module writes into a workspace.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import filelock
import pyarrow as pa

from graph.errors import BrokenWorkspace, DiskFull, NoVersion, WorkspaceBusy
from graph.landscape import EVIDENCE, ORIGINS, Landscape, edge_schema, node_schema
from graph.schema import NODE_TYPES, RELATIONS

FORMAT = 1
SYNCS = 16  # at once: a file system writes its journal once for all that wait for it
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ROWS = pa.schema(
    [
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("cells", pa.string()),  # JSON: heading → text, personal data dropped
        ("refused", pa.string()),  # JSON of the refusal; null: accepted
    ]
)
RECORDS = pa.schema(
    [
        ("type", pa.string()),  # node type or relation
        ("id", pa.string()),  # of a node; null for an edge
        ("source", pa.string()),  # of an edge
        ("target", pa.string()),
        ("props", pa.string()),  # JSON
        ("columns", pa.string()),  # JSON: property → heading
        ("origin", pa.string()),  # JSON list: an Origin
        ("mention", pa.bool_()),
    ]
)
TABLES = ("rows", "records")
TRACE = "read-from"
JUDGEMENT = {"id", "decision", "about", "by", "at", "why", "members", "undoes"}
KEY_COLUMNS = ("key", "prefix", "source", "owner", "name", "address")


class Given(NamedTuple):
    """One complete load of a source, before it is kept.

    `when` (loaded_at, place) and `trace` stand apart from what was loaded: the same content is
    the same load, whenever it comes, from wherever and read from whatever.
    """

    slug: str
    meta: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    records: Sequence[Mapping[str, Any]]
    when: Mapping[str, str]
    trace: str | None = None  # a hash of all that it was read from; None: it is not known


@dataclass(frozen=True)
class Load:
    """One complete load of a source, as it lies in the workspace."""

    path: Path

    @property
    def slug(self) -> str:
        """The source's name."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """The load's name: a hash of what it holds."""
        return self.path.name

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What is known of the load: title, publisher, files, counts, mapping."""
        return _object(self.path / "meta.json", ("files",))

    @cached_property
    def when(self) -> dict[str, str]:
        """When it was loaded (`loaded_at`, UTC, ISO 8601) and from which `place` (a hash)."""
        return _object(self.path / "loaded.json", ("loaded_at", "place"))

    @property
    def trace(self) -> str | None:
        """A hash of all that this was last read from; None where nobody wrote it down."""
        try:
            return (self.path / TRACE).read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            return None

    @property
    def whole(self) -> bool:
        """Say whether it still holds what its name is the hash of; reads every byte of it."""
        try:
            parts = [(self.path / f"{name}.arrow").read_bytes() for name in TABLES]
            return _digest(self.meta, parts) == self.name
        except (OSError, BrokenWorkspace):
            return False

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that were read, accepted and refused, with their cells."""
        found: list[dict[str, Any]] = _read_table(self.path / "rows.arrow").to_pylist()
        for row in found:
            row["cells"] = json.loads(row["cells"])
            row["refused"] = json.loads(row["refused"]) if row["refused"] else None
        return found

    def cells(self, file: str, sheet: str | None, row: int) -> dict[str, str | None] | None:
        """Give the cells of one row; None if it is not there. The first call reads the rows."""
        at = self._places.get((file, sheet, row))
        return None if at is None else json.loads(self._texts[at].as_py())

    @cached_property
    def _places(self) -> dict[tuple[str, str | None, int], int]:
        table = _read_table(self.path / "rows.arrow")
        keys = zip(*(table.column(c).to_pylist() for c in ("file", "sheet", "row")), strict=True)
        return {key: at for at, key in enumerate(keys)}

    @cached_property
    def _texts(self) -> pa.ChunkedArray:
        return _read_table(self.path / "rows.arrow").column("cells")

    @property
    def records(self) -> list[dict[str, Any]]:
        """The node and edge records of the accepted rows, read anew: nobody keeps them."""
        found: list[dict[str, Any]] = _read_table(self.path / "records.arrow").to_pylist()
        columns = {text: json.loads(text) for text in {row["columns"] for row in found}}
        for row in found:
            row["props"], row["origin"] = json.loads(row["props"]), json.loads(row["origin"])
            row["columns"] = columns[row["columns"]]
        return found


@dataclass(frozen=True)
class Version:
    """A version that is open; it stays whole whatever is written meanwhile."""

    path: Path
    workspace: Path

    @property
    def number(self) -> int:
        """The version's number; later versions have higher ones."""
        return int(self.path.name)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Counts, hash, sources and software of the version."""
        return _object(self.path / "manifest.json", ("sha256", "sources", "as_of"))

    @property
    def as_of(self) -> str | None:
        """The newest date of its sources; None if no source says."""
        return self.manifest["as_of"]  # type: ignore[no-any-return]

    @property
    def engine(self) -> Path:
        """The engine's file: a cache that can be made again from the tables."""
        return self.path / "engine.kgl"

    @cached_property
    def landscape(self) -> Landscape:
        """The graph of the version, read from its tables."""
        read = _read_table
        return Landscape(
            {k: read(self.path / f"nodes/{k}.arrow", node_schema(k)) for k in NODE_TYPES},
            {k: read(self.path / f"edges/{k}.arrow", edge_schema(k)) for k in RELATIONS},
            read(self.path / "origins.arrow", ORIGINS),
            read(self.path / "evidence.arrow", EVIDENCE),
            self.as_of,
        )

    @cached_property
    def loads(self) -> dict[str, Load]:
        """The loads this version was built from, by source."""
        sources = self.manifest["sources"]
        return {s: Load(self.workspace / "sources" / s / name) for s, name in sources.items()}

    def row(
        self, source: str, file: str | None, sheet: str | None, row: int | None
    ) -> dict[str, str | None] | None:
        """Give the cells of a source row as they stand in the file; None if it is not there."""
        load = self.loads.get(source)
        return None if load is None else load.cells(file or "", sheet, row or 0)


class Workspace:
    """A folder of sources, decisions and versions; making the object touches nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    # ------------------------------------------------------------ reading
    def numbers(self) -> list[int]:
        """List the versions that can be opened, oldest first."""
        folder = self.path / "versions"
        with _reading(folder):
            if not folder.is_dir():
                return []
            return sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit())

    @property
    def current(self) -> int | None:
        """The number readers open; None in an empty workspace.

        Where CURRENT is lost or damaged and versions are there, it is the newest whole one:
        versions are renamed into place complete, so no other can have been meant.
        """
        numbers = self.numbers()
        with _reading(self.path / "CURRENT"):
            try:
                named = int((self.path / "CURRENT").read_text(encoding="utf-8"))
            except (FileNotFoundError, IsADirectoryError, ValueError):
                named = None
        return named if named in numbers else max(numbers, default=None)

    def version(self, number: int | None = None) -> Version:
        """Open a version, the current one by default.

        Raises
        ------
        NoVersion
            If it is not there.
        """
        wanted = self.current if number is None else number
        path = self.path / "versions" / str(wanted)
        if wanted is None or not (path / "manifest.json").exists():
            have = ", ".join(map(str, self.numbers())) or "–"
            raise NoVersion(str(self.path), version=str(wanted or ""), versions=have)
        return Version(path, self.path)

    def staged(self) -> dict[str, str]:
        """Name the loads that wait for the next build: source → load."""
        path = self.path / "staged.json"
        return _object(path) if path.exists() else {}

    def sources(self) -> dict[str, Load]:
        """Give the loads that a build takes: those of the current version, then the staged ones."""
        names: dict[str, str] = {}
        if self.current is not None:
            names |= self.version().manifest["sources"]
        names |= self.staged()
        return {s: Load(self.path / "sources" / s / name) for s, name in sorted(names.items())}

    def judgements(self) -> list[dict[str, Any]]:
        """Read the decisions, oldest first; a last line that a crash cut is no decision."""
        path = self.path / "judgements.jsonl"
        found: list[dict[str, Any]] = []
        for line in _whole_lines(path):
            decision = _parsed(line, path)
            if not isinstance(decision, dict) or not decision.keys() >= JUDGEMENT:
                raise BrokenWorkspace(path.name, reason=line[:80])
            found.append(decision)
        return found

    def keys(self) -> list[dict[str, str]]:
        """Read the ledger of keys, oldest first."""
        path = self.path / "keys.csv"
        rows = csv.DictReader(io.StringIO("\n".join(_whole_lines(path)), newline=""))
        if path.exists() and tuple(rows.fieldnames or ()) != KEY_COLUMNS:
            raise BrokenWorkspace(path.name, reason=", ".join(rows.fieldnames or ["–"])[:80])
        return list(rows)

    # ------------------------------------------------------------ writing
    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give a folder for files that are read and not kept; it is gone afterwards.

        Raises
        ------
        DiskFull, BrokenWorkspace
        """
        made, folder = not self.path.exists(), self.path / "scratch"
        with _told(self.path):
            self.sweep()
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / uuid4().hex
            lock = filelock.FileLock(_lock_of(path), timeout=0)
            lock.acquire()
            path.mkdir(mode=0o700, parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            lock.release()
            _lock_of(path).unlink(missing_ok=True)
            with suppress(OSError):  # another reader's file is still there
                folder.rmdir()
                if made:
                    self.path.rmdir()

    def sweep(self) -> None:
        """Remove files that a killed process was reading: they may hold persons.

        Whoever reads one holds its lock, and has it before the folder is there.
        """
        folder = self.path / "scratch"
        with suppress(OSError):  # of a folder that cannot be written nothing is taken away
            for left in [p for p in folder.iterdir() if p.is_dir()]:
                try:
                    with filelock.FileLock(_lock_of(left), timeout=0):
                        shutil.rmtree(left, ignore_errors=True)
                except filelock.Timeout:
                    continue
                _lock_of(left).unlink(missing_ok=True)
            folder.rmdir()

    def set_aside(self, name: str, content: bytes, folder: Path) -> Path:
        """Write a file into a scratch folder; a name with a place in it loses the place.

        Raises
        ------
        DiskFull, BrokenWorkspace
        """
        path = folder / Path(name).name
        with _told(self.path):
            path.write_bytes(content)
        return path

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the workspace for writing; one process at a time.

        Raises
        ------
        WorkspaceBusy
            If another process holds it.
        DiskFull
            If there is no room; the last good version stays current.
        """
        made = not self.path.exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self.path / "writer.lock", timeout=0)
            with lock:
                yield Writer(self)
        except filelock.Timeout as e:
            raise WorkspaceBusy(str(self.path)) from e
        except OSError as e:
            self._forget(made)
            if e.errno in NO_ROOM:
                raise DiskFull(str(self.path)) from e
            raise BrokenWorkspace(str(self.path), reason=e.strerror or str(e)) from e
        except BaseException:
            self._forget(made)
            raise

    def _forget(self, made: bool) -> None:
        """Leave no folder behind where a first write failed."""
        if made:
            shutil.rmtree(self.path, ignore_errors=True)


class Writer:
    """What may be done to a workspace while it is held."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.path = workspace.path
        self._sweep()

    def _sweep(self) -> None:
        """Remove what an interrupted writer left behind."""
        for left in (
            *self.path.glob("versions/*.part"),
            *self.path.glob("sources/*/*.part"),
            *self.path.glob(f"sources/*/*/{TRACE}.part"),
        ):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def keep(self, given: Iterable[Given]) -> dict[str, Load]:
        """Keep complete loads of sources; each is in use once a version names it.

        All are written under names that nobody reads, then synced together, and only then renamed
        into place: whichever of them a later version names is on the disk before that version is,
        and a crash on the way leaves names that no version bears.
        """
        found: dict[str, Load] = {}
        with _folders() as begun:
            for one in given:
                tables = [
                    _bytes(pa.Table.from_pylist(list(rows), schema))
                    for rows, schema in ((one.rows, ROWS), (one.records, RECORDS))
                ]
                path = self.path / "sources" / one.slug / _digest(one.meta, tables)
                found[one.slug] = Load(path)
                if path.exists():
                    _note(path, one.trace)
                    continue
                part = begun(path)
                for name, content in zip(TABLES, tables, strict=True):
                    (part / f"{name}.arrow").write_bytes(content)
                (part / "meta.json").write_text(_json(one.meta), encoding="utf-8")
                (part / "loaded.json").write_text(_json(one.when), encoding="utf-8")
                _note(part, one.trace)
        return found

    def stage(self, loads: Mapping[str, Load]) -> None:
        """Keep loads for the next build without building now."""
        names = self.workspace.staged() | {slug: load.name for slug, load in loads.items()}
        _replace(self.path / "staged.json", json.dumps(names, sort_keys=True) + "\n")

    def add_judgement(self, judgement: Mapping[str, Any]) -> None:
        """Append one decision."""
        old = _whole_lines(self.path / "judgements.jsonl")
        line = json.dumps(judgement, ensure_ascii=False, sort_keys=True)
        _replace(self.path / "judgements.jsonl", "\n".join([*old, line]) + "\n")

    def keep_keys(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Write the ledger, which only ever grows."""
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, KEY_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        _replace(self.path / "keys.csv", out.getvalue())

    def publish(
        self,
        landscape: Landscape,
        manifest: Mapping[str, Any],
        judgement: Mapping[str, Any] | None = None,
    ) -> Version:
        """Write a version beside the others and make it current in one step.

        A landscape that equals the current version's, from the same loads, makes no new version;
        only what led to it is noted anew. A judgement is appended just before the switch.
        """
        from graph.store.embedded import write_engine

        current = self.workspace.current
        if current is not None:
            now = self.workspace.version(current)
            if all(now.manifest.get(k) == manifest.get(k) for k in ("sha256", "sources")):
                if judgement is not None:
                    self.add_judgement(judgement)
                _replace(now.path / "manifest.json", _json(manifest))
                (self.path / "staged.json").unlink(missing_ok=True)
                return Version(now.path, self.path)
        number = max([*self.workspace.numbers(), 0]) + 1
        path = self.path / "versions" / str(number)
        with _folders() as begun:
            part = begun(path)
            for name, table in landscape.tables.items():
                target = part / f"{name}.arrow"
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(_bytes(table))
            write_engine(landscape, part / "engine.kgl")
            (part / "manifest.json").write_text(_json(manifest), encoding="utf-8")
        if judgement is not None:
            self.add_judgement(judgement)
        _replace(self.path / "CURRENT", f"{number}\n")
        (self.path / "staged.json").unlink(missing_ok=True)
        return Version(path, self.path)


# ---------------------------------------------------------------- files
@contextmanager
def _folders() -> Iterator[Callable[[Path], Path]]:
    """Fill folders under names that nobody reads, and rename them when all are complete.

    Gives a function that begins a folder. Every file and folder is synced before the first is
    renamed, and the folders above them after the last, so that what is named later is there.
    """
    paths: list[Path] = []

    def begun(path: Path) -> Path:
        part = _part(path)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        paths.append(path)
        return part

    try:
        yield begun
        _sync(*(file for path in paths for file in (_part(path), *_part(path).rglob("*"))))
        for path in paths:
            os.rename(_part(path), path)
    except BaseException:
        for path in paths:
            shutil.rmtree(_part(path), ignore_errors=True)
        raise
    _sync(*dict.fromkeys(above for path in paths for above in (path.parent, path.parent.parent)))


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _note(folder: Path, trace: str | None) -> None:
    """Write down what a load was read from; one that a crash cuts matches nothing."""
    if trace is not None:
        part = _part(folder / TRACE)
        part.write_text(trace + "\n", encoding="ascii")
        os.replace(part, folder / TRACE)


def _digest(meta: Mapping[str, Any], tables: Iterable[bytes]) -> str:
    """Name a load by what it holds."""
    digest = hashlib.sha256(json.dumps(meta, sort_keys=True, ensure_ascii=False).encode())
    for table in tables:
        digest.update(table)
    return digest.hexdigest()[:16]


def _replace(path: Path, text: str) -> None:
    part = _part(path)
    part.write_text(text, encoding="utf-8", newline="")
    _sync(part)
    os.replace(part, path)
    _sync(path.parent)


def _sync(*paths: Path) -> None:
    """Wait until files and folders are on the disk; an error of any is raised."""
    if len(paths) == 1:
        _fsync(paths[0])
    elif paths:
        with ThreadPoolExecutor(SYNCS) as pool:
            for _ in pool.map(_fsync, paths):
                pass


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, table.schema, options=options) as out:
        out.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _lock_of(scratch: Path) -> Path:
    return scratch.with_name(f"{scratch.name}.lock")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in a sentence why nothing can be written into a workspace."""
    try:
        yield
    except OSError as e:
        if e.errno in NO_ROOM:
            raise DiskFull(str(path)) from e
        raise BrokenWorkspace(str(path), reason=e.strerror or str(e)) from e


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say in a sentence which file of the workspace cannot be read."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError):
        raise
    except (OSError, UnicodeError) as e:
        raise BrokenWorkspace(str(path), reason=getattr(e, "strerror", None) or str(e)) from e


def _read_table(path: Path, schema: pa.Schema | None = None) -> pa.Table:
    """Read a table; a column that its version did not have yet is empty.

    A table of a type that its version did not know yet is empty too; of those it knows, each has
    a file, empty or not.
    """
    try:
        with pa.OSFile(str(path)) as file:
            table = pa.ipc.open_file(file).read_all()
    except FileNotFoundError:
        if schema is None or _knows(path):
            raise BrokenWorkspace(path.name, reason="–") from None
        return schema.empty_table()
    except (pa.ArrowInvalid, OSError) as e:
        raise BrokenWorkspace(path.name, reason=str(e)) from e
    if schema is None or table.schema.equals(schema):
        return table
    have = set(table.column_names)
    columns = [
        table.column(f.name) if f.name in have else pa.nulls(table.num_rows, f.type) for f in schema
    ]
    return pa.table(columns, schema=schema)


def _knows(path: Path) -> bool:
    """Say whether the version of a missing table counts rows in it."""
    manifest = path.parent.parent / "manifest.json"
    if not manifest.exists():
        return True
    said = _object(manifest)
    return path.stem in {**said.get("nodes", {}), **said.get("edges", {})}


def _object(path: Path, needs: Sequence[str] = ()) -> dict[str, Any]:
    """Read a JSON object that has certain keys."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as e:
        raise BrokenWorkspace(path.name, reason=getattr(e, "strerror", None) or str(e)) from e
    value = _parsed(text, path)
    if not isinstance(value, dict) or not set(needs) <= value.keys():
        raise BrokenWorkspace(path.name, reason=text[:80])
    return value


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as e:
        raise BrokenWorkspace(path.name, reason=str(e)) from e


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _whole_lines(path: Path) -> list[str]:
    """Give the lines of a file; a last one without its end counts only if it is whole JSON.

    A crash cuts a line anywhere; an editor takes away but the end of the last line.
    """
    with _reading(path):
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        except IsADirectoryError as e:
            raise BrokenWorkspace(str(path), reason=e.strerror) from e
    *whole, last = text.split("\n")
    if last.startswith("{"):
        try:
            json.loads(last)
            whole.append(last)
        except ValueError:
            pass
    return [line for line in whole if line]
