"""What every answer carries, whoever makes it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.base.settings import Settings
from tests.cast import SHOUZHENG, SIMIN, Cast

PAGES = {
    "index.html": "phone", "desk.html": "desk", "preview.html": "preview", "start.html": "start",
}  # fmt: skip
SCRIPT = "assets/field-Bx9_k2Lm.js"


@pytest.fixture
def built(settings: Settings) -> Path:
    """A built web app, as small as can be."""
    folder = Path(settings.pwa)
    (folder / "assets").mkdir(parents=True)
    for name, title in PAGES.items():
        (folder / name).write_text(f"<!doctype html><title>{title}</title>")
    (folder / "index.html.br").write_bytes(brotli.compress((folder / "index.html").read_bytes()))
    (folder / "sw.js").write_text("// the service worker")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / SCRIPT).write_text("export {};" * 200)
    (folder / f"{SCRIPT}.br").write_bytes(brotli.compress((folder / SCRIPT).read_bytes()))
    return folder


ADDRESSES = [
    "/",
    "/visit/1",
    "/desk",
    "/start",
    "/sw.js",
    f"/{SCRIPT}",
    "/api/about",
    "/api/none",
    "/healthz",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_keeps_the_browser_strict(built: Path, app: Flask, address: str) -> None:
    headers = app.test_client().get(address, buffered=True).headers
    csp = headers["Content-Security-Policy"]
    assert csp.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; ")
    assert "unsafe-inline" not in csp
    assert "frame-ancestors 'none'" in csp
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert "Server" not in headers


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "phone"), ("/person/1", "phone"), ("/visit/0193/2", "phone"), ("/desk", "desk"),
        ("/desk/review/1", "desk"), ("/desktop", "phone"), ("/preview", "preview"), ("/start", "start"),
    ],
)  # fmt: skip
def test_an_address_opens_its_page(built: Path, app: Flask, address: str, title: str) -> None:
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert f"<title>{title}</title>" in response.text
    assert response.headers["Cache-Control"] == "no-cache"


def test_only_the_form_that_is_tried_out_may_be_framed_and_only_by_the_desk(built: Path, app: Flask) -> None:
    client = app.test_client()
    tried = client.get("/preview").headers
    assert "frame-ancestors 'self'" in tried["Content-Security-Policy"]
    assert tried["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src" not in tried["Content-Security-Policy"]
    assert client.get("/desk").headers["Content-Security-Policy"].endswith("; frame-src 'self'")
    for address in ("/", "/desk", "/start"):
        headers = client.get(address).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_a_page_comes_packed_and_is_not_sent_again_unchanged(built: Path, app: Flask) -> None:
    client = app.test_client()
    first = client.get("/", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Encoding"] == "br"
    assert b"phone" in brotli.decompress(first.data)
    again = client.get("/", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_hashed_files_are_kept_for_ever_and_others_asked_about(built: Path, app: Flask) -> None:
    client = app.test_client()
    hashed = client.get(f"/{SCRIPT}", headers={"Accept-Encoding": "br"}, buffered=True)
    assert "immutable" in hashed.headers["Cache-Control"]
    assert hashed.headers["Content-Encoding"] == "br"
    assert client.get("/sw.js", buffered=True).headers["Cache-Control"] == "no-cache"
    assert client.get("/manifest.webmanifest", buffered=True).mimetype == "application/manifest+json"


@pytest.mark.parametrize("address", ["/assets/none-12345678.js", "/none.js", "/api", "/api/x", "/desk/x.png"])
def test_a_file_that_is_not_there_is_no_page(built: Path, app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 404


def test_nothing_outside_the_folder_is_served(built: Path, app: Flask) -> None:
    for address in ("/../secret", "/%2e%2e/secret", "/assets/../../secret", "/..%2fsecret"):
        response = app.test_client().get(address)
        assert response.status_code == 404 or "<title>phone</title>" in response.text


def test_without_a_build_the_page_says_how_to_make_one(client: FlaskClient) -> None:
    response = client.get("/")
    assert response.status_code == 503
    assert "./deploy/run" in response.text
    assert client.get("/api/about").status_code == 200


def test_answers_of_some_size_are_packed(client: FlaskClient) -> None:
    plain = client.get("/api/openapi.json")
    assert "Content-Encoding" not in plain.headers
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        response = client.get("/api/openapi.json", headers={"Accept-Encoding": encoding})
        assert response.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in response.headers["Vary"]
        assert json.loads(unpack(response.data)) == plain.get_json()
    assert "Content-Encoding" not in client.get("/api/about", headers={"Accept-Encoding": "gzip"}).headers


def test_a_request_id_comes_back_and_reaches_the_audit(cast: Cast, client: FlaskClient) -> None:
    asked = {"X-Request-Id": "a-phones-own.id_1"}
    assert client.get("/api/about", headers=asked).headers["X-Request-Id"] == "a-phones-own.id_1"
    made = client.get("/api/about", headers={"X-Request-Id": "not ours\t{}"}).headers["X-Request-Id"]
    assert len(made) == 32
    admin = cast.desk(SIMIN)
    cast.clock.forward(seconds=1)
    admin.post("/api/desk/users", {"name": "新人"}, headers=asked)
    rows = cast.desk(SHOUZHENG).get("/api/desk/audit?kind=user&limit=1").get_json()["items"]
    assert (rows[0]["action"], rows[0]["request_id"]) == ("user.add", "a-phones-own.id_1")


def test_health_asks_nothing_and_readiness_asks_the_database(client: FlaskClient, app: Flask) -> None:
    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_a_database_of_another_shape_is_not_ready(tmp_path: Path, make_app: object) -> None:
    app: Flask = make_app(Settings(data=tmp_path / "new", log_level="error"))  # type: ignore[operator]
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()["code"]) == (503, "not_ready")
    assert app.test_client().get("/healthz").status_code == 200
