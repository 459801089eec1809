"""What an export is asked with, and how a job is told."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from server.base.schemas import Message, uuid_field
from server.exports.asked import STATES, Asked

LONGEST_PURPOSE = 200


class AskedMessage(Message):
    """The body of `POST /api/exports`. A list that is empty or missing means all."""

    format = fields.String(required=True, validate=validate.OneOf(["xlsx", "csv", "csv-excel"]))
    from_day = fields.Date(required=True, data_key="from")
    to_day = fields.Date(required=True, data_key="to")
    states = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    forms = fields.List(fields.String(validate=validate.Length(max=64)), load_default=list)
    teams = fields.List(uuid_field(), load_default=list)
    communities = fields.List(uuid_field(), load_default=list)
    names = fields.Boolean(load_default=False)
    sensitive = fields.Boolean(load_default=False)
    purpose = fields.String(load_default="", validate=validate.Length(max=LONGEST_PURPOSE))
    language = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Asked:
        for key in ("states", "forms", "teams", "communities"):
            data[key] = tuple(data[key])
        return Asked(**data)


class JobMessage(Message):
    """One export: what was asked, how far it is, and where its file is."""

    id = fields.String()
    state = fields.String(metadata={"description": "queued, running, done, failed or cancelled"})
    asked = fields.Dict()
    done_rows = fields.Integer()
    total_rows = fields.Integer(allow_none=True)
    filename = fields.String(allow_none=True)
    bytes = fields.Integer(allow_none=True)
    problem = fields.Dict(
        allow_none=True, metadata={"description": "title and detail in the reader's language"}
    )
    created_at = fields.String()
    ended_at = fields.String(allow_none=True)


class JobListMessage(Message):
    items = fields.List(fields.Nested(JobMessage))
