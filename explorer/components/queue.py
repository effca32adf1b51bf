"""Pieces of the queue: one pair as a strip, with what speaks for and against in equal width."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.answers.queue import Row
from explorer.components import parts
from explorer.components.judging import IDENTITY, Ask
from explorer.components.pair import chance, compare
from explorer.components.sheet import rule_name
from explorer.words import date, h, num, t

BETWEEN = "~"  # the two ids of a chosen row in the address; no id holds it


def key(row: Row) -> str:
    """Name a row in the address."""
    return BETWEEN.join(row.about or ())


def ask(row: Row) -> Ask:
    """Give the form of a row: what a rule merged can only be told apart."""
    about = row.about or (row.left, row.right)
    if row.state == "merged":
        return Ask("sama", about, ("different",), title="queue.apart")
    return Ask("sama", about, IDENTITY, title="judging.pair")


def strips(rows: Sequence[Row], view: str, chosen: str | None) -> str:
    """Draw rows; the chosen one says so."""
    return "".join(_strip(r, view, bool(chosen) and key(r) == chosen) for r in rows)


def _strip(row: Row, view: str, chosen: bool) -> str:
    left, right = row.names
    said = f"<span>{h(_standing(row))}</span>"
    pro = _side(t("finding.for"), row.reasons)
    con = _side(t("finding.against"), row.against, _other(row))
    return (
        f'<section class="sp-twins{" chosen" if chosen else ""}">'
        f"<h3>{h(left)} <i>↔</i> {h(right)}</h3>{said}"
        f'<div class="for-against">{pro}{con}</div>{_actions(row, view, chosen)}</section>'
    )


def _standing(row: Row) -> str:
    if j := row.judgement:
        said = t(f"verdict.{j.decision}")
        return f"{said} · {t('verdict.said', by=j.by, at=date(j.at))}"
    if row.state == "merged":
        return t("queue.by-rule", rule=rule_name(row.by))
    return t("queue.score", p=chance(row.score or 0.0))


def _side(title: str, texts: Sequence[str], more: str = "") -> str:
    items = parts.bullets(texts) + more or f'<p class="none">{h(t("finding.nothing"))}</p>'
    return f"<div><h4>{h(title)}</h4>{items}</div>"


def _other(row: Row) -> str:
    if not (o := row.other):
        return ""
    near = row.names[0] if o.beside == row.left else row.names[1]
    said = t("queue.other-low") if o.score is None else t("queue.other-score", p=num(o.score, 2))
    link = compare(o.name, o.beside, o.id)
    return (
        f'<p class="other">{h(t("queue.other", beside=near))} {link} <small>{h(said)}</small></p>'
    )


def _actions(row: Row, view: str, chosen: bool) -> str:
    ways = []
    if row.state == "merged":
        ways.append(parts.link(t("queue.profile"), "profil", app=row.left))
    else:
        ways.append(compare(t("queue.compare"), row.left, row.right))
    if row.about is None:
        ways.append(f"<small>{h(t('queue.not-apart'))}</small>")
    elif chosen:
        ways.append(parts.link(t("queue.close"), "sama", antrean=view))
    else:
        word = "apart-short" if row.state == "merged" else "undo" if _settled(row) else "answer"
        ways.append(parts.link(t(f"queue.{word}"), "sama", antrean=view, jawab=key(row)))
    return f'<p class="ways">{"".join(ways)}</p>'


def _settled(row: Row) -> bool:
    return row.state in ("same", "different")


def twin(rows: Sequence[Row]) -> tuple[list[str], list[list[object]]]:
    """Give the rows as lines."""
    names = ("left", "right", "score", "standing", "for", "against", "other", "left-id", "right-id")
    lines: list[list[object]] = [
        [
            *r.names,
            None if r.score is None else round(r.score, 4),
            _standing(r),
            "; ".join(r.reasons),
            "; ".join(r.against),
            r.other.name if r.other else None,
            *(r.about or (r.left, r.right)),
        ]
        for r in rows
    ]
    return [t(f"column.{n}") for n in names], lines
