"""The county before anything happens in it: places, forms, accounts, teams, people, pairs, phones."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from server.accounts import service as accounts
from server.accounts.models import Device
from server.accounts.service import NewUser
from server.base import db
from server.base.db import session
from server.base.policy import Role
from server.demo.dice import Dice
from server.demo.facts import facts
from server.demo.people import Place
from server.demo.plan import County
from server.demo.teams import CARE_TEAMS
from server.entities import service as entities
from server.forms import service as forms
from server.forms.convert import convert_spec
from server.programmes.programme import form_specs
from server.teams import service as teams
from server.teams.service import NewMember

PEOPLE_AT_ONCE = 5_000


def found(org: int, county: County, secret: str) -> None:
    """Open the county. Opens its own units."""
    told, now = facts()["county"], county.began
    dice = Dice(county.seed, "found")
    with db.writing():
        accounts.add_org(
            org_id=org, code=told["code"], name_zh=told["zh"], name_en=told["en"],
            timezone=told["timezone"], is_demo=True, now=now, duty_phone=told["duty_phone"],
        )  # fmt: skip
        for place in (*county.communities.values(), *county.compounds):
            _place(org, place, dice.id(now), now)
        besides = Dice(county.seed, "besides")
        for place in county.places:
            _place(org, place, besides.id(now), now)
        for spec in form_specs().values():
            source = forms.Source.of(spec.table)
            forms.publish(org, convert_spec(spec), now, source=source)
    with db.writing():
        for team in county.teams:
            served = [county.communities[key].id for key in team.communities]
            teams.found_team(org, team.programme, team.name_zh, team.name_en, served, id=team.id)
        members = _volunteers(org, county, dice, now)
        leader = _desks(org, county, secret, dice, now)
        teams.join_all(org, [*members, leader], now)
    for start in range(0, len(county.people), PEOPLE_AT_ONCE):
        with db.writing():
            _people(org, county, start)
    with db.writing():
        care = {team.communities[0]: team.id for team in county.teams if team.programme == CARE_TEAMS}
        for pair in county.pairs:
            teams.pair(org, care[pair.community], pair.volunteer.id, pair.person.id, pair.began, id=pair.id)
        for matter in county.matters:
            entities.put(org, matter.list, matter.id, matter.label, matter.properties, matter.pair, now)
            teams.pair(org, matter.team.id, matter.follows, matter.id, matter.began, id=matter.pair)


def phones(org: int, county: County) -> dict[str, str]:
    """A phone for each volunteer who visits, by the volunteer. Its key is thrown away: these phones only told
    the past."""
    dice = Dice(county.seed, "devices")
    made = {}
    with db.writing():
        for volunteer in {pair.volunteer.id: None for pair in county.pairs}:
            device = dice.id(county.began)
            public = ec.generate_private_key(ec.SECP256R1()).public_key()
            jwk = ECAlgorithm(ECAlgorithm.SHA256).to_jwk(public, as_dict=True)
            session.add(
                Device(
                    org_id=org, id=device, user_id=volunteer, public_key=jwk, thumbprint=device,
                    label="Chrome 131, Android 14", enrolled_at=county.began, heard_at=None, manifest=None,
                    revoked_at=None,
                )
            )  # fmt: skip
            made[volunteer] = device
    return made


def username(community: str) -> str:
    """Of its supervisor; the first one is whom the stories call by her role alone."""
    return "supervisor" if community == facts()["supervised"] else f"supervisor-{community.lower()}"


def _place(org: int, place: Place, op: str, now: datetime) -> None:
    said = {"kind": place.kind, "geometry": place.geometry}
    if place.board_no:
        said["board_no"] = place.board_no
    if place.parent:
        said |= {"community": place.parent, "parent": place.parent}
    entities.put(org, entities.PLACES, place.id, place.name, said, op, now)
    entity = entities.locked(org, place.id)
    if entity is not None:
        entities.tell(entity)


def _volunteers(org: int, county: County, dice: Dice, now: datetime) -> list[NewMember]:
    for volunteer in county.volunteers:
        accounts.add_user(org, NewUser(volunteer.name), now, id=volunteer.id)
    members = []
    for seat in county.seats:
        accounts.grant(org, seat.volunteer.id, Role.VOLUNTEER, "team", seat.team.id, now)
        if seat.leads:
            accounts.grant(org, seat.volunteer.id, Role.LEADER, "team", seat.team.id, now)
        members.append(NewMember(dice.id(now), seat.team.id, seat.volunteer.id, seat.leads))
    return members


def _desks(org: int, county: County, secret: str, dice: Dice, now: datetime) -> NewMember:
    """Who sits at a desk; all have the one demo password. Gives the leader's place in her team."""
    listed = facts()

    def seat(name: str, called: str) -> str:
        new = NewUser(name, username=called, password_hash=secret)
        return accounts.add_user(org, new, now, id=dice.id(now)).id

    for key, name in listed["supervisors"].items():
        place = county.communities[key]
        accounts.grant(org, seat(name, username(key)), Role.SUPERVISOR, "community", place.id, now)
    led = next(team for team in county.teams if team.called == listed["leader_of"])
    leader = seat(listed["leader"], "leader")
    accounts.grant(org, leader, Role.LEADER, "team", led.id, now)
    for role, called in (
        (Role.HEADQUARTERS, "headquarters"),
        (Role.ADMINISTRATOR, "admin"),
        (Role.AUDITOR, "auditor"),
    ):
        accounts.grant(org, seat(listed[role.value], called), role, "county", None, now)
    return NewMember(dice.id(now), led.id, leader, True)


def _people(org: int, county: County, start: int) -> None:
    dice = Dice(county.seed, f"people ops {start}")
    now = county.began
    entities.put_all(
        org,
        "people",
        [
            entities.NewEntry(person.id, person.name, person.properties, dice.id(now))
            for person in county.people[start : start + PEOPLE_AT_ONCE]
        ],
        now,
    )
