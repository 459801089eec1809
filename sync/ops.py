"""An op, and the bodies that ops carry (PROTOCOL.md §4 says what they mean).

One op that does not fit must never cost the others their exchange (rule S3), so ops are read one by one and
a BadOp names what is wrong. What comes from a newer client is deferred, not refused.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Generic, Literal, TypeVar

import orjson
from marshmallow import ValidationError
from msgspec import Meta

from sync.core import clock
from sync.core.canonical import NotCanonical, canonical
from sync.fields import LEFT_OUT, MOST_INTEGER, Integer, Key, Read, Sha256, Shape, Uuid, Uuid7, reader

VERSION: Final = 1
MOST_OP_BYTES: Final = 1_048_576
MOST_PATH: Final = 200
MOST_ASKED: Final = 100  # fields that a return asks about
MOST_REASON: Final = 500  # characters
MOST_NOTE: Final = 2_000


class At(Shape, frozen=True):
    """A moment as the phone knows it."""

    wall: str  # 2026-11-24T01:02:03.456Z, the wall clock
    mono: Integer  # ms since this start of the app
    start: Uuid  # which start of the app

    def __post_init__(self) -> None:
        clock.parse(self.wall)


class Position(Shape, frozen=True):
    lat: Annotated[int, Meta(ge=-900_000_000, le=900_000_000)]  # degrees × 10⁷
    lon: Annotated[int, Meta(ge=-1_800_000_000, le=1_800_000_000)]
    accuracy_m: Annotated[int, Meta(ge=0, le=100_000_000)]
    age_ms: Integer  # of the fix, when the tap came


class Presence(Shape, frozen=True):
    """A tap on check-in or check-out. The tap is the moment; a position comes if one was to be had."""

    at: At
    position: Position = LEFT_OUT
    reason: Key = LEFT_OUT  # why there is none


class Subject(Shape, frozen=True):
    list: Key
    id: Uuid


class Participant(Shape, frozen=True, rename={"came": "in", "left": "out"}):
    user: Uuid
    came: At
    left: At | None


class Attachment(Shape, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    sha256: Sha256
    bytes: Integer
    type: Annotated[str, Meta(min_length=1, max_length=100)]
    said_at: str = LEFT_OUT

    def __post_init__(self) -> None:
        if self.said_at is not LEFT_OUT:
            clock.parse(self.said_at)


ListRow = Annotated[
    dict[Annotated[str, Meta(min_length=1, max_length=100)], Annotated[str, Meta(max_length=10_000)]],
    Meta(max_length=200),
]


class FilledForm(Shape, frozen=True):
    """A record: one filled form, named for ever by ``record``."""

    record: Uuid7
    form: Key
    version: Annotated[str, Meta(min_length=1, max_length=32)]
    xml: Annotated[str, Meta(min_length=1, max_length=MOST_OP_BYTES)]
    list_rows: Annotated[
        dict[Key, Annotated[tuple[ListRow, ...], Meta(max_length=1_000)]], Meta(max_length=50)
    ]
    attachments: Annotated[tuple[Attachment, ...], Meta(max_length=100)]


class FieldAnswer(Shape, frozen=True):
    """What the author says to one field that the reviewer asked about."""

    record: Uuid7
    path: Annotated[str, Meta(min_length=1, max_length=MOST_PATH)]
    said: Literal["changed", "right", "cannot"]
    reason: Annotated[str, Meta(max_length=MOST_REASON)] | None = None


class Correction(Shape, frozen=True):
    """A revision that answers a return."""

    decision: Uuid
    answers: Annotated[tuple[FieldAnswer, ...], Meta(max_length=MOST_ASKED)]


class VisitPut(Shape, frozen=True):
    visit: Uuid7
    team: Uuid
    programme: Key
    entry: Literal["live", "later", "desk"]
    subject: Subject | None
    place: Uuid | None
    check_in: Presence
    check_out: Presence | None
    participants: Annotated[tuple[Participant, ...], Meta(max_length=500)]
    helpers_unnamed: Annotated[int, Meta(ge=0, le=100_000)]
    records: Annotated[tuple[FilledForm, ...], Meta(min_length=1, max_length=200)]
    correction: Correction | None = None

    def __post_init__(self) -> None:
        if len({record.record for record in self.records}) < len(self.records):
            raise ValueError("names a record twice")
        if len({one.user for one in self.participants}) < len(self.participants):
            raise ValueError("names a participant twice")


class VisitWithdraw(Shape, frozen=True):
    """The author takes a visit back that nobody has decided on."""

    visit: Uuid7
    reason: Annotated[str, Meta(max_length=MOST_REASON)] | None = None


class NoteAdd(Shape, frozen=True):
    """A word in the talk about a visit; the note's id is the op's."""

    visit: Uuid7
    text: Annotated[str, Meta(min_length=1, max_length=MOST_NOTE)]


class PhotoLost(Shape, frozen=True):
    """A file that the phone promised and cannot read any more."""

    visit: Uuid7
    sha256: Sha256
    reason: Key


Body = VisitPut | VisitWithdraw | NoteAdd | PhotoLost
B = TypeVar("B", covariant=True)


class Op(Shape, Generic[B], frozen=True):
    """The envelope; user and device come from the signature."""

    v: Annotated[int, Meta(ge=1, le=VERSION)]
    id: Uuid7
    kind: Key
    n: Annotated[int, Meta(ge=1, le=MOST_INTEGER)]  # the device's running number
    at: At
    base: Uuid | None  # the revision that its author saw
    body: B  # one class a kind


# How an op of each kind, with its body, is read.
BODIES: Final[dict[str, Read[Op[Body]]]] = {
    "visit.put": reader(Op[VisitPut]),
    "visit.withdraw": reader(Op[VisitWithdraw]),
    "note.add": reader(Op[NoteAdd]),
    "photo.lost": reader(Op[PhotoLost]),
}
visit_put: Read[VisitPut] = reader(VisitPut)
_of_unknown_kind: Read[Op[dict[str, Any]]] = reader(Op[dict[str, Any]])


class BadOp(Exception):
    """An op that cannot be taken as it is. ``code`` is a refusal's; ``deferred`` means a newer client's."""

    def __init__(self, code: str, reason: str, *, deferred: bool = False) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.deferred = deferred


def canonical_op(raw: Any, op: Op[Body] | None = None) -> bytes:
    """The canonical bytes of an op as it came; ``op`` is what ``read_op`` made of it. Raises BadOp."""
    try:
        found = (op and _spelled(raw, op)) or canonical(raw)
    except NotCanonical as error:
        text = error.reason in ("nul", "lone_surrogate")
        raise BadOp("text_not_allowed" if text else "malformed", str(error)) from None
    if len(found) > MOST_OP_BYTES:
        raise BadOp("too_large", f"{len(found)} bytes, at most {MOST_OP_BYTES}")
    return found


def _spelled(raw: Any, op: Op[Body]) -> bytes | None:
    """The same bytes in a tenth of the time. What has been read holds only texts, small integers, true, false
    and null, under keys that are known but for the columns of list rows: where those are ASCII, whoever sorts
    writes it alike. None where a text or a key asks for a closer look."""
    if isinstance(op.body, VisitPut) and not all(map(_plain_columns, op.body.records)):
        return None
    try:
        found = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # half of a surrogate pair
        return None
    return None if b"\\u0000" in found else found


def _plain_columns(record: FilledForm) -> bool:
    return all("".join(row).isascii() for rows in record.list_rows.values() for row in rows)


def read_op(raw: Any) -> Op[Body]:
    """An op from its JSON value. Raises BadOp; a version or kind from the future is deferred, not refused."""
    if not isinstance(raw, dict):
        raise BadOp("malformed", "an op is an object")
    version, kind = raw.get("v"), raw.get("kind")
    if type(version) is int and version > VERSION:
        raise BadOp("unknown_kind", f"version {version}", deferred=True)
    try:
        known = BODIES.get(kind) if isinstance(kind, str) else None
        if known is not None:
            return known(raw, "op")
        _of_unknown_kind(raw, "op")
    except ValidationError as error:
        raise BadOp("malformed", str(error.messages[0])) from None
    raise BadOp("unknown_kind", f"kind {kind}", deferred=True)
