"""A node among its neighbours, as strands that meet in a knot: links and still lines, no script.

The rows have a fixed height, so the ends of every strand are known here and the browser only
stretches the drawing sideways. Line = certainty: solid stated, double derived, dashed assumed.
`st.html` drops SVG elements, so each kind of line is a mask over a ground in the theme's colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from explorer.answers.profile import SHAPES, Neighbour
from explorer.components.parts import PAGE_OF, PROFILE, href
from explorer.words import h, t

ROW, CAP, GAP = 28, 22, 12  # pixels: an item, the caption of a relation, between relations
KNOT = 88
MOST = 12  # on a side; the table below holds all
MOST_OF_ONE = 8
STROKES = {  # white shows the ground, black hides it: a double line is a line inside a line
    "stated": (("#fff", 1.6, ""),),
    "judged": (("#fff", 1.6, ""),),
    "rule": (("#fff", 4.4, ""), ("#000", 1.8, "")),
    "assumed": (("#fff", 1.8, "5 4"),),
    "unknown": (("#fff", 1.6, "1.5 3"),),
}
Group = tuple[str, list[Neighbour], int]  # relation, those shown, how many are not


def strands(name: str, sub: str, neighbours: Sequence[Neighbour], label: str) -> str:
    """Draw a node between what leads to it and what it leads to."""
    left = _groups([n for n in neighbours if n.side == "left"])
    right = _groups([n for n in neighbours if n.side == "right"])
    height = max(_tall(left), _tall(right), KNOT + 16)
    knot = f'<div class="mid"><span>{h(name)}</span><small>{h(sub)}</small></div>'
    return (
        f'<div class="sp-knot" role="group" aria-label="{h(label)}">'
        f"{_side(left, 'l')}{_lines(left, height, leftwards=True)}{knot}"
        f"{_lines(right, height, leftwards=False)}{_side(right, 'r')}</div>"
    )


def key() -> str:
    """Explain the shapes."""
    marks = "".join(
        f"<span>{_icon(k)}{h(t(f'shape.{k}'))}</span>"
        for k in (
            "app",
            "agency",
            "function",
            "data",
            "interface",
            "service",
            "innovation",
            "rule",
            "finding",
        )
    )
    return f'<div class="sp-key shapes">{marks}</div>'


def _groups(items: Sequence[Neighbour]) -> list[Group]:
    by: dict[str, list[Neighbour]] = {}
    for n in items:
        by.setdefault(n.relation, []).append(n)
    found, left = [], MOST
    for relation, members in by.items():
        shown = members[: max(1, min(MOST_OF_ONE, left))]
        left -= len(shown)
        found.append((relation, shown, len(members) - len(shown)))
    return found


def _rows(group: Group) -> int:
    return len(group[1]) + bool(group[2])


def _tall(groups: Sequence[Group]) -> int:
    return sum(CAP + _rows(g) * ROW + GAP for g in groups) - (GAP if groups else 0)


def _side(groups: Sequence[Group], side: str) -> str:
    return f'<div class="side {side}">{"".join(map(_group, groups))}</div>'


def _group(group: Group) -> str:
    relation, members, more = group
    items = "".join(map(_item, members))
    if more:
        items += f'<div class="it more">{h(t("strands.more", n=more))}</div>'
    return f'<div class="cap">{h(relation)}</div>{items}<div class="gap"></div>'


def _item(n: Neighbour) -> str:
    page, param = PAGE_OF.get(n.type, PROFILE)
    title = f"{n.relation}: {n.name} ({t(f'how.{n.how}')})"
    return (
        f'<a class="it {n.how}" href="{h(href(page, **{param: n.id}))}" target="_self" '
        f'title="{h(title)}">{_icon(SHAPES.get(n.type, "app"))}<span>{h(n.name)}</span></a>'
    )


def _icon(kind: str) -> str:
    return f'<i class="n {kind}" aria-hidden="true"></i>'


def _lines(groups: Sequence[Group], height: int, leftwards: bool) -> str:
    """Draw the strands of a side from the middle of each item to the knot."""
    ends = []
    y = (height - _tall(groups)) / 2
    for group in groups:
        y += CAP
        for n in group[1]:
            ends.append((y + ROW / 2, n.how))
            y += ROW
        y += GAP + (ROW if group[2] else 0)
    spread = min(64, len(ends) * 6)
    curves: dict[str, list[str]] = {}
    for i, (at, how) in enumerate(ends):
        port = height / 2 - spread / 2 + (i * spread / (len(ends) - 1) if ends[1:] else spread / 2)
        a, b = (at, port) if leftwards else (port, at)
        curves.setdefault(how, []).append(f"M0 {a:.1f}C50 {a:.1f} 50 {b:.1f} 100 {b:.1f}")
    layers = "".join(_layer(how, "".join(d), height) for how, d in curves.items())
    return f'<div class="lines" style="height:{height}px" aria-hidden="true">{layers}</div>'


def _layer(how: str, curve: str, height: int) -> str:
    """Draw the lines of one certainty."""
    paths = "".join(
        f'<path d="{curve}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-dasharray="{dashes}" vector-effect="non-scaling-stroke"/>'
        for colour, width, dashes in STROKES[how]
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {height}" '
        f'preserveAspectRatio="none">{paths}</svg>'
    )
    return f'<i class="{how}" style="mask-image:url(\'data:image/svg+xml,{quote(svg)}\')"></i>'
