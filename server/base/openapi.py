"""``/api/openapi.json``: every route's contract in one document, from the schemas that the routes use.

Nothing is written twice: paths and parameters come from the URL map, bodies and answers from the marshmallow
schemas, summaries from the docstrings, refusals from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, current_app, json
from marshmallow import Schema
from werkzeug.routing import Rule

from server.base.catalogue import CATALOGUE
from server.base.http import Contract, Part, answer, blueprint, contract_of, public, unit
from server.base.schemas import ProblemMessage

bp = blueprint("openapi")

VERSION = "0.1.0"
PATH = "/api/openapi.json"
_KINDS = {"id": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}}
_ALWAYS = ("broken", "busy")


@bp.get("/openapi.json")
@public("the interface's own description")
@unit("none")
@answer(None, media="application/json")
def openapi() -> Response:
    content = json.dumps(document(current_app._get_current_object()), ensure_ascii=False)  # type: ignore[attr-defined]
    return Response(content, mimetype="application/json")


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of this app."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Lianxin 连心", version=VERSION, openapi_version="3.1.0", plugins=[plugin],
        info={"description": "Errors are application/problem+json; `code` is stable. See sync/PROTOCOL.md."},
    )  # fmt: skip
    spec.components.security_scheme(
        "bearer",
        {"type": "http", "scheme": "bearer", "description": "A desk's access token or a phone's signature."},
    )
    for rule, contract, function in described(app):
        operations = {
            method.lower(): _operation(rule, contract, function)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        }
        spec.path(path=_path(rule), operations=operations)
    made: dict[str, Any] = spec.to_dict()
    return made


def described(app: Flask) -> Iterator[tuple[Rule, Contract, Any]]:
    """Every route of the interface, sorted by address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.rule, sorted(each.methods or ()))):
        function = app.view_functions[rule.endpoint]
        contract = contract_of(function)
        if contract is not None and rule.rule.startswith("/api/") and rule.rule != PATH:
            yield rule, contract, function


def _operation(rule: Rule, contract: Contract, function: Any) -> dict[str, Any]:
    summary, _, description = (function.__doc__ or "").strip().partition("\n")
    made: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "summary": summary or function.__name__.replace("_", " "),
        "parameters": [*_url_parameters(rule), *_query_parameters(contract)],
        "responses": _responses(contract),
    }
    if description.strip():
        made["description"] = re.sub(r"\n\s+", "\n", description.strip())
    if contract.permission is not None:
        made["security"] = [{"bearer": []}]
        made["x-permission"] = contract.permission.value
    else:
        made["security"] = []
        made["x-public"] = contract.public
    if contract.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": contract.body}}}
    if contract.raw is not None:
        made["requestBody"] = {"required": True, "content": {contract.raw: {"schema": _raw(contract)}}}
    return made


_BINARY = {"type": "string", "format": "binary"}


def _raw(contract: Contract) -> dict[str, Any]:
    if not contract.parts:
        return _BINARY
    return {
        "type": "object",
        "properties": {part.name: _part(part) for part in contract.parts},
        "required": [part.name for part in contract.parts if part.required],
    }


def _part(part: Part) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "array", "items": _BINARY} if part.many else dict(_BINARY)
    return {**kind, "description": part.says}


def _responses(contract: Contract) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "As asked."}
    if contract.answer is not None:
        schema: Any = contract.answer
        if contract.many:
            schema = {"type": "array", "items": contract.answer}
        good["content"] = {"application/json": {"schema": schema}}
    elif contract.media != "application/json" or contract.status != 200:
        good["content"] = {contract.media: {"schema": _BINARY}}
    status = contract.status
    if contract.answer is None and contract.media == "application/json" and status == 200:
        status = 204
    return {str(status): good, **_refusals(contract)}


def _refusals(contract: Contract) -> dict[str, Any]:
    codes = [*contract.problems, *_ALWAYS]
    if contract.permission is not None:
        codes += ["sign_in_needed", "forbidden"]
    if contract.body is not None or contract.query is not None:
        codes += ["invalid"]
    if contract.body is not None or contract.raw is not None:
        codes += ["malformed_json", "too_large", "wrong_type"]
    by_status: dict[int, list[str]] = {}
    for code in sorted(set(codes)):
        by_status.setdefault(CATALOGUE[code].status, []).append(code)
    return {
        str(status): {
            "description": ", ".join(names),
            "content": {"application/problem+json": {"schema": ProblemMessage}},
        }
        for status, names in sorted(by_status.items())
    }


def _url_parameters(rule: Rule) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _KINDS.get(kind, {"type": "string"})}
        for kind, name in re.findall(r"<(?:([^:>(]+)(?:\([^)]*\))?:)?([^>]+)>", rule.rule)
    ]


def _query_parameters(contract: Contract) -> list[dict[str, Any]]:
    return [{"in": "query", "schema": contract.query}] if contract.query is not None else []


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule)


def _name(schema: Any) -> str:
    """A schema's name in the document."""
    kind: type[Schema] = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Message").removesuffix("Schema")
