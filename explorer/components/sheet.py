"""Pieces of the profile: facts with their origin, neighbours as a table, source rows."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.answers.findings import Claim, Entry
from explorer.answers.profile import Fact, Neighbour, Profile, SourceRow
from explorer.components import evidence, parts
from explorer.words import count, date, h, known, t
from graph.schema.records import Origin

MOST_CELLS = 160  # characters of a cell
MOST_FINDINGS = 4


def facts(found: Sequence[Fact]) -> str:
    """Draw property, value, how it is known, and where it stands."""
    columns = {"property": "label", "value": "", "agreement": "", "how": "", "origin": "place"}
    rows = [
        [
            f'<span class="sp-label">{h(f.label)}</span>',
            _value(f),
            parts.agreement(*f.agree) if f.agree else "",
            parts.how(f.how, _how(f)),
            h(parts.places(f.origins, limit=4)),
        ]
        for f in found
    ]
    return parts.table([(t(f"column.{n}"), c) for n, c in columns.items()], rows)


def _value(f: Fact) -> str:
    if f.value is None:
        return parts.unknown()
    also = "; ".join(f"{v} ({n})" for v, n in f.others)
    more = f'<br><span class="sp-small">{h(t("profile.also", values=also))}</span>' if also else ""
    return f"<b>{h(f.value)}</b>{more}"


def _how(f: Fact) -> str:
    return t("how.by-rule", rule=rule_name(f.rule)) if f.rule else t(f"how.{f.how}")


def rule_name(rule: str) -> str:
    """Give a rule's name as people read it."""
    return t(f"merge.{rule}") if known(f"merge.{rule}") else rule


def neighbour_table(found: Sequence[Neighbour]) -> tuple[list[str], list[list[str]]]:
    """Give every edge as a line: relation, node, how it is known, remark, where it stands."""
    names = ("relation", "node", "how", "remark", "origin")
    lines = [
        [n.relation, n.name, t(f"how.{n.how}"), n.note or "", parts.places(n.origins, limit=200)]
        for n in found
    ]
    return [t(f"column.{n}") for n in names], lines


def source_rows(p: Profile) -> str:
    """Draw the rows as they stand in the file, one table per file and sheet."""
    by: dict[tuple[str, str | None, str | None], list[SourceRow]] = {}
    for row in p.rows:
        by.setdefault((row.origin.source, row.origin.file, row.origin.sheet), []).append(row)
    return "".join(_rows(p, key, rows) for key, rows in by.items())


def _rows(p: Profile, key: tuple[str, str | None, str | None], rows: Sequence[SourceRow]) -> str:
    source, file, sheet = key
    name, as_of = p.sources.get(source, (source, None))
    headings = list(dict.fromkeys(k for r in rows for k in r.cells))
    place = Origin(source, file, sheet)
    if not headings:  # rows of our reference lists are no part of the workspace
        where = h(parts.places(r.origin._replace(column=None) for r in rows))
        return f'<p class="sp-file">{h(name)} · <code>{where}</code></p>'
    said = " · ".join(x for x in (name, date(as_of) if as_of else "") if x)
    title = f"{h(said)} · <code>{h(parts.places([place]))}</code>"
    lines = [
        [str(r.origin.row or "–"), *(h(parts.cut(r.cells.get(k), MOST_CELLS)) for k in headings)]
        for r in rows
    ]
    columns = [(t("column.row"), "num"), *((k, "") for k in headings)]
    return f'<p class="sp-file">{title}</p>' + parts.table(columns, lines, form="stack cells")


def row_twin(p: Profile) -> tuple[list[str], list[list[object]]]:
    """Give the source rows as lines of one table."""
    headings = list(dict.fromkeys(k for r in p.rows for k in r.cells))
    lines: list[list[object]] = [
        [r.origin.file, r.origin.sheet, r.origin.row, *(r.cells.get(k) for k in headings)]
        for r in p.rows
    ]
    return [t("column.file"), t("column.sheet"), t("column.row"), *headings], lines


def merged(p: Profile) -> str:
    """Say under which spellings it was reported, and what made them one."""
    if not p.aliases and not p.merged:
        return f"<p class='sp-small'>{h(t('profile.one-spelling'))}</p>"
    spelled = f"<p>{h('; '.join(p.aliases))}</p>" if p.aliases else ""
    by = parts.bullets(_sentence(c) for c in p.merged)
    return spelled + (by if p.merged else "")


def _sentence(claim: Claim) -> str:
    where = parts.places(claim.origins)
    return f"{claim.text} ({where})" if where else claim.text


def lead(p: Profile) -> str:
    """Say on how many rows the profile rests."""
    if not p.row_count:
        return t("profile.no-rows")
    return t(
        "profile.lead",
        rows=count("count.rows", p.row_count),
        sources=count("count.sources", len(p.sources)),
        spellings=count("count.spellings", len(p.aliases) + 1),
    )


def findings(entries: Sequence[Entry]) -> str:
    """Show the findings that an application is in or covers."""
    if not entries:
        return ""
    lines = "".join(map(evidence.line, entries[:MOST_FINDINGS]))
    more = len(entries) - MOST_FINDINGS
    if more > 0:
        lines += f"<p>{parts.link(count('profile.more-findings', more), 'temuan')}</p>"
    return parts.note("open", count("profile.in-findings", len(entries)), lines)
