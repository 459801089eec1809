"""One plan through the counties: run, checked, and compared."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.simulation import checks
from tests.simulation.faults import Testable
from tests.simulation.oracle import HubCounty
from tests.simulation.plan import Plan
from tests.simulation.real import RealCounty
from tests.simulation.rest import Rest
from tests.simulation.world import World

Where = Literal["server", "hub", "both"]


@dataclass(frozen=True)
class Verdict:
    """What was wrong, and how much happened."""

    faults: tuple[str, ...]
    counts: Counter[str]

    @property
    def kind(self) -> str:
        """The rule of the first fault: shrinking must not wander off to another one."""
        if not self.faults:
            return ""
        rule = self.faults[0].partition("]")[0]
        return self.faults[0].splitlines()[-1] if rule == "[broken" else rule


def play(plan: Plan, where: Where = "both") -> Verdict:
    """Run the plan. ``both``: the real server; and where nobody comes in between, the hub as well, and both
    must have come to the same."""
    worlds = []
    faults: list[str] = []
    if where != "hub":
        worlds.append(_run(plan, served, faults))
    if where == "hub" or (where == "both" and not interleaved(plan)):
        worlds.append(_run(plan, remembered, faults))
    if len(worlds) == 2 and not faults:
        faults += unlike(Rest(worlds[0]), Rest(worlds[1]))
    for world in worlds:
        world.close()
    return Verdict(tuple(faults), _counted(worlds[0]))


def interleaved(plan: Plan) -> bool:
    return any(fate.meanwhile is not None for fate in plan.fates.values())


def served(seed: int, world: World) -> RealCounty:
    return RealCounty(seed, world.moment)


def remembered(seed: int, world: World) -> HubCounty:
    return HubCounty(seed, lambda: world.now_ms)


def unlike(server: Rest, hub: Rest) -> list[str]:
    """Where server and hub came to different ends: what became of each op, what each visit shows, files."""
    found = []
    ours, theirs = (_became(rest) for rest in (server, hub))
    for op in sorted({*ours, *theirs}):
        if ours.get(op) != theirs.get(op):
            found.append(f"[hub] {op}: server {ours.get(op)}, hub {theirs.get(op)}")
    for visit in sorted({*server.visits, *hub.visits}):
        one, other = (_told(rest, visit) for rest in (server, hub))
        if one != other:
            found.append(f"[hub] visit {visit[-4:]}: server {one}, hub {other}")
    for sha in server.history.files:
        if _only_lies_there(server, sha):
            continue
        if (server.county.photo(sha) is None) != (hub.county.photo(sha) is None):
            found.append(f"[hub] file {sha[:6]} is in one of the two counties only")
    return found


def _only_lies_there(server: Rest, sha256: str) -> bool:
    """No op that names it has been read, or no phone has sent it: the server keeps it until it cleans, and
    the hub keeps none such."""
    if sha256 not in server.history.orphans:
        return False
    naming = (op.id for op in server.history.sealed.values() if sha256 in checks.files_of(op))
    read = (became for op in naming if (became := server.became(op)) and became.outcome != "deferred")
    return sha256 not in server.history.receipts or not any(read)


def _became(rest: Rest) -> dict[str, object]:
    """By op. One that a phone makes by itself has another id in each world: it is told by its name."""
    return {
        rest.name(op) if made.kind == "photo.lost" else op: rest.became(op)
        for op, made in rest.history.sealed.items()
    }


def _told(rest: Rest, visit: str) -> tuple[object, ...]:
    shown = rest.shown(visit)
    if shown is None:
        return ()
    here = {op.id for op in rest.ops_of(visit)}  # the county's own names differ: they are told by their order
    revisions = [one if one in here else "the county's" for one in shown.revisions]
    current = shown.revisions.index(shown.revision)
    return (shown.state, current, revisions, shown.handling, len(shown.notes))


def _run(plan: Plan, make: Callable[[int, World], Testable], faults: list[str]) -> World:
    world = World(plan, make)
    try:
        world.run()
        faults += checks.sound(world)
    except Exception:
        faults.append("[broken] " + "".join(traceback.format_exc().splitlines(keepends=True)[-7:]))
    return world


def _counted(world: World) -> Counter[str]:
    history = world.history
    return Counter(
        ops=len(history.sealed), accepted=len(history.accepted), requests=len(history.sent),
        files=len(history.receipts), restores=len(history.restored_ms),
    )  # fmt: skip
