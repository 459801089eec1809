"""Flat fields: each reads one whole member of a message by hand, without nested schemas.

A batch of visits is mostly small objects of known shape. marshmallow's nested schemas cost more than the
database there, so a field reads its object in one function and answers with a frozen dataclass. The
functions say *where* it does not fit, for the person who looks into the quarantine; the way there is put
together only when something does not. Unknown members are refused: within one protocol version nothing new
appears, and dropping what was typed is never an option.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from marshmallow import ValidationError, fields

from sync.core import clock, ids

T = TypeVar("T")
Read = Callable[[Any, str], T]  # the value, and the name of the member that it is

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
MOST_INTEGER = 2**53 - 1


class Flat(fields.Field[Any]):
    """A member that one function reads."""

    def __init__(self, read: Read[Any], **kwargs: Any) -> None:
        kwargs.setdefault("required", True)
        super().__init__(**kwargs)
        self.read = read

    def _deserialize(self, value: Any, attr: str | None, *_: Any, **__: Any) -> Any:
        return self.read(value, attr or "")


def wrong(where: str, what: str) -> ValidationError:
    return ValidationError(f"{where}: {what}")


def _within(where: str, inner: ValidationError) -> ValidationError:
    return ValidationError(f"{where}/{inner.messages[0]}")


def maybe(read: Read[T]) -> Read[T | None]:
    """The same, or null."""
    return lambda value, where: None if value is None else read(value, where)


def uuid(value: Any, where: str) -> str:
    if not isinstance(value, str) or not ids.is_uuid(value):
        raise wrong(where, "not a UUID in lower case")
    return value


def uuid7(value: Any, where: str) -> str:
    if not isinstance(value, str) or not ids.is_uuid7(value):
        raise wrong(where, "not a version 7 UUID in lower case")
    return value


def key(value: Any, where: str) -> str:
    """A short machine name."""
    if not isinstance(value, str) or _KEY.fullmatch(value) is None:
        raise wrong(where, "not a short name of letters, digits, dot, hyphen and underscore")
    return value


def sha256(value: Any, where: str) -> str:
    if not isinstance(value, str) or _SHA256.fullmatch(value) is None:
        raise wrong(where, "not a SHA-256 in lower-case hex")
    return value


def moment(value: Any, where: str) -> str:
    try:
        clock.parse(value)
    except ValueError as error:
        raise wrong(where, str(error)) from None
    return str(value)


def text(most: int, least: int = 0) -> Read[str]:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise wrong(where, f"not a text of {least} to {most} characters")
        return value

    return read


def integer(least: int = 0, most: int = MOST_INTEGER) -> Read[int]:
    def read(value: Any, where: str) -> int:
        if type(value) is not int or not least <= value <= most:
            raise wrong(where, f"not an integer from {least} to {most}")
        return value

    return read


def one_of(*words: str) -> Read[str]:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in words:
            raise wrong(where, f"not one of {', '.join(words)}")
        return value

    return read


def each(read: Read[T], most: int, least: int = 0) -> Read[tuple[T, ...]]:
    def read_all(value: Any, where: str) -> tuple[T, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise wrong(where, f"not a list of {least} to {most}")
        made: list[T] = []
        try:
            for member in value:
                made.append(read(member, ""))
        except ValidationError as inner:
            raise _within(where, ValidationError(f"{len(made)}{inner.messages[0]}")) from None
        return tuple(made)

    return read_all


def mapping(read: Read[T], most: int, read_key: Read[str] = key) -> Read[dict[str, T]]:
    def read_all(value: Any, where: str) -> dict[str, T]:
        if not isinstance(value, dict) or len(value) > most:
            raise wrong(where, f"not an object of at most {most} members")
        made: dict[str, T] = {}
        for name, member in value.items():
            known = read_key(name, where)  # a name that is no key is told by `where`
            try:
                made[known] = read(member, known)
            except ValidationError as inner:
                raise _within(where, inner) from None
        return made

    return read_all


def json_object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(where, "not an object")
    return value


def record(
    make: Callable[..., T],
    required: Mapping[str, Read[Any]],
    optional: Mapping[str, Read[Any]] | None = None,
    rename: Mapping[str, str] | None = None,
) -> Read[T]:
    """An object of exactly these members, as a dataclass. ``rename`` gives a member another attribute."""
    may = dict(optional or {})
    attributes = {name: (rename or {}).get(name, name) for name in [*required, *may]}
    needed = [(attributes[name], name, each_read) for name, each_read in required.items()]

    def read(value: Any, where: str) -> T:
        if not isinstance(value, dict):
            raise wrong(where, "not an object")
        try:
            made = {attribute: read_it(value[name], name) for attribute, name, read_it in needed}
            if len(value) > len(made):
                made.update({attributes[name]: may[name](value[name], name) for name in may if name in value})
        except KeyError:
            missing = sorted(required.keys() - value.keys())
            raise wrong(where, f"lacks {', '.join(missing)}") from None
        except ValidationError as inner:
            raise _within(where, inner) from None
        if len(value) > len(made):
            stranger = next(name for name in value if name not in attributes)
            raise wrong(where, f"has an unknown member {stranger[:64]!r}")
        return make(**made)

    return read
