"""What every answer has, whoever makes it: problems in the reader's language, headers that keep the browser
strict, and compression."""

from __future__ import annotations

import errno
import gzip
import traceback
from typing import cast

import brotli
from flask import Flask, Response, json, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from server.base.blobs import StoreTrouble
from server.base.logs import log, request_id
from server.base.problems import Language, Problem, problem_json

# One policy for pages and answers: scripts are our files and the form engine's WebAssembly.
CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "worker-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(self), payment=(), usb=()",
}
_HSTS = "max-age=31536000"
_COMPRESSIBLE = ("application/json", "application/problem+json", "text/", "application/xml")
_LEAST_BYTES = 1000
_BUSY_STATES = {"40001", "40P01", "53300", "55P03", "57P01", "57P03", "53100"}
_BUSY_WORDS = ("locked", "busy", "disk is full", "disk i/o", "unable to open")


def language() -> Language:
    """The reader's language: Chinese unless the request prefers English."""
    return cast("Language", request.accept_languages.best_match(["zh", "en"], default="zh"))


def problem_response(problem: Problem) -> Response:
    """The problem as an answer."""
    content = json.dumps(problem_json(problem, language(), request_id()), ensure_ascii=False)
    response = Response(content, problem.status, mimetype="application/problem+json")
    response.headers["Content-Language"] = language()
    if "retry_after" in problem.params:
        response.headers["Retry-After"] = str(problem.params["retry_after"])
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def init_app(app: Flask) -> None:
    """Register the handlers and what every answer gets."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]

    @app.errorhandler(Problem)
    def named(problem: Problem) -> Response:
        return problem_response(problem)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if isinstance(error, NotFound):
            return problem_response(Problem("not_found"))
        if isinstance(error, MethodNotAllowed):
            response = problem_response(Problem("wrong_method"))
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods or []))
            return response
        if isinstance(error, RequestEntityTooLarge):
            return problem_response(Problem("too_large", limit_bytes=request.max_content_length))
        if error.code is not None and error.code < 400:
            return cast("Response", error.get_response())
        return problem_response(Problem("malformed_json" if (error.code or 500) < 500 else "broken"))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if _passes(error):
            log.warning("busy", error=type(error).__name__, why=str(getattr(error, "orig", error)))
            return problem_response(Problem("busy", retry_after=5))
        log.error("broken", error=type(error).__name__, trace=traceback.format_exception(error))
        return problem_response(Problem("broken"))

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", _HSTS)
        response.headers.setdefault("Cache-Control", "no-store")
        return compress(response)


def compress(response: Response) -> Response:
    """Brotli or gzip for text of some size, where the asker can read it."""
    kind = response.mimetype or ""
    if (
        response.direct_passthrough
        or response.is_streamed
        or response.status_code in {204, 206, 304}
        or "Content-Encoding" in response.headers
        or not kind.startswith(_COMPRESSIBLE)
    ):
        return response
    response.vary.add("Accept-Encoding")
    plain = response.get_data()
    if len(plain) < _LEAST_BYTES:
        return response
    accepted = request.accept_encodings
    if accepted["br"] > 0:
        packed, name = brotli.compress(plain, quality=4), "br"
    elif accepted["gzip"] > 0:
        packed, name = gzip.compress(plain, 6, mtime=0), "gzip"
    else:
        return response
    response.set_data(packed)
    response.headers["Content-Encoding"] = name
    return response


def _passes(error: Exception) -> bool:
    """Is it the disk, a lock or the database's own trouble, which passes, and no bug of ours?"""
    if isinstance(error, PoolTimeout | StoreTrouble):
        return True
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    words = str(error.orig).lower()
    return (
        bool(error.connection_invalidated)
        or state in _BUSY_STATES
        or (state is None and any(each in words for each in _BUSY_WORDS))
    )
