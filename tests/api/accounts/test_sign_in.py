"""A desk signs in, stays signed in over lost answers and second tabs, and is signed out by a thief's copy."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.accounts import service
from server.base.db import writing
from tests.cast import LIUYIN, LIYAN, ORG, OWN_PAGE, PASSWORD, SIMIN, Cast, Desk
from tests.conftest import Clock


@pytest.fixture
def desk(cast: Cast, app: Flask) -> Desk:
    return Desk(app.test_client())


def works(desk: Desk) -> bool:
    return desk.get("/api/desk/me").status_code == 200


def test_signing_in_gives_a_token_and_a_strict_cookie(desk: Desk) -> None:
    response = desk.sign_in("supervisor")
    assert response.status_code == 200
    said = response.get_json()
    assert said["expires_in"] == 900
    assert said["user"] == {"id": LIYAN.id, "name": "佟立岩", "language": "zh"}
    cookie = response.headers["Set-Cookie"]
    for part in ("lx_desk=", "HttpOnly", "SameSite=Strict", "Path=/api/desk/session"):
        assert part in cookie
    assert "Secure" not in cookie
    assert response.headers["Cache-Control"] == "no-store"


def test_over_tls_the_cookie_is_secure(desk: Desk) -> None:
    asked = {"username": "supervisor", "password": PASSWORD}
    response = desk.client.post(
        "/api/desk/session", json=asked, headers=OWN_PAGE, base_url="https://county.example"
    )
    assert "Secure" in response.headers["Set-Cookie"]
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")


def test_me_says_who_i_am_and_what_i_may(cast: Cast, desk: Desk) -> None:
    desk.sign_in("supervisor")
    said = desk.get("/api/desk/me").get_json()
    assert said["user"]["name"] == "佟立岩"
    assert said["org"]["code"] == "HL"
    assert said["roles"] == [
        {"role": "supervisor", "scope_kind": "community", "scope_id": LIUYIN, "scope_name": None}
    ]
    assert "visits.review" in said["permissions"]
    assert "sync" not in said["permissions"]


@pytest.mark.parametrize(("username", "password"), [("supervisor", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_the_same_refusal(
    desk: Desk, username: str, password: str
) -> None:
    refused = desk.sign_in(username, password)
    assert refused.status_code == 401
    assert refused.get_json()["code"] == "sign_in_failed"
    assert "Set-Cookie" not in refused.headers


def test_an_unknown_name_takes_as_long_as_a_wrong_password(desk: Desk) -> None:
    def seconds(username: str) -> float:
        began = time.process_time()  # of work, not of waiting for a busy machine
        desk.sign_in(username, "wrong")
        return time.process_time() - began

    seconds("warm up")
    unknown, known = seconds("nobody"), seconds("supervisor")
    assert unknown > known / 3


def test_a_stopped_person_cannot_sign_in_and_is_out_at_once(cast: Cast, desk: Desk) -> None:
    desk.sign_in("supervisor")
    with cast.app.app_context(), writing():
        service.stop_user(ORG, LIYAN.id, cast.clock())
    assert not works(desk)
    assert desk.refresh().status_code == 401
    assert desk.sign_in("supervisor").get_json()["code"] == "sign_in_failed"


def test_a_new_password_signs_out_every_desk(cast: Cast, desk: Desk) -> None:
    desk.sign_in("supervisor")
    asked = {"password": "a new one, longer"}
    assert cast.desk(SIMIN).post(f"/api/desk/users/{LIYAN.id}/password", asked).status_code == 204
    assert not works(desk)
    assert desk.sign_in("supervisor", "a new one, longer").status_code == 200


def test_an_access_token_ends_after_a_quarter_of_an_hour_by_the_servers_clock(
    desk: Desk, clock: Clock
) -> None:
    desk.sign_in("supervisor")
    clock.forward(minutes=14, seconds=59)
    assert works(desk)
    clock.forward(seconds=1)
    assert not works(desk)
    assert desk.refresh().status_code == 200
    assert works(desk)


def test_a_refresh_rotates_the_cookie(desk: Desk) -> None:
    desk.sign_in("supervisor")
    first = desk.cookie
    assert desk.refresh().status_code == 200
    assert desk.cookie not in ("", first)


def test_the_predecessor_stays_valid_until_the_successor_is_used(desk: Desk) -> None:
    """An answer that is lost on the way must not lock anybody out."""
    desk.sign_in("supervisor")
    first = desk.cookie
    desk.refresh()
    second = desk.cookie
    for _ in range(3):  # the answer was lost; the page asks again with what it has
        desk.cookie = first
        assert desk.refresh().status_code == 200
        assert desk.cookie == second, "the same successor, not another"
    assert desk.refresh().status_code == 200
    assert desk.cookie not in (first, second)


def test_two_tabs_that_refresh_at_once_stay_signed_in(desk: Desk) -> None:
    desk.sign_in("supervisor")
    shared = desk.cookie
    desk.refresh()
    desk.cookie = shared  # the second tab sent it before the first one's answer came
    assert desk.refresh().status_code == 200
    assert desk.refresh().status_code == 200


def test_a_token_that_was_replaced_long_ago_ends_the_session(desk: Desk) -> None:
    desk.sign_in("supervisor")
    stolen = desk.cookie
    desk.refresh()
    desk.refresh()
    current = desk.cookie
    desk.cookie = stolen
    assert desk.refresh().get_json()["code"] == "sign_in_needed"
    desk.cookie = current
    assert desk.refresh().status_code == 401
    assert not works(desk)


@pytest.mark.parametrize(
    "cookie", ["", "x", "1.2.3", "..", "9" * 40 + "." + "a" * 36 + ".b", "1." + "é" * 36]
)
def test_a_cookie_that_is_none_of_ours_is_refused(desk: Desk, cookie: str) -> None:
    desk.cookie = cookie
    assert desk.refresh().status_code == 401


def test_an_unused_session_ends(desk: Desk, clock: Clock) -> None:
    desk.sign_in("supervisor")
    clock.forward(days=14, seconds=1)
    assert desk.refresh().status_code == 401


def test_signing_out_ends_the_session_and_takes_the_cookie(desk: Desk) -> None:
    desk.sign_in("supervisor")
    kept = desk.cookie
    assert desk.sign_out().status_code == 204
    assert desk.cookie == ""
    assert not works(desk)
    desk.cookie = kept
    assert desk.refresh().status_code == 401
    assert desk.sign_out().status_code == 204, "again is no error"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/desk/session"), ("POST", "/api/desk/session/refresh"), ("DELETE", "/api/desk/session")],
)
def test_another_site_cannot_use_the_session(desk: Desk, method: str, path: str) -> None:
    desk.sign_in("supervisor")
    body: Any = {"username": "supervisor", "password": PASSWORD}
    refused = desk.client.open(path, method=method, json=body)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "header_needed")
    assert desk.refresh().status_code == 200


def test_a_server_with_several_counties_asks_which(cast: Cast, client: FlaskClient) -> None:
    with cast.app.app_context(), writing():
        service.add_org(
            org_id=2, code="BY", name_zh="白杨县", name_en="Baiyang", timezone="Asia/Shanghai",
            is_demo=False, now=cast.clock(),
        )  # fmt: skip
    desk = Desk(client)
    assert desk.sign_in("supervisor").get_json()["code"] == "county_needed"
    assert desk.sign_in("supervisor", county="BY").get_json()["code"] == "sign_in_failed"
    assert desk.sign_in("supervisor", county="HL").status_code == 200
