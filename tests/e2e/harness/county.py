"""A real county for a story: the demo's data, served by real gunicorn, that can be killed and come back.

The demo ends today, because browser and server run on the machine's own clock; who is in it does not depend
on the day. It is made once per run and copied for each story. `kill` is `kill -9` of gunicorn and its
workers, `start` comes back on the same port over the same data.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deploy.bootstrap.environment import PYTHON
from deploy.bootstrap.options import DEMO_PASSWORD
from deploy.bootstrap.places import ROOT
from deploy.bootstrap.serving import Server

ZONE = ZoneInfo("Asia/Shanghai")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def settings(data: Path, port: int) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LIANXIN_") or name == "LIANXIN_PWA"  # another build may be tried
    }
    return kept | {
        "LIANXIN_DATA": str(data),
        "LIANXIN_HOST": "127.0.0.1",
        "LIANXIN_PORT": str(port),
        "LIANXIN_DEMO": "true",
        "PYTHONUTF8": "1",
    }


def tool(data: Path, *arguments: str) -> str:
    """Run `lianxin ARGS…` over this data; what it printed."""
    done = subprocess.run(
        [str(PYTHON), "-m", "server.cli", *arguments],
        cwd=ROOT, env=settings(data, 0), check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, f"lianxin {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def fill(data: Path, *more: str) -> None:
    """The demo county, ending today; ``more`` as `lianxin demo` takes it."""
    tool(data, "db", "upgrade")
    tool(data, "demo", "--until", datetime.now(ZONE).date().isoformat(), "--password", DEMO_PASSWORD, *more)


class County:
    def __init__(self, template: Path, data: Path, logs: Path) -> None:
        shutil.copytree(template, data, dirs_exist_ok=True)
        self.data = data
        self.logs = logs
        self.port = free_port()
        self.password = DEMO_PASSWORD
        self._server: Server | None = None
        self.kills = 0
        self.workers = 2

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def is_up(self) -> bool:
        return self._server is not None

    def start(self) -> None:
        assert self._server is None, "it runs already"
        told = settings(self.data, self.port) | {"LIANXIN_WORKERS": str(self.workers)}
        self._server = Server.start([PYTHON, "-m", "server.cli", "serve"], told, logs=self.logs)
        self._server.wait_until_ready("127.0.0.1", self.port)

    def kill(self) -> None:
        """`kill -9`, all processes at once: nobody gets to tidy up."""
        assert self._server is not None, "it does not run"
        child = self._server.child
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self._server = None
        self.kills += 1

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def tool(self, *arguments: str) -> str:
        return tool(self.data, *arguments)

    def python(self, *lines: str) -> None:
        """Run these lines inside the application, for what no command does yet."""
        body = "\n".join(f"    {line}" for line in lines)
        program = f"from server.app import create_app\nwith create_app().app_context():\n{body}\n"
        done = subprocess.run(
            [str(PYTHON), "-c", program],
            cwd=ROOT, env=settings(self.data, 0), check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def log(self) -> str:
        file = self.logs / "server.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""
