"""Many sessions at once, without browsers: each speaks to the server as a browser's page does."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

VERSION = re.compile(r"<dt>Versi</dt><dd>(\d+)</dd>")
PATIENCE = 60.0  # seconds for one page


class Opened(NamedTuple):
    """One page as it was opened: when, how long it took (s), what it showed."""

    page: str
    began: float  # seconds, of time.monotonic
    took: float
    version: int | None
    wrong: tuple[str, ...]  # exceptions and error boxes
    sent: int = 0  # bytes that the server sent, before they are packed


def open_pages(
    address: str, pages: Sequence[str], sessions: int, each: int, pause: float = 0.0
) -> list[Opened]:
    """Open pages in many sessions at once, each a few pages one after the other.

    Parameters
    ----------
    pages
        Path and query, "temuan?temuan=finding:f1".
    each
        Pages that one session opens.
    pause
        Seconds between two of them: what a reader needs.
    """
    return asyncio.run(_all(address, pages, sessions, each, pause))


async def _all(
    address: str, pages: Sequence[str], sessions: int, each: int, pause: float
) -> list[Opened]:
    runs = [_session(address, pages, i, each, pause) for i in range(sessions)]
    return [o for opened in await asyncio.gather(*runs) for o in opened]


async def _session(
    address: str, pages: Sequence[str], number: int, each: int, pause: float
) -> list[Opened]:
    host = urlparse(address).netloc
    found = []
    async with connect(
        f"ws://{host}/_stcore/stream",
        origin=Origin(f"http://{host}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=PATIENCE,
    ) as socket:
        for i in range(each):
            wanted = pages[(number * each + i) % len(pages)]
            path, _, query = wanted.partition("?")
            ask = BackMsg()
            ask.rerun_script.page_name = path
            ask.rerun_script.query_string = query
            began = time.monotonic()
            await socket.send(ask.SerializeToString())
            version, wrong, sent = await asyncio.wait_for(_answer(socket), PATIENCE)
            found.append(Opened(wanted, began, time.monotonic() - began, version, wrong, sent))
            await asyncio.sleep(pause)
    return found


async def _answer(socket: object) -> tuple[int | None, tuple[str, ...], int]:
    """Read what the server sends until the page is whole."""
    version: int | None = None
    wrong: list[str] = []
    sent = 0
    async for data in socket:  # type: ignore[attr-defined]
        sent += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "script_finished" and message.script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
        ):
            break
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            continue
        element = message.delta.new_element
        drawn = element.WhichOneof("type")
        if drawn == "exception":
            wrong.append(f"{element.exception.type}: {element.exception.message}")
        elif drawn == "alert":
            wrong.append(element.alert.body)
        elif drawn == "html" and (said := VERSION.search(element.html.body)):
            version = int(said[1])
    return version, tuple(wrong), sent
