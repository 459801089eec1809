"""Where things are, and whether they can be written.

Everything that a checkout makes for itself lies in `.lianxin/`, so that deleting one folder undoes it all.
One program at a time prepares it: two starts at once would install over each other.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.bootstrap.words import Trouble, say

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ROOT / ".lianxin"
ENVIRONMENT = OWN / "env"
DATA = OWN / "data"
CHECKED = OWN / "check"  # the county that `deploy/run --check` makes and throws away
LOGS = OWN / "logs"
REPORTS = OWN / "reports"
STAMPS = OWN / "stamps"
CONSTRAINTS = ROOT / "deploy" / "constraints.txt"
PWA = ROOT / "pwa"
BUILT = PWA / "dist"
CHECKER = PWA / "dist-check"  # what publishing tries forms out with; `vite build` makes both


def explain(error: OSError, folder: Path) -> Trouble:
    """Name what a failed write means to the person who started the program."""
    where = error.filename or folder
    if error.errno == errno.ENOSPC:
        return Trouble(
            f"磁盘满了（{where}）：请清出至少 1 GB 空间，再运行一次。",
            f"The disk is full ({where}): free at least 1 GB and run this again.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Trouble(
            f"不能写入 {where}：请把程序放到您有写权限的文件夹，或用 --data 指定别的数据文件夹。",
            f"Cannot write to {where}: move the checkout to a folder that you may write, "
            "or name another data folder with --data.",
        )
    return Trouble(f"读写 {where} 出错：{error.strerror}。", f"Trouble with {where}: {error.strerror}.")


def make_writable(folder: Path) -> None:
    """Make the folder and prove that it can be written, before anything slow begins."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise explain(OSError(error.errno, error.strerror, str(folder)), folder) from error


@contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout while preparing it; a second start waits and says so."""
    make_writable(OWN)
    with open(OWN / "lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("· 另一个程序正在准备，稍等 Another start is preparing this checkout, waiting …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
