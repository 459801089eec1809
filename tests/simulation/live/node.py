"""The phone's own engine under Node: one process, many phones, a line of JSON each way
(``pwa/src/sync/testing/citizen.ts``)."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.bootstrap import node
from deploy.bootstrap.places import PWA
from tests.factories.pictures import File, preview
from tests.simulation.live.citizens import Made, Report

ANSWER_S = 600.0
MOST_TRIES = 30


def bundle(folder: Path) -> Path:
    """The citizen in one file, built anew."""
    file = folder / "citizen.mjs"
    tool = node.ensure().tool(PWA / "build" / "outside.mjs", "citizen", str(file))
    subprocess.run(tool, cwd=PWA, check=True)
    return file


class Refused(Exception):
    """The phone itself says no."""


class Process:
    """Answers come in whichever order they are done, so every question has a number."""

    def __init__(self, citizen: Path) -> None:
        self._child = subprocess.Popen(
            [str(word) for word in node.ensure().tool(citizen)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._asked = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def begin(self, phone: str, deed: str, **said: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            self._asked += 1
            self._waiting[self._asked] = future
            line = json.dumps({"id": self._asked, "phone": phone, "do": deed, **said})
            assert self._child.stdin is not None
            self._child.stdin.write(line.encode() + b"\n")
            self._child.stdin.flush()
        return future

    def ask(self, phone: str, deed: str, **said: Any) -> Any:
        return self.begin(phone, deed, **said).result(ANSWER_S)

    def close(self) -> None:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait(30)
        self._reader.join()
        self._child.stdout.close()

    def _read(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            told = json.loads(line)
            with self._lock:
                future = self._waiting.pop(told["id"])
            if "failed" in told:
                future.set_exception(Refused(told["failed"]))
            else:
                future.set_result(told["told"])
        with self._lock:
            for future in self._waiting.values():
                future.set_exception(Refused("the process of the phones has ended"))


class NodeCitizen:
    kind = "node"

    def __init__(self, process: Process, name: str, url: str, code: str) -> None:
        self.name = name
        self._process = process
        self.device = self._enrol(url, code)

    def visit(self, note: str, person: int, photos: Sequence[File]) -> Made:
        told = self._ask("visit", note=note, person=person, photos=shown(photos))
        assert sorted(told["photos"]) == sorted(file.sha256 for file in photos)
        return Made(told["visit"], told["op"], tuple(photos))

    def edit(self, made: Made, note: str) -> str:
        op: str = self._ask("edit", visit=made.visit, note=note)["op"]
        return op

    def withdraw(self, visit: str) -> None:
        self._ask("withdraw", visit=visit)

    def note(self, visit: str, text: str) -> None:
        self._ask("note", visit=visit, note=text)

    def begin_draft(self, note: str, person: int, photos: Sequence[File]) -> str:
        visit: str = self._ask("begin", note=note, person=person, photos=shown(photos))["visit"]
        return visit

    def change_draft(self, visit: str, note: str) -> None:
        self._ask("change", visit=visit, note=note)

    def discard_draft(self, visit: str) -> None:
        self._ask("discard", visit=visit)

    def find_draft_again(self, visit: str) -> None:
        self._ask("findAgain", visit=visit)

    def finish_draft(self, visit: str) -> str:
        op: str = self._ask("complete", visit=visit)["op"]
        return op

    def die_while_finishing(self, visit: str) -> None:
        under_way = self._process.begin(self.name, "complete", visit=visit)
        self._ask("kill")
        with suppress(Refused):
            under_way.result(ANSWER_S)
        self._ask("restart")
        if visit in self.report().drafts:
            self.finish_draft(visit)

    def sync(self) -> None:
        self._ask("sync")

    def die_in_the_middle(self, after: int) -> None:
        under_way = self._process.begin(self.name, "sync")
        for _ in range(after):
            self._ask("report")  # as long as that takes
        self._ask("kill")
        under_way.result(ANSWER_S)
        self._ask("restart")

    def report(self) -> Report:
        told = self._ask("report")
        aside = {one["id"]: one["state"] for one in told["unsettled"] if one["state"] != "waiting"}
        why = {visit: shown["problem"] for visit, shown in told["visits"].items() if "problem" in shown}
        return Report(
            waiting=len(told["waiting"]),
            aside=aside | why,
            unreceived=tuple(name for name, at in told["photos"].items() if at not in ("received", "draft")),
            visits=told["visits"],
            feeds=len(told["feeds"]),
            ready=told["ready"],
            mismatched=tuple(told["mismatched"]),
            trouble=told["trouble"],
            drafts=told["drafts"],
        )

    def close(self) -> None:
        self._ask("kill")

    def _enrol(self, url: str, code: str) -> str:
        """Asks again with the same code: an answer can be lost."""
        for _ in range(MOST_TRIES):
            try:
                device: str = self._ask("enrol", url=url, code=code)["device"]
            except Refused as no:
                if str(no) != "offline":
                    raise
            else:
                return device
        raise Refused("offline")

    def _ask(self, deed: str, **said: Any) -> Any:
        return self._process.ask(self.name, deed, **said)


def shown(photos: Sequence[File]) -> list[dict[str, str]]:
    return [{"type": file.type, "bytes": spelled(file.data), "preview": SMALL} for file in photos]


def spelled(data: bytes) -> str:
    return base64.b64encode(data).decode()


SMALL = spelled(preview().data)
