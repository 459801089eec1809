"""Answers are told as somebody would say them, with what was stored beside."""

from __future__ import annotations

from tests.factories.county import County, xml


def test_a_day_is_told_as_a_day_in_both_languages(county: County) -> None:
    phone = county.phone()
    answers = xml(need="revisit", revisit_on="2026-12-01")
    op = county.visit(phone, records=[county.record(phone, xml=answers)])
    assert phone.sync(op)["results"][0]["outcome"] == "accepted"
    (record,) = county.desk().get(f"/api/desk/visits/{op['body']['visit']}")["records"]
    (line,) = [line for line in record["answers"] if line["path"].endswith("/revisit_on")]
    assert line["value_text"] == {"zh": "2026年12月1日", "en": "1 Dec 2026"}
    assert line["raw"] == "2026-12-01"
