"""`deploy/run` and `deploy/lianxin`: the steps in order, then the box.

What can fail at once is asked first: the command line, the port, the folders. What takes long has a stamp, so
that a second start takes seconds. Demo and real people never share a county: a folder that holds a demo is
not started with `--empty`, and a real one never gets demo people.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from deploy.bootstrap import environment, options, stamps, webapp
from deploy.bootstrap.commands import clean_environment, run_logged
from deploy.bootstrap.options import DEMO_PASSWORD, Plan
from deploy.bootstrap.places import DATA, OWN, ROOT, alone, explain, make_writable
from deploy.bootstrap.serving import Server, require_free, url
from deploy.bootstrap.words import Trouble, box, say, speak_utf8, step

INTERRUPTED = 130
FILLING = ("建立演示县", "Filling the demo county")
PASSWORD_STAMP = ".demo-password"  # noqa: S105 - a file's name
DONE = re.compile(r"(\d+) / (\d+)\s*$")


def run(arguments: Sequence[str]) -> int:
    """The whole of `deploy/run`; returns its exit status."""
    return guarded(lambda: begin(options.plan(arguments)))


def begin(plan: Plan) -> int:
    return check_first_minute(plan) if plan.check else prepare_and_serve(plan)


def tool(arguments: Sequence[str]) -> int:
    """The whole of `deploy/lianxin`: prepare what is missing, then become the tool."""
    return guarded(lambda: become_the_tool(arguments))


def guarded(work: Callable[[], int]) -> int:
    """Turn whatever may go wrong into one line and an exit status; never a traceback for a known trouble."""
    speak_utf8()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        return work()
    except Trouble as trouble:
        say(trouble.line())
        return 1
    except OSError as error:
        say(explain(error, OWN).line())
        return 1
    except KeyboardInterrupt:
        say("\n已停止。 Stopped.")
        return INTERRUPTED


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def prepare_and_serve(plan: Plan) -> int:
    try:
        with serving(plan) as server:
            say(box(welcome(plan)))
            server.wait()
    except KeyboardInterrupt:
        say("\n· 正在停止 Stopping …")
    say(f"已停止，数据都在 {plan.data}。 Stopped; the data stay there.")
    return 0


def check_first_minute(plan: Plan) -> int:
    """A fresh demo, its first minute walked by a browser that nobody sees, and PASS or what failed."""
    shutil.rmtree(plan.data, ignore_errors=True)
    with serving(plan, extra="test"):
        walk: list[str | Path] = [
            environment.PYTHON,
            "-m",
            "tests.e2e.check.first_minute",
            url(plan.host, plan.port),
        ]
        walk += [plan.picture] if plan.picture else []
        status = subprocess.run(walk, check=False, cwd=ROOT, env=clean_environment()).returncode
    shutil.rmtree(plan.data, ignore_errors=True)
    return status


@contextmanager
def serving(plan: Plan, extra: str = "runtime") -> Iterator[Server]:
    """A server over this plan's county, ready to be asked; it is stopped however the body ends."""
    require_free(plan.host, plan.port)
    make_writable(plan.data)
    settings = settings_of(plan)
    with alone():
        environment.ensure(extra)
        webapp.ensure_built()
        prepare_county(plan, settings)
    server = Server.start([environment.PYTHON, "-m", "server.cli", "serve"], settings)
    try:
        server.wait_until_ready(plan.host, plan.port)
        yield server
    finally:
        server.stop()


def settings_of(plan: Plan) -> dict[str, str]:
    """What the server is told: the person's own LIANXIN_* settings, under what the command line says."""
    return clean_environment(
        {
            "LIANXIN_DATA": str(plan.data),
            "LIANXIN_HOST": plan.host,
            "LIANXIN_PORT": str(plan.port),
            "LIANXIN_DEMO": "true" if plan.demo else "false",
            "LIANXIN_DEMO_PASSWORD": plan.password or DEMO_PASSWORD,
        }
    )


