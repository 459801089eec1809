"""gunicorn, from start to a clean stop.

The server runs in a session of its own and is ended by us: a Ctrl-C at the terminal would otherwise reach its
workers in the middle of a request. It ends when we end, however we end: the kernel tells it (Linux).
"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from deploy.bootstrap.commands import end_group
from deploy.bootstrap.places import LOGS, ROOT
from deploy.bootstrap.words import Trouble

START_S = 90.0
STOP_S = 20.0  # longer than gunicorn's graceful_timeout
SET_PARENT_DEATH_SIGNAL = 1


def require_free(host: str, port: int) -> None:
    """Bind once before anything slow begins: a taken port is known in the first second."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise explain_bind(error, host, port) from error


def explain_bind(error: OSError, host: str, port: int) -> Trouble:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return Trouble(
            f"端口 {port} 已被别的程序占用：请换一个，例如 ./deploy/run --port {other}。",
            f"Port {port} is taken by another program: choose another, such as ./deploy/run --port {other}.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return Trouble(
            f"没有权限使用端口 {port}：请用 1024 以上的端口，例如 --port 8000。",
            f"No permission for port {port}: use one above 1024, such as --port 8000.",
        )
    return Trouble(
        f"这台机器上没有地址 {host}：请用 --host 127.0.0.1（只限本机）或 --host 0.0.0.0（所有网卡）。",
        f"This machine has no address {host}: use --host 127.0.0.1 (this machine) or --host 0.0.0.0 (all).",
    )


def url(host: str, port: int) -> str:
    if host in ("127.0.0.1", "localhost", "::1"):
        return f"http://localhost:{port}"
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return f"http://{own_address()}:{port}"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_address() -> str:
    """The address by which the network knows this machine; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"


class Server:
    """A running gunicorn. Use `start`, then `wait`; `stop` may be called at any time, also twice."""

    def __init__(self, child: subprocess.Popen[bytes], log: Path) -> None:
        self.child = child
        self.log = log

    @classmethod
    def start(
        cls, command: Sequence[str | Path], environment: Mapping[str, str], logs: Path = LOGS
    ) -> Server:
        logs.mkdir(parents=True, exist_ok=True)
        log = logs / "server.log"
        if log.exists():
            log.replace(logs / "server.log.1")
        with open(log, "wb") as record:
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=record,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent if sys.platform == "linux" else None,
            )
        return cls(child, log)

    def wait_until_ready(self, host: str, port: int, patience_s: float = START_S) -> None:
        """Return when `/readyz` answers; a server that ends or stays silent is a `Trouble`."""
        if host in ("0.0.0.0", "::"):  # noqa: S104
            host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
        address = f"http://[{host}]:{port}/readyz" if ":" in host else f"http://{host}:{port}/readyz"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if self.child.poll() is not None:
                raise self._ended()
            try:
                with direct.open(address, timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise Trouble(
            f"服务器没有按时准备好：请看 {self.log} 的最后几行。",
            f"The server did not become ready in time: see the last lines of {self.log}.",
        )

    def wait(self) -> None:
        """Return only by an exception: the person stops it, or it ends by itself, which is a `Trouble`."""
        self.child.wait()
        raise self._ended()

    def stop(self) -> None:
        """Let running requests end, then end everything."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.child.wait(STOP_S)
        end_group(self.child)

    def _ended(self) -> Trouble:
        lines = [line for line in self.log.read_text("utf-8", "replace").splitlines() if line.strip()]
        last = lines[-1][:200] if lines else "没有输出 no output"
        return Trouble(
            f"服务器自己停了：{last}（记录：{self.log}）。",
            f"The server ended by itself (log: {self.log}).",
        )


def end_with_parent() -> None:
    """In the child, before it becomes gunicorn: be told to stop when the parent is gone, even by kill -9."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
