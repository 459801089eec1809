"""Transcripts of what PROTOCOL.md says, played against whatever serves it.

    python -m sync.conformance https://county.example --code ABCD-EFGH

It enrols a phone by the code and leaves visits and quarantined ops of that volunteer behind: give it a county
that is there for trying. Each step is a request and the answer to it, each transcript cites its rules.
"""

from sync.conformance.pattern import Differs, match
from sync.conformance.player import Fault, Line, Player, Sending, Transcript, transcripts

__all__ = ["Differs", "Fault", "Line", "Player", "Sending", "Transcript", "match", "transcripts"]
