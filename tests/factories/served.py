"""The tests' small county behind real gunicorn, on the machine's own clock: it can be killed and come back.

`kill` is `kill -9` of gunicorn and all its workers at once; `start` comes back over the same data. Several
may serve the same data, as several hosts do.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from server import migrations
from server.accounts import service as accounts
from server.app import create_app
from server.base import db
from server.base.settings import Settings
from tests.factories.county import ORG, XIUYUN, County
from tests.factories.phone import Phone

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret that only this county knows, long enough"
START_S = 60.0


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Served:
    """A county in a folder; make it once, then serve it as often as you like."""

    data: Path
    database_url: str = ""  # else SQLite in that folder
    county: County = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings(data=self.data, database_url=self.database_url, secret=SECRET, log_level="error")
        migrations.upgrade(settings)
        app = create_app(settings)
        self.county = County(app, now).build()
        db.close(app)

    def serve(self, **settings: Any) -> Gunicorn:
        """Real gunicorn over this data, up and ready."""
        where = {"database_url": self.database_url} if self.database_url else {}
        return Gunicorn(self.data, {**where, **settings}).start()

    def code(self, user: str = XIUYUN) -> str:
        """An enrolment code for somebody."""
        app = self.county.app
        with app.app_context(), db.writing():
            issued = accounts.issue_code(ORG, user, now(), 14).code
        db.close(app)
        return issued

    def phone(self, user: str = XIUYUN) -> Phone:
        """A phone of hers; give it a server by ``at``."""
        return self.county.new_phone(user)


@dataclass
class Gunicorn:
    data: Path
    settings: dict[str, Any]
    port: int = 0
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> Gunicorn:
        self.port = self.port or free_port()
        told = {
            "data": self.data, "secret": SECRET, "port": self.port, "log_level": "error", **self.settings,
        }  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "serve"],
            cwd=ROOT,
            env=kept | {f"LIANXIN_{name.upper()}": str(value) for name, value in told.items()},
            start_new_session=True,
        )
        deadline = time.monotonic() + START_S
        while not self._ready():
            assert self.child.poll() is None, "gunicorn ended"
            assert time.monotonic() < deadline, "gunicorn does not answer"
        return self

    def kill(self) -> None:
        """All processes at once: nobody gets to tidy up."""
        if self.child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
            self.child = None

    def stop(self) -> None:
        if self.child is not None:
            self.child.terminate()
            self.child.wait(30)
            self.child = None

    def at(self, phone: Phone) -> Phone:
        """The phone, talking to this server."""
        phone.client = Wire(self.port)  # type: ignore[assignment]
        return phone

    def _ready(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status_code == 200
        return False


class Wire:
    """What a phone needs of a test client, over a real socket; each request on its own connection, so that
    any worker may get it."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    def post(self, path: str, **asked: Any) -> Heard:
        return self._ask("POST", path, **asked)

    def put(self, path: str, **asked: Any) -> Heard:
        return self._ask("PUT", path, **asked)

    def get(self, path: str, **asked: Any) -> Heard:
        return self._ask("GET", path, **asked)

    def _ask(
        self, method: str, path: str, data: bytes = b"", content_type: str = "", headers: Any = None
    ) -> Heard:
        said = {**(headers or {}), **({"Content-Type": content_type} if content_type else {})}
        return Heard(
            httpx.request(method, self._url + path, content=data, headers=said, timeout=60, verify=False)
        )


@dataclass(frozen=True)
class Heard:
    """An answer as the test client gives it."""

    answer: httpx.Response

    @property
    def status_code(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def data(self) -> bytes:
        return self.answer.content

    def get_json(self) -> Any:
        return self.answer.json()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
