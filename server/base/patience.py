"""Bodies have a minimum rate (S10): who sends slower than that gives the thread back.

A worker's thread blocks while a body comes in, so a handful of phones on a dead link, or one careless script,
could hold them all. One watching thread a process shuts the reading half of a socket whose deadline has
passed; the reader then sees the end, and its sender still hears why.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

GRACE_S = 20.0  # any body may take this long
LEAST_BYTES_PER_S = 2_000.0  # and then as long as it takes at this rate
_LOOK_EVERY_S = 0.5


@dataclass
class Read:
    """A body that is being read."""

    sock: socket.socket
    deadline: float
    late: bool = False


class Watch:
    """The process's watching thread, started when the first body comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_id: dict[int, Read] = {}
        self._pid = 0

    @contextmanager
    def over(self, sock: socket.socket | None, expected_bytes: int) -> Iterator[Read | None]:
        """Watch one read of about so many bytes. Without a socket (no gunicorn) nothing is watched."""
        if sock is None:
            yield None
            return
        read = Read(sock, time.monotonic() + GRACE_S + expected_bytes / LEAST_BYTES_PER_S)
        with self._lock:
            self._by_id[id(read)] = read
            if self._pid != os.getpid():  # threads do not survive a fork
                self._pid = os.getpid()
                threading.Thread(target=self._run, name="patience", daemon=True).start()
        try:
            yield read
        finally:
            with self._lock:
                self._by_id.pop(id(read), None)

    def _run(self) -> None:
        while True:
            time.sleep(_LOOK_EVERY_S)
            now = time.monotonic()
            with self._lock:
                for read in self._by_id.values():
                    if not read.late and now > read.deadline:
                        read.late = True
                        with suppress(OSError):
                            read.sock.shutdown(socket.SHUT_RD)


watch = Watch()
