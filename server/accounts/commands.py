"""``lianxin county``, ``lianxin user`` and ``lianxin enrol``: how a county starts with nobody in it."""

from __future__ import annotations

import click

from server.accounts import passwords, queries, service
from server.accounts.service import NewUser
from server.base import clock
from server.base.console import in_app
from server.base.db import reading, writing
from server.base.models import Org
from server.base.policy import SCOPES, Role
from server.base.problems import Problem
from server.base.settings import Settings

COUNTY = click.option("--county", default=None, help="The county's code, where this server holds several.")


@click.group()
def county() -> None:
    """Open counties on this server and list them."""


@county.command("add")
@click.argument("code", help="Short, for example HL.")
@click.option("--zh", required=True, help="Its name in Chinese.")
@click.option("--en", required=True, help="Its name in English.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="Its time zone.")
@click.option("--duty-phone", help="Whom a volunteer calls in an emergency, after 120.")
@in_app
def add_county(code: str, zh: str, en: str, timezone: str, duty_phone: str | None) -> None:
    """Open a county."""
    with writing():
        number = max((org.id for org in queries.orgs()), default=0) + 1
        service.add_org(
            org_id=number, code=code, name_zh=zh, name_en=en, timezone=timezone, is_demo=False,
            now=clock.now(), duty_phone=duty_phone,
        )  # fmt: skip
    click.echo(f"{code} {zh} {en}")


@county.command("list")
@in_app
def list_counties() -> None:
    """The counties on this server."""
    with reading():
        for org in queries.orgs():
            click.echo(f"{org.code}\t{org.name_zh}\t{org.name_en}\t{org.timezone}")


@click.group()
def user() -> None:
    """Add people, give and take roles, set passwords."""


@user.command("add")
@click.argument("name", help="As it is written.")
@click.option("--username", default=None, help="For the desk; without it they work on the phone only.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Theirs.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=None, help="A first role.")
@click.option("--scope", default=None, help="Id of the community or team; without it the whole county.")
@click.option("--password", default=None, help="Asked for when there is a username and this is missing.")
@COUNTY
@in_app
def add_user(
    name: str,
    username: str | None,
    language: str,
    role: str | None,
    scope: str | None,
    password: str | None,
    county: str | None,
) -> None:
    """Add a person and print their id."""
    kept = passwords.hashed(_password(password)) if username else None
    now = clock.now()
    with writing():
        org = _org(county)
        added = service.add_user(org.id, NewUser(name, language, username, kept), now)
        if role is not None:
            kind = "county" if scope is None else sorted(SCOPES[Role(role)] - {"county"})[0]
            service.grant(org.id, added.id, Role(role), kind, scope, now)
    click.echo(added.id)


@user.command("list")
@click.option("--search", default="", help="Part of a name, its sound or the username.")
@COUNTY
@in_app
def list_users(search: str, county: str | None) -> None:
    """People and their roles."""
    with reading():
        org = _org(county)
        found = queries.users(org.id, search=search, after=None, limit=1000)
        grants = queries.grants(org.id, [each.id for each in found], clock.now())
        for each in found:
            roles = " ".join(f"{held.role}@{held.scope_id or 'county'}" for held in grants[each.id])
            state = "" if each.active else " (stopped)"
            click.echo(f"{each.id}\t{each.name}\t{each.username or '-'}\t{roles}{state}")


@user.command("password")
@click.argument("username", help="Theirs at the desk.")
@click.option("--password", default=None, help="Asked for when missing.")
@COUNTY
@in_app
def set_password(username: str, password: str | None, county: str | None) -> None:
    """Set a new password; the person's desks are signed out."""
    kept = passwords.hashed(_password(password))
    with writing():
        org = _org(county)
        found = queries.user_by_username(org.id, username)
        if found is None:
            raise Problem("not_found")
        service.set_password(org.id, found.id, kept, clock.now())


@user.command("stop")
@click.argument("user_id", help="As `lianxin user list` prints it.")
@COUNTY
@in_app
def stop_user(user_id: str, county: str | None) -> None:
    """Let a person in no more, at desks and phones."""
    with writing():
        service.stop_user(_org(county).id, user_id, clock.now())


@click.group()
def enrol() -> None:
    """Codes that make a phone a volunteer's, and phones that are lost."""


@enrol.command("code")
@click.argument("user_id", help="As `lianxin user list` prints it.")
@click.option("--days", default=Settings.enrolment_days, show_default=True, help="How long it can be used.")
@COUNTY
@in_app
def enrol_code(user_id: str, days: int, county: str | None) -> None:
    """Print a new code for this person's phone. It is shown once."""
    with writing():
        issued = service.issue_code(_org(county).id, user_id, clock.now(), days)
    click.echo(issued.code)


@enrol.command("revoke")
@click.argument("device_id", help="As the audit and the people list name it.")
@COUNTY
@in_app
def revoke(device_id: str, county: str | None) -> None:
    """Stop a phone. What it still holds may come into quarantine for 90 days."""
    with writing():
        service.revoke_device(_org(county).id, device_id, clock.now())


def _org(code: str | None) -> Org:
    org = queries.org_by_code(code)
    if org is None:
        raise Problem("county_needed" if code is None and queries.orgs() else "not_found")
    return org


def _password(given: str | None) -> str:
    password: str = given or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not passwords.LEAST_CHARACTERS <= len(password) <= passwords.MOST_CHARACTERS:
        raise click.ClickException(f"A password needs at least {passwords.LEAST_CHARACTERS} characters.")
    return password
