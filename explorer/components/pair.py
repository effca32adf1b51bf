"""Pieces of the comparison: the waterfall with its twin, both sides field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import altair as alt
import pandas as pd

from explorer import data
from explorer.answers.findings import Card, Entry, Member
from explorer.answers.pair import TEXTS, Bar, Field, Near, Pair, Value, marked
from explorer.components import charts, parts
from explorer.components.judging import IDENTITY, Ask, judging
from explorer.words import count, h, num, probability, t, th

FACE = "IBM Plex Sans Condensed"
ROW = 42  # pixels of a bar with its two lines of label
ROOM = 230  # pixels for the labels
LONGEST = 38  # characters of a line of a label
MOST_VALUES, MOST_NEAR, MOST_PAIRED = 5, 8, 10
MARK = {"equal": "=", "partly": "≈", "differ": "≠", "unknown": "?"}
BITS = 1  # decimals


def chance(p: float) -> str:
    """Write the probability of a pair: never certain, either way."""
    return t("pair.never") if p < 0.01 else probability(p)


def signed(value: float, digits: int = BITS) -> str:
    """Write a weight with its sign."""
    return ("+" if value > 0 else "") + num(value, digits)


# ------------------------------------------------------------ waterfall
def waterfall(bars: Sequence[Bar], p: float) -> alt.LayerChart | alt.FacetChart:
    """Draw the evidence in bits, from the prior to the sum.

    Each bar starts where the one above ended; the last one is their sum.
    """
    c = charts.ink()
    d = _steps(bars, p)
    labels = f"split({json.dumps(list(d['label']), ensure_ascii=False)}[datum.value], '|')"
    y = alt.Y(
        "i:O",
        title=None,
        scale=alt.Scale(padding=0),
        axis=alt.Axis(
            labelExpr=labels,
            labelLimit=ROOM,
            labelFontSize=13,
            labelLineHeight=16,
            labelPadding=12,
            domain=False,
            ticks=False,
            labelFont=FACE,
            labelColor=c.ink,
        ),
    )
    low, high = d["left"].min(), d["right"].max()
    x = alt.X(
        "left:Q",
        title=None,
        scale=alt.Scale(domain=[low - 1.5, high + 2.6]),
        axis=alt.Axis(
            gridColor=c.line,
            domain=False,
            ticks=False,
            labelColor=c.mute,
            labelFont=FACE,
            labelFontSize=12,
            tickCount=6,
            labelExpr="datum.value == 0 ? '0' : replace(format(datum.value, '+d'), '-', '−')",
        ),
    )
    colour = alt.Color(
        "role:N",
        legend=None,
        scale=alt.Scale(
            domain=["start", "plus", "minus", "sum"], range=[c.function, c.settled, c.open, c.ink]
        ),
    )
    still = alt.value(None)
    whole = alt.Chart(d)
    drawn = whole.mark_bar(height=18).encode(y=y, x=x, x2="right:Q", color=colour, tooltip=still)
    joints = (
        alt.Chart(d[d["role"] != "sum"])
        .mark_rule(color=c.mute, strokeWidth=1)
        .encode(x=alt.X("end:Q"), y=y, y2=alt.Y2("next:O"), tooltip=still)
    )
    values = whole.mark_text(align="left", dx=6, font=FACE, fontSize=13, color=c.ink).encode(
        y=y, x="right:Q", text="text:N", tooltip=still
    )
    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=c.ink, strokeWidth=1)
    return alt.layer(
        zero.encode(x="x:Q", tooltip=still),
        joints,
        drawn,
        values,
        height=ROW * len(d),
        background=c.ground,
        config={"view": {"strokeWidth": 0}},
    )


def _steps(bars: Sequence[Bar], p: float) -> pd.DataFrame:
    rows, at = [], 0.0
    for i, bar in enumerate(bars):
        role = "start" if bar.kind == "prior" else "plus" if bar.value >= 0 else "minus"
        rows.append(_step(i, label(bar), at, at + bar.value, signed(bar.value), role))
        at += bar.value
    said = f"{t('pair.sum')}|{t('pair.chance', p=chance(p))}"
    rows.append(_step(len(bars), said, 0.0, at, signed(at), "sum"))
    return pd.DataFrame(rows)


def _step(i: int, label: str, start: float, end: float, text: str, role: str) -> dict[str, object]:
    left, right = min(start, end), max(start, end)
    return {
        "i": i,
        "label": label,
        "left": left,
        "right": right,
        "end": end,
        "next": i + 1,
        "text": text,
        "role": role,
    }


def label(bar: Bar) -> str:
    """Write a bar's label in two lines: what kind of likeness, and what of it."""
    first, _, rest = bar.text.partition(": ")
    if not rest:
        first, _, rest = bar.text.partition(" (")
        rest = rest.removesuffix(")")
    return "|".join(
        parts.cut(parts.sentence(x), LONGEST).replace("|", "/") for x in (first, rest) if x
    )


