"""Files, named by the SHA-256 of their bytes, in the data folder.

A file is written under a temporary name in the same folder, flushed to the disk, and only then renamed: a
name that exists is a file that is whole, whatever was killed meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from server.base.settings import Settings

CHUNK_BYTES = 1 << 20


class Blobs:
    """The store of one server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> Blobs:
        return cls(settings.data / "blobs")

    def scratch(self) -> Path:
        """A new name for a file in the making, on the same disk as the store, so that `keep` only renames."""
        making = self._folder / "making"
        making.mkdir(parents=True, exist_ok=True)
        return making / secrets.token_hex(16)

    def keep(self, made: Path) -> tuple[str, int]:
        """Take a finished file over; answers its SHA-256 and its size in bytes. `made` is gone afterwards."""
        digest = hashlib.sha256()
        with made.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
            size = file.tell()
            os.fsync(file.fileno())
        name = digest.hexdigest()
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        made.replace(place)
        _sync_folder(place.parent)
        return name, size

    def open(self, name: str) -> BinaryIO:
        """The file's bytes; raises FileNotFoundError when the store has no such file."""
        return self._place(name).open("rb")

    def _place(self, name: str) -> Path:
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise FileNotFoundError(name)
        return self._folder / name[:2] / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
