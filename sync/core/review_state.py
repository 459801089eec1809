"""What a visit's state is, from its revisions and the decisions on them: one function, nothing kept by hand.

The server decides this alone; a phone hears the result. A decision counts on the revision that it was made
on, so a later revision brings an approved visit back to *received*. An undo is a decision too: it takes one
earlier decision away and leaves both in the history. Its author may withdraw a visit while nobody has decided
on it; that counts on the revision that was withdrawn, so putting the visit again brings it back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["received", "approved", "returned", "withdrawn"]
_LEADS_TO: dict[str, State] = {"approve": "approved", "return": "returned"}


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, as far as the state depends on it."""

    id: str
    revision: str
    kind: str  # approve | return | undo
    undoes: str | None = None


def in_force(decisions: Sequence[Decided]) -> list[Decided]:
    """The decisions, oldest first, that no undo has taken away."""
    undone = {decision.undoes for decision in decisions if decision.kind == "undo"}
    return [one for one in decisions if one.kind != "undo" and one.id not in undone]


def review_state(
    current_revision: str, decisions: Sequence[Decided] = (), withdrawn: Collection[str] = ()
) -> State:
    """The state of a visit whose current revision this is; decisions come oldest first, ``withdrawn`` are the
    revisions that their author took back."""
    if current_revision in withdrawn:
        return "withdrawn"
    for decision in reversed(in_force(decisions)):
        if decision.revision == current_revision and decision.kind in _LEADS_TO:
            return _LEADS_TO[decision.kind]
    return "received"
