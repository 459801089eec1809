"""``lianxin``: the one command, in a wheel and in a checkout.

What belongs to a concern stands in its ``commands.py``; here is only what belongs to the server as a whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import click

from server import migrations
from server.accounts import commands as accounts
from server.app import create_app
from server.backup import commands as backups
from server.base import settings as all_settings
from server.base.openapi import document
from server.base.settings import Settings
from server.demo.commands import demo
from server.forms.commands import form
from server.photos.commands import photos, verify
from server.reports.commands import guide
from server.serving import Server

BENCHES = ("bundle", "form", "photos", "pull", "reconnect", "sync")  # tests/bench/<name>.py


@click.group()
@click.version_option(package_name="lianxin")
@click.pass_context
def main(context: click.Context) -> None:
    """Lianxin 连心: visits recorded offline, brought to the county, reviewed and counted."""
    context.obj = create_app


@main.group()
def db() -> None:
    """The database's shape."""


@db.command()
def upgrade() -> None:
    """Bring the database to this version. Safe to run at every start."""
    migrations.upgrade(Settings.from_environment())


@main.command()
@click.option("--host", default=None, help="Address to listen on; overrides LIANXIN_HOST.")
@click.option("--port", type=int, default=None, help="Port to listen on; overrides LIANXIN_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the county with gunicorn, after bringing the database to this version."""
    settings = Settings.from_environment(host=host, port=port)
    migrations.upgrade(settings)
    Server(settings).run()


@main.command()
def openapi() -> None:
    """Print the interface's OpenAPI document."""
    json.dump(document(create_app()), sys.stdout, ensure_ascii=False, indent=2)
    click.echo()


@main.command()
def settings() -> None:
    """Print every setting: variable, type, default, what it is for."""
    for variable, kind, default, what in all_settings.table():
        click.echo(f"{variable}  {kind}, default {default or '(empty)'}\n    {what}")


@main.command()
@click.argument("what", type=click.Choice(BENCHES), help="What to measure.")
def bench(what: str) -> None:
    """Measure, and print one line of JSON last. Needs the checkout."""
    in_the_checkout(f"tests.bench.{what}")


@main.command()
@click.option("--virtual", is_flag=True, help="In virtual time, in this process: many seeds in minutes.")
@click.option(
    "--seed", type=int, help="This seed alone; with phones, the one that their lives are drawn from."
)
@click.option("--seeds", type=int, default=2000, show_default=True, help="Virtual: how many seeds, from 0.")
@click.option("--hub", "where", flag_value="hub", help="Virtual: against the oracle alone.")
@click.option("--server", "where", flag_value="server", help="Virtual: against the real server alone.")
@click.option("--jobs", type=int, help="Virtual: how many processes; as many as there are cores.")
@click.option("--phones", type=int, default=50, show_default=True, help="Live: how many phones.")
@click.option("--visits", type=int, default=20, show_default=True, help="Live: how many visits each makes.")
@click.option("--loss", type=float, default=0.2, show_default=True, help="Live: share of messages that fail.")
@click.option(
    "--county",
    type=click.Choice(["demo", "demo-postgresql", "small", "small-postgresql", "hub"]),
    default="demo",
    show_default=True,
    help="Live: the demo county or the tests' small one, on SQLite or PostgreSQL, or the oracle over HTTP.",
)
def simulate(
    virtual: bool,
    seed: int | None,
    seeds: int,
    where: str | None,
    jobs: int | None,
    phones: int,
    visits: int,
    loss: float,
    county: str,
) -> None:
    """Let phones and a county live through bad days, and look for what was lost. Needs the checkout.

    Without --virtual: real processes, gunicorn behind a line that drops, delays, doubles and cuts.
    """
    if not virtual:
        lives = {"phones": phones, "visits": visits, "loss": loss, "seed": 7 if seed is None else seed}
        live = {**lives, "county": county}
        in_the_checkout("tests.simulation.live.main", *(f"--{name}={value}" for name, value in live.items()))
    chosen = {"seeds": seeds, "seed": seed, "jobs": jobs}
    said = [f"--{name}={value}" for name, value in chosen.items() if value is not None]
    in_the_checkout("tests.simulation.main", *said, *([f"--{where}"] if where else []))


def in_the_checkout(module: str, *arguments: str) -> NoReturn:
    """Run one of the tests' own programs, and end as it ends."""
    checkout = Path(__file__).resolve().parent.parent
    if not checkout.joinpath(*module.split(".")).with_suffix(".py").is_file():
        raise click.ClickException("要在源码目录里跑。 This needs the checkout, where the tests are.")
    command = [sys.executable, "-m", module, *arguments]
    raise SystemExit(subprocess.call(command, cwd=checkout))  # noqa: S603


for group in (accounts.county, accounts.user, accounts.enrol):
    main.add_command(group)

for command in (backups.backup, backups.restore, backups.backed_up, backups.epoch):
    main.add_command(command)

main.add_command(demo)
main.add_command(guide)
main.add_command(form)
main.add_command(photos)
main.add_command(verify)


if __name__ == "__main__":
    main()
