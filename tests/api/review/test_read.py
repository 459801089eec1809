"""What the desk sees: the queue, one visit, what moved, and nothing beyond its reach."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.factories.county import (
    GUIFEN,
    HEYAN,
    HOME,
    LEADER,
    LIUYIN,
    OTHER_TEAM,
    OU,
    PIAO,
    SHOUYI,
    TEAM,
    XIUYUN,
    County,
    xml,
)


def far_away(county: County, metres: int) -> dict[str, Any]:
    """A check-in so many metres north of the compound."""
    phone = county.phone()
    where = {"lat": HOME[0] + metres * 90, "lon": HOME[1], "accuracy_m": 12, "age_ms": 800}
    return {"at": phone.at(timedelta(minutes=60)), "position": where}


def queue(county: County, query: str = "", user: str | None = None) -> Any:
    desk = county.desk(user) if user else county.desk()
    return desk.get(f"/api/desk/queue{query}")


def test_a_row_says_who_what_where_and_when(county: County, op: dict[str, Any]) -> None:
    (item,) = queue(county)["items"]
    assert item["visit"] == op["body"]["visit"]
    assert (item["subject_label"], item["user_name"], item["community_name"]) == (
        "朴顺姬",
        "单秀云",
        "柳荫社区",
    )
    assert (item["form_title"], item["number"]) == ({"zh": "上门照料", "en": "Care visit"}, 1)
    assert (item["day"], item["check_in_at"], item["minutes"]) == (
        "2026-11-24",
        "2026-11-24T00:02:03.456Z",
        60,
    )
    assert (item["answers_note"], item["urgent"], item["flags"]) == ("炕热乎，老人精神好。", False, [])
    assert item["revision"] == op["id"]


def test_an_urgent_need_is_told(county: County) -> None:
    phone = county.phone()
    record = county.record(phone, xml=xml(need="urgent"))
    phone.sync(county.visit(phone, records=[record]))
    assert queue(county)["items"][0]["urgent"] is True


def test_pages_together_are_the_whole_newest_first(county: County) -> None:
    phone = county.phone()
    made = []
    for _ in range(5):
        county.clock.forward(minutes=1)
        one = county.visit(phone)
        phone.sync(one)
        made.append(one["body"]["visit"])
    seen: list[str] = []
    after = ""
    while True:
        page = queue(county, f"?limit=2{after}")
        seen += [item["visit"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == made[::-1]


def test_filters_narrow_and_counts_tell_the_rest(county: County) -> None:
    phone = county.phone()
    plain, odd = county.visit(phone), county.visit(phone, check_in=far_away(county, 2000))
    phone.sync(plain, odd)
    county.desk().approve(plain)
    page = queue(county, "?state=received")
    assert [item["visit"] for item in page["items"]] == [odd["body"]["visit"]]
    assert page["counts"] == {
        "received": 1,
        "flagged": 1,
        "returned_back": 0,
        "two_versions": 0,
        "returned": 0,
        "approved": 1,
    }
    for query, many in {
        "flag=any": 1, "flag=far_from_home": 1, "flag=too_short": 0, "flag=back": 0, "state=approved": 1,
        f"team={TEAM}": 2, f"team={OTHER_TEAM}": 0, f"community={LIUYIN}": 2, f"volunteer={XIUYUN}": 2,
        "form=day-care-visit": 2, "form=daily-contact": 0, "from=2026-11-24&to=2026-11-24": 2,
        "from=2026-11-25": 0, "search=朴顺": 2, "search=piao": 2, "search=单秀": 2, "search=nobody%25": 0,
    }.items():  # fmt: skip
        assert len(queue(county, f"?{query}")["items"]) == many, query


def test_a_visit_corrected_after_a_return_counts_as_back(county: County, op: dict[str, Any]) -> None:
    body = {"kind": "return", "revision": op["id"], "words": "请再看看"}
    county.desk().post(f"/api/visits/{op['body']['visit']}/decisions", body)
    phone = county.phone()
    phone.sync(phone.op({**op["body"], "helpers_unnamed": 1}, base=op["id"]))
    page = queue(county, "?flag=back")
    assert page["counts"]["returned_back"] == len(page["items"]) == 1
    assert page["items"][0]["number"] == 2


def test_wrong_filters_are_named(county: County) -> None:
    for query in ("state=lost", "limit=0", "after=nonsense", "team=17", "from=yesterday"):
        problem = county.desk().get(f"/api/desk/queue?{query}", 422)
        assert problem["code"] == "invalid", query


def test_answers_read_by_the_words_of_the_form(county: County, op: dict[str, Any]) -> None:
    detail = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")
    (record,) = detail["records"]
    lines = {line["path"]: line for line in record["answers"]}
    assert (
        lines["/data/care/tasks"]["value_text"] == {"zh": "做饭、打扫", "en": "Meal, Clean"}
        or lines["/data/care/tasks"]["value_text"]["zh"] == "做饭、打扫"
    )
    ate = lines["/data/care/ate"]
    assert (ate["label"]["zh"], ate["value_text"]["zh"], ate["raw"], ate["class"]) == (
        "今天吃饭", "吃得好", "well", "sensitive",
    )  # fmt: skip
    assert ate["group"] == {"zh": "照料", "en": "Care"}
    assert lines["/data/person"]["value_text"]["zh"] == "朴顺姬"
    assert "/data/start" not in lines
    assert detail["visit"]["consent"]["zh"].startswith("同意")


def test_the_person_reads_as_the_volunteer_saw_her(county: County) -> None:
    """[S5] list_rows overlay today's list"""
    phone = county.phone()
    rows = {"people": [{"name": PIAO, "label": "朴奶奶"}]}
    op = county.visit(phone, records=[county.record(phone, list_rows=rows)])
    phone.sync(op)
    (record,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["records"]
    assert {line["path"]: line["value_text"]["zh"] for line in record["answers"]}["/data/person"] == "朴奶奶"


def test_distance_and_direction_are_from_the_compound_until_three_visits_are_approved(county: County) -> None:
    phone = county.phone()
    first = county.visit(phone, check_in=far_away(county, 500))
    phone.sync(first)
    presence = county.desk().get(f"/api/desk/visits/{first['body']['visit']}")["visit"]["presence"]
    assert presence["position"]["bearing"] == 0
    assert abs(presence["position"]["distance_m"] - 500) < 5
    assert presence["position"]["accuracy_m"] == 12
    others = [county.visit(phone, check_in=far_away(county, 500)) for _ in range(2)]
    phone.sync(*others)
    for op in (first, *others):
        county.desk().approve(op)
    later = county.visit(phone, check_in=far_away(county, 500))
    phone.sync(later)
    position = county.desk().get(f"/api/desk/visits/{later['body']['visit']}")["visit"]["presence"][
        "position"
    ]
    assert position["distance_m"] == 0


def test_history_shows_the_persons_other_visits_with_how_it_went(county: County) -> None:
    phone = county.phone()
    ops = [county.visit(phone) for _ in range(3)]
    phone.sync(*ops)
    detail = county.desk().get(f"/api/desk/visits/{ops[0]['body']['visit']}")
    assert {line["visit"] for line in detail["history"]} == {op["body"]["visit"] for op in ops[1:]}
    assert detail["history"][0]["how"] == {"zh": "开门，见到本人", "en": "Opened, met the person"}


def test_participants_are_named_with_their_times(county: County, op: dict[str, Any]) -> None:
    (one,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["visit"]["participants"]
    assert one == {
        "name": "单秀云", "came_at": "2026-11-24T00:02:03.456Z", "left_at": "2026-11-24T01:02:03.456Z",
    }  # fmt: skip


def test_the_page_hears_that_something_moved(county: County, op: dict[str, Any]) -> None:
    desk = county.desk()
    first = desk.get("/api/desk/changes")
    assert first["changed"] == 0
    url = f"/api/desk/changes?since={first['token']}"
    assert desk.get(url, 304, **{"If-None-Match": f'"{first["token"]}"'}) is not None
    desk.approve(op)
    moved = desk.get(url)
    assert moved["changed"] > 0
    assert moved["token"] != first["token"]


def test_the_page_of_another_community_hears_nothing(county: County, op: dict[str, Any]) -> None:
    other = county.desk(GUIFEN)
    before = other.get("/api/desk/changes")["token"]
    county.phone().sync(county.visit())
    assert other.get("/api/desk/changes")["token"] == before


def test_another_communitys_supervisor_sees_nothing_by_any_route(county: County, op: dict[str, Any]) -> None:
    desk, visit = county.desk(GUIFEN), op["body"]["visit"]
    seen = [
        desk.get("/api/desk/queue"),
        desk.get(f"/api/desk/queue?team={TEAM}&community={LIUYIN}&search=朴"),
        desk.get("/api/desk/filters"),
        desk.get("/api/desk/quarantine"),
        desk.get(f"/api/desk/visits/{visit}", 404),
    ]
    text = json.dumps(seen, ensure_ascii=False)
    for hidden in (visit, PIAO, "朴顺姬", "单秀云", TEAM, "柳荫"):
        assert hidden not in text.replace(LIUYIN, ""), hidden
    assert seen[0]["counts"] == {
        "received": 0,
        "flagged": 0,
        "returned_back": 0,
        "two_versions": 0,
        "returned": 0,
        "approved": 0,
    }


def test_a_person_visited_from_two_communities_shows_each_supervisor_her_own_part(county: County) -> None:
    """[S5] history keeps within reach"""
    mine, other = county.phone(), county.phone(SHOUYI)
    here = county.visit(mine)
    mine.sync(here)
    subject = {"list": "people", "id": PIAO}
    there = other.op(county.body(other, team=OTHER_TEAM, subject=subject, place=HEYAN))
    other.sync(there)
    detail = county.desk(GUIFEN).get(f"/api/desk/visits/{there['body']['visit']}")
    assert detail["history"] == []
    county.desk(GUIFEN).get(f"/api/desk/visits/{here['body']['visit']}", 404)


def test_a_leader_reads_the_teams_visits_and_no_others(county: County, op: dict[str, Any]) -> None:
    other = county.phone(SHOUYI)
    other.sync(other.op(county.body(other, team=OTHER_TEAM, subject={"list": "people", "id": OU})))
    assert [item["visit"] for item in queue(county, user=LEADER)["items"]] == [op["body"]["visit"]]


def test_filters_name_what_is_within_reach(county: County, op: dict[str, Any]) -> None:
    found = county.desk().get("/api/desk/filters")
    assert [one["id"] for one in found["teams"]] == [TEAM]
    assert found["communities"] == [{"id": LIUYIN, "name": "柳荫社区"}]
    assert [one["form"] for one in found["forms"]] == ["day-care-visit"]
    assert found["volunteers"] == [{"id": XIUYUN, "name": "单秀云"}]
    assert "far_from_home" in found["flags"]
