"""What a phone hears about a piece."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_dump

from server.base.schemas import Message


class PieceMessage(Message):
    """202: `{sha256, offset}`, more is wanted. 201 and 200: the receipt, `{sha256, bytes, aside?,
    pending?}`."""

    sha256 = fields.String(required=True)
    offset = fields.Integer()
    bytes = fields.Integer()
    aside = fields.String(allow_none=True)
    pending = fields.Boolean()

    @post_dump
    def _without_none(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value not in (None, False)}
