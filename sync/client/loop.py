"""The engine's hands: a conversation that asks and is told, whoever carries it (a socket, a simulation).

``wake`` is a generator: it yields an ``Ask`` and is sent what was ``Heard`` (None: no answer came). It ends
when there is nothing more to do until ``next_try_ms``. Dropped in the middle, as by a crash, it leaves the
store as the last transaction left it, and the next one begins from there.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from sync.client import engine, photos
from sync.client.answer import Ask, Heard, problem_in, read_answer, verdict
from sync.client.engine import (
    START,
    Answered,
    Barred,
    Count,
    Counted,
    Cut,
    Denied,
    Effect,
    Event,
    HandedIn,
    HandIn,
    Moment,
    State,
    Trouble,
    Upload,
    Uploaded,
    Waker,
    Woken,
)
from sync.client.exchange import Exchange, Offer
from sync.client.outbox import Outbox
from sync.client.photos import Original, Photos
from sync.client.store import Store
from sync.client.world import World
from sync.core import clock
from sync.core.clock import Anchor
from sync.core.ids import is_uuid
from sync.messages import Response
from sync.ops import At

Conversation = Generator[Ask, Heard | None, Event]
_JSON = "application/json"


class Loop:
    """One phone's loop over its store. ``moment`` are its clocks, ``chance`` a number in [0, 1)."""

    def __init__(
        self,
        store: Store,
        moment: Callable[[], At],
        rand: Callable[[int], bytes],
        chance: Callable[[], float],
    ) -> None:
        self.store = store
        self.chance = chance
        self.outbox = Outbox(store, moment, rand)
        self.world = World(store)
        self.photos = Photos(store)
        self.exchange = Exchange(store, self.outbox, self.world, self.photos)
        self.state: State = START
        self.piece = photos.FIRST_PIECE

    def now_ms(self) -> int:
        """The phone's own wall clock."""
        return clock.parse(self.outbox.moment().wall)

    def server_now_ms(self) -> int:
        """The county's clock, as far as it is known."""
        anchors = [
            Anchor(**dict(row)) for row in self.store.rows("SELECT * FROM anchors ORDER BY rowid DESC")
        ]
        return clock.correct(self.outbox.moment(), anchors).ms

    def wake(self, by: Waker = "work") -> Generator[Ask, Heard | None, None]:
        """Do what there is to do."""
        self.outbox.ask_again(self.server_now_ms())
        effects = self._advance(Woken(by))
        while effects:
            effect, *effects = effects
            told = yield from self._carry_out(effect)
            if told is not None:
                effects += self._advance(told)

    def _advance(self, event: Event) -> list[Effect]:
        self.state, effects = engine.step(self.state, event, Moment(self.now_ms(), self.chance()))
        return list(effects)

    def _carry_out(self, effect: Effect) -> Generator[Ask, Heard | None, Event | None]:
        match effect:
            case engine.Exchange():
                return (yield from self._exchange(effect))
            case Count(op):
                return Counted(self.outbox.note_failure(op))
            case HandIn(op):
                return (yield from self._hand_in(op))
            case Upload():
                return (yield from self._upload())
            case engine.Alarm():
                return None

    # ------------------------------------------------------------ exchanging
    def _exchange(self, effect: engine.Exchange) -> Conversation:
        offer = self.exchange.offer(effect.batch, probe=effect.probe)
        heard = yield Ask("POST", "/api/sync", _JSON, offer.body)
        wrong = verdict(heard, tuple(one.id for one in offer.ops), self.now_ms())
        if isinstance(wrong, Denied) and offer.previews:
            # Previews are a courtesy: if they are what the county stumbles over, the ops go without them.
            bare = self.exchange.offer(effect.batch, probe=effect.probe, previews=False)
            offer = replace(bare, previews=offer.previews)
            heard = yield Ask("POST", "/api/sync", _JSON, offer.body)
            wrong = verdict(heard, tuple(one.id for one in offer.ops), self.now_ms())
        if wrong is not None or heard is None:
            return wrong or Cut()
        answer = read_answer(heard, self.exchange.v)
        if answer is None:
            return Cut()
        return self._answered(offer, answer, heard)

    def _answered(self, offer: Offer, answer: Response, heard: Heard) -> Answered:
        applied = self.exchange.take_in(offer, answer, heard)
        revoked = _revoked(answer, len(offer.ops))
        wanted = bool(self.photos.wanted(self.now_ms()))
        return Answered(len(offer.ops), applied.more, applied.moved, revoked, wanted)

    def _hand_in(self, op: str) -> Conversation:
        heard = yield Ask("POST", "/api/quarantine", "application/octet-stream", self.outbox.bytes_of(op))
        wrong = verdict(heard, (), self.now_ms())
        if wrong is not None or heard is None:
            return wrong or Cut()
        said = heard.json()
        if not isinstance(said, dict) or not is_uuid(said.get("id")):
            return Cut()  # any hotel's page is a success too
        self.outbox.note_handed_in(op)
        return HandedIn()

    # ------------------------------------------------------------ originals
    def _upload(self) -> Conversation:
        """What the county asks for, one file after the other, until all is done or the line breaks."""
        came = 0
        for sha256 in self.photos.wanted(self.now_ms()):
            ended = yield from self._file(sha256)
            if isinstance(ended, Barred | Cut):
                return ended
            came += ended
        return Uploaded(again=came > 0)

    def _file(self, sha256: str) -> Generator[Ask, Heard | None, Barred | Cut | bool]:
        """All pieces of one file; True if the county holds it now."""
        gaps, anew = 0, False
        while (original := self.photos.original(sha256)) is not None:
            if not original.is_whole:
                self._give_up(original, "unreadable")
                return False
            first, data = original.piece(self.piece)
            span = f"bytes {first}-{first + len(data) - 1}/{len(original.data)}"
            heard = yield Ask("PUT", f"/api/photos/{sha256}", original.type, data, span)
            ended = self._told(original, heard, whole_piece=len(data) == self.piece)
            if ended is not None:
                return ended
            after = self.photos.original(sha256)
            stuck = after is not None and after.start <= original.start
            gaps = gaps + 1 if stuck else 0
            if gaps > photos.MOST_GAPS or (anew and after is not None and after.start == 0):
                self.photos.rest(sha256, self.now_ms() + photos.REST_MS)
                return False
            anew = anew or (after is not None and after.start == 0)
        return False

    def _told(
        self, original: Original, heard: Heard | None, *, whole_piece: bool
    ) -> Barred | Cut | bool | None:
        """What an answer to a piece means; None: go on."""
        if heard is None:
            self.piece = photos.smaller(self.piece)
            return Cut(unplugged=True)  # the exchange was answered just now: its size is not to blame
        receipt = photos.receipt_in(heard)
        if receipt is not None:
            self.photos.receive(receipt)
            return True
        offset, problem = photos.offset_in(heard), problem_in(heard)
        if heard.status == 202 and offset is not None:
            self.piece = photos.larger(self.piece) if whole_piece else self.piece
            self.photos.move(original.sha256, offset)
            return None
        code = problem.code if problem else ""
        if code in ("photo_offset", "photo_hash"):
            self.photos.move(original.sha256, offset or 0)
            return None
        if code == "photo_unknown":
            self.photos.forget_wanted(original.sha256)
            return False
        if code == "photo_too_large":
            self._give_up(original, "too_large")
            return False
        return self._refused(original, heard)

    def _refused(self, original: Original, heard: Heard) -> Barred | Cut | bool:
        wrong = verdict(heard, (), self.now_ms())
        if isinstance(wrong, Barred):
            return wrong
        if isinstance(wrong, Denied):
            self.photos.rest(original.sha256, self.now_ms() + photos.REST_MS)
            return False
        return replace(wrong or Cut(), unplugged=True)

    def _give_up(self, original: Original, reason: str) -> None:
        """Nobody is to wait for it (rule S7)."""
        base = self.outbox.base_of(original.visit)
        body = {"visit": original.visit, "sha256": original.sha256, "reason": reason}
        self.outbox.put("photo.lost", body, base)
        self.photos.lose(original.sha256)


def _revoked(answer: Response, sent: int) -> Trouble | None:
    """An answer without a cursor and without ops to blame: the county tells this phone nothing any more."""
    told = next((one for one in answer.results if one.code == "device_revoked"), None)
    if answer.cursor is not None or (sent > 0 and told is None):
        return None
    return Trouble("device_revoked", (told and told.title) or "", (told and told.next) or "")
