"""Time and memory of functions, similar pairs and findings on generated applications.

    python -m benchmarks.redundancy.speed [applications …]

The applications are generated (seeded) from labels of the vocabulary; how right the answers are
means nothing here.  Each size runs in a process of its own; peak memory is that of the process.
"""

from __future__ import annotations

import hashlib
import random
import resource
import subprocess
import sys
import time

from graph import reference
from graph.build import authority
from graph.build.derive import derive
from graph.build.gather import gather
from graph.landscape import Landscape
from graph.schema.records import EdgeRecord, NodeRecord, Origin

FILLERS = (
    *("untuk", "pegawai", "masyarakat", "secara", "daring", "bagi", "perangkat", "daerah"),
    *("serta", "laporan", "bulanan", "mempermudah", "pimpinan", "warga", "cepat", "mudah"),
)
SYLLABLES = ("ba", "di", "ka", "lo", "me", "nu", "pa", "ri", "sa", "tu", "wi", "yo", "gen", "mar")
SIZES = ("390", "30000")


def generated(n: int, seed: int = 1) -> Landscape:
    """Make a Landscape of n applications, spread over all regional governments."""
    rng = random.Random(seed)
    governments = [r.government for r in reference.regions().values()]
    functions = list(reference.functions().values())
    nodes, edges = [], []
    for at in range(n):
        function, government = rng.choice(functions), rng.choice(governments)
        labels = rng.sample(function.labels, min(len(function.labels), rng.randint(1, 3)))
        name = "".join(rng.choices(SYLLABLES, k=3)).upper()
        text = [*labels, *rng.choices(FILLERS, k=rng.randint(2, 8))]
        rng.shuffle(text)
        props = {
            "name": f"{name} {rng.choice(labels)}",
            "description": " ".join(text),
            "government": government,
            "status": rng.choice(("active", "unknown", "inactive")),
        }
        origin = Origin("generated", "generated.csv", None, at + 2)
        nodes.append(NodeRecord("Application", f"app:g{at}", dict(props), origin))
        edges.append(EdgeRecord("USES", government, f"app:g{at}", {}, origin))
    for app in reference.general_applications().values():
        if app.class_ == "A":
            _split(authority.general_application(app), nodes, edges)
    _split(authority.functions(), nodes, edges)
    _split(authority.known({i for e in edges for i in (e.source, e.target)}), nodes, edges)
    found = gather(nodes, edges)
    return Landscape.of(found.nodes, found.edges, found.origins)


def finding_key(
    kind: str, function: str, government: str | None, members: frozenset[str]
) -> tuple[str, bool]:
    """Name a finding by what it is about; a ledger does this in a workspace."""
    words = "|".join((kind, function, government or "", *sorted(members)))
    return f"finding:{hashlib.sha256(words.encode()).hexdigest()[:12]}", False


def measure(n: int) -> None:
    """Print what one size takes."""
    base = generated(n)
    base.rows("Application")
    start = _megabytes()
    wall, cpu = time.perf_counter(), time.process_time()
    found = derive(base, finding_key, {})
    evidence = sum(1 for _ in found.evidence)  # made as it is asked for
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    edges = sum(kind == "SIMILAR_TO" for kind, _ in found.edges)
    print(
        f"{n:>7,} applications: {wall:6.1f} s wall, {cpu:6.1f} s CPU, peak {_megabytes():,.0f} MB "
        f"({start:,.0f} MB before); {edges:,} pairs, {len(found.nodes):,} findings, "
        f"{evidence:,} rows of evidence"
    )


def _split(records: object, nodes: list[NodeRecord], edges: list[EdgeRecord]) -> None:
    for record in records:  # type: ignore[attr-defined]
        (nodes if isinstance(record, NodeRecord) else edges).append(record)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        for size in sys.argv[1:] or SIZES:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.redundancy.speed", "--one", size], check=True
            )
