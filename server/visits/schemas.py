"""What the desk reads and says of the quarantine, and the notices that it reads."""

from __future__ import annotations

from marshmallow import fields, validate

from server.base.schemas import Bilingual, Message, uuid_field, words
from server.visits import notices
from server.visits.mending import MendedRecord
from server.visits.quarantine import CODES
from sync.ops import MOST_OP_BYTES, MOST_REASON

STATES = ("open", "released", "closed")


class QuarantineQuery(Message):
    state = fields.String(load_default="open", validate=validate.OneOf(STATES))
    after = uuid_field(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class QuarantineLine(Message):
    id = uuid_field(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    code = fields.String(required=True, validate=validate.OneOf(sorted(CODES)))
    kind = fields.String(required=True, allow_none=True)  # of the op, where it can be read
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


class WhyMessage(Message):
    title = fields.String(required=True)
    next = fields.String(required=True)


class QuarantineDetail(QuarantineLine):
    reason = fields.String(required=True, allow_none=True)  # what does not fit, by its name
    why = fields.Nested(WhyMessage, required=True, allow_none=True)  # the same in words
    mendable = fields.Boolean(required=True)
    note = fields.String(required=True, allow_none=True)  # of whoever mended or closed it
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


class MendableForm(Message):
    record = uuid_field(required=True)
    form = fields.String(required=True)
    version = fields.String(required=True)  # to open it with
    sha256 = fields.String(required=True)
    title = fields.Nested(Bilingual, required=True)


class MendableMessage(Message):
    body = fields.Dict(required=True)  # of visit.put, as it came
    forms = fields.List(fields.Nested(MendableForm), required=True)


class MendedRecordMessage(Message):
    makes = MendedRecord

    record = uuid_field(required=True)
    xml = fields.String(required=True, validate=validate.Length(1, MOST_OP_BYTES))
    list_rows = fields.Dict(keys=fields.String(), load_default=dict)


class MendMessage(Message):
    records = fields.List(fields.Nested(MendedRecordMessage), required=True, validate=validate.Length(1, 200))
    reason = fields.String(required=True, validate=words(MOST_REASON))


class CloseMessage(Message):
    note = fields.String(required=True, validate=words(MOST_REASON))


class ClosedMessage(Message):
    id = uuid_field(required=True)
    state = fields.String(required=True)


class NoticesQuery(Message):
    after = uuid_field(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class NoticeLine(Message):
    id = uuid_field(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(notices.DESK))
    at = fields.String(required=True)
    visit = uuid_field(required=True, allow_none=True)
    item = uuid_field(required=True, allow_none=True)
    by = fields.String(required=True)
    words = fields.String(required=True, allow_none=True)
    read = fields.Boolean(required=True)


class NoticesPage(Message):
    items = fields.List(fields.Nested(NoticeLine), required=True)
    unread = fields.Integer(required=True)
    next = uuid_field(required=True, allow_none=True)


class ReadMessage(Message):
    up_to = uuid_field(required=True)


class UnreadMessage(Message):
    unread = fields.Integer(required=True)
