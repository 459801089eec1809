"""What a person has agreed to, in words.

The list of people keeps the choice by its name; the words are those of the form that asks. That is often
another form than the visit's own, so the visit's forms are asked first and the county's others after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.base.db import session
from server.entities.models import Entity
from server.forms import queries as forms
from server.forms.definition import Definition
from server.review import answers_shown
from server.visits.models import Visit

PROPERTY = "consent"


def agreed(visit: Visit, own: Sequence[Definition]) -> dict[str, str] | None:
    """The words for what the visit's person agrees to now; None where nothing is known."""
    person = session.get(Entity, (visit.org_id, visit.subject_id)) if visit.subject_id else None
    level = person.properties.get(PROPERTY) if person else None
    if person is None or not level:
        return None
    for definition in _asking(visit.org_id, own):
        rule = definition.entity
        path = rule.saves.get(PROPERTY) if rule and rule.list == person.list else None
        if path is not None and level in answers_shown.choices(definition, path):
            return answers_shown.choice(definition, path, level)
    return {"zh": level, "en": level}


def _asking(org_id: int, own: Sequence[Definition]) -> Iterator[Definition]:
    yield from own
    for form in forms.forms(org_id):
        found = forms.definition(org_id, form.key, form.current_version)
        if found is not None:
            yield found
