"""Which Chromium the browser stories drive: the machine's; else Debian's package, where we may install it;
else Playwright's own download; else one line that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from deploy.bootstrap.commands import clean_environment, run_logged
from deploy.bootstrap.environment import PYTHON
from deploy.bootstrap.places import ROOT
from deploy.bootstrap.words import Trouble, step

VARIABLE = "LIANXIN_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
WHAT = ("安装 Chromium", "Installing Chromium")


def find() -> Path | None:
    """The browser that is already here, if any."""
    told = os.environ.get(VARIABLE)
    candidates = [told] if told else [shutil.which(name) for name in NAMES] + [str(MAC), playwrights_own()]
    return next((Path(path) for path in candidates if path and works(path)), None)


def ensure() -> Path:
    """Find a browser or install one."""
    found = find()
    for install in (from_debian, from_playwright):
        found = found or install()
    if found is None:
        raise Trouble(
            f"没有可用的 Chromium：请安装 Chromium 或 Chrome（或用 {VARIABLE} 指出它的位置），再运行一次。",
            f"No Chromium: install Chromium or Chrome, or name its path in {VARIABLE}, then run this again.",
        )
    return found


def works(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def from_debian() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    quiet = clean_environment({"DEBIAN_FRONTEND": "noninteractive"})
    try:
        with step(*WHAT):
            for words in (["update"], ["install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES]):
                run_logged(["apt-get", *words], log="apt.log", cwd=ROOT, what=WHAT, environment=quiet)
    except Trouble:
        return None
    return find()


def from_playwright() -> Path | None:
    try:
        with step(*WHAT):
            run_logged(
                [PYTHON, "-m", "playwright", "install", "chromium"], log="playwright.log", cwd=ROOT, what=WHAT
            )
    except Trouble:
        return None
    return find()


def playwrights_own() -> str | None:
    """Playwright's download, newest first, where it keeps browsers by default."""
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    kept = Path(told) if told else Path.home() / ".cache" / "ms-playwright"
    found = sorted(kept.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    return str(found[0]) if found else None
