"""The document of the interface says what the routes do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from server.base.openapi import document


@pytest.fixture
def described(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return document(app)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    named = set(re.findall(r"#/components/schemas/([^'\"]+)", repr(described)))
    assert named
    assert named <= set(described["components"]["schemas"])


def test_no_two_schemas_share_a_name(described: dict[str, Any]) -> None:
    """The second of one name would get a number, and the types made from it a senseless name."""
    assert [name for name in described["components"]["schemas"] if re.search(r"\d$", name)] == []


def test_operations_are_named_once(described: dict[str, Any]) -> None:
    names = [each["operationId"] for path in described["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))


def test_an_operation_says_who_may_what_goes_in_and_what_comes_out(described: dict[str, Any]) -> None:
    made = described["paths"]["/api/desk/users"]["post"]
    assert made["security"] == [{"bearer": []}]
    assert made["x-permission"] == "users.manage"
    ref = {"$ref": "#/components/schemas/NewUser"}
    assert made["requestBody"]["content"]["application/json"]["schema"] == ref
    assert made["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].endswith("/User")
    assert made["responses"]["409"]["description"] == "username_taken"
    assert set(made["responses"]) == {"201", "400", "401", "403", "409", "413", "415", "422", "500", "503"}


def test_parameters_of_address_and_query_are_described(described: dict[str, Any]) -> None:
    users = described["paths"]["/api/desk/users"]["get"]["parameters"]
    assert {each["name"] for each in users} == {"search", "after", "limit"}
    stop = described["paths"]["/api/desk/users/{user_id}/stop"]["post"]
    assert stop["parameters"][0]["schema"] == {"type": "string", "format": "uuid"}
    assert set(stop["responses"]) >= {"204", "401", "403"}


def test_a_form_in_parts_says_which_parts(described: dict[str, Any]) -> None:
    for step in ("check", "publish"):
        body = described["paths"][f"/api/desk/forms/{step}"]["post"]["requestBody"]
        schema = body["content"]["multipart/form-data"]["schema"]
        assert (schema["type"], schema["required"]) == ("object", ["workbook"])
        file = {"type": "string", "format": "binary"}
        workbook, media = schema["properties"]["workbook"], schema["properties"]["media"]
        assert {key: workbook[key] for key in file} == file
        assert (media["type"], media["items"]) == ("array", file)
        assert all(part["description"] for part in (workbook, media))
