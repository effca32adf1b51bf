"""Personal data is dropped at the door, before a cell is kept, shown or refused, and counted.

Two ways in: the *column* (its role or its heading says that it holds a person) drops the whole
cell; a *pattern* drops the part of any cell that is a telephone number, a civil servant's number
(NIP), a resident's or tax payer's number (NIK, NPWP), an e-mail address or an internal address.
When in doubt between a person and a thing, the person is protected.

Sources of the forms: NIP of 18 digits, Peraturan Kepala BKN 22/2007 (birth date first; that of
PPPK has 21 where the month of appointment stands); NIK of 16 digits, UU 23/2006 art. 13 and
PP 40/2019 (region, birth day + 40 for women, month, year, serial); internal networks, RFC 1918,
3927 and 4193.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

KINDS = ("name", "telephone", "nip", "nik", "email", "internal_address")

# what stands in running text where a value was; data has one language, that of the source
PLACEHOLDERS = {
    "name": "[nama dihapus]",
    "telephone": "[telepon dihapus]",
    "nip": "[NIP dihapus]",
    "nik": "[NIK dihapus]",
    "email": "[surel dihapus]",
    "internal_address": "[alamat internal dihapus]",
}


@dataclass(frozen=True)
class Cleaned:
    """The cells of a row without personal data, and how many values of each kind went."""

    cells: dict[str, str | None]
    dropped: dict[str, int]


def clean(cells: Mapping[str, str | None], personal_columns: Collection[str]) -> Cleaned:
    """Take the personal data out of a row.

    Parameters
    ----------
    cells
        Heading → text.
    personal_columns
        Headings that the mapping gives a contact's role; others are recognised by heading.

    Returns
    -------
    Cleaned
        The same headings; a cell that held nothing but personal data is None.

    Notes
    -----
    Linear in the length of the text; a cell without a digit or a sign of a contact costs one scan.
    """
    dropped: Counter[str] = Counter()
    kept: dict[str, str | None] = {}
    for heading, text in cells.items():
        if text is None:
            kept[heading] = None
        elif kind := _whole_cell(heading, text, heading in personal_columns):
            found = _without(text, heading)[1]
            dropped.update(found or {kind: 1})
            if kind == "name" and found and re.match(r"\s*[^\W\d_]{2,}", text):
                dropped["name"] += found.get("name", 0) == 0
            kept[heading] = None
        else:
            rest, found = _without(text, heading)
            dropped.update(found)
            kept[heading] = rest
    return Cleaned(kept, {k: dropped[k] for k in KINDS if dropped[k]})


def clean_text(text: str) -> tuple[str, dict[str, int]]:
    """Take the personal data out of a single text: a title, a file's name, a sentence."""
    rest, found = _without(text, "")
    return rest if rest is not None else PLACEHOLDERS[next(iter(found))], found


# ------------------------------------------------------------------ columns
_PERSON = (
    r"(?:pic|pengelola|penanggung ?jawab|pj|narahubung|operator|admin|administrator|pegawai|"
    r"petugas|pejabat|programmer|programer|inovator|inisiator|peserta|mentor|coach|ketua tim|"
    r"ketua|anggota|pemohon|pengusul|contact person|contact|kontak person|kontak|cp|person|orang)"
)
_NUMBER = r"(?:no|nomor|nomer|nmr|num|number)"
_OF = (
    rf"(?: (?:dan {_PERSON}|{_PERSON}|kepala .*|aktif|aplikasi|sistem|resmi|pribadi|kantor|"
    r"perangkat daerah|opd|skpd|instansi|unit|dinas))*"
)
_PHONE = (
    r"(?:hp|wa|whats ?app|handphone|hand phone|ponsel|telepon|telpon|telp|tlp|tel|phone|mobile|"
    r"telephone|kontak|contact)"
)
_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "telephone",
        (
            rf"(?:{_NUMBER} )?(?:{_PHONE} ?)+(?: ?{_NUMBER})?{_OF}|{_NUMBER} {_PERSON}|"
            rf"{_PERSON} (?:{_NUMBER} )?(?:{_PHONE} ?)+|"  # "Admin (No. HP)"
            r"(?:informasi|info|data) kontak"
        ),
    ),
    ("nip", rf"(?:{_NUMBER} )?nip(?: ?pppk)?{_OF}|nama (?:dan )?nip"),
    ("nik", rf"(?:{_NUMBER} )?(?:nik|ktp|kk|npwp)(?: ktp)?{_OF}"),
    ("email", rf"(?:alamat )?(?:e ?mail|surel)(?: address)?{_OF}|contact e ?mail"),
    (
        "name",
        (
            r"(?:nama )?(?:pic|narahubung|contact person|kontak person|person in charge|cp|"
            r"point of contact|poc)(?: .*)?|contact names?|responsible person|"
            rf"nama (?:lengkap )?(?:{_PERSON})(?: .*)?|nama kepala .*|nama lengkap|"
            r"(?:nama )?penanggung ?jawab (?:orang|personil|personel|person)|pengelola nama"
        ),
    ),
)
_PERSONAL = tuple((kind, re.compile(pattern)) for kind, pattern in _HEADINGS)

