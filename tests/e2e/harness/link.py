"""A narrow line between the browser and the server: so many bits a second each way, a round trip of so long,
and cut every so often. It knows nothing of HTTP: bytes go through as they come, and what is under way at a
cut is lost.

One link carries all connections, and they share its bandwidth. A new connection costs a round trip before its
first byte, as a TCP handshake does. Until `narrow` it is as wide as the machine, so that the app may be put
on the phone first.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from tests.e2e.harness.county import free_port

T = TypeVar("T")
CHUNK = 4_096
READ_AHEAD = 4 * CHUNK
"""Bytes that a connection may wait with on our side of the link: the rest waits at whoever sends."""
BURST_S = 0.01
"""So late may a timer of ours ring before the link counts as having been idle, as with any token bucket."""


@dataclass(frozen=True)
class Shape:
    bits_per_s: int = 2_000_000
    round_trip_s: float = 0.3
    cut_every_s: float | None = 20.0

    def seconds(self, size: int) -> float:
        """How long so many bytes take, one after the other."""
        return size * 8 / self.bits_per_s


@dataclass
class Way:
    """One direction of the link: when it will have carried what was given to it, and how much that was."""

    free_at: float = 0.0
    carried: int = 0

    async def carry(self, size: int, shape: Shape | None) -> float:
        """Waits for its turn. When the bytes come out at the other end, by the loop's clock."""
        now = asyncio.get_running_loop().time()
        self.carried += size
        if shape is None:
            return now
        self.free_at = max(now - BURST_S, self.free_at) + shape.seconds(size)
        await asyncio.sleep(self.free_at - now)
        return self.free_at + shape.round_trip_s / 2


@dataclass
class Turns:
    """Of one connection: the moments of its handshake, and of each wait of whoever asks for an answer."""

    at: list[float] = field(default_factory=list)
    asking: bool = False

    def up(self) -> None:
        if not self.asking:
            self.asking = True
            self.at.append(time.monotonic())

    def down(self) -> None:
        self.asking = False


class Link:
    def __init__(self, target: int) -> None:
        self.target = target
        self.port = free_port()
        self.shape: Shape | None = None
        self.up, self.down = Way(), Way()
        self.cuts = 0
        self.turns: list[Turns] = []
        self._connections: set[asyncio.Task[Any]] = set()
        self._cutting: asyncio.Task[None] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(
            asyncio.start_server(self._connected, "127.0.0.1", self.port, limit=READ_AHEAD)
        )

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def narrow(self, shape: Shape) -> None:
        """From now on it is so; what is connected is cut off, and what was counted is forgotten."""
        self._do(self._narrow(shape))

    def round_trips(self, until: float) -> int:
        """How often somebody waited for an answer, a handshake too, until a moment of `time.monotonic`, on
        the connection where that was most often: what went beside it cost no time of its own."""
        return max((sum(1 for at in turns.at if at <= until) for turns in self.turns), default=0)

    def close(self) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _narrow(self, shape: Shape) -> None:
        if self._cutting is not None:
            self._cutting.cancel()
        self.cut()
        self.shape, self.turns, self.cuts = shape, [], 0
        self.up, self.down = Way(), Way()
        if shape.cut_every_s is not None:
            self._cutting = self._loop.create_task(self._cut_every(shape.cut_every_s))

    async def _cut_every(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self.cut()
            self.cuts += 1

    def cut(self) -> None:
        """Every connection breaks, on both sides; what was on its way is gone, and what was read ahead."""
        for connection in list(self._connections):
            connection.cancel()
        now = self._loop.time()
        self.up.free_at, self.down.free_at = min(self.up.free_at, now), min(self.down.free_at, now)

    async def _end(self) -> None:
        if self._cutting is not None:
            self._cutting.cancel()
        self._server.close()
        self.cut()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, asking: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        self._connections.add(here := cast("asyncio.Task[Any]", asyncio.current_task()))
        turns = Turns()
        try:
            if self.shape is not None:
                turns.at.append(time.monotonic())
                self.turns.append(turns)
                await asyncio.sleep(self.shape.round_trip_s)
            answering, ask = await asyncio.open_connection("127.0.0.1", self.target, limit=READ_AHEAD)
            ways = [
                self._loop.create_task(self._pass(asking, ask, self.up, turns.up)),
                self._loop.create_task(self._pass(answering, answer, self.down, turns.down)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_EXCEPTION)
            finally:
                ask.transport.abort()
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            return  # cut, or the link is closed
        finally:
            self._connections.discard(here)
            answer.transport.abort()

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: Way, heard: Callable[[], None]
    ) -> None:
        """All that comes, in its order: read at the link's speed, and written half a round trip later."""
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def land() -> None:
            while True:
                at, chunk = await flying.get()
                await asyncio.sleep(at - self._loop.time())
                if not chunk:
                    sink.write_eof()
                    return
                sink.write(chunk)
                await sink.drain()

        landing = self._loop.create_task(land())
        try:
            while chunk := await source.read(CHUNK):
                heard()
                flying.put_nowait((await way.carry(len(chunk), self.shape), chunk))
            flying.put_nowait((self._loop.time(), b""))
            await landing
        finally:
            landing.cancel()
