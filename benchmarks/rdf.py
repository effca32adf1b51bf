"""How fast and how large a Landscape becomes RDF, beside rdflib on the same triples.

    python -m benchmarks.rdf [APPLICATIONS]

Made-up applications in the shape of real ones (about 34 triples each); every step runs in a
process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from graph.exchange.rdf.export import Format, write
from graph.landscape import Landscape
from graph.schema.records import Origin

APPLICATIONS = 29_500  # about a million triples
AGENCIES = 650
FUNCTIONS = 150


def landscape(applications: int, seed: int = 1) -> Landscape:
    """Make a landscape up: agencies, functions, applications with what is known of them."""
    rng = random.Random(seed)
    agencies = [f"agency:a{i}" for i in range(AGENCIES)]
    functions = [f"function:f{i}" for i in range(FUNCTIONS)]
    nodes: list[tuple[str, dict[str, Any]]] = [
        ("Source", {"id": "source:buatan", "name": "Buatan"})
    ]
    nodes += [("Agency", {"id": a, "name": f"Instansi {a}", "kind": "unit"}) for a in agencies]
    nodes += [
        ("Function", {"id": f, "name": f"Fungsi {f}", "code": f, "group": "Umum"})
        for f in functions
    ]
    edges: list[tuple[str, dict[str, Any]]] = []
    for i in range(applications):
        app = f"app:s{i}"
        nodes.append(
            (
                "Application",
                {
                    "id": app,
                    "name": f'Sistem "{i}"',
                    "aliases": (f"SIS-{i}",),
                    "code": f"{i:06}",
                    "description": f"Pencatatan dan pelaporan layanan nomor {i} secara daring.",
                    "status": rng.choice(("active", "inactive", "planned")),
                    "scope": "local",
                    "platform": "Web",
                    "address": f"https://s{i}.contoh.go.id/",
                    "government": rng.choice(agencies),
                },
            )
        )
        edges += [
            ("USES", {"source": rng.choice(agencies), "target": app}),
            ("DERIVED_FROM", {"source": app, "target": "source:buatan"}),
            (
                "PERFORMS",
                {
                    "source": app,
                    "target": rng.choice(functions),
                    "confidence": rng.random(),
                    "rank": 1,
                    "words": ("pencatatan",),
                },
            ),
        ]
    origins = [
        (f"app:s{i}", None, Origin("buatan", "buatan.csv", None, i + 2))
        for i in range(applications)
    ]
    made = {"id": "source:buatan", "slug": "buatan", "name": "Buatan", "generated": True}
    return Landscape.of([*nodes, ("Source", made)], edges, origins, as_of="2025-06")


def ours(folder: Path, format: Format, applications: int) -> Callable[[], int]:
    """Write the landscape; it is made beforehand."""
    made = landscape(applications)
    return lambda: write(made, folder / format, format=format, profile="internal").records


def rdflibs(folder: Path, format: Format, applications: int) -> Callable[[], int]:
    """Build a graph in rdflib and write it: what it takes where the triples come one by one."""
    import pyoxigraph as ox
    from rdflib import Graph, Literal, URIRef

    text = (folder / "ntriples").read_bytes()
    known = [_plain(t) for t in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]

    def run() -> int:
        graph = Graph(bind_namespaces="core")
        for subject, predicate, (value, datatype, lang) in known:
            term: Literal | URIRef = URIRef(value)
            if datatype is not None:
                term = Literal(value, lang=lang, datatype=None if lang else URIRef(datatype))
            graph.add((URIRef(subject), URIRef(predicate), term))
        graph.serialize(folder / f"rdflib-{format}", format={"ntriples": "nt"}.get(format, format))
        return len(graph)

    return run


def _plain(triple: Any) -> tuple[str, str, tuple[str, str | None, str | None]]:
    """Give the texts of a triple, as a program has them before it makes terms."""
    o = triple.object
    datatype = o.datatype.value if hasattr(o, "datatype") else None
    value = (o.value, datatype, getattr(o, "language", None))
    return triple.subject.value, triple.predicate.value, value


def step(who: str, format: str, applications: str, folder: str) -> None:
    """Run one step and print triples, CPU seconds and peak memory before and after, in MB."""
    made = ours if who == "ours" else rdflibs
    run = made(Path(folder), "turtle" if format == "turtle" else "ntriples", int(applications))
    before, start = _peak(), time.process_time()
    written = run()
    print(written, time.process_time() - start, before, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Run each step in a process of its own and print the ratios."""
    if arguments[:1] == ["step"]:
        step(*arguments[1:])
        return
    applications = arguments[0] if arguments else str(APPLICATIONS)
    with tempfile.TemporaryDirectory() as folder:
        for format in get_args(Format):
            found = {who: _step(who, format, applications, folder) for who in ("ours", "rdflib")}
            for who, (triples, took, before, after) in found.items():
                speed = f"{triples:>9,.0f} triples {took:6.2f} s CPU {triples / took:>9,.0f}/s"
                peak = f"peak {after:,.0f} MB ({after - before:,.0f} above the data)"
                print(f"{format:9} {who:7} {speed}, {peak}")
            print(f"{format:9} ratio {found['rdflib'][1] / found['ours'][1]:.1f}x")


def _step(who: str, format: str, applications: str, folder: str) -> list[float]:
    command = [sys.executable, "-m", "benchmarks.rdf", "step", who, format, applications, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(x) for x in done.stdout.split()]


if __name__ == "__main__":
    main(sys.argv[1:])
