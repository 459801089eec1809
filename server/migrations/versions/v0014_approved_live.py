"""Where a person lives is asked of their approved live visits with every visit that comes: these get an index
of their own, which holds no others, instead of being looked for among all visits of the person.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NAME = "ix_visits_approved_live"
APPROVED_LIVE = sa.text("state = 'approved' AND entry = 'live'")


def upgrade() -> None:
    op.create_index(
        NAME,
        "visits",
        ["org_id", "subject_id", "day"],
        sqlite_where=APPROVED_LIVE,
        postgresql_where=APPROVED_LIVE,
    )


def downgrade() -> None:
    op.drop_index(NAME, "visits")
