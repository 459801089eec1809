"""GET /api/forms/media/<sha256>: a form's files, once, by their hash, in pieces where the link is weak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from server.base.db import reading, writing
from server.forms import queries, service
from server.forms.convert import convert_spec
from server.forms.media import look
from server.programmes.programme import form_specs
from tests.api.forms.test_publish import NOW
from tests.factories.county import County
from tests.factories.phone import Phone
from tests.forms.as_published import TABLE

CARE = convert_spec(form_specs()["day-care-visit"])
FILES = {
    name: TABLE.with_name("media-media").joinpath(name).read_bytes()
    for name in ("body.svg", "wash.wav", "clinics.csv")
}


@pytest.fixture
def media(county: County) -> dict[str, str]:
    """A form with files is published: name → hash."""
    found, _ = look(FILES)
    definition = replace(CARE.definition, version="2027010101")
    xform = CARE.xform.replace(CARE.definition.version.encode(), b"2027010101")
    with county.app.app_context(), writing():
        service.publish(
            1, replace(CARE, xform=xform, definition=definition, media=tuple(found.values())), NOW
        )
    return {name: one.sha256 for name, one in found.items()}


def fetch(phone: Phone, sha256: str, **headers: str) -> TestResponse:
    path = f"/api/forms/media/{sha256}"
    return phone.client.get(
        path, headers={"Authorization": f"Bearer {phone.sign('GET', path, b'')}", **headers}
    )


def test_a_phone_and_a_desk_fetch_a_file_as_what_it_is(county: County, media: dict[str, str]) -> None:
    fetched = fetch(county.phone(), media["wash.wav"])
    assert (fetched.status_code, fetched.mimetype) == (200, "audio/wav")
    assert fetched.data == FILES["wash.wav"]
    assert county.desk().get(f"/api/forms/media/{media['body.svg']}").data == FILES["body.svg"]


def test_it_never_changes_and_runs_nothing(county: County, media: dict[str, str]) -> None:
    fetched = fetch(county.phone(), media["body.svg"])
    assert "immutable" in fetched.headers["Cache-Control"]
    assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    again = fetch(county.phone(), media["body.svg"], **{"If-None-Match": fetched.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", FILES)
def test_a_piece_is_given_as_it_lies_there(county: County, media: dict[str, str], name: str) -> None:
    whole = FILES[name]
    headers = {"Range": f"bytes=100-{len(whole) - 1}", "Accept-Encoding": "gzip, br"}
    piece = fetch(county.phone(), media[name], **headers)
    assert (piece.status_code, piece.headers.get("Content-Encoding")) == (206, None)
    assert piece.headers["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    assert piece.data == whole[100:]


def test_a_piece_behind_the_end_is_refused(county: County, media: dict[str, str]) -> None:
    assert fetch(county.phone(), media["wash.wav"], Range="bytes=9000000-9000001").status_code == 400


def test_a_file_of_no_form_and_of_another_county_is_not_found(county: County, media: dict[str, str]) -> None:
    assert fetch(county.phone(), "0" * 64).status_code == 404
    with county.app.app_context(), reading():
        assert queries.medium(2, media["wash.wav"]) is None


def test_who_does_not_sign_gets_nothing(county: County, media: dict[str, str]) -> None:
    assert county.app.test_client().get(f"/api/forms/media/{media['wash.wav']}").status_code == 401


def test_a_file_that_two_versions_name_is_kept_once(county: County, media: dict[str, str]) -> None:
    found, _ = look(FILES)
    definition = replace(CARE.definition, version="2027010102")
    xform = CARE.xform.replace(CARE.definition.version.encode(), b"2027010102")
    with county.app.app_context(), writing():
        later = replace(CARE, xform=xform, definition=definition, media=tuple(found.values()))
        assert service.publish(1, later, NOW).new
