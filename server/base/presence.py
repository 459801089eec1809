"""Does a server use this data now? Each holds a shared lock on a file in the data folder while it lives."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.base.problems import Problem

_NAME = "serving.lock"


def hold(data: Path) -> int:
    """Say that a server uses this data, until this process and those forked from it have ended. Waits while
    somebody works on it alone."""
    handle = _open(data)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """No server uses this data meanwhile. Raises server_running if one does."""
    handle = _open(data)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("server_running") from None
        yield
    finally:
        os.close(handle)


def _open(data: Path) -> int:
    data.mkdir(parents=True, exist_ok=True)
    return os.open(data / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
