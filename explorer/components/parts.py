"""Pieces of a page as HTML with our own classes (look.css); every value is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from explorer.words import KEY, date, h, lang, num, percent, t
from graph.errors import SimpulError
from graph.schema.records import Origin
from ingest.readers.records import ranges

Cells = Sequence[str]
PAGE_OF = {"Finding": ("temuan", "temuan")}  # node type → page, and the name of the id there
PROFILE = ("profil", "app")
MARKS = re.compile(  # only where it would act as a mark: a label is read aloud as it is written
    r"(\\(?=[!-/:-@\[-`{-~])|[`*~\[<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|:(?=[A-Za-z])"
    r"|^[#+>-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|\$(?=.*\$)|\$$)"
)
Column = tuple[str, str]  # heading, class of its cells
MOST_NAMED = 3


def show(*pieces: str) -> None:
    """Put pieces on the page."""
    st.html('<div class="sp">' + "".join(pieces) + "</div>")


def head(section: str, title: str, lead: str, rests_on: Mapping[str, str], mark: str = "") -> None:
    """Say what the sheet says, and what it rests on; `lead` and `mark` are HTML."""
    facts = "".join(f"<dt>{h(k)}</dt><dd>{h(v)}</dd>" for k, v in rests_on.items())
    show(
        f'<header class="sp-head"><div><div class="sp-label">{mark}{h(section)}</div>'
        f'<h1>{h(title)}</h1><p class="lead">{lead}</p></div><dl>{facts}</dl></header>'
    )


def heading(title: str, remark: str = "") -> None:
    """Head a section, with a remark on its line."""
    show(f'<h2 class="sp-h2"><b>{h(title)}</b><span>{h(remark)}</span></h2>')


def stamp(status: str) -> str:
    """Say how far a finding has come."""
    return f'<span class="sp-stamp {status}">{h(t(f"state.{status}"))}</span>'


def how(kind: str, text: str = "") -> str:
    """Say how a fact is known: its line is the certainty."""
    return f'<span class="sp-tag {kind}">{h(text or t(f"how.{kind}"))}</span>'


def href(page: str, **values: str | None) -> str:
    """Give the address of a page; the language goes along, for whoever opens the link elsewhere."""
    query = {k: v for k, v in values.items() if v} | ({KEY: "en"} if lang() == "en" else {})
    return (page or "./") + ("?" + urlencode(query) if query else "")


def link(text: str, page: str, **values: str | None) -> str:
    """Lead to a page."""
    return f'<a href="{h(href(page, **values))}" target="_self">{h(text)}</a>'


def to_node(text: str, type: str, id: str) -> str:
    """Lead to the page of a node."""
    page, name = PAGE_OF.get(type, PROFILE)
    return link(text, page, **{name: id})


def wrong(error: SimpulError) -> str:
    """Say what is wrong, without its code; what is quoted in it stays text."""
    said = error.text(lang()).removeprefix(f"[{error.code}] ")
    return f'<div class="sp-error" role="alert">{h(sentence(said))}</div>'


def plain(text: str) -> str:
    """Write a text so that a label shows it as it stands: no marks, no link, no picture."""
    return MARKS.sub(r"\\\1", text)


def abbr(short: str, full: str) -> str:
    """Write a short name with the full one behind it."""
    return h(full) if short == full else f'<abbr title="{h(full)}">{h(short)}</abbr>'


def address(text: str | None) -> str:
    """Write an address that breaks after a dot or a slash, not inside a word."""
    return h(text).replace(".", ".<wbr>").replace("/", "/<wbr>") if text else unknown()


def unknown(text: str = "") -> str:
    """Write that something is not known."""
    return f'<span class="miss">{h(text or t("word.unknown"))}</span>'


def places(origins: Iterable[Origin], limit: int = 6) -> str:
    """Write several places, the rows of one file and column together: rows 2, 13–15, 72, 8 more."""
    rows: dict[Origin, list[int]] = {}
    for o in origins:
        rows.setdefault(o._replace(row=None, how=""), []).extend([] if o.row is None else [o.row])
    said = [_place(o, sorted(set(found)), limit) for o, found in rows.items()]
    more = [t("word.more", n=len(said) - limit)] if len(said) > limit else []
    return "; ".join(said[:limit] + more)


def _place(shared: Origin, rows: Sequence[int], limit: int) -> str:
    said = ranges(rows[:limit])
    if len(rows) > limit:
        said += ", " + t("word.more", n=len(rows) - limit)
    named = [
        (None, shared.file or shared.source),
        (None, shared.sheet),
        ("place.row", said),
        ("place.column", shared.column),
    ]
    return " › ".join(t(k, value=v) if k else v for k, v in named if v)


def sentence(text: str) -> str:
    """Begin a sentence with a capital, unless its first word is spelt some other way."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def cut(text: str | None, most: int) -> str:
    """Shorten a text that stands in full elsewhere."""
    return "" if not text else text if len(text) <= most else text[: most - 1].rstrip(" ,;") + "…"


