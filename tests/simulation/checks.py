"""What must be true after every run, rule by rule.

Each check looks at the county and its phones at rest; what it finds wrong it says in one line, with the
rule's number. ``sound`` asks them all. A check that knows of an excuse (a restore, a revoked phone, a file
that its phone cannot read any more) says so, and nothing else is excused.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sync.client.outbox import KEPT_MS
from sync.core import clock
from sync.hub.county import Aside, Became
from sync.messages import MOST_OPS
from sync.versions import retired
from tests.simulation.history import Sealed, Sent
from tests.simulation.rest import Rest
from tests.simulation.world import World

ALSO = ("device_revoked", "waits")  # whatever was wrong: its phone is out of use, or it waits behind another
PUT_OFF = ("deferred", "version_retired")
MOST_BODY_BYTES = 2_000_000

Check = Callable[[Rest], Iterator[str]]
EXPECTED = {  # what was wrong on purpose → how it must be answered
    "unknown_version": ("refused", "form_version_unknown"),
    "not_your_team": ("refused", "not_your_team"),
    "unreadable": ("refused", "xml_unreadable"),
    "future": ("deferred", "unknown_kind"),
    "future_version": ("deferred", "unknown_kind"),
}


def sound(world: World) -> list[str]:
    """Everything that is wrong with this run."""
    rest = Rest(world)
    found = list(rest.noticed)
    for check in CHECKS:
        found += check(rest)
    return found


def s1_nothing_acknowledged_is_lost(rest: Rest) -> Iterator[str]:
    """What a phone heard accepted is in the county. After a restore it is there again, if a phone still held
    it: acknowledged less than 35 days before."""
    for op, at_ms in rest.history.accepted.items():
        became = rest.became(op)
        if became is not None and became.outcome == "accepted":
            continue
        undone = op in rest.history.moderated and rest.history.restored_ms  # the desk let it in, and forgot
        if not undone and not _excused(rest, at_ms) and not _is_silent(rest, rest.history.sealed[op]):
            yield f"[S1] {rest.name(op)} was heard accepted and is {became}"


def s2_everything_sealed_is_here_exactly_once(rest: Rest) -> Iterator[str]:
    """Each finished op is in the ledger with the bytes that were sealed; each accepted put is a revision of
    its visit, once."""
    kept = rest.ledger
    for op in rest.history.sealed.values():
        if op.id not in kept:
            if not (_is_silent(rest, op) or _was_handed_in(rest, op) or _is_forgotten(rest, op)):
                yield f"[S2] {rest.name(op.id)} never arrived"
        elif kept[op.id] != hashlib.sha256(op.bytes).hexdigest():
            yield f"[S2] {rest.name(op.id)} is here with other bytes than were sealed"
    for visit in rest.visits:
        shown = rest.shown(visit)
        counted = Counter(shown.revisions if shown else ())
        for op in (one for one in rest.ops_of(visit) if one.kind == "visit.put"):
            became = rest.became(op.id)
            times = 1 if became is not None and became.outcome == "accepted" else 0
            if counted[op.id] != times:
                yield f"[S2] {rest.name(op.id)} is {became} and {counted[op.id]} times a revision"


def s2_no_op_is_written_again(rest: Rest) -> Iterator[str]:
    """What lies in a phone's store is what was sealed."""
    for phone in rest.phones.values():
        for own in phone.ops():
            if bytes(own.bytes) != rest.history.sealed[own.id].bytes:
                yield f"[S2] {rest.name(own.id)} was written again after it had been sealed"


def s2_other_bytes_under_a_known_id_are_kept_beside(rest: Rest) -> Iterator[str]:
    if rest.history.restored_ms:
        return
    kept = [one for one in rest.aside if one.code == "op_id_reused"]
    for op, raw in rest.history.reused:
        same = [one for one in kept if one.op == op and json.loads(one.raw) == json.loads(raw)]
        if len(same) != 1:
            yield f"[S2] what came under the id of {rest.name(op)} is kept {len(same)} times"


def s3_what_is_not_taken_is_kept_whole(rest: Rest) -> Iterator[str]:
    """Each op that is not accepted stands aside exactly once, byte for byte."""
    items: dict[str | None, list[Aside]] = {}
    for item in rest.aside:
        if item.code != "op_id_reused":
            items.setdefault(item.op, []).append(item)
    for op in rest.history.sealed.values():
        became = rest.became(op.id)
        if became is None or became.outcome == "accepted":
            continue
        found = [one for one in items.get(op.id, []) if one.raw == op.bytes]
        if not found:
            yield f"[S3] {rest.name(op.id)} is {became.outcome} and does not stand aside whole"
        if len(found) > 1 and not rest.history.restored_ms and op.id not in rest.history.moderated:
            yield f"[S3] {rest.name(op.id)} stands aside {len(found)} times: {[one.code for one in found]}"