# headings under which some lists write a person and others the unit: the cell decides
_DOUBTFUL = re.compile(r"(?:nama )?(?:penanggung ?jawab|pengelola|pj|operator|admin)(?: aplikasi)?")
_BODY = re.compile(
    r"\b(?:dinas|badan|bagian|bidang|seksi|sub|biro|sekretariat|setda|setwan|kecamatan|kelurahan|"
    r"desa|kantor|kementerian|kemen\w*|direktorat|ditjen|dirjen|pusat|pusdatin|balai|upt|uptd|rsud|"
    r"rs|rumah sakit|puskesmas|labkesda|unit|tim|inspektorat|satpol|satuan|sekolah|sd|smp|sma|pt|"
    r"cv|perum|perumda|pdam|bumd|bkd|universitas|politeknik|pemkab|pemkot|pemprov|pemerintah|"
    r"kabupaten|kota|provinsi|lembaga|komisi|opd|skpd|vendor|admin|operator|"
    r"dis[a-z]{3,}|bap[a-z]{3,}|bak[a-z]{4,}|kes[a-z]{5,})\b",
    re.IGNORECASE,
)
LONGEST_HEADING = 120
"""Characters of a heading that are looked at: its patterns are not made for pages."""
_AMOUNT = re.compile(r"\b(?:biaya|anggaran|nilai|pagu|harga|realisasi|belanja|rp|rupiah|cost)\b")


def personal_heading(heading: str) -> bool:
    """Say whether a heading by itself says that its cells hold persons or their contacts.

    >>> personal_heading("Nomor WA Pengelola"), personal_heading("Nama Aplikasi")
    (True, False)
    """
    return _kind_of_heading(heading) is not None


@cache
def _readings(heading: str) -> tuple[str, ...]:
    """Give a heading without case, marks and column letter: as it stands, and group last."""
    heading = re.sub(r" ?\[[A-Z]{1,3}\]$", "", heading[:LONGEST_HEADING])
    parts = [" ".join(re.findall(r"[^\W_]+", p.casefold())) for p in heading.split(" / ")]
    return tuple({" ".join(filter(None, p)): None for p in (parts, parts[::-1])})


@cache
def _kind_of_heading(heading: str) -> str | None:
    heading = folded(heading)
    if re.search(r"\((?:unit|instansi|opd|skpd|perangkat daerah)\b", heading.casefold()):
        return None  # "PIC (unit)" and the like name the body, not the person
    for plain in _readings(heading):
        if _doubtful(plain):
            continue
        for kind, pattern in _PERSONAL:
            if pattern.fullmatch(plain):
                return kind
    pieces = re.split(r"\s?(?:[/&,+]|\bdan\b|\batau\b)\s?", heading[:LONGEST_HEADING])
    kinds = [_kind_of_heading(p) for p in pieces] if len(pieces) > 1 else []
    return kinds[0] if kinds and all(kinds) else None


@cache
def _doubtful_heading(heading: str) -> bool:
    return any(map(_doubtful, _readings(heading)))


