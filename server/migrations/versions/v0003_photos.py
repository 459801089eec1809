"""Photos and recordings: what was promised, what has come, previews, and how far the rest is.

Nothing is taken over from before: until now no form could ask for a file, so no record names one. An older
server beside this one never looks at these tables; phones keep what it gives no receipt for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "photos",
        *_key("sha256"),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("type", sa.String(64), nullable=True),
        sa.Column("bytes", COUNT, nullable=False),
        sa.Column("aside", sa.String(64), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("landed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "sha256", name="pk_photos"),
    )
    op.create_index("ix_photos_org_id_made_at", "photos", ["org_id", "made_at"])
    op.create_table(
        "photo_refs",
        *_key("op_id", "record_id", "sha256"),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("device_id", sa.String(36), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("lost_op", sa.String(36), nullable=True),
        sa.Column("lost_reason", sa.String(64), nullable=True),
        sa.Column("lost_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "op_id", "record_id", "sha256", name="pk_photo_refs"),
        _of_photo("photo_refs"),
    )
    op.create_index("ix_photo_refs_org_id_sha256_user_id", "photo_refs", ["org_id", "sha256", "user_id"])
    op.create_index("ix_photo_refs_org_id_visit_id", "photo_refs", ["org_id", "visit_id"])
    op.create_table(
        "photo_holders",
        *_key("sha256", "user_id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "sha256", "user_id", name="pk_photo_holders"),
        _of_photo("photo_holders"),
    )
    op.create_table(
        "photo_previews",
        *_key("sha256", "user_id"),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "sha256", "user_id", name="pk_photo_previews"),
        _of_photo("photo_previews"),
    )
    op.create_table(
        "photo_partials",
        *_key("sha256", "device_id"),
        sa.Column("total", COUNT, nullable=False),
        sa.Column("offset", COUNT, nullable=False),
        sa.Column("pieces", JSON, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "sha256", "device_id", name="pk_photo_partials"),
    )
    op.create_index("ix_photo_partials_org_id_touched_at", "photo_partials", ["org_id", "touched_at"])


def downgrade() -> None:
    for table in ("photo_partials", "photo_previews", "photo_holders", "photo_refs", "photos"):
        op.drop_table(table)


def _key(*names: str) -> list[sa.Column[object]]:
    """The county, then the columns of the primary key."""
    columns: list[sa.Column[object]] = [
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False)
    ]
    return columns + [
        sa.Column(name, sa.String(64 if name == "sha256" else 36), nullable=False) for name in names
    ]


def _of_photo(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["org_id", "sha256"], ["photos.org_id", "photos.sha256"], name=f"fk_{table}_org_id_sha256"
    )
