"""The server process: a taken port is known at once, a stop leaves nothing, a fall is told."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from deploy.bootstrap import serving
from deploy.bootstrap.commands import clean_environment
from deploy.bootstrap.words import Trouble

SMALL = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def test_a_taken_port_is_one_line_with_another_port(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(Trouble) as refused:
            serving.require_free("127.0.0.1", port)
    assert f"--port {port + 1}" in refused.value.line()


def test_a_free_port_is_free(port: int) -> None:
    serving.require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_by_name() -> None:
    with pytest.raises(Trouble) as refused:
        serving.require_free("203.0.113.7", 8000)
    assert "203.0.113.7" in refused.value.line()


def test_the_address_shown_is_one_that_a_browser_takes() -> None:
    assert serving.url("127.0.0.1", 8000) == "http://localhost:8000"
    assert serving.url("192.168.1.7", 80) == "http://192.168.1.7:80"
    assert serving.url("fd00::1", 8000) == "http://[fd00::1]:8000"
    assert "0.0.0.0" not in serving.url("0.0.0.0", 8000)


def test_a_started_server_answers_and_a_stopped_one_is_gone(port: int, tmp_path: Path) -> None:
    server = serving.Server.start([sys.executable, "-c", SMALL, str(port)], clean_environment(), tmp_path)
    server.wait_until_ready("127.0.0.1", port)
    server.stop()
    server.stop()
    serving.require_free("127.0.0.1", port)


def test_a_server_that_falls_is_told_with_its_last_words(port: int, tmp_path: Path) -> None:
    falling = [sys.executable, "-c", "raise SystemExit('the database is gone')"]
    server = serving.Server.start(falling, clean_environment(), tmp_path)
    with pytest.raises(Trouble) as fell:
        server.wait_until_ready("127.0.0.1", port)
    assert "the database is gone" in fell.value.line()


def test_a_restart_keeps_the_log_before(port: int, tmp_path: Path) -> None:
    for word in ("first", "second"):
        server = serving.Server.start(
            [sys.executable, "-c", f"print('{word}')"], clean_environment(), tmp_path
        )
        with pytest.raises(Trouble):
            server.wait()
    assert (tmp_path / "server.log.1").read_text() == "first\n"
    assert (tmp_path / "server.log").read_text() == "second\n"
