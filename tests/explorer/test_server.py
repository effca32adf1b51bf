"""The server: its address, its port, its headers, its own fonts."""

from __future__ import annotations

import socket
import tomllib
import urllib.request
from pathlib import Path

import pytest

from explorer import STATIC, server
from tests.explorer.serving import ROOT, answered, free_port, start


def test_every_answer_keeps_the_browser_to_this_server(address: str) -> None:
    for path in ("", "temuan", "_stcore/health", "app/static/icon.svg"):
        policy = answered(address + path)["content-security-policy"] or ""
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert "form-action 'self'" in policy
        assert not {"*", "ws:", "wss:"} & set(policy.replace(";", " ").split())


def test_a_name_that_is_not_ours_is_turned_away(address: str) -> None:
    where = address.removeprefix("http://").rstrip("/")
    port = where.partition(":")[2]
    upgrade = (
        "GET /_stcore/stream HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    for host, opens in ((where, True), (f"localhost:{port}", True), (f"lain.contoh:{port}", False)):
        with socket.create_connection(("127.0.0.1", int(port)), timeout=20) as line:
            line.sendall(upgrade.format(host).encode())
            assert (line.recv(12) == b"HTTP/1.1 101") is opens, host


def test_fonts_come_from_our_own_files(address: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    faces = config["theme"]["fontFaces"]
    assert len(faces) == 7
    for face in faces:
        with urllib.request.urlopen(address + face["url"]) as answer:
            assert answer.read(4) == b"wOF2"


def test_every_font_family_has_its_licence_beside_it() -> None:
    texts = [p.read_text(encoding="utf-8") for p in (STATIC / "fonts").glob("LICENSE-*")]
    assert len(texts) == 4
    assert all("SIL OPEN FONT LICENSE" in t.upper() for t in texts)


def test_a_port_that_is_taken_gets_a_sentence() -> None:
    with socket.socket() as other:
        other.bind((server.ADDRESS, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(server.PortTaken) as e:
            server.serve(Path("nowhere"), port, False, "id")
    assert f"port {port} sedang dipakai program lain" in e.value.text("id")
    assert f"port {port} is in use" in e.value.text("en")


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    first = free_port()
    monkeypatch.setattr(server, "FIRST_PORT", first)
    with socket.socket() as other:
        other.bind((server.ADDRESS, first))
        other.listen()
        taken = server._socket(None)
        try:
            assert first < taken.getsockname()[1] < first + server.TRIES
        finally:
            taken.close()


def test_the_address_is_printed_before_serving_in_the_users_language(small: Path) -> None:
    port = free_port()
    process = start(small, port, "en", small.parent)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Simpul explorer: http://127.0.0.1:{port}/?lang=en\n"
    finally:
        process.terminate()
        process.wait(20)


def test_settings_that_must_hold_offline_cannot_be_changed_from_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from streamlit import config

    monkeypatch.setenv("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "true")
    server.application()
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("browser.serverAddress") == "127.0.0.1"
