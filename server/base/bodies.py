"""Reading what was sent: bounded in bytes, before and after inflating, and in time; then JSON, strictly.

Everything here happens before a unit of work opens. A body may be ``Content-Encoding: gzip`` or ``deflate``.
JSON is UTF-8, without NaN; NUL and lone surrogates in strings are refused here, except by routes that judge
each part by itself (sync refuses the one op, not the batch).
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, NoReturn

import msgspec
from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from server.base.patience import watch
from server.base.problems import Problem

_PIECE = 1 << 20  # what comes is copied once for each piece that is asked for
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_WBITS = {"gzip": 31, "deflate": 15}


def read(request: Request, limit: int, too_large: str = "too_large") -> bytes:
    """The body's bytes after inflating, at most ``limit``; beyond it a problem of the code ``too_large``."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", *_WBITS}:
        raise Problem("wrong_type", accepts="gzip, deflate, identity")
    request.max_content_length = limit
    with watch.over(request.environ.get("gunicorn.socket"), request.content_length or limit) as reading:
        try:
            raw: bytes | None = _whole(request, limit, too_large)
        except RequestEntityTooLarge:
            raise Problem(too_large, limit_bytes=limit) from None
        except ClientDisconnected:
            raw = None  # some servers raise, some just end
        if raw is None or len(raw) < (request.content_length or 0):
            raise Problem("too_slow" if reading and reading.late else "malformed_json")
    return raw if encoding == "identity" else inflate(raw, encoding, limit)


def _whole(request: Request, limit: int, too_large: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := request.stream.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise Problem(too_large, limit_bytes=limit)
        pieces.append(piece)
    return b"".join(pieces)


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
        value = _value(raw)
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise Problem("malformed_json") from None
    if strict_text and _SUSPECT.search(raw):
        check_text(value)
    return value


def _value(raw: bytes) -> Any:
    """By msgspec, in half of the time. It is stricter than we are: half of a surrogate pair, or a number
    beyond all floats, is the matter of the one op that it stands in."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)


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
