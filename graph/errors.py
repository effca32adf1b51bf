"""Every error a user can meet, with its code; `graph/texts/errors.*.toml` has the sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from graph.texts import say, texts

NEAREST = 5
WRITING = (
    "ENOENT",
    "EACCES",
    "EPERM",
    "EISDIR",
    "ENOTDIR",
    "EROFS",
    "ENOSPC",
    "EFBIG",
    "ENAMETOOLONG",
)


@dataclass(frozen=True)
class Locus:
    """Where in a source a value stands, in the terms of the person who has it open."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def text(self, lang: str) -> str:
        """Write the place: file › sheet › row › column."""
        parts = [self.file]
        for key, value in (("sheet", self.sheet), ("row", self.row), ("column", self.column)):
            if value is not None:
                # a row number is an address, not an amount: it is never grouped by thousands
                parts.append(say(f"error.place.{key}", lang, value=str(value)))
        return " › ".join(parts)


class SimpulError(Exception):
    """Base of every error that is the user's to resolve; anything else is our bug.

    Parameters
    ----------
    where
        The place: a `Locus`, or a name (file, id, command).
    facts
        What fills the blanks of the sentences `error.<code>.problem`, `.expected`, `.hint`.
    """

    code: ClassVar[str] = "error"

    def __init__(self, where: Locus | str = "", /, **facts: object) -> None:
        self.where, self.facts = where, facts
        super().__init__(self.text("en"))

    def parts(self, lang: str) -> dict[str, str]:
        """Give code, where, problem, expected and hint in a language."""
        where = self.where.text(lang) if isinstance(self.where, Locus) else self.where
        found = {"code": self.code, "where": where}
        facts = self.told(lang)
        for part in ("problem", "expected", "hint"):
            key = f"error.{self.code}.{part}"
            found[part] = say(key, lang, **facts) if key in texts(lang) else ""
        return found

    def told(self, lang: str) -> dict[str, object]:
        """Give the facts as a language writes them; those that are keys of sentences, said."""
        return self.facts

    def text(self, lang: str) -> str:
        """Write the error as the person with the file open should read it."""
        p = self.parts(lang)
        lines = [f"[{p['code']}] " + (f"{p['where']}: " if p["where"] else "") + p["problem"]]
        lines += [
            f"  {say(f'error.label.{part}', lang)}: {p[part]}"
            for part in ("expected", "hint")
            if p[part]
        ]
        return "\n".join(lines)


# ------------------------------------------------------------------ files
class FileNotThere(SimpulError):
    """A path that names nothing."""

    code = "file-not-there"


class EmptyFile(SimpulError):
    """A file without a byte, or a sheet without a row."""

    code = "empty-file"


class UnknownFormat(SimpulError):
    """A file whose content is none of the formats that have a reader."""

    code = "unknown-format"


class NotASpreadsheet(SimpulError):
    """A file that bears a spreadsheet's name and is none."""

    code = "not-a-spreadsheet"


class LockedSpreadsheet(SimpulError):
    """A workbook that asks for a password."""

    code = "locked-spreadsheet"


class TooLarge(SimpulError):
    """A file (or what it unpacks to) beyond the limits, a zip bomb for instance."""

    code = "too-large"


class BrokenFile(SimpulError):
    """A file of a known format that cannot be read to its end.

    `reason` is the key of a sentence below `reason.`, or free text.
    """

    code = "broken-file"

    def told(self, lang: str) -> dict[str, object]:
        """Give the facts, the reason in the language too."""
        return self.facts | _said(self.facts, ("reason",), "reason", lang)


class TooManyCells(SimpulError):
    """A table with more rows or columns than are read."""

    code = "too-many-cells"


class NoRecords(SimpulError):
    """A JSON file without a list of objects."""

    code = "no-records"


class UnknownSheet(SimpulError):
    """A sheet that the mapping names and the workbook lacks."""

    code = "unknown-sheet"


class NoHeader(SimpulError):
    """A sheet in which no row looks like headings."""

    code = "no-header"


