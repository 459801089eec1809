"""[S4] [S12] What stood before returns named fields: comments get their record, visits a new version."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, text

from server import migrations
from server.base.db import schema_engine
from server.base.settings import Settings
from sync.core import digest
from tests.conftest import SECRET

USER, VISIT, REVISION, RECORD, DECISION, TEAM = (
    f"0193a000-0000-7000-8000-{number:012d}" for number in range(1, 7)
)
FEED, AT = f"user:{USER}", "2026-11-24 01:02:03.456"
ROWS = {("visit", VISIT): f"{REVISION}.1.1", ("me", USER): "abc"}


def put(connection: Connection, table: str, **values: object) -> None:
    names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def old_rows(connection: Connection) -> None:
    put(connection, "teams", org_id=1, id=TEAM, programme="p", name_zh="", name_en="", active=True)
    put(
        connection, "users", org_id=1, id=USER, username=None, password_hash=None, name="单秀云", pinyin="",
        language="zh", active=True, created_at=AT,
    )  # fmt: skip
    put(
        connection, "visits", org_id=1, id=VISIT, team_id=TEAM, programme="p", form="f", user_id=USER,
        day="2026-11-24", check_in_at=AT, entry="live", state="returned", current_revision=REVISION,
        revisions=1, flags="[]", received_at=AT, changed_at=AT,
    )  # fmt: skip
    put(
        connection, "revisions", org_id=1, id=REVISION, visit_id=VISIT, number=1, user_id=USER, facts="{}",
        at="{}", corrected_at=AT, clock_certain=True, received_at=AT,
    )  # fmt: skip
    put(
        connection, "records", org_id=1, revision_id=REVISION, id=RECORD, position=0, form="f",
        form_version="1", xml=b"<data/>", answers="{}", list_rows="{}", attachments="[]", instance_id="i",
    )  # fmt: skip
    put(
        connection, "decisions", org_id=1, id=DECISION, visit_id=VISIT, revision_id=REVISION, kind="return",
        comments='[{"path": "/data/a", "text": "?"}]', words=None, by_user_id=USER, at=AT,
    )  # fmt: skip
    sum = digest.of((kind, id, version) for (kind, id), version in ROWS.items())
    put(connection, "feed_heads", org_id=1, feed=FEED, seq=2, floor=0, alive=2, digest=sum)
    for seq, ((kind, id), version) in enumerate(ROWS.items(), start=1):
        put(
            connection, "feed_rows", org_id=1, feed=FEED, kind=kind, id=id, seq=seq, version=version,
            tombstone=False, at=AT,
        )  # fmt: skip


def test_rows_from_before_are_taken_along(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, secret=SECRET)
    migrations.upgrade(settings, "0003")
    engine = schema_engine(settings)
    try:
        with engine.begin() as connection:
            old_rows(connection)
        migrations.upgrade(settings, "0004")
        with engine.connect() as connection:
            (comments,) = connection.execute(text("SELECT comments FROM decisions")).one()
            assert json.loads(comments) == [{"record": RECORD, "path": "/data/a", "text": "?"}]
            rows = connection.execute(text("SELECT kind, id, version, seq FROM feed_rows ORDER BY seq")).all()
            assert [tuple(row) for row in rows] == [
                ("me", USER, "abc", 2),
                ("visit", VISIT, f"{REVISION}.1.1.0", 3),
            ]
            seq, sum = connection.execute(text("SELECT seq, digest FROM feed_heads")).one()
            assert (seq, sum) == (3, digest.of((kind, id, version) for kind, id, version, _ in rows))
    finally:
        engine.dispose()
