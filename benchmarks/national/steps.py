"""What is measured at national size, each beside what a user would take instead.

A step gets the folder of the run and gives figures; it runs in a process of its own.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.national.measured import Clock, Figure, interpreter, peak
from graph.landscape import Landscape
from graph.store.workspace import Version, Workspace

ROOT = Path(__file__).resolve().parents[2]
LOADED = "files to a current version"
RELOADED = "unchanged reload"
DERIVED = "functions, similar pairs, findings"
EGO = "two steps around an application"
TURTLE = "export Turtle"
HELP = "`simpul --help`"
ENGINE = "graph into the query engine"
REPORT = "report {}"
EGOS = 40
Step = Callable[[Path, int], list[Figure]]


def version(folder: Path) -> Version:
    """Open what the step `load` made."""
    return Workspace(folder / "workspace").version()


def sizes(landscape: Landscape) -> str:
    """Say how large a landscape is."""
    nodes, edges = landscape.counts()
    return f"{sum(nodes.values()):,} nodes, {sum(edges.values()):,} edges"


# ------------------------------------------------------------------------ load
def load(folder: Path, repeat: int) -> list[Figure]:
    """From files to a current version, in an empty workspace each time."""
    from ingest.run import load as run

    clock = Clock()
    for _ in range(repeat):
        shutil.rmtree(folder / "workspace", ignore_errors=True)
        done = clock.run(run, Workspace(folder / "workspace"), [folder / "sources"])
    made = done.version
    assert made is not None
    nodes, edges = made.manifest["nodes"], made.manifest["edges"]
    rows = sum(len(f.rows) for s in done.sources for f in s.files)
    (folder / "counts.json").write_text(
        json.dumps(
            {"sources": len(done.sources), "rows": rows, "nodes": nodes, "edges": edges,
             "refused": sum(len(f.refused) for s in done.sources for f in s.files)}
        )
    )  # fmt: skip
    note = f"{rows:,} rows, {sum(nodes.values()):,} nodes, {sum(edges.values()):,} edges"
    return [clock.figure(LOADED, note=note)]


def load_plain(folder: Path, repeat: int) -> list[Figure]:
    """Read the same files with pandas and join the rows as they stand in networkx.

    No cleaning, no bodies recognised, no duplicates joined, nothing kept of where a fact stands.
    """
    import networkx as nx
    import pandas as pd

    clock = Clock()
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def run() -> None:
        found.clear()
        for file in sorted((folder / "sources").rglob("*.csv")):
            with file.open(encoding="utf-8") as f:
                delimiter = csv.Sniffer().sniff(f.readline(), ",;\t").delimiter
            table = pd.read_csv(file, dtype=str, sep=delimiter, keep_default_na=False)
            for n, row in enumerate(table.to_dict("records")):
                key = f"{file.stem}:{n}"
                found.add_node(key, **{str(k): v for k, v in row.items()})
                for heading, value in row.items():
                    if value and ("Perangkat" in str(heading) or "Instansi" in str(heading)):
                        found.add_edge(key, str(value), heading)

    for _ in range(repeat):
        clock.run(run)
    note = f"{found.number_of_nodes():,} nodes, {found.number_of_edges():,} edges, nothing resolved"
    return [clock.figure(LOADED, "pandas + networkx", note)]


def reload(folder: Path, repeat: int) -> list[Figure]:
    """Load the same files once more: nothing changed, so the version stays."""
    from ingest.run import load as run

    before, clock = Workspace(folder / "workspace").current, Clock()
    for _ in range(repeat):
        clock.run(run, Workspace(folder / "workspace"), [folder / "sources"])
    assert Workspace(folder / "workspace").current == before
    return [clock.figure(RELOADED)]


def build(folder: Path, repeat: int) -> list[Figure]:
    """Build from the loads again, and the part of it that is analysis."""
    from graph.build import build as module
    from graph.build.derive import derive
    from graph.build.judgements import judgements
    from ingest.rebuild import said

    workspace, whole, part = Workspace(folder / "workspace"), Clock(), Clock()

    def timed(*args: Any, **named: Any) -> Any:
        return part.run(derive, *args, **named)

    def run() -> Any:
        sources = [said(load) for load in workspace.sources().values()]
        return module.build(sources, workspace.keys(), judgements(workspace.judgements()))

    with patch.object(module, "derive", timed):
        for _ in range(repeat):
            built = whole.run(run)
    found = built.landscape
    pairs, findings = found.edges["SIMILAR_TO"].num_rows, found.nodes["Finding"].num_rows
    return [
        part.figure(DERIVED, note=f"{pairs:,} similar pairs, {findings:,} findings, with evidence"),
        whole.figure("build from loads in the workspace", note=sizes(found)),
    ]


def build_plain(folder: Path, repeat: int) -> list[Figure]:
    """Give each application its ten nearest by words: scikit-learn, cosine of TF-IDF, no more."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    apps = version(folder).landscape.rows("Application")
    texts = [f"{a['name']} {a['description'] or ''}" for a in apps]
    clock = Clock()

    def run() -> None:
        table = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
        NearestNeighbors(n_neighbors=11, metric="cosine").fit(table).kneighbors(table)

    for _ in range(repeat):
        clock.run(run)
    note = f"{len(texts):,} texts, ten nearest by words; no function, no finding, no evidence"
    return [clock.figure(DERIVED, "scikit-learn", note)]


