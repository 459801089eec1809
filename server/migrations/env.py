"""What Alembic runs. The connection comes from ``server.migrations``: there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from server.migrations import options

context.configure(connection=context.config.attributes["connection"], **options())
with context.begin_transaction():
    context.run_migrations()
