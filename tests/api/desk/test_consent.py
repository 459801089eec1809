"""What a person agreed to is told in words, whichever form the visit was written with."""

from __future__ import annotations

import pytest

from tests.factories.county import County, xml

WORDS = {"zh": "同意：记录、拍照、转介", "en": "Agrees: record, photos, referral"}


@pytest.mark.parametrize("form", ["day-care-visit", "daily-contact"])
def test_consent_is_told_by_its_label_also_in_a_form_that_does_not_ask_it(county: County, form: str) -> None:
    phone = county.phone()
    op = county.visit(phone, records=[county.record(phone, form, xml=xml(form))])
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"
    shown = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")
    assert shown["visit"]["consent"] == WORDS


def test_a_visit_to_nobody_in_particular_tells_of_no_consent(county: County) -> None:
    phone = county.phone()
    op = county.visit(phone, subject=None)
    phone.sync(op)
    assert county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["visit"]["consent"] is None
