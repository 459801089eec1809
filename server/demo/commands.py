"""``lianxin demo``: fill an empty server with the invented county."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from server.base import clock
from server.base.console import in_app
from server.base.settings import Settings
from server.demo import fill
from server.demo.facts import facts

DEFAULT_PASSWORD = "lianxin-demo"  # noqa: S105 - printed on the screen, for this machine only
TOLD_EVERY = 50


@click.command()
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Its last day; today without it."
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed is another county.")
@click.option("--password", default=None, help="Of all demo desks. Needed where others can reach the server.")
@in_app
def demo(until: datetime | None, seed: int, password: str | None) -> None:
    """Fill an empty server with an invented county. A county that is there is left as it is."""
    settings = Settings.from_environment()
    if password is None and not settings.loopback:
        raise click.UsageError(f"{settings.host} can be reached by others: give the demo desks a --password.")
    made = fill.fill(seed, until.date() if until else _today(), password or DEFAULT_PASSWORD, _tell)
    if made is None:
        click.echo("演示县已经在了，保持原样。 The demo county is there already and stays as it is.")
        return
    click.echo(
        f"演示县：{made.people} 位服务对象，{made.volunteers} 位志愿者，{made.visits} 条服务记录。 "
        f"Demo county: {made.people} people, {made.volunteers} volunteers, {made.visits} visits."
    )


def _today() -> date:
    return clock.real().astimezone(ZoneInfo(facts()["county"]["timezone"])).date()


def _tell(what: str, done: int, total: int) -> None:
    if done and done % TOLD_EVERY == 0:
        click.echo(f"  {what}: {done} / {total}")
