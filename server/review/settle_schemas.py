"""What the desk reads and sends to settle what two sides say differently."""

from __future__ import annotations

from marshmallow import fields, validate

from server.base.schemas import Bilingual, Message, uuid_field
from server.review.schemas import AnswerLine, RevisionMessage
from server.visits.settling import Choice, Opened, Settlement
from sync.ops import MOST_OP_BYTES, MOST_REASON

KINDS = (
    "answer", "row", "record", "file", "participant",
    "subject", "place", "entry", "check_in", "check_out", "helpers_unnamed",
)  # fmt: skip
MOST_FIELD = 1_000
MOST_CHOICES = 2_000


class VersionMessage(RevisionMessage):
    said_at = fields.String(required=True)  # when it was finished, by the server's clock
    device = fields.String(required=True, allow_none=True)  # null: made at a desk
    base = fields.Integer(required=True, allow_none=True)  # number of what its author had seen


class SaidMessage(Message):
    revision = uuid_field(required=True)
    answer = fields.Nested(AnswerLine, required=True, allow_none=True)  # null: there it is not


class DifferingMessage(Message):
    field = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    record = uuid_field(required=True, allow_none=True)
    label = fields.Nested(Bilingual, required=True, allow_none=True)
    group = fields.Nested(Bilingual, required=True, allow_none=True)
    conflict = fields.Boolean(required=True)  # else the merge took it from one side
    values = fields.List(fields.Nested(SaidMessage), required=True)  # the one that is shown first


class OpenForm(Message):
    record = uuid_field(required=True)
    form = fields.String(required=True)
    version = fields.String(required=True)
    sha256 = fields.String(required=True)
    title = fields.Nested(Bilingual, required=True)


class VersionsMessage(Message):
    revision = uuid_field(required=True)
    versions = fields.List(fields.Nested(VersionMessage), required=True)
    fields_ = fields.List(
        fields.Nested(DifferingMessage), required=True, data_key="fields", attribute="fields"
    )
    forms = fields.List(fields.Nested(OpenForm), required=True)


class ChoiceMessage(Message):
    makes = Choice

    field = fields.String(required=True, validate=validate.Length(1, MOST_FIELD))
    revision = uuid_field(required=True)


class PreviewMessage(Message):
    choices = fields.List(
        fields.Nested(ChoiceMessage), required=True, validate=validate.Length(max=MOST_CHOICES)
    )


class PreviewAnswer(Message):
    body = fields.Dict(required=True)  # of visit.put


class OpenedMessage(Message):
    makes = Opened

    record = uuid_field(required=True)
    xml = fields.String(required=True, validate=validate.Length(1, MOST_OP_BYTES))


class SettleMessage(Message):
    makes = Settlement

    revision = uuid_field(required=True)
    choices = fields.List(
        fields.Nested(ChoiceMessage), required=True, validate=validate.Length(max=MOST_CHOICES)
    )
    records = fields.List(fields.Nested(OpenedMessage), required=True, validate=validate.Length(1, 200))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=MOST_REASON))


class SettlementMessage(Message):
    visit = uuid_field(required=True)
    revision = uuid_field(required=True)
    number = fields.Integer(required=True)
