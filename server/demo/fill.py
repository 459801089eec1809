"""Put the drawn county into the database: people by the services, visits through the phones' own door.

The server's clock is moved along with the story, so that the audit, the feeds and every row say the day on
which a thing is told to have happened. What was begun and not finished (the machine was switched off) is
taken away and made anew; a finished county is left as it is, with whatever was done in it since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from jwt.algorithms import ECAlgorithm
from sqlalchemy import delete, select

from server.accounts import passwords, queries
from server.accounts import service as accounts
from server.accounts.models import Device
from server.accounts.service import NewUser
from server.base import audit, clock, db
from server.base.db import session
from server.base.models import AuditRow, Org
from server.base.policy import Role
from server.base.problems import Problem
from server.base.tables import Table
from server.demo import plan, sending, talk
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Person, Place
from server.demo.plan import County
from server.entities import service as entities
from server.forms import service as forms
from server.forms.convert import convert_spec
from server.programmes.programme import form_specs
from server.review import service as review
from server.teams import service as teams

ORG = 1
PROGRAMME = "day-care"
READY = "demo.ready"
Told = Callable[[str, int, int], None]  # what is being made, how many are done, how many there are


@dataclass(frozen=True)
class Made:
    people: int
    volunteers: int
    visits: int


@dataclass(frozen=True)
class _Sitting:
    """An afternoon of one supervisor over her community's queue."""

    at: datetime
    community: str
    items: list[tuple[str, str]]  # (visit, revision)


def fill(seed: int, last_day: date, password: str, tell: Told) -> Made | None:
    """Make the county; None if it is there already. Raises Problem where a real county lives."""
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
        _take_away()
    county = plan.draw(seed, last_day)
    secret = passwords.hashed(password)
    with _story_time() as at:
        at(county.began)
        with db.writing():
            _found(county, secret, seed)
        with db.writing():
            _people(county)
        devices = _devices(county, seed)
        sender = sending.sender(ORG, county, devices, seed)
        sittings = _sittings(county)
        for done, exchange in enumerate(county.exchanges, start=1):
            while sittings and sittings[0].at < exchange.at:
                _sit(sittings.pop(0), at)
            at(exchange.at)
            sending.send(ORG, sender, exchange)
            tell("exchanges", done, len(county.exchanges))
        for sitting in sittings:
            _sit(sitting, at)
        talk.have(ORG, county, sender, _username(facts()["leader_of"]), at)
        at(county.exchanges[-1].at)
        sending.send_from_an_old_form(ORG, sender, county)
    with db.writing():
        audit.note(ORG, READY, "org", str(ORG), seed=seed, last_day=last_day.isoformat())
    return Made(len(county.people), len(county.volunteers), len(county.visits))


def _take_away() -> None:
    with db.writing():
        for table in reversed(Table.metadata.sorted_tables):
            column = table.c.get("org_id", table.c.get("id") if table.name == "orgs" else None)
            if column is not None:
                session.execute(delete(table).where(column == ORG))


def _found(county: County, secret: str, seed: int) -> None:
    """The county, its places, forms, accounts and teams."""
    told, now = facts()["county"], county.began
    accounts.add_org(
        org_id=ORG, code=told["code"], name_zh=told["zh"], name_en=told["en"], timezone=told["timezone"],
        is_demo=True, now=now, duty_phone=told["duty_phone"],
    )  # fmt: skip
    dice = Dice(seed, "found")
    for place in (*county.communities.values(), *county.compounds):
        _place(place, dice.id(now), now)
    for spec in form_specs().values():
        forms.publish(ORG, convert_spec(spec), now)
    team_of = {}
    for row in facts()["communities"]:
        place = county.communities[row["key"]]
        names = (f"{row['zh'].removesuffix('社区')}日间照料小队", f"Day care {row['en']}")
        team = teams.found_team(ORG, PROGRAMME, *names, [place.id], id=dice.id(now))
        team_of[row["key"]] = team.id
    for volunteer in county.volunteers:
        accounts.add_user(ORG, NewUser(volunteer.name), now, id=volunteer.id)
        accounts.grant(ORG, volunteer.id, Role.VOLUNTEER, "team", team_of[volunteer.community], now)
        teams.join(
            ORG, team_of[volunteer.community], volunteer.id, now, leads=volunteer.leads, id=dice.id(now)
        )
        if volunteer.leads:
            accounts.grant(ORG, volunteer.id, Role.LEADER, "team", team_of[volunteer.community], now)
    _desks(county, secret, dice, team_of, now)