def _doubtful(plain: str) -> bool:
    return bool(_DOUBTFUL.fullmatch(plain)) and not plain.startswith("nama pengelola")


def _whole_cell(heading: str, text: str, by_role: bool) -> str | None:
    """Give the kind under which the whole cell is dropped, None if it may stay."""
    if not any(c.isalnum() for c in text):
        return None
    kind = _kind_of_heading(heading)
    if kind is None and by_role:
        found = _without(text, "")[1]
        kind = "name" if re.search(r"[^\W\d_]{2,}", text) or not found else next(iter(found))
    if kind is None and _doubtful_heading(heading) and not _names_a_body(text):
        kind = "name"
    return kind


def _names_a_body(text: str) -> bool:
    """Say whether a text names a unit rather than a person: a body's word, or one acronym."""
    text = text[:1000]  # a page is no unit
    return bool(_BODY.search(text)) or bool(re.fullmatch(r"[A-Z0-9&/. -]{2,}", text))


# ------------------------------------------------------------------ patterns
_S = r"[ \u00a0.\-\u2010-\u2015]"  # what people put between digits
_D = rf"(?:{_S}{{0,3}}\d)"
_W = rf"(?:{_S[:-1]}/_]{{0,3}}\d)"  # … after its own label: nothing else begins like that
_L = r"[ \u00a0.\-\u2010-\u2015\r\n\t_]"  # … of a telephone number: a cell breaks its lines
_T = rf"(?:{_L}{{0,3}}\d)"
_P = rf"(?:{_L[:-1]}/]{{0,3}}\d)"  # … after "+62": nothing else begins like that
_PROVINCE = r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_OPERATOR = r"8(?:1[1-9]|2[1238]|3[1238]|5[1-35-9]|7[7-9]|8[1-9]|9[5-9])"  # of mobile numbers
_AREA = r"(?:021|022|024|031|061|0[2-79]\d{2})"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_BIRTH = rf"(?:19[3-9]\d|20[0-2]\d){_S}?(?:0[1-9]|1[0-2]){_S}?(?:0[1-9]|[12]\d|3[01])"


def _any(*parts: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in parts), flags)


