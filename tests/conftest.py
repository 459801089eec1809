"""Fixtures for the Python tests: a clean database on SQLite and on PostgreSQL, an app over it, a fixed clock.

``database`` runs a test on both. The schema is made once per process, by the migrations; before each test all
rows go, which is quicker than making tables. ``LIANXIN_TEST_DATABASES=sqlite`` runs a test on one only.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from server import migrations
from server.app import create_app
from server.base import db
from server.base.settings import Settings
from server.base.tables import Table
from tests.cast import Cast
from tests.factories import postgres
from tests.factories.county import County
from tests.factories.kept import KeptCounty

SECRET = "a secret that only the tests know, long enough"
DATABASES = os.environ.get("LIANXIN_TEST_DATABASES", "sqlite,postgresql").split(",")


@dataclass
class Clock:
    """The server's time, held still until a test moves it."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 1, 2, 3, 456000, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> datetime:
        self.moment += timedelta(**span)
        return self.moment


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the migrations' head, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    migrations.upgrade(Settings(data=folder, secret=SECRET))
    return folder / "lianxin.sqlite"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[str], str]]:
    """A real PostgreSQL of this process: a function that makes a database and gives its URL."""
    with postgres.server() as make:
        yield make


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Callable[[str], str]) -> str:
    """A database at the migrations' head, shared by the process's tests and emptied before each."""
    url = postgres_server("lianxin")
    migrations.upgrade(Settings(database_url=url, secret=SECRET))
    return url


@pytest.fixture(scope="session")
def postgres_sweeper(postgres_url: str) -> Iterator[Engine]:
    engine = create_engine(postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a clean database; the test runs on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "lianxin.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite:///{file}"
    sweeper: Engine = request.getfixturevalue("postgres_sweeper")
    with sweeper.begin() as connection:
        deletes = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Table.metadata.sorted_tables))
        connection.exec_driver_sql(deletes)
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """What the app under test is told; a test that needs other settings overrides this fixture."""
    return Settings(
        data=tmp_path, database_url=database, secret=SECRET, pwa=str(tmp_path / "pwa"), log_level="error"
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_app(clock: Clock) -> Iterator[Callable[[Settings], Flask]]:
    """Make apps by hand (two workers on one database); their connections are closed at the end."""
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        app = create_app(settings)
        app.config.update(CLOCK=clock, TESTING=False, PROPAGATE_EXCEPTIONS=False)
        made.append(app)
        return app

    yield make
    for app in made:
        db.close(app)


@pytest.fixture
def app(make_app: Callable[[Settings], Flask], settings: Settings) -> Flask:
    return make_app(settings)


# pytest-flask gives `client`. Three of its own fixtures run before every test and are stood in for: they make
# the app before the test has laid out what it starts from, and push one context under all requests of a test,
# which hides what leaks between requests. On a server each request has its own.


@pytest.fixture(autouse=True)
def _push_request_context() -> None: ...


@pytest.fixture(autouse=True)
def _configure_application() -> None: ...


@pytest.fixture(autouse=True)
def _monkeypatch_response_class() -> None: ...


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    """The people of the tests, in the app's database."""
    return Cast(app, clock).arrive()


@pytest.fixture(scope="session")
def kept_county(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> KeptCounty:
    return KeptCounty(sqlite_template, tmp_path_factory.mktemp("counties"), SECRET)


@pytest.fixture
def county(app: Flask, clock: Clock, kept_county: KeptCounty) -> County:
    """A small county with teams, people, pairs and forms, and its phones and desks."""
    kept_county.put(app, clock())
    return County(app, clock)


@pytest.fixture
def in_app(app: Flask) -> Iterator[Any]:
    """An app context, for tests that call services and open units themselves."""
    with app.app_context() as context:
        yield context
