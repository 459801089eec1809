"""Put the drawn county into the database, from its founding to its last day.

The server's clock is moved along with the story, so that the audit, the feeds and every row say the day on
which a thing is told to have happened. What lies long back is loaded in bulk, the last days come through the
phones' own door and the desks' decisions, so that each demo walks the real path as well. What was begun and
not finished (the machine was switched off) is taken away and made anew; a finished county is left as it is,
with whatever was done in it since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from flask import current_app
from sqlalchemy import delete, func, select

from server.accounts import passwords
from server.base import audit, clock, db
from server.base.db import session
from server.base.models import AuditRow, Org
from server.base.policy import Actor
from server.base.problems import Problem
from server.base.tables import Table
from server.demo import days, founding, plan, sending, talk
from server.demo.days import Exchange
from server.demo.facts import facts
from server.demo.plan import County, Size
from server.demo.sending import Sender
from server.review import housekeeping
from server.review import service as review
from server.review.bulk import Bulk
from server.review.service import Approval
from server.visits.models import Visit

ORG = 1
READY = "demo.ready"
AT_ONCE = 2_000  # visits in one writing unit of the bulk load
Told = Callable[[str, int], None]  # what is being made, how many are done


@dataclass(frozen=True)
class Made:
    people: int
    volunteers: int
    visits: int


@dataclass(frozen=True)
class Sitting:
    """An afternoon of one supervisor over her community's queue."""

    at: datetime
    community: str
    approvals: tuple[Approval, ...]


Event = Exchange | Sitting
At = Callable[[datetime], None]


def fill(
    seed: int,
    last_day: date,
    password: str,
    tell: Told,
    size: Size | None = None,
    door_days: int | None = None,
) -> Made | None:
    """Make the county; None if it is there already. Raises Problem where a real county lives.

    ``door_days``: so many of the last days come through the phones' door. Without it as `county.yaml` says;
    none in a county that was grown, whose last days would take the doors an hour.
    """
    with db.reading():
        standing = session.get(Org, ORG)
        ready = session.scalars(
            select(AuditRow.id).where(AuditRow.org_id == ORG, AuditRow.action == READY)
        ).first()
    if standing is not None and not standing.is_demo:
        raise Problem("county_is_real", name=standing.name_zh)
    if ready is not None:
        return None
    if standing is not None:
        take_away()
    county = plan.draw(seed, last_day, size)
    secret = passwords.hashed(password)
    with story_time() as at:
        at(county.began)
        founding.found(ORG, county, secret)
        sender = sending.sender(ORG, county, founding.phones(ORG, county))
        tell_story(county, sender, _door_days(size) if door_days is None else door_days, at, tell)
        talk.have(county, sender, at)
        sending.send_from_an_old_form(sender, county, at)
        if size is None or not size.grown:  # of a grown one the server lets go by and by
            housekeeping.tidy(clock.now())
    with db.writing():
        audit.note(ORG, READY, "org", str(ORG), seed=seed, last_day=last_day.isoformat())
        visits = session.scalar(select(func.count()).select_from(Visit).where(Visit.org_id == ORG))
    return Made(len(county.people), len(county.volunteers), visits or 0)


def _door_days(size: Size | None) -> int:
    told: int = facts()["door_days"]
    return 0 if size is not None and size.grown else told


def take_away() -> None:
    """Empty every table of the demo county."""
    with db.writing():
        for table in reversed(Table.metadata.sorted_tables):
            column = table.c.get("org_id", table.c.get("id") if table.name == "orgs" else None)
            if column is not None:
                session.execute(delete(table).where(column == ORG))


def tell_story(county: County, sender: Sender, door_days: int, at: At, tell: Told) -> None:
    """All visits and approvals: in bulk, save those of so many last days. ``at`` moves the server's clock."""
    told = _events(county)
    last = datetime.combine(county.last_day, time(0), county.zone) - timedelta(days=door_days)
    first = _load(sender, told, last, at, tell)
    for event in chain(first, told):
        at(event.at)
        if isinstance(event, Sitting):
            _decide(sender, event)
        else:
            sending.send(sender, event)
            sending.send_photos(sender, event, at)


def _events(county: County) -> Iterator[Event]:
    """Exchanges and sittings in the order of time."""
    asked_back = sending.names(talk.asked_back(county))[0]
    sittings: dict[tuple[datetime, str], list[Approval]] = {}
    for exchange in days.exchanges(county):
        yield from _due(sittings, exchange.at)
        yield exchange
        for visit in exchange.visits:
            visit_id, revision = sending.names(visit)
            if visit.approved_at is not None and visit_id != asked_back:
                approval = Approval(visit_id, revision, sending.decision_name(visit))
                sittings.setdefault((visit.approved_at, visit.pair.community), []).append(approval)
    yield from _due(sittings, None)


def _due(sittings: dict[tuple[datetime, str], list[Approval]], before: datetime | None) -> Iterator[Sitting]:
    for moment, community in sorted(key for key in sittings if before is None or key[0] < before):
        yield Sitting(moment, community, tuple(sittings.pop((moment, community))))


def _load(sender: Sender, told: Iterator[Event], until: datetime, at: At, tell: Told) -> list[Event]:
    """Load in bulk what happened before that moment; gives the first event that did not."""
    bulk, done = Bulk(ORG), 0
    while True:
        chunk, rest, visits = _chunk(told, until)
        if chunk:
            with bulk.writing():
                for event in chunk:
                    at(event.at)
                    _bring(bulk, sender, event)
            for event in chunk:
                if isinstance(event, Exchange):
                    sending.send_photos(sender, event, at)
        done += visits
        tell("visits", done)
        if rest is not None or not chunk:
            return [rest] if rest is not None else []


def _chunk(told: Iterator[Event], until: datetime) -> tuple[list[Event], Event | None, int]:
    taken: list[Event] = []
    visits = 0
    for event in told:
        if event.at >= until:
            return taken, event, visits
        taken.append(event)
        visits += len(event.visits) if isinstance(event, Exchange) else 0
        if visits >= AT_ONCE:
            break
    return taken, None, visits


def _bring(bulk: Bulk, sender: Sender, event: Event) -> None:
    if isinstance(event, Sitting):
        bulk.sitting(sender.supervisors[event.community], event.approvals, event.at)
        return
    ops, clocks = sending.ops_of(sender, event)
    bulk.exchange(sender.actors[event.volunteer.id], ops, [clocks], event.at)


def _decide(sender: Sender, sitting: Sitting) -> None:
    actor: Actor = sender.supervisors[sitting.community]
    with db.writing():
        settled = review.approve_many(actor, sitting.approvals, sitting.at, "zh")
    if undecided := [one for one in settled if one.problem]:
        raise LookupError(undecided[0])


@contextmanager
def story_time() -> Iterator[At]:
    """Move the server's clock along; the real one is back at the end."""
    real = current_app.config["CLOCK"]
    shown = clock.now()

    def at(moment: datetime) -> None:
        nonlocal shown
        shown = moment

    current_app.config["CLOCK"] = lambda: shown
    try:
        yield at
    finally:
        current_app.config["CLOCK"] = real
