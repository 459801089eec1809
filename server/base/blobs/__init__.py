"""Files and photos, in a folder of this machine or in any S3 bucket: one interface, chosen by one setting.

``LIANXIN_BLOBS`` empty: the folder ``blobs`` in the data folder. ``file:///path``: another folder.
``s3://bucket/prefix``: a bucket, with endpoint, region and keys by their own settings. Whatever ``put``,
``adopt`` or ``keep`` has returned from is whole and durable: a key that exists is a file that is whole,
whatever was killed meanwhile. A file in the making lies on this machine (``scratch``), whichever store it
ends in.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from server.base.blobs.folder import Folder
from server.base.blobs.store import Found, Store, StoreTrouble
from server.base.settings import Settings

__all__ = ["CHUNK_BYTES", "Blobs", "Found", "StoreTrouble", "place"]

CHUNK_BYTES = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Blobs:
    """The store of one server.

    Keys are plain names with slashes between; reading an unknown one raises FileNotFoundError. A store that
    cannot be reached or refuses us raises StoreTrouble, a full disk OSError.
    """

    def __init__(self, store: Store, making: Path) -> None:
        self._store = store
        self._making = making

    @classmethod
    def of(cls, settings: Settings) -> Blobs:
        """The store that the settings name; one a process."""
        return _opened(settings)

    # ------------------------------------------------------------ files by key
    def put(self, key: str, data: bytes) -> None:
        """Keep these bytes under this key; what was there is replaced at once and whole."""
        made = self.scratch()
        try:
            made.write_bytes(data)
            self.adopt(key, made)
        finally:
            made.unlink(missing_ok=True)

    def adopt(self, key: str, made: Path) -> None:
        """Take a finished scratch file over under this key. ``made`` is gone afterwards."""
        self._store.adopt(key, made)

    def open(self, key: str) -> BinaryIO:
        """The file's bytes, to be read from their start."""
        return self._store.open(place(key))

    def size(self, key: str) -> int | None:
        """How many bytes lie under this key; None: no such file."""
        return self._store.size(key)

    def delete(self, keys: Iterable[str]) -> None:
        """Take these away; one that is not there is no error."""
        for key in keys:
            self._store.delete(key)

    def walk(self, prefix: str) -> Iterator[Found]:
        """Every file whose key lies under this folder, in no order."""
        return self._store.walk(prefix)

    # ------------------------------------------------------------ files by the hash of their bytes
    def scratch(self) -> Path:
        """A new name for a file in the making; on the store's own disk where that is this machine."""
        self._making.mkdir(parents=True, exist_ok=True)
        return self._making / secrets.token_hex(16)

    def drop_scratch(self, before: datetime) -> int:
        """Take away scratch files that nobody has written to since: their makers were killed. How many."""
        old = [one for one in self._making.glob("*") if _changed(one) < before.timestamp()]
        for one in old:
            one.unlink(missing_ok=True)
        return len(old)

    def keep(self, made: Path) -> tuple[str, int]:
        """Take a finished scratch file over under its hash; answers its SHA-256 and its size in bytes."""
        digest = hashlib.sha256()
        with made.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
            size = file.tell()
        name = digest.hexdigest()
        self.adopt(place(name), made)
        return name, size


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # finished just now
        return math.inf


def place(key: str) -> str:
    """A file that ``keep`` named lies in a folder of its first two digits; any other key is its own place."""
    return f"{key[:2]}/{key}" if _NAME.fullmatch(key) else key


@cache
def _opened(settings: Settings) -> Blobs:
    url = urlsplit(settings.blobs)
    if url.scheme == "s3":
        from server.base.blobs.bucket import Bucket  # a county on its own disk never loads the S3 client

        return Blobs(Bucket(settings), settings.data / "making")
    if url.scheme == "file":
        folder = Path(url2pathname(url.path))
    elif settings.blobs:
        raise ValueError("LIANXIN_BLOBS is empty, file:///folder or s3://bucket/prefix")
    else:
        folder = settings.data / "blobs"
    return Blobs(Folder(folder), folder / "making")
