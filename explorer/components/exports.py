"""Pieces of the exports page: what is chosen, what it holds, and a line for each file."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer import data
from explorer.answers import exports
from explorer.components import parts
from explorer.words import h, lang, num, t
from graph.exchange.selection import Profile
from graph.schema import NODE_TYPES, RELATIONS

Choice = tuple[Profile, str | None]
STEPS = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


def contents(amounts: exports.Amounts) -> str:
    """List how many nodes and relations of each kind are in it."""
    nodes = {NODE_TYPES[k].label(lang()): n for k, n in amounts.nodes.items()}
    edges = {
        (RELATIONS[k].id if lang() == "id" else RELATIONS[k].en)[0]: n
        for k, n in amounts.edges.items()
    }
    return (
        f'<div class="sp-amounts"><div>{_list(t("ekspor.nodes"), nodes)}</div>'
        f"<div>{_list(t('ekspor.edges'), edges)}</div></div>"
    )


def larger(amounts: exports.Amounts) -> str:
    """Say what makes the number of applications and of sources larger than other pages have it."""
    a = amounts.applications
    said = [t("ekspor.mentioned", **a._asdict())] if a.mentioned else []
    if a.classes or a.websites or a.reference:
        total = a.shown + a.classes + a.websites + a.reference
        said.insert(0, t("ekspor.larger", n=total, **a._asdict()))
    if amounts.reference:
        said.append(t("ekspor.reference"))
    return f'<p class="sp-small">{h(" ".join(said))}</p>' if said else ""


def _list(title: str, amounts: Mapping[str, int]) -> str:
    lines = [[h(name), h(num(n))] for name, n in sorted(amounts.items(), key=lambda a: -a[1])]
    lines.append([f"<b>{h(t('ekspor.all'))}</b>", f"<b>{h(num(sum(amounts.values())))}</b>"])
    return parts.table([(title, ""), (t("ekspor.amount"), "num")], lines, form="pairs")


def line(format: str, choice: Choice, total: int) -> None:
    """Draw one export: what it is for, its file on a click, and the command."""
    profile, agency = choice
    about = f"ekspor.format.{format}"
    name = t(f"{about}.name")
    left, right = st.columns([0.62, 0.38], gap="medium", vertical_alignment="top")
    with left:
        command = exports.command(format, profile, agency, lang())
        parts.show(
            f'<div class="sp-format"><h3>{h(name)}</h3><p>{h(t(f"{about}.use"))}</p>'
            f"<p><code>{h(command)}</code></p></div>"
        )
    with right:
        _file(format, name, choice, total)


def _file(format: str, name: str, choice: Choice, total: int) -> None:
    if total > exports.MOST_RECORDS:
        parts.show(f'<p class="sp-small">{h(t("ekspor.too-large", most=exports.MOST_RECORDS))}</p>')
        return
    ending, language = exports.ENDINGS[format], lang()
    profile, agency = choice
    with st.container(horizontal=True):
        st.download_button(
            t("ekspor.take", name=name),
            lambda: data.file(format, profile, agency, language),
            file_name(format, choice, data.facts().version),
            exports.MIMES[format],
            key=f"ekspor-{format}",
            icon=":material/download:",
            on_click="ignore",
            help=t("ekspor.take-help", ending=f".{ending}"),
        )
        if st.button(t("ekspor.sum"), key=f"ekspor-sha-{format}", type="tertiary"):
            with st.spinner(t("ekspor.making")):
                data.make(format, profile, agency, language)
    parts.show(f'<p class="sp-small sp-sum">{_sum(data.made(format, *choice, language))}</p>')


def _sum(made: exports.Made | None) -> str:
    if made is None:
        return h(t("ekspor.not-made"))
    said = t("ekspor.made", n=made.records, size=size(made.size))
    return f"{h(said)}<br>sha256 <code>{h(made.sha256)}</code>"


def size(n: int) -> str:
    """Write an amount of bytes: 340 kB, 12,4 MB."""
    for unit, least in STEPS:
        if n >= least:
            return f"{num(n / least, 0 if unit == 'kB' else 1)}\u00a0{unit}"
    return f"{num(n)}\u00a0B"


def file_name(format: str, choice: Choice, version: int) -> str:
    """Name a file by what is in it, so that two of them are never taken for each other."""
    profile, agency = choice
    words = ["simpul", f"v{version}", profile, *([agency.partition(":")[2]] if agency else [])]
    return "-".join(words) + "." + exports.ENDINGS[format]
