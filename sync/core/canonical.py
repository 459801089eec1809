"""One op, one spelling: RFC 8785 (JCS) without floats, and its SHA-256.

Whether two ops are the same is asked of bytes (rule S2), so phone and server must write the same value the
same way. Decimals are strings and positions are integers × 10⁷, because the printing of floats is where two
languages differ first. Keys sort by UTF-16 unit, as JavaScript sorts and as the RFC says; Python compares
code points, which differs as soon as one key is beyond the BMP and another at U+E000 or above.
NUL and lone surrogates are refused here, by name, since one database takes them and the other does not.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import Any

_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
MOST_INTEGER = 2**53 - 1
MOST_DEPTH = 32


class NotCanonical(ValueError):
    """The value has no canonical form. `reason` is for programs, `path` (RFC 6901) says where."""

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(f"{reason} at {path or '/'}")
        self.reason = reason  # nul | lone_surrogate | not_an_integer | integer_too_large | too_deep | no_json
        self.path = path


def canonical(value: Any) -> bytes:
    """The UTF-8 bytes of the one spelling. Raises NotCanonical."""
    if _is_plain(value):
        written = _sorted(value)
        if "\\u0000" not in written:
            with suppress(UnicodeEncodeError):
                return written.encode()
    wide_keys = _check(value, "", 0)
    if wide_keys:
        value = _by_utf16(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=not wide_keys).encode()


def sha256(value: Any) -> str:
    """SHA-256 of the canonical bytes, lower-case hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _is_plain(value: Any) -> bool:
    """Nothing but keys in ASCII, texts, small integers, true, false and null, as nearly every op is. Says no
    in doubt: what exactly does not fit, and where, is for ``_check`` to find."""
    level, depth = [value], 0
    while level:
        if depth >= MOST_DEPTH:
            return False
        deeper: list[Any] = []
        for each in level:
            kind = type(each)
            if kind is str:
                continue
            if kind is dict:
                if set(map(type, each)) - {str} or not "".join(each).isascii():
                    return False
                deeper += each.values()
            elif kind is list:
                deeper += each
            elif kind is int:
                if not -MOST_INTEGER <= each <= MOST_INTEGER:
                    return False
            elif each is not None and kind is not bool:
                return False
        level, depth = deeper, depth + 1
    return True


def _check(value: Any, path: str, depth: int) -> bool:
    """Refuse what has no canonical form. True if a key needs the order by UTF-16 unit."""
    kind = type(value)
    if kind is str:
        _check_text(value, path)
        return False
    if kind is int:
        if not -MOST_INTEGER <= value <= MOST_INTEGER:
            raise NotCanonical("integer_too_large", path)
        return False
    if value is None or kind is bool:
        return False
    if depth >= MOST_DEPTH and kind in (dict, list, tuple):
        raise NotCanonical("too_deep", path)
    wide = False
    if kind is dict:
        for key, member in value.items():
            if type(key) is not str:
                raise NotCanonical("no_json", path)
            here = f"{path}/{key}" if key.isidentifier() else f"{path}/{_pointer(key)}"
            _check_text(key, here)
            wide = wide or (not key.isascii() and max(key) >= "\ue000")
            wide = _check(member, here, depth + 1) or wide
        return wide
    if kind in (list, tuple):
        for index, member in enumerate(value):
            wide = _check(member, f"{path}/{index}", depth + 1) or wide
        return wide
    raise NotCanonical("not_an_integer" if kind is float else "no_json", path)


def _check_text(text: str, path: str) -> None:
    if "\0" in text:
        raise NotCanonical("nul", path)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise NotCanonical("lone_surrogate", path) from None


def _pointer(key: str) -> str:
    escaped = key.replace("~", "~0").replace("/", "~1")
    return escaped.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _by_utf16(value: Any) -> Any:
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _by_utf16(value[key]) for key in ordered}
    if isinstance(value, list | tuple):
        return [_by_utf16(member) for member in value]
    return value
