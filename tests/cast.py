"""The people of the tests, by name, and what each may see.

单秀云 is a volunteer in 柳荫's day care, 关雅琴 another of her team, 姚晓桦 leads it. 佟立岩 supervises 柳荫.
盛文澜 sits at headquarters, 鲁思敏 administers, 谷守正 audits. 解长河 volunteers elsewhere and must see
nothing. Phones enrol with a real code and really sign; desks really sign in. Whoever also needs teams, places
and visits takes ``tests/factories/county.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.accounts import passwords, service
from server.accounts.service import NewUser
from server.base import db
from server.base.policy import Role
from tests.factories import hualing
from tests.factories.phone import Phone

ORG = 1
PASSWORD = "correct horse 电池 staple"
OWN_PAGE = {"X-Lianxin": "desk"}


def uid(number: int) -> str:
    """A readable id."""
    return f"0193b000-0000-7000-8000-{number:012d}"


LIUYIN, HEYAN = uid(101), uid(102)
LIUYIN_CARE, TIEDONG_MEDIATION = uid(201), uid(202)


@dataclass(frozen=True)
class Person:
    """Somebody of the cast."""

    id: str
    name: str
    role: Role
    scope_kind: str = "county"
    scope_id: str | None = None
    username: str | None = None


XIUYUN = Person(uid(1), "单秀云", Role.VOLUNTEER, "team", LIUYIN_CARE)
YAQIN = Person(uid(2), "关雅琴", Role.VOLUNTEER, "team", LIUYIN_CARE)
CHANGHE = Person(uid(3), "解长河", Role.VOLUNTEER, "team", TIEDONG_MEDIATION)
XIAOHUA = Person(uid(4), "姚晓桦", Role.LEADER, "team", LIUYIN_CARE, "leader")
LIYAN = Person(uid(5), "佟立岩", Role.SUPERVISOR, "community", LIUYIN, "supervisor")
WENLAN = Person(uid(6), "盛文澜", Role.HEADQUARTERS, username="headquarters")
SIMIN = Person(uid(7), "鲁思敏", Role.ADMINISTRATOR, username="admin")
SHOUZHENG = Person(uid(8), "谷守正", Role.AUDITOR, username="auditor")

VOLUNTEERS = (XIUYUN, YAQIN, CHANGHE)
AT_DESKS = (XIAOHUA, LIYAN, WENLAN, SIMIN, SHOUZHENG)
EVERYBODY = (*VOLUNTEERS, *AT_DESKS)


@cache
def password_hash() -> str:
    """Hashing takes time on purpose; the cast shares one."""
    return passwords.hashed(PASSWORD)


@dataclass
class Cast:
    """The people in an app, with their phones and desks."""

    app: Flask
    clock: Any
    phones: dict[str, Phone] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)

    def arrive(self) -> Cast:
        """Put the county and its people into the database."""
        now = self.clock()
        with self.app.app_context(), db.writing():
            hualing.found(now)
            for person in EVERYBODY:
                kept = password_hash() if person.username else None
                new = NewUser(person.name, username=person.username, password_hash=kept)
                service.add_user(ORG, new, now, id=person.id)
                service.grant(ORG, person.id, person.role, person.scope_kind, person.scope_id, now)
        return self

    def code(self, person: Person = XIUYUN, days: int = 14) -> str:
        """A code on a paper card."""
        with self.app.app_context(), db.writing():
            return service.issue_code(ORG, person.id, self.clock(), days).code

    def phone(self, person: Person = XIUYUN) -> Phone:
        """This person's phone, enrolled through the real door."""
        if person.name not in self.phones:
            self.phones[person.name] = self.new_phone(person)
        return self.phones[person.name]

    def new_phone(self, person: Person = XIUYUN) -> Phone:
        key, jwk = Phone.new_key()
        client = self.app.test_client()
        response = client.post("/api/enrolments", json=enrolment(self.code(person), jwk))
        assert response.status_code == 201, response.text
        said = response.get_json()
        return Phone(client, self.clock, said["org"]["id"], said["user"]["id"], said["device"], key)

    def desk(self, person: Person = LIYAN) -> Desk:
        """This person's desk, signed in through the real door."""
        if person.name not in self.desks:
            desk = Desk(self.app.test_client())
            response = desk.sign_in(person.username or "")
            assert response.status_code == 200, response.text
            self.desks[person.name] = desk
        return self.desks[person.name]


@dataclass
class Desk:
    """A browser at a desk: its cookies, and the token in its page's memory."""

    client: FlaskClient
    token: str = ""

    def sign_in(self, username: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        asked = {"username": username, "password": password, **more}
        return self._heard(self.client.post("/api/desk/session", json=asked, headers=OWN_PAGE))

    def refresh(self) -> TestResponse:
        return self._heard(self.client.post("/api/desk/session/refresh", headers=OWN_PAGE))

    def sign_out(self) -> TestResponse:
        return self.client.delete("/api/desk/session", headers=OWN_PAGE)

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.ask("POST", path, json=body, **more)

    @property
    def cookie(self) -> str:
        """The refresh token that the browser holds."""
        kept = self.client.get_cookie("lx_desk", path="/api/desk/session")
        return kept.value if kept else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie("lx_desk", value, path="/api/desk/session")

    def _heard(self, response: TestResponse) -> TestResponse:
        if response.status_code == 200:
            self.token = response.get_json()["access_token"]
        return response


def enrolment(code: str, jwk: dict[str, Any], label: str = "Chrome 131, Android 14") -> dict[str, Any]:
    """What a phone sends to become somebody's."""
    return {"code": code, "public_key": jwk, "label": label}
