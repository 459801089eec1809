"""One JSON line per event on standard error, each with the request's id.

The id comes in as ``X-Request-Id`` or is made, goes out with the answer, into problems and into audit rows.
Lines name users and devices by id; they never carry names, answers, query strings, codes or tokens.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import uuid
from typing import TextIO

import structlog
from flask import Flask, Response, g, has_request_context, request

from server.base.settings import Settings

_ID = re.compile(r"[A-Za-z0-9._-]{8,36}")

log = structlog.stdlib.get_logger("lianxin")


def configure(settings: Settings) -> None:
    """Send structlog and the standard library's loggers through one formatter. Called once per process."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if settings.log_format == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logger = logging.getLogger("lianxin")
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(settings.log_level.upper())


class _Stderr(logging.StreamHandler[TextIO]):
    """Standard error as it is when the line is written, not as it was at the start."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _: TextIO) -> None: ...


def request_id() -> str:
    """This request's id; empty outside a request."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def init_app(app: Flask) -> None:
    """One line per request, and its id in and out."""

    @app.before_request
    def begin() -> None:
        asked = request.headers.get("X-Request-Id", "")
        g.request_id = asked if _ID.fullmatch(asked) else uuid.uuid4().hex
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        actor = g.get("actor")
        log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round((time.perf_counter() - g.began) * 1000, 1),
            user=actor.user_id if actor else None,
            device=actor.device_id if actor else None,
        )
        return response
