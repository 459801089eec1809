"""Returns that name fields and a day, withdrawals, notes, notices, revisions that were mended at the desk.

What a return asks about is now a record's field, so comments that only have a path get the first record of
their revision. A visit says more on its author's phone, so the versions of those changes get a fourth number:
every phone then reads its visits once more.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from sync.core import digest

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("decisions", sa.Column("by_day", sa.Date(), nullable=True))
    op.add_column("revisions", sa.Column("correction", JSON, nullable=True))
    op.add_column("revisions", sa.Column("why", sa.String(64), nullable=True))
    op.add_column("revisions", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("revisions", sa.Column("mends", sa.String(36), nullable=True))
    _withdrawals()
    _notes()
    _notices()
    _name_the_records()
    _renew_the_versions()


def downgrade() -> None:
    for table in ("notices", "notes", "withdrawals"):
        op.drop_table(table)
    for column in ("mends", "reason", "why", "correction"):
        op.drop_column("revisions", column)
    op.drop_column("decisions", "by_day")


def _withdrawals() -> None:
    op.create_table(
        "withdrawals",
        *_key(),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("revision_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_withdrawals"),
        _refers("withdrawals", "visit_id", "visits"),
        _refers("withdrawals", "revision_id", "revisions"),
        _refers("withdrawals", "user_id", "users"),
    )
    op.create_index("ix_withdrawals_org_id_visit_id_at", "withdrawals", ["org_id", "visit_id", "at"])
    op.create_index("ix_withdrawals_org_id_revision_id", "withdrawals", ["org_id", "revision_id"])
    op.create_index("ix_withdrawals_org_id_user_id", "withdrawals", ["org_id", "user_id"])


def _notes() -> None:
    op.create_table(
        "notes",
        *_key(),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_notes"),
        _refers("notes", "visit_id", "visits"),
        _refers("notes", "user_id", "users"),
    )
    op.create_index("ix_notes_org_id_visit_id_at", "notes", ["org_id", "visit_id", "at"])
    op.create_index("ix_notes_org_id_user_id", "notes", ["org_id", "user_id"])


def _notices() -> None:
    op.create_table(
        "notices",
        *_key(),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("desk", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("visit_id", sa.String(36), nullable=True),
        sa.Column("item_id", sa.String(36), nullable=True),
        sa.Column("by_user_id", sa.String(36), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("org_id", "id", name="pk_notices"),
        _refers("notices", "user_id", "users"),
    )
    op.create_index("ix_notices_org_id_user_id_id", "notices", ["org_id", "user_id", "id"])
    op.create_index("ix_notices_org_id_at", "notices", ["org_id", "at"])


def _key() -> list[sa.Column[Any]]:
    return [
        sa.Column("org_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False),
    ]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_org_id_{column}"
    return sa.ForeignKeyConstraint(["org_id", column], [f"{to}.org_id", f"{to}.id"], name=name)


def _name_the_records() -> None:
    """Comments that were made while a return could only name a path."""
    connection = op.get_bind()
    decisions = sa.table("decisions", sa.column("org_id"), sa.column("id"), sa.column("comments", JSON))
    rows = connection.execute(
        sa.text(
            "SELECT d.org_id, d.id, CAST(d.comments AS TEXT), r.id FROM decisions d JOIN records r"
            " ON r.org_id = d.org_id AND r.revision_id = d.revision_id AND r.position = 0"
            " WHERE CAST(d.comments AS TEXT) LIKE '%\"path\"%'"
        )
    ).all()
    for org_id, decision, comments, record in rows:
        named = [{"record": record, **comment} for comment in json.loads(comments)]
        connection.execute(
            decisions.update()
            .where(decisions.c.org_id == org_id, decisions.c.id == decision)
            .values(comments=named)
        )


def _renew_the_versions() -> None:
    """Each visit in its author's feed moves to the feed's end under a new version, and the digest with it."""
    connection = op.get_bind()
    heads = connection.execute(
        sa.text(
            "SELECT org_id, feed, seq, digest FROM feed_heads WHERE feed LIKE 'user:%' ORDER BY org_id, feed"
        )
    ).all()
    for org_id, feed, seq, before in heads:
        rows = connection.execute(
            sa.text(
                "SELECT id, version FROM feed_rows WHERE org_id = :org AND feed = :feed AND kind = 'visit'"
                " AND NOT tombstone ORDER BY seq"
            ),
            {"org": org_id, "feed": feed},
        ).all()
        for number, (visit, version) in enumerate(rows, start=1):
            connection.execute(
                sa.text(
                    "UPDATE feed_rows SET version = :version, seq = :seq"
                    " WHERE org_id = :org AND feed = :feed AND kind = 'visit' AND id = :visit"
                ),
                {"version": f"{version}.0", "seq": seq + number, "org": org_id, "feed": feed, "visit": visit},
            )
        after = digest.moved(
            before,
            add=[digest.row("visit", visit, f"{version}.0") for visit, version in rows],
            take=[digest.row("visit", visit, version) for visit, version in rows],
        )
        connection.execute(
            sa.text(
                "UPDATE feed_heads SET seq = :seq, digest = :digest WHERE org_id = :org AND feed = :feed"
            ),
            {"seq": seq + len(rows), "digest": after, "org": org_id, "feed": feed},
        )
