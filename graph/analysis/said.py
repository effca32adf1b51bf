"""What a text says about integrations: "terintegrasi dengan X", "akan terhubung ke Y".

Only the words are read here: what links, whether it is denied, planned or merely possible, which
way the data goes, and the text that names the other side.  Who that is, is found elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

WINDOW = 5  # words before a link in which it may be denied


def listed(words: str) -> frozenset[str]:
    """Read a list of words."""
    return frozenset(words.split())


class Mode(StrEnum):
    """How a link is said."""

    FACT = "fact"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Phrase(NamedTuple):
    """One link that a text says.

    Parameters
    ----------
    link
        The words that link, from the one that denies or plans it on.
    other
        The text behind them, which names the other side; "" where the text breaks off.
    way
        "to" (the described one sends), "from" (it receives), "" where the words do not say.
    """

    link: str
    other: str
    mode: Mode
    way: str


_NOUN = (
    r"(?:peng)?integrasi(?:an)?|sinkronisasi|bridging|interkoneksi|koneksi|integration|connection"
)
_JOINED = (
    r"(?:ter|di|ber)-?(?:integrasi|interkoneksi|koneksi|sinkronisasi|bridging|link)(?:kan)?"
    r"|mengintegrasikan|terhubung(?:kan)?|dihubungkan|tersambung|disambungkan|(?:ter|di)?sinkron(?:kan)?"
    r"|integrated|integrates?|connected|connects?|linked|links?|synce?d|synchroni[sz]ed"
)
_SENDS = r"(?:mengirim|dikirim|kirim)(?:kan)?\s+data|sends?\s+data|push(?:es)?\s+data"
_TAKES = r"(?:menarik|mengambil|tarik|ambil)\s+data|pulls?\s+data|(?:receives?|gets?)\s+data"
_SHARES = r"(?:bertukar|pertukaran|berbagi(?:\s+pakai)?)\s+data"
_BETWEEN = (
    r"(?:\s+(?:data|informasi|sistem|secara|langsung|otomatis|elektronik|online|daring|penuh|baik"
    r"|real[\s-]?time|dua\s+arah|host\s+to\s+host|api|web\s+service|directly|automatically))"
)
_LINK = re.compile(
    rf"\b(?:(?P<noun>{_NOUN})|(?P<joined>{_JOINED})|(?P<sends>{_SENDS})|(?P<takes>{_TAKES})"
    rf"|(?P<shares>{_SHARES}))\b{_BETWEEN}{{0,4}}\s+(?P<prep>dengan|dgn|dg|kepada|ke|dari|with|to|from)\b"
    r"|\b(?P<bare>(?:di-?)?bridging)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[;:!?\n•|]+|\.(?=\s|$)|\s[-–—]\s")
_NOT_ONLY = re.compile(
    r"\b(?:tidak|bukan|tak|not)\s+(?:hanya|saja|cuma|only|just)\b", re.IGNORECASE
)
_NO = listed(
    "belum blm tidak tdk tak tanpa bukan pernah dulu berhenti dihentikan gagal not never without"
    " no longer"
)
_LATER = listed(
    "akan rencana rencananya direncanakan merencanakan nantinya kedepan kedepannya hendak sedang"
    " proses tahap persiapan will planned planning"
)
_MAYBE = listed(
    "dapat bisa siap mampu perlu harus sebaiknya diharapkan agar supaya mendukung can may could"
    " should must ready"
)


def sentences(text: str) -> list[str]:
    """Part a text where a sentence ends; a comma may stand between names."""
    return _END.split(text)


def phrases(text: str) -> list[Phrase]:
    """Give the links that a text says, in their order.

    A denial counts within five words before the link and not across another link; behind a noun
    ("integrasi dengan SIPD belum berjalan") it counts too.  O(length).
    """
    return [p for sentence in sentences(text) for p in _in_sentence(" ".join(sentence.split()))]


def _in_sentence(sentence: str) -> Iterator[Phrase]:
    links = list(_LINK.finditer(sentence))
    for n, link in enumerate(links):
        start = links[n - 1].end() if n else 0
        end = links[n + 1].start() if n + 1 < len(links) else len(sentence)
        before = _NOT_ONLY.sub(" ", sentence[start : link.start()]).rpartition(",")[2]
        near, other = before.split()[-WINDOW:], sentence[link.end() : end].strip(" ,")
        mode = _mode(near, other if link["noun"] else "")
        words = (*(_from_sign(near) if mode != Mode.FACT else ()), link.group())
        yield Phrase(" ".join(words), other, mode, _way(link))


def _from_sign(before: list[str]) -> list[str]:
    """Give the words from the one that changes the mode on; none where it stands behind."""
    signs = _NO | _LATER | _MAYBE
    at = next((n for n, w in enumerate(before) if signs & set(_words(w))), len(before))
    return before[at:]


def _mode(before: list[str], behind: str) -> Mode:
    words = _words(" ".join(before))
    later = _words(behind)
    if _NO & {*words, *later}:
        return Mode.DENIED
    if _LATER & {*words, *later}:
        return Mode.PLANNED
    return Mode.POSSIBLE if _MAYBE & set(words) else Mode.FACT


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())


def _way(link: re.Match[str]) -> str:
    """Say which way the data goes: a mere connection "ke" something does not say it."""
    prep = (link["prep"] or "").casefold()
    if link["takes"] or prep in ("dari", "from"):
        return "from"
    sent = link["sends"] or "sinkron" in link.group().casefold()
    return "to" if sent and prep in ("ke", "kepada", "to") else ""
