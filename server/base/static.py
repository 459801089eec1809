"""The built web app: three pages and their files.

whitenoise serves files, packed ones where a build left them; hashed names for ever, all else asked about each
time. What no file and no route answers is a page: the desk under ``/desk``, ``/start``, and for every other
address that a person may open the field app, which finds its way itself.
"""

from __future__ import annotations

from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, request, send_file
from whitenoise import WhiteNoise

from server.base.answers import HEADERS
from server.base.problems import Problem
from server.base.settings import Settings

HASHED = r"^/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$"
_NOT_PAGES = ("/api", "/assets", "/icons", "/healthz", "/readyz")

UNBUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>连心 Lianxin</title>
<h1>网页还没有构建 · The web app is not built yet</h1>
<p>请运行 <code>./deploy/run</code>，或在 <code>pwa/</code> 里运行 <code>npm ci && npm run build</code>。</p>
<p>Run <code>./deploy/run</code>, or <code>npm ci && npm run build</code> in <code>pwa/</code>.</p></html>
"""


def init_app(app: Flask, settings: Settings) -> None:
    """Serve the app from its folder, if it is there."""
    folder = settings.pwa_folder
    if folder.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app, root=str(folder), max_age=None, allow_all_origins=False,
            mimetypes={".webmanifest": "application/manifest+json"},
            immutable_file_test=HASHED, add_headers_function=_headers,
        )  # fmt: skip

    @app.get("/", defaults={"path": ""}, provide_automatic_options=False)
    @app.get("/<path:path>", provide_automatic_options=False)
    def page(path: str) -> Response:
        address = "/" + path
        if any(address == each or address.startswith(each + "/") for each in _NOT_PAGES):
            raise Problem("not_found")
        if "." in path.rpartition("/")[2]:  # a file that is not there; a page has no dot in its last part
            raise Problem("not_found")
        return _page(folder, address)


def _page(folder: Path, address: str) -> Response:
    top = address.split("/")[1]
    file = folder / f"{top if top in ('desk', 'start') else 'index'}.html"
    if not file.is_file():
        return Response(UNBUILT, 503, mimetype="text/html")
    packed = file.with_name(file.name + ".br")
    brotli = request.accept_encodings["br"] > 0 and packed.is_file()
    response = send_file(packed if brotli else file, mimetype="text/html", conditional=True, max_age=None)
    if brotli:
        response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _headers(headers: Headers, path: str, url: str) -> None:  # noqa: ARG001  whitenoise names them
    for name, value in HEADERS.items():
        headers[name] = value
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-cache"