def bits_table(p: Pair) -> tuple[list[str], list[list[object]]]:
    """Give the bars as lines, their sum and what it means as the last."""
    total = round(sum(b.value for b in p.bars), 4)
    lines: list[list[object]] = [[parts.sentence(b.text), round(b.value, 4)] for b in p.bars]
    lines.append([f"{t('pair.sum')}: {t('pair.chance', p=chance(p.probability or 0.0))}", total])
    return [t("column.evidence"), t("column.bits")], lines


# ------------------------------------------------------------ side by side
def fields(p: Pair) -> str:
    """Draw both sides, a field a line: its name, left, how they compare, right."""
    rows = [
        [
            f'<span class="sp-label">{h(t(f"field.{f.name}"))}</span>',
            _side(f, f.left, p.shared),
            _mark(f),
            _side(f, f.right, p.shared),
        ]
        for f in p.fields
        if f.left or f.right
    ]
    silent = [t(f"field.{f.name}") for f in p.fields if not f.left and not f.right]
    if silent:
        said = f'<p class="sp-small">{h(t("pair.silent", names=", ".join(silent)))}</p>'
    else:
        said = ""
    head = [("", "label"), (p.left.name, "side"), ("", "sign"), (p.right.name, "side")]
    return parts.table(head, rows, form="stack pair") + said


def _mark(f: Field) -> str:
    said = h(t(f"sign.{f.sign}"))
    named = f'role="img" aria-label="{said}" title="{said}"'
    return f'<span class="sp-sign {f.sign}" {named}>{MARK[f.sign]}</span>'


def _side(f: Field, values: Sequence[Value], shared: frozenset[str]) -> str:
    if not values:
        return parts.unknown()
    if f.name in TEXTS:
        return _list([_worded(v, shared) for v in values])
    first = sorted(values, key=lambda v: v.key not in f.shared)
    return _list([_value(v, v.key in f.shared, f.name) for v in first])


def _list(pieces: Sequence[str]) -> str:
    more = len(pieces) - MOST_VALUES
    shown = "".join(f"<div>{x}</div>" for x in pieces[:MOST_VALUES])
    return shown + (f'<div class="sp-small">{h(t("word.more", n=more))}</div>' if more > 0 else "")


def _worded(v: Value, shared: frozenset[str]) -> str:
    return "".join(f"<mark>{h(x)}</mark>" if both else h(x) for x, both in marked(v.text, shared))


def _value(v: Value, both: bool, name: str) -> str:
    said = parts.address(v.text) if name == "address" else h(v.text)
    if v.id:
        said = parts.link(v.text, "profil", app=v.id)
    return f'<span class="sp-both">{said}</span>' if both else said


def field_table(p: Pair) -> tuple[list[str], list[list[object]]]:
    """Give the fields as lines, with where each value stands in its source."""

    def said(values: Sequence[Value]) -> str:
        return "; ".join(v.text for v in values) or t("word.unknown")

    def where(values: Sequence[Value]) -> str:
        return parts.places((o for v in values for o in v.origins), limit=60)

    lines: list[list[object]] = [
        [
            t(f"field.{f.name}"),
            said(f.left),
            t(f"sign.{f.sign}"),
            said(f.right),
            where(f.left),
            where(f.right),
        ]
        for f in p.fields
    ]
    heads = [t("column.property"), p.left.name, t("column.sign"), p.right.name]
    return [*heads, *[f"{t('column.origin')}: {s.name}" for s in (p.left, p.right)]], lines


def origins(p: Pair) -> str:
    """Say in which rows both are described."""
    body = "".join(
        f"<p><b>{parts.link(s.name, 'profil', app=s.id)}</b>"
        f"<span class='sp-small'>{h(parts.places(s.origins) or t('profile.no-rows'))}</span></p>"
        for s in (p.left, p.right)
    )
    return parts.note("", t("pair.origins"), body)


# ------------------------------------------------------------ ways to a comparison
def compare(text: str, left: str, right: str) -> str:
    """Lead to the comparison of two applications."""
    return parts.link(text, "bandingkan", kiri=left, kanan=right)


