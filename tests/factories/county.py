"""A small county for API tests, made through the services: two communities, two teams, everybody by name.

单秀云 looks after 朴顺姬 in 柳荫; 郭守义 is of the team in 河沿 and must hear nothing of her;
佟立岩 supervises 柳荫, 庞桂芬 河沿; 盛文澜 sits at headquarters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import Flask

from server.accounts import service as accounts
from server.accounts.models import DeskSession, Device
from server.accounts.service import NewUser
from server.accounts.tokens import Access, issue_access
from server.base import db
from server.base.db import session
from server.base.policy import Role
from server.base.rounds import Rounds
from server.entities import service as entities
from server.entities.models import Entity
from server.forms import service as forms
from server.forms.convert import Converted, convert_spec
from server.programmes.programme import form_specs
from server.teams import service as teams
from sync.core import instance
from tests.factories import hualing
from tests.factories.phone import Phone

ORG = 1


def uid(number: int) -> str:
    """A readable id: the county's things are numbered."""
    return f"0193a000-0000-7000-8000-{number:012d}"


LIUYIN, HEYAN, COMPOUND = uid(101), uid(102), uid(111)
TEAM, OTHER_TEAM = uid(201), uid(202)
XIUYUN, SHOUYI, LIYAN, GUIFEN, WENLAN, ADMIN, AUDITOR, LEADER = (uid(300 + n) for n in range(1, 9))
PIAO, OU, STRANGER = uid(401), uid(402), uid(499)
HOME = (400_050_000, 1_344_840_000)  # the compound's point, degrees × 10⁷
NAMES = {
    XIUYUN: "单秀云", SHOUYI: "郭守义", LIYAN: "佟立岩", GUIFEN: "庞桂芬", WENLAN: "盛文澜",
    ADMIN: "管理员", AUDITOR: "审计员", LEADER: "姚晓桦",
}  # fmt: skip


@cache
def converted(form: str) -> Converted:
    return convert_spec(form_specs()[form])


def version(form: str = "day-care-visit") -> str:
    """The form's version that is published in the county; of a form that it does not have, any."""
    return converted(form if form in form_specs() else "day-care-visit").definition.version


@dataclass
class County:
    """The county in an app, with its phones and desks."""

    app: Flask
    clock: Any
    phones: dict[str, Phone] = field(default_factory=dict)

    def build(self) -> County:
        now = self.clock() - timedelta(days=90)
        with self.app.app_context(), db.writing():
            hualing.found(now)
            for id, name in NAMES.items():
                accounts.add_user(ORG, NewUser(name), now, id=id)
            for place, label, kind, more in (
                (LIUYIN, "柳荫社区", "community", {}),
                (HEYAN, "河沿社区", "community", {}),
                (
                    COMPOUND,
                    "垂柳家园",
                    "compound",
                    {"community": LIUYIN, "parent": LIUYIN, "geometry": _point()},
                ),
            ):
                entities.put(ORG, "places", place, label, {"kind": kind, **more}, uid(1), now)
                entities.tell(session.get_one(Entity, (ORG, place)))
            for key in ("daily-contact", "day-care-visit"):
                forms.publish(ORG, converted(key), now)
            for team, name, place in ((TEAM, "柳荫", LIUYIN), (OTHER_TEAM, "河沿", HEYAN)):
                teams.found_team(ORG, "day-care", f"{name}日间照料", f"Day care {name}", [place], id=team)
            for user, team in ((XIUYUN, TEAM), (SHOUYI, OTHER_TEAM), (LEADER, TEAM)):
                accounts.grant(ORG, user, Role.VOLUNTEER, "team", team, now)
                teams.join(ORG, team, user, now)
            accounts.grant(ORG, LEADER, Role.LEADER, "team", TEAM, now)
            accounts.grant(ORG, LIYAN, Role.SUPERVISOR, "community", LIUYIN, now)
            accounts.grant(ORG, GUIFEN, Role.SUPERVISOR, "community", HEYAN, now)
            accounts.grant(ORG, WENLAN, Role.HEADQUARTERS, "county", None, now)
            accounts.grant(ORG, ADMIN, Role.ADMINISTRATOR, "county", None, now)
            accounts.grant(ORG, AUDITOR, Role.AUDITOR, "county", None, now)
            for person, label, place, team, user in (
                (PIAO, "朴顺姬", LIUYIN, TEAM, XIUYUN),
                (OU, "区兆年", HEYAN, OTHER_TEAM, SHOUYI),
            ):
                said = {"full_name": label, "community": place, "consent": "all"}
                if place == LIUYIN:
                    said["compound"] = COMPOUND
                entities.put(ORG, "people", person, label, said, uid(1), now)
                teams.pair(ORG, team, user, person, date(2026, 9, 1), id=uid(int(person[-3:]) + 100))
        return self

    def look(self) -> None:
        """What the server's processes do beside their requests: look over what has come."""
        rounds: Rounds = self.app.extensions["lianxin.rounds"]
        while rounds.run_once():
            pass

    # ------------------------------------------------------------ phones and desks
    def phone(self, user: str = XIUYUN) -> Phone:
        """This person's phone; the same one each time."""
        if user not in self.phones:
            self.phones[user] = self.new_phone(user)
        return self.phones[user]

    def new_phone(self, user: str = XIUYUN) -> Phone:
        key, jwk = Phone.new_key()
        device = uid(500 + len(self.phones) + int(user[-3:]) * 10)
        with self.app.app_context(), db.writing():
            while session.get(Device, (ORG, device)):
                device = uid(int(device[-6:]) + 1)
            session.add(
                Device(
                    org_id=ORG,
                    id=device,
                    user_id=user,
                    public_key=jwk,
                    thumbprint=device,
                    label="test",
                    enrolled_at=self.clock(),
                    heard_at=None,
                    manifest=None,
                    revoked_at=None,
                )
            )
        return Phone(self.app.test_client(), self.clock, ORG, user, device, key)

    def revoke(self, phone: Phone) -> None:
        with self.app.app_context(), db.writing():
            accounts.revoke_device(ORG, phone.device, self.clock())

    def desk(self, user: str = LIYAN) -> Desk:
        return Desk(self, user)

    # ------------------------------------------------------------ visits
    def body(self, phone: Phone, **changes: Any) -> dict[str, Any]:
        """A care visit of an hour at 朴顺姬's, finished just now."""
        now = timedelta(0)
        came = phone.at(timedelta(minutes=60))
        where = {"lat": HOME[0] + 100, "lon": HOME[1], "accuracy_m": 12, "age_ms": 800}
        made = {
            "visit": phone.id(),
            "team": TEAM,
            "programme": "day-care",
            "entry": "live",
            "subject": {"list": "people", "id": PIAO},
            "place": None,
            "check_in": {"at": came, "position": where},
            "check_out": {"at": phone.at(now)},
            "participants": [{"user": phone.user, "in": came, "out": phone.at(now)}],
            "helpers_unnamed": 0,
            "records": [self.record(phone)],
        }
        return {**made, **changes}

    def record(self, phone: Phone, form: str = "day-care-visit", **changes: Any) -> dict[str, Any]:
        made = {
            "record": phone.id(),
            "form": form,
            "version": version(form),
            "xml": xml(form),
            "list_rows": {"people": [{"name": PIAO, "label": "朴顺姬", "consent": "all"}]},
            "attachments": [],
        }
        return {**made, **changes}

    def visit(self, phone: Phone | None = None, **changes: Any) -> dict[str, Any]:
        """The op of such a visit."""
        phone = phone or self.phone()
        return phone.op(self.body(phone, **changes))


