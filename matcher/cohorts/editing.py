"""Edits by hand: who may be named in one, and what it teaches."""

from dataclasses import replace

from matcher.cohorts.books import Books
from matcher.cohorts.edits import Edit
from matcher.cohorts.learning import preferences_of
from matcher.cohorts.run import Change, MatchRun
from matcher.errors import InvalidInput, NotFound
from matcher.interactions import qualified
from matcher.profiles import Profile


def edited(books: Books, run: MatchRun, edit: Edit, change: Change) -> MatchRun:
    """The run with one more edit by hand, and what that teaches on record.

    Raises:
        NotFound: a startup that is not of the cohort, a partner that the organisation may not see.
        InvalidInput: an own partner of the other role. Changed: the run is not as it was seen.
    """
    _check_people(books, run, edit)
    learnt = preferences_of(edit, books.match_runs.result(run.organisation, run.id))
    seen = replace(change, version=run.version if change.version is None else change.version)
    return books.match_runs.edit(run.organisation, run.id, edit, seen, learnt)


def _check_people(books: Books, run: MatchRun, edit: Edit) -> None:
    if edit.startup_id not in books.cohorts.get(run.organisation, run.cohort).startups:
        raise NotFound(f"no startup {edit.startup_id!r} in cohort {run.cohort!r}")
    for reference in filter(None, (edit.partner_id, edit.instead_of)):
        _check_partner(books, run, reference)


def _check_partner(books: Books, run: MatchRun, reference: str) -> None:
    """Another organisation's profile is refused in the same words whether it is absent, private or of the
    other role: nobody finds out in this way who is there."""
    owner, _, own_id = qualified(run.organisation, reference).partition(":")
    wanted = run.configuration.role
    if owner != run.organisation:
        found = _found(books, owner, own_id)
        if found is None or not found.shared or found.role is not wanted:
            raise NotFound(f"no {wanted} {reference!r} that may be used here")
        return
    partner = books.profile(owner, own_id)
    if partner.role is not wanted:
        rule = f"is {partner.role.noun}; this run matches with {wanted}s"
        raise InvalidInput("partner_id", reference, rule, "name another, or make a run for that role")


def _found(books: Books, organisation: str, own_id: str) -> Profile | None:
    try:
        return books.profile(organisation, own_id)
    except NotFound:
        return None
