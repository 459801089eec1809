"""A bad line between many phones and the county: it drops requests, cuts them in the middle, loses answers,
lets things arrive late, and lets them arrive twice.

Every phone has an address of its own (``url(phone)``), so that what becomes of its n-th request is drawn from
the seed, the phone's name and n alone, however the others' requests fall between. A request that is doubled
comes a second time after the next ones, as a network that repeats itself would have it.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from http.server import ThreadingHTTPServer
from typing import Any

from tests.e2e.harness.passing import Passing

LATE_S = (0.02, 0.3)


class Fate(Enum):
    PASS = "passed"
    DROPPED = "dropped"
    CUT = "cut"
    ANSWER_LOST = "answers lost"
    DELAYED = "delayed"
    DOUBLED = "doubled"


LOSSES = (Fate.DROPPED, Fate.CUT, Fate.ANSWER_LOST)


class BadLine:
    """``loss``: the share of requests that come to nothing; half as many again come late or twice."""

    def __init__(self, target: int, loss: float, seed: int) -> None:
        self.target = target
        self.loss = loss
        self.seed = seed
        self.fates: Counter[Fate] = Counter()
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._later = ThreadPoolExecutor(max_workers=4)
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def url(self, phone: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{phone}"

    def mend(self) -> None:
        """From now on everything passes."""
        self.loss = 0.0

    def next_fate(self, phone: str) -> tuple[Fate, float]:
        """What becomes of this phone's next request, and how late it would be."""
        with self._lock:
            self._asked[phone] += 1
            dice = random.Random(f"{self.seed} {phone} {self._asked[phone]}")
            fate = self._drawn(dice)
            self.fates[fate] += 1
        return fate, dice.uniform(*LATE_S)

    def repeat(self, request: Passing, body: bytes, after_s: float) -> None:
        """Once more, when the phone has gone on; nobody hears the answer."""
        asked = request.asked(body)

        def again() -> None:
            time.sleep(after_s)
            with suppress(OSError):
                asked.sent()

        self._later.submit(again)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._later.shutdown()

    def _drawn(self, dice: random.Random) -> Fate:
        at = dice.random()
        if at < self.loss:
            return dice.choice(LOSSES)
        if at < self.loss * 1.5:
            return dice.choice((Fate.DELAYED, Fate.DOUBLED))
        return Fate.PASS


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that hangs up is what this line is for, and no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler_of(line: BadLine) -> type[Passing]:
    class Handler(Passing):
        @property
        def target(self) -> int:
            return line.target

        def handle_one(self) -> None:
            body = self.body()
            phone, _, path = self.path.removeprefix("/").partition("/")
            self.path = f"/{path}"
            fate, late_s = line.next_fate(phone)
            if fate in (Fate.DROPPED, Fate.CUT):
                self.close_connection = True
                if fate is Fate.CUT:
                    self.send_half(body)
                return
            if fate is Fate.DELAYED:
                time.sleep(late_s)
            answer, content = self.forward(body)
            if fate is Fate.DOUBLED:
                line.repeat(self, body, late_s)
            if fate is Fate.ANSWER_LOST:
                self.close_connection = True
                return
            with suppress(BrokenPipeError, ConnectionResetError):  # the phone has been killed meanwhile
                self.deliver(answer, content)

        do_GET = do_POST = do_PUT = handle_one  # noqa: N815

    return Handler
