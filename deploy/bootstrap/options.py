"""What `deploy/run` understands on its command line, and what it refuses before anything slow begins.

Demo accounts have a known password, so they exist only where nobody but this machine can reach them; beyond
the loopback a demo needs a password of the person's own.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn

from deploy.bootstrap.places import CHECKED, DATA
from deploy.bootstrap.words import Trouble

DEMO_PASSWORD = "lianxin-demo"  # noqa: S105
SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class Plan:
    host: str
    port: int
    data: Path
    demo: bool
    password: str | None  # of the demo accounts, if the person gave one
    check: bool = False  # walk the first minute headless, say how it went, and end
    picture: Path | None = None  # of that walk: phone and desk side by side

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)


class Parser(argparse.ArgumentParser):
    """A wrong command line is one clear line too."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(
            f"命令行看不懂（{message}）：./deploy/run --help 列出所有选项。",
            f"The command line was not understood ({message}): see ./deploy/run --help.",
        )


def parser() -> Parser:
    made = Parser(
        prog="deploy/run",
        description="准备并启动连心。第一次需要几分钟，以后几秒。 Prepare and start Lianxin.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--port", type=int, default=8000, metavar="N", help="端口 port (8000)")
    made.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹 data folder (.lianxin/data)")
    made.add_argument(
        "--empty", action="store_true", help="正式使用，不要演示数据 start for real, no demo data"
    )
    made.add_argument(
        "--host", default="127.0.0.1", metavar="ADDR", help="监听地址 address to listen on (127.0.0.1)"
    )
    made.add_argument(
        "--demo-password",
        metavar="WORD",
        help="演示账号的密码；对外监听演示数据时必须给 password of the demo accounts, "
        "needed when a demo listens beyond this machine",
    )
    made.add_argument(
        "--check",
        action="store_true",
        help="起一个新的演示，自己走一遍，说 PASS 或哪里不对，然后停下 "
        "start a fresh demo, walk its first minute headless, say PASS or what failed, and end",
    )
    made.add_argument(
        "--picture", type=Path, metavar="FILE", help="--check 时存一张图 with --check: keep a picture of it"
    )
    return made


def plan(arguments: Sequence[str]) -> Plan:
    """Read the command line; refuse what would put a known password on the network."""
    given = parser().parse_args(arguments)
    password: str | None = given.demo_password
    data: Path = CHECKED if given.check else (given.data or DATA).expanduser().absolute()
    if not 0 < given.port < 65536:
        raise Trouble("端口要在 1 到 65535 之间。", "A port lies between 1 and 65535.")
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise Trouble("演示密码至少 8 个字符。", "The demo password needs at least 8 characters.")
    if given.check and (given.empty or given.data or given.host != "127.0.0.1"):
        raise Trouble(
            "--check 自己建一个新的演示，不要再给 --empty、--data 或 --host。",
            "--check makes a demo of its own: leave out --empty, --data and --host.",
        )
    if given.empty and password is not None:
        raise Trouble(
            "--empty 没有演示账号，不要再给 --demo-password。",
            "--empty has no demo accounts: leave out --demo-password.",
        )
    if not given.empty and not is_loopback(given.host) and password is None:
        raise Trouble(
            f"对外监听（{given.host}）不能用公开的演示密码："
            "请加 --demo-password 密码，或用 --empty 正式使用。",
            f"Beyond this machine ({given.host}) the well-known demo password is refused: "
            "add --demo-password WORD, or --empty to start for real.",
        )
    if given.picture and not given.check:
        raise Trouble("--picture 要和 --check 一起用。", "--picture goes with --check.")
    picture: Path | None = given.picture and given.picture.expanduser().absolute()
    return Plan(given.host, given.port, data, not given.empty, password, given.check, picture)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
