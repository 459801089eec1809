"""A pair knows the visit that put its person on a list: whoever registers somebody looks after them at once,
and who reviews the visit sees that and may say otherwise.

Pairs that were made before keep none: a supervisor made them, or nobody knows any more which visit did. That
a matter is closed, as its properties say, is written with its next change.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("pairs", sa.Column("visit_id", sa.String(36), nullable=True))
    op.create_index("ix_pairs_org_id_visit_id", "pairs", ["org_id", "visit_id"])


def downgrade() -> None:
    op.drop_index("ix_pairs_org_id_visit_id", "pairs")
    op.drop_column("pairs", "visit_id")
