"""Visits say by a column of their own that help is needed now, so that a list can begin with them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("visits", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    _mark()


def downgrade() -> None:
    op.drop_column("visits", "urgent")


def _mark() -> None:
    """The visits that came in before the column was there."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT v.org_id, v.id, CAST(r.answers AS TEXT) FROM visits v JOIN records r"
            " ON r.org_id = v.org_id AND r.revision_id = v.current_revision"
            " WHERE CAST(r.answers AS TEXT) LIKE '%\"urgent\"%'"
        )
    ).all()
    for org_id, visit, answers in rows:
        if any(path.endswith("/need") and said == "urgent" for path, said in json.loads(answers).items()):
            connection.execute(
                sa.text("UPDATE visits SET urgent = :urgent WHERE org_id = :org AND id = :visit"),
                {"urgent": True, "org": org_id, "visit": visit},
            )
