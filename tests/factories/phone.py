"""A phone as tests hold it: a real key, really signed requests, ids and times that count up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from jwt.algorithms import ECAlgorithm
from werkzeug.test import TestResponse

from sync.core import ids

START = "0193a000-0000-4000-8000-0000000057a7"


@dataclass
class Phone:
    """One volunteer's phone. Its clock is the server's, unless a test moves ``clock_off_ms``."""

    client: FlaskClient
    clock: Any  # a function that returns the moment
    org: int
    user: str
    device: str
    key: ec.EllipticCurvePrivateKey
    epoch: str | None = None
    cursor: dict[str, Any] | None = None
    clock_off_ms: int = 0
    made: int = 0
    held: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    @staticmethod
    def new_key() -> tuple[ec.EllipticCurvePrivateKey, dict[str, Any]]:
        key = ec.generate_private_key(ec.SECP256R1())
        jwk = ECAlgorithm(ECAlgorithm.SHA256).to_jwk(key.public_key(), as_dict=True)
        return key, {name: jwk[name] for name in ("kty", "crv", "x", "y")}

    # ------------------------------------------------------------ making
    def id(self) -> str:
        """A fresh name: the device's number, so that names of two phones differ."""
        self.made += 1
        salt = hashlib.sha256(f"{self.device} {self.made}".encode()).digest()[: ids.RAND_BYTES]
        return ids.uuid7(int(self.clock().timestamp() * 1000), salt)

    def at(self, ago: timedelta = timedelta(0), start: str = START) -> dict[str, Any]:
        """A moment before now, as this phone's clocks say it."""
        moment: datetime = self.clock() - ago + timedelta(milliseconds=self.clock_off_ms)
        mono = 10_000_000 - int(ago / timedelta(milliseconds=1))
        return {"wall": wall(moment), "mono": mono, "start": start}

    def op(self, body: dict[str, Any], *, base: str | None = None, **more: Any) -> dict[str, Any]:
        self.made += 1
        made = {"v": 1, "id": self.id(), "kind": "visit.put", "n": self.made, "at": self.at(), "base": base}
        return {**made, "body": body, **more}

    # ------------------------------------------------------------ talking
    def request(self, ops: list[Any] | tuple[Any, ...] = (), **more: Any) -> dict[str, Any]:
        said = {
            "v": 2, "app": "0.1.0", "epoch": self.epoch, "clock": self.at(), "anchors": [],
            "manifest": {"hash": "0"}, "cursor": self.cursor, "budget": 65536, "ops": list(ops),
            "previews": [],
        }  # fmt: skip
        return {**said, **more}

    def written(self, ops: list[Any] | tuple[Any, ...] = (), **more: Any) -> bytes:
        """The bytes of a request."""
        said = self.request(ops, **more)
        try:
            return json.dumps(said, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # lone surrogates travel as escapes only
            return json.dumps(said).encode()

    def sign(self, method: str, path: str, body: bytes, **claims: Any) -> str:
        said = {
            "sub": self.user,
            "org": self.org,
            "htm": method,
            "htu": path,
            "bsh": hashlib.sha256(body).hexdigest(),
            "iat": int(self.clock().timestamp()),
            **claims,
        }
        return jwt.encode(said, self.key, "ES256", {"typ": "device+jwt", "kid": self.device})

    def post(
        self, path: str, body: bytes, kind: str = "application/json", language: str = "zh"
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.sign('POST', path, body)}", "Accept-Language": language}
        return self.client.post(path, data=body, content_type=kind, headers=headers)

    def put(
        self, sha256: str, piece: bytes, first: int = 0, total: int | None = None, kind: str = "image/jpeg"
    ) -> TestResponse:
        """One piece of a file, from byte ``first`` of ``total``."""
        path = f"/api/photos/{sha256}"
        headers = {
            "Authorization": f"Bearer {self.sign('PUT', path, piece)}",
            "Content-Range": f"bytes {first}-{first + len(piece) - 1}/{total or first + len(piece)}",
        }
        return self.client.put(path, data=piece, content_type=kind, headers=headers)

    def get(self, path: str) -> TestResponse:
        """A signed GET; the query is no part of what is signed."""
        bare = path.partition("?")[0]
        return self.client.get(path, headers={"Authorization": f"Bearer {self.sign('GET', bare, b'')}"})

    def send(self, *ops: Any, language: str = "zh", **more: Any) -> TestResponse:
        """One exchange, as raw as it comes; nothing is remembered."""
        return self.post("/api/sync", self.written(ops, **more), language=language)

    def sync(self, *ops: Any, **more: Any) -> dict[str, Any]:
        """One exchange that must be answered; the phone remembers what it heard."""
        response = self.send(*ops, **more)
        assert response.status_code == 200, response.text
        heard: dict[str, Any] = response.get_json()
        self.apply(heard)
        return heard

    def sync_all(self, **more: Any) -> list[dict[str, Any]]:
        """Exchange until there is no more; all changes in the order in which they came."""
        changes: list[dict[str, Any]] = []
        for _ in range(1000):
            heard = self.sync(**more)
            changes += heard["changes"]
            if not heard["more"]:
                return changes
        raise AssertionError("there is always more")

    def apply(self, heard: dict[str, Any]) -> None:
        """What a phone does with an answer: cursor, changes, feeds that left or begin anew."""
        self.epoch = heard["epoch"]
        self.cursor = heard["cursor"] or self.cursor
        gone = {*heard["left"], *heard["reset"]}
        self.held = {row: change for row, change in self.held.items() if row[0] not in gone}
        for change in heard["changes"]:
            row = (change["feed"], change["kind"], change["id"])
            if change.get("body") is None and not change.get("unreadable"):
                self.held.pop(row, None)
            else:
                self.held[row] = change

    def bodies(self, kind: str) -> dict[str, dict[str, Any]]:
        """What it holds of one kind, by id."""
        return {row[2]: change["body"] for row, change in self.held.items() if row[1] == kind}


def wall(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
