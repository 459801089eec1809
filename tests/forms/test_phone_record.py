"""The record that the phone's renderer makes (its test holds it to this file) is read as it was answered."""

from __future__ import annotations

from pathlib import Path

from server.entities.change import EntityChange
from server.forms import answers
from server.forms.convert import convert_spec
from server.programmes.programme import form_specs

FIXTURES = Path(__file__).resolve().parents[2] / "pwa" / "src" / "forms" / "fixtures"
PIAO = "0198f5a0-0000-7000-8000-000000000001"


def test_a_care_visit_filled_on_the_phone_is_read_as_it_was_answered() -> None:
    definition = convert_spec(form_specs()["day-care-visit"]).definition
    xml = (FIXTURES / "day-care-visit.record.xml").read_text(encoding="utf-8").rstrip("\n")
    for name, value in {
        "version": definition.version,
        "start": "2026-11-24T09:05:00.000+08:00",
        "end": "2026-11-24T09:48:00.000+08:00",
        "today": "2026-11-24",
        "instanceID": "uuid:66d3aaf7-adcd-4145-8e97-d1725b2f6b13",
    }.items():
        xml = xml.replace(f"{{{name}}}", value)

    record = answers.read(definition, xml.encode())

    asked = {path: value for path, value in record.values.items() if "/meta/" not in path}
    assert asked == {
        "/data/start": "2026-11-24T09:05:00.000+08:00",
        "/data/end": "2026-11-24T09:48:00.000+08:00",
        "/data/today": "2026-11-24",
        "/data/person": PIAO,
        "/data/consent_on_file": "",
        "/data/door": "opened",
        "/data/met": "1",
        "/data/consent_now": "all",
        "/data/consent_now_on": "2026-11-24",
        "/data/may_write": "1",
        "/data/may_photo": "1",
        "/data/may_refer": "1",
        "/data/care/tasks": ["meal", "stove"],
        "/data/care/ate": "little",
        "/data/care/medicine": "forgotten",
        "/data/care/hazard": ["stove", "cold"],
        "/data/care/room_temp": -3,
        "/data/wellbeing": "low",
        "/data/need": "revisit",
        "/data/revisit_on": "2026-11-24",
        "/data/note": ' 炉子 <旧> & "漏" 👵\n明天带煤 ',
        "/data/hazard_photo": "",
        "/data/photo": "",
        "/data/voice": "",
        "/data/counts_daily_contact": "1",
        "/data/counts_home_care": "1",
    }
    assert record.instance_id == "uuid:66d3aaf7-adcd-4145-8e97-d1725b2f6b13"
    assert record.entity == EntityChange(
        list="people",
        id=PIAO,
        create=False,
        update=True,
        label=None,
        properties={"consent": "all", "consent_on": "2026-11-24"},
    )
