"""`bole introduction`: published pairs as requests, and the answers that people gave the office."""

from collections.abc import Mapping

import click

from api.cli.acting import actor
from api.cli.references import identified
from api.cli.workplace import Workplace, language_option, organisation_option, with_workplace
from matcher.cohorts.introducing.alternates import Obstacle
from matcher.cohorts.introducing.introduction import BOTH, Introduction, IntroductionStatus, Side
from matcher.cohorts.run import Change
from matcher.matching.wording import Language, sentence

_side_option = click.option(
    "--side", type=click.Choice([side.value for side in Side]), help="Whose answer it is."
)
_reason_option = click.option("--reason", required=True, help="Why, for the office; recorded.")

_OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.GONE: "is no longer there",
    Obstacle.INACTIVE: "is paused, closed or not investing",
    Obstacle.OFFERED_BEFORE: "was offered before",
    Obstacle.CONFLICT: "is excluded or in conflict",
    Obstacle.ANSWERED_BEFORE: "said no before or is in contact already",
    Obstacle.NO_ROOM: "is full",
    Obstacle.FIRM: "is of a firm that is met already",
    Obstacle.SLOT: "is not free in the slot",
}


@click.group()
def introduction() -> None:
    """Introductions of published runs: who was asked, who said yes, what comes next."""


@introduction.command("list")
@click.option("--run", "run_id", default="", help="Only this run's.")
@click.option("--member", default="", help="Only those of a startup or partner (id or name).")
@click.option("--status", type=click.Choice([each.value for each in IntroductionStatus]), help="Only these.")
@organisation_option
@with_workplace
def list_(place: Workplace, run_id: str, member: str, status: str | None, organisation: str) -> None:
    """The introductions, the oldest offer first."""
    whose = identified(place.store, organisation, member) if member else ""
    wanted = IntroductionStatus(status) if status else None
    for each in place.store.introductions.all(organisation, member=whose, run=run_id, status=wanted):
        click.echo(_line(each))


@introduction.command()
@click.argument("introduction_id")
@organisation_option
@language_option
@with_workplace
def show(place: Workplace, introduction_id: str, organisation: str, language: Language) -> None:
    """How an introduction stands, why the two, and what happened to it."""
    found = place.store.introductions.get(organisation, introduction_id)
    click.echo(_line(found))
    click.echo(f"{found.startup_name} × {found.partner_name}, until {found.expires_at:%Y-%m-%d %H:%M} UTC")
    for reason in found.pair.reasons:
        click.echo(f"  {100 * reason.points:+6.1f}  {sentence(reason, language)}")
    for event in place.store.introductions.events(organisation, introduction_id):
        why = f": {event.why}" if event.why else ""
        click.echo(f"{event.version:3}  {event.at:%Y-%m-%d %H:%M}  {event.kind} by {event.by}{why}")


@introduction.command()
@click.argument("introduction_id")
@_side_option
@organisation_option
@with_workplace
def accept(place: Workplace, introduction_id: str, side: str | None, organisation: str) -> None:
    """Say yes for one side, or for both where --side is left out."""
    sides = [Side(side)] if side else sorted(BOTH)
    change = Change(by=actor())
    click.echo(_line(place.store.introductions.accept(organisation, introduction_id, sides, change)))


@introduction.command()
@click.argument("introduction_id")
@click.option(
    "--side", type=click.Choice([side.value for side in Side]), required=True, help="Whose answer it is."
)
@_reason_option
@organisation_option
@with_workplace
def decline(place: Workplace, introduction_id: str, side: str, reason: str, organisation: str) -> None:
    """Say no for one side; the startup's next alternate with room is offered in its place."""
    change = Change(by=actor(), why=reason)
    done, following = place.store.introductions.decline(organisation, introduction_id, Side(side), change)
    click.echo(_line(done))
    click.echo(f"next: {_line(following)}" if following else f"next: nobody: {_why_nobody(place, done)}")


@introduction.command()
@click.argument("introduction_id")
@_reason_option
@organisation_option
@with_workplace
def withdraw(place: Workplace, introduction_id: str, reason: str, organisation: str) -> None:
    """Take an introduction back; nobody follows."""
    change = Change(by=actor(), why=reason)
    click.echo(_line(place.store.introductions.withdraw(organisation, introduction_id, change)))


@introduction.command()
@with_workplace
def expire(place: Workplace) -> None:
    """End those whose time is over, of all organisations, offer the next alternates, and leave reminders.

    The worker does so every minute.
    """
    for ended, following in place.store.introductions.expire(actor()):
        click.echo(_line(ended))
        click.echo(f"next: {_line(following)}" if following else f"next: nobody: {_why_nobody(place, ended)}")
    click.echo(f"{place.store.introductions.remind()} reminded")


def _why_nobody(place: Workplace, ended: Introduction) -> str:
    """What stood against each alternate when an introduction ended, or that there was none."""
    last = place.store.introductions.events(ended.organisation, ended.id)[-1]
    passed = [f"{who} {_OBSTACLES[Obstacle(why)]}" for who, why in last.details.get("passed_over", ())]
    startup = ended.pair.startup_id
    none = (
        f"the run has no alternate for {startup} or is published no more, or {startup} has all its meetings"
    )
    return f"every alternate is passed over: {', '.join(passed)}" if passed else none


def _line(each: Introduction) -> str:
    agreed = f" ({', '.join(sorted(each.agreed))} agreed)" if each.is_open and each.agreed else ""
    place = f"  alternate {each.place}" if each.place else ""
    slot = f"  {each.slot}" if each.slot else ""
    return (
        f"{each.id}  {each.status}{agreed}  {each.pair.startup_id} × {each.pair.partner_id}"
        f"{place}{slot}  until {each.expires_at:%Y-%m-%d}"
    )
