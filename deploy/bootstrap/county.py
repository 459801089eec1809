"""Runs inside the environment, for what `deploy/run` must know of the database, or do to a demo in it.

`kind` prints `none`, `demo` or `real`: invented people must never stand among real ones. `passwords` gives
all desk accounts of a demo the password of `LIANXIN_DEMO_PASSWORD`, so that a demo which was made for this
machine alone has no well-known password left when others may reach it.
"""

from __future__ import annotations

import sys

from sqlalchemy import create_engine, select

from server.accounts import passwords, service
from server.accounts.models import User
from server.app import create_app
from server.base import clock
from server.base.db import session, writing
from server.base.models import Org
from server.base.settings import Settings


def kind() -> str:
    """What the database holds, asked without making an application."""
    engine = create_engine(Settings.from_environment().url)
    with engine.connect() as connection:
        demos = connection.scalars(select(Org.is_demo)).all()
    engine.dispose()
    if not demos:
        return "none"
    return "demo" if all(demos) else "real"


def set_passwords(settings: Settings) -> int:
    """Give every desk account of the demo the password of the settings; how many there are."""
    kept = passwords.hashed(settings.demo_password)
    app = create_app(settings)
    with app.app_context(), writing():
        desks = session.scalars(
            select(User).join(Org, Org.id == User.org_id).where(Org.is_demo, User.username.is_not(None))
        ).all()
        for user in desks:
            service.set_password(user.org_id, user.id, kept, clock.now())
    return len(desks)


if __name__ == "__main__":
    print(kind() if sys.argv[1] == "kind" else set_passwords(Settings.from_environment()))
