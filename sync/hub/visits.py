"""What each kind of op does to a visit (PROTOCOL.md §4), inside its own savepoint.

A base that is not what is shown is no refusal: the visit then shows what all its revisions make (S6). A
withdrawn visit shows nothing that could be overwritten: whatever is put next brings it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sync.core import clock
from sync.core.clock import Anchor
from sync.core.review_state import in_force, review_state
from sync.hub.county import Caller
from sync.hub.founding import Refused
from sync.hub.merging import reconcile
from sync.hub.pulling import holds
from sync.hub.reading import Reader
from sync.hub.rendering import decided, local_day
from sync.hub.state import Answers, Entity, EntityChange, Note, Notice, Ref, Revision, Visit
from sync.hub.unit import Unit
from sync.ops import At, Body, NoteAdd, Op, PhotoLost, VisitPut, VisitWithdraw


def carry(
    unit: Unit,
    author: Caller,
    op: Op[Body],
    raw: dict[str, Any],
    answers: tuple[Answers, ...],
    anchors: Sequence[Anchor],
    reader: Reader,
    *,
    vouched: bool = False,
) -> Visit:
    """Carry an op out. ``vouched``: a supervisor stands in for the author's membership. Raises Refused."""
    body = op.body
    if isinstance(body, VisitPut):
        put_op: Op[VisitPut] = op  # type: ignore[assignment]
        return _put(unit, author, put_op, raw, answers, anchors, reader, vouched)
    if isinstance(body, VisitWithdraw):
        return _withdraw(unit, author, op.id, body)
    if isinstance(body, NoteAdd):
        visit = _own(unit, author, body.visit, shared=True)
        say(unit, visit, op.id, author.user, body.text)
        return visit
    return _lose(unit, author, body)


def settle(unit: Unit, visit: Visit) -> Visit:
    """Derive the state anew, keep the visit, tell its author's phones."""
    state = review_state(visit.current, decided(visit), visit.withdrawn)
    kept = replace(visit, state=state, changed_ms=unit.now_ms)
    unit.state.visits[visit.id] = kept
    unit.touch(f"user:{visit.author}", "visit", visit.id)
    return kept


def say(unit: Unit, visit: Visit, id: str, by: str, text: str) -> None:
    """A word in the talk, in the feed of the visit's author."""
    unit.state.notes[id] = Note(id, visit.id, by, unit.now_ms, text)
    unit.touch(f"user:{visit.author}", "note", id)


def tell(unit: Unit, user: str, kind: str, id: str, by: str, visit: str | None, words: str | None) -> None:
    """Tell somebody on her phone."""
    unit.state.notices[id] = Notice(id, user, kind, visit, by, words, unit.now_ms)
    unit.touch(f"user:{user}", "notice", id)


def refer(unit: Unit, author: Caller, op: Op[Body]) -> None:
    """Note the files that an op names, whatever becomes of it (S7)."""
    if not isinstance(op.body, VisitPut):
        return
    for record in op.body.records:
        for file in record.attachments:
            unit.state.refs.setdefault((op.id, file.sha256), Ref(file.sha256, author.user, op.body.visit))


def _put(
    unit: Unit,
    author: Caller,
    op: Op[VisitPut],
    raw: dict[str, Any],
    answers: tuple[Answers, ...],
    anchors: Sequence[Anchor],
    reader: Reader,
    vouched: bool,
) -> Visit:
    body = op.body
    check_in_ms = _moment(unit, body, anchors)
    team = unit.state.teams.get(body.team)
    if team is None or team.programme != body.programme:
        raise Refused("not_your_team")
    own = [one for one in unit.state.members.values() if (one.team, one.user) == (team.id, author.user)]
    if not vouched and not any(holds(one, unit.now_ms) or holds(one, check_in_ms) for one in own):
        raise Refused("not_your_team")
    visit = unit.state.visits.get(body.visit)
    if visit is not None and visit.team != team.id:
        raise Refused("not_your_team")
    refer(unit, author, op)
    follows = visit is None or (op.base == visit.current and not visit.two_versions)
    anew = visit is not None and visit.state == "withdrawn"
    bases = (visit.current,) if visit and anew else ((op.base,) if op.base else ())
    number = len(visit.revisions) + 1 if visit else 1
    made = Revision(
        op.id, op, raw, number, answers, check_in_ms, unit.now_ms, bases, "anew" if anew else "edit"
    )
    if visit is None:
        visit = Visit(body.visit, body.team, body.programme, author.user, op.id, "received", unit.now_ms)
    visit = replace(visit, revisions=(*visit.revisions, made))
    if follows or anew:
        return settle(unit, show(unit, replace(visit, two_versions=False), made))
    visit, shown = reconcile(unit, visit, reader)
    return settle(unit, show(unit, visit, shown) if shown else visit)


