"""The demo's visits on their way: each is a real op in a real exchange, as a phone would have sent it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app

from server.accounts import queries as accounts
from server.base import clock, db
from server.base.blobs import Blobs
from server.base.policy import Actor
from server.base.problems import Problem
from server.demo import album, days
from server.demo.album import Album
from server.demo.answers import CARE, CONTACT
from server.demo.days import Exchange, Visit
from server.demo.dice import Dice
from server.demo.founding import username
from server.demo.plan import County
from server.demo.teams import CARE_TEAMS
from server.forms import queries as forms
from server.photos import landing, looking
from server.replication import push
from sync.core import instance
from sync.core.clock import Anchor
from sync.messages import RequestSchema

GONE_VERSION = "2025030101"  # an older phone's form, which this county never published

PHOTOS_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Sender:
    """What phones and desks know of the county: their teams, the forms that are current, who they are."""

    seed: int
    teams: dict[str, str]  # community → its day-care team
    versions: dict[str, str]  # form → version
    actors: dict[str, Actor]  # volunteer → with her phone
    supervisors: dict[str, Actor]  # community → at the desk
    album: Album


def sender(org_id: int, county: County, phones: dict[str, str]) -> Sender:
    """Read once what every exchange needs."""
    teams = {team.communities[0]: team.id for team in county.teams if team.programme == CARE_TEAMS}
    with db.reading():
        versions = {form: forms.current_version(org_id, form) for form in (CONTACT, CARE)}
        actors = {}
        for volunteer, device in phones.items():
            user = accounts.user(org_id, volunteer)
            if user is None:
                raise LookupError(volunteer)
            actors[volunteer] = accounts.actor(user, county.began, device_id=device)
        supervisors = {}
        for community in county.communities:
            user = accounts.user_by_username(org_id, username(community))
            if user is None:
                raise LookupError(community)
            supervisors[community] = accounts.actor(user, county.began)
    return Sender(county.seed, teams, versions, actors, supervisors, Album(county))


def names(visit: Visit) -> tuple[str, str]:
    """The visit's id and its revision's: the op's."""
    dice = Dice(0, f"sending {visit.pair.id} {visit.came.date()}")
    return dice.id(visit.came), dice.id(visit.left)


def decision_name(visit: Visit) -> str:
    """The name of the decision on it."""
    return Dice(0, f"decision {visit.pair.id} {visit.came.date()}").id(visit.approved_at or visit.received)


def record_name(sender: Sender, visit: Visit) -> str:
    """The name of the visit's one record."""
    return Dice(sender.seed, f"record {names(visit)[0]}").id(visit.came)


def ops_of(sender: Sender, exchange: Exchange) -> tuple[list[dict[str, Any]], Anchor]:
    """What one phone has, and what its clocks say beside the county's."""
    said = _at(exchange.visits[0], exchange.at)
    anchor = Anchor(said["start"], said["mono"], said["wall"], clock.iso(exchange.at))
    return [_op(sender, visit) for visit in exchange.visits], anchor


def send(sender: Sender, exchange: Exchange) -> None:
    """Bring what one phone has to the county."""
    ops, _ = ops_of(sender, exchange)
    outcomes = _exchange(sender.actors[exchange.volunteer.id], exchange, ops)
    if refused := [outcome for outcome in outcomes if outcome != "accepted"]:
        raise Problem("demo_visit_refused", outcome=refused[0])


def send_photos(sender: Sender, exchange: Exchange, at: Callable[[datetime], None]) -> None:
    """The pictures follow what was said, through the same door as any phone's."""
    blobs = Blobs.of(current_app.extensions["lianxin.settings"])
    for visit in exchange.visits:
        for shot in sender.album.shots(visit):
            data, now = shot.draw(), exchange.at + PHOTOS_AFTER
            at(now)
            whole = landing.Piece(0, len(data), data)
            landing.receive(blobs, sender.actors[exchange.volunteer.id], shot.sha256, whole, now)
            looking.look_over(blobs, now)


def send_from_an_old_form(sender: Sender, county: County, at: Callable[[datetime], None]) -> None:
    """单秀云's first phone still had an old form: this visit stands in quarantine with that reason."""
    person = county.pairs[1].person
    last, visit = next(
        (exchange, visit)
        for exchange in reversed(hers(county))
        for visit in exchange.visits
        if visit.pair.person is person and visit.form == CARE
    )
    at(days.all_there(county))
    op = json.loads(json.dumps(_op(sender, visit), ensure_ascii=False))
    dice = Dice(sender.seed, "old form")
    op["id"], op["n"], op["body"]["visit"] = dice.id(visit.left), 9_000, dice.id(visit.came)
    record = op["body"]["records"][0]
    record["record"], record["version"] = dice.id(visit.came), GONE_VERSION
    record["xml"] = instance.write(record["form"], GONE_VERSION, visit.values).decode()
    (outcome,) = _exchange(sender.actors[last.volunteer.id], last, [op])
    if outcome != "refused":
        raise Problem("demo_visit_refused", outcome=outcome)


