"""A version that was published before says how many questions it asks, as its definition does."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from server import migrations
from server.base.db import schema_engine
from server.base.settings import Settings
from server.forms.definition import Definition
from tests.conftest import SECRET
from tests.factories.county import converted

AT = "2026-11-24 01:02:03.456"


def test_versions_from_before_are_counted(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, secret=SECRET)
    migrations.upgrade(settings, "0012")
    engine = schema_engine(settings)
    known: dict[str, Definition] = {
        form: converted(form).definition for form in ("day-care-visit", "daily-contact")
    }
    try:
        with engine.begin() as connection:
            for form, definition in known.items():
                head = {"key": form, "version": definition.version, "at": AT}
                connection.execute(
                    text(
                        "INSERT INTO forms (org_id, key, programme, title_zh, title_en, current_version,"
                        " changed_at) VALUES (1, :key, 'p', '', '', :version, :at)"
                    ),
                    head,
                )
                connection.execute(
                    text(
                        "INSERT INTO form_versions (org_id, form, version, sha256, bytes, xform, definition,"
                        " published_at) VALUES (1, :key, :version, :key, 1, x'20', :definition, :at)"
                    ),
                    {**head, "definition": json.dumps(definition.json())},
                )
        migrations.upgrade(settings, "0013")
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT form, questions FROM form_versions")).all()
        counted: dict[str, int] = {row.form: row.questions for row in rows}
        assert counted == {form: definition.questions for form, definition in known.items()}
        assert all(count > 5 for count in counted.values())
    finally:
        engine.dispose()
