"""The exchange: what a phone sends to ``POST /api/sync`` and hears (PROTOCOL.md §3 says what it means).

Every version that is served is read and answered here (``sync.versions``). The outer message is read
strictly, its ops stay raw for ``sync.ops``. What only helps (anchors, manifest, previews, parts) is dropped
when it does not fit, since nobody should be cut off for a broken hint.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_dump, post_load
from msgspec import Meta

from sync.core import clock, digest
from sync.core.canonical import NotCanonical, canonical
from sync.core.clock import Anchor
from sync.fields import LEFT_OUT, Flat, Integer, Key, Read, Sha256, Shape, Uuid, reader, wrong
from sync.ops import At
from sync.versions import SERVED, VERSION

T = TypeVar("T")

MOST_OPS: Final = 50
MOST_BUDGET_BYTES: Final = 262_144
LEAST_BUDGET_BYTES: Final = 4_096
MOST_MANIFEST_BYTES: Final = 32_768
MOST_PREVIEWS: Final = 50
MOST_PREVIEW_BYTES: Final = 24_576  # decoded
MOST_HAVE: Final = 100
MOST_PARTS: Final = 4  # feeds
MOST_PHOTO_BYTES: Final = 20_971_520
MOST_PIECE_BYTES: Final = 4_194_304


Feed = Annotated[str, Meta(min_length=1, max_length=96)]
Numbers = Annotated[dict[Feed, Integer], Meta(max_length=1_000)]


class Cursor(Shape, frozen=True):
    """How far a phone has read. A phone keeps it as it came and sends it back so."""

    epoch: Uuid
    feeds: Numbers  # feed → the number of the last change that was sent
    walks: Numbers = msgspec.field(default_factory=dict)  # feeds read from their start → where they stood


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of a file whose bytes come later, or never."""

    of: str  # SHA-256 of the file
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    v: int
    app: str
    epoch: str | None
    clock: At
    anchors: tuple[Anchor, ...]
    manifest: dict[str, Any] | None
    cursor: Cursor | None
    budget: int  # UTF-8 bytes of changes that the phone can take now
    ops: tuple[Any, ...]  # raw: `read_op` reads them one by one
    previews: tuple[Preview, ...] = ()
    have: tuple[str, ...] = ()  # files that the phone holds and has no receipt for
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # v 2: feed → its sums, one a bucket


class Saying(Shape, frozen=True):
    """An anchor as a phone says it."""

    start: Uuid
    mono: Integer
    wall: str
    server: str

    def __post_init__(self) -> None:
        clock.parse(self.wall)
        clock.parse(self.server)