def s3_a_bad_op_stands_alone(rest: Rest) -> Iterator[str]:
    """What was good is taken, and what was wrong is answered with its own code, whatever came with it."""
    for op in rest.history.sealed.values():
        became = rest.became(op.id)
        if became is None or op.id in rest.history.moderated:
            continue
        if became == Became(*PUT_OFF) and _is_silent(rest, op):  # nobody can update its app any more
            continue
        if op.quality in EXPECTED:
            fits = (became.outcome, became.code) == EXPECTED[op.quality] or became.code in ALSO
            if not fits and not (op.quality == "not_your_team" and became.outcome == "accepted"):
                yield f"[S3] {rest.name(op.id)} was {op.quality} and is {became}"
        elif became.outcome == "held" and _base_outcome(rest, op) == "accepted":
            yield f"[S3] {rest.name(op.id)} is held behind {op.base}, which is accepted"
        elif became.outcome in ("refused", "deferred") and not _may_refuse(op, became.code or ""):
            yield f"[S3] {rest.name(op.id)} was good and is {became}"


def s3_nothing_has_to_be_handed_in(rest: Rest) -> Iterator[str]:
    """Bytes go to quarantine by themselves only when the county stumbles over them three times."""
    for sent in rest.history.sent:
        if sent.ask.path == "/api/quarantine":
            yield f"[S3] phone {sent.phone} could not bring an op by any exchange"


def s4_phones_hold_what_the_feeds_carry(rest: Rest) -> Iterator[str]:
    """Row for row: kind, id, version and body of each feed in scope."""
    for name, phone in rest.phones.items():
        rows = phone.rows()
        for feed in rest.scope(phone):
            held = {(kind, id): one for (of, kind, id), one in rows.items() if of == feed}
            there = rest.feeds.get(feed, {})
            for row in sorted({*held, *there}):
                if row not in there or row not in held:
                    how = "lacks" if row not in held else "still holds"
                    yield f"[S4] phone {name} {how} {row[0]} {row[1][-4:]} of {feed}"
                elif held[row][0] != there[row][0]:
                    yield f"[S4] phone {name} holds {row[0]} {row[1][-4:]} of {feed} at another version"
                elif held[row][1] != there[row][1]:
                    yield f"[S4] phone {name} holds {row[0]} {row[1][-4:]} of {feed} with another body"


def s5_nothing_is_held_outside_scope(rest: Rest) -> Iterator[str]:
    """A revoked phone hears nothing any more, and so keeps what it had."""
    for name, phone in rest.phones.items():
        if phone.handset.device in rest.history.revoked:
            continue
        for feed in sorted({row[0] for row in phone.rows()} - rest.scope(phone)):
            yield f"[S5] phone {name} still holds rows of {feed}"
        named = {own.person for own in phone.ops() if own.state == "waiting"}
        for id in phone.kept_for_own() - named:
            yield f"[S5] phone {name} keeps {id[-4:]}, which nothing of its own refers to"


def s5_a_revoked_phone_hears_nothing(rest: Rest) -> Iterator[str]:
    for told in rest.history.told:
        answer = told.answer
        if told.revoked_ms is not None and answer and (answer["changes"] or answer["cursor"]):
            yield f"[S5] phone {told.sent.phone} was revoked and still heard {len(answer['changes'])} changes"


def s6_a_visit_shows_what_all_its_revisions_come_to(rest: Rest) -> Iterator[str]:
    """Merged anew from all that is kept, whatever the order in which it came; and nothing is overwritten by
    somebody who had not seen it: what is shown builds on all, or is a merge of all."""
    for visit in rest.visits:
        shown, due = rest.shown(visit), rest.county.due(visit)
        if shown is None or due is None:
            continue
        if shown.revision != due:
            yield f"[S6] visit {visit[-4:]} shows another revision than its revisions come to"
        if shown.revision in rest.history.sealed and set(shown.revisions) <= rest.history.sealed.keys():
            unseen = set(shown.revisions) - _ancestors(rest, shown.revision)
            if unseen and not any(op.kind == "visit.withdraw" for op in rest.ops_of(visit)):
                yield f"[S6] visit {visit[-4:]} shows one of {1 + len(unseen)} that had not seen each other"


