"""How made-up applications are named, described and misspelt, the way inventories do it."""

from __future__ import annotations

import random
from functools import cache

from graph import reference

ONSETS = ("ba", "di", "ka", "lo", "me", "nu", "pa", "ri", "sa", "tu", "wi", "yo", "ge", "ja")
CODAS = ("p", "n", "di", "ku", "mas", "ra", "ta", "gu", "lin", "tan", "yu", "bar", "kas", "ndu")
PLACES = ("Suka", "Marga", "Tanjung", "Karang", "Sumber", "Kebon", "Muara", "Rawa", "Bukit")
PLACE_ENDS = ("jaya", "mulya", "rejo", "sari", "indah", "agung", "makmur", "baru", "asri", "wangi")
FOR = ("pegawai", "masyarakat", "perangkat daerah", "pimpinan", "pelaku usaha", "petugas lapangan")
HOW = ("secara daring", "berbasis web", "lewat gawai", "secara terpadu", "tanpa kertas", "cepat")
TEMPLATES = (
    "Aplikasi untuk {a} bagi {who} {how}.",
    "Mencatat {a} dan {b}, dengan laporan bulanan untuk {who}.",
    "Sistem yang dipakai {unit} dalam {a} {how}",
    "{a}, {b}",
    "Memudahkan {who} dalam urusan {a} serta memantau {b} {how}.",
    "Layanan {a} {how}",
    "Digunakan untuk {a}",
)
PREFIXES = ("Sistem Informasi", "Aplikasi", "Sistem", "Layanan", "Sistem Informasi Manajemen")
VOWELS = set("aeiou")


@cache
def labels(function: str) -> tuple[str, ...]:
    """Give the labels of a function that are common words, so no product's name among them."""
    known = reference.functions()[function]
    named = {
        s.casefold() for a in reference.general_applications().values() for s in a.spellings
    } | {s.casefold() for a in reference.general_applications().values() for s in a.homonyms}
    words = tuple(w for w in known.labels if w == w.lower() and w not in named and len(w) > 3)
    return words or (known.name_id.split(",")[0].lower(),)


def coined(rng: random.Random) -> str:
    """Coin a word that a product could bear; the few syllables give homonyms, as in real lists."""
    start = rng.choice(("SI", "SI", "SI-", "E-", "", "SIM"))
    return (start + rng.choice(ONSETS) + rng.choice(ONSETS) + rng.choice(CODAS)).upper()


def place(rng: random.Random) -> str:
    """Give the name of a sub-district or village that does not exist as such."""
    return rng.choice(PLACES) + rng.choice(PLACE_ENDS)


def acronym(text: str) -> str:
    """Make an acronym as offices do: SI and the first letters of the words.

    >>> acronym("surat masuk dan keluar")
    'SISUMAKE'
    """
    words = [w for w in text.split() if w not in {"dan", "atau", "di", "untuk"}]
    if len(words) == 1:
        return f"SI{words[0][:5].upper()}"
    return "SI" + "".join(w[:2] for w in words[:4]).upper()


def name(rng: random.Random, label: str) -> tuple[str, str]:
    """Give the name of an application for what a label says, and its written-out form."""
    long = f"{rng.choice(PREFIXES)} {label.title()}"
    match rng.choices(range(6), weights=(28, 22, 12, 18, 10, 10))[0]:
        case 0:
            return coined(rng), long
        case 1:
            return acronym(label), long
        case 2:
            return f"e-{label.split()[0].title()}", long
        case 3:
            return long, long
        case 4:
            return f"{coined(rng)} ({label.title()})", long
        case _:
            return f"{coined(rng)} {label.split()[0].title()}", long


def description(rng: random.Random, words: tuple[str, ...], unit: str) -> str:
    """Describe an application by two of its labels."""
    return rng.choice(TEMPLATES).format(
        a=words[0], b=words[-1], unit=unit, who=rng.choice(FOR), how=rng.choice(HOW)
    )


def respelt(rng: random.Random, text: str, long: str, region: str) -> tuple[str, str]:
    """Write a name the way another clerk would, and say what was done to it."""
    match rng.randrange(7):
        case 0:
            return text.upper() if text != text.upper() else text.title(), "case"
        case 1:
            return typo(rng, text), "typo"
        case 2:
            return text.replace("-", " ") if "-" in text else f"Aplikasi {text}", "prefix"
        case 3:
            return f"{text} ({long})" if "(" not in text else text, "written out"
        case 4:
            return f"{text} {region}", "region added"
        case 5:
            return text.replace("-", "").replace(" ", ""), "closed up"
        case _:
            return (long, "long form only") if long != text else (text, "as it is")


def typo(rng: random.Random, text: str) -> str:
    """Drop, double or swap one letter inside a text."""
    if len(text) < 5:
        return text + text[-1]
    at = rng.randrange(2, len(text) - 2)
    match rng.randrange(3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case _:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