def show(unit: Unit, visit: Visit, shown: Revision) -> Visit:
    """The visit shows this revision from now on, and what follows from it follows."""
    for one in shown.answers:
        _consequences(unit, shown.op.body, one, shown.check_in_ms, shown.id)
    return replace(visit, current=shown.id, check_in_ms=shown.check_in_ms, shown_ms=unit.now_ms)


def _moment(unit: Unit, body: VisitPut, anchors: Sequence[Anchor]) -> int:
    """The check-in by the county's clock; what was entered afterwards is taken as it was said (S9)."""

    def ms(at: At) -> int:
        found = clock.correct(at, anchors).ms if body.entry == "live" else clock.parse(at.wall)
        local_day(found, unit.state.timezone)
        return found

    try:
        for at in _moments(body):
            ms(at)
        return ms(body.check_in.at)
    except OverflowError:
        raise Refused("malformed") from None


def _moments(body: VisitPut) -> list[At]:
    left = [one.left for one in body.participants if one.left]
    out = [body.check_out.at] if body.check_out else []
    return [body.check_in.at, *out, *(one.came for one in body.participants), *left]


def _withdraw(unit: Unit, author: Caller, op_id: str, body: VisitWithdraw) -> Visit:
    del op_id
    visit = _own(unit, author, body.visit)
    if in_force(decided(visit)):
        raise Refused("already_decided")
    return settle(unit, replace(visit, withdrawn=(*visit.withdrawn, visit.current)))


def _lose(unit: Unit, author: Caller, body: PhotoLost) -> Visit:
    visit = unit.state.visits.get(body.visit)
    if visit is None:
        raise Refused("visit_unknown")
    for key, ref in unit.state.refs.items():
        hers = (ref.user, ref.visit, ref.sha256) == (author.user, visit.id, body.sha256)
        if hers and ref.lost is None:
            unit.state.refs[key] = replace(ref, lost=body.reason)
    return visit


def _own(unit: Unit, author: Caller, visit_id: str, *, shared: bool = False) -> Visit:
    visit = unit.state.visits.get(visit_id)
    if visit is None:
        raise Refused("visit_unknown")
    if visit.author != author.user and not (shared and author.user in _took_part(visit)):
        raise Refused("not_your_visit")
    return visit


def _took_part(visit: Visit) -> set[str]:
    """The participants of what is shown; withdrawn, nobody's time counts."""
    if visit.state == "withdrawn":
        return set()
    return {
        one.user
        for revision in visit.revisions
        if revision.id == visit.current
        for one in revision.op.body.participants
    }


def _consequences(unit: Unit, body: VisitPut, said: Answers, check_in_ms: int, op_id: str) -> None:
    """What answers change elsewhere: entries of lists, and when the person was last seen."""
    if said.entity is not None:
        write_entity(unit, said.entity, op_id)
    if body.subject is None or not said.reached:
        return
    day = local_day(check_in_ms, unit.state.timezone)
    for pair in unit.state.pairs.values():
        open_here = pair.entity == body.subject.id and pair.ended_on is None
        of_programme = unit.state.teams[pair.team].programme == body.programme
        if open_here and of_programme and (pair.last_seen_on or "") <= day:
            unit.state.pairs[pair.id] = replace(pair, last_seen_on=day, last_seen_how=said.door)
            unit.touch(f"team:{pair.team}", "pair", pair.id)


def write_entity(unit: Unit, change: EntityChange, op_id: str) -> None:
    """Each property keeps the greater op id's word, so the order of arrival does not matter."""
    said = dict(change.properties)
    if change.label:
        said["label"] = change.label
    known = unit.state.entities.get(change.id)
    if known is None:
        if not change.create:
            return
        known = Entity(change.id, change.list, change.label or "", {}, {})
    if known.list != change.list or known.state == "erased":
        return
    newer = {name: text for name, text in said.items() if op_id >= known.written.get(name, "")}
    rest = {name: text for name, text in newer.items() if name != "label"}
    unit.state.entities[change.id] = replace(
        known,
        label=newer.get("label", known.label),
        properties={**known.properties, **rest},
        written={**known.written, **dict.fromkeys(newer, op_id)},
    )
    publish_entity(unit, change.id)


def publish_entity(unit: Unit, id: str, tell: Callable[[str, str, str], None] | None = None) -> None:
    """Tell those who carry it: the teams with an open pair."""
    for pair in unit.state.pairs.values():
        if pair.entity == id and pair.ended_on is None:
            (tell or unit.touch)(f"team:{pair.team}", "entity", id)