def _place(place: Place, op: str, now: datetime) -> None:
    said = {"kind": place.kind, "geometry": place.geometry}
    if place.parent:
        said |= {"community": place.parent, "parent": place.parent}
    entities.put(ORG, entities.PLACES, place.id, place.name, said, op, now)
    entity = entities.locked(ORG, place.id)
    if entity is not None:
        entities.tell(entity)


def _desks(county: County, secret: str, dice: Dice, team_of: dict[str, str], now: datetime) -> None:
    """Who sits at a desk; all have the one demo password."""
    listed = facts()

    def seat(name: str, username: str) -> str:
        new = NewUser(name, username=username, password_hash=secret)
        return accounts.add_user(ORG, new, now, id=dice.id(now)).id

    for key, name in listed["supervisors"].items():
        place = county.communities[key]
        accounts.grant(ORG, seat(name, _username(key)), Role.SUPERVISOR, "community", place.id, now)
    leader = seat(listed["leader"], "leader")
    teams.join(ORG, team_of[listed["leader_of"]], leader, now, leads=True, id=dice.id(now))
    accounts.grant(ORG, leader, Role.LEADER, "team", team_of[listed["leader_of"]], now)
    for role, username in (
        (Role.HEADQUARTERS, "headquarters"),
        (Role.ADMINISTRATOR, "admin"),
        (Role.AUDITOR, "auditor"),
    ):
        accounts.grant(ORG, seat(listed[role.value], username), role, "county", None, now)


def _people(county: County) -> None:
    dice = Dice(0, "people ops")
    for person in county.people:
        _put(person, dice.id(county.began), county.began)
    team_of = sending.teams_by_community(ORG, county)
    for pair in county.pairs:
        teams.pair(ORG, team_of[pair.community], pair.volunteer.id, pair.person.id, pair.began, id=pair.id)


def _put(person: Person, op: str, now: datetime) -> None:
    entities.put(ORG, "people", person.id, person.name, person.properties, op, now)


def _devices(county: County, seed: int) -> dict[str, str]:
    """A phone for each volunteer who visits. Its key is thrown away: these phones only told the past."""
    dice = Dice(seed, "devices")
    made = {}
    with db.writing():
        for volunteer in county.volunteers:
            device = dice.id(county.began)
            public = ec.generate_private_key(ec.SECP256R1()).public_key()
            jwk = ECAlgorithm(ECAlgorithm.SHA256).to_jwk(public, as_dict=True)
            session.add(
                Device(
                    org_id=ORG, id=device, user_id=volunteer.id, public_key=jwk, thumbprint=device,
                    label="Chrome 131, Android 14", enrolled_at=county.began, heard_at=None, manifest=None,
                    revoked_at=None,
                )
            )  # fmt: skip
            made[volunteer.id] = device
    return made


def _sittings(county: County) -> list[_Sitting]:
    """What each supervisor approves in an afternoon, in the order of time."""
    found: dict[tuple[datetime, str], list[tuple[str, str]]] = {}
    asked_back = talk.asked_back(county)
    for visit in county.visits:
        if visit.approved_at is not None and visit is not asked_back:
            found.setdefault((visit.approved_at, visit.pair.community), []).append(sending.names(visit))
    return [_Sitting(moment, community, found[moment, community]) for moment, community in sorted(found)]


def _sit(sitting: _Sitting, at: Callable[[datetime], None]) -> None:
    at(sitting.at)
    with db.writing():
        supervisor = queries.user_by_username(ORG, _username(sitting.community))
        if supervisor is None:
            raise LookupError(sitting.community)
        actor = queries.actor(supervisor, sitting.at)
        settled = review.approve_many(actor, sitting.items, sitting.at, "zh")
    if undecided := [one for one in settled if one.problem]:
        raise LookupError(undecided[0])


def _username(community: str) -> str:
    """The first supervisor is the one whom the stories call by her role alone."""
    return "supervisor" if community == facts()["leader_of"] else f"supervisor-{community.lower()}"


@contextmanager
def _story_time() -> Iterator[Callable[[datetime], None]]:
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
