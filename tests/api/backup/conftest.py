"""A county in a folder of its own, whose server can be stopped, backed up and restored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.backup import making, restoring
from server.backup.manifest import Manifest
from server.backup.restoring import Restored
from server.base import db
from server.base.blobs import Blobs
from server.base.settings import Settings
from server.photos import cleaning
from tests.conftest import SECRET, Clock
from tests.factories.county import County
from tests.factories.phone import Phone


class House:
    """One server's folder, the folder of its backups, and the app over it."""

    def __init__(self, county: County, settings: Settings, backups: Path, clock: Clock) -> None:
        self.county, self.settings, self.backups, self.clock = county, settings, backups, clock

    def back_up(self, **more: Any) -> tuple[Path, Manifest]:
        self.clock.forward(seconds=1)
        with self.county.app.app_context():
            made = making.make(self.settings, self.backups, self.clock(), **more)
        self.clock.forward(seconds=1)
        return made

    def restore(self, folder: Path, data: Path | None = None, **more: Any) -> Restored:
        """Into the same place, or another one; then the server is there again."""
        db.close(self.county.app)
        self.settings = replace(self.settings, data=data or self.settings.data)
        done = restoring.restore(self.settings, folder, self.clock(), **more)
        self.start()
        return done

    def start(self) -> None:
        app = create_app(self.settings)
        app.config.update(CLOCK=self.clock, TESTING=False, PROPAGATE_EXCEPTIONS=False)
        self.county.app = app
        for phone in self.county.phones.values():
            phone.client = app.test_client()

    def at(self, phone: Phone) -> Phone:
        phone.client = self.county.app.test_client()
        return phone

    @property
    def blobs(self) -> Blobs:
        return Blobs.of(self.settings)

    def damages(self) -> list[str]:
        with self.county.app.app_context():
            return [one.key for one in cleaning.verify(self.blobs, deep=True) if one.harmful]

    def backed_up_to(self) -> datetime | None:
        said = self.county.phone().sync()["backed_up_to"]
        return datetime.fromisoformat(said) if said else None


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    data = tmp_path / "data"
    data.mkdir()
    (data / "lianxin.sqlite").write_bytes(sqlite_template.read_bytes())
    return Settings(data=data, secret=SECRET, log_level="error")


@pytest.fixture
def house(county: County, settings: Settings, tmp_path: Path, clock: Clock) -> Any:
    house = House(county, settings, tmp_path / "backups", clock)
    yield house
    db.close(house.county.app)
