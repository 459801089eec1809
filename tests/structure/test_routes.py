"""Every address that the server answers is in the OpenAPI document, and every route states its contract."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from server.app import create_app
from server.base.http import contract_of
from server.base.permissions import Permission
from server.base.settings import Settings

# What is no interface: pages of the built app, and what keeps a server alive.
NOT_DESCRIBED = ("/healthz", "/readyz", "/api/openapi.json")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(data=tmp_path_factory.mktemp("data"), log_level="error"))


def described(app: Flask) -> set[tuple[str, str]]:
    document = app.test_client().get("/api/openapi.json").get_json()
    assert document["openapi"].startswith("3.")
    return {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}


def served(app: Flask) -> set[tuple[str, str]]:
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule)
        if rule.rule.startswith("/api/") and path not in NOT_DESCRIBED:
            found |= {(method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    routes = served(app)
    assert len(routes) > 25
    assert routes - described(app) == set()
    assert described(app) - routes == set()


def test_every_route_says_who_may_call_it_and_why(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/"):
            continue
        contract = contract_of(app.view_functions[rule.endpoint])
        assert contract is not None, rule.rule
        assert contract.permission in set(Permission) or len(contract.public or "") > 10, rule.rule


def test_every_permission_is_asked_for_somewhere(app: Flask) -> None:
    """A permission that no code asks for protects nothing."""
    from tests.structure import repository

    asked = "\n".join(
        repository.text(path)
        for path in repository.python("server")
        if path.name not in ("permissions.py", "policy.py")
    )
    assert [each.name for each in Permission if f"Permission.{each.name}" not in asked] == []
