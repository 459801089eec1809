"""What the desk reads of the quarantine."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from server.base.schemas import Bilingual, Message, uuid_field
from server.visits.quarantine import CODES

STATES = ("open", "released", "closed")


class QuarantineQuery(Message):
    state = fields.String(load_default="open", validate=validate.OneOf(STATES))
    after = uuid_field(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:
        return data


class QuarantineLine(Message):
    id = uuid_field(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    code = fields.String(required=True, validate=validate.OneOf(sorted(CODES)))
    title = fields.String(required=True)
    next = fields.String(required=True)
    subject_label = fields.String(required=True, allow_none=True)
    form_title = fields.Nested(Bilingual, required=True, allow_none=True)
    team_name = fields.Nested(Bilingual, required=True, allow_none=True)
    user_name = fields.String(required=True, allow_none=True)
    bytes = fields.Integer(required=True)
    received_at = fields.String(required=True)


class QuarantinePage(Message):
    items = fields.List(fields.Nested(QuarantineLine), required=True)
    next = uuid_field(required=True, allow_none=True)


class QuarantineDetail(QuarantineLine):
    reason = fields.String(required=True, allow_none=True)  # what does not fit, by its name
    where = fields.String(required=True, allow_none=True)  # the place in the record that does not
    question = fields.Nested(Bilingual, required=True, allow_none=True)  # what the form asks there
    form_version = fields.String(required=True, allow_none=True)
    said_at = fields.String(required=True, allow_none=True)  # when the visit was, by the phone's own clock
    op = fields.Raw(required=True, allow_none=True)  # as it came, where it can be read
    visit = uuid_field(required=True, allow_none=True)
    settled_at = fields.String(required=True, allow_none=True)
    settled_by = fields.String(required=True, allow_none=True)


class ReleasedMessage(Message):
    id = uuid_field(required=True)
    state = fields.String(required=True)
    visit = uuid_field(required=True)
