"""A route reads as its contract, and one wrapper keeps it.

    @bp.post("/visits/<id:visit>/decisions")
    @permit(Permission.VISITS_REVIEW)
    @body(DecisionMessage)
    @answer(DecisionMessage, 201)
    def decide(visit: str, draft: DecisionDraft) -> Decision: ...

The wrapper finds out who asks, reads and validates the body while no unit is open, asks for the stored first
answer of an Idempotency-Key, checks the permission, opens ``reading()`` for GET and ``writing()`` for the
rest, calls the function, and serialises what it returns *after* the commit. A function may also return a
Flask response (a file). It never commits and never opens a unit, unless it says ``@unit("none")``.

A route must say ``@permit`` or ``@public("why")``: one that says neither does not start. Function parameters
are those of the URL by name, then the query, then the body.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, wraps
from typing import Any, Literal, Protocol, TypeVar, cast

from flask import Blueprint, Request, Response, current_app, g, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from werkzeug.routing import BaseConverter

from server.base import bodies, clock, lanes, spelling
from server.base.db import reading, writing
from server.base.once import Stored, fingerprint, forget, keep, once
from server.base.permissions import Permission
from server.base.policy import Actor, allows
from server.base.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])
Unit = Literal["reading", "writing", "none"]

ANY = "*/*"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_ATTRIBUTE = "__contract__"
_UNITS: dict[Unit, Callable[[], AbstractContextManager[None]]] = {
    "reading": reading,
    "writing": writing,
    "none": nullcontext,
}


@dataclass(frozen=True)
class Part:
    """A part of a ``multipart/form-data`` body, a file or several under one name."""

    name: str
    says: str
    many: bool = False
    required: bool = False


@dataclass(frozen=True)
class Contract:
    """What a route promises: read by the wrapper, the OpenAPI document and the tests."""

    permission: Permission | None = None
    public: str | None = None  # why anybody may call it
    body: type[Schema] | None = None
    strict_text: bool = True
    raw: str | None = None  # the media type of a body that is not JSON; ANY: of whatever type
    parts: tuple[Part, ...] = ()  # of a raw body that is multipart/form-data
    max_bytes: int | None = None
    too_large: str = "too_large"
    half: bool = False  # of this process's threads at most serve such bodies at a time
    query: type[Schema] | None = None
    answer: type[Schema] | None = None
    many: bool = False
    status: int = 200
    media: str = "application/json"
    unit: Unit | None = None  # None: by the method
    problems: tuple[str, ...] = field(default=())
    also_revoked: bool = False


class Credential(Protocol):
    """Somebody whose signature has been checked; the body's hash is checked once it has been read."""

    @property
    def actor(self) -> Actor: ...

    @property
    def body_sha256(self) -> str | None:
        """Of the body that was signed; None for credentials that sign none."""
        ...

    def covers(self, raw: bytes) -> bool:
        """Was this body the one that was signed? True for credentials that sign no body."""
        ...


Authenticate = Callable[[Request], Credential]


def permit(permission: Permission) -> Callable[[F], F]:
    """Only those whose role includes this."""
    return _say(permission=permission)


def public(why: str) -> Callable[[F], F]:
    """Anybody, and the reason for it."""
    return _say(public=why)


def body(schema: type[Schema], *, strict_text: bool = True, max_bytes: int | None = None) -> Callable[[F], F]:
    """A JSON body of this schema; what loading it gives is the function's last parameter."""
    return _say(body=schema, strict_text=strict_text, max_bytes=max_bytes)


def raw_body(
    media: str, *parts: Part, max_bytes: int | None = None, too_large: str = "too_large"
) -> Callable[[F], F]:
    """A body of bytes, handed over as they came (inflated). ``too_large``: the code for more than that."""
    return _say(raw=media, parts=parts, max_bytes=max_bytes, too_large=too_large)


def half_of_threads(function: F) -> F:
    """Long bodies never take all threads: at most half of them, and beyond that 503 at once."""
    return _say(half=True)(function)


def query(schema: type[Schema]) -> Callable[[F], F]:
    """Parameters in the URL. A field that is a list may be given several times."""
    return _say(query=schema)


