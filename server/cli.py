"""``lianxin``: the one command, in a wheel and in a checkout.

What belongs to a concern stands in its ``commands.py``; here is only what belongs to the server as a whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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

BENCHES = ("bundle", "photos", "sync")  # tests/bench/<name>.py


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
    checkout = Path(__file__).resolve().parent.parent
    if not (checkout / "tests" / "bench" / f"{what}.py").is_file():
        raise click.ClickException("要在源码目录里跑。 This needs the checkout, where the tests are.")
    raise SystemExit(subprocess.call([sys.executable, "-m", f"tests.bench.{what}"], cwd=checkout))  # noqa: S603


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
