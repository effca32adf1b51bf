"""Which sources the paths on a command line stand for, and how each is mapped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.errors import BadSlug, FileNotThere, Locus, NothingToLoad, SlugTaken, UnknownRegion
from graph.reference import regions
from graph.schema.records import plain
from graph.store.workspace import Load
from ingest import readers
from ingest.mapping import SourceMapping, read_mapping
from ingest.personal import clean_text

MAPPING = "source.yml"
LONGEST = 100
HALF_SIGN = re.compile("[\ud800-\udfff]")  # no file can hold one
NAME = re.compile(r"(?![ .])[\w. -]{1,100}(?<![ .])")
NEAREST = 5


@dataclass(frozen=True)
class Task:
    """A source to be read: where its files lie and how they are mapped."""

    slug: str
    folder: Path
    files: tuple[Path, ...]
    mapping: SourceMapping | None
    own: bool  # the mapping stands beside the files: it must fit them to the letter
    region: str | None = None  # given by a person: it holds where the mapping names none


def tasks(
    paths: Sequence[Path],
    slug: str | None,
    mapping: Path | None,
    before: Mapping[str, Load],
    region: str | None = None,
) -> list[Task]:
    """Find the sources that these paths stand for.

    A folder stands for every source folder (with a `source.yml`) and every readable file in it.
    """
    given = without_persons(_columns_and_codes(read_mapping(mapping))) if mapping else None
    found: list[Task] = []
    for path in paths:
        if not path.exists():
            raise FileNotThere(path.name)
        found += _folder(path, given) if path.is_dir() else [_file(path, given)]
    if slug is not None:
        found = [_named(t, checked_slug(slug), given, before) for t in found]
    if region is not None:
        found = [replace(t, region=_region(region)) for t in found]
    taken: dict[str, Task] = {}
    for task in found:
        other = taken.setdefault(task.slug, task)
        if other.files != task.files:
            raise SlugTaken(task.files[0].name, slug=task.slug, file=other.files[0].name)
    return list(taken.values())


def checked_slug(text: str) -> str:
    """Give a source's name if it can be the name of one folder and of one node.

    Raises
    ------
    BadSlug
        It is empty, a path, hidden, too long, or holds something personal.
    """
    if not NAME.fullmatch(text) or clean_text(text)[1]:
        raise BadSlug("--source", name=text[:80])
    return text


def own_slug(name: str) -> str:
    """Make the name of a source from that of a file or folder; what is personal is left out."""
    text = re.sub(r"[^\w. -]+", "-", clean_text(name)[0]).strip(" .-_")[:LONGEST]
    return text or "sumber"


def _region(text: str) -> str:
    """Give the code of a region by its code or its name, "Kabupaten Sleman" or "Sleman"."""
    known = regions()
    if text in known:
        return text
    wanted = plain(text)
    named = {
        r.code: r.name for r in known.values() if f" {wanted} " in f" {plain(r.name)} " and wanted
    }
    whole = [code for code, name in named.items() if plain(name) == wanted]
    meant = whole or list(named)
    if len(meant) == 1:
        return meant[0]
    by_name = {plain(r.name): r.code for r in known.values()}
    near = meant or [by_name[n] for n in get_close_matches(wanted, by_name, n=5, cutoff=0.5)]
    shown = ", ".join(f"{code} {known[code].name}" for code in near[:NEAREST]) or "35.19"
    raise UnknownRegion("--region", name=text, nearest=shown)


def passed_over(paths: Sequence[Path], taken: Sequence[Task]) -> list[readers.Remark]:
    """Name the files of a folder that no reader takes; explanations and mappings are none."""
    read = {file for task in taken for file in task.files}
    found = []
    for folder in (p for p in paths if p.is_dir()):
        for file in _files(folder):
            told = file.name.startswith((".", "README", "SOURCE")) or file.name == MAPPING
            if not told and file not in read and not readers.readable(file):
                name = file.relative_to(folder).as_posix()
                found.append(_passed_over(file, name))
    return found


def _passed_over(file: Path, name: str) -> readers.Remark:
    line = readers.fault(file) if file.suffix in readers.YAML else None
    if line is None:
        return readers.remark("skipped-file", Locus(name))
    return readers.remark("skipped-yaml", Locus(name, row=line or None))


def _columns_and_codes(mapping: SourceMapping) -> SourceMapping:
    """Give what a mapping says of any such file; titles, dates and region are its own source's."""
    return SourceMapping(mapping.transform, mapping.files, codes=mapping.codes)


def _files(folder: Path) -> list[Path]:
    """Give the files below a folder, in order; what lies in a workspace is no inventory."""
    found = sorted(p for p in folder.rglob("*") if p.is_file())
    workspaces = {
        p.parent for p in found if p.name == "CURRENT" and (p.parent / "versions").is_dir()
    }
    return [p for p in found if not workspaces & set(p.parents)]


def _folder(path: Path, given: SourceMapping | None) -> list[Task]:
    if (path / MAPPING).exists():
        return [_source_folder(path, given)]
    files = _files(path)
    found = [_source_folder(p.parent, given) for p in files if p.name == MAPPING]
    inside = {t.folder for t in found}
    for file in files:
        if not inside & set(file.parents) and readers.readable(file):
            found.append(_file(file, given))
    if not found:
        raise NothingToLoad(path.name, formats=", ".join(readers.FORMATS))
    return found


def _source_folder(folder: Path, given: SourceMapping | None) -> Task:
    own = read_mapping(folder / MAPPING)
    files = tuple(dict.fromkeys(folder / f.file for f in own.files if f.file))
    for file in files:
        with suppress(OSError):  # a name too long for the disk is a file that is not there
            if file.is_file():
                continue
        raise FileNotThere(f"{folder.name}/{file.name}"[:200])
    if not files:
        raise NothingToLoad(folder.name, formats=", ".join(readers.FORMATS))
    slug = own_slug(folder.resolve().name)
    return Task(slug, folder, files, given or without_persons(own), given is None)


def without_persons(mapping: SourceMapping) -> SourceMapping:
    """Take what is personal out of every text of a mapping: titles, headings, file names."""

    def cleaned(value: Any) -> Any:
        if isinstance(value, str):
            return clean_text(HALF_SIGN.sub("\ufffd", value))[0]
        if isinstance(value, dict):
            return {cleaned(k): cleaned(v) for k, v in value.items()}
        return [cleaned(v) for v in value] if isinstance(value, list | tuple) else value

    return SourceMapping.from_dict(cleaned(mapping.to_dict()))


def _file(path: Path, given: SourceMapping | None) -> Task:
    beside = path.parent / MAPPING
    if given is None and beside.exists():
        own = read_mapping(beside)
        if any(f.file == path.name for f in own.files):
            slug = own_slug(path.parent.resolve().name)
            return Task(slug, path.parent, (path,), without_persons(own), True)
    return Task(own_slug(path.name), path.parent, (path,), given, False)


def _named(task: Task, slug: str, given: SourceMapping | None, before: Mapping[str, Load]) -> Task:
    """Give the task the name of a source; one loaded before keeps its mapping."""
    if given is None and slug in before and not task.own:
        kept = SourceMapping.from_dict(before[slug].meta["mapping"])
        return replace(task, slug=slug, mapping=kept, own=False)
    return replace(task, slug=slug)
