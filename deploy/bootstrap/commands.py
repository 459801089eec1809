"""Runs another program, watches its lines, and explains its failure in one sentence.

What it wrote goes whole to a log in `.lianxin/logs/`, so that the terminal stays quiet and nothing is lost.
Its process group is its own: Ctrl-C reaches it through us, and its children end with it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deploy.bootstrap.places import LOGS
from deploy.bootstrap.words import Trouble

NO_SPACE = re.compile(r"No space left on device|ENOSPC|Errno 28|Disk quota exceeded", re.IGNORECASE)
NO_NETWORK = re.compile(
    r"NewConnectionError|Temporary failure in name resolution|Name or service not known|Max retries exceeded"
    r"|Network is unreachable|Connection refused|Read timed out|ConnectTimeout|ProxyError|SSLError"
    r"|No matching distribution found|ResolutionImpossible|Could not find a version"
    r"|IncompleteRead|HTTP error \d+"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request"
    r"|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|CERT_HAS_EXPIRED"
    r"|\bE(?:40[0-9]|50[0-9])\b",
)

# Settings of the caller's own Python that would lead the environment's programs astray.
STRAYS = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX")


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The caller's environment, mirrors and proxies included, without what belongs to another Python."""
    kept = {name: value for name, value in os.environ.items() if name not in STRAYS}
    kept |= {"PIP_USER": "0", "PYTHONUTF8": "1", **(extra or {})}
    return kept


def run_logged(
    command: Sequence[str | Path],
    *,
    log: str,
    cwd: Path,
    what: tuple[str, str],
    environment: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> None:
    """Run to the end; raise a `Trouble` that names the reason and the log if it failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log_file = LOGS / log
    lines: list[str] = []
    with (
        open(log_file, "w", encoding="utf-8", errors="replace") as record,
        subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(environment) if environment is not None else clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as child,
    ):
        try:
            for line in child.stdout or ():
                record.write(line)
                lines.append(line)
                if on_line is not None:
                    on_line(line)
            status = child.wait()
        except BaseException:
            end_group(child)
            raise
    if status != 0:
        raise explain_failure("".join(lines), log_file, what)


def explain_failure(output: str, log_file: Path, what: tuple[str, str]) -> Trouble:
    """One sentence for the usual reasons; else the program's own last error line."""
    zh, en = what
    if NO_SPACE.search(output) or shutil.disk_usage(log_file.parent).free < 1_000_000:
        return Trouble(
            f"{zh}失败：磁盘满了。请清出至少 1 GB 空间，再运行一次。",
            f"{en} failed: the disk is full. Free at least 1 GB and run this again.",
        )
    if NO_NETWORK.search(output):
        return Trouble(
            f"{zh}失败：下载不下来。请检查网络，或设置 pip / npm 的镜像，再运行一次（记录：{log_file}）。",
            f"{en} failed: a download did not come through. Check the network, "
            f"or set a mirror for pip or npm, and run this again (log: {log_file}).",
        )
    reason = last_error_line(output)
    return Trouble(f"{zh}失败：{reason}（记录：{log_file}）。", f"{en} failed (log: {log_file}).")


def last_error_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip() and "complete log of" not in line]
    errors = [line for line in lines if re.match(r"(?i)(error|npm err|fatal)", line)]
    return (errors or lines or ["没有输出 no output"])[-1][:300]


def end_group(child: subprocess.Popen[str] | subprocess.Popen[bytes], grace_s: float = 5.0) -> None:
    """End a child and all that it started: asked first, then forced."""
    for number, patience_s in ((signal.SIGTERM, grace_s), (signal.SIGKILL, None)):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            break
        try:
            child.wait(patience_s)
        except subprocess.TimeoutExpired:
            continue
    child.wait()
