"""The demo's visits on their way: each is a real op in a real exchange, as a phone would have sent it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from server.accounts import queries as accounts
from server.base import db
from server.base.db import session
from server.base.problems import Problem
from server.demo.dice import Dice
from server.demo.plan import County, Visit
from server.forms import queries as forms
from server.replication import push
from server.teams.models import TeamPlace
from sync.core import instance
from sync.messages import RequestSchema

GONE_VERSION = "2025030101"  # an older phone's form, which this county never published


def names(visit: Visit) -> tuple[str, str]:
    """The visit's id and its revision's: the op's."""
    dice = Dice(0, f"sending {visit.pair.id} {visit.came.date()}")
    return dice.id(visit.came), dice.id(visit.left)


def send(org_id: int, county: County, visit: Visit, device: str, seed: int) -> None:
    """Bring one visit to the county."""
    outcome = _exchange(org_id, visit, device, _op(org_id, county, visit, seed))
    if outcome != "accepted":
        raise Problem("demo_visit_refused", outcome=outcome)


def send_from_an_old_form(org_id: int, county: County, devices: dict[str, str], seed: int) -> None:
    """单秀云's first phone still had an old form: this visit stands in quarantine with that reason."""
    last = [
        visit for visit in county.visits if visit.pair is county.pairs[1] and "/data/door" in visit.values
    ][-1]
    op = json.loads(json.dumps(_op(org_id, county, last, seed), ensure_ascii=False))
    dice = Dice(seed, "old form")
    op["id"], op["n"], op["body"]["visit"] = dice.id(last.left), 9_000, dice.id(last.came)
    record = op["body"]["records"][0]
    record["record"], record["version"] = dice.id(last.came), GONE_VERSION
    record["xml"] = instance.write(record["form"], GONE_VERSION, last.values).decode()
    outcome = _exchange(org_id, last, devices[last.pair.volunteer.id], op)
    if outcome != "refused":
        raise Problem("demo_visit_refused", outcome=outcome)


def teams_by_community(org_id: int, county: County) -> dict[str, str]:
    """The day-care team of each community, by the community's key."""
    key_of = {place.id: key for key, place in county.communities.items()}
    rows = session.execute(select(TeamPlace.place_id, TeamPlace.team_id).where(TeamPlace.org_id == org_id))
    return {key_of[place]: team for place, team in rows}


def _exchange(org_id: int, visit: Visit, device: str, op: dict[str, Any]) -> str:
    with db.reading():
        user = accounts.user(org_id, visit.pair.volunteer.id)
        if user is None:
            raise LookupError(visit.pair.volunteer.id)
        actor = accounts.actor(user, visit.received, device_id=device)
    request = {
        "v": 1,
        "app": "0.1.0",
        "epoch": None,
        "clock": _at(visit, visit.received),
        "anchors": [],
        "manifest": None,
        "cursor": None,
        "budget": 65_536,
        "ops": [op],
    }
    (result,) = push.push(actor, RequestSchema().load(request), visit.received.astimezone(UTC), "zh")
    return result.outcome


def _op(org_id: int, county: County, visit: Visit, seed: int) -> dict[str, Any]:
    pair, volunteer = visit.pair, visit.pair.volunteer
    visit_id, op_id = names(visit)
    with db.reading():
        team = teams_by_community(org_id, county)[pair.community]
        version = forms.current_version(org_id, visit.form)
    came, left = _at(visit, visit.came), _at(visit, visit.left)
    check_in: dict[str, Any] = {"at": came}
    if visit.position:
        lat, lon = visit.position
        check_in["position"] = {
            "lat": round(lat * 10**7), "lon": round(lon * 10**7), "accuracy_m": 18, "age_ms": 1500,
        }  # fmt: skip
    elif visit.reason:
        check_in["reason"] = visit.reason
    record = {
        "record": Dice(seed, f"record {visit_id}").id(visit.came),
        "form": visit.form,
        "version": version,
        "xml": instance.write(visit.form, version, visit.values).decode(),
        "list_rows": {
            "people": [{"name": pair.person.id, "label": pair.person.name, "consent": pair.person.consent}]
        },
        "attachments": [],
    }
    body = {
        "visit": visit_id,
        "team": team,
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
        "n": _number(county, visit),
        "at": left,
        "base": None,
        "body": body,
    }


def _number(county: County, visit: Visit) -> int:
    """The device's running number: its visits in the order in which they were finished."""
    own = sorted(each.left for each in county.visits if each.pair.volunteer is visit.pair.volunteer)
    return own.index(visit.left) + 1


def _at(visit: Visit, moment: datetime) -> dict[str, Any]:
    """A moment as the phone's clocks say it: the app was started in the morning of the visit's day."""
    start = visit.came.replace(hour=7, minute=0, second=0, microsecond=0)
    wall = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    mono = max(0, int((moment - start) / timedelta(milliseconds=1)))
    return {"wall": wall, "mono": mono, "start": Dice(0, f"start {visit.pair.volunteer.id} {start}").uuid4()}
