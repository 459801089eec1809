"""What a visit shows when its revisions had not all seen each other (rule S6), from their set alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from marshmallow import ValidationError

from sync.core.merge import MISSING, Merged, Said, Version, choose, joined_id, merge
from sync.core.spread import Fields, spread
from sync.core.weave import weave
from sync.hub.county import NotNow
from sync.hub.founding import Refused
from sync.hub.reading import Reader
from sync.hub.state import Revision, Visit
from sync.hub.unit import Unit
from sync.ops import VERSION, Op, VisitPut, visit_put

DESK = 1  # rank of what was made at a desk


@dataclass(frozen=True)
class Versions:
    """All revisions of one visit, with what they say."""

    visit: Visit
    reader: Reader

    @cached_property
    def bodies(self) -> dict[str, Mapping[str, Any]]:
        return {
            one.id: {name: value for name, value in one.raw.items() if name != "correction"}
            for one in self.visit.revisions
        }

    @cached_property
    def fields(self) -> dict[str, Fields]:
        return spread(self.bodies, self.reader.shape)

    @cached_property
    def merged(self) -> Merged:
        return merge(
            Version(one.id, self.fields[one.id], one.bases, one.rank, one.how) for one in self.visit.revisions
        )

    @property
    def shown(self) -> str:
        """The last one of a single line, else the merge of all."""
        tips = self.merged.tips
        if len(tips) == 1 and self.merged.shown == self.fields[tips[0]]:
            return tips[0]
        return joined_id(self.merged.best)

    @property
    def frame(self) -> Revision:
        """The tip that goes before the others."""
        return self.by_id(next(id for id in self.merged.best if id in self.merged.tips))

    def by_id(self, id: str) -> Revision:
        return next(one for one in self.visit.revisions if one.id == id)

    def woven(self, merged: Merged) -> dict[str, Any]:
        """The merged visit as a ``visit.put`` carries it."""
        return weave(self.bodies, merged, self.reader.shape)

    def built(self, unit: Unit, id: str, body: Mapping[str, Any], **said: Any) -> Revision:
        """A revision of this body on all tips. Raises Refused for one that is more than a visit can be."""
        try:
            put = visit_put(dict(body), "body")
        except ValidationError:
            raise Refused("too_large") from None
        at = self.frame.op.at
        return Revision(
            id=id,
            op=Op(VERSION, id, "visit.put", 1, at, None, put),
            raw=body,
            number=len(self.visit.revisions) + 1,
            answers=self.reader.read_records(put),
            check_in_ms=self._check_in_ms(put),
            received_ms=unit.now_ms,
            bases=self.merged.tips,
            **said,
        )

    def _check_in_ms(self, put: VisitPut) -> int:
        """As it was corrected when somebody said it: the newest of those who did."""
        said = [one for one in self.visit.revisions if one.op.body.check_in == put.check_in]
        return (said or [self.frame])[-1].check_in_ms


def reconcile(unit: Unit, visit: Visit, reader: Reader) -> tuple[Visit, Revision | None]:
    """The visit as all its revisions make it, and the one that it now shows, if that is another one."""
    found = Versions(visit, reader)
    disputed = bool(found.merged.conflicts)
    if found.shown == visit.current:
        return replace(visit, two_versions=disputed), None
    known = {one.id: one for one in visit.revisions}
    shown = known.get(found.shown)
    if shown is None:
        shown = found.built(unit, found.shown, found.woven(found.merged), how="join", made_by="county")
        visit = replace(visit, revisions=(*visit.revisions, shown))
    return replace(visit, two_versions=disputed), shown


def settled(
    unit: Unit, visit: Visit, reader: Reader, id: str, choices: Mapping[str, str]
) -> tuple[Visit, Revision]:
    """The visit with what a supervisor chose: of each field in dispute the revision whose word it is. Raises
    NotNow already_settled, invalid."""
    found = Versions(visit, reader)
    if not found.merged.conflicts and found.by_id(visit.current).how != "join":
        raise NotNow("already_settled")
    if set(found.merged.conflicts) - choices.keys():
        raise NotNow("invalid")
    picked = {field: _said(found, field, revision) for field, revision in choices.items()}
    body = found.woven(choose(found.merged, picked))
    made = found.built(unit, id, body, how="anew", rank=DESK, made_by="desk")
    return replace(visit, revisions=(*visit.revisions, made), two_versions=False), made


def _said(found: Versions, field: str, revision: str) -> Said:
    for one in found.merged.said.get(field, ()):
        if one.version == revision:
            return one
    if revision not in found.merged.tips:
        raise NotNow("invalid")
    return Said(revision, found.fields[revision].get(field, MISSING))
