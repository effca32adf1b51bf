"""Figures as the table of docs/benchmarks.md: medians, ratios, and what was to be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.national import steps
from benchmarks.national.measured import Figure

BEGIN = "<!-- written by `python -m benchmarks.run --write`; do not edit by hand -->"
END = "<!-- end of the written part -->"
MOST: dict[str, float] = {
    steps.LOADED: 60,
    steps.RELOADED: 5,
    steps.DERIVED: 10,
    steps.HELP: 0.3,
}
"""Seconds to stay below at `SIZE` applications (design §12)."""
SIZE = 30_000
MEMORY = {steps.LOADED: 2048, steps.DERIVED: 2048}
REPORT, PAGE = 0.3, 2.0
HEAD = "| what | who | p50 | p95 | CPU | peak | ratio | to reach at 30,000 | reached | sizes |"
RULE = "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |"


def report(
    figures: Sequence[Figure], notes: Sequence[str], about: Mapping[str, Any], on: str, date: str
) -> str:
    """Write the figures, those of one question beside each other, as Markdown."""
    nodes, edges = about["nodes"], about["edges"]
    loads = [f.load for f in figures if f.load]
    where = (
        f"{date}, {on}. Load of the machine when steps ended: "
        f"{min(loads, default=0):.1f} to {max(loads, default=0):.1f}."
    )
    what = (
        f"Generated landscape of {about['applications']:,} applications, seed {about['seed']}: "
        f"{about['sources']:,} sources, {about['rows']:,} rows ({about['refused']:,} refused), "
        f"{sum(nodes.values()):,} nodes, {sum(edges.values()):,} edges."
    )
    lines = [
        where,
        "",
        what,
        "",
        HEAD,
        RULE,
        *(_line(f, figures, about["applications"]) for f in _grouped(figures)),
        "",
        *(f"{note}\n" for note in notes),
        "Nodes: " + _counts(nodes),
        "",
        "Edges: " + _counts(edges),
    ]
    return "\n".join(lines)


def updated(document: str, text: str) -> str:
    """Put the written part between its marks; what stands around it stays."""
    before, rest = document.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _grouped(figures: Sequence[Figure]) -> list[Figure]:
    order = list(dict.fromkeys(f.what for f in figures))
    return sorted(figures, key=lambda f: (order.index(f.what), f.who != "simpul"))


def _line(figure: Figure, all: Sequence[Figure], applications: int) -> str:
    most, reached = target(figure, applications)
    cpu = f"{figure.cpu50:.2f} s" if figure.cpu50 is not None else ""
    cells = (
        figure.what,
        figure.who,
        seconds(figure.p50),
        seconds(figure.p95) if len(figure.wall) > 1 else "",
        cpu,
        f"{figure.peak:,.0f} MB" if figure.peak else "",
        ratio(figure, all),
        most,
        reached,
        figure.note,
    )
    return f"| {' | '.join(cells)} |"


def ratio(figure: Figure, all: Sequence[Figure]) -> str:
    """Say how many times ours the alternative took, by CPU where both are known, else by clock."""
    ours = next((f for f in all if f.what == figure.what and f.who == "simpul"), None)
    if figure.who == "simpul" or ours is None:
        return ""
    if figure.cpu50 and ours.cpu50:
        return f"{figure.cpu50 / ours.cpu50:.2g} × CPU"
    return f"{figure.p50 / ours.p50:.2g} ×"


def target(figure: Figure, applications: int) -> tuple[str, str]:
    """Give what the design wants of a figure, and whether it is reached; empty if nothing.

    Others use the machine too, so where the clock says no the CPU time is asked as well. A
    landscape smaller than the design's says nothing of what is reached.
    """
    most, reached = _target(figure)
    return most, reached if applications >= SIZE else ""


def _target(figure: Figure) -> tuple[str, str]:
    if figure.who != "simpul":
        return "", ""
    if figure.what.startswith("report "):
        return "p95 < 0.3 s", _yes(figure.p95 < REPORT)
    if figure.what.startswith("page "):
        return (f"< {PAGE:g} s", _yes(figure.p50 < PAGE)) if "warm" in figure.what else ("", "")
    if figure.what not in MOST:
        return "", ""
    most, memory = MOST[figure.what], MEMORY.get(figure.what)
    text = f"< {most:g} s" + (f", < {memory / 1024:g} GB" if memory else "")
    if memory and figure.peak >= memory:
        return text, "**no**: memory" + (", time" if (figure.cpu50 or figure.p50) >= most else "")
    if figure.p50 >= most and (figure.cpu50 or most) < most:
        return text, "by CPU"
    return text, _yes(figure.p50 < most)


def _yes(reached: bool) -> str:
    return "yes" if reached else "**no**"


def seconds(value: float) -> str:
    """Write a time so that three digits are seen.

    >>> seconds(0.0123), seconds(1.234), seconds(75.0)
    ('12 ms', '1.23 s', '75.0 s')
    """
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{k} {n:,}" for k, n in sorted(counts.items(), key=lambda c: -c[1])) + "."