def answer(
    schema: type[Schema] | None, status: int = 200, *, many: bool = False, media: str = "application/json"
) -> Callable[[F], F]:
    """What comes back. Without a schema: nothing (204), or a Flask response of this media type."""
    return _say(answer=schema, status=status, many=many, media=media)


def unit(mode: Unit) -> Callable[[F], F]:
    """Another unit than the method says; "none" for a route that opens its own, and its own once."""
    return _say(unit=mode)


def also_revoked(function: F) -> F:
    """A revoked phone may call this too: what it brings goes into quarantine, and it gets nothing."""
    return _say(also_revoked=True)(function)


def refuses(*codes: str) -> Callable[[F], F]:
    """Problems that a caller should be ready for, beyond those of every route; for the OpenAPI document."""
    return _say(problems=codes)


def _say(**promise: Any) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        setattr(function, _ATTRIBUTE, replace(contract_of(function) or Contract(), **promise))
        return function

    return decorate


def contract_of(function: Any) -> Contract | None:
    """The contract of a view function, wrapped or not."""
    return cast("Contract | None", getattr(function, _ATTRIBUTE, None))


class ContractBlueprint(Blueprint):
    """A blueprint whose routes must state their contract."""

    def get(self, rule: str, **options: Any) -> Callable[[F], F]:
        return self._route("GET", rule, options)

    def post(self, rule: str, **options: Any) -> Callable[[F], F]:
        return self._route("POST", rule, options)

    def put(self, rule: str, **options: Any) -> Callable[[F], F]:
        return self._route("PUT", rule, options)

    def delete(self, rule: str, **options: Any) -> Callable[[F], F]:
        return self._route("DELETE", rule, options)

    def _route(self, method: str, rule: str, options: dict[str, Any]) -> Callable[[F], F]:
        def register(function: F) -> F:
            self.add_url_rule(rule, view_func=function, methods=[method], **options)
            return function

        return register

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = False,
        **options: Any,
    ) -> None:
        if view_func is None:
            raise TypeError(f"{rule} has no function")
        wrapped = _wrap(view_func)
        super().add_url_rule(
            rule, endpoint or view_func.__name__, wrapped, provide_automatic_options, **options
        )


def blueprint(name: str, url_prefix: str = "/api") -> ContractBlueprint:
    """A concern's routes."""
    return ContractBlueprint(name, name, url_prefix=url_prefix)


