"""What 单秀云 and her supervisor have to talk about: one visit asked back, a word about another one, and one
that she mended on two phones without a signal.

All are visits that she made at somebody's home. The newest is asked back, on the afternoon before the last
day, so that her phone shows it first; the note lies on the one before, and of the third the office has two
versions to settle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from server.base import db
from server.demo import sending
from server.demo.days import SITS_AT, Exchange, Visit
from server.demo.facts import facts
from server.demo.plan import County
from server.demo.sending import Sender
from server.review import notes, service
from server.review.service import Draft

_ASKED = "/data/care/ate"  # only who was met at home has an answer to it


def asked_back(county: County) -> Visit:
    """The visit that is asked back: nobody approves it."""
    return _at_home(county)[0][1]


def have(county: County, sender: Sender, at: Callable[[datetime], None]) -> None:
    """Ask one visit back, have a word about the one before, and send the third in two versions."""
    (_, returned), (exchange, spoken_of), (_, disputed) = _at_home(county)[:3]
    now = _afternoon(county)
    at(now)
    actor = sender.supervisors[facts()["supervised"]]
    with db.writing():
        visit_id, revision = sending.names(returned)
        service.decide(actor, visit_id, _draft(sender, returned, revision, now), now)
        notes.add_at_desk(actor, sending.names(spoken_of)[0], facts()["talk"]["note"], now)
    answered = replace(exchange, at=now + timedelta(minutes=12))
    at(answered.at)
    sending.say(sender, answered, spoken_of, facts()["talk"]["answer"])
    for nth, mended in enumerate(facts()["talk"]["two_versions"]):
        changed = {f"/data/{name}": str(answer) for name, answer in mended.items()}
        sending.mend(sender, answered, disputed, changed, nth)


def _afternoon(county: County) -> datetime:
    return datetime.combine(county.last_day - timedelta(days=1), SITS_AT, county.zone)


def _at_home(county: County) -> list[tuple[Exchange, Visit]]:
    """Her visits at somebody's home that have come by then, newest first, each with its exchange."""
    until = _afternoon(county)
    found = [
        (exchange, visit)
        for exchange in sending.hers(county)
        for visit in exchange.visits
        if exchange.at < until and _ASKED in visit.values
    ]
    return sorted(found, key=lambda one: one[1].came, reverse=True)


def _draft(sender: Sender, visit: Visit, revision: str, now: datetime) -> Draft:
    told: dict[str, Any] = facts()["talk"]
    record = sending.record_name(sender, visit)
    return Draft(
        "return",
        revision,
        words=told["words"],
        by_day=now.date() + timedelta(days=told["days"]),
        comments=[
            {"record": record, "path": f"/data/{name}", "text": text} for name, text in told["asked"].items()
        ],
    )
