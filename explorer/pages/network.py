"""Network: a node, what is up to three steps around it, and how each relation is known."""

import streamlit as st

from explorer import data
from explorer.components import choice, download, graph, network, parts
from explorer.words import count, h, lang, t

facts, wanted = data.facts(), st.query_params.get("app")
if not wanted:
    lead = h(t("network.choose-lead"))
    parts.head(t("page.jejaring"), t("network.choose"), lead, parts.rests_on(*facts))
    parts.show(network.starts(data.most_connected(30, lang())))
    st.stop()
name = data.name(wanted)
if name is None and (now := data.borne_by(wanted)):
    name = data.name(now) or now
    parts.show(parts.moved(wanted, name, "jejaring", app=now))
    wanted = now
if name is None:
    parts.show(parts.empty(t("profile.unknown", id=wanted), t("profile.unknown-hint")))
    st.stop()
network.remember(wanted, name)
parts.show(network.back())
around = data.network(wanted, 1, (), None, None, lang())
n = len(around.nodes) - 1 + around.nodes[0].hidden
title = count("network.title", n, name=around.nodes[0].name)
parts.head(t("page.jejaring"), title, h(t("network.lead")), parts.rests_on(*facts))
if not n:
    parts.show(parts.empty(t("profile.alone"), t("profile.alone-hint")))
    st.stop()
steps = int(choice.view("langkah", ("1", "2", "3")))
opened = network.listed("buka") or ()
types, relations = network.listed("tipe"), network.listed("hubungan")
p = data.network(wanted, steps, opened, types, relations, lang())
whole = data.network(wanted, steps, opened, None, None, lang())
chosen = network.chosen(p)
left, right = st.columns([0.7, 0.3], gap="large")
with left:
    version = f"{facts.version}:{hash((p.focus, steps, opened, types, relations, lang()))}"
    graph.ego(p, version, chosen, network.legend(p, whole, types, relations), network.act)
    parts.show(f'<p class="sp-small">{h(t("network.lines"))}</p>')
with right:
    shown = chosen or wanted
    network.panel(p, shown, data.neighbours(shown, lang()))
st.space("small")
drawn = t("network.drawn-remark", nodes=len(p.nodes) - 1, lines=len(p.lines), steps=steps)
parts.heading(t("network.twin-title"), drawn)
if p.rests or p.cut or any(n.hidden for n in p.nodes if n.hop < steps):
    parts.show(parts.empty(t("network.cut"), t("network.cut-hint")))
download.folded(
    t("network.twin"), lambda: network.twin(p), len(p.lines), "jejaring", "jejaring-unduh"
)
