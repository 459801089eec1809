"""JSON as it lies in the database and goes out in answers: short, in UTF-8, written and read by orjson.

What comes in from outside is read by ``bodies``, and what is hashed is written by ``sync.ops.canonical_op``.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def written(value: Any) -> str:
    """The JSON text. What cannot be UTF-8 (half of a surrogate pair that somebody sent) is escaped."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, separators=(",", ":"))


def read(text: str | bytes) -> Any:
    """The value."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)
