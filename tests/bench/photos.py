"""Photos per second through real gunicorn, beside the same bytes written bare (``lianxin bench photos``).

Each photo of 250 kB is one signed PUT on a kept connection: the signature and the hash are checked, the photo
is written, flushed and renamed, its folder flushed, and its rows are committed with full durability before it
counts. Photos are looked over after their receipt: ``looked_per_s`` counts from the first byte until the last
one has its preview, so that is what this machine can do for hours.

Two limits, taken in the same run on the same disk by as many writers as there are phones, with nothing else
done: ``limit_files`` is the same bytes, each file flushed, renamed and its folder flushed; ``limit`` adds one
row, committed as durably as the county's own. Phones are one process that sends what was made and signed
beforehand; it shares the machine, so ``client_cpu_ms`` stands beside ``server_cpu_ms``. ``load`` is what else
was going on.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from server.photos import looks
from sync.messages import MOST_HAVE, MOST_OPS
from tests.bench.exchanges import processor_s
from tests.factories.phone import Phone
from tests.factories.pictures import File, picture
from tests.factories.served import Gunicorn, Served

PHOTO_BYTES = 250_000
PHOTOS = 400
WORKERS, THREADS = 2, 8
AT_ONCE = THREADS // 2  # as many as one worker gives to photos, so that nobody is told to come again


@dataclass(frozen=True)
class Run:
    """What a run came to."""

    seconds: float
    client_s: float  # processor of all phones together
    server_s: float


def main(photos: int = PHOTOS) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(
        prefix="lianxin-bench-", dir=os.environ.get("LIANXIN_BENCH_DIR")
    ) as home:
        files = made(photos)
        served = Served(Path(home) / "county")
        server = served.serve(workers=WORKERS, threads=THREADS)
        try:
            phone = server.at(served.phone())
            promised(served, phone, files)
            warm, measured = files[: photos // 10], files[photos // 10 :]
            through(server, [request(phone, file) for file in warm])
            looked_over(phone, warm)
            ready = [request(phone, file) for file in measured]
            began = time.monotonic()
            run = through(server, ready)
            looked_over(phone, measured)
            looked_s = time.monotonic() - began
        finally:
            server.stop()
        bare_files = bare(Path(home) / "files", measured)
        bare_rows = bare(Path(home) / "rows", measured, Rows(Path(home) / "rows.sqlite"))
    count = len(measured)
    value, limit = count / run.seconds, count / bare_rows
    return {
        "bench": "photos", "value": round(value, 1), "limit": round(limit, 1),
        "ratio": round(value / limit, 3), "unit": "photos/s", "better": "higher",
        "bytes": PHOTO_BYTES, "photos": count, "at_once": AT_ONCE,
        "mb_per_s": round(value * PHOTO_BYTES / 1e6, 1), "limit_files": round(count / bare_files, 1),
        "ratio_files": round(value * bare_files / count, 3), "looked_per_s": round(count / looked_s, 1),
        "server_cpu_ms": round(run.server_s / count * 1000, 2),
        "client_cpu_ms": round(run.client_s / count * 1000, 2),
        "decode_cpu_ms": round(looking(measured[0]) * 1000, 1), "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }  # fmt: skip


def made(count: int) -> list[File]:
    """Photos as phones take them, 1600 × 1200; they differ behind the picture's end, so that each is as much
    work as the next."""
    noise = Image.frombytes("RGB", (800, 600), random.Random(5).randbytes(800 * 600 * 3))
    scene = Image.blend(picture(1, 1600, 1200), noise.resize((1600, 1200), Image.Resampling.BICUBIC), 0.11)
    written = io.BytesIO()
    scene.save(written, "JPEG", quality=70)
    jpeg = written.getvalue()
    dice = random.Random(6)
    return [File(jpeg + dice.randbytes(max(16, PHOTO_BYTES - len(jpeg)))) for _ in range(count)]


def promised(served: Served, phone: Phone, files: list[File]) -> None:
    """Ops that name them all, 50 a record."""
    for start in range(0, len(files), MOST_OPS):
        named = [file.attachment() for file in files[start : start + MOST_OPS]]
        op = served.county.visit(phone, records=[served.county.record(phone, attachments=named)])
        told = phone.sync(op)
        assert told["results"][0]["outcome"] == "accepted", told["results"]


def looked_over(phone: Phone, files: list[File]) -> None:
    """Ask until somebody has looked at every one of them."""
    left = [file.sha256 for file in files]
    while left:
        told = phone.sync(have=left[:MOST_HAVE])
        left = [one["sha256"] for one in told["receipts"] if one.get("pending")] + left[MOST_HAVE:]


# ---------------------------------------------------------------- through the county


def request(phone: Phone, file: File) -> bytes:
    """A photo's PUT as it goes over the wire, head and body."""
    path = f"/api/photos/{file.sha256}"
    token = phone.sign("PUT", path, file.data)
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(file.data)}\r\n\r\n"
    )
    return head.encode() + file.data


def through(server: Gunicorn, requests: list[bytes]) -> Run:
    """Send them all from a process of its own, on a few connections."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    before = processor_s(server)
    child = context.Process(target=phones, args=(server.port, requests, theirs))
    child.start()
    theirs.close()
    seconds, client_s = ours.recv()
    child.join()
    return Run(seconds, client_s, processor_s(server) - before)


def phones(port: int, requests: list[bytes], out: Any) -> None:
    used, began = time.process_time(), time.monotonic()
    lines = [requests[n::AT_ONCE] for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda share: line(port, share), lines))
    out.send((time.monotonic() - began, time.process_time() - used))


def line(port: int, requests: list[bytes]) -> None:
    """One connection, one photo after the other."""
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for one in requests:
            sock.sendall(one)
            answered = b""
            while not answered.endswith(b"}"):
                piece = sock.recv(65_536)
                assert piece, "the server hung up"
                answered += piece
            assert answered.startswith(b"HTTP/1.1 201"), answered


# ---------------------------------------------------------------- bare


class Rows:
    """A row for each file, committed as durably as the county's own."""

    def __init__(self, file: Path) -> None:
        self._turn = threading.Lock()
        self._rows = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = WAL")
        self._rows.execute("PRAGMA synchronous = FULL")
        self._rows.execute("CREATE TABLE landed (sha256 TEXT PRIMARY KEY, bytes INTEGER)")

    def add(self, file: File, name: str) -> None:
        with self._turn:
            self._rows.execute("BEGIN IMMEDIATE")
            self._rows.execute("INSERT INTO landed VALUES (?, ?)", (name, len(file.data)))
            self._rows.execute("COMMIT")


def bare(folder: Path, files: list[File], rows: Rows | None = None) -> float:
    """The same bytes, flushed, renamed and the folder flushed; seconds."""
    folder.mkdir()
    named = [(file.sha256, file) for file in files]

    def write(share: list[tuple[str, File]]) -> None:
        for name, file in share:
            making, place = folder / f"{name}.new", folder / name
            with making.open("wb") as opened:
                opened.write(file.data)
                opened.flush()
                os.fsync(opened.fileno())
            making.replace(place)
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
            if rows is not None:
                rows.add(file, name)

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, [named[n::AT_ONCE] for n in range(AT_ONCE)]))
    return time.monotonic() - began


def looking(photo: File) -> float:
    """Seconds of one processor to decode one photo and make its preview."""
    began = time.process_time()
    for _ in range(10):
        looks.look(photo.data)
    return (time.process_time() - began) / 10


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS)))
