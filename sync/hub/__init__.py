"""A county in memory: the executable reading of PROTOCOL.md, and the oracle to compare a real server with.

It shares with a server what both must agree on (``sync.core``, ``sync.messages``, ``sync.ops``) and nothing
else: where the two answer differently, one of them is wrong, or the protocol says too little. ``now``,
``rand`` and the points at which it may stop are the caller's, so a run is the same whenever its seed is.
"""

from sync.hub.county import Aside, Became, Caller, County, NotNow, Office, Person, Reply, Shown, TeamData
from sync.hub.founding import Form, Founding, Refused
from sync.hub.hub import Busy, Hub
from sync.hub.state import Answers, EntityChange

__all__ = [
    "Answers",
    "Aside",
    "Became",
    "Busy",
    "Caller",
    "County",
    "EntityChange",
    "Form",
    "Founding",
    "Hub",
    "NotNow",
    "Office",
    "Person",
    "Refused",
    "Reply",
    "Shown",
    "TeamData",
]
