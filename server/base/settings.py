"""Every setting, once: its name, type, default and what it is for.

The fields of :class:`Settings` are the table. ``LIANXIN_`` plus the field's name in capitals is the
environment variable; ``lianxin settings`` prints the table; a test holds that each has its help. A value
that is missing takes the default, one that cannot be read stops the start with its name.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from environs import Env

PREFIX = "LIANXIN_"


def setting(default: Any, help: str) -> Any:
    """Declare one setting: its default, and what it is for in one line."""
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True)
class Settings:
    """What a server is told from outside. Build it with :meth:`from_environment`; tests build it directly."""

    data: Path = setting(  # noqa: RUF009
        Path("data"), "Folder for everything this server keeps: database, files, secret, locks."
    )
    database_url: str = setting(
        "", "postgresql://… for PostgreSQL; empty means SQLite, lianxin.sqlite in the data folder."
    )
    blobs: str = setting(
        "",
        "Where files and photos lie: file:///folder or s3://bucket/prefix; empty: blobs in the data folder.",
    )
    blobs_endpoint: str = setting("", "URL of the S3 service, where it is not Amazon's own.")
    blobs_region: str = setting("us-east-1", "Region of the S3 service.")
    blobs_key_id: str = setting("", "Access key of the bucket. Empty: taken from the machine's surroundings.")
    blobs_secret: str = setting("", "Secret of that access key.")
    secret: str = setting(
        "", "Signs desk tokens, at least 32 characters. Empty: made once and kept in the data folder."
    )
    pwa: str = setting(
        "", "Folder of the built web app. Empty: the one that came with the package or checkout."
    )
    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on.")
    workers: int = setting(2, "Server processes.")
    threads: int = setting(8, "Requests that one process serves at a time.")
    trusted_proxies: int = setting(
        0, "How many proxies in front are ours; that many X-Forwarded-* entries are believed."
    )
    max_body_bytes: int = setting(
        2_000_000, "Largest request body, as sent and after inflating. Photos have their own limit."
    )
    desk_access_minutes: int = setting(15, "How long a desk's access token is valid.")
    desk_session_days: int = setting(14, "How long a desk stays signed in without being used.")
    enrolment_days: int = setting(14, "How long an enrolment code on a paper card can be used.")
    demo: bool = setting(False, "Invented data: every page says so, and a demo phone may enrol itself.")
    demo_password: str = setting("lianxin-demo", "Password of the demo's desk accounts.")
    log_level: str = setting("info", "debug, info, warning or error.")
    log_format: str = setting("json", "json: one object a line; console: for eyes.")

    @classmethod
    def from_environment(cls, **given: Any) -> Settings:
        """Read ``LIANXIN_*``; what is given by name (from a command line) wins over the environment."""
        env = Env()
        read: dict[type, Any] = {bool: env.bool, int: env.int, str: env.str, type(Path()): env.path}
        values: dict[str, Any] = {}
        for each in fields(cls):
            if given.get(each.name) is not None:
                values[each.name] = given[each.name]
            elif os.environ.get(variable(each), "") != "":
                values[each.name] = read[type(each.default)](variable(each))
        return cls(**values)

    def __post_init__(self) -> None:
        if self.secret and len(self.secret) < 32:
            raise ValueError(f"{PREFIX}SECRET needs at least 32 characters")
        object.__setattr__(self, "data", Path(self.data).expanduser().absolute())

    @property
    def url(self) -> str:
        """The database's URL as SQLAlchemy wants it, PostgreSQL always through psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'lianxin.sqlite'}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def pwa_folder(self) -> Path:
        """The built app: as told, else beside this package (a wheel), else the checkout's build."""
        if self.pwa:
            return Path(self.pwa).expanduser().absolute()
        server = Path(__file__).resolve().parent.parent
        shipped = server / "pwa"
        return shipped if shipped.is_dir() else server.parent / "pwa" / "dist"

    @property
    def loopback(self) -> bool:
        """True when only this machine can reach the server: the demo's open doors exist nowhere else."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def signing_key(self) -> bytes:
        """The secret's bytes; made once, readable by the owner alone, when none was given."""
        if self.secret:
            return self.secret.encode()
        kept = self.data / "secret"
        if not kept.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            made = self.data / f".secret-{secrets.token_hex(8)}"
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(made, kept)  # only one of several starting workers wins; all read the winner's
            except FileExistsError:
                pass
            finally:
                made.unlink()
        return kept.read_bytes()


def variable(each: Field[Any]) -> str:
    """The environment variable of a setting."""
    return PREFIX + each.name.upper()


def table() -> Iterator[tuple[str, str, str, str]]:
    """(variable, type, default, help) of every setting, in the order in which they are declared."""
    for each in fields(Settings):
        yield (
            variable(each),
            "path" if isinstance(each.default, Path) else type(each.default).__name__,
            str(each.default),
            each.metadata["help"],
        )
