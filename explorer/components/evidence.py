"""How evidence looks: the strip of seven squares, the row of kinds, for beside against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from explorer.answers.findings import Claim, Entry
from explorer.components.parts import cut, link, places, sentence, stamp
from explorer.words import count, h, t

KINDS = ("function", "government", "product", "data", "service", "rule", "judgement")
ONE_KIND = {"text": "function"}
MOST = 96  # characters of a sentence in the row of kinds; the whole one stands below


def kind_of(word: str) -> str:
    """Give the independent kind that a word of evidence belongs to."""
    return ONE_KIND.get(word, word)


def letter(kind: str) -> str:
    """Give the mark of a kind of evidence in the language of the page."""
    return t(f"kind.{kind}.letter") if kind in KINDS else "?"


def strip(marks: Mapping[str, str]) -> str:
    """Draw seven fixed places; `marks` leads from a kind to on (seen) or half (candidate).

    Read aloud as one sentence.
    """
    seen = [t(f"kind.{k}.name").lower() for k in KINDS if marks.get(k) == "on"]
    half = [t(f"kind.{k}.name").lower() for k in KINDS if marks.get(k) == "half"]
    text = count("strip.seen", len(seen), names=", ".join(seen) or "–")
    if half:
        text += t("strip.half", names=", ".join(half))
    cells = "".join(
        f'<i class="{marks.get(k, "off")}" aria-hidden="true">{letter(k)}</i>' for k in KINDS
    )
    return (
        f'<span class="sp-strip" role="img" aria-label="{h(text)}" title="{h(text)}">'
        f'{cells}<em aria-hidden="true">{len(seen)}/7</em></span>'
    )


def kinds_row(marks: Mapping[str, str], claims: Sequence[Claim]) -> str:
    """Draw the seven kinds wide, with a sentence each."""
    first: dict[str, str] = {}
    for claim in claims:
        first.setdefault(kind_of(claim.kind), claim.text)
    cells = "".join(
        f'<div class="{marks.get(k, "")}"><b>{letter(k)} · {h(t(f"kind.{k}.name"))}</b>'
        f"{h(cut(sentence(first.get(k, '')), MOST) or t(f'kind.{k}.none'))}</div>"
        for k in KINDS
    )
    return f'<div class="sp-kinds">{cells}</div>'


def ledger(pro: Sequence[Claim], con: Sequence[Claim]) -> str:
    """Set what speaks for beside what speaks against, in equal width and type."""
    return (
        f'<div class="sp-ledger"><div><h3>{h(t("finding.for"))}</h3>{_claims(pro, "pro")}</div>'
        f"<div><h3>{h(t('finding.against'))}</h3>{_claims(con, 'con')}</div></div>"
    )


def _claims(claims: Iterable[Claim], side: str) -> str:
    items = "".join(_claim(c, side) for c in claims)
    return f"<ul>{items}</ul>" if items else f'<p class="none">{h(t("finding.nothing"))}</p>'


def _claim(c: Claim, side: str) -> str:
    mark = f'<i aria-hidden="true">{letter(kind_of(c.kind))}</i>'
    where = h(places(c.origins) or t("how.rule"))
    return f'<li class="{side}">{mark}<div>{h(sentence(c.text))}<small>{where}</small></div></li>'


def line(entry: Entry) -> str:
    """Draw one finding of a list."""
    where = h("\u00a0· ".join(x for x in (entry.place, t(f"finding.kind.{entry.kind}")) if x))
    return (
        f'<div class="sp-find"><div class="no">{h(entry.no)}</div><div>'
        f"<b>{link(entry.name, 'temuan', temuan=entry.id)}</b>"
        f"<p>{where}\u00a0· {h(count('finding.members', entry.members))}</p>"
        f"{strip(entry.marks)} {stamp(entry.state)}</div></div>"
    )
