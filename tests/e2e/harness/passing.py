"""How a request is passed on to the county: as it came, and its answer as it was given.

What becomes of one on a line is for whoever stands between to say.
"""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}


@dataclass(frozen=True)
class Asked:
    """One request to the county."""

    port: int
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def sent(self) -> tuple[http.client.HTTPResponse, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(self.method, self.path, self.body or None, self.headers)
            answer = connection.getresponse()
            return answer, answer.read()


class Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def target(self) -> int:
        """The county's port."""
        raise LookupError("this line leads nowhere")

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def send_half(self, body: bytes) -> None:
        """The county hears the head and half of the body; then nothing comes any more."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.target, timeout=60)) as connection:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    connection.putheader(name, value)
            connection.endheaders(body[: len(body) // 2])

    def asked(self, body: bytes) -> Asked:
        """The request as it stands now: the handler itself goes on to the next one of its connection."""
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        return Asked(self.target, self.command, self.path, headers, body)

    def forward(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        return self.asked(body).sent()

    def deliver(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        if answer.status not in (204, 304):
            length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(content))
            self.send_header("Content-Length", length or "0")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """The server keeps the log of requests."""
