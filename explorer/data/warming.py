"""Make the tables that pages need first, so that no visitor waits for them.

One thread does it after the start and after each new version, table by table. A visitor who needs
one that is being made waits for that one only; between two tables the thread stands back as long
as somebody is served. At national size (35,000 applications) all takes some 16 s of one processor.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from threading import Event, Thread
from typing import Any

from explorer.data import (
    core,
    drawings,
    every_page,
    findings,
    integration,
    names,
    overview,
    pairs,
    profiles,
    same,
)
from explorer.words import texts
from graph.errors import SimpulError
from graph.texts import LANGUAGES

EVERY = 1.0  # seconds between two looks at which version is current
QUIET, LONGEST = 0.3, 5.0  # seconds without a question before the next table; waited at most
LATER = ("graph.analysis.compared", "graph.exchange.tables", "explorer.components.upload")


def start() -> Event:
    """Keep the tables ready from now on; set the event to end that."""
    ends = Event()
    Thread(target=_keep_ready, args=(ends,), daemon=True, name=core.WARMING).start()
    return ends


def _keep_ready(ends: Event) -> None:
    ready: object = None
    while not ends.is_set():
        now = core.state()
        if now != ready:
            ready = now
            for step in _steps():
                _stand_back(ends)
                if ends.is_set() or core.state() != now:
                    break
                try:
                    step()
                except SimpulError:  # the page says so to whoever opens it
                    break
                gc.freeze()  # see `_settle`
            else:
                core.close_older()
                _settle()
        ends.wait(EVERY)


def _settle() -> None:
    """Take the tables out of the collector's rounds.

    Streamlit collects after each run of a page, and at national size that walked millions of
    objects: 0.4 s a page, in which nobody is served. What a closed version left goes first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _stand_back(ends: Event) -> None:
    """Wait until nobody was served for a moment, but not for ever."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and time.monotonic() - core.last_asked() < QUIET:
        if ends.wait(QUIET / 3):
            return


def _steps() -> Iterator[Callable[[], Any]]:
    """Give what pages ask of the whole version, the first page's first."""
    yield overview.survey
    for lang in LANGUAGES:
        yield from (partial(f, lang) for f in (overview.summary, findings.entries))
        yield from (partial(f, lang) for f in (names.function_names, names.agency_names))
        yield partial(overview.matrix, lang, None, None, *_words(lang))
        yield partial(overview.quality, lang)
        if lang == LANGUAGES[0]:
            yield drawings.atlas
            yield partial(every_page.hits, "simpul", lang)
            yield partial(profiles.most_used, profiles.MOST_USED)
            yield drawings.adjacency
            yield partial(import_module, LATER[0])
        yield partial(same.suggested, lang)
        yield partial(same.merged, lang)
        yield partial(pairs.application_names, lang)
        yield partial(integration.kinds_of_data, lang)
        yield partial(integration.exchanges_of, lang, "", "", "", "")
        yield partial(integration.innovations, lang)
    yield from (partial(import_module, module) for module in LATER)


def _words(lang: str) -> tuple[str, str]:
    """Give the words that the overview hands to its matrix."""
    return texts(lang)["matrix.rest"].format(n="{n}"), texts(lang)["matrix.no-function"]
