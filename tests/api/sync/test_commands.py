"""[S11] Each kind of op that the server reads it can carry out: known or deferred, never lost."""

from __future__ import annotations

from flask import Flask

from server.visits import commands
from sync.ops import BODIES


def test_every_kind_that_can_be_read_can_be_carried_out(app: Flask) -> None:
    assert set(commands.CARRY) == set(BODIES)
