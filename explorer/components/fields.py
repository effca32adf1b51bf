"""Fields for the values of a question; what they hold stands in the address as `p.<name>`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from explorer import data
from explorer.answers.reports import Meaning
from explorer.components import parts
from explorer.words import lang, t
from graph.errors import SimpulError
from graph.reports import Parameter, fits, parse
from graph.schema import NODE_TYPES

PREFIX = "p."
ANY = "any"  # the type of a parameter that nobody declared
WIDE, NARROW = 320, 200


def values(
    parameters: Sequence[Parameter], meanings: dict[str, Meaning], of: str
) -> dict[str, Any]:
    """Draw a field for each parameter of a question; give what is chosen, by name.

    Parameters
    ----------
    of
        The name of the question: another one has fields of its own.
    """
    known = {PREFIX + p.name for p in parameters}
    for name in [k for k in st.query_params if k.startswith(PREFIX) and k not in known]:
        del st.query_params[name]
    with st.container(horizontal=True, vertical_alignment="bottom", key="fields"):
        return {p.name: _field(p, meanings.get(p.name), f"{of}-{p.name}") for p in parameters}


def label(p: Parameter, meaning: Meaning | None) -> str:
    """Name a field: where values are chosen by name, by what is chosen, else as declared."""
    said = p.label[lang()]
    if meaning is None or p.type not in ("text", ANY):
        return said
    kind = NODE_TYPES[meaning.label]
    prop = kind.props.get(meaning.property)
    if meaning.property in ("id", "code") or prop is None:
        named = kind.label(lang())
    else:
        named = prop.meaning.id if lang() == "id" else prop.meaning.en
    return f"{said} · {named}" if p.type == ANY else named


def _field(p: Parameter, meaning: Meaning | None, key: str) -> Any:
    said = parts.plain(label(p, meaning))
    if p.type == "boolean":
        return _kept(p, key, lambda k: st.toggle(said, key=k))
    if p.type in ("integer", "number"):
        step: Any = 1 if p.type == "integer" else 0.1
        return _kept(p, key, lambda k: st.number_input(said, step=step, key=k, width=NARROW))
    options = data.choices(*meaning, lang()) if meaning and p.type in ("text", ANY) else None
    if options is not None:
        return _named(p, options, said, key)
    typed = _kept(p, key, lambda k: st.text_input(said, key=k, width=WIDE), text=True)
    return _meant(typed, meaning) if isinstance(typed, str) else typed


def _named(p: Parameter, options: dict[str, str], said: str, key: str) -> Any:
    """Draw a choice by names; the field stays empty where all are meant."""
    names = {"": t("laporan.all")} | options

    def draw(key: str) -> Any:
        return st.selectbox(
            said, list(names), format_func=lambda k: names.get(k, k), key=key, width=WIDE
        )

    return _kept(p, key, draw, known=names)


def _meant(typed: str, meaning: Meaning | None) -> Any:
    """Take a name for its id, where an id is meant that no list shows."""
    if not typed or not meaning or meaning.property != "id":
        return typed
    try:
        return data.meant(typed, meaning.label)
    except SimpulError as e:
        parts.show(parts.wrong(e))
        return typed


def _kept(
    p: Parameter,
    key: str,
    draw: Callable[[str], Any],
    *,
    text: bool = False,
    known: dict[str, str] | None = None,
) -> Any:
    """Draw a field that follows the address, and write what it holds there.

    A value in the address that does not fit counts as none.
    """
    name, widget, seen = PREFIX + p.name, f"laporan-{key}", f"alamat-{key}"
    raw = st.query_params.get(name)
    if widget not in st.session_state or st.session_state.get(seen) != raw:
        value = _read(p, raw, known)
        st.session_state[widget] = written(value) if text else value
    drawn = draw(widget)
    value = _read(p, drawn, known) if text else drawn
    if value is None or value == p.default:
        st.query_params.pop(name, None)
    elif raw != written(value):
        st.query_params[name] = written(value)
    st.session_state[seen] = st.query_params.get(name)
    return p.default if value is None else value


def _read(p: Parameter, raw: str | None, known: dict[str, str] | None) -> Any:
    """Read a value as it stands in an address or in a field of text."""
    if raw is None or (known is not None and raw not in known):
        return p.default
    value = raw if p.type == "text" else parse(raw)
    if p.type == ANY:
        return value
    if p.type == "number" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    return value if fits(p.type, value) else p.default


def written(value: Any) -> str:
    """Write a value as it stands in an address."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