def alike(id: str, found: Sequence[Near]) -> str:
    """List the applications most like one, each with its comparison."""
    if not found:
        return ""
    lines = "".join(
        f"<li>{h(chance(n.probability))} · {compare(n.name, id, n.id)}</li>"
        for n in found[:MOST_NEAR]
    )
    more = len(found) - MOST_NEAR
    rest = f'<p class="sp-small">{h(t("word.more", n=more))}</p>' if more > 0 else ""
    return parts.note("", count("pair.alike", len(found)), f"<ul>{lines}</ul>{rest}")


def member_pairs(card: Card, chance_of: Callable[[str], Sequence[Near]]) -> str:
    """List every pair of what a finding is about with its comparison, the most alike first."""
    members = card.members
    if not 1 < len(members) <= MOST_PAIRED:
        return ""
    known = {m.id: {n.id: n.probability for n in chance_of(m.id)} for m in members}
    pairs = sorted(combinations(members, 2), key=lambda ab: -known[ab[0].id].get(ab[1].id, 0.0))
    lines = "".join(_pair_line(a, b, known[a.id].get(b.id)) for a, b in pairs)
    return f"<ul class='sp-pairs'>{lines}</ul>"


def _pair_line(a: Member, b: Member, p: float | None) -> str:
    said = t("pair.low-short") if p is None else chance(p)
    return f"<li>{compare(f'{a.name} ↔ {b.name}', a.id, b.id)} <span>{h(said)}</span></li>"


def closest(found: Sequence[tuple[str, str, str, str, float]]) -> str:
    """List the most alike pairs of all, each with its comparison."""
    lines = "".join(
        f"<li>{compare(f'{a} ↔ {b}', left, right)} <span>{h(chance(p))}</span></li>"
        for left, a, right, b, p in found
    )
    return f"<ul class='sp-pairs'>{lines}</ul>"


def options(names: Mapping[str, str], near: Sequence[Near] = ()) -> Mapping[str, str]:
    """Give what a side can be: the neighbours of the other side first, then all by name."""
    found = {n.id: f"{chance(n.probability)} · {n.name}" for n in near}
    return found | {id: name for id, name in names.items() if id not in found} if near else names


def in_both(left: Sequence[Entry], right: Sequence[Entry]) -> list[Entry]:
    """Give the findings that both are in or cover."""
    ids = {e.id for e in right}
    return [e for e in left if e.id in ids]


def head(p: Pair, both: Sequence[Entry], facts: data.Facts) -> None:
    """Say what comes of the comparison, and on what it rests."""
    title = t(f"pair.title.{p.verdict}", left=p.left.name, right=p.right.name)
    said = t("word.unknown") if p.probability is None else chance(p.probability)
    known = sum(f.sign != "unknown" for f in p.fields)
    answers = {
        t("fact.chance"): said,
        t("fact.both-known"): t("pair.both-known", n=known, of=len(p.fields)),
        t("fact.findings"): ", ".join(e.no for e in both) or t("pair.in-none"),
    }
    lead = th(f"pair.lead.{p.verdict}")
    parts.head(t("page.bandingkan"), title, lead, answers | parts.rests_on(*facts))


def gone(
    lost: Sequence[str],
    wanted: Sequence[str | None],
    names: Mapping[str, str],
    facts: data.Facts,
) -> None:
    """Say where an id went: into the other one, by a judgement that can be taken back, or away."""
    about = tuple(id for id in wanted if id)
    held = data.decided(*about) if len(about) == 2 else None
    if held is None or held.decision != "same":
        now = {id: data.borne_by(id) for id in lost}
        if all(now.values()):
            ends = [now.get(id or "") or id for id in wanted]
            led = dict(zip(("kiri", "kanan"), ends, strict=True))
            shown = " · ".join(names[id] for id in dict.fromkeys(led.values()) if id)
            parts.show(parts.moved(", ".join(lost), shown, "bandingkan", **led))
            return
        parts.show(parts.empty(t("pair.unknown", id=", ".join(lost)), t("pair.unknown-hint")))
        parts.show(f"<p>{parts.link(t('pair.back'), 'bandingkan')}</p>")
        return
    left = [id for id in about if id in names]
    title = t("pair.merged", name=names[left[0]]) if left else t("pair.merged-elsewhere")
    parts.head(t("page.bandingkan"), title, th("pair.merged-lead"), parts.rests_on(*facts))
    if left:
        parts.show(f"<p>{parts.link(t('pair.merged-profile'), 'profil', app=left[0])}</p>")
    judging(Ask("bandingkan", about, IDENTITY, title="judging.pair"))
