"""The application: all wiring is visible here.

Every concern is one line. What a request goes through: request id and log line (``logs``), the route's
contract (``http``), problems, headers and compression (``answers``); what no route answers is a file or page
of the web app (``static``).
"""

from __future__ import annotations

import secrets

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server.accounts import callers, demo_routes, user_routes
from server.accounts import routes as accounts
from server.base import answers, clock, db, health, lanes, logs, openapi, static
from server.base.http import IdConverter, Sha256Converter
from server.base.jobs import Runner
from server.base.rounds import Rounds
from server.base.settings import Settings
from server.demo import routes as demo
from server.demo.network import Network
from server.exports import routes as exports
from server.exports import service as exporting
from server.forms import desk_routes as desk_forms
from server.forms import routes as forms
from server.photos import cleaning, landing, looking
from server.photos import routes as photos
from server.photos import service as promising
from server.replication import routes as replication
from server.review import follow_routes, housekeeping, notes, settle_routes, withdrawing
from server.review import routes as review
from server.review import service as reviewing
from server.teams.scopes import scope_names
from server.visits import commands, desk_feeds, first, intake, notice_routes, photo_routes
from server.visits import routes as visits

CONCERNS = (
    accounts.bp,
    user_routes.bp,
    forms.bp,
    desk_forms.bp,
    photos.bp,
    visits.bp,
    notice_routes.bp,
    photo_routes.bp,
    photo_routes.of_quarantine,
    review.bp,
    settle_routes.bp,
    follow_routes.bp,
    replication.bp,
    exports.bp,
)
WORKERS = {exporting.KIND: exporting.make}
CHORES = (cleaning.chore, housekeeping.tidy)
HEAR_OF_VISITS = (reviewing.received,)  # upper concerns, which visits cannot know
HEAR_OF_FIRST = (reviewing.arrived,)  # the same of visits that nobody knew, once a batch
HEAR_OF_PHOTOS = (desk_feeds.photo_seen,)
ROUNDS = (looking.work,)
COMMANDS: dict[str, commands.Command] = {  # what each kind of op does
    "visit.put": intake.put,
    "visit.withdraw": withdrawing.withdraw,
    "note.add": notes.add,
    "photo.lost": commands.lose_photo,
}


def create_app(settings: Settings | None = None) -> Flask:
    """Build the server's application from its settings."""
    settings = settings or Settings.from_environment()
    app = Flask("server", static_folder=None)
    app.config["CLOCK"] = clock.real
    app.config["CHANCE"] = secrets.token_bytes
    app.extensions["lianxin.settings"] = settings
    app.extensions["lianxin.secret"] = settings.signing_key()
    app.extensions["lianxin.authenticate"] = callers.authenticate
    app.extensions["lianxin.jobs"] = Runner(
        app, WORKERS, CHORES
    )  # started by the server process, after its fork
    app.extensions["lianxin.scope_names"] = scope_names
    app.extensions["lianxin.lane"] = lanes.of(settings)
    app.extensions["lianxin.rounds"] = Rounds(app, ROUNDS)  # started with the jobs
    app.extensions["lianxin.landings"] = landing.gathered()
    intake.on_visit_received[:] = HEAR_OF_VISITS
    first.on_first_received[:] = HEAR_OF_FIRST
    promising.on_photo_seen[:] = HEAR_OF_PHOTOS
    commands.CARRY.update(COMMANDS)
    app.url_map.converters.update(id=IdConverter, sha256=Sha256Converter)

    logs.configure(settings)
    logs.init_app(app)
    answers.init_app(app)
    db.init_app(app, settings)

    for bp in (*CONCERNS, health.bp, openapi.bp):
        app.register_blueprint(bp)
    if settings.demo and settings.loopback:
        set_the_stage(app, settings)
    static.init_app(app, settings)

    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def set_the_stage(app: Flask, settings: Settings) -> None:
    """What exists only in a demo that nobody beyond this machine can reach."""
    app.register_blueprint(demo_routes.bp)
    app.register_blueprint(demo.bp)
    network = app.extensions["lianxin.demo_network"] = Network(settings)
    app.wsgi_app = network.between(app.wsgi_app)  # type: ignore[method-assign,assignment]
