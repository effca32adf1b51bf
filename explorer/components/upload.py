"""Pieces of the upload page: one file in five steps, kept through clicks and pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from explorer import data
from explorer.answers import upload as answers
from explorer.answers.upload import Check, Choices, Effect, File, Kept, Line
from explorer.components import download, parts
from explorer.components.choice import view
from explorer.words import count, h, known, lang, num, percent, t, th
from graph.errors import SimpulError
from ingest.mapping import IGNORE, Guess

KEY = "unggah"  # of the session: what is held while a person looks at other pages
STEPS = ("pick", "map", "check", "differ", "keep")
SHOWN_ROWS, SHOWN_REFUSED, SHOWN_CELLS, SHOWN_NAMED = 1000, 12, 500, 8
MOST_COLUMNS = 80
SHOW = ("rows-all", "rows-accepted", "rows-refused", "rows-remarked")
Said = Mapping[str, Mapping[str, str]]  # language → parts of an error


@dataclass
class Held:
    """The file that is looked at, and all that was found out about it."""

    file: File
    choices: Choices
    upload: str = ""  # which drop into the area it came from
    check: Check | None = None
    seen: tuple[str, Choices, int | None] | None = None  # what the check was made of
    error: Said | None = None
    effect: tuple[str, Effect] | None = None  # in which language
    kept: Kept | None = None
    trouble: Said | None = None  # of the last attempt to write
    undone: int | None = None
    drawn: tuple[Choices, Check] | None = None  # the check that is on the screen


def held() -> Held | None:
    """Give the file that this session looks at."""
    found: Held | None = st.session_state.get(KEY)
    return found


# ---------------------------------------------------------------- the frame
def head(now: Held | None) -> None:
    """Say what is known of the file so far, and which step comes next."""
    check = now.check if now else None
    if now is None:
        title = t("unggah.title.none")
    elif check is None or check.error:
        title = t("unggah.title.wrong", file=now.file.name)
    elif check.refused:
        title = t(
            "unggah.title.some", n=len(check.lines), accepted=check.accepted, refused=check.refused
        )
    else:
        title = count("unggah.title.all", len(check.lines))
    rests = {t("unggah.fact.workspace"): data.workspace().path.name}
    if now:
        rests |= {t("unggah.fact.file"): now.file.name}
    if data.workspace().current is not None:
        rests |= parts.rests_on(*data.facts())
    parts.head(t("page.unggah"), title, th("unggah.lead"), rests)
    reached = _reached(now)
    items = ""
    for n, step in enumerate(STEPS):
        state = "done" if n < reached else "now" if n == reached else "later"
        current = ' aria-current="step"' if state == "now" else ""
        said = f"<b>{h(t(f'unggah.step.{step}'))}</b><small>{h(t(f'unggah.state.{state}'))}</small>"
        items += f'<li class="{state}"{current}><i>{n + 1}</i><span>{said}</span></li>'
    parts.show(f'<ol class="sp-rail" aria-label="{h(t("unggah.steps"))}">{items}</ol>')


def _reached(now: Held | None) -> int:
    if now is None or now.error:
        return 0
    if now.check is None or now.check.error:
        return 1
    return 5 if now.kept and not now.trouble else 4


def step(name: str, remark: str = "") -> None:
    """Head a step with its number."""
    n = STEPS.index(name) + 1
    parts.show(
        f'<h2 class="sp-step"><i>{n}</i><b>{h(t(f"unggah.step.{name}"))}</b>'
        f"<span>{h(remark)}</span></h2>"
    )


def trouble(said: Said) -> None:
    """Say what is wrong, where, and what to do; every word of it is escaped."""
    p = said[lang()]
    lines = [f"<p>{h(parts.sentence(p['problem']))}</p>"]
    if p["expected"]:
        lines.append(f"<p>{h(t('unggah.expected', said=p['expected']))}</p>")
    if p["hint"]:
        lines.append(f"<p><b>{h(t('unggah.next'))}</b> {h(parts.sentence(p['hint']))}</p>")
    lines.append(f'<p class="sp-small">{h(t("unggah.unchanged"))}</p>')
    parts.show(
        f'<div role="alert">{parts.note("wrong", p["where"] or t("unggah.wrong"), "".join(lines))}'
        "</div>"
    )


def wrong_mapping(check: Check) -> None:
    """Say what is wrong with a mapping in the words of its choices; else as the error says it."""
    kind = check.shape.kind
    twice = answers.given_twice(check.roles)
    if twice:
        role, columns = twice
        named = ", ".join(f"“{c}”" for c in columns)
        _alert(t("unggah.twice", role=role_name(kind, role), columns=named), t("unggah.twice-hint"))
    elif lacking := answers.lacking_roles(check):
        words = t("unggah.or").join(f"“{role_name(kind, r)}”" for r in lacking)
        _alert(t("unggah.needs", roles=words), t("unggah.needs-hint"))
    elif check.error:
        trouble(check.error)


def _alert(problem: str, hint: str) -> None:
    body = f"<p>{h(problem)}</p><p><b>{h(t('unggah.next'))}</b> {h(hint)}</p>"
    body += f'<p class="sp-small">{h(t("unggah.unchanged"))}</p>'
    parts.show(f'<div role="alert">{parts.note("wrong", t("unggah.wrong"), body)}</div>')


def _parts(e: SimpulError) -> Said:
    return {code: e.parts(code) for code in ("id", "en")}


# ---------------------------------------------------------------- 1. the file
def pick() -> Held | None:
    """Draw the area for a file; give the file that is held, from now or from before."""
    kinds = ", ".join(k.removeprefix(".").upper() for k in answers.KINDS)
    left, right = st.columns([0.66, 0.34], gap="large")
    with left:
        uploaded = st.file_uploader(
            t("unggah.area", limit=answers.MAX_MB),
            type=[k.removeprefix(".") for k in answers.KINDS],
            max_upload_size=answers.MAX_MB,
            key="unggah-berkas",
            on_change=_let_go,
        )
        parts.show(
            f'<p class="sp-small">{h(t("unggah.kinds", kinds=kinds))} '
            f"{h(t('unggah.limits', mb=answers.MAX_MB, rows=answers.MAX_ROWS))}</p>"
        )
    with right:
        parts.show(f'<p class="sp-small">{h(t("unggah.template-text"))}</p>')
        said = {r: t(f"unggah.example.{r}") for r in answers.TEMPLATE_ROLES}
        headings, lines = answers.template(lang(), said)
        download.table(headings, lines, t("unggah.template-name"), "unggah-templat")
    if uploaded is not None:
        _take(str(uploaded.file_id), uploaded.name, uploaded.getvalue)
    now = held()
    if now and uploaded is None:
        size = num(len(now.file.data) / 1000, 1)
        parts.show(f"<p>{th('unggah.still', file=now.file.name, size=size)}</p>")
        if st.button(t("unggah.let-go"), key="unggah-lepas", icon=":material/close:"):
            st.session_state.pop(KEY)
            st.rerun()
    return now


def _let_go() -> None:
    """Forget the file that was taken out of the area; another one is read on its own."""
    if st.session_state.get("unggah-berkas") is None:
        st.session_state.pop(KEY, None)


def _take(upload: str, name: str, content: Callable[[], bytes]) -> None:
    """Hold a file that was dropped; the same content under the same name keeps its check."""
    now = held()
    if now and now.upload == upload:
        return
    file = File(answers.safe_name(name), content())
    if now and now.file.digest == file.digest:
        now.upload = upload
        return
    st.session_state[KEY] = Held(file, answers.first_choices(file), upload)


def look(now: Held) -> None:
    """Check the file, unless it was checked under these choices against this version."""
    asked = (now.file.digest, now.choices, data.workspace().current)
    if now.seen == asked:
        return
    now.check, now.error, now.effect = None, None, None
    try:
        with st.spinner(t("unggah.checking"), show_time=True):
            now.check = answers.examine(data.workspace(), now.file, now.choices)
    except SimpulError as e:
        now.error = _parts(e)
    now.seen = asked


def choose(now: Held, **said: object) -> None:
    """Take over what a person chose; the check follows it at once."""
    wanted = replace(now.choices, **said)  # type: ignore[arg-type]
    if wanted != now.choices:
        now.choices, now.kept, now.trouble, now.undone = wanted, None, None, None
        st.rerun()


# ---------------------------------------------------------------- 2. the mapping
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
        mark, said = parts.how("stated", t("unggah.dropped")), g.reason[lang()]
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


# ---------------------------------------------------------------- 3. the rows
def result(check: Check) -> None:
    """Draw what came of each row."""
    facts = [
        (t("unggah.read"), num(len(check.lines))),
        (t("unggah.accepted"), num(check.accepted)),
        (t("unggah.refused"), num(check.refused)),
        (t("unggah.dropped-count"), num(sum((check.dropped or {}).values()))),
    ]
    cells = "".join(f"<div><dt>{h(k)}</dt><dd>{h(v)}</dd></div>" for k, v in facts)
    parts.show(f'<dl class="sp-sums">{cells}</dl>')
    for key, names in (("unknown-columns", check.unknown), ("ignored-columns", check.ignored)):
        if names:
            parts.show(f'<p class="sp-small">{th(f"unggah.{key}", names=", ".join(names))}</p>')
    if check.dropped:
        kinds = ", ".join(f"{t(f'unggah.personal.{k}')} {num(n)}" for k, n in check.dropped.items())
        parts.show(f'<p class="sp-small">{th("unggah.personal-text", kinds=kinds)}</p>')
    if check.refused:
        _refused(check)
    if check.remarks:
        with st.expander(count("unggah.remarks", len(check.remarks))):
            parts.show(parts.bullets(r[lang()] for r in check.remarks))
    _rows(check)


def _refused(check: Check) -> None:
    no = [line for line in check.lines if line.result == answers.REFUSED]
    columns = [(t(f"unggah.column.{c}"), "") for c in ("row", "content", "reason", "next")]
    columns[0] = (columns[0][0], "num")
    rows = [
        [
            h(line.row),
            h(parts.cut(" · ".join(v for v in line.cells.values() if v), 90)) or parts.unknown(),
            h(parts.sentence(line.reason[lang()])),
            h(parts.sentence(line.hint[lang()])),
        ]
        for line in no[:SHOWN_REFUSED]
    ]
    parts.heading(count("unggah.refused-title", len(no)), t("unggah.refused-remark"))
    parts.show(parts.table(columns, rows))
    if len(no) > SHOWN_REFUSED:
        parts.show(parts.empty(t("unggah.first", n=SHOWN_REFUSED), t("unggah.rest-in-file")))
    titles = tuple(t(f"unggah.column.{c}") for c in ("row", "reason", "next"))
    headings, lines = answers.mended(check, (titles[0], titles[1], titles[2]), lang())
    download.table(headings, lines, "baris-ditolak", "unggah-ditolak")


def _rows(check: Check) -> None:
    parts.heading(t("unggah.rows"), t("unggah.rows-remark"))
    with st.container(key="unggah-saring"):
        shown = view("baris", SHOW)
    lines = [line for line in check.lines if _passes(line, shown)]
    headings, table = _twin(check, lines)
    if not lines:
        parts.show(parts.empty(t("unggah.no-rows"), t("unggah.no-rows-hint")))
        return
    st.dataframe(
        download.rows(headings, table[:SHOWN_ROWS]),
        hide_index=True,
        height=min(420, 38 + 35 * len(table)),
        key="unggah-tabel",
        placeholder="",
    )
    if len(lines) > SHOWN_ROWS:
        parts.show(parts.empty(t("unggah.first", n=SHOWN_ROWS), t("unggah.rest-in-file")))
    download.table(headings, table, "pemeriksaan", "unggah-baris")


def _passes(line: Line, shown: str) -> bool:
    wanted = shown.removeprefix("rows-")
    return wanted in ("all", line.result) or (wanted == "remarked" and bool(line.remarks))


def _twin(check: Check, lines: Sequence[Line]) -> tuple[list[str], list[list[object]]]:
    """Give rows as text, whatever a column holds: one that mixes numbers and words is shown too."""
    told: list[tuple[str, Callable[[Line], object]]] = [
        ("sheet", lambda line: line.sheet),
        ("row", lambda line: line.row),
        ("result", lambda line: t(f"unggah.result.{line.result}")),
        ("reason", lambda line: line.reason.get(lang())),
        ("next", lambda line: line.hint.get(lang())),
        ("remarks", lambda line: "; ".join(r[lang()] for r in line.remarks) or None),
    ]
    several = len({line.sheet for line in check.lines}) > 1
    told = [
        (name, say)
        for name, say in told
        if (several if name == "sheet" else any(say(line) for line in lines))
    ]
    headings = [t(f"unggah.column.{name}") for name, _ in told] + list(check.headings)
    return headings, [
        [*(say(line) for _, say in told), *(line.cells.get(c) for c in check.headings)]
        for line in lines
    ]


# ---------------------------------------------------------------- 4. the differences
def differences(now: Held, check: Check) -> None:
    """Draw what would change: in what this source says, and in the landscape."""
    counts = check.counts or {}
    if check.earlier is None:
        parts.show(f"<p>{th('unggah.first-time', slug=now.choices.slug, n=check.accepted)}</p>")
    elif not any(counts.values()):
        parts.show(f"<p>{th('unggah.same', slug=now.choices.slug, n=check.earlier)}</p>")
    else:
        parts.show(
            f"<p>{th('unggah.counts', slug=now.choices.slug, was=check.earlier, **counts)}</p>"
        )
        headings = [t(f"unggah.column.{c}") for c in ("row", "column", "before", "after")]
        lines = [[c.row, c.column, c.before, c.after] for c in check.cells]
        st.dataframe(
            download.rows(headings, lines[:SHOWN_CELLS]),
            hide_index=True,
            height=min(320, 38 + 35 * len(lines)),
            key="unggah-beda-tabel",
            placeholder="",
        )
        if len(lines) > SHOWN_CELLS:
            parts.show(parts.empty(t("unggah.first", n=SHOWN_CELLS), t("unggah.rest-in-file")))
        download.table(headings, lines, "perbedaan", "unggah-beda")
    _landscape(now, check)


def _landscape(now: Held, check: Check) -> None:
    parts.heading(t("unggah.landscape"), t("unggah.landscape-remark"))
    if not answers.rehearsable(data.workspace(), check):
        parts.show(parts.empty(t("unggah.too-large"), t("unggah.too-large-hint")))
        return
    if now.effect and now.effect[0] == lang():
        _effect(now.effect[1])
        return
    if st.button(t("unggah.rehearse"), key="unggah-coba", icon=":material/preview:"):
        try:
            with st.spinner(t("unggah.rehearsing"), show_time=True):
                found = answers.effect(data.workspace(), now.file, now.choices, check, lang())
        except SimpulError as e:
            trouble(_parts(e))
            return
        now.effect = (lang(), found)
        st.rerun()


def _effect(e: Effect) -> None:
    parts.show(
        f"<p>{th('unggah.effect', n=e.applications, alone=e.alone, joined=len(e.joined))}</p>"
    )
    if e.joined:
        columns = [(t(f"unggah.column.{c}"), "") for c in ("application", "with", "rule")]
        rows = [
            [h(j.name), h(", ".join(j.others)), h("; ".join(j.reasons[:2])) or parts.unknown("–")]
            for j in e.joined[:SHOWN_NAMED]
        ]
        parts.show(f"<h3>{h(count('unggah.joined', len(e.joined)))}</h3>")
        parts.show(parts.table(columns, rows))
    if e.suggested:
        parts.show(f"<h3>{h(count('unggah.suggested', len(e.suggested)))}</h3>")
        parts.show(parts.bullets(f"{a} – {b}" for a, b in e.suggested[:SHOWN_NAMED]))
    if e.findings:
        parts.show(f"<h3>{h(count('unggah.findings', len(e.findings)))}</h3>")
        said = (
            t("unggah.finding.new" if f.new else "unggah.finding.changed", name=f.name)
            for f in e.findings[:SHOWN_NAMED]
        )
        parts.show(parts.bullets(said))
    else:
        parts.show(f'<p class="sp-small">{h(t("unggah.no-findings"))}</p>')
    longest = max(len(e.joined), len(e.suggested), len(e.findings))
    if longest > SHOWN_NAMED:
        parts.show(parts.empty(t("unggah.first", n=SHOWN_NAMED), t("unggah.rest-after")))


# ---------------------------------------------------------------- 5. the commit
def about(now: Held, check: Check) -> None:
    """Draw what is said of the source as a whole."""
    m, c = check.mapping, now.choices
    file = f"unggah-{now.file.digest}"
    key = f"{file}-{c.slug}"
    found = {"title": m.title_id, "publisher": m.publisher, "as_of": m.as_of} if m else {}
    start = {k: getattr(c, k) if getattr(c, k) is not None else v for k, v in found.items()}
    start_region = (c.region if c.region is not None else m and m.region) or ""
    names = {"": t("unggah.source.no-region")} | data.region_names()
    left, right = st.columns(2, gap="large")
    said: dict[str, str] = {}
    with left:
        said["title"] = st.text_input(
            t("unggah.source.title"), start.get("title") or "", key=f"{key}-judul"
        )
        slug = st.text_input(
            t("unggah.source.slug"),
            c.slug,
            key=f"{file}-slug",
            help=t("unggah.source.slug-help"),
        )
    with right:
        said["publisher"] = st.text_input(
            t("unggah.source.publisher"), start.get("publisher") or "", key=f"{key}-penerbit"
        )
        said["as_of"] = st.text_input(
            t("unggah.source.as-of"),
            start.get("as_of") or "",
            key=f"{key}-keadaan",
            placeholder="2025-09",
        )
        said["region"] = st.selectbox(
            t("unggah.source.region"),
            list(names),
            index=list(names).index(start_region) if start_region in names else 0,
            format_func=lambda r: f"{r} {names[r]}" if r else names[r],
            key=f"{key}-wilayah",
        )
    have = {k: v or "" for k, v in found.items()} | {"region": (m and m.region) or ""}
    changed = {
        k: v.strip()
        for k, v in said.items()
        if getattr(c, k) is not None or (m is not None and v.strip() != have[k])
    }
    choose(now, slug=slug.strip(), **changed)


def commit(now: Held, check: Check) -> None:
    """Draw the button that loads the file, and what came of it."""
    if not check.accepted:
        parts.show(parts.empty(t("unggah.nothing"), t("unggah.nothing-hint")))
        return
    said = count("unggah.commit", check.accepted)
    if st.button(said, type="primary", key="go-unggah-simpan"):
        now.trouble, now.undone = None, None
        _write(lambda: _keep(now, check), now)
    now.drawn = now.choices, check
    if now.trouble:
        trouble(now.trouble)
        parts.show(f'<p class="sp-small">{h(t("unggah.held"))}</p>')
    elif now.undone is not None:
        parts.show(parts.note("keep", t("unggah.undone"), h(t("unggah.version", n=now.undone))))
    elif now.kept:
        _kept(now, now.kept)


def _keep(now: Held, check: Check) -> None:
    """Load what was on the screen when it was pressed: `check` may be newer, and unseen."""
    choices, seen = now.drawn or (now.choices, check)
    now.drawn, seen = None, seen if choices == now.choices else check
    done = answers.keep(data.workspace(), now.file, now.choices, seen)
    before = now.kept
    # a second press changes nothing, and what the first one did can still be taken back
    now.kept = done
    if before and not done.changed and before.changed and before.version == done.version:
        now.kept = replace(done, before=before.before)


def _kept(now: Held, kept: Kept) -> None:
    if not kept.changed:
        text = t("unggah.no-change", version=str(kept.version))
        parts.show(f'<div role="status">{parts.note("keep", t("unggah.no-change-title"), h(text))}')
    else:
        links = [
            parts.link(t("unggah.to.overview"), ""),
            parts.link(count("unggah.to.findings", len(kept.findings)), "temuan"),
            parts.link(t("unggah.to.source"), "profil", app=kept.node),
        ]
        body = f"<p>{th('unggah.done-text', version=str(kept.version), **kept.counts)}</p>"
        body += "<p>" + " · ".join(links) + "</p>"
        note = parts.note("keep", t("unggah.done", slug=kept.slug), body)
        parts.show(f'<div role="status">{note}</div>')
    if kept.before != kept.version:
        was = str(kept.before) if kept.before is not None else None
        said = t("unggah.undo-text", version=was) if was else t("unggah.undo-first")
        parts.show(f'<p class="sp-small">{h(said)}</p>')
        if st.button(t("unggah.undo"), key="unggah-batal", icon=":material/undo:"):
            _write(lambda: _undo(now, kept), now)


def _undo(now: Held, kept: Kept) -> None:
    now.undone = answers.take_back(data.workspace(), kept)
    now.kept = None


def _write(change: Callable[[], None], now: Held) -> None:
    """Change the workspace; where it cannot be done the checked file is kept."""
    try:
        with st.spinner(t("unggah.writing"), show_time=True):
            change()
    except SimpulError as e:
        now.trouble = _parts(e)
    st.rerun()