_NIP = _any(
    rf"(?<!\d){_BIRTH}{_S}{{0,3}}(?:19|20)\d\d{_S}?\d\d{_S}{{0,3}}[12]{_S}{{0,3}}\d{{3}}(?!\d)",
    # grouped in any other way; two dates in a row are none
    rf"(?<!\d)(?!\d{{4}}-\d\d-\d\d){_BIRTH}{_D}{{10}}(?!\d)",
    rf"\bNIP(?:PPPK)?\b[\s.:]*\d{_W}{{7,20}}(?!\d)",
    flags=re.IGNORECASE,
)
_NIK = _any(
    rf"(?<!\d){_PROVINCE}{_D}{{4}}{_S}{{0,3}}(?:[04]{_S}?[1-9]|[1256]{_S}?\d|[37]{_S}?[01])"
    rf"{_S}{{0,3}}(?:0{_S}?[1-9]|1{_S}?[0-2]){_D}{{6}}(?!\d)",
    rf"\b(?:NIK|KTP|KK)\b[\s.:]*\d{_W}{{15}}(?!\d)",
    r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?:\.\d{3})?(?!\d)",
    rf"\bNPWP\b[\s.:]*\d{_D}{{14,15}}(?!\d)",
    flags=re.IGNORECASE,
)
_TELEPHONE = _any(
    # +62, 0062 or 62 before a mobile number
    rf"(?:\+{_S}?|(?<!\d)00)\(?62\)?{_L[:-1]}/]{{0,3}}\(?(?:0\)?)?{_S}?8\d{{1,2}}\)?{_P}{{6,10}}(?!\d)",
    rf"(?<!\d)\(?62\)?{_S}{{0,3}}\(?(?:0\)?)?{_S}?8\d{{1,2}}\)?{_T}{{6,10}}(?!\d)",
    # +62 before a line number
    rf"\+{_S}?\(?62\)?{_S}{{0,3}}\(?0?\)?\(?[2-79]\d{{1,2}}\)?{_D}{{5,9}}(?!\d)",
    # 08xx in any grouping; 08 12 34 56 78 in pairs (a date has no four pairs after the 08)
    rf"(?<!\d)(?<!\d[.,])\(?0\s?8\d{{1,2}}\)?{_T}{{6,10}}(?!\d)",
    # 0812/1111/0039: the number of a letter begins otherwise, or goes on with letters
    r"(?<![\d/])(?<!\d[.,])08[1-9]\d?(?: ?[/_.-] ?\d{3,4}){2}(?: ?[/_.-] ?\d{1,4})?(?!\d|/)",
    r"(?<![\d/])(?<!\d[.,])08[1-9]\d?/\d{6,8}(?!\d|/)",
    r"(?<!\d)08(?:[ -]\d{2}){4,5}(?!\d)",
    # line numbers: area code, then five to eight digits
    rf"\(0\d{{2,3}}\){_S}{{0,3}}\d{_D}{{4,7}}(?!\d)",
    rf"(?<!\d)(?<!\d[.,]){_AREA}(?:{_S}{{1,3}}\d{{5,8}}|{_S}\d{{3,4}}{_S}\d{{3,4}}|\d{{5,8}})(?!\d)",
)
# 812… without its 0: what a spreadsheet makes of a number; round figures are amounts
_BARE = _any(
    rf"(?<!\d)(?<!\d[.,])(?<!Rp)(?<!Rp[ .])(?<!Rp\. ){_OPERATOR}(?!\d*000(?!\d))"
    r"(?:\d{6,9}|(?:[ \-]\d{3,4}){2,3})(?!\d|[.,]\d)"
)
_INTERNAL = _any(
    r"(?<!\d)(?<!\d\.)(?<!\bv)(?<!\bv\.)(?<!versi )(?<!version )(?<!\bver )(?<!\bver\. )"
    rf"(?:(?:10|127)\.{_OCTET}|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.{_OCTET}\.{_OCTET}"
    r"(?!\d|\.\d)(?::\d{1,5}|/\d{1,2}(?![\d/]))?",
    r"(?<![\w.@-])localhost(?::\d{1,5})?(?![\w-]|\.\w)",
    r"(?<![\w:])(?:fe80|f[cd][0-9a-f]{2}):[0-9a-f:]*[0-9a-f](?:%\w+)?",
    flags=re.IGNORECASE,
)
_NUMBERS = (
    ("internal_address", _INTERNAL),
    ("nip", _NIP),
    ("nik", _NIK),
    ("telephone", _TELEPHONE),
)

