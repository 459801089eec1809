"""A revision may build on several: what two sides made of one visit, merged or settled (rule S6).

``base`` stays what a phone says, one name. ``merges`` is null for every revision of a single line, so that
what came before needs nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("revisions", sa.Column("merges", JSON, nullable=True))


def downgrade() -> None:
    op.drop_column("revisions", "merges")
