"""A phone becomes a volunteer's: once per code, twice for the same phone, never for another."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.accounts import service
from server.base.db import reading, session, writing
from server.base.models import AuditRow
from tests.cast import CHANGHE, ORG, XIUYUN, Cast, enrolment
from tests.conftest import Clock
from tests.factories.phone import Phone


def jwk() -> dict[str, Any]:
    return Phone.new_key()[1]


def enrol(client: FlaskClient, code: str, key: dict[str, Any]) -> TestResponse:
    return client.post("/api/enrolments", json=enrolment(code, key))


def test_a_code_makes_a_phone_a_volunteers(cast: Cast, client: FlaskClient) -> None:
    response = enrol(client, cast.code(), jwk())
    assert response.status_code == 201
    said = response.get_json()
    assert said["user"] == {"id": XIUYUN.id, "name": "单秀云", "language": "zh"}
    assert said["org"] == {
        "id": ORG, "code": "HL", "name": {"zh": "桦岭县", "en": "Hualing County"},
        "timezone": "Asia/Shanghai", "demo": False,
    }  # fmt: skip
    assert said["server_time"] == "2026-11-24T01:02:03.456Z"
    assert len(said["epoch"]) == len(said["device"]) == 36


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_may_be_typed_in_any_way(cast: Cast, client: FlaskClient, typed: Any) -> None:
    assert enrol(client, typed(cast.code()), jwk()).status_code == 201


def test_a_lost_answer_is_given_again_to_the_same_phone_for_an_hour(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    code, key = cast.code(), jwk()
    first = enrol(client, code, key).get_json()
    clock.forward(minutes=59)
    again = enrol(client, code, key)
    assert again.status_code == 201
    assert again.get_json()["device"] == first["device"]
    clock.forward(minutes=2)
    assert enrol(client, code, key).get_json()["code"] == "code_unknown"


def test_a_used_code_is_nobody_elses(cast: Cast, client: FlaskClient) -> None:
    code = cast.code()
    enrol(client, code, jwk())
    refused = enrol(client, code, jwk())
    assert (refused.status_code, refused.get_json()["code"]) == (404, "code_unknown")


def test_unknown_used_and_expired_codes_are_one_and_the_same_refusal(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    expired = cast.code(days=1)
    clock.forward(days=1, seconds=1)
    heard = [enrol(client, code, jwk()).get_json() for code in (expired, "ABCD-2345")]
    for each in heard:
        del each["request_id"]
    assert heard[0] == heard[1]


def test_the_same_key_with_a_new_code_is_the_same_device_and_speaks_again(
    cast: Cast, client: FlaskClient, app: Any, clock: Clock
) -> None:
    key = jwk()
    device = enrol(client, cast.code(), key).get_json()["device"]
    with app.app_context(), writing():
        service.revoke_device(ORG, device, clock())
    assert enrol(client, cast.code(), key).get_json()["device"] == device
    assert client.get("/api/enrolments/remembered").get_json() == {"remembered": True}


def test_two_volunteers_may_share_one_phone(cast: Cast, client: FlaskClient) -> None:
    key = jwk()
    first = enrol(client, cast.code(XIUYUN), key).get_json()
    second = enrol(client, cast.code(CHANGHE), key).get_json()
    assert first["device"] != second["device"]
    cookie = client.get_cookie("lx_device", path="/api/")
    assert cookie is not None
    assert cookie.value == f"{second['device']}.{first['device']}"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"crv": "P-384"},
        {"kty": "RSA"},
        {"d": "a private part"},
        {"x": "AAAA"},
        {"x": "A" * 43, "y": "A" * 43},
        {"x": "!" * 43},
    ],
)
def test_only_the_public_half_of_a_p256_key_is_taken(
    cast: Cast, client: FlaskClient, spoilt: dict[str, str]
) -> None:
    code = cast.code()
    refused = enrol(client, code, {**jwk(), **spoilt})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "key_unsuitable")
    assert enrol(client, code, jwk()).status_code == 201, "the code is not spent"


def test_a_stopped_person_gets_no_phone(cast: Cast, client: FlaskClient, app: Any, clock: Clock) -> None:
    code = cast.code()
    with app.app_context(), writing():
        service.stop_user(ORG, XIUYUN.id, clock())
    assert enrol(client, code, jwk()).get_json()["code"] == "code_unknown"


def test_the_cookie_names_the_device_to_the_server_alone(cast: Cast, client: FlaskClient) -> None:
    assert client.get("/api/enrolments/remembered").get_json() == {"remembered": False}
    response = enrol(client, cast.code(), jwk())
    cookie = response.headers["Set-Cookie"]
    for part in ("lx_device=", "HttpOnly", "SameSite=Strict", "Path=/api/", "Max-Age=34560000"):
        assert part in cookie
    assert "Secure" not in cookie
    assert client.get("/api/enrolments/remembered").get_json() == {"remembered": True}


def test_enrolling_leaves_an_audit_row(cast: Cast, client: FlaskClient, app: Any) -> None:
    device = enrol(client, cast.code(), jwk()).get_json()["device"]
    with app.app_context(), reading():
        row = session.query(AuditRow).filter_by(action="device.enrol").one()
        assert (row.user_id, row.device_id, row.target_id) == (XIUYUN.id, device, device)