@dataclass
class Desk:
    """Somebody signed in at a desk."""

    county: County
    user: str

    def headers(self, language: str = "zh") -> dict[str, str]:
        now, app = self.county.clock(), self.county.app
        session_id = uid(9000 + int(self.user[-3:]))
        with app.app_context():
            with db.writing():
                if session.get(DeskSession, (ORG, session_id)) is None:
                    session.add(
                        DeskSession(
                            org_id=ORG,
                            id=session_id,
                            user_id=self.user,
                            current_sha256="0" * 64,
                            previous_sha256=None,
                            created_at=now,
                            used_at=now,
                            expires_at=now + timedelta(days=14),
                            ended_at=None,
                        )
                    )
            token = issue_access(Access(ORG, self.user, session_id), now, 15)
        return {"Authorization": f"Bearer {token}", "Accept-Language": language}

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        response = self.county.app.test_client().get(path, headers={**self.headers(), **headers})
        assert response.status_code == status, response.text
        return response.get_json() if response.is_json else response

    def post(self, path: str, body: Any = None, status: int = 201, **headers: str) -> Any:
        response = self.county.app.test_client().post(path, json=body, headers={**self.headers(), **headers})
        assert response.status_code == status, response.text
        return response.get_json()

    def approve(self, op: dict[str, Any], status: int = 201) -> Any:
        draft = {"kind": "approve", "revision": op["id"]}
        return self.post(f"/api/visits/{op['body']['visit']}/decisions", draft, status)


CARE = {
    "/data/start": "2026-11-24T08:02:03.456+08:00",
    "/data/end": "2026-11-24T09:02:03.456+08:00",
    "/data/today": "2026-11-24",
    "/data/person": PIAO,
    "/data/consent_on_file": "all",
    "/data/door": "opened",
    "/data/met": "1",
    "/data/may_write": "1",
    "/data/care/tasks": "meal clean",
    "/data/care/ate": "well",
    "/data/care/medicine": "taken",
    "/data/care/hazard": "none",
    "/data/care/room_temp": "21",
    "/data/wellbeing": "well",
    "/data/need": "none",
    "/data/note": "炕热乎，老人精神好。",
    "/data/counts_daily_contact": "1",
    "/data/counts_home_care": "1",
    "/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000aaaa",
    "/data/meta/deprecatedID": "",
}
CONTACT = {
    "/data/start": "2026-11-24T08:02:03.456+08:00",
    "/data/end": "2026-11-24T09:02:03.456+08:00",
    "/data/today": "2026-11-24",
    "/data/person": PIAO,
    "/data/contact": "phone",
    "/data/wellbeing": "well",
    "/data/need": "none",
    "/data/note": "",
    "/data/counts_daily_contact": "1",
    "/data/meta/instanceID": "uuid:0193a000-0000-4000-8000-00000000bbbb",
    "/data/meta/deprecatedID": "",
}


def xml(form: str = "day-care-visit", **answers: str) -> str:
    """An instance of a form; answers by the last part of their path. An unknown one is put at the top."""
    values = dict(CARE if form == "day-care-visit" else CONTACT)
    for name, value in answers.items():
        path = next((path for path in values if path.rsplit("/", 1)[-1] == name), f"/data/{name}")
        values[path] = value
    return instance.write(form, version(form), values).decode()


def _point() -> str:
    return f"{HOME[0] / 10**7} {HOME[1] / 10**7} 0 0"
