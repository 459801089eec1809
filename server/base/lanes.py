"""Long bodies on slow lines keep to half of a process's threads, so that the others always answer.

Who comes when the half is taken is told at once to come again (503, Retry-After 1). The body that is still on
its way is not waited for: the reading half of its socket is shut, since gunicorn would otherwise read it to
its end before the thread is free.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore

from flask import Request, current_app

from server.base.problems import Problem
from server.base.settings import Settings

RETRY_AFTER_S = 1


def of(settings: Settings) -> BoundedSemaphore:
    """The lane of one process; the app keeps it."""
    return BoundedSemaphore(max(1, settings.threads // 2))


@contextmanager
def half(request: Request) -> Iterator[None]:
    """Go through if there is room."""
    lane: BoundedSemaphore = current_app.extensions["lianxin.lane"]
    if not lane.acquire(blocking=False):
        sock: socket.socket | None = request.environ.get("gunicorn.socket")
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RD)
        raise Problem("busy", retry_after=RETRY_AFTER_S)
    try:
        yield
    finally:
        lane.release()
