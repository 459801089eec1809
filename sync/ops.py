"""An op, and the bodies that ops carry (PROTOCOL.md §4 says what they mean).

One op that does not fit must never cost the others their exchange (rule S3), so ops are read one by one and
a BadOp names what is wrong. What comes from a newer client is deferred, not refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import orjson
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


visit_put = f.record(
    VisitPut,
    {
        "visit": f.uuid7,
        "team": f.uuid,
        "programme": f.key,
        "entry": f.one_of("live", "later", "desk"),
        "subject": f.maybe(subject),
        "place": f.maybe(f.uuid),
        "check_in": presence,
        "check_out": f.maybe(presence),
        "participants": _participants,
        "helpers_unnamed": f.integer(0, 100_000),
        "records": _records,
    },
    {"correction": f.maybe(correction)},
)

# How the body of each kind is read.
BODIES: dict[str, f.Read[Body]] = {
    "visit.put": visit_put,
    "visit.withdraw": f.record(VisitWithdraw, {"visit": f.uuid7}, {"reason": f.maybe(f.text(MOST_REASON))}),
    "note.add": f.record(NoteAdd, {"visit": f.uuid7, "text": f.text(MOST_NOTE, 1)}),
    "photo.lost": f.record(PhotoLost, {"visit": f.uuid7, "sha256": f.sha256, "reason": f.key}),
}

# The envelope; user and device come from the signature.
_envelope: f.Read[dict[str, Any]] = f.record(
    dict,
    {
        "v": f.integer(1, VERSION),
        "id": f.uuid7,
        "kind": f.key,
        "n": f.integer(1),
        "at": at,
        "base": f.maybe(f.uuid),
        "body": f.json_object,
    },
)


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
        envelope = _envelope(raw, "op")
        read = BODIES.get(envelope["kind"])
        if read is None:
            raise BadOp("unknown_kind", f"kind {kind}", deferred=True)
        envelope["body"] = read(envelope["body"], "op/body")
    except ValidationError as error:
        raise BadOp("malformed", str(error.messages[0])) from None
    return Op(**envelope)
