"""Runs inside the environment: prints `none`, `demo` or `real`, for what the database holds.

`deploy/run` asks before it fills a demo county, so that invented people never stand among real ones.
"""

from __future__ import annotations

from sqlalchemy import create_engine, select

from server.base.models import Org
from server.base.settings import Settings


def kind() -> str:
    with create_engine(Settings.from_environment().url).connect() as connection:
        demos = connection.scalars(select(Org.is_demo)).all()
    if not demos:
        return "none"
    return "demo" if all(demos) else "real"


if __name__ == "__main__":
    print(kind())
