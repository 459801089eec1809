"""A phone in Python, written from PROTOCOL.md alone: for scripts, and as a citizen of simulations."""

from sync.client.engine import Trouble
from sync.client.outbox import File
from sync.client.phone import NotEnrolled, Phone, Standing

__all__ = ["File", "NotEnrolled", "Phone", "Standing", "Trouble"]
