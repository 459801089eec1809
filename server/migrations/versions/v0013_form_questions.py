"""How many questions a form's version asks stands beside it: a list of versions reads no definition for it.

What an older server beside this one publishes meanwhile is listed with 0.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
VERSIONS = sa.table(
    "form_versions",
    sa.column("org_id", sa.Integer()),
    sa.column("form", sa.String()),
    sa.column("version", sa.String()),
    sa.column("definition", JSON),
    sa.column("questions", COUNT),
)
KEY = (VERSIONS.c.org_id, VERSIONS.c.form, VERSIONS.c.version)


def upgrade() -> None:
    op.add_column("form_versions", sa.Column("questions", COUNT, nullable=False, server_default="0"))
    bind = op.get_bind()
    for key in bind.execute(sa.select(*KEY)).all():  # one definition at a time: they are large
        this = sa.and_(*(column == value for column, value in zip(KEY, key, strict=True)))
        fields = bind.execute(sa.select(VERSIONS.c.definition).where(this)).scalar_one()["fields"]
        asked = sum(not field["calculated"] for field in fields)
        bind.execute(sa.update(VERSIONS).where(this).values(questions=asked))


def downgrade() -> None:
    op.drop_column("form_versions", "questions")
