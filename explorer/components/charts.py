"""Chart specifications for `st.echarts_chart`; numbers arrive in them as ready-made text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from explorer.answers.landscape import Matrix
from explorer.words import count, num, t

Spec = dict[str, Any]
NARROW = 560  # pixels
WIDE, FEW_COLUMNS = 52, 9
FIXED = {"outerBoundsMode": "none"}  # else long labels move one grid and not the other
FACE = "IBM Plex Sans Condensed, IBM Plex Sans, sans-serif"
STEPS = ("1", "2", "3", "4–5", "6–8", "≥ 9")
FROM = (1, 2, 3, 4, 6, 9)  # smallest amount of each step
WHITE, INK = "#ffffff", "#12182c"


class Ink(NamedTuple):
    """The colours of a theme, by what they mean; the same values stand in look.css."""

    ground: str
    sheet: str
    line: str
    ink: str
    mute: str
    settled: str
    open: str
    app: str
    data: str
    peer: str
    function: str
    steps: tuple[str, ...]


LIGHT = Ink(
    ground="#ffffff",
    sheet="#f4f5f9",
    line="#d5d9e5",
    ink=INK,
    mute="#565e75",
    settled="#2f3e86",
    open="#c07d22",
    app="#25316b",
    data="#93388f",
    peer="#4f8fc4",
    function="#6b7187",
    steps=("#e4e8f5", "#b9c1e2", "#8795cb", "#5567ad", "#2f3e86", "#1b2450"),
)
DARK = Ink(
    ground="#0e1424",
    sheet="#172036",
    line="#2d3854",
    ink="#e9ecf5",
    mute="#a9b2c8",
    settled="#a9b6f5",
    open="#e3ab5c",
    app="#a9b6f5",
    data="#c46bcc",
    peer="#c9ebfb",
    function="#7d869e",
    steps=("#222d4b", "#33426c", "#4a5c92", "#6f82c2", "#a9b6f5", "#dfe4ff"),
)


class Node(NamedTuple):
    """A bar of the flow: its name, amount, colour role, layer, and what links call it by."""

    name: str
    amount: int
    role: str
    layer: int
    key: str = ""  # else its name


class Link(NamedTuple):
    """A strand between two bars, by their keys, with its colour role and what it says."""

    source: str
    target: str
    amount: int
    role: str
    says: str


class Room(NamedTuple):
    """How a flow is drawn within a width in pixels: margins, and how long its names may be.

    `within` and `wrap` are of the names between two layers: letters, and pixels of a line.
    """

    least: int
    most: int
    left: int
    right: int
    gap: int
    size: float
    beside: int
    within: int
    wrap: int


BAR = 7  # pixels, the width of a bar
ROOMS = (
    Room(0, 379, 96, 92, 18, 11.5, 12, 0, 0),
    Room(380, NARROW, 112, 104, 18, 11.5, 14, 20, 66),
    Room(NARROW + 1, 720, 180, 150, 16, 13, 20, 24, 100),
    Room(721, 1000, 220, 170, 13, 14, 22, 28, 146),
)


def ink() -> Ink:
    """Give the colours of the theme in use."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def step(n: int) -> int:
    """Give the shade of an amount."""
    return sum(n >= least for least in FROM) - 1


def shades() -> list[tuple[str, str]]:
    """Give the shades with the amounts they stand for."""
    return list(zip(STEPS, ink().steps, strict=True))


def base(**spec: object) -> Spec:
    """Give what all our charts share: faces, colours, a quiet tooltip."""
    c = ink()
    return {
        "animationDuration": 250,
        "textStyle": {"fontFamily": FACE, "color": c.ink},
        "tooltip": {
            "backgroundColor": c.ground,
            "borderColor": c.line,
            "textStyle": {"color": c.ink, "fontFamily": FACE, "fontSize": 14},
            "confine": True,
        },
        **spec,
    }


