"""`bole audit`: who changed and who read what, and whether the log of it is whole."""

import datetime as dt

import click

from api.auditing import COLUMNS, told
from api.cli.workplace import Workplace, organisation_option, with_workplace
from matcher.audit import Sought

LATEST = 50


@click.group()
def audit() -> None:
    """The audit log: every change, and every reading of what was told in confidence."""


@audit.command()
@with_workplace
def verify(place: Workplace) -> None:
    """Check the chain of every organisation, or say the first number at which it is broken (exit code 1).

    Prints how many lines each has and the hash of the last. Keep these elsewhere: whoever writes to the
    database can make a new chain that is whole, but none that has these hashes at these numbers.
    """
    broken = False
    for verdict in place.store.audit.verdicts():
        name, end = verdict.organisation or "(of no organisation)", verdict.end
        if verdict.broken is None:
            click.echo(f"{name}: whole, {end.number} lines, {end.hash}")
        else:
            broken = True
            click.echo(f"{name}: broken at line {verdict.broken}, which {verdict.why}", err=True)
    if broken:
        raise click.exceptions.Exit(1)


@audit.command("list")
@click.option("--who", default="", help="A caller (staff, command …), person:ID, token:ID or uid:NUMBER.")
@click.option("--action", default="", help="A word of lines, or reads, or changes.")
@click.option("--subject", default="", help="A kind (profile, person …), or kind:id.")
@click.option("--from", "since", type=click.DateTime(), help="Lines from this moment (UTC).")
@click.option("--until", type=click.DateTime(), help="Lines before this moment (UTC).")
@click.option("--search", "words", default="", help="Words in names, fields and ids.")
@click.option("--limit", default=LATEST, show_default=True, type=click.IntRange(1), help="So many lines.")
@organisation_option
@with_workplace
def list_(
    place: Workplace,
    /,
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int,
    organisation: str,
    **words: str,
) -> None:
    """The latest lines of an organisation, tab-separated, the newest first."""
    first, last = (each and each.replace(tzinfo=dt.UTC) for each in (since, until))
    sought = Sought(since=first, until=last, **words)
    lines, _ = place.store.audit.page(organisation, sought, limit=limit)
    click.echo("\t".join(COLUMNS))
    for line in lines:
        click.echo("\t".join(map(str, told(line))))
