"""The tests' small county (``tests/factories/county.py``) in the hub: the same people, teams and lists."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from server.base.problems import Problem
from server.forms import answers
from server.photos import looks
from server.visits.assessment import door_of
from server.visits.versions import NOT_ANSWERED
from sync.hub import Answers, EntityChange, Form, Founding, Hub, Person, Refused, TeamData
from tests.factories import county
from tests.factories.county import converted

FORMS = ("daily-contact", "day-care-visit")
EPOCH = "0193a000-0000-7000-8000-00000000e90c"


def hub(
    now: Callable[[], int],
    seed: int = 0,
    at: Callable[[str], None] = lambda _: None,
    facts: Mapping[tuple[str, str], Mapping[str, Any]] | None = None,
) -> Hub:
    """The county with its people of the lists and their pairs. ``facts``: what a real county tells everybody
    of itself, by kind and id, in the place of the least that a client needs."""
    dice = random.Random(seed)
    founded = founding() if facts is None else replace(founding(), facts=facts)
    made = Hub(founded, now=now, rand=dice.randbytes, at=at)
    for person, label, team, user in (
        (county.PIAO, "朴顺姬", county.TEAM, county.XIUYUN),
        (county.OU, "区兆年", county.OTHER_TEAM, county.SHOUYI),
    ):
        made.put_entity("people", person, label, {"full_name": label, "consent": "all"})
        made.pair(team, user, person)
    return made


def founding() -> Founding:
    return Founding(
        org=county.ORG,
        epoch=EPOCH,
        people=[Person(id, name) for id, name in county.NAMES.items()],
        teams=[
            TeamData(id, "day-care", {"zh": f"{name}日间照料", "en": f"Day care {name}"}, [place])
            for id, name, place in (
                (county.TEAM, "柳荫", county.LIUYIN),
                (county.OTHER_TEAM, "河沿", county.HEYAN),
            )
        ],
        members=[
            (county.TEAM, county.XIUYUN),
            (county.OTHER_TEAM, county.SHOUYI),
            (county.TEAM, county.LEADER),
        ],
        forms=[_form(key) for key in FORMS],
        facts={("org", "HL"): {"code": "HL"}, **{("form", key): _head(_form(key)) for key in FORMS}},
        judge=judge,
        look=look,
    )


def judge(form: str, version: str, xml: bytes) -> Answers:
    """Whether the answers fit is the forms' own business: the server's reader says it for both."""
    del version
    definition = converted(form).definition
    try:
        record = answers.read(definition, xml)
    except Problem as problem:
        raise Refused(problem.code) from None
    door = door_of(definition, record)
    entity = record.entity
    return Answers(
        reached=None if door is None else door.met or door.phone,
        door=None if door is None else door.answer,
        entity=entity
        and EntityChange(entity.list, entity.id, entity.create, entity.label, dict(entity.properties)),
    )


def look(data: bytes) -> str | None:
    """Why the bytes are no usable file, as far as their first bytes tell; None: they are."""
    return None if looks.type_of(data[:4096]) else "photo_type"


def _head(form: Form) -> dict[str, Any]:
    """Of a form's change what a client needs to fill it."""
    size = {"sha256": form.sha256, "bytes": len(form.bytes)}
    return {"form": form.form, "version": form.version, "programme": "day-care", **size}


def _form(key: str) -> Form:
    made = converted(key)
    said = made.definition
    answers = [one.path for one in said.fields if not one.calculated and one.type not in NOT_ANSWERED]
    return Form(key, said.version, made.xform, made.sha256, said.repeats, answers)
