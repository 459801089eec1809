"""What the desk sends and reads about visits."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from server.base import clock
from server.base.schemas import Bilingual, Message, uuid_field
from server.base.schemas import words as some_words
from server.review.follow_schemas import FollowLine
from server.review.queue import Filter
from server.review.service import Draft
from sync.ops import MOST_ASKED, MOST_NOTE, MOST_PATH

STATES = ("received", "approved", "returned", "withdrawn")


class QueueQuery(Message):
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    team = uuid_field(load_default=None)
    community = uuid_field(load_default=None)
    form = fields.String(load_default=None, validate=validate.Length(max=64))
    volunteer = uuid_field(load_default=None)
    flag = fields.String(load_default=None, validate=validate.Length(max=64))
    from_day = fields.Date(data_key="from", load_default=None)
    to_day = fields.Date(data_key="to", load_default=None)
    search = fields.String(load_default=None, validate=validate.Length(max=64))
    after = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Filter:
        return Filter(**data)


class FlagMessage(Message):
    code = fields.String(required=True)
    detail = fields.Dict(required=True)


class QueueItem(Message):
    visit = uuid_field(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    number = fields.Integer(required=True)
    revision = uuid_field(required=True)
    subject_label = fields.String(required=True, allow_none=True)
    place_label = fields.String(required=True, allow_none=True)
    form = fields.String(required=True)
    form_title = fields.Nested(Bilingual, required=True)
    programme = fields.String(required=True)
    team = uuid_field(required=True)
    team_name = fields.Nested(Bilingual, required=True)
    user_name = fields.String(required=True)
    community_name = fields.String(required=True, allow_none=True)
    day = fields.Date(required=True)
    check_in_at = fields.String(required=True)
    check_out_at = fields.String(required=True, allow_none=True)
    minutes = fields.Integer(required=True, allow_none=True)
    received_at = fields.String(required=True)
    flags = fields.List(fields.Nested(FlagMessage), required=True)
    urgent = fields.Boolean(required=True)
    came_back = fields.Boolean(required=True)  # corrected after a return
    answers_note = fields.String(required=True, allow_none=True)


class CountsMessage(Message):
    received = fields.Integer(required=True)
    flagged = fields.Integer(required=True)
    returned_back = fields.Integer(required=True)
    two_versions = fields.Integer(required=True)  # changed on two sides, and not settled
    returned = fields.Integer(required=True)
    approved = fields.Integer(required=True)


class QueuePage(Message):
    items = fields.List(fields.Nested(QueueItem), required=True)
    next = fields.String(required=True, allow_none=True)
    counts = fields.Nested(CountsMessage, required=True)


class ParticipantMessage(Message):
    name = fields.String(required=True)
    came_at = fields.String(required=True)
    left_at = fields.String(required=True, allow_none=True)


class PositionMessage(Message):
    distance_m = fields.Integer(required=True, allow_none=True)
    accuracy_m = fields.Integer(required=True, allow_none=True)
    bearing = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class ClockMessage(Message):
    certain = fields.Boolean(required=True)
    offset_ms = fields.Integer(required=True, allow_none=True)


class PresenceMessage(Message):
    position = fields.Nested(PositionMessage, required=True)
    door_card = fields.String(required=True, allow_none=True)
    photos = fields.Integer(required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    clock = fields.Nested(ClockMessage, required=True)


class MayMessage(Message):
    decide = fields.Boolean(required=True)


class VisitFacts(QueueItem):
    may = fields.Nested(MayMessage, required=True)
    entry = fields.String(required=True)
    participants = fields.List(fields.Nested(ParticipantMessage), required=True)
    helpers_unnamed = fields.Integer(required=True)  # beside the participants
    presence = fields.Nested(PresenceMessage, required=True)
    consent = fields.Nested(Bilingual, required=True, allow_none=True)


class AttachmentMessage(Message):
    """A file that an answer names; without ``sha256`` the record never promised one of this name."""

    sha256 = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    type = fields.String(required=True, allow_none=True)
    bytes = fields.Integer(required=True, allow_none=True)
    said_at = fields.String(required=True, allow_none=True)
    state = fields.String(
        required=True, validate=validate.OneOf(("awaited", "preview", "here", "aside", "lost"))
    )
    reason = fields.String(required=True, allow_none=True)


class AnswerLine(Message):
    path = fields.String(required=True)
    label = fields.Nested(Bilingual, required=True)
    value_text = fields.Nested(Bilingual, required=True)
    raw = fields.Raw(required=True, allow_none=True)
    class_ = fields.String(required=True, data_key="class", attribute="class")
    calculated = fields.Boolean(required=True)
    group = fields.Nested(Bilingual, required=True, allow_none=True)
    attachment = fields.Nested(AttachmentMessage, required=True, allow_none=True)


class RecordMessage(Message):
    record = uuid_field(required=True)
    form = fields.String(required=True)
    version = fields.String(required=True)
    title = fields.Nested(Bilingual, required=True)
    about = fields.String(required=True, allow_none=True)
    answers = fields.List(fields.Nested(AnswerLine), required=True)


class RevisionMessage(Message):
    id = uuid_field(required=True)
    number = fields.Integer(required=True)
    by = fields.String(required=True)
    received_at = fields.String(required=True)


class RevisionDetail(RevisionMessage):
    why = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(("mended", "merged", "settled"))
    )
    reason = fields.String(required=True, allow_none=True)
    merges = fields.List(fields.Integer(), required=True, allow_none=True)  # numbers of what it builds on


class FieldAnswerMessage(Message):
    said = fields.String(required=True, validate=validate.OneOf(("changed", "right", "cannot")))
    reason = fields.String(required=True, allow_none=True)


class AskedLine(Message):
    record = uuid_field(required=True)
    path = fields.String(required=True)
    label = fields.Nested(Bilingual, required=True)
    text = fields.String(required=True)
    answer = fields.Nested(FieldAnswerMessage, required=True, allow_none=True)


class NoteMessage(Message):
    id = uuid_field(required=True)
    by = fields.String(required=True)
    at = fields.String(required=True)
    text = fields.String(required=True)
    mine = fields.Boolean(required=True)


class DecisionLine(Message):
    id = uuid_field(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("approve", "return", "undo", "withdraw")))
    by = fields.String(required=True)
    at = fields.String(required=True)
    words = fields.String(required=True, allow_none=True)
    undone = fields.Boolean(required=True)
    by_day = fields.Date(required=True, allow_none=True)
    comments = fields.List(fields.Nested(AskedLine), required=True)


class HistoryLine(Message):
    visit = uuid_field(required=True)
    day = fields.Date(required=True)
    form_title = fields.Nested(Bilingual, required=True)
    state = fields.String(required=True)
    user_name = fields.String(required=True)
    how = fields.Nested(Bilingual, required=True, allow_none=True)


class VisitDetail(Message):
    visit = fields.Nested(VisitFacts, required=True)
    records = fields.List(fields.Nested(RecordMessage), required=True)
    revisions = fields.List(fields.Nested(RevisionDetail), required=True)
    decisions = fields.List(fields.Nested(DecisionLine), required=True)
    notes = fields.List(fields.Nested(NoteMessage), required=True)
    history = fields.List(fields.Nested(HistoryLine), required=True)
    follows = fields.List(fields.Nested(FollowLine), required=True)


class CompareQuery(Message):
    from_revision = uuid_field(required=True, data_key="from")
    to_revision = uuid_field(required=True, data_key="to")


class ComparedRow(Message):
    path = fields.String(required=True)
    label = fields.Nested(Bilingual, required=True)
    group = fields.Nested(Bilingual, required=True, allow_none=True)
    before = fields.Nested(AnswerLine, required=True, allow_none=True)
    after = fields.Nested(AnswerLine, required=True, allow_none=True)
    changed = fields.Boolean(required=True)
    asked = fields.String(required=True, allow_none=True)
    answer = fields.Nested(FieldAnswerMessage, required=True, allow_none=True)


class ComparedRecord(Message):
    record = uuid_field(required=True)
    title = fields.Nested(Bilingual, required=True)
    about = fields.String(required=True, allow_none=True)
    rows = fields.List(fields.Nested(ComparedRow), required=True)


class ComparedMessage(Message):
    from_revision = fields.Nested(RevisionMessage, required=True, data_key="from", attribute="from")
    to_revision = fields.Nested(RevisionMessage, required=True, data_key="to", attribute="to")
    records = fields.List(fields.Nested(ComparedRecord), required=True)


class NewNoteMessage(Message):
    text = fields.String(required=True, validate=some_words(MOST_NOTE))


class CommentMessage(Message):
    record = uuid_field(required=True)
    path = fields.String(required=True, validate=validate.Length(min=1, max=MOST_PATH))
    text = fields.String(required=True, validate=some_words(2000))


class DraftMessage(Message):
    makes = Draft

    kind = fields.String(required=True, validate=validate.OneOf(("approve", "return")))
    revision = uuid_field(required=True)
    words = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    by_day = fields.Date(load_default=None, allow_none=True)  # of a return: today, or up to 60 days ahead
    comments = fields.List(
        fields.Nested(CommentMessage), load_default=list, validate=validate.Length(max=MOST_ASKED)
    )


class DecisionMessage(Message):
    id = uuid_field(required=True)
    visit = uuid_field(required=True, attribute="visit_id")
    revision = uuid_field(required=True, attribute="revision_id")
    kind = fields.String(required=True)
    undoes = uuid_field(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    by_day = fields.Date(required=True, allow_none=True)
    comments = fields.List(fields.Nested(CommentMessage), required=True)
    at = fields.Function(lambda decision: clock.iso(decision.at))


class ApprovalItem(Message):
    visit = uuid_field(required=True)
    revision = uuid_field(required=True)


class ApprovalsMessage(Message):
    items = fields.List(fields.Nested(ApprovalItem), required=True, validate=validate.Length(1, 200))


class SettledMessage(Message):
    visit = uuid_field(required=True)
    decision = fields.Nested(DecisionMessage, required=True, allow_none=True)
    problem = fields.Dict(required=True, allow_none=True)


class ApprovalsAnswer(Message):
    results = fields.List(fields.Nested(SettledMessage), required=True)


class ChangesQuery(Message):
    since = fields.String(load_default="", validate=validate.Regexp(r"[0-9]{0,18}\Z"))


class ChangesAnswer(Message):
    token = fields.String(required=True)
    changed = fields.Integer(required=True)


class NamedMessage(Message):
    id = uuid_field(required=True)
    name = fields.String(required=True)


class NamedBothMessage(Message):
    id = uuid_field(required=True)
    name = fields.Nested(Bilingual, required=True)


class FormName(Message):
    form = fields.String(required=True)
    title = fields.Nested(Bilingual, required=True)


class FiltersAnswer(Message):
    teams = fields.List(fields.Nested(NamedBothMessage), required=True)
    communities = fields.List(fields.Nested(NamedMessage), required=True)
    forms = fields.List(fields.Nested(FormName), required=True)
    volunteers = fields.List(fields.Nested(NamedMessage), required=True)
    flags = fields.List(fields.String(), required=True)
