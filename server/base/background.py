"""A thread of this process that takes turns, until it is told to stop."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Background(ABC):
    """Whoever starts it stops it: the turn at hand is finished, no other begins."""

    def __init__(self, name: str) -> None:
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @abstractmethod
    def turn(self) -> float:
        """Do one piece of the work; answers how long to rest afterwards, in seconds."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish the turn at hand, then end."""
        self._ending.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._ending.wait(self.turn())