# ------------------------------------------------------------------------ truth
def identity(folder: Path, repeat: int) -> list[Figure]:
    """Hold the nodes against the truth: which rows of inventories are one application.

    Pairs of rows are counted; national applications, which hundreds of units report, apart.
    """
    clock = Clock()
    found = clock.run(same_rows, folder, version(folder).landscape)
    note = "; ".join(f"{kind}: {pairs}" for kind, pairs in found.items())
    return [clock.figure("rows of one application, against the truth", note=note)]


def same_rows(folder: Path, landscape: Landscape) -> dict[str, Pairs]:
    """Compare nodes with the truth, for applications of governments and for national ones."""
    with (folder / "truth" / "rows.csv").open(encoding="utf-8", newline="") as f:
        truth = {
            (r["source"], int(r["row"])): r["application"]
            for r in csv.DictReader(f)
            if r["application"]
        }
    apps = set(landscape.nodes["Application"].column("id").to_pylist())
    node = {
        (o["source"], o["row"]): o["about"]
        for o in landscape.origins.to_pylist()
        if o["property"] is None and o["about"] in apps
    }
    both = [(truth[place], node[place]) for place in sorted(truth.keys() & node.keys())]
    national = {true for true, _ in both if true.startswith("app:")}
    return {
        "own": Pairs.of([p for p in both if p[0] not in national]),
        "national": Pairs.of([p for p in both if p[0] in national]),
    }


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows: truly one application, one node, and both."""

    true: int
    told: int
    right: int

    @classmethod
    def of(cls, both: Sequence[tuple[str, str]]) -> Pairs:
        """Count them from (true application, node) of each row."""
        counts = (Counter(t for t, _ in both), Counter(n for _, n in both), Counter(both))
        true, told, right = (sum(n * (n - 1) // 2 for n in c.values()) for c in counts)
        return cls(true, told, right)

    def __str__(self) -> str:
        precision = self.right / self.told if self.told else 1.0
        recall = self.right / self.true if self.true else 1.0
        return f"precision {precision:.3f}, recall {recall:.3f} of {self.true:,} pairs"


# ------------------------------------------------------------------------ questions
def start(folder: Path, repeat: int) -> list[Figure]:
    """Ask for help, the whole process."""
    clock = Clock()
    command = [interpreter(), str(ROOT / "cli.py"), "--help"]
    for _ in range(max(5, repeat)):
        clock.run(subprocess.run, command, check=True, capture_output=True)
    return [clock.figure(HELP)]


def reports(folder: Path, repeat: int) -> list[Figure]:
    """Run each report on the embedded engine, and write the engine's file."""
    from graph.store.embedded import Embedded, write_engine

    made = version(folder)
    clock = Clock()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        landscape = made.landscape
        clock.run(write_engine, landscape, Path(place) / "engine.kgl")
    written = clock.figure(ENGINE, note=sizes(landscape))
    first = Clock()
    store = Embedded(made.engine, str(made.number))
    first.run(store.query, "RETURN 1 AS one")
    opened = first.figure("first query after the start", note="opens the engine's file")
    return [written, opened, *_reported(store, "simpul", repeat)]


def reports_neo4j(folder: Path, repeat: int) -> list[Figure]:
    """Publish the version to an empty Neo4j, and run the same reports there."""
    from graph.store.neo4j_server import Neo4j, publish
    from tests.neo4j_server import free_port, start, wait

    made, port, clock = version(folder), free_port(), Clock()
    uri = f"bolt://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(dir=folder) as place:
        home = Path(place) / "home"
        process = start(home, port)
        try:
            wait(uri, process, home)
            clock.run(publish, made.landscape, uri)
            used = peak(process.pid) + peak("self")
            note = "time of the whole, memory of server and ours; over the network protocol"
            published = clock.figure(ENGINE, "Neo4j", note, cpu=False)
            store = Neo4j(uri)
            found = [published, *_reported(store, "Neo4j", repeat)]
            store.close()
        finally:
            process.kill()
            process.wait()
    return [f if f.what != ENGINE else replace(f, peak=used) for f in found]


def _reported(store: Any, who: str, repeat: int) -> list[Figure]:
    from graph import reports as known

    found = []
    for report in known.reports():
        known.run(report, store)  # the first one fills the engine's caches
        clock = Clock()
        for _ in range(max(20, repeat)):
            answer = clock.run(known.run, report, store)
        note = f"{len(answer.rows):,} rows" + ("" if answer.complete else f", {answer.limit_hit}")
        found.append(clock.figure(REPORT.format(report.name), who, note, cpu=False))
    return found


