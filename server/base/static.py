"""The built web app: its pages and their files.

whitenoise serves files, packed ones where a build left them; hashed names for ever, all else asked about each
time. What no file and no route answers is a page: the desk under ``/desk``, ``/start``, and for every other
address that a person may open the field app, which finds its way itself. ``/preview`` is a form tried out in
a frame of the desk. A demo on this machine alone has ``/demo`` too, which shows phone and desk side by side
in frames. No other page may be framed, and none by others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, request
from werkzeug.routing import BaseConverter
from whitenoise import WhiteNoise

from server.base.answers import CSP, HEADERS
from server.base.problems import Problem
from server.base.settings import Settings

HASHED = r"^/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$"

UNBUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>连心 Lianxin</title>
<h1>网页还没有构建 · The web app is not built yet</h1>
<p>请运行 <code>./deploy/run</code>，或在 <code>pwa/</code> 里运行 <code>npm ci && npm run build</code>。</p>
<p>Run <code>./deploy/run</code>, or <code>npm ci && npm run build</code> in <code>pwa/</code>.</p></html>
"""


FRAMED = {
    "Content-Security-Policy": CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING = frozenset({"desk", "demo"})  # they show pages of ours in frames


def init_app(app: Flask, settings: Settings) -> None:
    """Serve the app from its folder, if it is there."""
    folder = settings.pwa_folder
    stage = settings.demo and settings.loopback
    headers = {**HEADERS, **FRAMED} if stage else HEADERS
    if folder.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app, root=str(folder), max_age=None, allow_all_origins=False,
            mimetypes={".webmanifest": "application/manifest+json"},
            immutable_file_test=HASHED, add_headers_function=_file_headers(headers),
        )  # fmt: skip

    app.url_map.converters["page"] = PageConverter

    @app.get("/", defaults={"address": ""}, provide_automatic_options=False)
    @app.get("/<page:address>", provide_automatic_options=False)
    def page(address: str) -> Response:
        if "." in address.rpartition("/")[2]:  # a file that is not there; a page has no dot in its last part
            raise Problem("not_found")
        name = _name(address.partition("/")[0], stage=stage)
        response = _page(folder / f"{name}.html")
        response.headers.update(_page_headers(name, stage=stage))
        return response


class PageConverter(BaseConverter):
    """What a person may have opened: everything that is neither interface nor file."""

    part_isolating = False
    regex = r"(?!(?:api|assets|icons|healthz|readyz)(?:/|$))[^/].*"


def _name(top: str, *, stage: bool) -> str:
    own = ("desk", "preview", "start", *(["demo"] if stage else []))
    return top if top in own else "index"


def _page_headers(name: str, *, stage: bool) -> dict[str, str]:
    framed = name == "preview" or (stage and name != "demo")
    headers = {**HEADERS, **FRAMED} if framed else {**HEADERS}
    if name in FRAMING:
        headers["Content-Security-Policy"] += "; frame-src 'self'"
    return headers


def _page(file: Path) -> Response:
    if not file.is_file():
        return Response(UNBUILT, 503, mimetype="text/html")
    packed = file.with_name(file.name + ".br")
    brotli = request.accept_encodings["br"] > 0 and packed.is_file()
    response = Response((packed if brotli else file).read_bytes(), mimetype="text/html")
    if brotli:
        response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _file_headers(given: dict[str, str]) -> Callable[[Headers, str, str], None]:
    def add(headers: Headers, path: str, url: str) -> None:  # noqa: ARG001  whitenoise names them
        for name, value in given.items():
            headers[name] = value
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-cache"

    return add
