"""Pieces of the innovations page: choices, programme → application → survival, the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.answers.innovations import Entry, Step
from explorer.components import charts, parts
from explorer.components.charts import Link, Node
from explorer.components.choice import ALL, choice
from explorer.words import count, h, lang, num, t
from graph.schema.codes import Lifecycle, Programme, Stage, Survival
from graph.schema.records import Origin

MOST = 50
ROLE = {"born": "app", "none": "line", "active": "settled", "inactive": "function"}
COLUMNS = ("project", "programme", "year", "by", "application", "survival", "place")


def choices(found: Sequence[Entry]) -> list[Entry]:
    """Draw the choices; give the innovations that pass. Their state stands in the address."""
    years = sorted({e.year for e in found if e.year}, reverse=True)
    with st.container(horizontal=True, key="filters"):
        programmes = sorted({e.programme for e in found})
        programme = choice("program", {p: Programme.of(p).label(lang()) for p in programmes}, 300)
        year = choice("tahun", {str(y): str(y) for y in years})
        fate = choice("nasib", {str(s): s.label(lang()) for s in Survival})
        born = choice("aplikasi", {b: t(f"inovasi.{b}") for b in ("born", "none")})
    return [
        e
        for e in found
        if programme in (ALL, e.programme)
        and year in (ALL, str(e.year))
        and fate in (ALL, e.survival)
        and born in (ALL, "born" if e.born else "none")
    ]


def flow(steps: Sequence[Step]) -> None:
    """Draw programme → application → survival."""
    bars = sorted({end for s in steps for end in (s.source, s.target)})
    links = [
        Link(
            str(s.source),
            str(s.target),
            s.amount,
            ROLE.get(s.target[1], "mute"),
            f"{_bar(s.source)} → {_bar(s.target)}: {count('inovasi.amount', s.amount)}",
        )
        for s in steps
    ]
    nodes = [
        Node(_bar(bar), charts.through(str(bar), links), ROLE.get(bar[1], "mute"), bar[0], str(bar))
        for bar in bars
    ]
    st.echarts_chart(
        charts.strands(nodes, links, margins=(270, 170)),
        height=max(170, 46 * charts.tallest(nodes)),
        key="inovasi-alur",
        renderer="svg",
        alt=t("inovasi.alt"),
    )


def flow_table(steps: Sequence[Step]) -> str:
    """Give the strands as a table."""
    heads = [(t(f"inovasi.column.{n}"), "") for n in ("from", "to")]
    rows = [[h(_bar(s.source)), h(_bar(s.target)), h(num(s.amount))] for s in steps]
    return parts.table([*heads, (t("inovasi.column.amount"), "num")], rows)


def _bar(bar: tuple[int, str]) -> str:
    layer, key = bar
    if layer == 0:
        return Programme.of(key).label(lang())
    return t(f"inovasi.{key}") if layer == 1 else Survival.of(key).label(lang())


def listed(found: Sequence[Entry], places: Callable[[str], list[Origin]]) -> str:
    """Draw the innovations one by one."""
    rows = [
        [
            f"<b>{parts.link(e.name, 'profil', app=e.id)}</b>{_stage(e)}",
            h(_programme(e)),
            h(e.year) if e.year else parts.unknown(),
            "; ".join(parts.link(n, "profil", app=a) for a, n in e.by) or parts.unknown(),
            _born(e),
            _survival(e),
            f'<span class="sp-small">{h(parts.places(places(e.id), limit=2))}</span>',
        ]
        for e in found[:MOST]
    ]
    return parts.table([(t(f"inovasi.column.{n}"), "") for n in COLUMNS], rows)


def _stage(e: Entry) -> str:
    if e.stage == Stage.UNKNOWN:
        return ""
    return f'<br><span class="sp-small">{h(Stage.of(e.stage).label(lang()))}</span>'


def _programme(e: Entry) -> str:
    named = Programme.of(e.programme).label(lang())
    return f"{named} · {t('inovasi.batch', batch=e.batch)}" if e.batch else named


def _born(e: Entry) -> str:
    if not e.born:
        return f'<span class="miss">{h(t("inovasi.none"))}</span>'
    return "<br>".join(parts.link(b.name, "profil", app=b.id) for b in e.born)


def _survival(e: Entry) -> str:
    if e.survival == Survival.UNKNOWN:
        return parts.unknown()
    said = Survival.of(e.survival).label(lang())
    if not e.inferred:
        return parts.how("stated", said)
    status = ", ".join(Lifecycle.of(b.status).label(lang()).lower() for b in e.born)
    why = t("inovasi.inferred", status=status)
    return f'{parts.how("rule", said)}<br><span class="sp-small">{h(why)}</span>'


def twin(
    found: Sequence[Entry], places: Callable[[str], list[Origin]]
) -> tuple[list[str], list[list[object]]]:
    """Give every innovation as a line for a download."""
    lines: list[list[object]] = [
        [
            e.name,
            _programme(e),
            e.year,
            "; ".join(n for _, n in e.by),
            "; ".join(b.name for b in e.born),
            Survival.of(e.survival).label(lang()),
            parts.places(places(e.id), limit=200),
        ]
        for e in found
    ]
    return [t(f"inovasi.column.{n}") for n in COLUMNS], lines
