"""How the desk is told of forms: what is published, what was found in a workbook, what a version changes."""

from __future__ import annotations

from marshmallow import fields

from server.base.schemas import Message


class FormWordsMessage(Message):
    zh = fields.String(required=True)
    en = fields.String(required=True)


class FormFindingMessage(Message):
    """One thing to mend or to know. `row` is the spreadsheet's own number, its header is 1."""

    code = fields.String(required=True)
    severity = fields.String(required=True, metadata={"description": "error or warning"})
    sheet = fields.String(
        required=True, metadata={"description": "a sheet, or the name of one of the form's own files"}
    )
    row = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True, allow_none=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class FormSheetMessage(Message):
    """A sheet as it was handed in; `rows[0]` is row 2."""

    name = fields.String(required=True)
    header = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)


class FormChangeMessage(Message):
    """What publishing adds to what was drawn."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class FormDifferenceMessage(Message):
    """What differs from the version that is published, and what it means for answers that are there."""

    code = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "the question; blank: the form itself"})
    attention = fields.Boolean(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    meaning_zh = fields.String(required=True)
    meaning_en = fields.String(required=True)


class FormAgainstMessage(Message):
    version = fields.String(required=True)
    published_at = fields.String(required=True)


class FormDiffMessage(Message):
    against = fields.Nested(FormAgainstMessage, required=True)
    changes = fields.List(fields.Nested(FormDifferenceMessage), required=True)


class FormSizesMessage(Message):
    questions = fields.Integer(required=True)
    xform_bytes = fields.Integer(required=True)
    media_bytes = fields.Integer(required=True)
    longest_list = fields.Integer(required=True)
    open_ms = fields.Float(required=True, allow_none=True)


class FormLookedOverMessage(Message):
    """Everything that is known of a workbook. Nothing of it is kept."""

    form = fields.String(required=True, allow_none=True)
    version = fields.String(required=True, allow_none=True)
    title = fields.Nested(FormWordsMessage, required=True, allow_none=True)
    one_page = fields.Boolean(required=True, metadata={"description": "all of it on one page on the phone"})
    publishable = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FormFindingMessage), required=True)
    sheets = fields.List(fields.Nested(FormSheetMessage), required=True)
    changed = fields.List(fields.Nested(FormChangeMessage), required=True)
    xform = fields.String(required=True, allow_none=True)
    lists = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True,
        metadata={"description": "invented rows of the county's lists that the form reads, as csv"},
    )  # fmt: skip
    sizes = fields.Nested(FormSizesMessage, required=True, allow_none=True)
    diff = fields.Nested(FormDiffMessage, required=True, allow_none=True)


class FormPublishedMessage(Message):
    """What has been published; `new` is false where it had been before, with the same bytes."""

    form = fields.String(required=True)
    version = fields.String(required=True)
    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)
    new = fields.Boolean(required=True)
    changed = fields.List(fields.Nested(FormChangeMessage), required=True)
    findings = fields.List(fields.Nested(FormFindingMessage), required=True)


class FormVersionMessage(Message):
    version = fields.String(required=True)
    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)
    questions = fields.Integer(required=True)
    published_at = fields.String(required=True)
    published_by = fields.String(required=True, allow_none=True)
    current = fields.Boolean(required=True)
    workbook = fields.Boolean(required=True, metadata={"description": "whether it can be downloaded"})


class FormProgrammeMessage(FormWordsMessage):
    key = fields.String(required=True)


class FormMessage(Message):
    """A form of the programmes, published or not, with its versions, the newest first."""

    form = fields.String(required=True)
    title = fields.Nested(FormWordsMessage, required=True)
    programme = fields.Nested(
        FormProgrammeMessage, required=True, allow_none=True, metadata={"description": "null: for every team"}
    )
    kind = fields.String(required=True)
    current_version = fields.String(required=True, allow_none=True)
    changed_at = fields.String(required=True, allow_none=True)
    versions = fields.List(fields.Nested(FormVersionMessage), required=True)


class FormsMessage(Message):
    items = fields.List(fields.Nested(FormMessage), required=True)
