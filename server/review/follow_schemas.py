"""What the desk reads of who looks after whom, and says of it."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from server.base.schemas import Message, uuid_field
from server.visits.follows import GONE, Follower

BY = ("volunteer", "team", "nobody")
STATES = ("active", "closed")


class FollowerLine(Message):
    user = uuid_field(required=True, allow_none=True)  # null: the team together
    name = fields.String(required=True, allow_none=True)


class MemberLine(Message):
    user = uuid_field(required=True)
    name = fields.String(required=True)


class FollowLine(Message):
    entity = uuid_field(required=True)
    list = fields.String(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    made_here = fields.Boolean(required=True)  # the visit put them on the list
    # what the visit says of them, to be made sure of
    gone = fields.String(required=True, allow_none=True, validate=validate.OneOf(GONE))
    followers = fields.List(fields.Nested(FollowerLine), required=True)  # none: nobody
    members = fields.List(fields.Nested(MemberLine), required=True)  # of the team, who could


class FollowerMessage(Message):
    by = fields.String(required=True, validate=validate.OneOf(BY))
    user = uuid_field(load_default=None, allow_none=True)

    @validates_schema
    def _one_of_them(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("by") == "volunteer") != (data.get("user") is not None):
            raise ValidationError("with a volunteer, and with nobody else", "user")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Follower:
        return Follower(data["by"], data["user"])
