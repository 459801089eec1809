"""The administrator adds people, gives and takes roles, stops phones; the auditor reads what was done."""

from __future__ import annotations

from typing import Any

import pytest

from server.base.policy import Role
from tests.cast import CHANGHE, LIUYIN, LIYAN, SHOUZHENG, SIMIN, XIUYUN, Cast, Desk, enrolment
from tests.factories.phone import Phone


@pytest.fixture
def admin(cast: Cast) -> Desk:
    return cast.desk(SIMIN)


def listed(admin: Desk, search: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = admin.get(f"/api/desk/users?search={search}").get_json()["items"]
    return items


def test_a_new_person_can_sign_in_once_they_have_a_role(cast: Cast, admin: Desk) -> None:
    asked = {"name": "单福海", "username": "fuhai", "password": "a long enough one"}
    made = admin.post("/api/desk/users", asked)
    assert made.status_code == 201
    assert (made.get_json()["pinyin"], made.get_json()["grants"]) == ("shan fu hai", [])
    assert "password" not in made.text
    desk = Desk(cast.app.test_client())
    assert desk.sign_in("fuhai", "a long enough one").status_code == 200
    assert desk.get("/api/desk/me").status_code == 403
    grant = {"role": "auditor", "scope_kind": "county"}
    assert admin.post(f"/api/desk/users/{made.get_json()['id']}/grants", grant).status_code == 201
    assert desk.get("/api/desk/me").get_json()["permissions"] == ["audit.read", "desk.use"]


def test_a_username_is_taken_once(admin: Desk) -> None:
    refused = admin.post("/api/desk/users", {"name": "另一位", "username": "supervisor"})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "username_taken")


@pytest.mark.parametrize("search", ["秀云", "xiu", "SHAN", "单"])
def test_people_are_found_by_name_and_by_sound(admin: Desk, search: str) -> None:
    assert [each["name"] for each in listed(admin, search)] == ["单秀云"]


@pytest.mark.parametrize("search", ["%25", "_", "\\"])
def test_a_search_for_signs_finds_nobody_by_accident(admin: Desk, search: str) -> None:
    assert listed(admin, search) == []


def test_people_come_in_pages_by_sound(admin: Desk) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = admin.get(f"/api/desk/users?limit=3{after}").get_json()
        seen += [each["pinyin"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == 8
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("role", "scope_kind", "scope_id"),
    [
        (Role.VOLUNTEER, "county", None),
        (Role.LEADER, "community", LIUYIN),
        (Role.SUPERVISOR, "team", LIUYIN),
        (Role.SUPERVISOR, "community", None),
        (Role.SUPERVISOR, "county", LIUYIN),
        (Role.HEADQUARTERS, "team", LIUYIN),
        (Role.AUDITOR, "community", LIUYIN),
    ],
)
def test_a_role_needs_a_scope_that_fits_it(
    admin: Desk, role: str, scope_kind: str, scope_id: str | None
) -> None:
    asked = {"role": role, "scope_kind": scope_kind, "scope_id": scope_id}
    refused = admin.post(f"/api/desk/users/{CHANGHE.id}/grants", asked)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "grant_unfit")


def test_taking_a_role_ends_what_it_allowed_at_once(cast: Cast, admin: Desk) -> None:
    desk = cast.desk(LIYAN)
    grant = listed(admin, "supervisor")[0]["grants"][0]["id"]
    assert admin.ask("DELETE", f"/api/desk/grants/{grant}").status_code == 204
    assert desk.get("/api/desk/me").status_code == 403
    assert admin.ask("DELETE", f"/api/desk/grants/{grant}").status_code == 404


def test_the_last_administrator_stays(admin: Desk) -> None:
    own = listed(admin, "admin")[0]
    for refused in (
        admin.ask("DELETE", f"/api/desk/grants/{own['grants'][0]['id']}"),
        admin.post(f"/api/desk/users/{SIMIN.id}/stop"),
    ):
        assert (refused.status_code, refused.get_json()["code"]) == (409, "last_administrator")
    grant = {"role": "administrator", "scope_kind": "county"}
    assert admin.post(f"/api/desk/users/{LIYAN.id}/grants", grant).status_code == 201
    assert admin.ask("DELETE", f"/api/desk/grants/{own['grants'][0]['id']}").status_code == 204


def test_a_code_from_the_desk_enrols_a_phone_that_the_desk_can_stop(cast: Cast, admin: Desk) -> None:
    issued = admin.post(f"/api/desk/users/{XIUYUN.id}/enrolment-codes").get_json()
    assert issued["expires_at"] == "2026-12-08T01:02:03.456000+00:00"
    key, jwk = Phone.new_key()
    client = cast.app.test_client()
    said = client.post("/api/enrolments", json=enrolment(issued["code"], jwk)).get_json()
    device = listed(admin, "xiu yun")[0]["devices"][0]
    assert (device["id"], device["revoked_at"]) == (said["device"], None)
    assert admin.post(f"/api/desk/devices/{said['device']}/revoke").status_code == 204
    phone = Phone(client, cast.clock, 1, XIUYUN.id, said["device"], key)
    path = f"/api/forms/{'0' * 64}"
    headers = {"Authorization": f"Bearer {phone.sign('GET', path, b'')}"}
    assert client.get(path, headers=headers).get_json()["code"] == "device_revoked"


@pytest.mark.parametrize("path", ["users/{}/stop", "devices/{}/revoke", "users/{}/enrolment-codes"])
def test_who_is_not_there_is_not_found(admin: Desk, path: str) -> None:
    nobody = "0193b000-0000-7000-8000-000000000999"
    assert admin.post(f"/api/desk/{path.format(nobody)}").status_code == 404


def test_the_auditor_reads_who_did_what_without_secrets(cast: Cast, admin: Desk) -> None:
    cast.clock.forward(seconds=1)
    admin.post("/api/desk/users", {"name": "新人", "username": "xin", "password": "a long enough one"})
    cast.clock.forward(seconds=1)
    admin.post(f"/api/desk/users/{XIUYUN.id}/enrolment-codes")
    page = cast.desk(SHOUZHENG).get("/api/desk/audit?kind=user&limit=2")
    first, second = page.get_json()["items"]
    assert (first["action"], first["user_id"], first["target_id"]) == (
        "enrolment.issue", SIMIN.id, XIUYUN.id,
    )  # fmt: skip
    assert second["action"] == "user.add"
    assert "long enough" not in page.text
    assert "新人" not in page.text
    following = cast.desk(SHOUZHENG).get(f"/api/desk/audit?after={page.get_json()['next']}")
    assert second["id"] not in following.text
