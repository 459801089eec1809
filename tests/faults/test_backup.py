"""Backed up while phones write as fast as they can; restored while they still hold what came afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server.app import create_app
from server.base import db
from server.base.blobs import Blobs
from server.base.db import session
from server.base.models import LedgerEntry, Org
from server.base.settings import Settings
from server.photos import cleaning
from server.visits.models import Revision, Visit
from tests.factories import pictures
from tests.factories.county import LEADER, XIUYUN
from tests.factories.phone import Phone
from tests.factories.pictures import File
from tests.factories.served import ROOT, SECRET, Gunicorn, Served


@dataclass
class Writer:
    """A phone that makes visits with photos until it is told to stop, and remembers what was acknowledged."""

    phone: Phone
    county: Any
    seed: int
    ops: list[tuple[dict[str, Any], str]] = field(default_factory=list)  # with the server's time
    photos: list[File] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    one_more: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def run(self) -> None:
        while not self.enough.is_set():
            photo = File(pictures.photo(self.seed).data + f"{self.seed} {len(self.ops)}".encode())
            record = self.county.record(self.phone, attachments=[photo.attachment()])
            op = self.county.visit(self.phone, records=[record])
            heard = self.phone.sync(op)
            self.ops.append((op, heard["server_time"]))
            assert self.phone.put(photo.sha256, photo.data).status_code in (200, 201)
            self.photos.append(photo)
            self.one_more.release()

    def wait_for(self, visits: int) -> None:
        for _ in range(visits):
            assert self.one_more.acquire(timeout=120)


def console(data: Path, *words: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
    told = {"LIANXIN_DATA": str(data), "LIANXIN_SECRET": SECRET, "LIANXIN_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "server.cli", *words]
    done = subprocess.run(command, cwd=ROOT, env=kept | told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path / "county")


@pytest.fixture
def server(served: Served) -> Iterator[Gunicorn]:
    running = served.serve()
    yield running
    running.kill()


@pytest.mark.timeout(600)
def test_backed_up_while_phones_write_and_restored_nothing_is_lost_or_doubled(
    served: Served, server: Gunicorn, tmp_path: Path
) -> None:
    """[S14] [S2] [S7]"""
    writers = [
        Writer(server.at(served.phone(user)), served.county, seed)
        for seed, user in enumerate((XIUYUN, XIUYUN, LEADER))
    ]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()
    for writer in writers:
        writer.wait_for(2)
    folder = Path(
        console(served.data, "backup", str(tmp_path / "backups")).splitlines()[-1].split("\t")[0][2:]
    )
    for writer in writers:  # two more each, whatever came meanwhile
        writer.wait_for(len(writer.photos))
    for writer in writers:
        writer.enough.set()
    for thread in threads:
        thread.join()
    until = datetime.fromisoformat(writers[0].phone.sync()["backed_up_to"])
    with pytest.raises(AssertionError, match="服务器还在用这些数据"):
        console(served.data, "restore", str(folder), "--over")
    server.stop()
    console(served.data, "restore", str(folder), "--over")

    settings = Settings(data=served.data, secret=SECRET, log_level="error")
    app = create_app(settings)
    with app.app_context():
        with db.reading():
            held = set(session.scalars(select(LedgerEntry.op_id)))
            assert session.scalars(select(Org)).one().epoch != writers[0].phone.epoch
        assert [one for one in cleaning.verify(Blobs.of(settings), deep=True) if one.harmful] == []
    db.close(app)
    sent = [one for writer in writers for one in writer.ops]
    safe = {op["id"] for op, heard in sent if datetime.fromisoformat(heard) <= until}
    late = {op["id"] for op, _ in sent} - held
    assert safe
    assert safe <= held, "acknowledged before the backup began, and not in it"
    assert late, "what came afterwards must be lost here, or this shows nothing"

    server.start()
    for writer in writers:
        phone = server.at(writer.phone)
        assert phone.sync()["reset"]
        for op, _ in writer.ops:
            assert [one["outcome"] for one in phone.sync(op)["results"]] == ["accepted"]
        for photo in writer.photos:
            told = phone.sync(have=[photo.sha256])
            if not told["receipts"]:
                assert phone.put(photo.sha256, photo.data).status_code == 201
    server.stop()
    app = create_app(settings)
    with app.app_context():
        with db.reading():
            assert sorted(session.scalars(select(Visit.id))) == sorted(op["body"]["visit"] for op, _ in sent)
            assert sorted(session.scalars(select(Revision.id))) == sorted(op["id"] for op, _ in sent)
        assert [one for one in cleaning.verify(Blobs.of(settings), deep=True) if one.harmful] == []
    db.close(app)
