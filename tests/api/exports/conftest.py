"""A small county with three visits, and a desk that asks for sheets."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest

from server.base.jobs import Runner
from tests.factories.county import COMPOUND, LIUYIN, PIAO, TEAM, WENLAN, County, xml  # noqa: F401

NOTE = "炉子有点倒烟，窗户留了缝。=1+1"


@dataclass
class Office:
    """Headquarters asking for sheets; `run` is the server's own job thread taking one job."""

    county: County
    user: str = WENLAN

    @property
    def runner(self) -> Runner:
        runner: Runner = self.county.app.extensions["lianxin.jobs"]
        return runner

    def ask(self, status: int = 202, **asked: Any) -> dict[str, Any]:
        body = {"format": "xlsx", "from": "2026-11-01", "to": "2026-11-30", **asked}
        told: dict[str, Any] = self.county.desk(self.user).post("/api/exports", body, status)
        return told

    def made(self, **asked: Any) -> dict[str, Any]:
        """An export that is done."""
        job = self.ask(**asked)
        assert self.runner.run_one()
        told: dict[str, Any] = self.county.desk(self.user).get(f"/api/exports/{job['id']}")
        assert told["state"] == "done", told
        return told

    def file(self, job: dict[str, Any], status: int = 200) -> Any:
        desk = self.county.desk(self.user)
        response = self.county.app.test_client().post(
            f"/api/exports/{job['id']}/file", headers=desk.headers(), buffered=True
        )
        assert response.status_code == status, response.text
        response.close()  # the file behind it
        return response

    def sheet(self, title: str = "上门照料", **asked: Any) -> list[dict[str, Any]]:
        """The rows of one sheet of a fresh workbook, by the key in each heading."""
        book = openpyxl.load_workbook(io.BytesIO(self.file(self.made(**asked)).data))
        header, *rows = book[title].iter_rows(values_only=True)
        keys = [str(cell).rsplit("\n", 1)[-1] for cell in header]
        return [dict(zip(keys, row, strict=True)) for row in rows]

    def csv(self, **asked: Any) -> list[list[str]]:
        text = self.file(self.made(**asked)).data.decode("utf-8")
        return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def county(county: County) -> County:
    phone = county.phone()
    visits = [
        county.visit(phone, records=[county.record(phone, xml=xml(note=NOTE, room_temp="14"))]),
        county.visit(
            phone, records=[county.record(phone, xml=xml(photo="0123456789abcdef0123456789abcdef.jpg"))]
        ),
    ]
    assert {each["outcome"] for each in phone.send(*visits).get_json()["results"]} == {"accepted"}
    county.desk().approve(visits[0])
    return county


@pytest.fixture
def office(county: County) -> Office:
    return Office(county)
