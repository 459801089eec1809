"""Photos per second through real gunicorn, beside the same bytes written bare (``lianxin bench photos``).

Each photo of 250 kB is one signed PUT on a kept connection: the signature and the hash are checked, the photo
is written, flushed and renamed, decoded, given its preview, and committed with full durability before it
counts. ``limit`` is the same bytes on the same disk by one writer, each file flushed, renamed and its folder
flushed, with nothing else done; ``bare_parallel`` the same by as many writers as there are phones here.
Signatures are made beforehand: what is measured is the county's machine, not the phones. ``server_cpu_ms``
and ``cores`` say what this machine could do with nothing beside it, ``load`` what was beside it.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from PIL import Image

from server.photos import looks
from sync.messages import MOST_OPS
from tests.factories.pictures import File, picture
from tests.factories.served import Gunicorn, Served

PHOTO_BYTES = 250_000
PHOTOS = 400
WORKERS, THREADS = 2, 8
CLIENTS = 2  # processes
AT_ONCE = THREADS // 2  # as many as one worker gives to photos, so that nobody is told to come again


@dataclass(frozen=True)
class Sent:
    """One request, ready to go."""

    path: str
    body: bytes
    authorization: str


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
            ready = [sent(phone, file) for file in files]
            warm, measured = ready[: photos // 10], ready[photos // 10 :]
            through(server.port, warm)
            before = processor_s(server)
            seconds = through(server.port, measured)
            worked = processor_s(server) - before
        finally:
            server.stop()
        count = len(measured)
        alone, together = (bare(Path(home) / f"bare-{n}", files[:count], n) for n in (1, AT_ONCE))
        look_s = looking(Path(home) / "look", files[0])
    value, limit = count / seconds, count / alone
    return {
        "bench": "photos", "value": round(value, 1), "limit": round(limit, 1),
        "ratio": round(value / limit, 3), "unit": "photos/s", "better": "higher",
        "bytes": PHOTO_BYTES, "photos": count, "mb_per_s": round(value * PHOTO_BYTES / 1e6, 1),
        "bare_parallel": round(count / together, 1), "server_cpu_ms": round(worked / count * 1000, 1),
        "decode_cpu_ms": round(look_s * 1000, 1), "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }  # fmt: skip


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


def promised(served: Served, phone: Any, files: list[File]) -> None:
    """Ops that name them all, 50 a record."""
    for start in range(0, len(files), MOST_OPS):
        named = [file.attachment() for file in files[start : start + MOST_OPS]]
        op = served.county.visit(phone, records=[served.county.record(phone, attachments=named)])
        told = phone.sync(op)
        assert told["results"][0]["outcome"] == "accepted", told["results"]


def sent(phone: Any, file: File) -> Sent:
    path = f"/api/photos/{file.sha256}"
    return Sent(path, file.data, f"Bearer {phone.sign('PUT', path, file.data)}")


def through(port: int, requests: list[Sent]) -> float:
    """Send them all from a few processes; seconds from the first to the last answer."""
    shares = [requests[n::CLIENTS] for n in range(CLIENTS)]
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(CLIENTS + 1)
    clients = [context.Process(target=client, args=(port, share, gate)) for share in shares]
    for each in clients:
        each.start()
    gate.wait()
    began = time.monotonic()
    for each in clients:
        each.join()
    seconds = time.monotonic() - began
    assert [each.exitcode for each in clients] == [0] * CLIENTS, "not every photo was received"
    return seconds


def client(port: int, share: list[Sent], gate: Any) -> None:
    """One process of phones: some connections, each sending one photo after the other."""
    lines = AT_ONCE // CLIENTS
    gate.wait()
    with ThreadPoolExecutor(lines) as pool:
        list(pool.map(lambda n: line(port, share[n::lines]), range(lines)))


def line(port: int, requests: list[Sent]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for one in requests:
        headers = {"Authorization": one.authorization, "Content-Type": "image/jpeg"}
        connection.request("PUT", one.path, one.body, headers)
        answered = connection.getresponse()
        answered.read()
        assert answered.status == 201, answered.status
    connection.close()


def bare(folder: Path, files: list[File], writers: int) -> float:
    """The same bytes, flushed, renamed and the folder flushed; seconds."""
    folder.mkdir()

    def write(share: list[File]) -> None:
        for file in share:
            making, place = folder / f"{file.sha256}.new", folder / file.sha256
            with making.open("wb") as opened:
                opened.write(file.data)
                opened.flush()
                os.fsync(opened.fileno())
            making.replace(place)
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

    began = time.monotonic()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, [files[n::writers] for n in range(writers)]))
    return time.monotonic() - began


def looking(file: Path, photo: File) -> float:
    """Seconds of one processor to decode one photo and make its preview."""
    file.write_bytes(photo.data)
    began = time.process_time()
    for _ in range(10):
        looks.look(file)
    return (time.process_time() - began) / 10


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS)))
