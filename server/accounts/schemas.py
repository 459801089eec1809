"""Messages about people, phones and desks."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from server.accounts.desk import SignInAsked
from server.accounts.enrolment import EnrolmentAsked
from server.base.policy import Role
from server.base.schemas import Bilingual, Message, uuid_field

LANGUAGE = validate.OneOf(["zh", "en"])


class PersonMessage(Message):
    id = uuid_field(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True, validate=LANGUAGE)


class OrgMessage(Message):
    """A county, from its row."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.Function(lambda org: {"zh": org.name_zh, "en": org.name_en}, required=True)
    timezone = fields.String(required=True)
    demo = fields.Boolean(attribute="is_demo", required=True)


class KeyMessage(Message):
    """A JSON Web Key. What is in it beyond the public P-256 members is looked at by ``keys.accepted``."""

    class Meta:
        unknown = "include"

    kty = fields.String(required=True)
    crv = fields.String(required=True)
    x = fields.String(required=True)
    y = fields.String(required=True)


class EnrolmentMessage(Message):
    makes = EnrolmentAsked

    code = fields.String(required=True, validate=validate.Length(1, 40))
    public_key = fields.Nested(KeyMessage, required=True)
    label = fields.String(required=True, validate=validate.Length(0, 200))


class EnrolledMessage(Message):
    device = uuid_field(required=True)
    user = fields.Nested(PersonMessage, required=True)
    org = fields.Nested(OrgMessage, required=True)
    epoch = uuid_field(required=True)
    server_time = fields.String(required=True)


class RememberedMessage(Message):
    """Whether this browser was a phone of ours before its storage went."""

    remembered = fields.Boolean(required=True)


class SignInMessage(Message):
    makes = SignInAsked

    username = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 200))
    county = fields.String(load_default=None, validate=validate.Length(1, 64))


class SignedInMessage(Message):
    access_token = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    user = fields.Nested(PersonMessage, required=True)


class RoleMessage(Message):
    role = fields.String(required=True)
    scope_kind = fields.String(required=True)
    scope_id = fields.String(required=True, allow_none=True)
    scope_name = fields.Nested(Bilingual, required=True, allow_none=True)


class MeMessage(Message):
    user = fields.Nested(PersonMessage, required=True)
    org = fields.Nested(OrgMessage, required=True)
    roles = fields.List(fields.Nested(RoleMessage), required=True)
    permissions = fields.List(fields.String(), required=True)


class DemoAccountMessage(Message):
    username = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)


class DemoMessage(Message):
    password = fields.String(required=True)
    accounts = fields.List(fields.Nested(DemoAccountMessage), required=True)


class AboutOrgMessage(Message):
    code = fields.String(required=True)
    name = fields.Function(lambda org: {"zh": org.name_zh, "en": org.name_en}, required=True)
    demo = fields.Boolean(attribute="is_demo", required=True)


class AboutMessage(Message):
    """What anybody may know before signing in. The demo's accounts only on a loopback bind."""

    org = fields.Nested(AboutOrgMessage, required=True, allow_none=True)
    counties = fields.List(fields.Nested(AboutOrgMessage), required=True)
    demo = fields.Nested(DemoMessage, required=True, allow_none=True)


class CodeMessage(Message):
    code = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class NewUserMessage(Message):
    """A person to add."""

    name = fields.String(required=True, validate=validate.Length(1, 64))
    language = fields.String(load_default="zh", validate=LANGUAGE)
    username = fields.String(load_default=None, validate=validate.Regexp(r"[a-z0-9][a-z0-9._-]{1,63}\Z"))
    password = fields.String(load_default=None, validate=validate.Length(10, 200))


class PasswordMessage(Message):
    password = fields.String(required=True, validate=validate.Length(10, 200))


class NewGrantMessage(Message):
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    scope_kind = fields.String(required=True, validate=validate.OneOf(["county", "community", "team"]))
    scope_id = uuid_field(load_default=None)
    sensitive = fields.Boolean(load_default=False)


class GrantMessage(Message):
    id = uuid_field(required=True)
    role = fields.String(required=True)
    scope_kind = fields.String(required=True)
    scope_id = fields.String(required=True, allow_none=True)
    sensitive = fields.Boolean(required=True)


class DeviceMessage(Message):
    id = uuid_field(required=True)
    label = fields.String(required=True)
    enrolled_at = fields.AwareDateTime(required=True)
    heard_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class UserMessage(Message):
    id = uuid_field(required=True)
    name = fields.String(required=True)
    pinyin = fields.String(required=True)
    language = fields.String(required=True)
    username = fields.String(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    grants = fields.List(fields.Nested(GrantMessage), required=True)
    devices = fields.List(fields.Nested(DeviceMessage), required=True)


class UsersQuery(Message):
    search = fields.String(load_default="", validate=validate.Length(0, 64))
    after = uuid_field(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class UsersMessage(Message):
    items = fields.List(fields.Nested(UserMessage), required=True)
    next = fields.String(required=True, allow_none=True)


class AuditQuery(Message):
    kind = fields.String(load_default=None, validate=validate.Length(1, 64))
    id = fields.String(load_default=None, validate=validate.Length(1, 128))
    after = uuid_field(load_default=None)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class AuditRowMessage(Message):
    id = uuid_field(required=True)
    at = fields.AwareDateTime(required=True)
    user_id = fields.String(required=True, allow_none=True)
    device_id = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    target_kind = fields.String(required=True, allow_none=True)
    target_id = fields.String(required=True, allow_none=True)
    detail = fields.Dict(required=True)
    request_id = fields.String(required=True, allow_none=True)


class AuditMessage(Message):
    items = fields.List(fields.Nested(AuditRowMessage), required=True)
    next = fields.String(required=True, allow_none=True)


Loaded = dict[str, Any]  # what loading a message without a dataclass gives