def s7_photos_are_here_byte_for_byte(rest: Rest) -> Iterator[str]:
    """Every file of a finished op, unless its phone cannot read it any more, heard its receipt long before a
    restore and holds it no more, or is revoked."""
    for op in rest.history.sealed.values():
        if op.kind != "visit.put" or op.quality == "future_version" or _is_silent(rest, op):
            continue
        for sha in files_of(op):
            heard_ms = rest.history.receipts.get(sha)
            gone = sha in rest.history.lost_files or (heard_ms is not None and _excused(rest, heard_ms))
            if rest.county.photo(sha) != rest.history.files[sha] and not gone:
                yield f"[S7] a file of {rest.name(op.id)} is not in the county as it was taken"


def s7_a_receipt_stands_for_bytes_that_are_here(rest: Rest) -> Iterator[str]:
    """After a restore it does again, if the phone heard it less than 35 days before."""
    for sha, at_ms in rest.history.receipts.items():
        excused = _excused(rest, at_ms) or sha in rest.history.lost_files or rest.history.revoked
        if rest.county.photo(sha) is None and not excused:
            yield f"[S7] file {sha[:6]} has a receipt and is not here"


def s8_small_goes_first(rest: Rest) -> Iterator[str]:
    """No piece of a file leaves before an exchange has carried the op that names it."""
    gone: dict[str, set[str]] = {}
    naming: dict[str, set[str]] = {}
    for op in rest.history.sealed.values():
        for sha in files_of(op):
            naming.setdefault(sha, set()).add(op.id)
    for sent in rest.history.sent:
        told = gone.setdefault(sent.phone.rstrip("2"), set())
        told.update(sent.ops)
        sha = sent.ask.path.rpartition("/")[2]
        if sent.stream == "piece" and not naming.get(sha, set()) & told:
            yield f"[S8] phone {sent.phone} sent bytes of {sha[:6]} before its op"


def s9_moments_are_true_where_they_are_certain(rest: Rest) -> Iterator[str]:
    """However wrong the phone's clock: a check-in that the county calls certain is at its true moment."""
    for op, (at_ms, certain) in rest.county.check_ins().items():
        sealed = rest.history.sealed.get(op)
        if sealed is not None and certain and abs(at_ms - _true_check_in(sealed)) > 120_000:
            off = at_ms - _true_check_in(sealed)
            yield f"[S9] {rest.name(op)} is certain and {off} ms off ({clock.text(at_ms)})"


def s10_every_message_is_bounded(rest: Rest) -> Iterator[str]:
    for told in rest.history.told:
        if len(told.sent.ops) > MOST_OPS or len(told.sent.ask.body) > MOST_BODY_BYTES:
            yield f"[S10] phone {told.sent.phone} sent too much at once"
        answer = told.answer
        if answer is None or len(answer["changes"]) < 2 or answer.get("parts"):
            continue
        budget = told.sent.said["budget"]
        size = sum(
            len(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()) + 1
            for one in answer["changes"]
        )
        if size > budget:
            yield f"[S10] phone {told.sent.phone} asked for {budget} bytes and heard {size}"


def s11_each_phone_is_answered_in_its_version(rest: Rest) -> Iterator[str]:
    """Without what came later; and a version that is no longer served is heard out and told nothing."""
    for told in rest.history.told:
        answer, v = told.answer, told.sent.said.get("v")
        if answer is None:
            continue
        if answer["v"] != v or ("parts" in answer) != (v >= 2):
            yield f"[S11] phone {told.sent.phone} spoke version {v} and was answered in {answer['v']}"
        served = not retired(v, datetime.fromtimestamp(told.at_ms / 1000, UTC))
        if not served and (answer["changes"] or answer["cursor"] or answer["feeds"]):
            yield f"[S11] phone {told.sent.phone} speaks a retired version and heard changes"


def s12_digests_are_equal(rest: Rest) -> Iterator[str]:
    """What each phone sums up is what the county says and what its rows sum up to, for each feed in scope."""
    last = {}
    for told in rest.history.told:
        answer = told.answer
        if answer and answer["feeds"]:
            last[told.sent.phone] = answer["feeds"]
    for name, sums in last.items():
        phone = rest.phones[name]
        for feed in rest.scope(phone) & sums.keys():
            if not sums[feed]["digest"] == rest.sum(feed) == phone.sum_of(feed):
                yield f"[S12] {feed} of phone {name} sums up differently"


def s12_no_phone_has_to_doubt_a_feed(rest: Rest) -> Iterator[str]:
    """Sums differ only where a phone's storage has lost a row."""
    doubting = {sent.phone for sent in rest.history.sent if _doubts(sent)}
    for phone in sorted(doubting):
        if phone not in rest.history.rotten:
            yield f"[S12] phone {phone} held another feed than it had been told"


