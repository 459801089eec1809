"""A county that begins anew from a backup: what phones must know, and what of its files is not there.

The new epoch tells phones to read everything again and to offer again what was acknowledged within 35 days
(rule S14); what the county still has is heard twice and counted once (rule S2). A file that the database
names and the store does not have is awaited again, so that phones which still hold it are asked for it.
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from server.base import audit, clock, db
from server.base.blobs import Blobs
from server.base.db import session
from server.base.models import Org
from server.photos import cleaning


def renew(now: datetime, *, backed_up_to: datetime | None = None) -> int:
    """Give every county of this server a new epoch; how many files are awaited again. Opens its own units.

    ``backed_up_to``: until when what this database holds lies in a backup; None: not known.
    """
    with db.writing():
        for org in session.scalars(select(Org)):
            org.epoch = clock.new_id(now)
            org.backed_up_to = backed_up_to
            audit.note(org.id, "county.restore", "county", org.code, epoch=org.epoch)
        cleaning.forget_partials()
    return cleaning.await_missing(Blobs.of(current_app.extensions["lianxin.settings"]))
