"""What goes to and fro about a visit that has arrived: returns, corrections, withdrawals, notes."""

from __future__ import annotations

from typing import Any

from tests.factories.county import County
from tests.factories.phone import Phone

Op = dict[str, Any]
ATE, TEMP = "/data/care/ate", "/data/care/room_temp"


def decisions_path(op: Op) -> str:
    return f"/api/visits/{op['body']['visit']}/decisions"


def record_of(op: Op) -> str:
    return str(op["body"]["records"][0]["record"])


def asking(op: Op, *paths: str, **more: Any) -> dict[str, Any]:
    """The draft of a return that asks about these fields."""
    comments = [{"record": record_of(op), "path": path, "text": f"请看 {path}"} for path in paths]
    return {"kind": "return", "revision": op["id"], "words": "请补一下", "comments": comments, **more}


def give_back(county: County, op: Op, *paths: str, **more: Any) -> dict[str, Any]:
    """佟立岩 returns the visit."""
    found: dict[str, Any] = county.desk().post(decisions_path(op), asking(op, *paths, **more))
    return found


def answered(op: Op, decision: str, path: str = ATE, said: str = "changed", **more: Any) -> dict[str, Any]:
    """The correction's own member of a visit.put."""
    answers = [{"record": record_of(op), "path": path, "said": said, **more}]
    return {"decision": decision, "answers": answers}


def next_revision(phone: Phone, op: Op, xml: str | None = None, **changes: Any) -> Op:
    """The same visit put again on what stands there; ``xml`` instead of what its record said."""
    (record,) = op["body"]["records"]
    records = [{**record, "xml": xml}] if xml else [record]
    return phone.op({**op["body"], "records": records, **changes}, base=op["id"])


def withdrawal(phone: Phone, op: Op, reason: str | None = "记错人了") -> Op:
    body = {"visit": op["body"]["visit"], "reason": reason}
    return phone.op(body, kind="visit.withdraw", base=op["id"])


def note(phone: Phone, op: Op, text: str = "她女儿在家") -> Op:
    return phone.op({"visit": op["body"]["visit"], "text": text}, kind="note.add", base=op["id"])


def mine(phone: Phone, op: Op) -> dict[str, Any]:
    """What the phone hears of its visit."""
    phone.sync_all()
    return phone.bodies("visit")[op["body"]["visit"]]


def detail(county: County, op: Op, user: str | None = None) -> dict[str, Any]:
    desk = county.desk(user) if user else county.desk()
    found: dict[str, Any] = desk.get(f"/api/desk/visits/{op['body']['visit']}")
    return found
