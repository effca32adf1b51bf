"""The network and the map in the browser; see `frontend/src/graph.js`.

What is done there arrives as one event, `act`, before the page runs again; the page's state stands
in the address, and so the event only changes the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.answers.atlas import CODES, WHOLE, Atlas
from explorer.answers.network import Picture
from explorer.answers.profile import SECOND_SIDE, SHAPES
from explorer.frontend import component
from explorer.words import count, lang, num, t
from graph.schema import NODE_TYPES, RELATIONS

_graph = component("graph", css="graph.css")
HEIGHT, MAP_HEIGHT = 580, 720
Act = Callable[[Mapping[str, Any]], None]
Legend = Mapping[str, Mapping[str, tuple[int, bool]]]  # tipe | hubungan → key → (how many, drawn)


def ego(p: Picture, version: str, chosen: str | None, legend: Legend, act: Act) -> None:
    """Draw a node among its neighbours.

    Parameters
    ----------
    version
        Says what is drawn: the same one is not laid out again.
    chosen
        The node that the others are dimmed for.
    """
    hops = {n.id: n.hop for n in p.nodes}
    data = {
        "kind": "ego",
        "version": version,
        "height": HEIGHT,
        "focus": p.focus,
        "chosen": chosen,
        "nodes": {
            "id": [n.id for n in p.nodes],
            "name": [n.name for n in p.nodes],
            "look": [SHAPES.get(n.type, "app") for n in p.nodes],
            "hop": [n.hop for n in p.nodes],
            "degree": [n.degree for n in p.nodes],
            "said": [_said(n.type, n.hidden) for n in p.nodes],
            "x": [round(n.x, 3) for n in p.nodes],
            "y": [round(n.y, 3) for n in p.nodes],
        },
        "rests": {
            "parent": [r.parent for r in p.rests],
            "label": [t("network.rest", n=r.n) for r in p.rests],
            "x": [round(r.x, 3) for r in p.rests],
            "y": [round(r.y, 3) for r in p.rests],
        },
        "lines": {
            "s": [e.source for e in p.lines],
            "t": [e.target for e in p.lines],
            "how": [e.how for e in p.lines],
            "known": [known(e.how) for e in p.lines],
            "forth": [RELATIONS[e.relation].label(lang()) for e in p.lines],
            "back": [RELATIONS[e.relation].label(lang(), backwards=True) for e in p.lines],
            "arrow": [e.relation not in SECOND_SIDE for e in p.lines],
            "tree": [hops[e.source] != hops[e.target] for e in p.lines],
        },
        "legend": _legend(legend),
        "words": {
            "label": t("network.alt", name=p.nodes[0].name),
            "help": t("network.keys"),
            "zoom": _zoom(),
            "around": t("network.around"),
            "place": t("network.neighbour"),
        },
    }
    _draw("jejaring-graf", data, HEIGHT, act)


def known(how: str) -> str:
    """Say how an edge is known; one that was stopped says so instead."""
    return t("network.blocked") if how == "blocked" else t(f"how.{how}")


def _said(kind: str, hidden: int) -> str:
    name = NODE_TYPES[kind].label(lang())
    return f"{name}, {count('network.hidden', hidden)}" if hidden else name


def _legend(legend: Legend) -> list[dict[str, Any]]:
    names = {
        "tipe": lambda key: NODE_TYPES[key].label(lang()),
        "hubungan": lambda key: RELATIONS[key].label(lang()),
    }
    return [
        {
            "key": group,
            "title": t(f"network.legend.{group}"),
            "items": [
                {
                    "key": key,
                    "label": names[group](key),
                    "count": num(n),
                    "on": on,
                    "look": SHAPES.get(key, "app"),
                }
                for key, (n, on) in items.items()
            ],
        }
        for group, items in legend.items()
    ]


def _zoom() -> dict[str, str]:
    return {k: t(f"zoom.{k}") for k in ("group", "in", "out", "fit")}


def columns(a: Atlas, version: int) -> None:
    """Send the map's columns; Streamlit sends nothing while they stay the same."""
    data = {
        "kind": "columns",
        "store": "map",
        "version": f"{version}:{lang()}",
        "id": a.id,
        "name": a.name,
        "x": a.x,
        "y": a.y,
        "radius": a.radius,
        "whole": WHOLE,
        **a.codes,
        "governments": {
            "id": a.governments.id,
            "label": a.governments.name,
            "x": a.governments.x,
            "y": a.governments.y,
            "r": a.governments.r,
        },
        "levels": {
            "label": [
                f"{t(f'level.{k}')} · {num(n)}"
                for k, n in zip(a.levels.id, a.levels.n, strict=True)
            ],
            "x": a.levels.x,
            "y": a.levels.y,
            "r": a.levels.r,
        },
    }
    _graph(key="peta-kolom", data=data, height=0)


def landscape(
    version: int,
    colouring: str,
    chosen: str | None,
    zoom: str,
    marked: Sequence[int],
    said: str,
    act: Act,
) -> None:
    """Draw the map whose columns `columns` sends.

    Parameters
    ----------
    colouring
        One of CODES.
    zoom
        The government that fills the picture; "" shows all.
    marked
        Places of the applications that a search found.
    said
        What is seen, in a sentence for those who hear the page.
    """
    data = {
        "kind": "map",
        "store": "map",
        "version": f"{version}:{lang()}",
        "height": MAP_HEIGHT,
        "column": colouring,
        "palette": [look(colouring, key) for key in CODES[colouring]],
        "chosen": chosen,
        "zoom": zoom,
        "marked": list(marked),
        "words": {
            "label": t("map.alt"),
            "help": t("map.keys"),
            "zoom": _zoom(),
            "said": said,
        },
    }
    _draw("peta-graf", data, MAP_HEIGHT, act)


def look(colouring: str, key: str) -> dict[str, str | None]:
    """Give the colours of a value, as names of `look.css`: not known is hollow, in soga."""
    if key == "unknown":
        return {"fill": "--sp-bg", "rim": "--sp-soga-fill"}
    if colouring == "temuan":
        rims = {"indicated": "--sp-soga-fill", "accepted": "--sp-jolawe"}
        return {"fill": "--f-none" if key == "none" else "--sp-bg", "rim": rims.get(key)}
    return {"fill": f"--f-{key}", "rim": None}


def _draw(key: str, data: dict[str, Any], height: int, act: Act) -> None:
    """Mount the component; an event is handed over once, before the page runs again."""

    def acted() -> None:
        said = st.session_state.get(key, {}).get("act")
        if said:
            act(said)

    _graph(key=key, data=data, height="content", on_act_change=acted)