def say(sender: Sender, exchange: Exchange, visit: Visit, text: str) -> None:
    """The phone of that exchange adds a note to a visit of its own."""
    visit_id, op_id = names(visit)
    body = {"visit": visit_id, "text": text}
    note_id = Dice(sender.seed, f"note {visit_id}").id(exchange.at)
    op = {**_op(sender, visit), "id": note_id, "kind": "note.add", "n": 9_001, "base": op_id, "body": body}
    (outcome,) = _exchange(sender.actors[exchange.volunteer.id], exchange, [op])
    if outcome != "accepted":
        raise Problem("demo_visit_refused", outcome=outcome)


def mend(sender: Sender, exchange: Exchange, visit: Visit, changed: dict[str, str], nth: int) -> None:
    """The phone of that exchange sends a visit again, with other answers (path → answer).

    ``nth``: 0 for the first time. Two that know the first revision alone are two versions of the visit.
    """
    _, first = names(visit)
    dice = Dice(sender.seed, f"mended {first} {nth}")
    known = visit.values["/data/meta/instanceID"]
    written = {"/data/meta/deprecatedID": known, "/data/meta/instanceID": f"uuid:{dice.uuid4()}"}
    op = _op(sender, replace(visit, values={**visit.values, **changed, **written}))
    op |= {"id": dice.id(exchange.at), "n": 9_010 + nth, "base": first}
    (outcome,) = _exchange(sender.actors[exchange.volunteer.id], exchange, [op])
    if outcome != "accepted":
        raise Problem("demo_visit_refused", outcome=outcome)


def hers(county: County) -> list[Exchange]:
    """All that 单秀云's phone sends, oldest first: the story asks some of it back."""
    first = county.pairs[0].volunteer
    return list(days.exchanges(county, [pair for pair in county.pairs if pair.volunteer is first]))


def _exchange(actor: Actor, exchange: Exchange, ops: list[dict[str, Any]]) -> list[str]:
    request = {
        "v": 1,
        "app": "0.1.0",
        "epoch": None,
        "clock": _at(exchange.visits[0], exchange.at),
        "anchors": [],
        "manifest": None,
        "cursor": None,
        "budget": 65_536,
        "ops": ops,
    }
    results = push.push(actor, RequestSchema().load(request), exchange.at.astimezone(UTC), "zh").results
    return [result.outcome for result in results]


def _op(sender: Sender, visit: Visit) -> dict[str, Any]:
    pair, volunteer = visit.pair, visit.pair.volunteer
    visit_id, op_id = names(visit)
    version = sender.versions[visit.form]
    came, left = _at(visit, visit.came), _at(visit, visit.left)
    shots = sender.album.shots(visit)
    check_in: dict[str, Any] = {"at": came}
    if visit.position:
        lat, lon = visit.position
        check_in["position"] = {
            "lat": round(lat * 10**7), "lon": round(lon * 10**7), "accuracy_m": visit.accuracy_m,
            "age_ms": 1500,
        }  # fmt: skip
    elif visit.reason:
        check_in["reason"] = visit.reason
    record = {
        "record": record_name(sender, visit),
        "form": visit.form,
        "version": version,
        "xml": instance.write(visit.form, version, album.answered(visit, shots)).decode(),
        "list_rows": {
            "people": [{"name": pair.person.id, "label": pair.person.name, "consent": visit.consent}]
        },
        "attachments": [
            {
                "name": shot.name,
                "sha256": shot.sha256,
                "bytes": len(shot.draw()),
                "type": "image/jpeg",
                "said_at": clock.iso(visit.left),
            }
            for shot in shots
        ],
    }
    body = {
        "visit": visit_id,
        "team": sender.teams[pair.community],
        "programme": "day-care",
        "entry": "live",
        "subject": {"list": "people", "id": pair.person.id},
        "place": None,
        "check_in": check_in,
        "check_out": {"at": left},
        "participants": [{"user": volunteer.id, "in": came, "out": left}],
        "helpers_unnamed": 0,
        "records": [record],
    }
    return {
        "v": 1,
        "id": op_id,
        "kind": "visit.put",
        "n": visit.number,
        "at": left,
        "base": None,
        "body": body,
    }


def _at(visit: Visit, moment: datetime) -> dict[str, Any]:
    """A moment as the phone's clocks say it: the app was started in the morning of the visit's day."""
    start = visit.came.replace(hour=7, minute=0, second=0, microsecond=0)
    mono = max(0, int((moment - start) / timedelta(milliseconds=1)))
    return {
        "wall": clock.iso(moment),
        "mono": mono,
        "start": Dice(0, f"start {visit.pair.volunteer.id} {start}").uuid4(),
    }
