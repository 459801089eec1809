"""The application: all wiring is visible here.

Every concern is one line. What a request goes through: request id and log line (``logs``), the route's
contract (``http``), problems, headers and compression (``answers``).
"""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server.base import answers, clock, db, logs
from server.base.http import IdConverter, Sha256Converter
from server.base.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the server's application from its settings."""
    settings = settings or Settings.from_environment()
    app = Flask("server", static_folder=None)
    app.config["CLOCK"] = clock.real
    app.extensions["lianxin.settings"] = settings
    app.url_map.converters.update(id=IdConverter, sha256=Sha256Converter)

    logs.configure(settings)
    logs.init_app(app)
    answers.init_app(app)
    db.init_app(app, settings)

    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