def note(kind: str, title: str, body: str) -> str:
    """Put a remark beside the text; `body` is HTML."""
    return f'<div class="sp-note {kind}"><h3>{h(title)}</h3>{body}</div>'


def moved(old: str, name: str, page: str, **query: str | None) -> str:
    """Say that an old link led to what is part of another node now, and give the new one."""
    text = f"<p>{h(t('profile.moved-text', id=old))} {link(name, page, **query)}</p>"
    return note("rule", t("profile.moved", name=name), text)


def bullets(texts: Iterable[str]) -> str:
    """List sentences."""
    items = "".join(f"<li>{h(sentence(x))}</li>" for x in texts)
    return f"<ul>{items}</ul>" if items else ""


def rate(share: float | None) -> str:
    """Show a share as a bar with its number."""
    if share is None:
        return unknown("–")
    zero = "zero" if not share else ""
    return (
        f'<span class="sp-rate"><i style="--w:{100 * share:.0f}%"></i>'
        f'<span class="{zero}">{h(percent(share))}</span></span>'
    )


def agreement(n: int, of: int) -> str:
    """Show how many rows agree."""
    return (
        f'<span class="sp-rate"><i style="--w:{100 * n / of:.0f}%"></i>'
        f"<span>{h(t('profile.agree', n=n, of=of))}</span></span>"
    )


def table(
    columns: Sequence[Column], rows: Sequence[Cells], marks: Sequence[str] = (), form: str = "stack"
) -> str:
    """Draw a table; cells are HTML. On a telephone each row becomes a block with its headings."""
    top = "".join(f'<th scope="col" class="{c}">{h(n)}</th>' for n, c in columns)
    body = ""
    for i, row in enumerate(rows):
        cells = "".join(
            f'<td class="{c}" data-h="{h(n)}">{v}</td>'
            for (n, c), v in zip(columns, row, strict=True)
        )
        body += f'<tr class="{marks[i] if marks else ""}">{cells}</tr>'
    return (
        f'<div class="sp-scroll" tabindex="0"><table class="sp-table {form}">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def empty(title: str, text: str) -> str:
    """Say what happened and what to do."""
    return f'<div class="sp-empty"><b>{h(title)}</b> {h(text)}</div>'


def shades(steps: Sequence[tuple[str, str]], what: str, framed: str) -> str:
    """Explain the shades of the matrix."""
    boxes = "".join(f'<span><i style="background:{c}"></i>{h(n)}</span>' for n, c in steps)
    frame = '<i class="framed"></i>◆ '
    return (
        f'<div class="sp-key"><span>{h(what)}:</span>{boxes}<span>{frame}{h(framed)}</span></div>'
    )


def amount(n: int) -> str:
    """Write an amount for a cell of numbers."""
    return h(num(n))


def made_up(sources: Sequence[str]) -> str:
    """Say that sources are generated, so that nobody takes them for real ones."""
    named = ", ".join(sources[:MOST_NAMED])
    if len(sources) > MOST_NAMED:
        named += ", " + t("word.more", n=len(sources) - MOST_NAMED)
    text = h(t("generated.text", names=named))
    return f'<p class="sp-made" role="note"><b>{h(t("generated.title"))}</b> {text}</p>'


def nothing_loaded(workspace: str) -> None:
    """Say what to do in a workspace without a version."""
    head(t("empty.section"), t("empty.title"), h(t("empty.lead")), {t("empty.place"): workspace})
    steps = "".join(
        f"<li><span>{h(t(f'empty.{k}'))}</span> <code>{h(t(f'empty.{k}-command'))}</code></li>"
        for k in ("try", "own", "see")
    )
    show(f'<ol class="sp-steps">{steps}</ol>')


def rests_on(version: int, as_of: str | None, sources: int) -> dict[str, str]:
    """Say what every page rests on."""
    return {
        t("fact.as-of"): date(as_of),
        t("fact.sources"): num(sources),
        t("fact.version"): str(version),
    }