def prepare_county(plan: Plan, settings: dict[str, str]) -> None:
    """Bring the database to the newest shape; fill the demo county if the folder is new."""
    call("db", "upgrade", settings=settings, what=("准备数据库", "Preparing the database"))
    kind = ask_county("kind", settings)
    if kind == "real" and plan.demo:
        raise Trouble(
            f"{plan.data} 里是正式数据，不放演示数据：请加 --empty 启动，或用 --data 换一个文件夹看演示。",
            f"{plan.data} holds real data and gets no demo: start it with --empty, "
            "or see the demo in another folder with --data DIR.",
        )
    if kind == "demo" and not plan.demo:
        raise Trouble(
            f"{plan.data} 里是演示数据：正式使用请用 --data 换一个文件夹。",
            f"{plan.data} holds demo data: to start for real, name another folder with --data DIR.",
        )
    if plan.demo:
        prepare_demo(plan, settings, exists=kind == "demo")


def prepare_demo(plan: Plan, settings: dict[str, str], *, exists: bool) -> None:
    """Fill the demo if it is not there; its accounts have the password that this start says."""
    password = plan.password or DEMO_PASSWORD
    said = stamps.hash_of(password)
    if not exists:
        with step(*FILLING) as progress:

            def watch(line: str) -> None:
                if found := DONE.search(line):
                    progress.reach(int(found[1]), int(found[2]))

            call("demo", "--password", password, settings=settings, what=FILLING, on_line=watch)
    elif not stamps.holds(PASSWORD_STAMP, said, plan.data):
        ask_county("passwords", settings)
    stamps.write(PASSWORD_STAMP, said, plan.data)


def call(
    *arguments: str,
    settings: dict[str, str],
    what: tuple[str, str],
    on_line: Callable[[str], None] | None = None,
) -> None:
    run_logged(
        [environment.PYTHON, "-m", "server.cli", *arguments],
        log=f"{arguments[0]}.log",
        cwd=ROOT,
        what=what,
        environment=settings,
        on_line=on_line,
    )


def ask_county(question: str, settings: dict[str, str]) -> str:
    """`kind` or `passwords`, asked in the environment, which knows the database."""
    done = subprocess.run(
        [environment.PYTHON, "-m", "deploy.bootstrap.county", question],
        check=False, capture_output=True, text=True, cwd=ROOT, env=settings,
    )  # fmt: skip
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Trouble(f"数据库读不出来：{last}。", "The database cannot be read.")
    return done.stdout.strip()


def welcome(plan: Plan) -> list[tuple[str, str]]:
    """The rows of the box: where to look, who to be, how to go on."""
    address = url(plan.host, plan.port)
    rows = [
        ("连心已启动", "Lianxin is running"),
        ("", ""),
    ]
    if plan.demo and plan.loopback:
        rows += [("三分钟看懂 demo", f"{address}/demo")]
    rows += [
        ("手机 phone", f"{address}/"),
        ("电脑 desk", f"{address}/desk"),
    ]
    if plan.demo:
        rows += [
            ("", ""),
            ("演示数据 demo", "都是编造的 · all invented"),
            ("手机登记 phone", "打开手机页，点“试用演示” · open the phone page, tap the demo button"),
            ("电脑账号 desk", "supervisor 佟立岩 · headquarters 盛文澜 · admin · auditor"),
            ("密码 password", plan.password or DEMO_PASSWORD),
            ("", ""),
            (
                "正式使用 for real",
                "./deploy/run --empty --data DIR （第一个账号 first account: deploy/README.md）",
            ),
        ]
    else:
        rows += [("第一个账号 first account", "deploy/README.md")]
    if not plan.loopback:
        rows += [
            ("手机要 https", "前面放一个代理 · phones need https: put a proxy in front (deploy/README.md)")
        ]
    rows += [
        ("停止 stop", "Ctrl-C"),
        ("数据 data", str(plan.data)),
        ("记录 log", str(OWN / "logs" / "server.log")),
    ]
    return rows


def become_the_tool(arguments: Sequence[str]) -> int:
    with alone():
        python = environment.ensure("runtime")
    settings = {"LIANXIN_DATA": str(DATA), **clean_environment()}
    os.execve(python, [str(python), "-m", "server.cli", *arguments], settings)  # noqa: S606