# ------------------------------------------------------------------ columns and cells
class MissingColumn(SimpulError):
    """A column that the mapping needs and the file does not have."""

    code = "missing-column"


class EmptyCell(SimpulError):
    """A required cell with nothing in it."""

    code = "empty-cell"


class TooLong(SimpulError):
    """A cell with more text than a name can have."""

    code = "too-long"


class UnknownCode(SimpulError):
    """A value that is not in the code list of its column."""

    code = "unknown-code"

    def __init__(self, where: Locus | str, value: str, allowed: Sequence[str]) -> None:
        near = get_close_matches(value.casefold(), allowed, n=1)
        super().__init__(
            where, value=value, allowed=", ".join(allowed), near=near[0] if near else allowed[0]
        )


class UnknownRegion(SimpulError):
    """A code or name that no region has, or a name that several have."""

    code = "unknown-region"


class UnreadColumn(SimpulError):
    """A filled column that nothing reads and no one listed as ignored."""

    code = "unread-column"


class BrokenMapping(SimpulError):
    """A `source.yml` that cannot be used as it stands."""

    code = "broken-mapping"


class UnknownKey(BrokenMapping):
    """A word in a `source.yml` that means nothing there."""

    code = "unknown-key"

    def __init__(self, where: Locus | str, key: str, keys: Sequence[str]) -> None:
        near = get_close_matches(key, keys, n=1)
        super().__init__(where, key=key, keys=", ".join(keys), near=near[0] if near else keys[0])


class MissingKey(BrokenMapping):
    """A `source.yml` without something it cannot do without."""

    code = "missing-key"


class DuplicateKey(BrokenMapping):
    """A `source.yml` that says one thing twice."""

    code = "duplicate-key"


class WrongValue(BrokenMapping):
    """A value in a `source.yml` that is not of the kind its key takes."""

    code = "wrong-value"


class UnmetExpectation(SimpulError):
    """A source that gave less than its `expect` says."""

    code = "unmet-expectation"


class TooFewRows(UnmetExpectation):
    """A source with fewer accepted rows than expected: half a file, perhaps."""

    code = "too-few-rows"


class TooEmpty(UnmetExpectation):
    """A source in which a column is filled less often than expected."""

    code = "too-empty"


class NotCalculated(SimpulError):
    """A required cell whose formula has no stored result."""

    code = "not-calculated"


class RefusedRows(SimpulError):
    """Under --strict: rows that could not be accepted."""

    code = "refused-rows"


class BadSlug(SimpulError):
    """A name that no source can have."""

    code = "bad-slug"


class SlugTaken(SimpulError):
    """The name of a source that another file holds already."""

    code = "slug-taken"


class NothingToLoad(SimpulError):
    """A folder in which nothing can be read."""

    code = "nothing-to-load"


# ------------------------------------------------------------------ workspace
class WorkspaceBusy(SimpulError):
    """Another process is writing to the workspace."""

    code = "workspace-busy"


class NoVersion(SimpulError):
    """A workspace (or a version in it) that is not there yet."""

    code = "no-version"


class DiskFull(SimpulError):
    """No room left where the workspace lies."""

    code = "disk-full"


class BrokenWorkspace(SimpulError):
    """A file of the workspace that cannot be read."""

    code = "broken-workspace"


class ReadOnlyPast(SimpulError):
    """A change asked of an older version."""

    code = "read-only-past"


# ------------------------------------------------------------------ questions
class UnknownNode(SimpulError):
    """An id or name that no node of the graph has."""

    code = "unknown-node"


class AmbiguousNode(SimpulError):
    """A name that several nodes have."""

    code = "ambiguous-node"


class WrongType(SimpulError):
    """A node of another type than the question is about."""

    code = "wrong-type"


