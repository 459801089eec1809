"""The narrow link is as narrow and as late as it says, and a cut takes what is under way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.e2e.harness.link import Link, Shape

SIZE = 50_000
SHAPE = Shape(bits_per_s=1_000_000, round_trip_s=0.2, cut_every_s=None)


@pytest.fixture
def county() -> Iterator[int]:
    """Hears all that is said on a connection, then says it back."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=echo, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.fixture
def link(county: int) -> Iterator[Link]:
    made = Link(county)
    yield made
    made.close()


def echo(connection: socket.socket) -> None:
    with connection:
        heard = b""
        try:
            while len(heard) < SIZE and (part := connection.recv(65_536)):
                heard += part
            connection.sendall(heard)
        except OSError:
            return


def asked(link: Link) -> bytes:
    with socket.create_connection(("127.0.0.1", link.port), timeout=30) as line:
        line.sendall(b"x" * SIZE)
        told = b""
        while len(told) < SIZE and (part := line.recv(65_536)):
            told += part
        return told


def asked_in_vain(link: Link) -> bool:
    try:
        return len(asked(link)) < SIZE
    except OSError:
        return True


def test_all_bytes_pass_at_the_links_speed_and_not_before(link: Link) -> None:
    link.narrow(SHAPE)
    began = time.monotonic()
    assert asked(link) == b"x" * SIZE
    seconds = time.monotonic() - began
    floor = SHAPE.round_trip_s * 2 + SHAPE.seconds(SIZE) * 2  # handshake, then there and back
    assert seconds >= floor * 0.98
    assert link.up.carried == link.down.carried == SIZE
    assert link.round_trips(time.monotonic()) == 2


def test_a_cut_breaks_every_connection_and_the_next_one_goes_through(link: Link) -> None:
    link.narrow(Shape(bits_per_s=100_000, round_trip_s=0.0, cut_every_s=0.5))
    assert asked_in_vain(link)
    link.narrow(Shape(bits_per_s=100_000_000, round_trip_s=0.0, cut_every_s=None))
    assert asked(link) == b"x" * SIZE
