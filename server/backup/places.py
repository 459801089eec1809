"""What of a server lies on its own disk, and where: what a backup takes, and what a restore puts there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy.engine import make_url

from server.base.problems import Problem
from server.base.settings import Settings


@dataclass(frozen=True)
class Places:
    data: Path
    database: Path
    blobs: Path

    @property
    def secret(self) -> Path:
        return self.data / "secret"


def of(settings: Settings) -> Places:
    """Raises backup_elsewhere where the database or the files lie on another machine."""
    database, blobs = make_url(settings.url), urlsplit(settings.blobs)
    if database.get_backend_name() != "sqlite" or not database.database:
        raise Problem("backup_elsewhere", where=database.get_backend_name())
    if blobs.scheme == "s3":
        raise Problem("backup_elsewhere", where=settings.blobs)
    folder = Path(url2pathname(blobs.path)) if settings.blobs else settings.data / "blobs"
    return Places(settings.data, Path(database.database), folder)
