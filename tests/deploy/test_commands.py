"""Other programs: how their failure is explained, and that nothing of them stays behind."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.bootstrap import commands, places
from deploy.bootstrap.words import Trouble

WHAT = ("安装", "Installing")


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device\n", "disk is full"),
        ("npm error code ENOSPC\n", "disk is full"),
        ("Failed to establish: NewConnectionError: Temporary failure in name resolution\n", "download"),
        ("ERROR: No matching distribution found for flask==3.1.3\n", "download"),
        ("npm error code ENOTFOUND\nnpm error network request to host failed\n", "download"),
        ("npm error code E503\n", "download"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN\n", "download"),
    ],
)
def test_usual_failures_are_named_with_what_to_do(tmp_path: Path, output: str, says: str) -> None:
    line = commands.explain_failure(output, tmp_path / "x.log", WHAT).line()
    assert says in line
    assert "run this again" in line
    assert "\n" not in line


def test_an_unusual_failure_quotes_the_programs_own_error(tmp_path: Path) -> None:
    output = "step 1\nerror: src/app.ts(3,1): no such thing\nerror: A complete log of this run is …\n"
    assert "no such thing" in commands.explain_failure(output, tmp_path / "x.log", WHAT).line()


def test_a_failing_program_leaves_its_whole_output_in_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOGS", tmp_path)
    program = "import sys; print('first'); print('最后', flush=True); sys.exit(3)"
    seen: list[str] = []
    with pytest.raises(Trouble) as failed:
        commands.run_logged(
            [sys.executable, "-c", program], log="x.log", cwd=tmp_path, what=WHAT, on_line=seen.append
        )
    assert (tmp_path / "x.log").read_text("utf-8") == "first\n最后\n"
    assert seen == ["first\n", "最后\n"]
    assert str(tmp_path / "x.log") in failed.value.line()


def test_an_interrupted_program_takes_its_children_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "LOGS", tmp_path)
    program = "import os, time; pid = os.fork(); print(pid or os.getpid(), flush=True); time.sleep(600)"
    pids: list[int] = []

    def interrupt(line: str) -> None:
        pids.append(int(line))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        commands.run_logged(
            [sys.executable, "-c", program], log="x", cwd=tmp_path, what=WHAT, on_line=interrupt
        )
    assert gone(pids[0])


def test_a_program_that_ignores_being_asked_is_ended(tmp_path: Path) -> None:
    ignores = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    deaf = f"import signal, time; {ignores}; print(1, flush=True); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True)
    with child:
        assert child.stdout is not None
        child.stdout.readline()
        commands.end_group(child, grace_s=0.2)
        assert child.returncode == -signal.SIGKILL


def test_settings_of_another_python_do_not_reach_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    kept = commands.clean_environment()
    assert "PYTHONPATH" not in kept
    assert kept["PIP_USER"] == "0"
    assert kept["PIP_INDEX_URL"] == "https://mirror.example/simple", "the person's own mirror is honoured"


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "Cannot write"), (errno.EACCES, "Cannot write")],
)
def test_a_failed_write_says_what_to_do(number: int, says: str) -> None:
    line = places.explain(OSError(number, os.strerror(number), "/some/file"), Path("/some")).line()
    assert says in line
    assert "/some/file" in line


def test_a_folder_that_cannot_be_made_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Trouble) as refused:
        places.make_writable(tmp_path / "file" / "data")
    assert str(tmp_path / "file" / "data") in refused.value.line()
    assert ".probe" not in refused.value.line()


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and " Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.05)
    return False
