"""An export is a job: watched, stopped, taken again after a crash, fetched by its asker alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from sqlalchemy import select, update

from server.accounts.models import Grant
from server.base.db import reading, session, writing
from server.base.models import AuditRow, Job
from tests.api.exports.conftest import Office
from tests.factories.county import LIYAN, WENLAN


def change(office: Office, **values: Any) -> None:
    """Put the job's row into a state that a crash would leave."""
    with office.county.app.app_context(), writing():
        session.execute(update(Job).values(**values))


def test_it_tells_how_far_it_is(office: Office) -> None:
    job = office.ask()
    assert (job["state"], job["done_rows"]) == ("queued", 0)
    assert office.runner.run_one()
    done = office.county.desk(WENLAN).get(f"/api/exports/{job['id']}")
    assert (done["done_rows"], done["total_rows"]) == (2, 2)
    assert done["filename"] == "桦岭县-数据表-2026-11-01至2026-11-30.xlsx"


def test_a_queued_export_is_stopped_at_once(office: Office) -> None:
    job = office.ask()
    told = office.county.desk(WENLAN).post(f"/api/exports/{job['id']}/cancel", status=200)
    assert told["state"] == "cancelled"
    assert not office.runner.run_one()


def test_a_running_export_stops_at_its_next_report(office: Office) -> None:
    job = office.ask()
    change(office, cancel_asked=True)
    assert office.runner.run_one()
    assert office.county.desk(WENLAN).get(f"/api/exports/{job['id']}")["state"] == "cancelled"


def test_an_export_whose_server_died_is_made_again(office: Office) -> None:
    job = office.ask()
    change(office, state="running", heartbeat_at=office.county.clock())
    assert not office.runner.run_one()
    office.county.clock.forward(seconds=61)
    assert office.runner.run_one()
    assert office.county.desk(WENLAN).get(f"/api/exports/{job['id']}")["state"] == "done"


def test_a_grant_that_ended_meanwhile_ends_the_export(office: Office) -> None:
    job = office.ask()
    with office.county.app.app_context(), writing():
        session.execute(update(Grant).where(Grant.user_id == WENLAN).values(until=office.county.clock()))
        session.execute(
            update(Grant).where(Grant.user_id == LIYAN).values(user_id=WENLAN, scope_id="nowhere")
        )
    assert office.runner.run_one()
    told = office.county.desk(WENLAN).get(f"/api/exports/{job['id']}")
    assert told["total_rows"] == 0


def test_somebody_elses_export_does_not_exist(office: Office) -> None:
    job = office.made()
    office.county.desk(LIYAN).get(f"/api/exports/{job['id']}", status=404)
    office.user = LIYAN
    office.file(job, status=404)


def test_the_file_carries_its_chinese_name_and_the_audit_notes_the_hand_over(office: Office) -> None:
    job = office.made()
    response = office.file(job)
    assert "桦岭县-数据表" in unquote(response.headers["Content-Disposition"])
    assert len(response.data) == job["bytes"]
    with office.county.app.app_context(), reading():
        actions = session.scalars(select(AuditRow.action).where(AuditRow.target_id == job["id"])).all()
    assert sorted(actions) == ["export.ask", "export.fetch"]


def test_a_file_that_was_cleared_away_says_so(office: Office) -> None:
    job = office.made()
    for blob in (office.county.app.extensions["lianxin.settings"].data / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    assert office.file(job, status=410).get_json()["code"] == "export_gone"


def test_a_period_that_ends_before_it_begins_is_refused(office: Office) -> None:
    told = office.ask(status=422, **{"from": "2026-11-30", "to": "2026-11-01"})
    assert told["code"] == "period_upside_down"
