"""Serve the pages on this machine, and let nothing they load come from elsewhere."""

from __future__ import annotations

import errno
import os
import socket
import sys
import webbrowser
from pathlib import Path
from threading import Timer
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.bootstrap import load_config_options

from explorer import STATIC
from explorer.data import warming
from explorer.words import texts
from graph.errors import UnknownOption
from graph.store.workspace import Workspace

ADDRESS = "127.0.0.1"
# A page elsewhere can give its own name this address; its requests name a host that is not ours.
HOSTS = (ADDRESS, "localhost")
FIRST_PORT = 8501
TRIES = 50
MAX_UPLOAD = 50  # MB; more is cut off while it arrives
LAST_PORT = 65_535
DOOR = Path(__file__).resolve().parents[1] / "app.py"
# Streamlit writes styles and one inline script; workers of its charts and tables are blobs.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
# The theme lies in .streamlit/config.toml; these hold whatever a file or a variable says.
OFFLINE = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": ADDRESS,  # else the start looks for the external address
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": MAX_UPLOAD,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
}


class Headers:
    """Give every answer the headers that keep a browser to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to what comes back."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, sealed if scope["type"] == "http" else send)


def application() -> st.App:
    """Make the ASGI application: the pages, our fonts, and the headers."""
    fonts = Mount("/app/static", StaticFiles(directory=STATIC))
    ours = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    app = st.App(DOOR, routes=[fonts], middleware=[ours, Middleware(Headers)])
    load_config_options(dict(OFFLINE))
    return app


def serve(workspace: Path, port: int | None, browser: bool, lang: str) -> None:
    """Print the address, then serve the pages of a workspace until interrupted.

    Parameters
    ----------
    port
        None takes the first free one from 8501 on.
    browser
        Whether to open the address in the user's browser.
    lang
        `id` or `en`: the language a page opens in.

    Raises
    ------
    UnknownOption
        If `port` is none, is taken by another program, or no port is free.
    """
    if port is not None and not 1 <= port <= LAST_PORT:
        raise UnknownOption(
            "--port",
            problem="port",
            argument="--port",
            value=str(port),
            expected=f"1–{LAST_PORT}",
            hint=f"simpul explore --port {FIRST_PORT}",
        )
    listening = _socket(port)
    Workspace(workspace).sweep()
    os.environ["SIMPUL_WORKSPACE"] = str(workspace.resolve())
    address = f"http://{ADDRESS}:{listening.getsockname()[1]}/" + ("?lang=en" * (lang == "en"))
    words = texts(lang)
    sys.stdout.write(words["server.address"].format(address=address) + "\n")
    sys.stdout.flush()
    sys.stderr.write(words["server.stop"] + "\n")
    if browser:
        Timer(1.5, webbrowser.open, (address,)).start()
    settings: dict[str, Any] = {"log_level": "warning", "access_log": False}
    warming.start()
    server = uvicorn.Server(uvicorn.Config(application(), **settings))
    server.run(sockets=[listening])


def _socket(port: int | None) -> socket.socket:
    """Take the port that was asked for, or the next free one."""
    wanted = range(FIRST_PORT, FIRST_PORT + TRIES) if port is None else (port,)
    for number in wanted:
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((ADDRESS, number))
        except OSError as e:
            taken.close()
            if e.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            taken.listen(128)
            return taken
    raise PortTaken(port)


class PortTaken(UnknownOption):
    """A port that another program holds."""

    def __init__(self, port: int | None) -> None:
        self.port = str(port or f"{FIRST_PORT}–{FIRST_PORT + TRIES - 1}")
        super().__init__("--port")

    def parts(self, lang: str) -> dict[str, str]:
        """Give the sentence in a language."""
        words = texts(lang)
        said = {k: words[f"server.taken.{k}"] for k in ("problem", "expected", "hint")}
        said = {k: v.format(port=self.port) for k, v in said.items()}
        return {"code": self.code, "where": "--port"} | said
