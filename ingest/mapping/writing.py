"""A mapping written as a `source.yml` that a person can correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from graph.texts import say
from ingest.mapping.model import FileMapping, SourceMapping, said_only
from ingest.sources import Transform, transforms


def write_mapping(path: Path, mapping: SourceMapping, lang: str = "id") -> None:
    """Write a mapping as a `source.yml` that a person can correct: each part says what it is."""
    path.write_text(mapping_text(mapping, lang), encoding="utf-8")


def mapping_text(mapping: SourceMapping, lang: str = "id") -> str:
    """Give a mapping as the text of a `source.yml`, with comments in a language."""
    tell: Callable[..., str] = lambda key, **f: say(f"mapping.comment.{key}", lang, **f)  # noqa: E731
    transform = transforms()[mapping.transform]
    lines = [f"# {tell('head')}", f"# {tell('title')}"]
    lines += [_line(k, getattr(mapping, k) or "") for k in ("title_id", "title_en", "publisher")]
    lines += [_line("as_of", mapping.as_of or "") + f"   # {tell('as_of')}"]
    lines += [_line("transform", mapping.transform)]
    lines += [_line("region", mapping.region or "") + f"   # {tell('region')}"]
    lines += [_line("origin", mapping.origin or "")]
    lines += ["generated: true"] if mapping.generated else []
    lines += ["files:"]
    for part in mapping.files:
        lines += _part_lines(part, tell, transform)
    if mapping.codes:
        lines.append("codes:")
        for role, words in mapping.codes.items():
            allowed = ", ".join(transform.codes[role])
            lines.append(f"  {_scalar(role)}:   # {tell('codes', words=allowed)}")
            lines += [f"    {_scalar(word)}: {_scalar(model)}" for word, model in words.items()]
    if mapping.expect:
        lines.append("expect: " + _flow(mapping.expect))
    return "\n".join(lines) + "\n"


def _part_lines(part: FileMapping, tell: Callable[..., str], transform: Transform) -> list[str]:
    reader = said_only(asdict(part.reader))
    lines = [f"  - file: {_scalar(part.file)}"]
    lines += [f"    reader: {_flow(reader)}"] if reader else []
    lines += [f"    kind: {part.kind}   # {tell('kind')}"] if part.kind else []
    lines += [f"    # {tell('roles', roles=', '.join(transform.roles))}"]
    lines += [f"    columns:   # {tell('columns')}"]
    lines += [f"      {_scalar(h)}: {_scalar(r)}" for h, r in part.columns.items()]
    if part.ignore:
        lines.append(f"    ignore: {_flow(list(part.ignore))}   # {tell('ignore')}")
    if part.constants:
        lines.append(f"    constants: {_flow(dict(part.constants))}")
    return lines


def _line(key: str, value: str) -> str:
    return f"{key}: {_scalar(value)}" if value else f"{key}:"


def _scalar(value: str) -> str:
    """Write a text so that YAML reads the same text back."""
    text = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style=None)
    return text.removesuffix("\n").removesuffix("...").rstrip("\n")


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, allow_unicode=True, width=10_000, default_flow_style=True, sort_keys=False
    )
    return text.rstrip("\n")