_AT = re.compile(
    r"(?:@|%40|\s?[\[(](?:at|et)[\])]\s?)(?:[^\W_][\w\-]*(?:\.[\w\-]+)+|[^\W\d_][\w\-]{3,})",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(?<=://)[^\s/@]+@(?=[^\s@]+)")
_DOT = r"(?:\.| ?[\[(](?:dot|titik)[\])] ?| (?:dot|titik) )"
_SPELLED = re.compile(  # "siti dot aminah at contoh dot go dot id": "at" alone says nothing
    rf"(?<![\w.+\-])[\w+\-]{{1,64}}(?:{_DOT}[\w+\-]{{1,64}}){{0,4}}"
    rf"(?: ?@ ?| ?[\[(](?:at|et)[\])] ?| at )(?=[\w.\-]{{1,64}} ?[\[(]?(?:dot|titik)\b)"
    rf"[\w\-]{{1,64}}(?:{_DOT}[\w\-]{{1,64}}){{1,6}}",
    re.IGNORECASE,
)
_WORD = r"(?<![\w'’.\-])[A-Z][\w'’.\-]*,?"
_NAME_BEFORE = re.compile(  # a NIP, a NIK or a labelled contact follows the name of its holder
    rf"((?:{_WORD} {{1,3}}){{1,6}})"
    r"(?=[(,;:/\- ]{0,6}(?:NIP|NIK)?[.: ]{0,4}\[(?:NIP|NIK) dihapus\])"
)
_NAME_LABELLED = re.compile(
    r"\b((?:PIC|CP|Narahubung|Contact Person|Kontak|Pengelola|Operator|Admin)\s{0,3}[:=]\s{0,3})"
    rf"({_WORD}(?: {{1,3}}{_WORD}){{0,5}})"
)
_GIVEN = r"(?:[A-Z][a-z'’\-]{1,30}(?!\w)|[A-Z]\.|I(?= ))"
_NAME_CALLED = re.compile(  # "PIC Budi Santosa, S.Kom": no mark, but words written like a name
    r"\b(?:[Pp][Ii][Cc]|CP|[Nn]arahubung|[Cc]ontact [Pp]erson|[Kk]ontak [Pp]erson) {1,3}"
    rf"(?P<name>{_GIVEN}(?: {_GIVEN}){{0,5}}"
    r"(?:, ?(?:[A-Z][A-Za-z]{0,4}\.){1,4}[A-Z]?[a-z]{0,4})*)"
)
_TITLE = r"(?:[Pp]ak|[Bb]u|[Bb]apak|[Ii]bu|[Ss]dri?|[Mm]as|[Mm]bak|[Kk]ak)\.?"
_NAME_REACHED = re.compile(  # "dikelola Budi Santosa hp [telepon dihapus]", "pak Joko, WA …"
    rf"(?P<title>\b{_TITLE} {{1,2}})?(?P<name>\b{_GIVEN}(?: {_GIVEN}){{0,4}})"
    r"(?=[(,;:/\- ]{0,4}"
    r"(?:(?i:no|nomor|hp|wa|whatsapp|telp|tlp|telepon|email|surel)[.: ]{0,3}){0,3}"
    r"\(?\[(?:telepon|surel) dihapus\])",
    re.MULTILINE,
)
_THING = re.compile(
    r"(?:aplikasi|sistem|data|layanan|kegiatan|program|proyek|modul|fitur|server|domain|website|"
    r"situs|portal|utama|teknis|pengembang\w*|pengelola\w*|pengguna|penanggung|jawab|instansi|"
    r"perangkat|daerah|pusat|organisasi|bersama|nasional|informasi|infrastruktur|jaringan|"
    r"keamanan|statistik|dan|atau|dari|untuk|pada|di|yang|adalah|belum|tidak|ada|nama|nomor|no|"
    r"telepon|email|surel|person|tersedia|lihat|per|setiap|masing|saat|integrasi|"
    r"inovasi|asisten|kepala|direktur|staf|satgas|kelompok|divisi|dept|departemen|sekretaris|"
    r"camat|lurah|bupati|wali|gubernur|menteri|team|support|developer|lead|project|manager)"
)
_DESK = re.compile(  # words for a desk that is called, not a person
    r"(?:call|center|centre|hotline|posko|halo|hallo|sms|wa|whatsapp|hubungi|info|pengaduan|lapor|"
    r"bantuan|helpdesk|help|desk|customer|service|humas|sekretariat|gedung|jalan|jl|alamat|fax|"
    r"faks|hp|telp|tlp|sapa|siaga|darurat|ambulans|pemadam|loket|mal|pelayanan|publik)"
)


def _without(text: str, heading: str) -> tuple[str | None, dict[str, int]]:
    """Give a text without what the patterns find (None if nothing is left), and the counts."""
    if text.isascii() and not _suspect(text):
        return text, {}
    found: Counter[str] = Counter()
    rest = folded(text)
    rest = _without_email(rest, found) if _may_hold_email(rest) else rest
    if _DIGITS.search(rest) or "::" in rest or "localhost" in rest.casefold():
        for kind, pattern in _NUMBERS:
            rest = _replace(pattern, kind, rest, found)
        if not _AMOUNT.search(heading.casefold()):
            rest = _replace(_BARE, "telephone", rest, found)
    if found or ":" in rest or "=" in rest:
        rest = _without_names(rest, found)
    rest = _NAME_CALLED.sub(lambda m: _without_called(m, found), rest)
    found = +found
    if not found:
        return text, {}
    if found["internal_address"] and not any(c.isspace() for c in text.strip()):
        return None, dict(found)  # an address that leads nowhere from outside
    left = rest
    for placeholder in PLACEHOLDERS.values():
        left = left.replace(placeholder, "")
    return (rest if any(c.isalnum() for c in left) else None), dict(found)


_MARK = re.compile(r"[0-9@\[(:=]")


def _suspect(text: str) -> bool:
    """Say whether a pattern may find something in an ASCII text: each needs one of these."""
    if _MARK.search(text):
        return True
    low = text.lower()
    return (
        " at " in low
        or "localhost" in low
        or "pic " in low
        or "cp " in low
        or "narahubung " in low
        or "person " in low
    )


_DIGITS = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_UNSEEN = dict.fromkeys(
    (0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)
)
_FULL_WIDTH = {0x3000: " ", **{c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}}


def folded(text: str) -> str:
    """Give a text without what hides a number: unseen signs, full-width and foreign digits.

    >>> folded("０８\u200b12 ＠")
    '0812 @'
    """
    if text.isascii():
        return text
    text = text.translate(_UNSEEN | _FULL_WIDTH)
    return _FOREIGN_DIGIT.sub(lambda m: str(unicodedata.decimal(m[0])), text)


def _replace(pattern: re.Pattern[str], kind: str, text: str, found: Counter[str]) -> str:
    text, n = pattern.subn(PLACEHOLDERS[kind], text)
    found[kind] += n
    return text


def _may_hold_email(text: str) -> bool:
    return "@" in text or "%40" in text or "[" in text or "(" in text or " at " in text.casefold()


def _without_email(text: str, found: Counter[str]) -> str:
    """Replace each address from its "@" outwards: linear, whatever the text looks like."""
    text, n = _USERINFO.subn("", text)  # name and password before the host of a URL
    found["email"] += n
    if "dot" in (plain := text.casefold()) or "titik" in plain:
        text = _replace(_SPELLED, "email", text, found)
    parts, end = [], 0
    for at in _AT.finditer(text):
        start = at.start()
        while start > end and (text[start - 1].isalnum() or text[start - 1] in "._%+'-"):
            start -= 1
        local = text[start : at.start()]
        if not any(c.isalnum() for c in local) or local == "git":
            continue
        parts += [text[end:start], PLACEHOLDERS["email"]]
        end = at.end()
        found["email"] += 1
    return "".join([*parts, text[end:]])


def _without_names(text: str, found: Counter[str]) -> str:
    text, n = _NAME_BEFORE.subn(PLACEHOLDERS["name"] + " ", text)
    found["name"] += n

    def labelled(match: re.Match[str]) -> str:
        if _names_a_body(match[2]):
            return match[0]
        found["name"] += 1
        blank = " " if match[2].endswith(" ") else ""
        return match[1] + PLACEHOLDERS["name"] + blank

    text = _NAME_REACHED.sub(lambda m: _without_reached(m, found), text)
    return _NAME_LABELLED.sub(labelled, text)


def _without_reached(match: re.Match[str], found: Counter[str]) -> str:
    """Replace the name before a number or an address; one word alone needs a title before it."""
    name, title = match["name"], match["title"] or ""
    words = [w.strip(".,").casefold() for w in name.split()]
    if len(words) < 2 and not title:
        return match[0]
    if _BODY.search(name) or any(_THING.fullmatch(w) or _DESK.fullmatch(w) for w in words):
        return match[0]
    found["name"] += 1
    return title + PLACEHOLDERS["name"]


def _without_called(match: re.Match[str], found: Counter[str]) -> str:
    """Replace the words after "PIC" up to the first that is no name: a body, a thing."""
    name, end = match["name"], 0
    for word in re.finditer(r"\S+", name):
        bare = word[0].strip(".,").casefold()
        if _THING.fullmatch(bare) or _BODY.search(word[0]):
            break
        end = word.end()
    if not end:
        return match[0]
    found["name"] += 1
    return match[0][: match.start("name") - match.start()] + PLACEHOLDERS["name"] + name[end:]
