"""The first tables: counties, people and devices, entities, teams, forms, visits, reviews, feeds, ledger.

Written out rather than taken from the models, so that this step stays what it was when the models move on; a
test holds that all steps together give what the models say, on both databases.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", sa.String(36), nullable=True),
        sa.Column("device_id", sa.String(36), nullable=True),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("target_kind", sa.String(64), nullable=True),
        sa.Column("target_id", sa.String(128), nullable=True),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("request_id", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_audit_rows"),
    )
    op.create_index("ix_audit_rows_org_id_at", "audit_rows", ["org_id", "at"])
    op.create_index(
        "ix_audit_rows_org_id_target_kind_target_id", "audit_rows", ["org_id", "target_kind", "target_id"]
    )
    op.create_table(
        "entities",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("list", sa.String(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("properties", JSON, nullable=False),
        sa.Column("written", JSON, nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("community_id", sa.String(36), nullable=True),
        sa.Column("parent_id", sa.String(36), nullable=True),
        sa.Column("kind", sa.String(64), nullable=True),
        sa.Column("version", sa.String(36), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_entities"),
    )
    op.create_index("ix_entities_org_id_list_community_id", "entities", ["org_id", "list", "community_id"])
    op.create_index("ix_entities_org_id_list_pinyin", "entities", ["org_id", "list", "pinyin"])
    op.create_index("ix_entities_org_id_parent_id", "entities", ["org_id", "parent_id"])
    op.create_table(
        "feed_heads",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("feed", sa.String(96), nullable=False),
        sa.Column("seq", COUNT, nullable=False),
        sa.Column("floor", COUNT, nullable=False),
        sa.Column("alive", COUNT, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "feed", name="pk_feed_heads"),
    )
    op.create_table(
        "feed_rows",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("feed", sa.String(96), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("id", sa.String(96), nullable=False),
        sa.Column("seq", COUNT, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("tombstone", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "feed", "kind", "id", name="pk_feed_rows"),
    )
    op.create_index("ix_feed_rows_org_id_feed_seq", "feed_rows", ["org_id", "feed", "seq"])
    op.create_table(
        "forms",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("programme", sa.String(64), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("current_version", sa.String(64), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "key", name="pk_forms"),
    )
    op.create_table(
        "jobs",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("asked", JSON, nullable=False),
        sa.Column("done_rows", COUNT, nullable=False),
        sa.Column("total_rows", COUNT, nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("problem", JSON, nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("heartbeat_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_org_id_state_created_at", "jobs", ["org_id", "state", "created_at"])
    op.create_table(
        "ledger_entries",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("op_id", sa.String(36), nullable=False),
        sa.Column("device_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("n", COUNT, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("code", sa.String(64), nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "op_id", name="pk_ledger_entries"),
    )
    op.create_index("ix_ledger_entries_org_id_device_id_n", "ledger_entries", ["org_id", "device_id", "n"])
    op.create_table(
        "limit_counters",
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "window", name="pk_limit_counters"),
    )
    op.create_table(
        "once_answers",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("request_sha256", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "user_id", "key", name="pk_once_answers"),
    )
    op.create_table(
        "orgs",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("duty_phone", sa.String(64), nullable=True),
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_orgs"),
    )
    op.create_table(
        "quarantine_items",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("op_id", sa.String(36), nullable=True),
        sa.Column("device_id", sa.String(36), nullable=True),
        sa.Column("user_id", sa.String(36), nullable=True),
        sa.Column("team_id", sa.String(36), nullable=True),
        sa.Column("community_id", sa.String(36), nullable=True),
        sa.Column("visit_id", sa.String(36), nullable=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("bytes", COUNT, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(36), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_quarantine_items"),
    )
    op.create_index("ix_quarantine_items_org_id_op_id", "quarantine_items", ["org_id", "op_id"])
    op.create_index(
        "ix_quarantine_items_org_id_state_received_at", "quarantine_items", ["org_id", "state", "received_at"]
    )
    op.create_table(
        "teams",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("programme", sa.String(64), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_teams"),
    )
    op.create_table(
        "users",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("username", sa.String(64), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_users"),
        sa.UniqueConstraint("org_id", "username", name="uq_users_org_id_username"),
    )
    op.create_table(
        "desk_sessions",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("current_sha256", sa.String(64), nullable=False),
        sa.Column("previous_sha256", sa.String(64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_desk_sessions"),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_desk_sessions_org_id_user_id"
        ),
    )
    op.create_index("ix_desk_sessions_org_id_user_id", "desk_sessions", ["org_id", "user_id"])
    op.create_table(
        "devices",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("public_key", JSON, nullable=False),
        sa.Column("thumbprint", sa.String(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.Column("heard_at", MOMENT, nullable=True),
        sa.Column("manifest", JSON, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_devices"),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_devices_org_id_user_id"
        ),
        sa.UniqueConstraint("org_id", "user_id", "thumbprint", name="uq_devices_org_id_user_id_thumbprint"),
    )
    op.create_index("ix_devices_org_id_user_id", "devices", ["org_id", "user_id"])
    op.create_table(
        "enrolment_codes",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("code_sha256", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("used_by_device", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_enrolment_codes"),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_enrolment_codes_org_id_user_id"
        ),
        sa.UniqueConstraint("org_id", "code_sha256", name="uq_enrolment_codes_org_id_code_sha256"),
    )
    op.create_index("ix_enrolment_codes_org_id_user_id", "enrolment_codes", ["org_id", "user_id"])
    op.create_table(
        "form_versions",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("bytes", COUNT, nullable=False),
        sa.Column("xform", sa.LargeBinary(), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "form", "version", name="pk_form_versions"),
        sa.ForeignKeyConstraint(
            ["org_id", "form"], ["forms.org_id", "forms.key"], name="fk_form_versions_org_id_form"
        ),
    )
    op.create_table(
        "grants",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("scope_kind", sa.String(64), nullable=False),
        sa.Column("scope_id", sa.String(36), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_grants"),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_grants_org_id_user_id"
        ),
    )
    op.create_index("ix_grants_org_id_user_id", "grants", ["org_id", "user_id"])
    op.create_table(
        "memberships",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("team_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_memberships"),
        sa.ForeignKeyConstraint(
            ["org_id", "team_id"], ["teams.org_id", "teams.id"], name="fk_memberships_org_id_team_id"
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_memberships_org_id_user_id"
        ),
    )
    op.create_index("ix_memberships_org_id_team_id", "memberships", ["org_id", "team_id"])
    op.create_index("ix_memberships_org_id_user_id", "memberships", ["org_id", "user_id"])
    op.create_table(
        "pairs",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("team_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=True),
        sa.Column("entity_id", sa.String(36), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("last_seen_how", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_pairs"),
        sa.ForeignKeyConstraint(
            ["org_id", "entity_id"], ["entities.org_id", "entities.id"], name="fk_pairs_org_id_entity_id"
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "team_id"], ["teams.org_id", "teams.id"], name="fk_pairs_org_id_team_id"
        ),
    )
    op.create_index("ix_pairs_org_id_entity_id", "pairs", ["org_id", "entity_id"])
    op.create_index("ix_pairs_org_id_team_id", "pairs", ["org_id", "team_id"])
    op.create_index("ix_pairs_org_id_user_id", "pairs", ["org_id", "user_id"])
    op.create_table(
        "team_places",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("team_id", sa.String(36), nullable=False),
        sa.Column("place_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "team_id", "place_id", name="pk_team_places"),
        sa.ForeignKeyConstraint(
            ["org_id", "team_id"], ["teams.org_id", "teams.id"], name="fk_team_places_org_id_team_id"
        ),
    )
    op.create_index("ix_team_places_org_id_place_id", "team_places", ["org_id", "place_id"])
    op.create_table(
        "visits",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("team_id", sa.String(36), nullable=False),
        sa.Column("programme", sa.String(64), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("device_id", sa.String(36), nullable=True),
        sa.Column("subject_list", sa.String(64), nullable=True),
        sa.Column("subject_id", sa.String(36), nullable=True),
        sa.Column("place_id", sa.String(36), nullable=True),
        sa.Column("community_id", sa.String(36), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("check_in_at", MOMENT, nullable=False),
        sa.Column("check_out_at", MOMENT, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("current_revision", sa.String(36), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("flags", JSON, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_visits"),
        sa.ForeignKeyConstraint(
            ["org_id", "team_id"], ["teams.org_id", "teams.id"], name="fk_visits_org_id_team_id"
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "user_id"], ["users.org_id", "users.id"], name="fk_visits_org_id_user_id"
        ),
    )
    op.create_index("ix_visits_org_id_changed_at", "visits", ["org_id", "changed_at"])
    op.create_index("ix_visits_org_id_community_id_day", "visits", ["org_id", "community_id", "day"])
    op.create_index("ix_visits_org_id_form_day", "visits", ["org_id", "form", "day"])
    op.create_index("ix_visits_org_id_state_received_at", "visits", ["org_id", "state", "received_at"])
    op.create_index("ix_visits_org_id_subject_id_day", "visits", ["org_id", "subject_id", "day"])
    op.create_index("ix_visits_org_id_team_id_day", "visits", ["org_id", "team_id", "day"])
    op.create_index("ix_visits_org_id_user_id_day", "visits", ["org_id", "user_id", "day"])
    op.create_table(
        "participants",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "visit_id", "user_id", name="pk_participants"),
        sa.ForeignKeyConstraint(
            ["org_id", "visit_id"], ["visits.org_id", "visits.id"], name="fk_participants_org_id_visit_id"
        ),
    )
    op.create_index(
        "ix_participants_org_id_user_id_came_at", "participants", ["org_id", "user_id", "came_at"]
    )
    op.create_table(
        "revisions",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.String(36), nullable=True),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("device_id", sa.String(36), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("at", JSON, nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        sa.Column("clock_certain", sa.Boolean(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_revisions"),
        sa.ForeignKeyConstraint(
            ["org_id", "visit_id"], ["visits.org_id", "visits.id"], name="fk_revisions_org_id_visit_id"
        ),
        sa.UniqueConstraint("org_id", "visit_id", "number", name="uq_revisions_org_id_visit_id_number"),
    )
    op.create_table(
        "decisions",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("revision_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("undoes", sa.String(36), nullable=True),
        sa.Column("comments", JSON, nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_user_id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_decisions"),
        sa.ForeignKeyConstraint(
            ["org_id", "by_user_id"], ["users.org_id", "users.id"], name="fk_decisions_org_id_by_user_id"
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "revision_id"],
            ["revisions.org_id", "revisions.id"],
            name="fk_decisions_org_id_revision_id",
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "visit_id"], ["visits.org_id", "visits.id"], name="fk_decisions_org_id_visit_id"
        ),
    )
    op.create_index("ix_decisions_org_id_by_user_id", "decisions", ["org_id", "by_user_id"])
    op.create_index("ix_decisions_org_id_revision_id", "decisions", ["org_id", "revision_id"])
    op.create_index("ix_decisions_org_id_visit_id_at", "decisions", ["org_id", "visit_id", "at"])
    op.create_table(
        "records",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("revision_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("form_version", sa.String(64), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("list_rows", JSON, nullable=False),
        sa.Column("attachments", JSON, nullable=False),
        sa.Column("instance_id", sa.String(96), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "revision_id", "id", name="pk_records"),
        sa.ForeignKeyConstraint(
            ["org_id", "revision_id"],
            ["revisions.org_id", "revisions.id"],
            name="fk_records_org_id_revision_id",
        ),
    )
    op.create_table(
        "record_rows",
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("revision_id", sa.String(36), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("repeat", sa.String(128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("answers", JSON, nullable=False),
        sa.PrimaryKeyConstraint(
            "org_id", "revision_id", "record_id", "repeat", "position", name="pk_record_rows"
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "revision_id", "record_id"],
            ["records.org_id", "records.revision_id", "records.id"],
            name="fk_record_rows_org_id_revision_id_record_id",
        ),
    )


def downgrade() -> None:
    op.drop_table("record_rows")
    op.drop_table("records")
    op.drop_table("decisions")
    op.drop_table("revisions")
    op.drop_table("participants")
    op.drop_table("visits")
    op.drop_table("team_places")
    op.drop_table("pairs")
    op.drop_table("memberships")
    op.drop_table("grants")
    op.drop_table("form_versions")
    op.drop_table("enrolment_codes")
    op.drop_table("devices")
    op.drop_table("desk_sessions")
    op.drop_table("users")
    op.drop_table("teams")
    op.drop_table("quarantine_items")
    op.drop_table("orgs")
    op.drop_table("once_answers")
    op.drop_table("limit_counters")
    op.drop_table("ledger_entries")
    op.drop_table("jobs")
    op.drop_table("forms")
    op.drop_table("feed_rows")
    op.drop_table("feed_heads")
    op.drop_table("entities")
    op.drop_table("audit_rows")
