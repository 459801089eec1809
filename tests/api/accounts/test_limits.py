"""Limits count per account, hold across workers on one database, and end by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from server.base import limits
from server.base.db import reading, session
from server.base.models import LimitCounter
from server.base.problems import Problem
from server.base.settings import Settings
from tests.cast import Cast, Desk, enrolment
from tests.conftest import Clock
from tests.factories.phone import Phone


@pytest.fixture
def workers(cast: Cast, make_app: Callable[[Settings], Flask], settings: Settings) -> tuple[Desk, Desk]:
    """Desks that talk to two server processes over one database."""
    return Desk(cast.app.test_client()), Desk(make_app(settings).test_client())


def test_the_sixth_wrong_password_in_a_minute_waits_whichever_worker_is_asked(
    workers: tuple[Desk, Desk],
) -> None:
    for n in range(5):
        assert workers[n % 2].sign_in("supervisor", "wrong").status_code == 401
    for worker in workers:
        refused = worker.sign_in("supervisor")
        assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many")
        assert refused.headers["Retry-After"] == str(refused.get_json()["retry_after"]) == "57"


def test_others_are_not_held_up(workers: tuple[Desk, Desk]) -> None:
    for _ in range(6):
        workers[0].sign_in("supervisor", "wrong")
    assert workers[0].sign_in("headquarters").status_code == 200


def test_a_name_that_does_not_exist_is_counted_like_one_that_does(workers: tuple[Desk, Desk]) -> None:
    for _ in range(5):
        assert workers[0].sign_in("nobody", "wrong").status_code == 401
    assert workers[1].sign_in("nobody", "wrong").status_code == 429


def test_the_next_minute_is_open_again(workers: tuple[Desk, Desk], clock: Clock) -> None:
    for _ in range(6):
        workers[0].sign_in("supervisor", "wrong")
    clock.forward(seconds=57)
    assert workers[0].sign_in("supervisor").status_code == 200


def test_slow_guessing_is_held_by_the_hour(workers: tuple[Desk, Desk], clock: Clock) -> None:
    clock.moment = clock.moment.replace(minute=0, second=0)
    heard = []
    for minute in range(16):
        clock.moment = clock.moment.replace(minute=minute)
        heard += [workers[0].sign_in("supervisor", "wrong").status_code for _ in range(4)]
    assert heard.count(401) == 60
    assert heard[60:] == [429] * 4


def test_success_forgives_what_came_before(workers: tuple[Desk, Desk]) -> None:
    for _ in range(3):
        for _ in range(4):
            workers[0].sign_in("supervisor", "wrong")
        assert workers[1].sign_in("supervisor").status_code == 200


def test_a_phone_that_guesses_codes_is_held(cast: Cast) -> None:
    _, jwk = Phone.new_key()
    client = cast.app.test_client()
    heard = [client.post("/api/enrolments", json=enrolment("2222-2222", jwk)).status_code for _ in range(21)]
    assert heard == [404] * 20 + [429]


def test_a_hall_of_volunteers_enrols_from_one_address(cast: Cast) -> None:
    """One carrier address serves many phones."""
    client = cast.app.test_client()
    for _ in range(30):
        asked = enrolment(cast.code(), Phone.new_key()[1])
        assert client.post("/api/enrolments", json=asked).status_code == 201


def test_counting_keeps_no_names_and_drops_old_windows(in_app: object, clock: Clock) -> None:
    for _ in range(4):
        limits.hit("sign-in:HL/佟立岩/10.0.0.1", 10, 60)
        clock.forward(minutes=1)
    with reading():
        kept = session.scalars(select(LimitCounter)).all()
    assert 1 <= len(kept) <= 2
    assert all(row.name.startswith("sign-in:60:") and "佟" not in row.name for row in kept)


def test_an_attempt_counts_although_what_follows_is_refused(in_app: object) -> None:
    limits.hit("x:y", 1, 60)
    with pytest.raises(Problem) as caught:
        limits.hit("x:y", 1, 60)
    assert caught.value.params == {"retry_after": 57}