# ---------------------------------------------------------------- function × agency
def woven(m: Matrix, names: Mapping[str, str]) -> Spec:
    """Draw function × agency: shade = applications, frame and ◆ = a finding, bars = row totals.

    Parameters
    ----------
    names
        Key of a row → the short name for its axis.
    """
    labels = [names.get(r.key, r.short) for r in m.rows]
    c = ink()
    text = {"fontFamily": FACE, "color": c.ink, "fontSize": 13}
    hair = {"show": True, "lineStyle": {"color": c.line, "width": 1}}
    plain: Spec = {"axisTick": {"show": False}, "axisLine": {"show": False}, "splitLine": hair}
    totals = [len({a for (x, y), ids in m.cells.items() if y == j for a in ids}) for j in _ys(m)]
    left = min(230, 40 + 7 * max(map(len, labels), default=0))
    top = _top(m)
    # few columns keep the width of many, or two bodies would fill the page
    wide = {"width": WIDE * len(m.columns)} if len(m.columns) < FEW_COLUMNS else {"right": 96}
    bars = {"left": left + wide["width"] + 12} if "width" in wide else {"right": 6}
    full = base(
        title=_small_title(t("matrix.total"), top - 22, c, bars),
        grid=[
            {"left": left, **wide, "top": top, "bottom": 6, **FIXED},
            {"width": 70, **bars, "top": top, "bottom": 6, **FIXED},
        ],
        xAxis=[
            {
                "type": "category",
                "data": [a.short for a in m.columns],
                "position": "top",
                "axisLabel": {**text, "rotate": -50, "interval": 0, "fontSize": 12.5},
                **plain,
            },
            {"type": "value", "gridIndex": 1, "show": False, "max": max(totals, default=1) * 1.45},
        ],
        yAxis=[
            {"type": "category", "data": labels, "inverse": True, "axisLabel": text, **plain},
            {"type": "category", "data": labels, "inverse": True, "gridIndex": 1, "show": False},
        ],
        series=[_heat(m, labels, c), _bars(totals, c)],
    )
    return {"baseOption": full, "media": [{"query": {"maxWidth": NARROW}, "option": _slim()}]}


def height(m: Matrix) -> int:
    """Give the matrix's height in pixels."""
    return len(m.rows) * 27 + _top(m) + 8


def _top(m: Matrix) -> int:
    """Give the room for the names of the columns, which stand at 50 degrees."""
    return 28 + round(5.2 * max((len(a.short) for a in m.columns), default=0))


def _ys(m: Matrix) -> range:
    return range(len(m.rows))


def _small_title(text: str, top: int, c: Ink, beside: Spec) -> Spec:
    style = {"fontFamily": FACE, "fontSize": 12.5, "fontWeight": 400, "color": c.mute}
    side = beside if "left" in beside else {"right": 50}
    return {"text": text, **side, "top": top, "padding": 0, "textStyle": style}


def _heat(m: Matrix, labels: Sequence[str], c: Ink) -> Spec:
    return {
        "type": "heatmap",
        "data": [
            _cell(x, y, len(apps), (x, y) in m.marked, f"{labels[y]} · {m.columns[x].full}", c)
            for (x, y), apps in m.cells.items()
        ],
        "selectedMode": "single",
        "label": {"show": True, "fontSize": 12, "fontFamily": FACE},
        "itemStyle": {"borderColor": c.ground, "borderWidth": 1.5},
        "emphasis": {"itemStyle": {"borderColor": c.ink, "borderWidth": 1.5}},
        "select": {"itemStyle": {"borderColor": c.ink, "borderWidth": 3}},
        "tooltip": {"formatter": "{b}"},
    }


def _cell(x: int, y: int, n: int, marked: bool, where: str, c: Ink) -> Spec:
    at = step(n)
    dark = at >= 3 if c is LIGHT else at < 3
    colour = WHITE if dark else INK
    frame = {"borderColor": c.open, "borderWidth": 2.5} if marked else {}
    rhomb = {"fontSize": 7, "color": colour, "verticalAlign": "top", "padding": [0, 0, 0, 1]}
    label = {"color": colour, "formatter": f"{n}{{m|◆}}" if marked else str(n)}
    return {
        "value": [x, y, n],
        "itemStyle": {"color": c.steps[at], **frame},
        "label": {**label, "rich": {"m": rhomb}},
        "name": f"{where}: {count('count.applications', n)}",
    }


def _bars(totals: Sequence[int], c: Ink) -> Spec:
    label = {
        "show": True,
        "position": "right",
        "fontSize": 12.5,
        "color": c.ink,
        "fontFamily": FACE,
    }
    return {
        "type": "bar",
        "xAxisIndex": 1,
        "yAxisIndex": 1,
        "barWidth": 9,
        "silent": True,
        "itemStyle": {"color": c.mute},
        "tooltip": {"show": False},
        "data": [{"value": n, "label": {"formatter": num(n)}} for n in totals],
        "label": label,
    }


def _slim() -> Spec:
    return {
        "title": {"show": False},
        "grid": [{"left": 124, "right": 6}, {"width": 0, "right": 0}],
        "xAxis": [{"axisLabel": {"fontSize": 11, "rotate": 90}}, {}],
        "yAxis": [{"axisLabel": {"fontSize": 11.5}}, {}],
        "series": [
            {"label": {"fontSize": 10}},
            {"label": {"show": False}, "itemStyle": {"opacity": 0}},
        ],
    }


