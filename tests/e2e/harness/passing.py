"""How a request is passed on to the county: as it came, and its answer as it was given.

What becomes of one on a line is for whoever stands between to say.
"""

from __future__ import annotations

import http.client
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from typing import Any

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}


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

    def forward(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        with closing(http.client.HTTPConnection("127.0.0.1", self.target, timeout=60)) as connection:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            return answer, answer.read()

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
