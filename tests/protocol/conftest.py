"""One county behind real gunicorn for all that is tried of the protocol from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import DATABASES
from tests.factories.served import Gunicorn, Served


@pytest.fixture(scope="session", params=DATABASES)
def gunicorn(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Gunicorn]]:
    """The tests' county behind real gunicorn, on each kind of database."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server")("conformance")
    county = Served(tmp_path_factory.mktemp("conformance"), url)
    server = county.serve()
    yield county, server
    server.stop()
