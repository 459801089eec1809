"""The county's files in a bucket: photos resume there as in a folder, and a workbook is fetched from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from server.base.blobs import Blobs
from server.base.jobs import Runner
from server.base.settings import Settings
from server.photos import cleaning
from tests.factories import pictures, stores
from tests.factories.county import WENLAN, County, xml


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from stores.nanio(tmp_path_factory.mktemp("nanio"))


@pytest.fixture
def settings(settings: Settings, endpoint: str) -> Settings:
    told = stores.bucket(endpoint, settings.data)
    names = ("blobs", "blobs_endpoint", "blobs_key_id", "blobs_secret")
    return replace(settings, **{name: getattr(told, name) for name in names})


@pytest.fixture
def county(app: Flask, clock: Any) -> County:
    return County(app, clock).build()


def test_a_photo_comes_in_pieces_into_the_bucket_and_is_read_from_it(
    county: County, settings: Settings, make_app: Callable[[Settings], Flask]
) -> None:
    """[S7] Another host, with nothing but the database and the bucket, goes on with the pieces."""
    phone, photo = county.phone(), pictures.photo(41)
    record = county.record(phone, xml=xml(photo=photo.name), attachments=[photo.attachment()])
    op = county.visit(phone, records=[record])
    phone.sync(op)
    total, hosts = len(photo.data), [phone.client, make_app(settings).test_client()]
    for n, first in enumerate(range(0, total, 6_000)):
        phone.client = hosts[n % 2]
        answered = phone.put(photo.sha256, photo.data[first : first + 6_000], first, total)
    assert answered.status_code == 201
    county.look()
    read = county.desk().get(f"/api/visits/{op['body']['visit']}/photos/{photo.sha256}")
    assert read.data == photo.data
    blobs = Blobs.of(settings)
    with county.app.app_context():
        assert list(cleaning.verify(blobs, deep=True)) == []
    assert list(blobs.walk("pieces")) == []


def test_a_bucket_that_refuses_is_trouble_that_passes_and_the_phone_keeps_its_photo(
    settings: Settings, clock: Any, make_app: Callable[[Settings], Flask]
) -> None:
    county = County(make_app(replace(settings, blobs_secret="another")), clock).build()
    phone, photo = county.phone(), pictures.photo(42)
    record = county.record(phone, attachments=[photo.attachment()])
    phone.sync(county.visit(phone, records=[record]))
    answered = phone.put(photo.sha256, photo.data)
    assert (answered.status_code, answered.get_json()["code"]) == (503, "busy")
    assert phone.sync(have=[photo.sha256])["wanted"] == [{"sha256": photo.sha256, "offset": 0}]


def test_a_workbook_is_kept_in_the_bucket_and_fetched_from_it(county: County) -> None:
    phone = county.phone()
    phone.sync(county.visit(phone))
    desk = county.desk(WENLAN)
    job = desk.post("/api/exports", {"format": "csv", "from": "2026-11-01", "to": "2026-11-30"}, 202)
    runner: Runner = county.app.extensions["lianxin.jobs"]
    assert runner.run_one()
    response = county.app.test_client().post(
        f"/api/exports/{job['id']}/file", headers=desk.headers(), buffered=True
    )
    assert response.status_code == 200
    assert b"opened" in response.data
    assert response.headers["Content-Length"] == str(len(response.data))