def s13_running_numbers_have_no_gaps(rest: Rest) -> Iterator[str]:
    """For every device that is not two phones and has not lost what it wrote."""
    numbers: dict[str, list[int]] = {}
    for op in rest.history.sealed.values():
        numbers.setdefault(op.device, []).append(op.n)
    for device, found in numbers.items():
        if device not in rest.history.cloned and sorted(found) != list(range(1, len(found) + 1)):
            yield f"[S13] device {device[-3:]} numbered its ops {sorted(found)}"


def s14_everybody_is_of_this_epoch(rest: Rest) -> Iterator[str]:
    here = [one for one in rest.phones.values() if one.handset.device not in rest.history.revoked]
    epochs = {phone.epoch for phone in here}
    if len(epochs) > 1:
        yield f"[S14] phones live in {len(epochs)} epochs"


def outboxes_are_empty(rest: Rest) -> Iterator[str]:
    """Once nothing goes wrong any more, nothing waits any more."""
    for name, phone in rest.phones.items():
        waiting = [own for own in phone.ops() if own.state == "waiting"]
        if waiting and phone.handset.device not in rest.history.revoked:
            yield f"[S1] phone {name} still has {len(waiting)} ops that nobody answered"


CHECKS: tuple[Check, ...] = (
    s1_nothing_acknowledged_is_lost,
    s2_everything_sealed_is_here_exactly_once,
    s2_no_op_is_written_again,
    s2_other_bytes_under_a_known_id_are_kept_beside,
    s3_what_is_not_taken_is_kept_whole,
    s3_a_bad_op_stands_alone,
    s3_nothing_has_to_be_handed_in,
    s4_phones_hold_what_the_feeds_carry,
    s5_nothing_is_held_outside_scope,
    s5_a_revoked_phone_hears_nothing,
    s6_a_visit_shows_what_all_its_revisions_come_to,
    s7_photos_are_here_byte_for_byte,
    s7_a_receipt_stands_for_bytes_that_are_here,
    s8_small_goes_first,
    s9_moments_are_true_where_they_are_certain,
    s10_every_message_is_bounded,
    s11_each_phone_is_answered_in_its_version,
    s12_digests_are_equal,
    s12_no_phone_has_to_doubt_a_feed,
    s13_running_numbers_have_no_gaps,
    s14_everybody_is_of_this_epoch,
    outboxes_are_empty,
)


def _doubts(sent: Sent) -> bool:
    """A phone of version 1 has no parts to send, and says so in its manifest alone."""
    return bool(sent.said.get("parts") or (sent.said.get("manifest") or {}).get("mismatched"))


def _is_silent(rest: Rest, op: Sealed) -> bool:
    """Its device is revoked: what it brings is kept aside, if it comes at all within 90 days."""
    return op.device in rest.history.revoked


def _ancestors(rest: Rest, revision: str) -> set[str]:
    """The revision, and all that its authors had seen."""
    seen: set[str] = set()
    at: str | None = revision
    while at is not None and at not in seen:
        seen.add(at)
        known = rest.history.sealed.get(at)
        at = known.base if known else None
    return seen


def _excused(rest: Rest, at_ms: int) -> bool:
    """What was acknowledged more than 35 days before a restore: no phone needs to hold it any more."""
    return any(restored - at_ms > KEPT_MS for restored in rest.history.restored_ms)


def _is_forgotten(rest: Rest, op: Sealed) -> bool:
    """Its phone heard it accepted so long before a restore that it holds it no more."""
    return op.id in rest.history.accepted and _excused(rest, rest.history.accepted[op.id])


def files_of(op: Sealed) -> list[str]:
    """The files that an op names, by their hashes."""
    records = op.op["body"].get("records", [])
    return [file["sha256"] for record in records for file in record["attachments"]]


def _was_handed_in(rest: Rest, op: Sealed) -> bool:
    return any(item.raw == op.bytes for item in rest.aside)


def _base_outcome(rest: Rest, op: Sealed) -> str | None:
    became = rest.became(op.base) if op.base else None
    return became.outcome if became else None


def _may_refuse(op: Sealed, code: str) -> bool:
    """Refusals that good ops may meet: they come too late, or their visit is not there."""
    if code == "device_revoked":
        return True
    if code == "already_decided":
        return op.kind == "visit.withdraw"
    if code in ("visit_unknown", "not_your_visit"):
        return op.kind != "visit.put"
    return code == "not_your_team"


def _true_check_in(op: Sealed) -> int:
    return op.at_ms
