"""Pieces of the overview: the flow, the matrix with its cell, the quality of the sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.answers.findings import Entry
from explorer.answers.landscape import FATES, STATES, Matrix, Rates, Survey
from explorer.components import charts, parts
from explorer.components.charts import Node
from explorer.components.choice import choice, view
from explorer.data import Summary
from explorer.words import count, date, h, known, num, t

MOST_SOURCES = 4
MOST_RATES = 40  # sources in the table of quality; the folded one holds all
QUALITY = ("description", "address", "status", "owner")
MOST_LINES = 5000  # of the table on the page; the download holds all
FATE_ROLE = {"first": "app", "again": "line", "other": "line"}
STATE_ROLE = {"finding": "open", "alike": "peer", "alone": "function", "unknown": "line"}


def flow(s: Summary) -> None:
    """Draw sources > rows > applications > findings."""
    order = sorted(s.flow.rows, key=lambda k: (-sum(s.flow.rows[k].values()), k))
    shown = order[:MOST_SOURCES] if len(order) > MOST_SOURCES + 1 else order
    label = {k: s.names.get(k, k) for k in shown}
    rest = count("flow.sources", len(order) - len(shown))
    fate = {k: t(f"fate.{k}") for k in FATES}
    state = {k: t(f"flow.{k}") for k in STATES}
    amounts: dict[tuple[str, str], int] = {}
    for source in order:
        for k, n in s.flow.rows[source].items():
            link = (label.get(source, rest), fate[k])
            amounts[link] = amounts.get(link, 0) + n
    amounts |= {(fate["first"], state[k]): n for k, n in s.flow.states.items()}
    links = [(a, b, n) for (a, b), n in amounts.items() if n]
    left = dict.fromkeys(a for a, _, _ in links if a != fate["first"])
    into = {b: sum(n for _, to, n in links if to == b) for _, b, _ in links}
    nodes = [Node(a, sum(n for x, _, n in links if x == a), "mute", 0) for a in left]
    nodes += [Node(fate[k], into[fate[k]], FATE_ROLE[k], 1) for k in FATES if into.get(fate[k])]
    nodes += [Node(state[k], into[state[k]], STATE_ROLE[k], 2) for k in STATES if state[k] in into]
    height = max(150, 44 * max(len(left), len(into) // 2 + 1))
    spec = charts.flow(nodes, links, (t("word.rows"), t("word.applications")))
    st.echarts_chart(spec, height=height, key="ikhtisar-alur", renderer="svg", alt=t("flow.alt"))


def counted(s: Summary) -> str:
    """Say what the numbers of the flow count, and that they add up to those of the title."""
    fates = [sum(of_one[k] for of_one in s.flow.rows.values()) for k in FATES]
    sums = {"rows": fates, "states": [s.flow.states[k] for k in STATES]}
    added = {k: " + ".join(num(n) for n in found if n) for k, found in sums.items()}
    return t("flow.counted", **added, n=s.rows, of=s.applications)


def cells_counted(m: Matrix, s: Summary) -> str:
    """Say how many applications the matrix holds, and which stand in no cell and why."""
    here = len({u.application for u in m.uses})
    said = [t("matrix.counted", n=here, of=s.applications)]
    if s.placed.outside:
        said.append(t("matrix.outside", n=s.placed.outside, unknown=s.placed.outside_unknown))
    return " ".join(said)


def flow_table(s: Summary) -> str:
    """Give the same numbers as a table."""
    columns = [(t("column.source"), ""), *((t(f"fate.{k}"), "num") for k in FATES)]
    rows = [
        [h(s.names.get(k, k)), *(h(num(fates[f])) for f in FATES)]
        for k, fates in sorted(s.flow.rows.items())
    ]
    states = [[h(t(f"flow.{k}")), h(num(n))] for k, n in s.flow.states.items()]
    heads = [(t("column.state"), ""), (t("column.applications"), "num")]
    return parts.table(columns, rows) + "<br>" + parts.table(heads, states)


def choices(
    governments: Sequence[tuple[str, str, int]], groups: Sequence[str]
) -> tuple[str | None, str | None, str]:
    """Draw the choices of the matrix: whose units, which group of functions, which view."""
    names = {g: f"{name} ({num(n)})" for g, name, n in governments}
    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        government = choice("pemda", names, width=310)
        group = choice(
            "kelompok",
            {g: t(f"group.{g}") if known(f"group.{g}") else g for g in groups},
            width=210,
        )
        shown = view("tampilan", ("matrix", "table"))
    return government or None, group or None, shown


def pick(m: Matrix, key: str) -> tuple[str, str] | None:
    """Draw the matrix; give the (function, body) of the cell that was clicked, if one was."""
    names = {r.key: t(f"group.{r.key}") for r in m.rows if known(f"group.{r.key}")}
    with st.container(key="woven"):
        event = st.echarts_chart(
            charts.woven(m, names),
            height=charts.height(m),
            key=key,
            on_select="rerun",
            renderer="svg",
            alt=t("matrix.alt"),
        )
    parts.show(parts.shades(charts.shades(), t("matrix.shades"), t("matrix.framed")))
    chosen = event["selection"]["selected"] if event else []
    indices = [i for s in chosen for i in s.get("data_indices") or ()]
    if not indices:
        return None
    x, y = list(m.cells)[indices[0]]
    return m.rows[y].key, m.columns[x].key


def cell(
    s: Survey, apps: Sequence[str], numbers: dict[str, str], function_name: dict[str, str]
) -> None:
    """List the applications of a cell, with their findings and profiles."""
    rows = []
    for id in apps:
        app = s.applications[id]
        found = " ".join(
            parts.link(numbers[f], "temuan", temuan=f) for f in s.member_of.get(id, ())
        )
        scope = app["scope"] if app["scope"] != "unknown" else app["scope_inferred"]
        rows.append(
            [
                f"<b>{parts.link(app['name'], 'profil', app=id)}</b>",
                h(function_name.get(s.function_of.get(id, ""), "")) or parts.unknown(),
                parts.unknown() if scope == "unknown" else h(t(f"scope.{scope}")),
                h(count("count.bodies", s.users.get(id, 0))),
                found or "–",
            ]
        )
    names = ("application", "function", "scope", "reported", "finding")
    parts.show(parts.table([(t(f"column.{n}"), "") for n in names], rows))


def twin(
    m: Matrix,
    s: Survey,
    numbers: dict[str, str],
    function_name: dict[str, str],
    most: int | None = None,
) -> list[list[str]]:
    """Give the matrix as lines: group, function, body, application, finding; `most` of them."""
    return [
        [
            t(f"group.{u.group}") if known(f"group.{u.group}") else t("word.unknown"),
            function_name.get(u.function or "", t("word.unknown")),
            s.agencies[u.agency]["name"],
            s.applications[u.application]["name"],
            " ".join(numbers[f] for f in s.member_of.get(u.application, ())),
        ]
        for u in m.uses[:most]
    ]


def quality(rates: Sequence[Rates]) -> str:
    """Show how much each source fills, and what it refused; of many, those of most applications."""
    order = sorted(rates, key=lambda r: (-r.applications, r.source))
    kept = {r.source for r in order[:MOST_RATES]}
    names = ("source", "rows", "refused", *QUALITY)
    columns = [(t(f"column.{n}"), "num" if n in ("rows", "refused") else "") for n in names]
    rows = [
        [
            f"<b>{h(r.name)}</b><br><span class='sp-small'>{h(date(r.as_of))}</span>",
            h(num(r.read)),
            h(num(r.refused)),
            *(parts.rate(r.filled[p]) for p in names[3:]),
        ]
        for r in rates
        if r.source in kept
    ]
    return parts.table(columns, rows)


def quality_twin(rates: Sequence[Rates]) -> tuple[list[str], list[list[object]]]:
    """Give every source as a line: rows, refused, and the shares filled."""
    lines: list[list[object]] = [
        [r.name, r.read, r.refused, *(r.filled[p] for p in QUALITY)] for r in rates
    ]
    return [t(f"column.{n}") for n in ("source", "rows", "refused", *QUALITY)], lines


def numbers(entries: Sequence[Entry]) -> dict[str, str]:
    """Lead from a finding to its number in this version's list."""
    return {e.id: e.no for e in entries}
