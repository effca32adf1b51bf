"""Step 2: what each column means."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from explorer.answers import upload as answers
from explorer.answers.upload import Check
from explorer.components import parts
from explorer.components.upload.frame import alert, trouble
from explorer.components.upload.session import Held, choose
from explorer.words import h, known, lang, percent, t, th
from ingest.mapping import IGNORE, Guess

MOST_COLUMNS = 80


def mapping(now: Held, check: Check) -> None:
    """Draw what each column is taken for; one choice a column."""
    kind = t(f"unggah.kind.{check.shape.kind}") if known(f"unggah.kind.{check.shape.kind}") else ""
    parts.show(f"<p>{th('unggah.read-as', kind=kind or check.shape.kind)}</p>")
    roles = dict(check.roles)
    guesses = check.shape.guesses
    for sheet in dict.fromkeys(g.sheet for g in guesses):
        mine = [g for g in guesses if g.sheet == sheet]
        _sheet(check, sheet, mine)
        for n, g in enumerate(mine[:MOST_COLUMNS]):
            roles[g.sheet, g.column] = _column(now, check, g, n)
        if len(mine) > MOST_COLUMNS:
            parts.show(parts.empty(t("unggah.many", n=MOST_COLUMNS), t("unggah.many-hint")))
    if check.mapping:
        st.download_button(
            t("unggah.yml"),
            answers.source_yml(check, lang()),
            "source.yml",
            "application/yaml",
            key="unggah-yml",
            icon=":material/description:",
            on_click="ignore",
        )
    changed = {place: role for place, role in roles.items() if role != check.roles[place]}
    if changed:
        choose(now, roles=tuple((dict(now.choices.roles) | changed).items()))


def wrong_mapping(check: Check) -> None:
    """Say what is wrong with a mapping in the words of its choices; else as the error says it."""
    kind = check.shape.kind
    twice = answers.given_twice(check.roles)
    if twice:
        role, columns = twice
        named = ", ".join(f"“{c}”" for c in columns)
        alert(t("unggah.twice", role=role_name(kind, role), columns=named), t("unggah.twice-hint"))
    elif lacking := answers.lacking_roles(check):
        words = t("unggah.or").join(f"“{role_name(kind, r)}”" for r in lacking)
        alert(t("unggah.needs", roles=words), t("unggah.needs-hint"))
    elif check.error:
        trouble(check.error)


def _sheet(check: Check, sheet: str | None, guesses: Sequence[Guess]) -> None:
    row = guesses[0].header_row
    said = [t("unggah.sheet", name=sheet)] if sheet else []
    said += [t("unggah.header", row=str(row))] if row else []
    said += [] if sheet in check.shape.used else [t("unggah.not-used")]
    top = "".join(f"<span>{h(t(f'unggah.column.{c}'))}</span>" for c in ("heading", "means", "why"))
    parts.show(
        f'<p class="sp-sheet">{h(" · ".join(said))}</p>' if said else "",
        f'<div class="sp-maphead" aria-hidden="true">{top}</div>',
    )


def _column(now: Held, check: Check, g: Guess, n: int) -> str | None:
    place = (g.sheet, g.column)
    role = check.roles[place]
    with st.container(key=f"map-{now.file.digest}-{_word(g.sheet)}-{n}"):
        left, middle, right = st.columns([0.36, 0.26, 0.38], vertical_alignment="center")
        with left:
            samples = " · ".join(f"“{s}”" for s in g.samples)
            about = h(samples) if samples else parts.unknown(_no_samples(role))
            parts.show(f'<b class="sp-col">{h(g.column)}</b><p class="sp-small">{about}</p>')
        with middle:
            options = ["", *answers.roles_of(check.shape.kind), IGNORE, *answers.CONTACTS]
            chosen = st.selectbox(
                t("unggah.means-of", column=parts.plain(g.column)),
                options,
                index=options.index(role or ""),
                format_func=lambda r: role_name(check.shape.kind, r),
                label_visibility="collapsed",
                key=f"unggah-peran-{now.file.digest}-{now.choices.slug}-{_word(g.sheet)}-{n}",
            )
        with right:
            parts.show(_why(now, check, g, role))
    return chosen or None


def _word(sheet: str | None) -> str:
    """Give a sheet's name as a part of a class; the same for the same name."""
    return re.sub(r"\W+", "-", sheet or "") or "0"


def _no_samples(role: str | None) -> str:
    return t("unggah.dropped" if role in answers.CONTACTS else "unggah.no-samples")


def _why(now: Held, check: Check, g: Guess, role: str | None) -> str:
    place = (g.sheet, g.column)
    if role in answers.CONTACTS:
        own = place in dict(now.choices.roles) or place in check.shape.remembered
        why = "chosen" if place in dict(now.choices.roles) else "remembered"
        mark = parts.how("stated", t("unggah.dropped"))
        said = t(f"unggah.{why}") if own and role != g.means else g.reason[lang()]
    elif place in dict(now.choices.roles):
        mark, said = parts.how("judged", t("unggah.chosen")), ""
    elif place in check.shape.remembered:
        mark, said = parts.how("stated", t("unggah.remembered")), ""
    elif role is None:
        mark, said = parts.how("unknown", t("unggah.unknown")), g.reason[lang()]
    else:
        mark = parts.how("assumed" if g.confidence < 0.9 else "stated", percent(g.confidence))
        said = g.reason[lang()]
    return f'<p class="sp-small">{mark} {h(said)}</p>'


def role_name(kind: str, role: str) -> str:
    """Name what a column may mean in words people know."""
    if not role:
        return t("unggah.role.none")
    own = f"unggah.role-{kind}.{role}"
    key = own if known(own) else f"unggah.role.{role}"
    return t(key) if known(key) else role
