"""A bucket of S3, or of whatever speaks its protocol, through obstore.

A PUT that S3 has answered is durable there. Connection trouble is tried again for a few seconds, then told as
StoreTrouble; so is a refusal, with the setting to look at, since a county's key may end at any time.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from server.base.blobs.store import Found, StoreTrouble
from server.base.settings import Settings

T = TypeVar("T")

_PATIENCE = timedelta(seconds=15)
_REFUSED = ("403", "401", "AccessDenied", "SignatureDoesNotMatch", "InvalidAccessKeyId")


class Bucket:
    def __init__(self, settings: Settings) -> None:
        url = urlsplit(settings.blobs)
        said: dict[str, Any] = {"region": settings.blobs_region}
        if settings.blobs_endpoint:
            said["endpoint"] = settings.blobs_endpoint
        if settings.blobs_key_id:
            said["access_key_id"] = settings.blobs_key_id
            said["secret_access_key"] = settings.blobs_secret
        self._store = S3Store(
            url.netloc,
            prefix=url.path.strip("/") or None,
            client_options={
                "allow_http": settings.blobs_endpoint.startswith("http://"),
                "timeout": _PATIENCE,
                "connect_timeout": timedelta(seconds=5),
            },
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
            **said,
        )

    def adopt(self, key: str, made: Path) -> None:
        self._ask(lambda: obstore.put(self._store, key, made))
        made.unlink()

    def open(self, key: str) -> BinaryIO:
        got = self._ask(lambda: obstore.get(self._store, key))
        return io.BufferedReader(cast("io.RawIOBase", _Pieces(got.stream(min_chunk_size=1 << 20))))

    def size(self, key: str) -> int | None:
        try:
            return self._ask(lambda: obstore.head(self._store, key))["size"]
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        try:
            self._ask(lambda: obstore.delete(self._store, key))
        except FileNotFoundError:
            return

    def walk(self, prefix: str) -> Iterator[Found]:
        pages = iter(obstore.list(self._store, prefix, chunk_size=1000))
        while (page := self._ask(lambda: next(pages, None))) is not None:
            for one in page:
                yield Found(one["path"], one["size"], one["last_modified"])

    def _ask(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except FileNotFoundError:
            raise
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise _refused(error) from error
        except BaseError as error:
            if any(word in str(error) for word in _REFUSED):
                raise _refused(error) from error
            raise StoreTrouble(f"the store of LIANXIN_BLOBS does not answer: {_first_line(error)}") from error


class _Pieces(io.RawIOBase):
    """A download as a file: what came is read on, nothing is held but the piece at hand."""

    def __init__(self, pieces: Any) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            try:
                self._rest = memoryview(bytes(next(self._pieces, b"")))
            except BaseError as error:
                raise StoreTrouble(f"the store stopped in the middle of a file: {error}") from error
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _refused(error: Exception) -> StoreTrouble:
    return StoreTrouble(
        "the store refuses our key: look at LIANXIN_BLOBS_KEY_ID and LIANXIN_BLOBS_SECRET, and at what this "
        f"key may do in the bucket ({_first_line(error)})"
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300]