def ego(folder: Path, repeat: int) -> list[Figure]:
    """Expand two steps around applications, on the tables; the first call sorts them."""
    landscape = version(folder).landscape
    first = Clock()
    found = first.run(landscape.edges_of, _some_apps(landscape)[0])
    clock, reached = Clock(), []
    for app in _some_apps(landscape):
        reached.append(len(clock.run(_around, landscape, app)))
    note = f"median of {EGOS} applications, {sorted(reached)[len(reached) // 2]:,} nodes reached"
    opened = first.figure("the tables, first touch", note=f"{len(found)} edges; once per version")
    return [clock.figure(EGO, note=note), opened]


def ego_plain(folder: Path, repeat: int) -> list[Figure]:
    """Do the same in networkx, and make its graph first."""
    import networkx as nx

    landscape = version(folder).landscape
    made = Clock()
    graph = made.run(landscape.to_networkx)
    both = graph.to_undirected(as_view=True)
    clock = Clock()
    for app in _some_apps(landscape):
        clock.run(_plain_around, both, app)
    assert isinstance(graph, nx.MultiDiGraph)
    return [
        clock.figure(EGO, "networkx", "the graph is in memory already"),
        made.figure("the tables, first touch", "networkx", "all nodes and edges as Python objects"),
    ]


def _some_apps(landscape: Landscape) -> list[str]:
    """Draw applications that are in integrations."""
    known = sorted(set(landscape.edges["INTEGRATES_WITH"].column("source").to_pylist()))
    return random.Random(1).sample(known, min(EGOS, len(known)))


OUT_OF_EGO = frozenset(("DERIVED_FROM", "PERFORMS", "LOCATED_IN", "PART_OF"))
"""Relations whose targets are hubs: going on from a source or a function reaches everything."""


def _around(landscape: Landscape, app: str) -> set[str]:
    seen, front = {app}, [app]
    for _ in range(2):
        reached = set()
        for id in front:
            for relation, way, row in landscape.edges_of(id):
                if relation not in OUT_OF_EGO:
                    reached.add(row["target"] if way == "out" else row["source"])
        front = sorted(reached - seen)
        seen |= reached
    return seen


def _plain_around(graph: Any, app: str) -> set[str]:
    seen, front = {app}, [app]
    for _ in range(2):
        reached = set()
        for id in front:
            for _, other, props in graph.edges(id, data=True):
                if props["relation"] not in OUT_OF_EGO:
                    reached.add(other)
        front = sorted(reached - seen)
        seen |= reached
    return seen


# ------------------------------------------------------------------------ export
def turtle(folder: Path, repeat: int) -> list[Figure]:
    """Write the whole graph as Turtle, and as N-Triples for the step beside this one."""
    from graph.exchange.rdf.export import write

    landscape, clock = version(folder).landscape, Clock()
    before = peak("self")
    for _ in range(repeat):
        done = clock.run(write, landscape, folder / "all.ttl", format="turtle", profile="internal")
    above = peak("self") - before
    write(landscape, folder / "ntriples", format="ntriples", profile="internal")
    rate = done.records / min(clock.cpu)
    note = f"{done.records:,} triples, {rate:,.0f}/s CPU, {above:,.0f} MB above the graph"
    return [clock.figure(TURTLE, note=note)]


def turtle_rdflib(folder: Path, repeat: int) -> list[Figure]:
    """Make the same triples in rdflib and write them; see `benchmarks.rdf`."""
    from benchmarks.rdf import rdflibs

    run, clock = rdflibs(folder, "turtle", 0), Clock()
    count = clock.run(run)
    note = f"{count:,} triples, {count / clock.cpu[0]:,.0f}/s CPU; terms made one by one"
    return [clock.figure(TURTLE, "rdflib", note)]


# ------------------------------------------------------------------------ pages
def pages(folder: Path, repeat: int) -> list[Figure]:
    """Open every page of the explorer in a real Chromium: a fresh server, then the same again."""
    from benchmarks.national.pages import opened, worked

    of = version(folder)
    return worked(of, repeat) + opened(of, max(3, repeat))


STEPS: dict[str, Step] = {
    "load": load,
    "load-plain": load_plain,
    "reload": reload,
    "build": build,
    "build-plain": build_plain,
    "identity": identity,
    "start": start,
    "reports": reports,
    "reports-neo4j": reports_neo4j,
    "ego": ego,
    "ego-plain": ego_plain,
    "turtle": turtle,
    "turtle-rdflib": turtle_rdflib,
    "pages": pages,
}


def missing(name: str) -> str | None:
    """Say what a step needs and is not there; None if it can run."""
    wanted = {"reports-neo4j": ("java", "mvn")}.get(name, ())
    lacking = [w for w in wanted if not shutil.which(w)]
    if name == "pages":
        from tests.explorer.browser import CHROMIUM

        lacking += [] if CHROMIUM.exists() else [str(CHROMIUM.name)]
    return f"{' and '.join(lacking)} not found" if lacking else None


def now() -> str:
    """Give the date of today."""
    return time.strftime("%Y-%m-%d")
