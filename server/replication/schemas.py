"""What the phone's doors answer beside the exchange itself, whose messages are ``sync.messages``."""

from __future__ import annotations

from marshmallow import fields

from server.base.schemas import Message


class KeptMessage(Message):
    """Where the bytes are kept."""

    id = fields.String(required=True)
