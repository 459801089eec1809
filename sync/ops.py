"""An op, and the bodies that ops carry (PROTOCOL.md §4 says what they mean).

One op that does not fit must never cost the others their exchange (rule S3), so ops are read one by one and
a BadOp names what is wrong. What comes from a newer client is deferred, not refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from marshmallow import ValidationError

from sync import fields as f
from sync.core.canonical import NotCanonical, canonical
from sync.core.clock import Anchor, At

VERSION: Final = 1
MOST_OP_BYTES: Final = 1_048_576
MOST_PATH: Final = 200
MOST_ASKED: Final = 100  # fields that a return asks about
MOST_REASON: Final = 500  # characters
MOST_NOTE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Position:
    lat: int  # degrees × 10⁷
    lon: int
    accuracy_m: int
    age_ms: int  # of the fix, when the tap came


@dataclass(frozen=True, slots=True)
class Presence:
    """A tap on check-in or check-out. The tap is the moment; a position comes if one was to be had."""

    at: At
    position: Position | None = None
    reason: str | None = None  # why there is none


@dataclass(frozen=True, slots=True)
class Subject:
    list: str
    id: str


@dataclass(frozen=True, slots=True)
class Participant:
    user: str
    came: At
    left: At | None


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    sha256: str
    bytes: int
    type: str
    said_at: str | None = None


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A record: one filled form, named for ever by ``record``."""

    record: str
    form: str
    version: str
    xml: str
    list_rows: dict[str, tuple[dict[str, str], ...]]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """What the author says to one field that the reviewer asked about."""

    record: str
    path: str
    said: str  # changed | right | cannot
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A revision that answers a return."""

    decision: str
    answers: tuple[FieldAnswer, ...]


@dataclass(frozen=True, slots=True)
class VisitPut:
    visit: str
    team: str
    programme: str
    entry: str  # live | later | desk
    subject: Subject | None
    place: str | None
    check_in: Presence
    check_out: Presence | None
    participants: tuple[Participant, ...]
    helpers_unnamed: int
    records: tuple[FilledForm, ...]
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class VisitWithdraw:
    """The author takes a visit back that nobody has decided on."""

    visit: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NoteAdd:
    """A word in the talk about a visit; the note's id is the op's."""

    visit: str
    text: str


@dataclass(frozen=True, slots=True)
class PhotoLost:
    """A file that the phone promised and cannot read any more."""

    visit: str
    sha256: str
    reason: str


Body = VisitPut | VisitWithdraw | NoteAdd | PhotoLost
B = TypeVar("B", bound=Body, covariant=True)


@dataclass(frozen=True, slots=True)
class Op(Generic[B]):
    id: str
    kind: str
    n: int  # the device's running number
    at: At
    base: str | None  # the revision that its author saw
    body: B  # one class a kind
    v: int = VERSION


at = f.record(At, {"wall": f.moment, "mono": f.integer(), "start": f.uuid})
anchor = f.record(Anchor, {"start": f.uuid, "mono": f.integer(), "wall": f.moment, "server": f.moment})
position = f.record(
    Position,
    {
        "lat": f.integer(-900_000_000, 900_000_000),
        "lon": f.integer(-1_800_000_000, 1_800_000_000),
        "accuracy_m": f.integer(0, 100_000_000),
        "age_ms": f.integer(),
    },
)
presence = f.record(Presence, {"at": at}, {"position": position, "reason": f.key})
subject = f.record(Subject, {"list": f.key, "id": f.uuid})
participant = f.record(
    Participant, {"user": f.uuid, "in": at, "out": f.maybe(at)}, rename={"in": "came", "out": "left"}
)
attachment = f.record(
    Attachment,
    {"name": f.text(200, 1), "sha256": f.sha256, "bytes": f.integer(), "type": f.text(100, 1)},
    {"said_at": f.moment},
)
list_row = f.mapping(f.text(10_000), 200, f.text(100, 1))
filled_form = f.record(
    FilledForm,
    {
        "record": f.uuid7,
        "form": f.key,
        "version": f.text(32, 1),
        "xml": f.text(MOST_OP_BYTES, 1),
        "list_rows": f.mapping(f.each(list_row, 1_000), 50),
        "attachments": f.each(attachment, 100),
    },
)
field_answer = f.record(
    FieldAnswer,
    {"record": f.uuid7, "path": f.text(MOST_PATH, 1), "said": f.one_of("changed", "right", "cannot")},
    {"reason": f.maybe(f.text(MOST_REASON))},
)
correction = f.record(Correction, {"decision": f.uuid, "answers": f.each(field_answer, MOST_ASKED)})
_all_filled = f.each(filled_form, 200, 1)
_all_participants = f.each(participant, 500)


def _records(value: Any, where: str) -> tuple[FilledForm, ...]:
    read = _all_filled(value, where)
    if len({record.record for record in read}) < len(read):
        raise f.wrong(where, "names a record twice")
    return read


def _participants(value: Any, where: str) -> tuple[Participant, ...]:
    read = _all_participants(value, where)
    if len({one.user for one in read}) < len(read):
        raise f.wrong(where, "names a participant twice")
    return read


class VisitPutSchema(f.FlatSchema):
    """The body of ``visit.put``: the whole visit."""

    visit = f.Flat(f.uuid7)
    team = f.Flat(f.uuid)
    programme = f.Flat(f.key)
    entry = f.Flat(f.one_of("live", "later", "desk"))
    subject = f.Flat(f.maybe(subject), allow_none=True)
    place = f.Flat(f.maybe(f.uuid), allow_none=True)
    check_in = f.Flat(presence)
    check_out = f.Flat(f.maybe(presence), allow_none=True)
    participants = f.Flat(_participants)
    helpers_unnamed = f.Flat(f.integer(0, 100_000))
    records = f.Flat(_records)
    correction = f.Flat(f.maybe(correction), required=False, allow_none=True, load_default=None)

    def made(self, read: dict[str, Any]) -> VisitPut:
        return VisitPut(**read)


class VisitWithdrawSchema(f.FlatSchema):
    """The body of ``visit.withdraw``."""

    visit = f.Flat(f.uuid7)
    reason = f.Flat(f.maybe(f.text(MOST_REASON)), required=False, allow_none=True, load_default=None)

    def made(self, read: dict[str, Any]) -> VisitWithdraw:
        return VisitWithdraw(**read)


class NoteAddSchema(f.FlatSchema):
    """The body of ``note.add``."""

    visit = f.Flat(f.uuid7)
    text = f.Flat(f.text(MOST_NOTE, 1))

    def made(self, read: dict[str, Any]) -> NoteAdd:
        return NoteAdd(**read)


class PhotoLostSchema(f.FlatSchema):
    """The body of ``photo.lost``."""

    visit = f.Flat(f.uuid7)
    sha256 = f.Flat(f.sha256)
    reason = f.Flat(f.key)

    def made(self, read: dict[str, Any]) -> PhotoLost:
        return PhotoLost(**read)


BODIES: dict[str, f.FlatSchema] = {
    "visit.put": VisitPutSchema(),
    "visit.withdraw": VisitWithdrawSchema(),
    "note.add": NoteAddSchema(),
    "photo.lost": PhotoLostSchema(),
}


class OpSchema(f.FlatSchema):
    """The envelope of an op. User and device come from the signature."""

    v = f.Flat(f.integer(1, VERSION))
    id = f.Flat(f.uuid7)
    kind = f.Flat(f.key)
    n = f.Flat(f.integer(1))
    at = f.Flat(at)
    base = f.Flat(f.maybe(f.uuid), allow_none=True)
    body = f.Flat(f.json_object)


_ENVELOPE = OpSchema()


class BadOp(Exception):
    """An op that cannot be taken as it is. ``code`` is a refusal's; ``deferred`` means a newer client's."""

    def __init__(self, code: str, reason: str, *, deferred: bool = False) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.deferred = deferred


def canonical_op(raw: Any) -> bytes:
    """The canonical bytes of an op as it came. Raises BadOp."""
    try:
        found = canonical(raw)
    except NotCanonical as error:
        text = error.reason in ("nul", "lone_surrogate")
        raise BadOp("text_not_allowed" if text else "malformed", str(error)) from None
    if len(found) > MOST_OP_BYTES:
        raise BadOp("too_large", f"{len(found)} bytes, at most {MOST_OP_BYTES}")
    return found


def read_op(raw: Any) -> Op[Body]:
    """An op from its JSON value. Raises BadOp; a version or kind from the future is deferred, not refused."""
    if not isinstance(raw, dict):
        raise BadOp("malformed", "an op is an object")
    version, kind = raw.get("v"), raw.get("kind")
    if type(version) is int and version > VERSION:
        raise BadOp("unknown_kind", f"version {version}", deferred=True)
    try:
        envelope: dict[str, Any] = _ENVELOPE.load(raw)
        schema = BODIES.get(envelope["kind"])
        if schema is None:
            raise BadOp("unknown_kind", f"kind {kind}", deferred=True)
        envelope["body"] = schema.load(envelope["body"])
    except ValidationError as error:
        raise BadOp("malformed", first_problem(error.messages)) from None
    return Op(**envelope)


def first_problem(messages: Any, path: str = "") -> str:
    """The first thing that marshmallow found wrong, in one line."""
    while isinstance(messages, dict | list) and messages:
        if isinstance(messages, list):
            messages = messages[0]
        else:
            name, messages = next(iter(messages.items()))
            path = f"{path}/{name}"
    return f"{path} {messages}".strip()
