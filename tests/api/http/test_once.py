"""A desk's request with an Idempotency-Key changes something once, however often it is sent."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from server.accounts.models import Grant
from server.base.db import reading, session
from tests.cast import CHANGHE, LIUYIN, SIMIN, WENLAN, Cast, Desk

PATH = f"/api/desk/users/{CHANGHE.id}/grants"
GRANT = {"role": "supervisor", "scope_kind": "community", "scope_id": LIUYIN}


def give(desk: Desk, key: str, body: Any = None, path: str = PATH) -> TestResponse:
    return desk.post(path, body or GRANT, headers={"Idempotency-Key": key})


def supervisors(cast: Cast) -> int:
    with cast.app.app_context(), reading():
        found = select(func.count()).where(Grant.user_id == CHANGHE.id, Grant.role == "supervisor")
        return session.scalars(found.select_from(Grant)).one()


def test_the_first_answer_is_the_answer(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    first, again = give(desk, "k1"), give(desk, "k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_json() == first.get_json()
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert supervisors(cast) == 1


def test_another_key_is_another_request(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    give(desk, "k1")
    give(desk, "k2")
    assert supervisors(cast) == 2


def test_the_same_key_for_another_request_is_refused(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    give(desk, "k1")
    other = give(desk, "k1", {**GRANT, "sensitive": True})
    assert (other.status_code, other.get_json()["code"]) == (422, "key_reused")
    elsewhere = give(desk, "k1", path=PATH.replace(CHANGHE.id, WENLAN.id))
    assert elsewhere.get_json()["code"] == "key_reused"


def test_a_request_that_failed_may_be_tried_again_with_its_key(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    unfit = {**GRANT, "role": "auditor"}
    assert give(desk, "k1", unfit).get_json()["code"] == "grant_unfit"
    assert give(desk, "k1").status_code == 201


def test_a_key_is_asked_before_the_guards(cast: Cast) -> None:
    """What was done stays done, also when the right to do it has gone meanwhile."""
    desk = cast.desk(SIMIN)
    gift = {"role": "administrator", "scope_kind": "county"}
    give(desk, "k0", gift, PATH.replace(CHANGHE.id, WENLAN.id))
    first = give(desk, "k1")
    with cast.app.app_context(), reading():
        found = select(Grant.id).where(Grant.user_id == SIMIN.id)
        own = session.scalars(found).one()
    assert desk.ask("DELETE", f"/api/desk/grants/{own}").status_code == 204
    assert give(desk, "k2").status_code == 403
    assert give(desk, "k1").get_json() == first.get_json()


def test_a_stranger_with_a_key_is_stopped_like_any_other(cast: Cast) -> None:
    assert give(cast.desk(WENLAN), "k1").get_json()["code"] == "forbidden"
    assert supervisors(cast) == 0


def test_keys_of_two_people_do_not_meet(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    give(desk, "k0", {"role": "administrator", "scope_kind": "county"}, PATH.replace(CHANGHE.id, WENLAN.id))
    give(desk, "k1")
    assert give(cast.desk(WENLAN), "k1", {**GRANT, "sensitive": True}).status_code == 201


def test_two_at_the_same_time_change_one_thing(cast: Cast) -> None:
    token = cast.desk(SIMIN).token
    heard: list[TestResponse] = []
    threads = [
        threading.Thread(target=lambda: heard.append(give(Desk(cast.app.test_client(), token), "k1")))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert [response.status_code for response in heard] == [201] * 4
    assert len({response.text for response in heard}) == 1
    assert supervisors(cast) == 1


def test_an_answer_without_a_body_is_kept_too(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    grant = give(desk, "k1").get_json()["id"]
    for _ in range(2):
        gone = desk.ask("DELETE", f"/api/desk/grants/{grant}", headers={"Idempotency-Key": "k2"})
        assert (gone.status_code, gone.data) == (204, b"")


def test_a_key_of_any_length_or_kind_is_answered(cast: Cast) -> None:
    desk = cast.desk(SIMIN)
    for key in ("x" * 65, "ключ".encode().decode("latin-1")):
        assert give(desk, key).get_json()["code"] == "invalid"
