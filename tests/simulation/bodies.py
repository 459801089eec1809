"""What a volunteer writes: the bodies of her ops, small, with a few answers that she may change later."""

from __future__ import annotations

import random
from typing import Any

from sync.client import File
from tests.factories.county import OTHER_TEAM, STRANGER, TEAM, version, xml
from tests.simulation.people import FORM, PROGRAMME, Handset
from tests.simulation.phone import Phone

ANSWERS = {
    "contact": ("phone", "family", "seen"),
    "wellbeing": ("well", "unwell"),
    "note": ("好", "炕热乎", ""),
}


def file_name(phone: str, which: int, number: int) -> str:
    """Which file that is, of a visit: the same name is the same bytes."""
    return f"{phone} {which} {number}"


def file(name: str) -> File:
    """Bytes that stand for a photo: no picture, so that nothing is decoded; it is received all the same."""
    dice = random.Random(name)
    preview = b"no picture" if dice.random() < 0.5 else None
    return File(f"{name}.jpg", "image/jpeg", dice.randbytes(dice.choice((900, 2_000, 6_000))), preview)


def visit(phone: Phone, kind: str, files: tuple[File, ...], dice: random.Random) -> dict[str, Any]:
    """A whole visit. ``kind`` says what is wrong with it, if anything is."""
    owner = phone.handset
    team = {TEAM: OTHER_TEAM, OTHER_TEAM: TEAM}[owner.team] if kind == "not_your_team" else owner.team
    person = STRANGER if kind == "stranger" else owner.person
    return {
        "visit": phone.name(),
        "team": team,
        "programme": PROGRAMME,
        "entry": "live",
        "subject": {"list": "people", "id": person},
        "place": None,
        "check_in": {"at": phone.at(), "reason": "permission_off"},
        "check_out": {"at": phone.at()},
        "participants": [{"user": owner.user, "in": phone.at(), "out": phone.at()}],
        "helpers_unnamed": 0,
        "records": [record(phone, owner, kind, person, files, dice)],
    }


def record(
    phone: Phone, owner: Handset, kind: str, person: str, files: tuple[File, ...], dice: random.Random
) -> dict[str, Any]:
    said = {name: dice.choice(choices) for name, choices in ANSWERS.items()}
    return {
        "record": phone.name(),
        "form": FORM,
        "version": "1999010101" if kind == "unknown_version" else version(FORM),
        "xml": "<data" if kind == "unreadable" else xml(FORM, person=person, **said),
        "list_rows": {"people": [{"name": person, "label": "?"}]},
        "attachments": [one.attachment() for one in files],
    }


def opened(body: dict[str, Any]) -> dict[str, Any]:
    """A returned visit as it is put again: without what only helps to open it."""
    records = [{name: one[name] for name in one if name != "sha256"} for one in body["records"]]
    return {**body, "records": records}


def again(body: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The same visit with one answer changed."""
    (record,) = body["records"]
    name = dice.choice(list(ANSWERS))
    said = {one: dice.choice(choices) for one, choices in ANSWERS.items() if one == name}
    person = body["subject"]["id"] if body["subject"] else STRANGER
    changed = {**record, "version": version(FORM), "xml": xml(FORM, person=person, **said)}
    return {**body, "records": [changed]}
