"""Names that the server gives."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from server.base import clock
from sync.core import ids

NOON = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 4, 0, 1, tzinfo=UTC)


def test_names_of_one_moment_sort_as_they_were_made() -> None:
    """[S2] Two ops of one batch stand aside in their order: by chance the second came first in the list of
    the desk, and a release took the wrong one (seed 409 of the simulation)."""
    app = Flask(__name__)
    app.config["CHANCE"] = lambda count: b"\xff" * count  # the largest beginning, and the largest steps
    with app.app_context():
        names = [clock.new_id(NOON) for _ in range(1_000)] + [clock.new_id(LATER)]
    assert names == sorted(set(names))
    assert all(ids.is_uuid7(name) for name in names)
