"""The oracle reads the rules as they are written: what a visit, a refusal, a scope and a restore come to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from sync.core import clock, digest
from sync.core.ids import uuid7
from sync.hub import Busy, Caller, Hub, NotNow
from sync.messages import VERSION
from tests.factories import county, oracle
from tests.factories.county import PIAO, SHOUYI, TEAM, XIUYUN

START = "0193a000-0000-4000-8000-0000000057a7"
BEGAN_MS = clock.parse("2026-11-24T01:02:03.456Z")
DEVICE = "0193a000-0000-7000-8000-000000000901"


@dataclass
class Phone:
    """The least of a phone: it makes ops, sends them, and holds what comes."""

    hub: Hub
    user: str = XIUYUN
    device: str = DEVICE
    made: int = 0
    cursor: Any = None
    held: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def id(self) -> str:
        self.made += 1
        return uuid7(self.hub.now(), hashlib.sha256(f"{self.device}{self.made}".encode()).digest()[:10])

    def at(self, ago_ms: int = 0) -> dict[str, Any]:
        return {"wall": clock.text(self.hub.now() - ago_ms), "mono": 10_000_000 - ago_ms, "start": START}

    def op(self, body: dict[str, Any], kind: str = "visit.put", base: str | None = None, **more: Any) -> Any:
        made = {"v": 1, "id": self.id(), "kind": kind, "n": self.made, "base": base, "at": self.at()}
        return {**made, "body": body, **more}

    def visit(self, **more: Any) -> dict[str, Any]:
        record = {
            "record": self.id(),
            "form": "day-care-visit",
            "version": county.version(),
            "xml": county.xml("day-care-visit"),
            "list_rows": {},
            "attachments": more.pop("attachments", []),
        }
        return {
            "visit": self.id(), "team": TEAM, "programme": "day-care", "entry": "live",
            "subject": {"list": "people", "id": PIAO}, "place": None,
            "check_in": {"at": self.at(3_600_000), "reason": "no_fix"}, "check_out": None,
            "participants": [], "helpers_unnamed": 0, "records": [record], **more,
        }  # fmt: skip

    def ask(self, method: str, path: str, body: bytes, **headers: str) -> tuple[int, Any]:
        reply = self.hub.handle(Caller(county.ORG, self.user, self.device), method, path, headers, body)
        return reply.status, json.loads(reply.body)

    def sync(self, *ops: Any, **more: Any) -> dict[str, Any]:
        said = {
            "v": VERSION, "app": "0", "epoch": None, "clock": self.at(), "cursor": self.cursor,
            "ops": ops, **more,
        }  # fmt: skip
        status, heard = self.ask("POST", "/api/sync", json.dumps(said).encode())
        assert status == 200, heard
        self.cursor = heard["cursor"] or self.cursor
        gone = {*heard["left"], *heard["reset"]}
        self.held = {key: one for key, one in self.held.items() if key[0] not in gone}
        for change in heard["changes"]:
            key = (change["feed"], change["kind"], change["id"])
            if change["body"] is None:
                self.held.pop(key, None)
            else:
                self.held[key] = change
        assert isinstance(heard, dict)
        return heard

    def body(self, kind: str, id: str) -> Any:
        return next(one["body"] for key, one in self.held.items() if key[1:] == (kind, id))


def outcomes(heard: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["outcome"], one.get("code")) for one in heard["results"]]


def restless(hub: Hub, point: str, error: Exception) -> None:
    """Let the machine stop the next time that it comes to this point."""

    def at(reached: str) -> None:
        if reached == point:
            hub.at = lambda _: None
            raise error

    hub.at = at


@pytest.fixture
def now() -> list[int]:
    return [BEGAN_MS]


@pytest.fixture
def hub(now: list[int]) -> Hub:
    return oracle.hub(lambda: now[0])


@pytest.fixture
def phone(hub: Hub) -> Phone:
    return Phone(hub)


def test_a_replayed_op_changes_nothing_and_hears_the_same(phone: Phone) -> None:
    """[S2]"""
    op = phone.op(phone.visit())
    first = phone.sync(op)
    again = phone.sync(op)
    assert outcomes(first) == outcomes(again) == [("accepted", None)]
    assert again["changes"] == []
    assert phone.body("visit", op["body"]["visit"])["state"] == "received"


def test_the_same_id_with_other_bytes_is_kept_beside(phone: Phone) -> None:
    """[S2]"""
    op = phone.op(phone.visit())
    phone.sync(op)
    heard = phone.sync({**op, "n": 99})
    assert outcomes(heard) == [("refused", "op_id_reused")]
    assert [one.code for one in phone.hub.aside()] == ["op_id_reused"]
    became = phone.hub.became(op["id"])
    assert became is not None
    assert became.outcome == "accepted"


def test_a_bad_op_stands_aside_alone_and_what_builds_on_it_waits(phone: Phone) -> None:
    """[S3]"""
    bad = phone.op(phone.visit(team=county.OTHER_TEAM))
    behind = phone.op({"visit": bad["body"]["visit"], "text": "?"}, "note.add", base=bad["id"])
    good = phone.op(phone.visit())
    strange = phone.op({}, "visit.dance")
    heard = phone.sync(bad, behind, good, strange)
    assert outcomes(heard) == [
        ("refused", "not_your_team"), ("held", "waits"), ("accepted", None), ("deferred", "unknown_kind"),
    ]  # fmt: skip
    phone.hub.release(county.GUIFEN, phone.hub.aside()[0].id)
    assert outcomes(phone.sync(bad, behind)) == [("accepted", None), ("accepted", None)]
    assert phone.body("note", behind["id"])["text"] == "?"


@pytest.mark.parametrize("point", ["op 0", "op 1", "before commit"])
def test_a_full_disk_takes_nothing_of_the_batch(phone: Phone, point: str) -> None:
    """[S1] [S3]"""
    ops = [phone.op(phone.visit()), phone.op(phone.visit())]
    restless(phone.hub, point, Busy())
    said = {"v": VERSION, "app": "0", "epoch": None, "clock": phone.at(), "cursor": None, "ops": ops}
    assert phone.ask("POST", "/api/sync", json.dumps(said).encode())[0] == 503
    assert [phone.hub.became(op["id"]) for op in ops] == [None, None]
    assert outcomes(phone.sync(*ops)) == [("accepted", None)] * 2


def test_what_was_committed_when_the_machine_stopped_is_there(phone: Phone) -> None:
    """[S1]"""
    op = phone.op(phone.visit())
    restless(phone.hub, "committed", KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        phone.sync(op)
    assert phone.hub.became(op["id"]) is not None
    assert outcomes(phone.sync(op)) == [("accepted", None)]


def test_whoever_leaves_a_team_hears_that_its_feed_has_left(phone: Phone) -> None:
    """[S5]"""
    phone.sync()
    assert phone.body("entity", PIAO)["label"] == "朴顺姬"
    phone.hub.leave(TEAM, XIUYUN)
    assert phone.sync()["left"] == [f"team:{TEAM}"]
    assert not [key for key in phone.held if key[1] == "entity"]


def test_an_erased_person_leaves_the_phones(phone: Phone) -> None:
    """[S4] [S5]"""
    phone.sync()
    phone.hub.erase_entity(PIAO)
    phone.sync()
    assert not [key for key in phone.held if key[1] == "entity"]


def test_a_revoked_phone_hands_in_and_hears_nothing(phone: Phone, now: list[int]) -> None:
    """[S5]"""
    phone.hub.revoke(DEVICE)
    heard = phone.sync(phone.op(phone.visit()))
    assert outcomes(heard) == [("refused", "device_revoked")]
    assert (heard["changes"], heard["cursor"], heard["feeds"]) == ([], None, None)
    now[0] += 91 * 86_400_000
    assert phone.ask("POST", "/api/sync", b"{}")[1]["code"] == "device_revoked"


def test_digests_are_those_of_what_the_phone_holds(phone: Phone) -> None:
    """[S12]"""
    heard = phone.sync(phone.op(phone.visit()))
    for feed, said in heard["feeds"].items():
        rows = [(key[1], key[2], one["version"]) for key, one in phone.held.items() if key[0] == feed]
        assert (len(rows), digest.of(rows)) == (said["alive"], said["digest"]), feed


def test_a_restored_county_has_another_epoch_and_every_feed_begins_anew(phone: Phone) -> None:
    """[S14]"""
    phone.sync()
    backup = phone.hub.backup()
    op = phone.op(phone.visit())
    phone.sync(op)
    before = phone.cursor["epoch"]
    phone.hub.restore(backup)
    heard = phone.sync()
    assert heard["epoch"] != before
    assert sorted(heard["reset"]) == sorted(phone.cursor["feeds"])
    assert phone.hub.became(op["id"]) is None
    assert outcomes(phone.sync(op)) == [("accepted", None)]


def test_a_phone_that_was_away_for_too_long_begins_anew(phone: Phone, now: list[int]) -> None:
    """[S4]"""
    phone.sync()
    phone.hub.erase_entity(PIAO)
    now[0] += 401 * 86_400_000
    phone.hub.tidy()
    heard = phone.sync()
    assert heard["reset"] == [f"team:{TEAM}"]
    assert not [key for key in phone.held if key[1] == "entity"]


def test_a_file_comes_in_pieces_and_its_receipt_is_her_own(phone: Phone) -> None:
    """[S7]"""
    data = b"\xff\xd8\xff" + bytes(5000)
    sha256 = hashlib.sha256(data).hexdigest()
    named = [{"name": "a.jpg", "sha256": sha256, "bytes": len(data), "type": "image/jpeg"}]
    path = f"/api/photos/{sha256}"
    assert phone.ask("PUT", path, data)[1]["code"] == "photo_unknown"
    heard = phone.sync(phone.op(phone.visit(attachments=named)))
    assert heard["wanted"] == [{"sha256": sha256, "offset": 0}]
    piece = {"Content-Range": f"bytes 0-2999/{len(data)}"}
    assert phone.ask("PUT", path, data[:3000], **piece) == (202, {"sha256": sha256, "offset": 3000})
    gap = {"Content-Range": f"bytes 4000-{len(data) - 1}/{len(data)}"}
    assert phone.ask("PUT", path, data[4000:], **gap)[1]["offset"] == 3000
    rest = {"Content-Range": f"bytes 1000-{len(data) - 1}/{len(data)}"}
    assert phone.ask("PUT", path, data[1000:], **rest)[0] == 201
    other = Phone(phone.hub, SHOUYI, "0193a000-0000-7000-8000-000000000902")
    assert other.sync(have=[sha256])["receipts"] == []
    assert phone.sync(have=[sha256])["receipts"][0]["sha256"] == sha256


def test_a_decision_counts_on_the_revision_that_was_seen(phone: Phone) -> None:
    """[S6]"""
    op = phone.op(phone.visit())
    phone.sync(op)
    visit = op["body"]["visit"]
    phone.hub.approve(county.LIYAN, visit, op["id"])
    later = phone.op({**op["body"], "helpers_unnamed": 3}, base=op["id"])
    with pytest.raises(NotNow, match="revision_moved"):
        phone.hub.approve(county.LIYAN, visit, op["id"])
    assert outcomes(phone.sync(phone.op({"visit": visit}, "visit.withdraw", base=op["id"]), later)) == [
        ("refused", "already_decided"), ("accepted", None),
    ]  # fmt: skip
    assert phone.body("visit", visit)["state"] == "received"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b"{}", 422, "invalid"),
        (b" " * 2_000_001, 413, "too_large"),
    ],
)
def test_what_is_no_exchange_is_answered_by_a_problem(
    phone: Phone, body: bytes, status: int, code: str
) -> None:
    """[S3]"""
    heard: Callable[..., tuple[int, Any]] = phone.ask
    got, said = heard("POST", "/api/sync", body)
    assert (got, said["code"]) == (status, code)


def test_a_feed_that_differs_is_mended_by_its_parts(phone: Phone) -> None:
    """[S12]"""
    phone.sync(phone.op(phone.visit()))
    feed = f"user:{XIUYUN}"
    whole = {key: one for key, one in phone.held.items() if key[0] == feed}
    lost = next(iter(whole))
    del phone.held[lost]
    rows = [(key[1], key[2], one["version"]) for key, one in whole.items() if key != lost]
    heard = phone.sync(parts={feed: list(digest.parts(rows))})
    assert heard["parts"] == {feed: [digest.bucket(lost[1], lost[2])]}
    assert phone.held[lost]["body"] == whole[lost]["body"]
    same = phone.sync(parts={feed: list(digest.parts((k[1], k[2], v["version"]) for k, v in whole.items()))})
    assert (same["parts"], same["changes"]) == ({feed: []}, [])


def test_a_version_that_is_no_longer_served_is_still_heard_out(phone: Phone, now: list[int]) -> None:
    """[S11]"""
    op = phone.op(phone.visit())
    assert outcomes(phone.sync(op, v=1)) == [("accepted", None)]
    now[0] += 500 * 86_400_000
    late = phone.op(phone.visit())
    heard = phone.sync(op, late, v=1)
    assert outcomes(heard) == [("accepted", None), ("deferred", "version_retired")]
    assert (heard["v"], heard["cursor"], heard["changes"]) == (1, None, [])
    assert outcomes(phone.sync(late)) == [("accepted", None)]


def test_what_nobody_can_read_says_so_once_its_phone_is_updated(phone: Phone, now: list[int]) -> None:
    """[S11]"""
    now[0] += 500 * 86_400_000
    dance = phone.op(phone.visit(), kind="visit.dance")
    assert outcomes(phone.sync(dance, v=1)) == [("deferred", "version_retired")]
    assert outcomes(phone.sync(dance)) == [("deferred", "unknown_kind")]
    assert outcomes(phone.sync(dance, v=1)) == [("deferred", "unknown_kind")]


def test_both_sides_of_a_visit_are_shown_in_whatever_order_they_came(now: list[int]) -> None:
    """[S6]"""
    shown = []
    for order in ([0, 1], [1, 0]):
        hub = oracle.hub(lambda: now[0])
        phone = Phone(hub)
        first = phone.op(phone.visit())
        sides = [
            phone.op({**first["body"], "helpers_unnamed": 3}, base=first["id"]),
            phone.op({**first["body"], "place": county.LIUYIN}, base=first["id"]),
        ]
        phone.sync(first, *(sides[number] for number in order))
        body = phone.body("visit", first["body"]["visit"])
        assert (body["handling"], body["place"], body["number"]) == (None, county.LIUYIN, 4)
        assert hub.conflicts(body["visit"]) == {}
        shown.append(body["revision"])
    assert shown[0] == shown[1]


def test_what_two_say_differently_waits_until_somebody_has_settled_it(phone: Phone) -> None:
    """[S6]"""
    first = phone.op(phone.visit())
    sides = [phone.op({**first["body"], "helpers_unnamed": number}, base=first["id"]) for number in (3, 4)]
    phone.sync(first, *sides)
    visit = first["body"]["visit"]
    body = phone.body("visit", visit)
    assert body["handling"] == "two_versions"
    assert {one["id"] for one in sides} == set(phone.hub.conflicts(visit)["helpers_unnamed"])
    with pytest.raises(NotNow, match="unsettled"):
        phone.hub.approve(county.LIYAN, visit, body["revision"])
    settled = phone.hub.settle(county.LIYAN, visit, body["revision"], {"helpers_unnamed": sides[0]["id"]})
    phone.hub.approve(county.LIYAN, visit, settled)
    phone.sync()
    after = phone.body("visit", visit)
    assert (after["state"], after["revision"], after["handling"]) == ("approved", settled, None)
