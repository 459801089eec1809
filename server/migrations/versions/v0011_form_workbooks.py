"""A form's version keeps the workbook that it was published from, so that the next one can begin with it.

Versions that were published before have none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("form_versions", sa.Column("workbook", sa.LargeBinary(), nullable=True))
    op.add_column("form_versions", sa.Column("workbook_suffix", sa.String(8), nullable=True))


def downgrade() -> None:
    op.drop_column("form_versions", "workbook_suffix")
    op.drop_column("form_versions", "workbook")
