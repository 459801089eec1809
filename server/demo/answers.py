"""A visit's answers, as the phone's form engine would have worked them out.

Questions that were not relevant are absent, calculations stand where the form computes them: the server reads
these instances by the same definitions as any phone's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server.demo.dice import Dice
from server.demo.facts import facts

CONTACT, CARE = "daily-contact", "day-care-visit"
_MET = {"opened", "family", "phone"}
_COUNTS_CONTACT = {"seen", "phone", "family", "hospital"}
_COUNTS_DOOR = {"opened", "family", "phone", "hospital"}
_HEARD = {"seen", "phone", "family"}


@dataclass(frozen=True)
class Moments:
    """When the form was begun and finished, in the county's time."""

    began: datetime
    ended: datetime


def contact(dice: Dice, person: str, how: str, when: Moments) -> dict[str, str]:
    """A filled 每日联系."""
    said = _begin(person, when) | {"contact": how}
    wellbeing = dice.one(facts()["wellbeing"]) if how in _HEARD else None
    if wellbeing:
        said["wellbeing"] = wellbeing
    if how in {"nobody", "no_answer"} or wellbeing in {"unwell", "worry"}:
        said |= _need(dice, when, worried=wellbeing == "worry", else_="revisit")
        if said["need"] != "none":
            said["note"] = dice.of(facts()["notes"]) if how in _HEARD else "下午再联系一次。"
    said["counts_daily_contact"] = "1" if how in _COUNTS_CONTACT else "0"
    return _paths(said | _meta(dice))


def care(dice: Dice, person: str, door: str, consent: str, when: Moments) -> dict[str, str]:
    """A filled 上门照料."""
    met = door in _MET
    said = _begin(person, when) | {"consent_on_file": consent, "door": door, "met": "1" if met else "0"}
    now = ""
    if met and consent == "":
        now = dice.one({"all": 8, "no_photo": 2})
        said |= {"consent_now": now, "consent_now_on": when.began.date().isoformat()}
    said["may_write"] = "1" if met else "0"
    said["may_photo"] = "1" if met and "all" in (consent, now) else "0"
    said["may_refer"] = "1" if {consent, now} & {"all", "no_photo"} else "0"
    if met and door != "phone":
        said |= _work(dice)
    wellbeing = dice.one(facts()["wellbeing"]) if met else None
    if wellbeing:
        said["wellbeing"] = wellbeing
    said |= _need(dice, when, worried=wellbeing == "worry", else_="none" if met else "revisit")
    if said["need"] == "refer" and said["may_refer"] == "0":
        said["refer_agreed"] = "yes"
    if met and dice.happens(46):
        said["note"] = dice.of(facts()["notes"])
    said["counts_daily_contact"] = "1" if door in _COUNTS_DOOR else "0"
    said["counts_home_care"] = "1" if met and door != "phone" else "0"
    return _paths(said | _meta(dice) | _entity(person, changed=now != ""))


def _work(dice: Dice) -> dict[str, str]:
    county = facts()
    tasks = dice.some(county["tasks"], dice.whole(1, 4))
    temperature = dice.near(14, 1) if dice.happens(4) else dice.near(20.6, 1.8)
    return {
        "care/tasks": " ".join(tasks),
        "care/ate": dice.one(county["ate"]),
        "care/medicine": dice.one(county["medicine"]),
        "care/hazard": dice.one(county["hazard"]),
        "care/room_temp": str(round(temperature)),
    }


def _need(dice: Dice, when: Moments, *, worried: bool, else_: str) -> dict[str, str]:
    weights: dict[str, Any] = dict(facts()["need"])
    if worried:
        del weights["none"]
    need = else_ if else_ == "revisit" else dice.one(weights)
    said = {"need": need}
    if need in {"refer", "urgent"}:
        said["need_to"] = dice.one(facts()["need_to"])
    if need == "revisit":
        said["revisit_on"] = (when.began.date() + timedelta(days=dice.whole(1, 4))).isoformat()
    return said


def _begin(person: str, when: Moments) -> dict[str, str]:
    return {
        "start": when.began.isoformat(timespec="milliseconds"),
        "end": when.ended.isoformat(timespec="milliseconds"),
        "today": when.began.date().isoformat(),
        "person": person,
    }


def _meta(dice: Dice) -> dict[str, str]:
    return {"meta/instanceID": f"uuid:{dice.uuid4()}", "meta/deprecatedID": ""}


def _entity(person: str, *, changed: bool) -> dict[str, str]:
    """What was agreed at the door changes the person's entry."""
    said = {"dataset": "people", "update": "true" if changed else "false", "id": person}
    said |= dict.fromkeys(("baseVersion", "trunkVersion", "branchId"), "")
    return {f"meta/entity/@{name}": value for name, value in said.items()}


def _paths(said: dict[str, str]) -> dict[str, str]:
    return {f"/data/{name}": value for name, value in said.items()}
