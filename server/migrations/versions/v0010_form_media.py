"""A form's version carries its own files: pictures, sounds and films of its labels, and lists.

They lie in the database as the XForms do: published in one transaction with the version that names them, in
every backup, and few. Which version needs which is said by the XForm.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0006"

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "form_media",
        sa.Column("org_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("bytes", COUNT, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "sha256", name=op.f("pk_form_media")),
    )


def downgrade() -> None:
    op.drop_table("form_media")
