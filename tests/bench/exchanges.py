"""Phones that cost little: they share the machine with the server that they measure.

Ops are made and written beforehand. What is left for the moment of sending is a cursor, a hash and a
signature; one thread waits for all sockets, each a kept connection, and reads of an answer only what a phone
must know: every outcome and the next cursor.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import selectors
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.factories.phone import Phone
from tests.factories.served import Gunicorn

_CURSOR = '"cursor": '
_SAID = b'"cursor":'
_TAKEN = b'"outcome":"accepted"'


@dataclass
class Line:
    """One phone on its connection, with the batches that it will send."""

    phone: Phone
    batches: list[tuple[bytes, bytes]]  # a request's bytes before and behind its cursor
    cursor: bytes = b"null"
    ops: int = 0  # in each batch
    sent: int = 0
    began: float = 0.0
    took: list[float] = field(default_factory=list)
    heard: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True)
class Run:
    """What a run of exchanges came to. Its pace is that of the time in which every phone was sending: which
    of the server's processes takes a connection is chance, and whoever shares one with few ends earlier."""

    seconds: float  # until the first phone had nothing more to send
    took: list[float]  # of each exchange that was answered by then, sorted
    exchanges: int  # all of them
    client_s: float  # processor of all phones together, for all exchanges
    server_s: float
    cursors: list[bytes]  # where each phone stands now

    def percentile_ms(self, percent: int) -> float:
        """By nearest rank."""
        return round(self.took[max(0, -(-len(self.took) * percent // 100) - 1)] * 1000, 1)


def line(phone: Phone, batches: list[list[dict[str, Any]]], **more: Any) -> Line:
    """A phone that knows where it stands, and what it will bring."""
    made = Line(phone, [_halves(phone, ops, more) for ops in batches], ops=len(batches[0]))
    if phone.cursor is not None:
        made.cursor = json.dumps(phone.cursor).encode()
    return made


def through(server: Gunicorn, lines: list[Line]) -> Run:
    """Send all batches of all lines, each phone one exchange after the other, from a process of its own."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    before = processor_s(server)
    child = context.Process(target=_child, args=(server.port, lines, theirs))
    child.start()
    theirs.close()
    seconds, took, client_s, cursors = ours.recv()
    child.join()
    exchanges = sum(len(one.batches) for one in lines)
    return Run(seconds, sorted(took), exchanges, client_s, processor_s(server) - before, cursors)


def processor_s(server: Gunicorn) -> float:
    """Seconds of processor that gunicorn and its workers have used."""
    assert server.child is not None
    parent = server.child.pid
    workers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ticks = 0
    for pid in [str(parent), *workers]:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _halves(phone: Phone, ops: list[dict[str, Any]], more: dict[str, Any]) -> tuple[bytes, bytes]:
    written = json.dumps(phone.request(ops, cursor=None, **more), ensure_ascii=False)
    before, _, behind = written.partition(f"{_CURSOR}null")
    return f"{before}{_CURSOR}".encode(), behind.encode()


def _child(port: int, lines: list[Line], out: Any) -> None:
    used = time.process_time()
    seconds, took = _exchange_all(port, lines)
    out.send((seconds, took, time.process_time() - used, [line.cursor for line in lines]))


def _exchange_all(port: int, lines: list[Line]) -> tuple[float, list[float]]:
    """Everything; how long all of them were sending, and how long each exchange took that ended meanwhile."""
    began, together = time.monotonic(), None
    with selectors.DefaultSelector() as waiting:
        for each in lines:
            sock = socket.create_connection(("127.0.0.1", port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(sock, selectors.EVENT_READ, each)
            _send(sock, each)
        while waiting.get_map():
            for key, _ in waiting.select():
                _hear(waiting, key.fileobj, key.data)
            if together is None and len(waiting.get_map()) < len(lines):
                together = time.monotonic() - began, [one for line in lines for one in line.took]
    assert together is not None
    return together


def _send(sock: socket.socket, line: Line) -> None:
    before, behind = line.batches[line.sent]
    body = before + line.cursor + behind
    token = line.phone.sign("POST", "/api/sync", body)
    head = (
        "POST /api/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    line.sent += 1
    line.began = time.monotonic()
    sock.sendall(head.encode() + body)


def _hear(waiting: selectors.BaseSelector, sock: Any, line: Line) -> None:
    piece = sock.recv(1 << 18)
    assert piece, "the server hung up"
    line.heard += piece
    head, found, body = line.heard.partition(b"\r\n\r\n")
    if not found or len(body) < _length(head):
        return
    line.took.append(time.monotonic() - line.began)
    assert head.startswith(b"HTTP/1.1 200"), bytes(line.heard[:2000])
    assert body.count(_TAKEN) == line.ops, body[:2000]
    begins = body.rindex(_SAID) + len(_SAID)
    line.cursor = bytes(body[begins : body.index(b"}}", begins) + 2])
    line.heard.clear()
    if line.sent < len(line.batches):
        _send(sock, line)
        return
    waiting.unregister(sock)
    sock.close()


def _length(head: bytes | bytearray) -> int:
    for name, _, value in (each.partition(b":") for each in head.split(b"\r\n")[1:]):
        if name.lower() == b"content-length":
            return int(value)
    raise AssertionError(bytes(head))
