"""The wheel holds everything: it starts in an empty environment, far from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from deploy.bootstrap import serving
from deploy.bootstrap.commands import clean_environment
from deploy.bootstrap.places import CONSTRAINTS, ROOT
from tests.e2e.harness.county import free_port


def call(*command: object, cwd: Path, **settings: str) -> str:
    environment = clean_environment(settings) | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def ask(inside: Path, url: str, folder: Path) -> None:
    """The client and the check of the protocol come along, with what they need."""
    codes = []
    for _ in range(2):
        door = urllib.request.Request(f"{url}/api/demo/enrolment", method="POST")
        with urllib.request.urlopen(door) as answer:
            codes.append(json.load(answer)["code"])
    call(inside / "python", "-m", "sync.conformance", url, "--code", codes[0], cwd=folder)
    phone = [inside / "python", "-m", "sync.client", folder / "phone.db"]
    call(*phone, "enrol", url, codes[1], cwd=folder)
    call(*phone, "sync", cwd=folder)


@pytest.mark.deep
@pytest.mark.timeout(600)
def test_the_wheel_starts_in_an_empty_environment(tmp_path: Path) -> None:
    source = tmp_path / "source"
    call("git", "clone", "--quiet", ROOT, source, cwd=tmp_path)
    call(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", tmp_path / "wheels", source, cwd=tmp_path)
    (wheel,) = (tmp_path / "wheels").glob("lianxin-*.whl")

    call(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    inside = tmp_path / "env" / "bin"
    call(inside / "python", "-m", "pip", "install", "-q", "-c", CONSTRAINTS, f"{wheel}[client]", cwd=tmp_path)

    settings = {"LIANXIN_DATA": str(tmp_path / "data"), "LIANXIN_DEMO": "true"}
    call(inside / "lianxin", "db", "upgrade", cwd=tmp_path, **settings)
    call(inside / "lianxin", "demo", cwd=tmp_path, **settings)
    run = call(inside / "lianxin", "form", "check", "day-care-visit", cwd=tmp_path, **settings)
    assert "✓ day-care-visit" in run
    assert "\n!" not in f"\n{run}", (
        "the form was not run: the checker is not in the wheel, or no Node is here"
    )
    port = free_port()
    command = [inside / "lianxin", "serve", "--port", str(port)]
    server = serving.Server.start(command, clean_environment(settings), tmp_path)
    try:
        server.wait_until_ready("127.0.0.1", port)
        for page in ("/", "/desk", "/start", "/sw.js", "/api/openapi.json"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as answer:
                assert answer.status == 200, page
        ask(inside, f"http://127.0.0.1:{port}", tmp_path)
    finally:
        server.stop()
    assert os.listdir(tmp_path / "data")
