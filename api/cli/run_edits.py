"""`bole run lock`, `ban`, `swap`, `add` and `undo`: what staff do to a run by hand."""

import click

from api.cli.acting import actor
from api.cli.references import identified
from api.cli.run_telling import echo_changed
from api.cli.workplace import Workplace, organisation_option, with_workplace
from matcher.cohorts.editing import edited
from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.run import Change
from matcher.store.schema import EPOCH

why_option = click.option("--why", default="", help="Why, for those who will ask; recorded.")
_reason_option = click.option("--reason", required=True, help="Why, for those who will ask; recorded.")


def _by_hand(kind: EditKind, told: str) -> click.Command:
    """A command of this name that does so to a pair, told in help as given."""

    @click.command(kind.value, help=told)
    @click.argument("run_id")
    @click.argument("startup")
    @click.argument("partner")
    @_reason_option
    @organisation_option
    @with_workplace
    def by_hand(
        place: Workplace, run_id: str, startup: str, partner: str, reason: str, organisation: str
    ) -> None:
        """Do so."""
        _edit(place, organisation, run_id, kind, (startup, partner), reason)

    return by_hand


lock = _by_hand(EditKind.LOCK, "Keep a pair of STARTUP and PARTNER, whatever is solved.")
ban = _by_hand(EditKind.BAN, "Rule a pair of STARTUP and PARTNER out.")
add = _by_hand(EditKind.ADD, "Add a pair of STARTUP and PARTNER by hand, also one that is not eligible.")


@click.command()
@click.argument("run_id")
@click.argument("startup")
@click.argument("old")
@click.argument("new")
@_reason_option
@organisation_option
@with_workplace
def swap(
    place: Workplace, run_id: str, startup: str, old: str, new: str, reason: str, organisation: str
) -> None:
    """Have STARTUP meet the partner NEW in place of OLD."""
    _edit(place, organisation, run_id, EditKind.SWAP, (startup, new, old), reason)


@click.command()
@click.argument("run_id")
@click.argument("number", type=int)
@why_option
@organisation_option
@with_workplace
def undo(place: Workplace, run_id: str, number: int, why: str, organisation: str) -> None:
    """Undo an edit by its NUMBER (see `show`)."""
    echo_changed(place.store.match_runs.undo(organisation, run_id, number, Change(by=actor(), why=why)))


def _edit(
    place: Workplace, organisation: str, run_id: str, kind: EditKind, who: tuple[str, ...], reason: str
) -> None:
    """One edit of `who`: a startup, a partner, and of a swap the partner that it replaces."""
    startup, partner, *others = (identified(place.store, organisation, each) for each in who)
    edit = Edit(
        kind=kind,
        startup_id=startup,
        partner_id=partner,
        instead_of=others[0] if others else "",
        reason=reason,
        by=actor(),
        at=EPOCH,
    )
    before = place.store.match_runs.get(organisation, run_id)
    echo_changed(edited(place.store, before, edit, Change(by=actor(), version=before.version)))
