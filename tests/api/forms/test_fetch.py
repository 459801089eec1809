"""GET /api/forms/<sha256>: phones and desks fetch a form's bytes once, by their hash."""

from __future__ import annotations

import hashlib

from werkzeug.test import TestResponse

from server.forms.convert import convert_spec
from server.programmes.programme import form_specs
from tests.factories.county import County
from tests.factories.phone import Phone

CARE = convert_spec(form_specs()["day-care-visit"])


def fetch(phone: Phone, sha256: str, **headers: str) -> TestResponse:
    path = f"/api/forms/{sha256}"
    headers = {"Authorization": f"Bearer {phone.sign('GET', path, b'')}", **headers}
    return phone.client.get(path, headers=headers)


def test_a_phone_fetches_what_its_feed_named(county: County) -> None:
    phone = county.phone()
    phone.sync_all()
    head = phone.bodies("form")["day-care-visit"]
    fetched = fetch(phone, head["sha256"])
    assert (fetched.status_code, fetched.content_type) == (200, "application/xml; charset=utf-8")
    assert fetched.data == CARE.xform
    assert (hashlib.sha256(fetched.data).hexdigest(), len(fetched.data)) == (head["sha256"], head["bytes"])


def test_the_bytes_never_change_so_they_may_be_kept_for_ever(county: County) -> None:
    fetched = fetch(county.phone(), CARE.sha256)
    assert "immutable" in fetched.headers["Cache-Control"]
    assert "private" in fetched.headers["Cache-Control"]
    assert fetched.headers["ETag"] == f'"{CARE.sha256}"'


def test_a_desk_fetches_it_too(county: County) -> None:
    assert county.desk().get(f"/api/forms/{CARE.sha256}").data == CARE.xform


def test_a_hash_that_nobody_published_is_not_found(county: County) -> None:
    fetched = fetch(county.phone(), "0" * 64)
    assert fetched.status_code == 404
    assert fetched.get_json()["code"] == "not_found"


def test_who_does_not_sign_gets_nothing(county: County) -> None:
    assert county.app.test_client().get(f"/api/forms/{CARE.sha256}").status_code == 401
