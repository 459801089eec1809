"""The reference client keeps the phone's half of the rules, against the oracle."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.client.answer import Ask, Heard
from sync.client.engine import Resting
from sync.client.outbox import File
from sync.client.photos import LEAST_PIECE
from sync.client.store import OWN, Store
from sync.core import clock, digest
from sync.hub import Caller, Hub
from sync.ops import BadOp
from tests.factories import county, oracle, pictures
from tests.factories.citizen import DEVICE, Citizen, Line, line_to
from tests.factories.county import LIYAN, PIAO, TEAM, XIUYUN

DAY_MS = 86_400_000


@pytest.fixture
def now() -> list[int]:
    return [clock.parse("2026-11-24T01:02:03.456Z")]


@pytest.fixture
def hub(now: list[int]) -> Hub:
    return oracle.hub(lambda: now[0])


@pytest.fixture
def line(hub: Hub) -> Line:
    return line_to(hub, Caller(county.ORG, XIUYUN, DEVICE))


@pytest.fixture
def phone(now: list[int], line: Line) -> Citizen:
    return Citizen(lambda: now[0], line)


def faulty(line: Line, fault: Callable[[Ask, int], Heard | str | None]) -> Line:
    """A line on which ``fault`` happens, told which request it is: an answer of its own, or "lost" for one
    that arrives and is never answered, or None for nothing."""
    asked: list[Ask] = []

    def carry(ask: Ask) -> Heard | None:
        asked.append(ask)
        found = fault(ask, len(asked) - 1)
        if isinstance(found, Heard):
            return found
        heard = line(ask)
        return None if found == "lost" else heard

    return carry


def photo(seed: int = 1) -> File:
    made = pictures.photo(seed=seed)
    return File(made.name, made.type, made.data, pictures.preview().data)


def problem(status: int, code: str) -> Heard:
    return Heard(status, {"Content-Type": "application/problem+json"}, json.dumps({"code": code}).encode())


def test_a_visit_arrives_and_the_county_shows_it(phone: Citizen, hub: Hub) -> None:
    """[S1]"""
    op = phone.visit()
    phone.wake()
    assert phone.state_of(op) == ("accepted", None)
    (shown,) = phone.loop.world.things("visit").values()
    assert (shown["revision"], shown["state"]) == (op, "received")
    assert isinstance(phone.loop.state.doing, Resting)


def test_an_op_stays_until_its_outcome_was_heard_and_goes_as_the_same_bytes(
    phone: Citizen, line: Line, hub: Hub, now: list[int]
) -> None:
    """[S1] [S2]"""
    phone.line = faulty(line, lambda ask, nth: "lost" if nth == 0 else None)
    op = phone.visit()
    (first,) = phone.wake()
    assert phone.state_of(op) == ("waiting", None)
    now[0] += DAY_MS
    second = phone.wake()[0]
    sealed = phone.loop.outbox.bytes_of(op)
    assert sealed in first[0].body
    assert sealed in second[0].body
    assert phone.state_of(op) == ("accepted", None)
    assert hub.aside() == []


def test_what_no_county_could_read_is_not_kept(phone: Citizen) -> None:
    """[S3]"""
    with pytest.raises(BadOp):
        phone.visit(helpers_unnamed=1.5)
    assert phone.loop.outbox.waiting() == []
    assert phone.store.get("n") is None


def test_running_numbers_have_no_gaps(phone: Citizen) -> None:
    """[S13]"""
    ops = [phone.visit(), phone.visit(), phone.visit()]
    assert [json.loads(phone.loop.outbox.bytes_of(op))["n"] for op in ops] == [1, 2, 3]


def test_a_crash_before_the_commit_of_an_answer_leaves_all_as_it_was(phone: Citizen, hub: Hub) -> None:
    """[S4]"""

    def at(point: str) -> None:
        if point == "before answer":
            raise KeyboardInterrupt

    op = phone.visit()
    phone.store.at = at
    with pytest.raises(KeyboardInterrupt):
        phone.wake()
    assert (phone.state_of(op), phone.store.get("cursor")) == (("waiting", None), None)
    assert phone.store.rows("SELECT * FROM rows") == []
    phone.store.at = lambda _: None
    reopened = Citizen(phone.now, phone.line, phone.store)
    reopened.wake()
    assert reopened.state_of(op) == ("accepted", None)


def test_the_op_that_the_county_stumbles_over_is_found_and_handed_in(
    phone: Citizen, line: Line, hub: Hub, now: list[int]
) -> None:
    """[S3]"""
    ops = [phone.visit() for _ in range(5)]
    bad = ops[2]
    sealed = phone.loop.outbox.bytes_of(bad)

    def stumble(ask: Ask, nth: int) -> Heard | None:
        return problem(500, "broken") if ask.path == "/api/sync" and sealed in ask.body else None

    phone.line = faulty(line, stumble)
    for _ in range(4):
        phone.wake()
        now[0] += DAY_MS
    assert {phone.state_of(op)[0] for op in ops if op != bad} == {"accepted"}
    assert phone.state_of(bad) == ("refused", "handed_in")
    (item,) = hub.aside()
    assert item.raw == sealed
    hub.release(LIYAN, item.id)
    phone.wake()
    assert phone.state_of(bad) == ("accepted", None)


def test_a_dead_link_never_counts_against_an_op(phone: Citizen, line: Line, now: list[int]) -> None:
    """[S3] [S10]"""
    phone.line = faulty(line, lambda ask, nth: problem(503, "busy"))
    op = phone.visit()
    for _ in range(6):
        phone.wake()
    assert phone.state_of(op) == ("waiting", None)
    assert phone.loop.outbox.waiting()[0].fails == 0
    assert phone.loop.state.batch.bytes == 4_096


def test_a_page_that_is_not_the_countys_is_no_answer(phone: Citizen, line: Line) -> None:
    """[S1]"""
    hotel = Heard(200, {"Content-Type": "text/html"}, b"<html>welcome</html>")
    phone.line = faulty(line, lambda ask, nth: hotel)
    op = phone.visit()
    phone.wake()
    assert phone.state_of(op) == ("waiting", None)
    assert phone.loop.state.offline


def test_what_left_is_dropped_save_what_an_unsent_op_refers_to(
    phone: Citizen, line: Line, hub: Hub, now: list[int]
) -> None:
    """[S5]"""
    phone.wake()
    op = phone.visit()
    now[0] += 1000
    hub.leave(TEAM, XIUYUN)
    sealed = phone.loop.outbox.bytes_of(op)
    without = faulty(line, lambda ask, nth: problem(500, "broken") if sealed in ask.body else None)
    phone.line = without
    phone.wake()  # the probe is answered: the team's feed has left
    assert phone.loop.world.carriers("entity", PIAO) == []
    assert phone.loop.world.things("entity")[PIAO]["label"] == "朴顺姬"
    assert [row["id"] for row in phone.store.rows("SELECT id FROM rows WHERE feed = ?", OWN)]
    phone.line = line
    phone.wake()
    assert phone.state_of(op)[0] == "accepted"
    assert phone.loop.world.things("entity") == {}


def test_a_feed_that_lost_rows_is_mended_by_its_parts(phone: Citizen) -> None:
    """[S12]"""
    for _ in range(3):
        phone.visit()
    phone.wake()
    before = phone.loop.world.things("visit")
    with phone.store.writing("damage") as db:
        db.execute("DELETE FROM rows WHERE kind = 'visit' AND id = ?", (min(before),))
        db.execute("UPDATE rows SET version = 'x' WHERE kind = 'me'")
        db.execute(
            "INSERT INTO rows (feed, kind, id, version, body) VALUES (?, 'visit', ?, '1', '{}')",
            (f"user:{XIUYUN}", PIAO),
        )
    said = phone.wake()
    assert phone.loop.world.things("visit") == before
    assert phone.loop.world.mismatched() == []
    assert json.loads(said[1][0].body)["manifest"]["mismatched"] == [f"user:{XIUYUN}"]


def test_a_repair_that_does_not_help_rests_for_a_day(phone: Citizen, line: Line, now: list[int]) -> None:
    """[S12]"""
    phone.visit()
    phone.wake()

    def lie(ask: Ask, nth: int) -> Heard | None:
        heard = line(ask)
        if heard is None or ask.path != "/api/sync":
            return heard
        said = heard.json()
        for told in (said["feeds"] or {}).values():
            told["digest"] = digest.EMPTY
        return Heard(heard.status, heard.headers, json.dumps(said).encode())

    phone.line = faulty(line, lie)
    assert len(phone.wake()) < 8
    assert phone.loop.world.doubted() == []
    assert phone.loop.world.mismatched()
    assert len(phone.wake()) == 1
    now[0] += 2 * DAY_MS
    assert len(phone.wake()) > 1


def test_a_change_of_a_kind_that_nobody_knows_is_kept_as_it_came(phone: Citizen, line: Line) -> None:
    """[S4] [S11]"""

    def add(ask: Ask, nth: int) -> Heard | None:
        heard = line(ask)
        assert heard is not None
        said = heard.json()
        said["changes"] += [
            {"feed": "county", "kind": "tide", "id": "1", "seq": 1, "version": "1", "body": {"high": [1]}},
            {"feed": "county", "kind": 7},
        ]
        said["feeds"] = None
        return Heard(heard.status, heard.headers, json.dumps(said).encode())

    phone.line = faulty(line, add)
    phone.wake()
    assert phone.loop.world.things("tide") == {"1": {"high": [1]}} or phone.store.rows("SELECT * FROM odd")
    assert json.loads(phone.store.rows("SELECT raw FROM odd")[0]["raw"]) == {"feed": "county", "kind": 7}


def test_a_restored_county_is_told_again_what_it_had_taken(phone: Citizen, hub: Hub, now: list[int]) -> None:
    """[S14]"""
    phone.wake()
    backup = hub.backup()
    one = photo()
    op = phone.visit(files=(one,))
    phone.wake()
    assert hub.photo(one.sha256) == one.data
    hub.restore(backup)
    assert hub.became(op) is None
    now[0] += DAY_MS
    phone.wake()
    assert phone.state_of(op) == ("accepted", None)
    assert hub.became(op) is not None
    assert hub.photo(one.sha256) == one.data


def test_an_original_is_kept_until_a_backup_holds_it(phone: Citizen, hub: Hub, now: list[int]) -> None:
    """[S7] [S14]"""
    one = photo()
    phone.visit(files=(one,))
    phone.wake()
    kept = phone.store.row("SELECT state, data FROM files")
    assert kept is not None
    assert (kept["state"], kept["data"]) == ("received", one.data)
    now[0] += 60_000
    hub.backup()
    now[0] += DAY_MS
    phone.wake()
    freed = phone.store.row("SELECT state, data FROM files")
    assert freed is not None
    assert (freed["state"], freed["data"]) == ("received", None)


def test_photos_come_whole_over_a_line_that_breaks(
    phone: Citizen, line: Line, hub: Hub, now: list[int]
) -> None:
    """[S7] [S8]"""
    noise = File("a.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(range(256)) * 2500)
    phone.line = faulty(line, lambda ask, nth: "lost" if ask.method == "PUT" and nth % 2 else None)
    phone.visit(files=(noise, photo()))
    for _ in range(12):
        phone.wake()
        now[0] += DAY_MS
    assert hub.photo(noise.sha256) == noise.data
    assert phone.loop.photos.owed() == 0
    assert phone.loop.piece >= LEAST_PIECE


def test_a_file_that_cannot_be_read_any_more_is_told_as_lost(phone: Citizen, hub: Hub) -> None:
    """[S7]"""
    one = photo()
    phone.visit(files=(one,))
    with phone.store.writing("damage") as db:
        db.execute("UPDATE files SET data = x'00'")
    phone.wake()
    (lost,) = phone.store.rows("SELECT state, bytes FROM ops WHERE kind = 'photo.lost'")
    assert lost["state"] == "waiting" or lost["state"] == "accepted"
    phone.wake()
    assert phone.loop.outbox.waiting() == []
    assert phone.loop.photos.owed() == 0


def test_a_revoked_phone_deletes_nothing_and_asks_seldom(phone: Citizen, hub: Hub, now: list[int]) -> None:
    """[S5]"""
    phone.wake()
    hub.revoke(DEVICE)
    op = phone.visit()
    phone.wake()
    assert phone.state_of(op) == ("refused", "device_revoked")
    assert phone.loop.world.things("entity")
    assert phone.loop.state.trouble is not None
    assert phone.loop.state.next_try_ms is not None
    assert phone.loop.state.next_try_ms - now[0] >= 5 * 60_000


def test_a_correction_and_a_note_name_what_they_build_on(phone: Citizen, hub: Hub) -> None:
    """[S6]"""
    first = phone.visit()
    phone.wake()
    (visit,) = phone.loop.world.things("visit")
    hub.send_back(LIYAN, visit, first, "请补一下")
    phone.wake()
    asked = phone.loop.world.things("visit")[visit]["returned"]
    body = {name: value for name, value in asked["body"].items() if name != "records"}
    records = [
        {name: value for name, value in one.items() if name != "sha256"} for one in asked["body"]["records"]
    ]
    second = phone.loop.outbox.put(
        "visit.put",
        {**body, "records": records, "correction": {"decision": asked["decision"], "answers": []}},
        phone.loop.outbox.base_of(visit),
    )
    note = phone.loop.outbox.put(
        "note.add", {"visit": visit, "text": "好了"}, phone.loop.outbox.base_of(visit)
    )
    assert json.loads(phone.loop.outbox.bytes_of(second))["base"] == first
    assert json.loads(phone.loop.outbox.bytes_of(note))["base"] == second
    phone.wake()
    shown = hub.shown(visit)
    assert shown is not None
    assert (shown.revision, shown.state, shown.handling) == (second, "received", None)
    assert shown.notes == (note,)


def test_a_file_of_a_phone_outlives_the_program(tmp_path: Path, now: list[int], line: Line) -> None:
    """[S1]"""
    phone = Citizen(lambda: now[0], line, Store(tmp_path / "phone.db"))
    op = phone.visit()
    phone.store.close()
    again = Citizen(lambda: now[0], line, Store(tmp_path / "phone.db"))
    again.wake()
    assert again.state_of(op) == ("accepted", None)
