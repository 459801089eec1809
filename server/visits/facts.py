"""When a visit was, by the server's clock, from what the phone's clocks said (rule S9). Pure.

A live check-in keeps the moment of the tap, corrected by the anchors. A visit entered later (补记) or at the
desk says the times in words, so its wall times are taken as they are: nothing was tapped then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from server.base.problems import Problem
from server.programmes.programme import programmes
from sync.core import clock
from sync.core.clock import Anchor, Corrected
from sync.ops import At, Attachment, Correction, Op, Presence, VisitPut

MOST_MINUTES = 366 * 24 * 60  # what lasts longer was not one visit: its length is not known
NOT_KEPT = "not_kept"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Times(NamedTuple):
    """The moments of a visit, by the server's clock."""

    check_in_at: datetime
    check_out_at: datetime | None
    minutes: int | None
    day: date  # the local day of the check-in
    clock: Corrected  # of the check-in
    op_at: datetime  # when it was finished on the phone
    participants: tuple[tuple[str, datetime, datetime | None], ...]


def times(op: Op[VisitPut], anchors: Sequence[Anchor], timezone: str) -> Times:
    """All moments of the visit that this op puts. Raises malformed for one that no calendar has."""
    try:
        return _times(op, anchors, timezone)
    except OverflowError:
        raise Problem("malformed", reason="a moment lies outside of the calendar") from None


def _times(op: Op[VisitPut], anchors: Sequence[Anchor], timezone: str) -> Times:
    visit = op.body
    tapped = visit.entry == "live"
    known: dict[At, datetime] = {}  # who takes part comes and goes with the visit, nearly always

    def moment(at: At) -> datetime:
        found = known.get(at)
        if found is None:
            found = known[at] = _moment(_corrected(at, anchors, tapped))
        return found

    seen = _corrected(visit.check_in.at, anchors, tapped)
    began = known[visit.check_in.at] = _moment(seen)
    ended = moment(visit.check_out.at) if visit.check_out else None
    return Times(
        check_in_at=began,
        check_out_at=ended,
        minutes=_minutes(visit, began, ended),
        day=began.astimezone(ZoneInfo(timezone)).date(),
        clock=seen,
        op_at=moment(op.at) if tapped else _moment(_corrected(op.at, anchors, True)),
        participants=tuple(
            (one.user, moment(one.came), moment(one.left) if one.left else None) for one in visit.participants
        ),
    )


def _corrected(at: At, anchors: Sequence[Anchor], tapped: bool) -> Corrected:
    return clock.correct(at, anchors) if tapped else Corrected(clock.parse(at.wall), False, None)


def _moment(corrected: Corrected) -> datetime:
    return _EPOCH + timedelta(milliseconds=corrected.ms)


def _minutes(visit: VisitPut, began: datetime, ended: datetime | None) -> int | None:
    """Whole minutes from check-in to check-out. Within one start of the app its monotonic clock tells,
    whatever happened to the wall clock meanwhile."""
    if visit.check_out is None or ended is None:
        return None
    came, left = visit.check_in.at, visit.check_out.at
    if visit.entry == "live" and came.start == left.start:
        minutes = (left.mono - came.mono) // 60_000
    else:
        minutes = (ended - began) // timedelta(minutes=1)
    return max(0, minutes) if minutes <= MOST_MINUTES else None


def as_json(visit: VisitPut) -> dict[str, Any]:
    """The op's body without the records, as the wire writes it: what a revision keeps of the facts.
    A position is not among them where the programme keeps none, whatever a phone sent."""
    programme = programmes().get(visit.programme)
    located = programme is None or programme.keeps_position
    return {
        "visit": visit.visit,
        "team": visit.team,
        "programme": visit.programme,
        "entry": visit.entry,
        "subject": {"list": visit.subject.list, "id": visit.subject.id} if visit.subject else None,
        "place": visit.place,
        "check_in": _presence(visit.check_in, located=located),
        "check_out": _presence(visit.check_out, located=located) if visit.check_out else None,
        "participants": [
            {"user": one.user, "in": at_json(one.came), "out": at_json(one.left) if one.left else None}
            for one in visit.participants
        ],
        "helpers_unnamed": visit.helpers_unnamed,
    }


def at_json(at: At) -> dict[str, Any]:
    """A moment as the phone said it."""
    return {"wall": at.wall, "mono": at.mono, "start": at.start}


def attachment_json(attachment: Attachment) -> dict[str, Any]:
    """A named file of a record, as the wire writes it."""
    written = asdict(attachment)
    if attachment.said_at is None:
        del written["said_at"]
    return written


def correction_json(correction: Correction) -> dict[str, Any]:
    """What a revision answers to a return, as the wire writes it."""
    answers = [
        {name: said for name, said in asdict(one).items() if said is not None} for one in correction.answers
    ]
    return {"decision": correction.decision, "answers": answers}


def _presence(presence: Presence, *, located: bool) -> dict[str, Any]:
    written: dict[str, Any] = {"at": at_json(presence.at)}
    if presence.position is not None and located:
        at = presence.position
        written["position"] = {
            "lat": at.lat, "lon": at.lon, "accuracy_m": at.accuracy_m, "age_ms": at.age_ms
        }  # fmt: skip
    reason = presence.reason or (NOT_KEPT if presence.position is not None and not located else None)
    if reason is not None:
        written["reason"] = reason
    return written
