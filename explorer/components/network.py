"""Pieces of the network page: where one came from, filters in the address, the chosen node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer.answers.network import Picture
from explorer.answers.profile import Neighbour
from explorer.components import parts
from explorer.components.graph import Legend, known
from explorer.words import count, h, lang, t
from graph.schema import NODE_TYPES, RELATIONS

STATE = ("app", "langkah", "buka", "tipe", "hubungan")  # of the picture, in the address
NOTHING = "-"  # in the address: none of the kinds is drawn
MOST = 8  # relations of the chosen node beside the picture
MOST_BACK = 40
TRAIL = "jejaring-jejak"
Trail = list[tuple[dict[str, str], str]]  # address and name of each picture seen


def listed(key: str) -> tuple[str, ...] | None:
    """Give the ids that the address lists; None if it lists none."""
    said = st.query_params.get(key)
    return None if not said else () if said == NOTHING else tuple(said.split(","))


def chosen(p: Picture) -> str | None:
    """Give the node that was chosen, if it is in the picture."""
    said = st.query_params.get("pilih")
    return said if said in {n.id for n in p.nodes} else None


# ------------------------------------------------------------------ where one came from
def remember(id: str, name: str) -> None:
    """Keep this picture on the way back; one that was left on that way is taken off it."""
    trail: Trail = st.session_state.setdefault(TRAIL, [])
    here = {k: st.query_params[k] for k in STATE if st.query_params.get(k)} | {"app": id}
    addresses = [address for address, _ in trail]
    if here in addresses:
        del trail[addresses.index(here) + 1 :]
    else:
        trail.append((here, name))
        del trail[:-MOST_BACK]


def back() -> str:
    """Lead to the picture before this one; to nowhere where there is none."""
    trail: Trail = st.session_state[TRAIL]
    if len(trail) < 2:
        return ""
    address, name = trail[-2]
    link = parts.link(t("network.back", name=name), "jejaring", **address)
    return f'<p class="sp-back">← {link}</p>'


def act(said: Mapping[str, Any]) -> None:
    """Change the address as somebody wished in the picture."""
    what, id = str(said.get("what")), str(said.get("id") or "")
    if what == "choose":
        _set("pilih", id)
    elif what == "open":
        now = listed("buka") or ()
        _set("buka", ",".join(now if id in now else (*now, id)))
    elif what in ("tipe", "hubungan"):
        _set(what, id)
    elif what == "back" and len(st.session_state.get(TRAIL, ())) > 1:
        address, _ = st.session_state[TRAIL][-2]
        for key in (*STATE, "pilih"):
            _set(key, address.get(key, ""))


def _set(key: str, value: str) -> None:
    if value:
        st.query_params[key] = value
    else:
        st.query_params.pop(key, None)


# ------------------------------------------------------------------ the picture
def starts(rows: Sequence[tuple[str, str, str, int]]) -> str:
    """List where one may begin: (id, type, name, relations)."""
    lines = [
        [parts.link(name, "jejaring", app=id), h(NODE_TYPES[kind].label(lang())), parts.amount(n)]
        for id, kind, name, n in rows
    ]
    columns = [("column.node", ""), ("column.kind", ""), ("network.relations", "num")]
    return parts.table([(t(k), c) for k, c in columns], lines)


def legend(
    p: Picture,
    whole: Picture,
    types: tuple[str, ...] | None,
    relations: tuple[str, ...] | None,
) -> Legend:
    """Count what is drawn by type and relation; what is left out, as it would be drawn."""
    return {
        "tipe": _counts(p.types, whole.types, types, list(NODE_TYPES)),
        "hubungan": _counts(p.relations, whole.relations, relations, list(RELATIONS)),
    }


def _counts(
    drawn: Mapping[str, int],
    whole: Mapping[str, int],
    listed: tuple[str, ...] | None,
    order: Sequence[str],
) -> dict[str, tuple[int, bool]]:
    keys = sorted(drawn.keys() | whole.keys(), key=order.index)
    on = {k: listed is None or k in listed for k in keys}
    return {k: (drawn.get(k, 0) if on[k] else whole[k], on[k]) for k in keys}


def panel(p: Picture, id: str, neighbours: Sequence[Neighbour]) -> None:
    """Say what the chosen node is, where it leads, and what is known about its relations."""
    node = next(n for n in p.nodes if n.id == id)
    kind = NODE_TYPES[node.type].label(lang())
    parts.show(
        f'<div class="sp-label">{h(kind)}</div><div class="sp-title">{h(node.name)}</div>'
        f'<p class="sp-small">{h(count("network.degree", len({n.id for n in neighbours})))}</p>'
        f'<p class="sp-go">{" · ".join(_ways(p, id, node.type, node.hidden))}</p>'
    )
    rows = [_relation(n) for n in neighbours[:MOST]]
    parts.show(f'<ul class="sp-relations">{"".join(rows)}</ul>')
    if len(neighbours) > MOST:
        more = t("network.more", n=len(neighbours) - MOST)
        parts.show(f'<p class="sp-small">{h(more)}</p>')


def _ways(p: Picture, id: str, kind: str, hidden: int) -> list[str]:
    here = {k: v for k in STATE if (v := st.query_params.get(k))}
    page, _ = parts.PAGE_OF.get(kind, parts.PROFILE)
    found = [parts.to_node(t(f"network.to-{page}"), kind, id)]
    if hidden and id not in (listed("buka") or ()):
        opened = ",".join((*(listed("buka") or ()), id))
        found.append(
            parts.link(
                t("network.open", n=hidden), "jejaring", **(here | {"buka": opened, "pilih": id})
            )
        )
    if id != p.focus:
        found.append(parts.link(t("network.centre"), "jejaring", app=id))
    return found


def _relation(n: Neighbour) -> str:
    remark = f" · {h(n.note)}" if n.note else ""
    where = parts.places(n.origins, limit=2)
    return (
        f"<li>{h(n.relation)} <b>{parts.link(n.name, 'jejaring', app=n.id)}</b>{remark}"
        f"<small>{parts.how(n.how)} {h(where)}</small></li>"
    )


def twin(p: Picture) -> tuple[list[str], list[list[object]]]:
    """Give the picture's edges with their nodes as lines."""
    by = {n.id: n for n in p.nodes}
    keys = ("from", "from-kind", "relation", "to", "to-kind", "how", "remark", "place", "step")
    lines: list[list[object]] = []
    for e in p.lines:
        a, b = by[e.source], by[e.target]
        lines.append(
            [
                a.name,
                NODE_TYPES[a.type].label(lang()),
                RELATIONS[e.relation].label(lang()),
                b.name,
                NODE_TYPES[b.type].label(lang()),
                known(e.how),
                e.remark or "",
                parts.places(e.origins, limit=50),
                max(a.hop, b.hop),
                a.id,
                b.id,
            ]
        )
    headings = [t(f"network.column.{k}") for k in keys]
    return [*headings, t("network.column.from-id"), t("network.column.to-id")], lines
