"""kill -9 of the server between any two pieces, and in the middle of one; another host goes on."""

from __future__ import annotations

import random
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from server.app import create_app
from server.base.blobs import Blobs
from server.base.settings import Settings
from server.photos import cleaning
from tests.factories import pictures
from tests.factories.phone import Phone
from tests.factories.pictures import File
from tests.factories.served import SECRET, Gunicorn, Served

PHOTO = File(pictures.photo(21).data + random.Random(21).randbytes(300_000))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("county"))


@pytest.fixture
def server(served: Served) -> Iterator[Gunicorn]:
    running = served.serve()
    yield running
    running.kill()


def promise(served: Served, phone: Phone, photo: File) -> dict[str, Any]:
    record = served.county.record(phone, attachments=[photo.attachment()])
    return served.county.visit(phone, records=[record])


def offset(phone: Phone, photo: File) -> int | None:
    """How far the county says the file is; None: received."""
    told = phone.sync(have=[photo.sha256])
    if told["receipts"]:
        (receipt,) = told["receipts"]
        assert (receipt["sha256"], receipt["bytes"]) == (photo.sha256, len(photo.data))
        assert "aside" not in receipt
        return None
    found: int = told["wanted"][0]["offset"]
    return found


def assert_whole(served: Served) -> None:
    """Rows and bytes agree, byte for byte."""
    settings = Settings(data=served.data, secret=SECRET, log_level="error")
    with create_app(settings).app_context():
        assert [one for one in cleaning.verify(Blobs.of(settings), deep=True) if one.harmful] == []


def test_killed_between_every_two_pieces_it_goes_on_where_it_was(served: Served, server: Gunicorn) -> None:
    """[S1] [S7] What was acknowledged is there after the kill, to the byte."""
    phone = server.at(served.phone())
    phone.sync(promise(served, phone, PHOTO))
    total, step, first = len(PHOTO.data), 110_000, 0
    while True:
        answered = phone.put(PHOTO.sha256, PHOTO.data[first : first + step], first, total)
        server.kill()
        server.start()
        if answered.status_code == 201:
            break
        first = answered.get_json()["offset"]
        assert offset(phone, PHOTO) == first
    assert offset(phone, PHOTO) is None
    assert_whole(served)


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_killed_in_the_middle_of_a_piece_nothing_acknowledged_is_lost(
    served: Served, server: Gunicorn
) -> None:
    """[S1] [S7] Whenever it dies, the offset afterwards is at least the last one that was answered."""
    dice = random.Random(7)
    phone = server.at(served.phone())
    photo = File(PHOTO.data + b"another")
    phone.sync(promise(served, phone, photo))
    total, acknowledged = len(photo.data), 0
    for _ in range(12):
        first = offset(phone, photo)
        if first is None:
            break
        assert first >= acknowledged

        def send(first: int = first) -> None:
            nonlocal acknowledged
            with suppress(httpx.TransportError):  # it was killed before it could answer
                answered = phone.put(photo.sha256, photo.data[first : first + 30_000], first, total)
                acknowledged = answered.get_json().get("offset", total)

        sending = threading.Thread(target=send)
        sending.start()
        sending.join(dice.uniform(0, 0.05))
        server.kill()
        sending.join()
        server.start()
    while (first := offset(phone, photo)) is not None:
        assert first >= acknowledged
        phone.put(photo.sha256, photo.data[first : first + 90_000], first, total)
    assert_whole(served)


def test_another_host_goes_on_with_what_the_first_one_kept(served: Served, server: Gunicorn) -> None:
    """[S7] Any host resumes: the pieces are in the store, the partial is a row."""
    other = served.serve(workers=1)
    try:
        phone = server.at(served.phone())
        photo = File(PHOTO.data + b"a third")
        phone.sync(promise(served, phone, photo))
        total, hosts = len(photo.data), [server, other]
        for n, first in enumerate(range(0, total, 60_000)):
            hosts[n % 2].at(phone)
            answered = phone.put(photo.sha256, photo.data[first : first + 60_000], first, total)
        assert answered.status_code == 201
        server.at(phone)
        assert offset(phone, photo) is None
        assert_whole(served)
    finally:
        other.kill()


def test_slow_bodies_never_take_all_threads(served: Served, server: Gunicorn) -> None:
    """[S10] With half of the threads busy, exchanges go on and the next photo is told to wait."""
    server.kill()
    server.settings = {"workers": 1, "threads": 4}
    server.start()
    phone = server.at(served.phone())
    photo = File(PHOTO.data + b"a fourth")
    phone.sync(promise(served, phone, photo))
    slow = [begin(server, phone, photo) for _ in range(2)]
    try:
        deadline = time.monotonic() + 20
        while (answered := phone.put(photo.sha256, b"piece", 0, len(photo.data))).status_code != 503:
            assert time.monotonic() < deadline
            slow = [one if waits(one) else begin(server, phone, photo) for one in slow]
        assert answered.get_json()["retry_after"] == 1
        assert phone.sync(have=[photo.sha256])["wanted"]
    finally:
        for one in slow:
            one.close()


def begin(server: Gunicorn, phone: Phone, photo: File) -> socket.socket:
    """A PUT whose first byte comes, and then nothing."""
    path = f"/api/photos/{photo.sha256}"
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(photo.data)}\r\n"
        f"Authorization: Bearer {phone.sign('PUT', path, photo.data)}\r\n\r\n"
    )
    sending = socket.create_connection(("127.0.0.1", server.port))
    sending.sendall(head.encode() + photo.data[:1])
    return sending


def waits(sending: socket.socket) -> bool:
    """Nothing was answered: it lies in its lane, and was not overtaken by a piece that filled it."""
    return not select.select([sending], [], [], 0)[0]
