"""断网, as the demo page's switch does it: sockets of phones' requests are shut, as a dead link shuts them.

Only a request that a device has signed is cut: the desk beside it and the page itself stay connected. The
switch is a file in the data folder, because every worker process has to see it.
"""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from server.base.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NAME = "demo-offline"


class Network:
    """The demo's switch, and what stands between its phones and the server."""

    def __init__(self, settings: Settings) -> None:
        self._mark: Path = settings.data / NAME

    @property
    def cut(self) -> bool:
        return self._mark.exists()

    def switch(self, *, cut: bool) -> None:
        if cut:
            self._mark.touch()
        else:
            self._mark.unlink(missing_ok=True)

    def between(self, inner: WSGIApplication) -> WSGIApplication:
        """The application behind a network that may be cut."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if not (self.cut and from_a_phone(environ.get("HTTP_AUTHORIZATION", ""))):
                return inner(environ, start_response)
            link = environ.get("gunicorn.socket")
            if isinstance(link, socket.socket):
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)
            start_response("503 Service Unavailable", [("Content-Length", "0"), ("Connection", "close")])
            return []

        return answer


def from_a_phone(authorization: str) -> bool:
    """Does its header say that a device signed it? Nothing is decided by this but the cut."""
    header = authorization.removeprefix("Bearer ").partition(".")[0]
    with suppress(ValueError):
        said = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
        return isinstance(said, dict) and said.get("typ") == "device+jwt"
    return False
