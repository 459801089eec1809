"""What messages are made of: a strict schema that turns JSON into a frozen dataclass and back."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate


class Message(Schema):
    """A message of the API. Unknown fields are refused. ``makes`` names the dataclass that loading gives."""

    makes: ClassVar[type | None] = None

    class Meta:
        unknown = RAISE

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:
        makes = type(self).makes
        return makes(**data) if makes else data


class Bilingual(Message):
    """Text in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class ProblemMessage(Message):
    """RFC 9457, as ``problems.problem_json`` writes it."""

    type = fields.String(required=True)
    code = fields.String(required=True)
    status = fields.Integer(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True)
    request_id = fields.String(required=True)


def words(most: int) -> validate.Validator:
    """Something said by a person: more than blanks, at most so many characters."""
    return validate.And(validate.Length(max=most), validate.Regexp(r"(?s)\s*\S", error="say something"))


def uuid_field(**kwargs: Any) -> fields.String:
    """A UUID in its 36 lower-case characters, kept as text."""
    return fields.String(
        validate=validate.Regexp(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"),
        metadata={"format": "uuid"},
        **kwargs,
    )
