"""Pieces of the map page: the key of the colours, what was chosen, the table twin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer import data
from explorer.answers.atlas import CODES, UNKNOWN, Atlas
from explorer.components import parts
from explorer.components.graph import look
from explorer.words import count, h, lang, num, t

MOST_HITS = 30
MOST_FUNCTIONS = 8
MOST_FINDINGS = 8


def places(a: Atlas) -> dict[str, str]:
    """Give the governments of the map by id, the largest first."""
    names = {UNKNOWN: t("level.unknown")} | data.agency_names(lang())
    return {g: names[g] for g in a.governments.id}


def _called(government: str) -> str:
    return t("level.unknown") if government == UNKNOWN else data.agency_names(lang())[government]


def search() -> str:
    """Draw the field that marks applications by their name; it stands in the address."""
    text = st.text_input(
        t("map.search"),
        st.query_params.get("sorot", ""),
        key="peta-sorot",
        label_visibility="collapsed",
        placeholder=t("map.search"),
        icon=":material/search:",
        width=260,
    ).strip()
    if text:
        st.query_params["sorot"] = text
    else:
        st.query_params.pop("sorot", None)
    return text


def found(a: Atlas, text: str) -> list[int]:
    """Give the places of the applications whose name holds a text."""
    wanted = text.casefold()
    return [i for i, name in enumerate(a.name) if wanted in name.casefold()] if wanted else []


def chosen(a: Atlas) -> str | None:
    """Give the application that the address names, if it is on the map."""
    said = st.query_params.get("pilih")
    return said if said in set(a.id) else None


def act(said: Mapping[str, Any]) -> None:
    """Change the address as somebody wished on the map."""
    what, id = str(said.get("what")), str(said.get("id") or "")
    key = {"choose": "pilih", "government": "pemda"}[what]
    if what == "government":
        st.query_params.pop("pilih", None)
    if id:
        st.query_params[key] = id
    else:
        st.query_params.pop(key, None)


def name_of(colouring: str, key: str) -> str:
    """Say what a colour stands for."""
    if key == "unknown":
        return t("word.unknown")
    group = {"fungsi": "family", "tingkat": "level", "status": "lifecycle", "temuan": "standing"}
    return t(f"{group[colouring]}.{key}")


def key(a: Atlas, colouring: str) -> str:
    """Explain the colours, each with its number of applications."""
    n = Counter(a.codes[colouring])
    marks = ""
    for i, code in enumerate(CODES[colouring]):
        if n[i]:
            colours = look(colouring, code)
            rim = f"box-shadow:inset 0 0 0 2px var({colours['rim']})" if colours["rim"] else ""
            dot = f'<i class="dot" style="background:var({colours["fill"]});{rim}"></i>'
            said = f"{h(name_of(colouring, code))} {h(num(n[i]))}"
            marks += f"<span>{dot}{said}</span>"
    return f'<div class="sp-key">{marks}</div>'


def said(a: Atlas, zoom: str, text: str, marked: Sequence[int]) -> str:
    """Put the map into one sentence."""
    if text:
        return count("map.found", len(marked), text=text)
    if zoom in a.governments.id:
        i = a.governments.id.index(zoom)
        apps = count("count.applications", a.governments.n[i])
        return t("map.zoomed", name=_called(zoom), applications=apps)
    return t("map.all", n=len(a.id))


def inside(a: Atlas, zoom: str, marked: Sequence[int], text: str) -> list[int]:
    """Give the places of the applications that the twin lists: those found, or of a government."""
    if text:
        return list(marked)
    if zoom not in a.governments.id:
        return list(range(len(a.id)))
    wanted = a.governments.id.index(zoom)
    return [i for i, g in enumerate(a.government) if g == wanted]


# ------------------------------------------------------------------ beside the map
def panel(a: Atlas, chosen: str | None, zoom: str, text: str, marked: Sequence[int]) -> None:
    """Say what was chosen: an application, what a search found, a government, or what to do."""
    if chosen:
        parts.show(_application(a, a.id.index(chosen)))
    elif text:
        parts.show(_hits(a, text, marked))
    elif zoom in a.governments.id:
        parts.show(_government(a, a.governments.id.index(zoom)))
    else:
        parts.show(parts.empty(t("map.nothing-chosen"), t("map.choose")))


def _application(a: Atlas, i: int) -> str:
    rows = [
        (t("column.function"), _function(a, i)),
        (t("column.place"), _place(a, i)),
        *((t(f"view.{c}"), _value(a, c, i)) for c in ("tingkat", "status", "temuan")),
    ]
    facts = "".join(f"<dt>{h(k)}</dt><dd>{v}</dd>" for k, v in rows)
    ways = [
        parts.link(t("network.to-profil"), "profil", app=a.id[i]),
        parts.link(t("network.to-jejaring"), "jejaring", app=a.id[i]),
    ]
    every = data.findings_of(a.id[i], lang())
    findings = "".join(
        f"<li>{parts.link(e.name, 'temuan', temuan=e.id)}</li>" for e in every[:MOST_FINDINGS]
    )
    if len(every) > MOST_FINDINGS:
        findings += f"<li>{h(t('word.more', n=len(every) - MOST_FINDINGS))}</li>"
    return (
        f'<div class="sp-label">{h(t("column.application"))}</div>'
        f'<div class="sp-title">{h(a.name[i])}</div><dl class="sp-facts">{facts}</dl>'
        f'<p class="sp-go">{" · ".join(ways)}</p>'
        + (f'<ul class="sp-relations">{findings}</ul>' if findings else "")
    )


def _function(a: Atlas, i: int) -> str:
    function = a.function[i]
    return h(data.function_names(lang())[function]) if function else parts.unknown()


def _place(a: Atlas, i: int) -> str:
    government = a.governments.id[a.government[i]]
    if government == UNKNOWN:
        return parts.unknown()
    return parts.link(_called(government), "peta", pemda=government)


def _value(a: Atlas, colouring: str, i: int) -> str:
    code = CODES[colouring][a.codes[colouring][i]]
    return parts.unknown() if code == "unknown" else h(name_of(colouring, code))


def _hits(a: Atlas, text: str, marked: Sequence[int]) -> str:
    if not marked:
        return parts.empty(t("map.not-found", text=text), t("map.try"))
    items = "".join(
        f"<li><b>{parts.link(a.name[i], 'peta', pilih=a.id[i], sorot=text)}</b>"
        f"<small>{_place(a, i)}</small></li>"
        for i in marked[:MOST_HITS]
    )
    more = len(marked) - MOST_HITS
    rest = f'<p class="sp-small">{h(t("map.more", n=more))}</p>' if more > 0 else ""
    title = h(count("map.found", len(marked), text=text))
    return f'<div class="sp-title">{title}</div><ul class="sp-relations">{items}</ul>{rest}'


def _government(a: Atlas, g: int) -> str:
    apps = [i for i, of in enumerate(a.government) if of == g]
    functions = Counter(a.function[i] for i in apps).most_common(MOST_FUNCTIONS)
    names = data.function_names(lang())
    items = "".join(
        f"<li>{h(names[f]) if f else parts.unknown(t('matrix.no-function'))} "
        f"<small>{h(count('count.applications', n))}</small></li>"
        for f, n in functions
    )
    inside = sum(CODES["temuan"][a.codes["temuan"][i]] != "none" for i in apps)
    id = a.governments.id[g]
    level = name_of("tingkat", a.levels.id[a.level_of[g]])
    said = t("map.government", applications=count("count.applications", len(apps)), n=inside)
    ways = [parts.link(t("map.whole"), "peta")]
    if id != UNKNOWN:
        ways.insert(0, parts.link(t("network.to-profil"), "profil", app=id))
    return (
        f'<div class="sp-label">{h(level)}</div>'
        f'<div class="sp-title">{h(_called(id))}</div>'
        f'<p class="sp-small">{h(said)}</p><p class="sp-go">{" · ".join(ways)}</p>'
        f'<ul class="sp-relations">{items}</ul>'
    )


# ------------------------------------------------------------------ the twin
def twin(a: Atlas, rows: Sequence[int]) -> tuple[list[str], list[list[object]]]:
    """Give the applications as lines, with what each colouring shows."""
    functions, names = data.function_names(lang()), data.agency_names(lang())
    words = {c: [name_of(c, k) for k in CODES[c]] for c in CODES}
    unknown = t("word.unknown")
    lines: list[list[object]] = [
        [
            a.name[i],
            functions.get(a.function[i] or "", unknown),
            names.get(a.governments.id[a.government[i]], unknown),
            *(words[c][a.codes[c][i]] for c in CODES),
            a.id[i],
        ]
        for i in rows
    ]
    return headings(), lines


def headings() -> list[str]:
    """Name the columns of the table."""
    keys = ("application", "function", "place")
    codes = [t("family.title"), *(t(f"view.{c}") for c in CODES if c != "fungsi")]
    return [*(t(f"column.{k}") for k in keys), *codes, t("column.id")]