class SaidPreview(Shape, frozen=True):
    of: Sha256
    type: Literal["image/jpeg", "image/webp"]
    base64: Annotated[str, Meta(max_length=MOST_PREVIEW_BYTES * 4 // 3 + 4)]


class Storage(Shape, frozen=True):
    """The phone's, in bytes."""

    used: Integer
    quota: Integer


class Unsent(Shape, frozen=True):
    """Something that the server lacks: of which visit and person, since when."""

    visit: Uuid
    person: Uuid | None
    at: str

    def __post_init__(self) -> None:
        clock.parse(self.at)


class Manifest(Shape, frozen=True):
    """What a phone holds that the server lacks."""

    hash: Annotated[str, Meta(min_length=1, max_length=64)]
    drafts: Integer = LEFT_OUT
    waiting: Integer = LEFT_OUT
    refused: Integer = LEFT_OUT
    photos: Integer = LEFT_OUT  # files of finished visits that the server does not hold yet
    oldest_wall: str | None = None
    storage: Storage | None = None
    items: Annotated[tuple[Unsent, ...], Meta(max_length=500)] = LEFT_OUT
    # feeds that do not hold what the server holds (rule S12)
    mismatched: Annotated[tuple[Feed, ...], Meta(max_length=1_000)] = LEFT_OUT

    def __post_init__(self) -> None:
        if self.oldest_wall is not None:
            clock.parse(self.oldest_wall)


_anchor: Read[Saying] = reader(Saying)
_preview_said: Read[SaidPreview] = reader(SaidPreview)
_sha256: Read[str] = reader(Sha256)
_feed: Read[str] = reader(Feed)
_sums: Read[tuple[str, ...]] = reader(
    Annotated[tuple[Sha256, ...], Meta(min_length=digest.BUCKETS, max_length=digest.BUCKETS)]
)
_manifest_shape: Read[Manifest] = reader(Manifest)
cursor: Read[Cursor | None] = reader(Cursor | None)


def _anchors(value: Any, where: str) -> tuple[Anchor, ...]:
    said = [found for member in _some(value, 20) if (found := _or_none(_anchor, member, where))]
    return tuple(Anchor(one.start, one.mono, one.wall, one.server) for one in said)


def _previews(value: Any, where: str) -> tuple[Preview, ...]:
    return tuple(
        found for member in _some(value, MOST_PREVIEWS) if (found := _or_none(_preview, member, where))
    )


def _preview(value: Any, where: str) -> Preview:
    said = _preview_said(value, where)
    try:
        data = base64.b64decode(said.base64, validate=True)
    except ValueError:  # binascii.Error, or a letter beyond ASCII
        raise wrong(where, "not base64") from None
    if not 0 < len(data) <= MOST_PREVIEW_BYTES:
        raise wrong(where, f"not a preview of at most {MOST_PREVIEW_BYTES} bytes")
    return Preview(said.of, said.type, data)


def _have(value: Any, where: str) -> tuple[str, ...]:
    return tuple(found for member in _some(value, MOST_HAVE) if (found := _or_none(_sha256, member, where)))


def _parts(value: Any, where: str) -> dict[str, tuple[str, ...]]:
    members = list(value.items())[:MOST_PARTS] if isinstance(value, dict) else []
    read = {_or_none(_feed, feed, where): _or_none(_sums, sums, where) for feed, sums in members}
    return {feed: sums for feed, sums in read.items() if feed is not None and sums is not None}


def _manifest(value: Any, where: str) -> dict[str, Any] | None:
    if _or_none(_manifest_shape, value, where) is None:
        return None
    try:
        return value if len(canonical(value)) <= MOST_MANIFEST_BYTES else None
    except NotCanonical:
        return None


def _some(value: Any, most: int) -> list[Any]:
    return value[:most] if isinstance(value, list) else []


def _or_none(read: Read[T], value: Any, where: str) -> T | None:
    try:
        return read(value, where)
    except ValidationError:
        return None


def _ops(value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > MOST_OPS:
        raise wrong(where, f"not a list of at most {MOST_OPS}")
    return tuple(value)


def _served(value: Any, where: str) -> int:
    if type(value) is not int or value not in SERVED:
        raise wrong(where, f"not one of {', '.join(map(str, SERVED))}")
    return value


class RequestSchema(Schema):
    """``POST /api/sync``, what a phone sends. Unknown members are a newer phone's and are let be."""

    class Meta:
        unknown = EXCLUDE

    v = Flat(_served)
    app = Flat(reader(Key))
    epoch = Flat(reader(Uuid | None), allow_none=True)
    clock = Flat(reader(At))
    anchors = Flat(_anchors, required=False, load_default=())
    manifest = Flat(_manifest, required=False, allow_none=True, load_default=None)
    cursor = Flat(cursor, allow_none=True)
    budget = Flat(reader(Integer), required=False, load_default=65_536)
    ops = Flat(_ops)
    previews = Flat(_previews, required=False, load_default=())
    have = Flat(_have, required=False, load_default=())
    parts = Flat(_parts, required=False, load_default=dict)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Request:
        return Request(**data if data["v"] > 1 else {**data, "parts": {}})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one op."""

    id: str
    outcome: str  # accepted | refused | deferred | held
    code: str | None = None
    title: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a feed. ``body`` None is a tombstone; ``unreadable`` could not be rendered just now."""

    feed: str
    kind: str
    id: str
    seq: int
    version: str
    body: dict[str, Any] | None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class FeedSum:
    alive: int
    digest: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that the server lacks of this phone, and how many of its bytes it has kept."""

    sha256: str
    offset: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that the server holds whole and durable. ``aside``: but it is no usable picture or recording.
    ``pending``: nobody has looked at it yet, which of the two it is comes later."""

    sha256: str
    bytes: int
    aside: str | None = None
    pending: bool | None = None


@dataclass(frozen=True, slots=True)
class Response:
    results: tuple[Result, ...]
    changes: tuple[Change, ...]
    cursor: Cursor | None  # None: the pull failed or was refused; keep the old one
    more: bool
    epoch: str
    server_time: str
    feeds: dict[str, FeedSum] | None = None  # only when there is no more
    left: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    backed_up_to: str | None = None
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)  # feed → buckets that came whole
    v: int = VERSION  # the caller's


def _without_none(value: Any, optional: tuple[str, ...]) -> dict[str, Any]:
    names = value.__slots__
    return {
        name: member for name in names if (member := getattr(value, name)) is not None or name not in optional
    }


def change_json(change: Change) -> dict[str, Any]:
    """A change as it is written: an unreadable one has no body."""
    written = _without_none(change, ())
    del written["body" if change.unreadable else "unreadable"]
    return written


def _cursor_json(one: Cursor) -> dict[str, Any]:
    return {"epoch": one.epoch, "feeds": one.feeds, **({"walks": one.walks} if one.walks else {})}


class _Written(fields.Field[Any]):
    """A member that one function writes."""

    def __init__(self, write: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.write = write

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return None if value is None else self.write(value)


class ResponseSchema(Schema):
    """``POST /api/sync``, what a phone hears."""

    v = fields.Integer()
    results = _Written(lambda all: [_without_none(one, ("code", "title", "next")) for one in all])
    changes = _Written(lambda all: [change_json(one) for one in all])
    cursor = _Written(_cursor_json, allow_none=True)
    more = fields.Boolean()
    feeds = _Written(
        lambda all: {name: {"alive": sum.alive, "digest": sum.digest} for name, sum in all.items()},
        allow_none=True,
    )
    left = fields.List(fields.String())
    reset = fields.List(fields.String())
    wanted = _Written(lambda all: [_without_none(one, ()) for one in all])
    receipts = _Written(lambda all: [_without_none(one, ("aside", "pending")) for one in all])
    epoch = fields.String()
    backed_up_to = fields.String(allow_none=True)
    server_time = fields.String()
    parts = _Written(lambda all: {feed: list(buckets) for feed, buckets in all.items()})

    @post_dump
    def of_its_version(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if data["v"] < 2:
            del data["parts"]
        return data