class UnknownWord(SimpulError):
    """A word where only a word of a known list can stand; names the nearest."""

    def __init__(self, name: str, known: Sequence[str], **facts: object) -> None:
        folded = {k.casefold(): k for k in known}
        near = get_close_matches(name.casefold(), folded, n=NEAREST, cutoff=0.4)
        nearest = [folded[k] for k in near] or list(known)
        listed = ", ".join(nearest) or "–"
        super().__init__("", name=name, nearest=listed, near=[*nearest, "–"][0], **facts)


class UnknownType(UnknownWord):
    """A word that is no type of node."""

    code = "unknown-type"

    def __init__(self, name: str, known: Sequence[str], **facts: object) -> None:
        super().__init__(name, known, names=", ".join(known), **facts)


class UnknownSource(UnknownWord):
    """A word that no source of the version is named."""

    code = "unknown-source"


class UnknownFunction(UnknownWord):
    """A word that is the code of no function."""

    code = "unknown-function"


class UnknownFinding(SimpulError):
    """An id that no finding has."""

    code = "unknown-finding"


class NotAMember(SimpulError):
    """An application that a finding is not about."""

    code = "not-a-member"


class UnknownJudgement(SimpulError):
    """A judgement that is not there, or is undone already."""

    code = "unknown-judgement"


class MissingReason(SimpulError):
    """A judgement without a reason or a name."""

    code = "missing-reason"


class AlreadyDecided(SimpulError):
    """A judgement on what somebody else decided in the meantime."""

    code = "already-decided"


class LoadedMeanwhile(SimpulError):
    """A load, or one taken back, over what somebody else loaded under this name in the meantime."""

    code = "loaded-meanwhile"


class UnknownReport(SimpulError):
    """The name of a report that is not there."""

    code = "unknown-report"


class BrokenReport(SimpulError):
    """A report file whose head cannot be read."""

    code = "broken-report"


class RefusedQuery(SimpulError):
    """A query that would write, read files or call what is not allowed."""

    code = "refused-query"


class BrokenQuery(SimpulError):
    """A query that the engine does not understand."""

    code = "broken-query"


class QueryTooLarge(BrokenQuery):
    """A query that asks for more memory than it may have."""

    code = "query-too-large"


class MissingParameter(BrokenQuery):
    """A parameter that a query names and nobody gave a value."""

    code = "missing-parameter"


class UnknownOption(SimpulError):
    """An argument of a command that cannot be used.

    `problem`, `expected` and `hint` are keys of sentences below `option.`, whose blanks the
    other facts fill, or texts that are the same in every language (a usage, a command).
    """

    code = "unknown-option"

    def told(self, lang: str) -> dict[str, object]:
        """Give the facts, the three parts in the language."""
        return self.facts | _said(self.facts, ("problem", "expected", "hint"), "option", lang)


class UnknownParameter(UnknownOption):
    """A parameter that a report does not have."""

    code = "unknown-parameter"


class WrongParameter(UnknownOption):
    """A value of another type than the parameter of a report takes."""

    code = "wrong-parameter"


class NoSuchCommand(SimpulError):
    """A word that is no command."""

    code = "no-such-command"


class ServerNotThere(SimpulError):
    """A server that does not answer or does not let us in."""

    code = "server-not-there"


class ServerRefused(SimpulError):
    """A server that answers and does not take what is published to it."""

    code = "server-refused"


class CannotWrite(SimpulError):
    """An output path that cannot be written; `reason` is what the operating system says."""

    code = "cannot-write"

    def told(self, lang: str) -> dict[str, object]:
        """Give the facts, the reason in the language for the errors that people meet."""
        reason = str(self.facts.get("reason", ""))
        # compared with the system's own sentence: it comes in the language of the system
        known = (name for name in WRITING if os.strerror(getattr(errno, name)) in reason)
        return {"reason": say(f"os.{next(known, 'other')}", lang, reason=reason)}


def _said(
    facts: Mapping[str, object], names: Iterable[str], table: str, lang: str
) -> dict[str, object]:
    """Give those facts that are keys of sentences in a table, said."""
    keys = {n: f"{table}.{facts.get(n)}" for n in names}
    return {n: say(key, lang, **facts) for n, key in keys.items() if key in texts(lang)}
