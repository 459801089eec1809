"""Long bodies on slow lines keep to half of a process's threads, so that the others always answer.

Who comes when the half is taken is told at once to come again (503, Retry-After 1). The body that is still on
its way is not waited for: the reading half of its socket is shut, since gunicorn would otherwise read it to
its end before the thread is free.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

from flask import Request, current_app

from server.base.problems import Problem
from server.base.settings import Settings

RETRY_AFTER_S = 1


class Lane:
    """So many places, and how many of them are taken."""

    def __init__(self, places: int) -> None:
        self._lock = Lock()
        self._places = places
        self._taken = 0

    @property
    def taken(self) -> int:
        return self._taken

    def enter(self) -> bool:
        """Take a place; False if there is none."""
        with self._lock:
            if self._taken >= self._places:
                return False
            self._taken += 1
            return True

    def leave(self) -> None:
        with self._lock:
            self._taken -= 1


def of(settings: Settings) -> Lane:
    """The lane of one process; the app keeps it."""
    return Lane(max(1, settings.threads // 2))


@contextmanager
def half(request: Request) -> Iterator[None]:
    """Go through if there is room."""
    lane: Lane = current_app.extensions["lianxin.lane"]
    if not lane.enter():
        sock: socket.socket | None = request.environ.get("gunicorn.socket")
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RD)
        raise Problem("busy", retry_after=RETRY_AFTER_S)
    try:
        yield
    finally:
        lane.leave()
