"""A phone signs each request; what is not signed by it, for this, now, is not its word."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import jwt
import pytest
from werkzeug.test import TestResponse

from server.accounts import service
from server.base.db import writing
from tests.cast import CHANGHE, ORG, SIMIN, XIAOHUA, Cast
from tests.conftest import Clock
from tests.factories.phone import Phone

BODY = b'{"not": "a sync message"}'


def send(phone: Phone, token: str, body: bytes = BODY) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    return phone.client.post("/api/sync", data=body, content_type="application/json", headers=headers)


def code(response: TestResponse) -> Any:
    return response.get_json()["code"]


def test_a_signed_request_is_heard(cast: Cast) -> None:
    phone = cast.phone()
    assert send(phone, phone.sign("POST", "/api/sync", BODY)).status_code not in (401, 403)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": CHANGHE.id},
        {"org": 2},
        {"org": "1"},
        {"org": None},
        {"org": True},
        {"org": 2**40},
        {"htm": "GET"},
        {"htu": "/api/quarantine"},
        {"bsh": hashlib.sha256(b"other").hexdigest()},
        {"bsh": None},
        {"iat": None},
        {"iat": "now"},
    ],
)
def test_a_signature_for_something_else_is_refused(cast: Cast, claims: dict[str, Any]) -> None:
    phone = cast.phone()
    refused = send(phone, phone.sign("POST", "/api/sync", BODY, **claims))
    assert (refused.status_code, code(refused)) == (401, "signature_wrong")


def test_another_phones_key_is_refused(cast: Cast) -> None:
    mine, other = cast.phone(), cast.phone(CHANGHE)
    mine.key = other.key
    assert code(send(mine, mine.sign("POST", "/api/sync", BODY))) == "signature_wrong"


def test_an_unsigned_or_symmetric_token_is_refused(cast: Cast) -> None:
    """The classic confusions of JWT libraries: ``none``, and the public key used as an HMAC secret."""
    phone = cast.phone()
    claims = jwt.decode(phone.sign("POST", "/api/sync", BODY), options={"verify_signature": False})
    head = {"typ": "device+jwt", "kid": phone.device}
    for key, algorithm in ((None, "none"), ("a shared secret of some thirty-two bytes", "HS256")):
        token = jwt.encode(claims, key, algorithm, head)
        assert code(send(phone, token)) == "signature_wrong"


@pytest.mark.parametrize("kid", [None, "", "nobody", "0193b000-0000-7000-8000-000000000999", "A" * 5000])
def test_an_unknown_device_is_refused(cast: Cast, kid: Any) -> None:
    phone = cast.phone()
    claims = jwt.decode(phone.sign("POST", "/api/sync", BODY), options={"verify_signature": False})
    head = {"typ": "device+jwt"} if kid is None else {"typ": "device+jwt", "kid": kid}
    assert code(send(phone, jwt.encode(claims, phone.key, "ES256", head))) == "signature_wrong"


@pytest.mark.parametrize("seconds", [-601, 601, -30 * 86_400, 30 * 86_400])
def test_a_clock_that_is_off_hears_the_servers_time_and_signs_again(cast: Cast, seconds: int) -> None:
    """[S9]"""
    phone = cast.phone()
    iat = int(cast.clock().timestamp()) + seconds
    refused = send(phone, phone.sign("POST", "/api/sync", BODY, iat=iat))
    assert (refused.status_code, code(refused)) == (401, "clock_off")
    assert refused.get_json()["server_time"] == "2026-11-24T01:02:03.456Z"


@pytest.mark.parametrize("seconds", [-590, 590])
def test_ten_minutes_either_way_are_allowed(cast: Cast, seconds: int) -> None:
    phone = cast.phone()
    iat = int(cast.clock().timestamp()) + seconds
    assert send(phone, phone.sign("POST", "/api/sync", BODY, iat=iat)).status_code not in (401, 403)


def test_only_the_phone_itself_learns_that_its_clock_is_off(cast: Cast) -> None:
    mine, other = cast.phone(), cast.phone(CHANGHE)
    mine.key = other.key
    assert code(send(mine, mine.sign("POST", "/api/sync", BODY, iat=0))) == "signature_wrong"


def test_a_revoked_phone_is_heard_only_where_the_route_says_so_and_for_ninety_days(
    cast: Cast, clock: Clock
) -> None:
    """[S5]"""
    phone = cast.phone()
    with cast.app.app_context(), writing():
        service.revoke_device(ORG, phone.device, clock())
    path = f"/api/forms/{'0' * 64}"
    headers = {"Authorization": f"Bearer {phone.sign('GET', path, b'')}"}
    refused = phone.client.get(path, headers=headers)
    assert (refused.status_code, code(refused)) == (403, "device_revoked")
    raw = phone.post("/api/quarantine", b"what it still held", kind="application/octet-stream")
    assert raw.status_code == 201
    clock.forward(days=91)
    late = phone.post("/api/quarantine", b"what it still held", kind="application/octet-stream")
    assert (late.status_code, code(late)) == (403, "device_revoked")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eA==", "Bearer not.a.token", "Bearer é"])
def test_a_request_without_a_token_is_asked_to_sign_in(cast: Cast, header: str) -> None:
    response = cast.app.test_client().post("/api/sync", json={}, headers={"Authorization": header})
    assert (response.status_code, code(response)) == (401, "sign_in_needed")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_phone_cannot_do_what_its_owner_may_do_at_a_desk(cast: Cast) -> None:
    phone = cast.new_phone(SIMIN)
    headers = {"Authorization": f"Bearer {phone.sign('GET', '/api/desk/users', b'')}"}
    assert phone.client.get("/api/desk/users", headers=headers).status_code == 403


def test_a_desk_cannot_sync(cast: Cast) -> None:
    response = cast.desk(XIAOHUA).post("/api/sync", json.loads(BODY))
    assert (response.status_code, code(response)) == (403, "forbidden")