def current_actor() -> Actor:
    """Who is asking. Only in routes with @permit."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise RuntimeError("this route is public: nobody is signed in")
    return actor


def credential() -> Credential:
    """What the request was signed with. Only in routes with @permit."""
    return cast("Credential", g.credential)


def _wrap(function: Callable[..., Any]) -> Callable[..., Any]:
    contract = contract_of(function)
    if contract is None or (contract.permission is None) == (contract.public is None):
        raise TypeError(f"{function.__module__}.{function.__name__} needs @permit or @public, and not both")
    signature = list(inspect.signature(function).parameters)

    @wraps(function)
    def view(**url: Any) -> Response:
        return _handle(contract, function, signature, url)

    setattr(view, _ATTRIBUTE, contract)
    return view


def _handle(
    contract: Contract, function: Callable[..., Any], signature: list[str], url: dict[str, Any]
) -> Response:
    if contract.permission is not None:
        authenticate: Authenticate = current_app.extensions["lianxin.authenticate"]
        g.credential = authenticate(request)
        g.actor = g.credential.actor
        if g.actor.revoked and not contract.also_revoked:
            raise Problem("device_revoked")
    mode: Unit = contract.unit or ("reading" if request.method in _SAFE else "writing")
    key = request.headers.get("Idempotency-Key", "") if _answers_once(contract, mode) else ""
    if not key:
        _guard(contract)
    with lanes.half(request) if contract.half else nullcontext():
        return _carry_out(contract, function, signature, url, mode, key)


def _carry_out(
    contract: Contract,
    function: Callable[..., Any],
    signature: list[str],
    url: dict[str, Any],
    mode: Unit,
    key: str,
) -> Response:
    raw = _read_body(contract)
    if contract.permission is not None and not g.credential.covers(raw):
        raise Problem("signature_wrong")
    given = _parameters(contract, raw)
    names = [name for name in signature if name not in url]
    arguments = {**url, **dict(zip(names, given, strict=True))}
    if key:
        return _once(contract, key, raw, lambda: function(**arguments))
    with _UNITS[mode]():
        result = function(**arguments)
    return _respond(contract, result)


def _answers_once(contract: Contract, mode: Unit) -> bool:
    """A desk's write that the wrapper commits; a phone's ops have their ledger."""
    return mode == "writing" and contract.permission is not None and g.actor.device_id is None


def _once(contract: Contract, key: str, raw: bytes, call: Callable[[], Any]) -> Response:
    """The first answer is the answer: asked before any guard, stored beside what it tells of."""
    if len(key) > 64 or not key.isascii() or not key.isprintable():
        raise Problem("invalid", errors=[{"path": "Idempotency-Key", "says": "at most 64 plain characters"}])
    actor = current_actor()
    with writing():
        stored = once(actor, key, fingerprint(request.method, request.full_path, raw), clock.now())
        if stored is not None:
            response = Response(stored.body, stored.status, mimetype="application/json")
            response.headers["Idempotent-Replay"] = "true"
            return response
        _guard(contract)
        response = _respond(contract, call())
        if response.is_streamed or (response.mimetype != "application/json" and response.status_code != 204):
            forget(actor, key)  # a file: asking again makes it again
            return response
        keep(actor, key, Stored(response.status_code, response.get_data(as_text=True)))
    return response


def _guard(contract: Contract) -> None:
    if contract.permission is not None and not allows(g.actor, contract.permission):
        raise Problem("forbidden")


def _read_body(contract: Contract) -> bytes:
    if contract.body is None and contract.raw is None:
        return b""
    accepted = contract.raw or "application/json"
    if accepted not in (ANY, request.mimetype):
        raise Problem("wrong_type", accepts=accepted)
    settings = current_app.extensions["lianxin.settings"]
    return bodies.read(request, contract.max_bytes or settings.max_body_bytes, contract.too_large)


def _parameters(contract: Contract, raw: bytes) -> list[Any]:
    given: list[Any] = []
    try:
        if contract.query is not None:
            bodies.check_text(request.args.to_dict(flat=False))
            asked = _made(contract.query)
            given.append(asked.load(_query_values(asked), unknown=EXCLUDE))
        if contract.body is not None:
            given.append(_made(contract.body).load(bodies.parse(raw, strict_text=contract.strict_text)))
    except ValidationError as error:
        raise Problem(
            "invalid",
            errors=list(
                _flat(error.normalized_messages())  # type: ignore[no-untyped-call]
            ),
        ) from None
    if contract.raw is not None:
        given.append(raw)
    return given


@cache
def _made(schema: type[Schema]) -> Schema:
    """The schema itself: to make one costs more than to read a small message with it."""
    return schema()


def _query_values(schema: Schema) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, kind in schema.fields.items():
        key = kind.data_key or name
        if key in request.args:
            several = isinstance(kind, fields.List)
            values[key] = request.args.getlist(key) if several else request.args[key]
    return values


def _flat(messages: Any, path: str = "") -> Any:
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from _flat(inner, path if name == "_schema" else f"{path}/{name}")
    else:
        for says in messages if isinstance(messages, list) else [messages]:
            yield {"path": path or "/", "says": str(says)}


def _respond(contract: Contract, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    if contract.answer is None:
        return Response(status=204 if contract.status == 200 else contract.status)
    dumped = _made(contract.answer).dump(result, many=contract.many)
    return Response(spelling.written(dumped), contract.status, mimetype="application/json")


class IdConverter(BaseConverter):
    """A UUID in the URL, lower case, kept as text."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Sha256Converter(BaseConverter):
    """A SHA-256 in the URL, lower-case hex."""

    regex = "[0-9a-f]{64}"
