"""What a cell can be besides plain text, and what is made of it once its heading is known."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.personal import personal_heading
from ingest.readers.records import whole


class Number(str):
    """A cell that the file holds as a number; `shown` is what its format shows, if that differs."""

    __slots__ = ("shown",)
    shown: str | None

    def __new__(cls, stored: str, shown: str | None = None) -> Number:
        """Keep the stored digits as the text."""
        made = super().__new__(cls, stored)
        made.shown = shown
        return made


class Date(str):
    """A cell that the file holds as a date: ISO text."""

    __slots__ = ()


class Link(str):
    """A cell that shows one text and leads to an address."""

    __slots__ = ("target",)
    target: str

    def __new__(cls, shown: str, target: str) -> Link:
        """Keep what is shown as the text."""
        made = super().__new__(cls, shown)
        made.target = target
        return made


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is not what it seems: the text that may be used, and the remark about it."""

    text: str | None
    code: str
    facts: dict[str, str] = field(default_factory=dict)


Cell = str | Odd | None

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|"
    r"GETTING_DATA|N/D|NILAI!|NAMA\?)|Err:\d{3}"
)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}")
_CODE_HEADING = re.compile(r"\b(?:kode|code|id|registrasi|npsn|nomor (?!urut).+)\b", re.IGNORECASE)
_CODE = re.compile(r"0\d+|\d+(?:[.\-]\d+)+")
_NO_CODE = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,2}[.\-]\d{1,2}[.\-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|"
    r"(?:19|20)\d\d-(?:19|20)\d\d"
)
_ADDRESS_HEADING = re.compile(
    r"\b(?:alamat|link|url|domain|tautan|website|web|situs|laman|address)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def number_text(value: float) -> str:
    """Write a stored number as a spreadsheet would in full: 2019.0 → 2019, never an exponent."""
    if isinstance(value, int) or (abs(value) >= 1e15 and value == int(value)):
        return str(int(value))
    text = format(value, ".15g")
    return f"{Decimal(text):f}" if "e" in text else text


def number_cell(value: float, number_format: str = "General") -> Cell:
    """Make the cell of a stored number; more than 15 digits were not kept by the spreadsheet."""
    text = number_text(value)
    if sum(c.isdigit() for c in text.partition(".")[0]) > 15:
        return Odd(text, "digits-lost", {"stored": text})
    seen = shown(text, number_format)
    if seen is None or seen == text:
        return Number(text)
    padded = "00" in number_format.partition(".")[0]
    if re.fullmatch(r"[0#]+(?:\.0+)?(?:;.*)?", number_format) and not padded:
        return Number(text, seen)  # decimals only: the same number, perhaps not the same code
    return Odd(seen, "shown-by-format", {"stored": text, "shown": seen})


def shown(stored: str, number_format: str) -> str | None:
    """Give what a format of zeros, digits and fixed marks shows of a number.

    Parameters
    ----------
    stored
        The number in full, e.g. "3519".
    number_format
        As in the workbook, e.g. `00"."00`.

    Returns
    -------
    str or None
        The text shown; None where the format is another kind (thousands, per cent, dates) or
        shows less than is stored.
    """
    section = number_format.split(";")[0]
    if stored.startswith("-") or section.casefold() in ("general", "@", ""):
        return None
    section = re.sub(r"\[[^\]]*\]|_.|\*.", "", section)
    tokens = re.findall(r'"[^"]*"|\\.|.', section)
    marks = [t for t in tokens if t[0] not in '"\\']
    if any(t in ",%?/@" or (t.isalpha() and t.isascii()) for t in marks) or marks.count(".") > 1:
        return None
    whole, _, fraction = stored.partition(".")
    at = tokens.index(".") if "." in marks else len(tokens)
    decimals = sum(t in "0#" for t in tokens[at + 1 :])
    if len(fraction) > decimals or not any(t in "0#" for t in tokens[:at]):
        return None
    tail = [t for t in tokens[at:] if t != "#"]
    right = _fill_right(tail, fraction)
    return _fill_left(tokens[:at], whole.lstrip("0")) + right


def _literal(token: str) -> str:
    return token[1:-1] if token.startswith('"') else token.removeprefix("\\")


def _fill_left(tokens: Sequence[str], digits: str) -> str:
    """Put digits into the places before the decimal mark, from the right."""
    left, parts = list(digits), []
    places = sum(t in "0#" for t in tokens)
    for token in reversed(tokens):
        if token not in ("0", "#"):
            parts.append(_literal(token))
            continue
        places -= 1
        if left:
            parts.append(left.pop())
        elif token == "0":
            parts.append("0")
        if places == 0:
            parts += reversed(left)
            left = []
    return "".join(reversed(parts))


def _fill_right(tokens: Sequence[str], fraction: str) -> str:
    digits, parts = iter(fraction), []
    for token in tokens:
        parts.append(next(digits, "0") if token == "0" else _literal(token))
    return "".join(parts)


@dataclass
class Column:
    """One column below its heading: decides what its doubtful cells are worth.

    `references` counts the cells in which character references were written out.
    """

    heading: str
    cells: Sequence[Cell]
    references: int = 0
    plain_codes: int = 0

    def __post_init__(self) -> None:
        """Look at the whole column once."""
        self.personal = personal_heading(self.heading)
        texts = [c for c in self.cells if type(c) is str]
        numbers = [c for c in self.cells if isinstance(c, Number)]
        codes = [t for t in texts if _CODE.fullmatch(t) and not _NO_CODE.fullmatch(t)]
        named = bool(_CODE_HEADING.search(self.heading))
        known = [t for t in texts if t.strip()]
        self.holds_codes = bool(codes) and 2 * len(codes) > len(known)
        self.holds_codes |= named and (bool(codes) or bool(numbers))
        shapes = {re.sub(r"\d", "0", c) for c in codes if not self.personal}
        self.shape = shapes.pop() if len(shapes) == 1 else None
        if self.holds_codes and not codes and numbers:
            self.shape = _shape_of_numbers(numbers)
        links = [c for c in self.cells if isinstance(c, Link)]
        addresses = sum(bool(_ADDRESS.fullmatch(t)) for t in texts) if links else 0
        self.holds_addresses = bool(_ADDRESS_HEADING.search(self.heading)) or (
            2 * addresses > len(known) and addresses > 0
        )

    def read(self, cell: Cell) -> tuple[str | None, Odd | None]:
        """Give the text of a cell and, if something is to be told, the remark about it."""
        if cell is None:
            return None, None
        if isinstance(cell, Odd):
            keep = cell.text if cell.code != "digits-lost" or self.personal else None
            return keep, cell
        if isinstance(cell, Number):
            return self._number(cell)
        if isinstance(cell, Date):
            if self.holds_codes:
                return None, Odd(None, "date-among-codes", {"stored": str(cell)})
            return str(cell), None
        if isinstance(cell, Link):
            return self._link(Link(whole(cell), whole(cell.target)))
        text, odd = self._text(whole(cell))
        if text is not None and odd is None and whole(cell) != cell:
            odd = Odd(text, "half-sign")
        return text, odd

    def _text(self, cell: str) -> tuple[str | None, Odd | None]:
        text = cell
        if "&" in text and _REFERENCE.search(text):
            text = _REFERENCE.sub(lambda m: html.unescape(m[0]), text)
            self.references += text != cell
        if "_x000" in text:
            text = text.replace("_x000D_", "")
        text = text.strip("\ufeff\u200b \t\r\n\f\v\u00a0\u2007\u202f\u3000")
        if not text:
            return None, None
        if text[0] in "#E" and _ERROR.fullmatch(text):
            return None, Odd(None, "error-value", {"value": text})
        if "E+" in text and _SCIENTIFIC.fullmatch(text) and not self.personal:
            return None, Odd(None, "digits-lost", {"stored": text})
        return text, None

    def _number(self, cell: Number) -> tuple[str | None, Odd | None]:
        stored = str(cell)
        if not self.holds_codes or self.personal:
            return stored, None
        offered = cell.shown or _in_shape(stored, self.shape)
        facts = {"stored": stored, "offered": offered or stored}
        if cell.shown:
            return cell.shown, Odd(cell.shown, "shown-by-format", {**facts, "shown": cell.shown})
        if offered and offered != stored:
            return None, Odd(None, "number-for-code", facts)
        if self.shape or "." in stored:
            return stored, Odd(stored, "number-among-codes", facts)
        self.plain_codes += 1
        return stored, None

    def _link(self, cell: Link) -> tuple[str | None, Odd | None]:
        text, target = str(cell).strip(), cell.target
        if _ADDRESS.fullmatch(text):
            return text, None
        facts = {"shown": text, "offered": target}
        if self.holds_addresses:
            return target, Odd(target, "link-taken", facts)
        return text or None, Odd(text, "link-offered", facts)


def _shape_of_numbers(numbers: Sequence[Number]) -> str | None:
    """Give the shape of codes that are all numbers: the most decimals any of them has."""
    decimals = Counter(len(n.partition(".")[2]) for n in numbers)
    most = max(decimals)
    return "0." + "0" * most if most else None


def _in_shape(stored: str, shape: str | None) -> str | None:
    """Write a number in the shape of its column's codes: 35.2 in 00.00 → 35.20, 14 in 000 → 014."""
    if shape is None or not re.fullmatch(r"0+(?:\.0+)?", shape):
        return None
    (whole, _, fraction), (width, _, decimals) = stored.partition("."), shape.partition(".")
    if bool(decimals) != bool(fraction) or len(fraction) > len(decimals):
        return None
    return whole.zfill(len(width)) + ("." if decimals else "") + fraction.ljust(len(decimals), "0")
