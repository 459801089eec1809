"""Two S3 servers, really started, and the settings that lead there.

moto answers as Amazon's service does and never looks at a signature; nanio is the one that does.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from server.base.settings import Settings

KEY, SECRET = "lianxin-test", "a secret of the bucket"
BUCKET = "county"


def moto() -> Iterator[str]:
    """Its URL, with an empty bucket."""
    port = free_port()
    for url in _served([sys.executable, "-m", "moto.server", "-p", str(port)], port):
        httpx.put(f"{url}/{BUCKET}").raise_for_status()
        yield url


def nanio(data: Path) -> Iterator[str]:
    """Its URL, with an empty bucket that only KEY and SECRET open."""
    port = free_port()
    (data / BUCKET).mkdir()
    command = [sys.executable, "-m", "nanio", "serve", "--data-dir", str(data), "--host", "127.0.0.1"]
    yield from _served([*command, "--port", str(port)], port, NANIO_ACCESS_KEY=KEY, NANIO_SECRET_KEY=SECRET)


def bucket(url: str, data: Path, **changes: str) -> Settings:
    said = {
        "blobs": f"s3://{BUCKET}/here",
        "blobs_endpoint": url,
        "blobs_key_id": KEY,
        "blobs_secret": SECRET,
    }
    return Settings(data=data, **{**said, **changes})  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _served(command: list[str], port: int, **environment: str) -> Iterator[str]:
    """A server of its own, up when it answers anything; its URL."""
    server = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(url, timeout=5)
                break
            except httpx.TransportError:
                assert server.poll() is None, f"{command} ended"
                assert time.monotonic() < deadline, f"{command} does not answer"
        yield url
    finally:
        server.terminate()
        server.wait(10)
