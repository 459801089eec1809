"""A decision and a revision race: whichever comes second is told, and the state is what both orders give."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

from tests.factories.county import County, xml
from tests.factories.talk import ATE, asking, decisions_path, give_back, mine, next_revision, withdrawal


def test_the_decision_first_the_revision_brings_it_back(county: County, op: dict[str, Any]) -> None:
    """[S6]"""
    phone = county.phone()
    edit = next_revision(phone, op, xml(ate="little"))
    give_back(county, op, ATE)
    assert phone.sync(edit)["results"][0]["outcome"] == "accepted"
    heard = mine(phone, op)
    assert (heard["state"], heard["revision"], heard["returned"]) == ("received", edit["id"], None)


def test_the_revision_first_the_decision_is_told_which_is_current(county: County, op: dict[str, Any]) -> None:
    """[S6]"""
    phone = county.phone()
    edit = next_revision(phone, op, xml(ate="little"))
    phone.sync(edit)
    problem = county.desk().post(decisions_path(op), asking(op, ATE), 409)
    assert (problem["code"], problem["current"], problem["state"]) == (
        "revision_moved",
        edit["id"],
        "received",
    )
    assert problem["title"]
    assert problem["detail"]


def test_a_decision_on_what_was_withdrawn_is_told(county: County, op: dict[str, Any]) -> None:
    phone = county.phone()
    phone.sync(withdrawal(phone, op))
    problem = county.desk().approve(op, 409)
    assert (problem["code"], problem["state"]) == ("revision_moved", "withdrawn")


def test_both_at_once_come_to_one_of_the_two_orders(county: County, op: dict[str, Any]) -> None:
    phone, desk = county.phone(), county.desk()
    headers = desk.headers()
    edit = next_revision(phone, op, xml(ate="little"))
    draft = {"kind": "approve", "revision": op["id"]}
    start, came = Barrier(2), {}

    def decide() -> None:
        start.wait()
        client = county.app.test_client()
        came["decision"] = client.post(decisions_path(op), json=draft, headers=headers).status_code

    def put() -> None:
        start.wait()
        came["revision"] = phone.send(edit).get_json()["results"][0]["outcome"]

    threads = [Thread(target=decide), Thread(target=put)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came["revision"] == "accepted"
    assert came["decision"] in {201, 409}
    heard = mine(phone, op)
    assert (heard["state"], heard["revision"]) == ("received", edit["id"])
    assert len(heard["decisions"]) == (1 if came["decision"] == 201 else 0)
