"""Pieces of the integration page: choices, the flow of data, the systems most joined, the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer import data
from explorer.answers.integration import End, Exchange, Part
from explorer.answers.profile import LINES
from explorer.components import charts, parts
from explorer.components.charts import Link, Node
from explorer.components.choice import choice
from explorer.words import count, date, h, lang, num, t
from graph.schema.codes import Certainty, ExchangeStatus
from graph.schema.records import Origin

MOST = 50
MOST_SYSTEMS = 400  # of the choice: the most joined ones; any other comes by its profile
MOST_HUBS = 12
MOST_TEXT = 160
LAYER_ROLE = ("app", "data", "app")


def choices(every: Part) -> Part:
    """Draw the choices; give the exchanges that pass. Their state stands in the address."""
    with st.container(horizontal=True, key="filters"):
        entity = choice("data", data.kinds_of_data(lang()))
        system = choice("sistem", _systems(every), width=280)
        kind = choice("kepastian", {str(c): c.label(lang()) for c in Certainty})
        status = choice("status", {str(s): s.label(lang()) for s in ExchangeStatus})
    return data.exchanges_of(lang(), entity, system, kind, status)


def _systems(every: Part) -> dict[str, str]:
    """Give the systems to choose from: the most joined, and the one that the address names."""
    names = {a.id: a.name for a, _, _ in every.hubs[:MOST_SYSTEMS]}
    wanted = st.query_params.get("sistem")
    if wanted and wanted not in names:
        ends = (end for e in every.found for end in (e.provider, e.consumer))
        names |= {end.id: end.name for end in ends if end.id == wanted}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def flow(part: Part) -> None:
    """Draw provider → data → consumer; what is assumed has the colour of what is not settled."""
    bars = {end for s in part.strands for end in (s.source, s.target)}
    names = _names(part)
    links = [
        Link(
            str(s.source),
            str(s.target),
            s.amount,
            "open" if s.kind == Certainty.ASSUMED else "settled",
            f"{_bar(s.source, names)} → {_bar(s.target, names)}: "
            + count(
                f"integrasi.{'dugaan' if s.kind == Certainty.ASSUMED else 'tercatat'}", s.amount
            ),
        )
        for s in part.strands
    ]
    through = {bar: charts.through(str(bar), links) for bar in bars}
    nodes = [
        Node(_bar(bar, names), through[bar], LAYER_ROLE[bar[0]], bar[0], str(bar))
        for bar in sorted(bars, key=lambda b: (b[0], -through[b] if b[1] else 1, b[1]))
    ]
    spec = charts.strands(nodes, links, margins=(265, 200))
    st.echarts_chart(
        spec,
        height=max(220, 64 * charts.tallest(nodes)),
        key="integrasi-alur",
        renderer="svg",
        alt=t("integrasi.alt"),
    )


def flow_table(part: Part) -> str:
    """Give the strands as a table."""
    names = _names(part)
    heads = [(t(f"integrasi.column.{n}"), "") for n in ("from", "to", "certainty")]
    rows = [
        [
            h(_bar(s.source, names)),
            h(_bar(s.target, names)),
            certainty(s.kind),
            h(num(s.amount)),
        ]
        for s in part.strands
    ]
    return parts.table([*heads, (t("integrasi.column.amount"), "num")], rows)


def _names(part: Part) -> dict[tuple[int, str], str]:
    return {bar: name or t("integrasi.no-data") for bar, name in part.names.items()}


def _bar(bar: tuple[int, str], names: dict[tuple[int, str], str]) -> str:
    return names[bar] if bar[1] else t(f"integrasi.others.{bar[0]}")


def certainty(kind: str) -> str:
    """Write how an exchange is known, with its line."""
    return parts.how(LINES[kind], Certainty.of(kind).label(lang()))


def key() -> str:
    """Explain the two colours of the flow."""
    marks = "".join(
        f'<span><i style="background:var({colour})"></i>{h(t(f"integrasi.key-{name}"))}</span>'
        for name, colour in (("sure", "--sp-wedel"), ("guess", "--sp-soga-fill"))
    )
    return f'<div class="sp-key">{marks}</div>'


def left_out(n: int) -> str:
    """Say how many exchanges are about other data than those drawn."""
    return f'<p class="sp-small">{h(count("integrasi.left-out", n))}</p>' if n else ""


def hub_table(hubs: Sequence[tuple[End, int, int]]) -> str:
    """Draw the systems that are joined most, by how many systems they send to and hear from."""
    heads = [(t("column.application"), "")] + [
        (t(f"integrasi.column.{n}"), "num") for n in ("sends", "receives")
    ]
    rows = [[_end(a), h(num(out)), h(num(into))] for a, out, into in hubs[:MOST_HUBS]]
    return parts.table(heads, rows)


def _end(end: End) -> str:
    named = parts.link(end.name, "profil", app=end.id)
    return f'{named} <span class="sp-small">{h(t("integrasi.many"))}</span>' if end.many else named


def listed(found: Sequence[Exchange], places: Callable[[str], list[Origin]]) -> str:
    """Draw the exchanges one by one, with how each is known and where it stands."""
    names = ("from", "to", "data", "certainty", "status", "channel", "basis", "place")
    rows = [
        [
            _end(e.provider),
            _end(e.consumer),
            parts.link(e.data_name, "profil", app=e.data) if e.data_name else parts.unknown(),
            certainty(e.kind),
            _status(e),
            h(e.channel) if e.channel else parts.unknown(),
            _basis(e),
            f'<span class="sp-small">{h(parts.places(places(e.id), limit=3))}</span>',
        ]
        for e in found[:MOST]
    ]
    return parts.table([(t(f"integrasi.column.{n}"), "") for n in names], rows)


def _status(e: Exchange) -> str:
    if e.status == ExchangeStatus.UNKNOWN:
        return parts.unknown()
    since = f'<br><span class="sp-small">{h(t("integrasi.since", date=_since(e.since)))}</span>'
    return h(ExchangeStatus.of(e.status).label(lang())) + (since if e.since else "")


def _since(text: str | None) -> str:
    """Write a date as the language does; a source may hold words instead."""
    try:
        return date(text)
    except (ValueError, KeyError):
        return str(text)


def _basis(e: Exchange) -> str:
    why = f'<br><span class="sp-small">{h(parts.cut(e.reason, MOST_TEXT))}</span>'
    return (h(e.basis) if e.basis else parts.unknown()) + (why if e.reason else "")


def twin(
    found: Sequence[Exchange], places: Callable[[str], list[Origin]]
) -> tuple[list[str], list[list[object]]]:
    """Give every exchange as a line for a download."""
    names = (
        "from", "to", "data", "certainty", "status", "channel", "since", "basis", "remark", "place"
    )  # fmt: skip
    lines: list[list[object]] = [
        [
            e.provider.name,
            e.consumer.name,
            e.data_name,
            Certainty.of(e.kind).label(lang()),
            ExchangeStatus.of(e.status).label(lang()),
            e.channel,
            e.since,
            e.basis,
            e.reason,
            parts.places(places(e.id), limit=200),
        ]
        for e in found
    ]
    return [t(f"integrasi.column.{n}") for n in names], lines
