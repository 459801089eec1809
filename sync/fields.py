"""What messages are made of: one type a kind of value, read by msgspec.

A batch of visits is mostly small objects of known shape. A class of ``Shape`` says what an object holds, and
``reader`` makes of it a function that takes the whole object in one step, or says *where* it does not fit,
for the person who looks into the quarantine. Unknown members are refused: within one protocol version nothing
new appears, and dropping what was typed is never an option.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

import msgspec
from marshmallow import ValidationError, fields
from msgspec import Meta

from sync.core import clock, ids

T = TypeVar("T")
Read = Callable[[Any, str], T]  # the value, and the name of the member that it is

MOST_INTEGER: Final = 2**53 - 1
LEFT_OUT: Any = None  # of a member that may be left out; null is another thing, and stands in its type

_UUID = rf"\A{ids.UUID}\Z"
_UUID7 = rf"\A{ids.UUID7}\Z"
_KEY = r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z"
_SHA256 = r"\A[0-9a-f]{64}\Z"
_SPELLED = {
    _UUID: "a UUID in lower case",
    _UUID7: "a version 7 UUID in lower case",
    _KEY: "a short name of letters, digits, dot, hyphen and underscore",
    _SHA256: "a SHA-256 in lower-case hex",
}

Uuid = Annotated[str, Meta(pattern=_UUID)]
Uuid7 = Annotated[str, Meta(pattern=_UUID7)]
Key = Annotated[str, Meta(pattern=_KEY)]  # a short machine name
Sha256 = Annotated[str, Meta(pattern=_SHA256)]
Integer = Annotated[int, Meta(ge=0, le=MOST_INTEGER)]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An object of exactly these members."""


class Flat(fields.Field[Any]):
    """A member of a message that one function reads."""

    def __init__(self, read: Read[Any], **kwargs: Any) -> None:
        kwargs.setdefault("required", True)
        super().__init__(**kwargs)
        self.read = read

    def _deserialize(self, value: Any, attr: str | None, *_: Any, **__: Any) -> Any:
        return self.read(value, attr or "")


def wrong(where: str, what: str) -> ValidationError:
    return ValidationError(f"{where}: {what}")


def reader(kind: Any) -> Read[Any]:
    """The function that reads a value of this type. It raises ValidationError."""

    def read(value: Any, where: str) -> Any:
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            raise _told(where, str(error)) from None
        except UnicodeEncodeError:  # half of a surrogate pair, in the name of a member
            raise wrong(where, "Object contains an unknown field") from None

    return read


def moment(value: Any, where: str) -> str:
    try:
        clock.parse(value)
    except ValueError as error:
        raise wrong(where, str(error)) from None
    return str(value)


def _told(where: str, said: str) -> ValidationError:
    """msgspec says what is wrong and, behind it, the way there."""
    what, _, way = said.partition(" - at ")
    for pattern, spelled in _SPELLED.items():
        what = what.replace(f"`str` matching regex {pattern!r}", spelled)
    return wrong(way.replace("`", "").replace("$", where, 1) or where, what)
