"""Which visits and quarantined ops somebody may see, as conditions that every list joins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from server.base.db import session
from server.base.policy import Reach, Scope
from server.forms import queries as forms
from server.forms.definition import Definition
from server.programmes.programme import programmes
from server.teams.models import Team
from server.visits.models import QuarantineItem, Record, Revision, Visit


def sensitive_programmes() -> list[str]:
    """Programmes whose mere use is nobody else's business."""
    return [key for key, programme in programmes().items() if programme.sensitive]


def within(reach: Reach) -> ColumnElement[bool]:
    """The visits of a reach."""
    return reach.where(Visit.community_id, Visit.team_id, Visit.programme.in_(sensitive_programmes()))


def quarantine_within(reach: Reach) -> ColumnElement[bool]:
    """The quarantined items of a reach; what names no known team or place is the whole county's to see."""
    guarded = select(Team.id).where(
        Team.org_id == QuarantineItem.org_id, Team.programme.in_(sensitive_programmes())
    )
    return reach.where(
        QuarantineItem.community_id, QuarantineItem.team_id, QuarantineItem.team_id.in_(guarded).is_(True)
    )


def scope_of(visit: Visit) -> Scope:
    """Where a visit lies, for the policy."""
    return scope(visit.community_id, visit.team_id, visit.programme)


def scope(community: str | None, team: str, programme: str) -> Scope:
    """Where a visit of this team's lies."""
    return Scope(community, team, programme in sensitive_programmes())


def current_records(visit: Visit) -> list[Record]:
    """The records that the visit shows, in their order."""
    return list(
        session.scalars(
            select(Record)
            .where(Record.org_id == visit.org_id, Record.revision_id == visit.current_revision)
            .order_by(Record.position)
        )
    )


def at_the_door(visit: Visit) -> tuple[Definition, str, str] | None:
    """The form that asks about the door, the path of its question, and the answer; None without one."""
    for record in current_records(visit):
        form = forms.definition(visit.org_id, record.form, record.form_version)
        if form is not None and form.doors is not None:
            answer = record.answers.get(form.doors.question)
            return (form, form.doors.question, str(answer)) if answer else None
    return None


def revisions(visit: Visit) -> list[Revision]:
    """All revisions of a visit, oldest first."""
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.org_id == visit.org_id, Revision.visit_id == visit.id)
            .order_by(Revision.number)
        )
    )


def as_put(record: Record) -> dict[str, Any]:
    """A record as ``visit.put`` carries it."""
    return {
        "record": record.id,
        "form": record.form,
        "version": record.form_version,
        "xml": record.xml.decode(),
        "list_rows": record.list_rows,
        "attachments": record.attachments,
    }
