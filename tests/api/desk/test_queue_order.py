"""The queue begins with what presses most, and its pages follow on one another."""

from __future__ import annotations

from typing import Any

from tests.factories.county import HOME, County, xml

FAR = {"lat": HOME[0] + 500_000, "lon": HOME[1], "accuracy_m": 12, "age_ms": 800}


def send(county: County, *, far: bool = False, **answers: str) -> str:
    """A visit that came a minute after the one before; its name."""
    county.clock.forward(minutes=1)
    phone = county.phone()
    body = county.body(phone, records=[county.record(phone, xml=xml(**answers))])
    if far:
        body["check_in"]["position"] = FAR
    op = phone.op(body)
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"
    return str(body["visit"])


def names(page: dict[str, Any]) -> list[str]:
    return [item["visit"] for item in page["items"]]


def test_urgent_visits_come_first_then_those_with_hints_then_the_newest(county: County) -> None:
    urgent = send(county, need="urgent", need_to="free-clinic")
    hinted = send(county, far=True)
    both = send(county, far=True, need="urgent", need_to="free-clinic")
    old, new = send(county), send(county)
    page = county.desk().get("/api/desk/queue?state=received")
    assert names(page) == [both, urgent, hinted, new, old]
    assert [item["urgent"] for item in page["items"]] == [True, True, False, False, False]


def test_pages_of_the_queue_follow_on_one_another_without_a_gap_or_a_repeat(county: County) -> None:
    kinds: list[dict[str, Any]] = [{}, {"far": True}, {"need": "urgent", "need_to": "free-clinic"}]
    for kind in kinds * 3:
        send(county, **kind)
    desk = county.desk()
    whole = names(desk.get("/api/desk/queue?state=received"))
    walked: list[str] = []
    after = ""
    while True:
        page = desk.get(f"/api/desk/queue?state=received&limit=2&after={after}")
        walked += names(page)
        if page["next"] is None:
            break
        after = page["next"]
    assert walked == whole
    assert len(set(walked)) == 9


def test_what_was_approved_is_listed_by_when_it_came(county: County) -> None:
    sent = [send(county, need="urgent", need_to="free-clinic"), send(county), send(county)]
    desk = county.desk()
    for item in desk.get("/api/desk/queue?state=received")["items"]:
        draft = {"kind": "approve", "revision": item["revision"]}
        desk.post(f"/api/visits/{item['visit']}/decisions", draft)
    first = desk.get("/api/desk/queue?state=approved&limit=2")
    rest = desk.get(f"/api/desk/queue?state=approved&limit=2&after={first['next']}")
    assert names(first) + names(rest) == sent[::-1]


def test_a_correction_without_the_need_is_urgent_no_more(county: County) -> None:
    phone = county.phone()
    body = county.body(phone, records=[county.record(phone, xml=xml(need="urgent", need_to="free-clinic"))])
    first = phone.op(body)
    mended = phone.op({**body, "records": [{**body["records"][0], "xml": xml()}]}, base=first["id"])
    phone.sync(first, mended)
    (item,) = county.desk().get("/api/desk/queue?state=received")["items"]
    assert (item["number"], item["urgent"]) == (2, False)


def test_a_place_that_is_none_in_this_list_is_told_so(county: County) -> None:
    assert county.desk().get("/api/desk/queue?after=nonsense", 422)["code"] == "invalid"
