"""Stands between the browsers and the server, counts what passes, and kills the server between requests.

One request at a time goes through, so that "between any two" has a meaning. A `Fate` is decided for each API
request: it may pass; the server may be killed once the answer has been delivered; it may be killed after it
has answered, and the answer lost; or it may be killed before it hears. Whatever the fate, the server is back
before the next request is let through. The link alone may fail too: a request never leaves, or is cut in the
middle of its body.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from http.server import ThreadingHTTPServer

from tests.e2e.harness.county import County, free_port
from tests.e2e.harness.passing import Passing


class Fate(Enum):
    PASS = "passes"
    DIES_AFTER = "the server dies when the answer has been delivered"
    ANSWER_LOST = "the server answers and dies, and the answer never arrives"
    UNHEARD = "the server dies before it hears"
    DROPPED = "the request never leaves"
    CUT = "the link breaks in the middle of the request's body"


DEADLY = {Fate.DIES_AFTER, Fate.ANSWER_LOST, Fate.UNHEARD}
Decide = Callable[[int, str, str], Fate]  # number of the API request, method, path


class Proxy:
    def __init__(self, county: County, decide: Decide) -> None:
        self.county = county
        self.decide = decide
        self.port = free_port()
        self.seen: list[tuple[str, str, Fate]] = []
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler_of(self))
        self._server.daemon_threads = True
        # The server ends with the thread that started it; a request's own thread would take it along.
        self._hands = ThreadPoolExecutor(max_workers=1)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def kills(self) -> int:
        return sum(1 for _, _, fate in self.seen if fate in DEADLY)

    def fate_of(self, method: str, path: str) -> Fate:
        if not path.startswith("/api/"):
            return Fate.PASS
        fate = self.decide(len(self.seen) + 1, method, path)
        self.seen.append((method, path, fate))
        return fate

    def kill_and_restart(self) -> None:
        self._hands.submit(self._kill_and_restart).result()

    def _kill_and_restart(self) -> None:
        self.county.kill()
        self.county.start()

    def close(self) -> None:
        self._hands.shutdown()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def handler_of(proxy: Proxy) -> type[Passing]:
    class Handler(Passing):
        @property
        def target(self) -> int:
            return proxy.county.port

        def handle_one(self) -> None:
            body = self.body()
            with proxy.lock:
                fate = proxy.fate_of(self.command, self.path)
                if fate is Fate.UNHEARD:
                    self.close_connection = True
                    proxy.kill_and_restart()
                    return
                if fate in (Fate.DROPPED, Fate.CUT):
                    self.close_connection = True
                    if fate is Fate.CUT:
                        self.send_half(body)
                    return
                answer, content = self.forward(body)
                if fate is Fate.ANSWER_LOST:
                    self.close_connection = True
                    proxy.kill_and_restart()
                    return
                with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has gone meanwhile
                    self.deliver(answer, content)
                if fate is Fate.DIES_AFTER:
                    proxy.kill_and_restart()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = handle_one  # noqa: N815

    return Handler
