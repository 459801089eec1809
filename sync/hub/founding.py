"""What a county is made of before anybody syncs: as data, so that a hub and a server can begin alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.core import instance
from sync.hub.county import Person, TeamData
from sync.hub.state import Answers

Judge = Callable[[str, str, bytes], Answers]  # form, version, instance XML that could be read


class Refused(Exception):
    """A named refusal (PROTOCOL.md §4): it rolls back to its own op alone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Form:
    """A published version of a form."""

    form: str
    version: str
    bytes: bytes
    sha256: str
    repeats: Sequence[str] = ()
    answers: Sequence[str] = ()  # paths of what somebody answers, not of what is calculated or noted (S6)


def takes_all(form: str, version: str, xml: bytes) -> Answers:
    """A judge to whom every readable instance of the right form fits."""
    del form, version, xml
    return Answers()


@dataclass(frozen=True, slots=True)
class Founding:
    """A new county. ``judge`` says whether answers fit their form: it raises Refused answers_do_not_fit.
    ``look`` says of a whole file why it is no usable picture or recording; None: it is."""

    org: int
    epoch: str
    timezone: str = "Asia/Shanghai"
    people: Sequence[Person] = ()
    teams: Sequence[TeamData] = ()
    members: Sequence[tuple[str, str]] = ()  # team, user
    forms: Sequence[Form] = ()
    facts: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    judge: Judge = takes_all
    look: Callable[[bytes], str | None] = lambda _: None


def read_record(form: Form | None, xml: str, judge: Judge) -> Answers:
    """What a filled form says. Raises Refused with why it cannot be taken."""
    if form is None:
        raise Refused("form_version_unknown")
    try:
        read = instance.read(xml.encode(), form.repeats)
    except instance.Unreadable:
        raise Refused("xml_unreadable") from None
    if (read.form, read.version) != (form.form, form.version) or not 0 < len(read.instance_id) <= 96:
        raise Refused("answers_do_not_fit")
    return judge(form.form, form.version, xml.encode())
