"""Reading what was sent: bounded in bytes, before and after inflating, and in time; then JSON, strictly.

Everything here happens before a unit of work opens. A body may be ``Content-Encoding: gzip`` or ``deflate``.
JSON is UTF-8, without NaN; NUL and lone surrogates in strings are refused here, except by routes that judge
each part by itself (sync refuses the one op, not the batch).
"""

from __future__ import annotations

import json
import re
import time
import zlib
from typing import Any, NoReturn

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from server.base.problems import Problem

_PIECE = 64 * 1024
_PATIENCE_S = 20.0  # a body of any size may take this long
_LEAST_BYTES_PER_S = 500.0  # slower than this afterwards, and the thread is worth more
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_WBITS = {"gzip": 31, "deflate": 15}


def read(request: Request, limit: int) -> bytes:
    """The body's bytes after inflating, at most ``limit``."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", *_WBITS}:
        raise Problem("wrong_type", accepts="gzip, deflate, identity")
    request.max_content_length = limit
    pieces: list[bytes] = []
    size, began = 0, time.monotonic()
    try:
        while piece := request.stream.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise Problem("too_large", limit_bytes=limit)
            pieces.append(piece)
            waited = time.monotonic() - began - _PATIENCE_S
            if waited > 0 and size < waited * _LEAST_BYTES_PER_S:
                raise Problem("too_slow")
    except RequestEntityTooLarge:
        raise Problem("too_large", limit_bytes=limit) from None
    except ClientDisconnected:
        raise Problem("malformed_json") from None
    except TimeoutError:
        raise Problem("too_slow") from None
    raw = b"".join(pieces)
    return raw if encoding == "identity" else inflate(raw, encoding, limit)


def inflate(raw: bytes, encoding: str, limit: int) -> bytes:
    """Undo gzip or deflate, never making more than ``limit`` bytes; whole and nothing behind it."""
    unpacker = zlib.decompressobj(_WBITS[encoding])
    try:
        plain = unpacker.decompress(raw, limit + 1)
    except zlib.error:
        raise Problem("malformed_json") from None
    if len(plain) > limit:
        raise Problem("too_large", limit_bytes=limit)
    if not unpacker.eof or unpacker.unused_data:
        raise Problem("malformed_json")
    return plain


def parse(raw: bytes, *, strict_text: bool = True) -> Any:
    """The JSON value in these bytes."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise Problem("malformed_json") from None
    if strict_text and _SUSPECT.search(raw):
        check_text(value)
    return value


def check_text(value: Any) -> None:
    """Refuse NUL and lone surrogates: PostgreSQL cannot keep them, and SQLite would hide it."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            if "\x00" in each or any("\ud800" <= letter <= "\udfff" for letter in each):
                raise Problem("text_not_allowed")
        elif isinstance(each, dict):
            stack.extend(each.keys())
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)


def _no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
