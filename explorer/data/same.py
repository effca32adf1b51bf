"""What the page on pairs that may be one application asks."""

from __future__ import annotations

from explorer.answers import queue
from explorer.data.core import per_version, workspace
from graph.build.judgements import Judgement, judgements
from graph.store.workspace import Version


def _force() -> list[Judgement]:
    return queue.in_force(judgements(workspace().judgements()))


def suggested(lang: str) -> list[queue.Row]:
    """List the pairs that may be one application, the surest first."""
    return _suggested(lang, tuple(_force()))


@per_version
def _suggested(v: Version, lang: str, force: tuple[Judgement, ...]) -> list[queue.Row]:
    return queue.suggested(v.landscape, lang, force)


@per_version
def merged(v: Version, lang: str) -> list[queue.Row]:
    """List what rules merged, the least sure first."""
    return queue.merged(v.landscape, lang)


def judged(lang: str) -> list[queue.Row]:
    """List what people judged on pairs, the newest first."""
    return _judged(lang, tuple(_force()))


@per_version
def _judged(v: Version, lang: str, force: tuple[Judgement, ...]) -> list[queue.Row]:
    return queue.judged(v.landscape, lang, force)


def answered(lang: str) -> queue.Progress:
    """Count the pairs that people answered, and those that wait."""
    return queue.progress(suggested(lang), judged(lang))
