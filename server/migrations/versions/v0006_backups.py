"""Until when all that was committed lies in a finished backup (rule S14); null: nobody has made one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("orgs", sa.Column("backed_up_to", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("orgs", "backed_up_to")
