"""What people at desks do in the hub. Each verb is one unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sync.core.ids import uuid7
from sync.core.review_state import in_force
from sync.hub import merging, photos, quarantine
from sync.hub.county import Aside, Became, NotNow, Shown
from sync.hub.founding import Refused
from sync.hub.quarantine import Work
from sync.hub.reading import Reader
from sync.hub.rendering import decided, local_day
from sync.hub.state import Decision, EntityChange, Member, Pair, State, Visit
from sync.hub.unit import DAY_MS, Unit
from sync.hub.visits import publish_entity, say, settle, show, tell, write_entity

SHOWN_DAYS = 45


class Office(ABC):
    """The office's half of the hub, over the tables that the other half keeps."""

    state: State
    reader: Reader
    now: Callable[[], int]
    rand: Callable[[int], bytes]

    @abstractmethod
    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit that is committed at its end."""

    def new_id(self) -> str:
        """A name for something that is made here."""
        return uuid7(self.now(), self.rand(10))

    # ------------------------------------------------------------ review
    def approve(self, by: str, visit: str, revision: str) -> str:
        with self.unit() as unit:
            return self._decide(unit, visit, Decision(self.new_id(), revision, "approve", by, unit.now_ms))

    def send_back(
        self, by: str, visit: str, revision: str, words: str, comments: Sequence[Mapping[str, str]] = ()
    ) -> str:
        with self.unit() as unit:
            asked = tuple(dict(one) for one in comments)
            made = Decision(self.new_id(), revision, "return", by, unit.now_ms, words, asked)
            return self._decide(unit, visit, made)

    def undo(self, by: str, decision: str) -> str:
        with self.unit() as unit:
            visit = _decided_by(unit.state, decision)
            standing = in_force(decided(visit))
            if not standing or standing[-1].id != decision or standing[-1].revision != visit.current:
                raise NotNow("revision_moved")
            if unit.state.notices.pop(decision, None) is not None:
                unit.gone(f"user:{visit.author}", "notice", decision)
            made = Decision(self.new_id(), visit.current, "undo", by, unit.now_ms, undoes=decision)
            settle(unit, replace(visit, decisions=(*visit.decisions, made)))
            return made.id

    def settle(self, by: str, visit: str, revision: str, choices: Mapping[str, str]) -> str:
        del by
        with self.unit() as unit:
            found = _visit(unit.state, visit)
            if revision != found.current or found.state == "withdrawn":
                raise NotNow("revision_moved")
            made, shown = merging.settled(unit, found, self.reader, self.new_id(), choices)
            settle(unit, show(unit, made, shown))
            return shown.id

    def conflicts(self, visit: str) -> Mapping[str, Sequence[str]]:
        found = merging.Versions(_visit(self.state, visit), self.reader).merged
        return {field: [one.version for one in found.said[field]] for field in found.conflicts}

    def note(self, by: str, visit: str, text: str) -> str:
        with self.unit() as unit:
            found, id = _visit(unit.state, visit), self.new_id()
            say(unit, found, id, by, text)
            if by != found.author:
                tell(unit, found.author, "noted", self.new_id(), by, visit, text)
            return id

    def _decide(self, unit: Unit, visit: str, made: Decision) -> str:
        found = _visit(unit.state, visit)
        if made.revision != found.current or found.state != "received":
            raise NotNow("revision_moved")
        if made.kind == "approve" and found.two_versions:
            raise NotNow("unsettled")
        settle(unit, replace(found, decisions=(*found.decisions, made)))
        told = "approved" if made.kind == "approve" else "returned"
        tell(unit, found.author, told, made.id, made.by, visit, made.words)
        return made.id

    # ------------------------------------------------------------ quarantine
    def aside(self) -> Sequence[Aside]:
        return [one.aside for one in self.state.items.values()]

    def release(self, by: str, item: str) -> None:
        with self.unit() as unit:
            found = unit.state.items.get(item)
            if found is None or found.aside.state != "open":
                raise NotNow("already_settled" if found else "not_found")
            try:
                quarantine.let_in(Work(unit, self.reader, self.new_id), by, found)
            except Refused as refused:
                raise NotNow(refused.code) from None

    def close(self, by: str, item: str, note: str) -> None:
        del note
        with self.unit() as unit:
            found = unit.state.items.get(item)
            if found is None or found.aside.state != "open":
                raise NotNow("already_settled" if found else "not_found")
            quarantine.settle(unit, found, "closed")
            if found.aside.op is not None and found.aside.user is not None:
                work = Work(unit, self.reader, self.new_id)
                quarantine.follow(work, by, found.aside.op, found.aside.user)

    # ------------------------------------------------------------ teams and lists
    def join(self, team: str, user: str) -> None:
        with self.unit() as unit:
            unit.state.members[len(unit.state.members)] = Member(team, user, unit.now_ms)
            _tell_team(unit, team, user)

    def leave(self, team: str, user: str) -> None:
        with self.unit() as unit:
            for key, one in unit.state.members.items():
                if (one.team, one.user, one.until_ms) == (team, user, None):
                    unit.state.members[key] = replace(one, until_ms=unit.now_ms)
            _tell_team(unit, team, user)

    def pair(self, team: str, user: str | None, entity: str) -> str:
        with self.unit() as unit:
            made = Pair(self.new_id(), team, user, entity, local_day(unit.now_ms, unit.state.timezone))
            unit.state.pairs[made.id] = made
            unit.touch(f"team:{team}", "pair", made.id)
            unit.touch(f"team:{team}", "entity", entity)
            return made.id

    def end_pair(self, pair: str) -> None:
        with self.unit() as unit:
            ended = replace(unit.state.pairs[pair], ended_on=local_day(unit.now_ms, unit.state.timezone))
            unit.state.pairs[pair] = ended
            feed = f"team:{ended.team}"
            unit.gone(feed, "pair", pair)
            others = [
                one
                for one in unit.state.pairs.values()
                if one.ended_on is None and (one.team, one.entity) == (ended.team, ended.entity)
            ]
            if not others:
                unit.gone(feed, "entity", ended.entity)

    def put_entity(self, list: str, id: str, label: str, properties: Mapping[str, str]) -> None:
        with self.unit() as unit:
            write_entity(unit, EntityChange(list, id, True, label, dict(properties)), self.new_id())

    def erase_entity(self, id: str) -> None:
        with self.unit() as unit:
            known = unit.state.entities[id]
            unit.state.entities[id] = replace(known, label="", properties={}, written={}, state="erased")
            publish_entity(unit, id, unit.gone)

    # ------------------------------------------------------------ the house
    def revoke(self, device: str) -> None:
        with self.unit() as unit:
            unit.state.revoked.setdefault(device, unit.now_ms)

    def tidy(self) -> None:
        with self.unit() as unit:
            before_ms = unit.now_ms - SHOWN_DAYS * DAY_MS
            for visit in unit.state.visits.values():
                if visit.state in ("approved", "withdrawn") and visit.changed_ms < before_ms:
                    unit.gone(f"user:{visit.author}", "visit", visit.id)
                    for note in unit.state.notes.values():
                        if note.visit == visit.id:
                            unit.gone(f"user:{visit.author}", "note", note.id)
            for notice in list(unit.state.notices.values()):
                if notice.at_ms < before_ms:
                    del unit.state.notices[notice.id]
                    unit.gone(f"user:{notice.user}", "notice", notice.id)
            photos.clean(unit)
            unit.prune()

    def backup(self) -> State:
        with self.unit() as unit:
            kept = unit.state.copy()
            unit.state.backed_up_to_ms = unit.now_ms
        return kept

    def restore(self, backup: State) -> None:
        restored = backup.copy()
        restored.epoch = self.new_id()
        restored.backed_up_to_ms = None
        self.state = restored

    # ------------------------------------------------------------ looking
    def shown(self, visit: str) -> Shown | None:
        found = self.state.visits.get(visit)
        if found is None:
            return None
        return Shown(
            found.state,
            found.current,
            tuple(one.id for one in found.revisions),
            "two_versions" if found.two_versions else None,
            tuple(note.id for note in self.state.notes.values() if note.visit == visit),
        )

    def became(self, op: str) -> Became | None:
        entry = self.state.ledger.get(op)
        return Became(entry.outcome, entry.code) if entry else None

    def photo(self, sha256: str) -> bytes | None:
        held = self.state.held.get(sha256)
        return held.data if held else None


def _visit(state: State, id: str) -> Visit:
    found = state.visits.get(id)
    if found is None:
        raise NotNow("not_found")
    return found


def _decided_by(state: State, decision: str) -> Visit:
    for visit in state.visits.values():
        if any(made.id == decision for made in visit.decisions):
            return visit
    raise NotNow("not_found")


def _tell_team(unit: Unit, team: str, user: str) -> None:
    unit.touch(f"team:{team}", "team", team)
    unit.touch(f"user:{user}", "me", user)
