"""A photo is received first and looked over afterwards: when it is due, and how often it was begun.

All that are here by now have been looked over. An older server beside this one shows a photo some moments
before it has been looked over, as bytes of no type.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DUE = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("photos", sa.Column("look_at", MOMENT, nullable=True))
    op.add_column("photos", sa.Column("look_tries", COUNT, nullable=False, server_default="0"))
    op.create_index("ix_photos_look_at", "photos", ["look_at"], postgresql_where=DUE, sqlite_where=DUE)


def downgrade() -> None:
    op.drop_index("ix_photos_look_at", "photos")
    op.drop_column("photos", "look_tries")
    op.drop_column("photos", "look_at")