# ---------------------------------------------------------------- flow
def through(key: str, links: Iterable[Link]) -> int:
    """Give what goes through a bar: what leaves it, else, in the last layer, what arrives."""
    leaves, arrives = 0, 0
    for x in links:
        leaves += x.amount * (x.source == key)
        arrives += x.amount * (x.target == key)
    return leaves or arrives


def tallest(nodes: Iterable[Node]) -> int:
    """Give how many bars the fullest layer has; 1 where there is none."""
    return max(Counter(n.layer for n in nodes).values(), default=1)


def flow(
    nodes: Sequence[Node], links: Sequence[tuple[str, str, int]], units: Sequence[str]
) -> Spec:
    """Draw strands from sources to findings; a link takes the colour of what it leads to.

    Parameters
    ----------
    units
        What links count, by the layer that they leave.
    """
    at = {n.name: n for n in nodes}
    made = [
        Link(a, b, n, at[b].role, f"{a} → {b}: {num(n)} {units[at[a].layer]}") for a, b, n in links
    ]
    return strands(nodes, made)


def strands(
    nodes: Sequence[Node], links: Sequence[Link], margins: tuple[int, int] = (250, 196)
) -> Spec:
    """Draw bars in layers and the strands between them, each in the colour of its role."""
    c = ink()
    series = {
        "type": "sankey",
        "data": [_bar(n, c) for n in nodes],
        "links": [
            {
                "source": x.source,
                "target": x.target,
                "value": x.amount,
                "lineStyle": {"color": getattr(c, x.role), "opacity": 0.28},
                "name": x.says,
            }
            for x in links
        ],
        "left": margins[0],
        "right": margins[1],
        "top": 12,
        "bottom": 12,
        "nodeWidth": BAR,
        "nodeGap": 13,
        "layoutIterations": 0,
        "draggable": False,
        "label": {"fontFamily": FACE, "fontSize": 14, "color": c.ink},
        "emphasis": {"focus": "adjacency", "lineStyle": {"opacity": 0.5}},
        "tooltip": {"formatter": "{b}"},
    }
    last = max((n.layer for n in nodes), default=0)
    media = [_room(r, nodes, last, c) for r in ROOMS]
    wide = {"left": margins[0], "right": margins[1]}
    full = {"data": [_bar(n, c) for n in nodes]} | wide
    return {
        "baseOption": base(series=[series]),
        "media": [*media, {"option": {"series": [full]}}],  # the last holds where none fits
    }


def _room(r: Room, nodes: Sequence[Node], last: int, c: Ink) -> Spec:
    """Say how a flow is drawn within a width."""
    query = {"minWidth": r.least, "maxWidth": r.most}
    data = [_bar(n, c, r, middle=0 < n.layer < last) for n in nodes]
    series = {"left": r.left, "right": r.right, "nodeGap": r.gap, "data": data}
    return {"query": query, "option": {"series": [series]}}


def _bar(n: Node, c: Ink, room: Room | None = None, *, middle: bool = False) -> Spec:
    if room is not None:
        return _bar(n, c) | {"label": _fitted(n, room, middle)}
    big = {"fontWeight": 500, "fontSize": 16, "fontFamily": FACE, "color": c.ink}
    return {
        "name": n.key or n.name,
        "depth": n.layer,
        "tooltip": {"formatter": f"{n.name}: {num(n.amount)}"},
        "itemStyle": {"color": getattr(c, n.role), "borderWidth": 0},
        "label": {
            "position": "right" if n.layer else "left",
            "formatter": f"{{n|{num(n.amount)}}} {_cut(n.name, 32)}",
            "rich": {"n": big},
        },
    }


def _fitted(n: Node, room: Room, middle: bool) -> Spec:
    """Write a name beside its bar; between two layers it breaks before it meets the next one."""
    name = _cut(n.name, room.within if middle else room.beside)
    label: Spec = {
        "fontSize": room.size,
        "formatter": f"{num(n.amount)} {name}".strip(),
        "position": "right" if n.layer else "left",
    }
    if middle and room.wrap:
        label |= {"width": room.wrap, "overflow": "break", "lineHeight": round(room.size * 1.2)}
    return label


def _cut(text: str, most: int) -> str:
    return "" if not most else text if len(text) <= most else text[: most - 1].rstrip() + "…"
