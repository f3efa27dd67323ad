"""What routes and pages about introductions share: who may know of one, whose answer it is, what is told."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from api.access import Introduced, Scope
from api.match_runs import change_of, change_of_what_was_seen
from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus, Side
from matcher.cohorts.run import Change, Changed
from matcher.errors import Forbidden, InvalidInput, NotFound
from matcher.interactions import qualified
from matcher.profiles import Profile


def seen_introduction(scope: Scope, introduction_id: str) -> Introduction:
    """The introduction, where the caller may know of it.

    Raises:
        NotFound: it is none of the caller's.
    """
    found = scope.store.introductions.get(scope.organisation, introduction_id)
    if scope.principal.is_member and reader_of(scope, found) is None:
        raise NotFound(f"no introduction {introduction_id!r} here")
    return found


def accept(
    scope: Scope, introduction_id: str, *, side: Side | None = None, why: str = "", version: int | None = None
) -> Introduction:
    """The introduction with the caller's yes: its own, or that of the side or sides that the office names.

    Raises:
        NotFound, Forbidden: none of the caller's. Conflict: it is over. Changed: not at the version seen.
    """
    found = seen_introduction(scope, introduction_id)
    whose = _side(scope, found, side)
    sides = [whose] if whose else _sides_of(scope, found)
    change = _change(scope, why, version)
    with _telling(scope, found):
        return scope.store.introductions.accept(scope.organisation, introduction_id, sides, change)


def decline(
    scope: Scope, introduction_id: str, *, reason: str, side: Side | None = None, version: int | None = None
) -> tuple[Introduction, Introduction | None]:
    """The introduction with the caller's no, and who is offered in its place; None where nobody follows, or
    the caller is a partner, whom that does not concern.

    Raises:
        InvalidInput: no reason; the office does not say whose no it is. As `accept` for the rest.
    """
    found = seen_introduction(scope, introduction_id)
    whose = _side(scope, found, side)
    if whose is None:
        raise InvalidInput("side", "", "is needed", "say whose no it is: startup or partner")
    change = _change(scope, reason, version)
    with _telling(scope, found):
        done, following = scope.store.introductions.decline(
            scope.organisation, introduction_id, whose, change
        )
    concerned = done.organisation == scope.organisation and reader_of(scope, done) is not Side.PARTNER
    return done, following if concerned else None


def withdraw(scope: Scope, introduction_id: str, *, reason: str, version: int | None) -> Introduction:
    """The introduction, taken back by the office of its startup.

    Raises:
        NotFound: none of its. Conflict: it is over. Changed: not at the version seen.
    """
    change = change_of_what_was_seen(scope, reason, version)
    with _telling(scope, seen_introduction(scope, introduction_id)):
        return scope.store.introductions.withdraw(scope.organisation, introduction_id, change)


def reader_of(scope: Scope, introduction: Introduction) -> Side | None:
    """The side that the caller is; None for the office (and for whom it is none of theirs)."""
    if not scope.principal.is_member:
        return None
    own = qualified(scope.organisation, scope.principal.profile_id)
    return next((side for side in Side if introduction.key_of(side) == own), None)


def as_told(scope: Scope, introduction: Introduction) -> Introduction:
    """The introduction without what the caller may not read of it."""
    abroad = Side.PARTNER if introduction.organisation != scope.organisation else None
    told = introduction.as_read_by(reader_of(scope, introduction) or abroad)
    return replace(told, pair=scope.told(told.pair, introduced_to([told], Side.STARTUP)))


def other_sides(
    scope: Scope, introductions: Sequence[Introduction]
) -> tuple[dict[str, Profile], dict[str, Contact]]:
    """The startups behind a partner's introductions, by key: what was published of those that it is, or was,
    to meet; and how to reach them, once both sides agreed."""
    introduced = introduced_to(introductions, Side.STARTUP)
    profiles = scope.known(introduced, introduced) if introduced else {}
    return profiles, scope.contacts(introduced)


def introduced_to(introductions: Iterable[Introduction], side: Side) -> Introduced:
    """Whom these introductions, as far as they stand, are to on a side, and whether both accepted."""
    found: dict[str, bool] = {}
    for each in introductions:
        met = each.status is IntroductionStatus.ACCEPTED
        if met or each.is_open:
            key = each.key_of(side)
            found[key] = met or found.get(key, False)
    return found


@contextmanager
def _telling(scope: Scope, introduction: Introduction) -> Iterator[None]:
    """Who answers an older version is told what changed since; only the run's office, by whom and why."""
    try:
        yield
    except Changed as error:
        if scope.principal.is_member or introduction.organisation != scope.organisation:
            raise error.without_names() from None
        raise


def _side(scope: Scope, introduction: Introduction, asked: Side | None) -> Side | None:
    """Whose answer it is; None where the office did not say.

    Raises:
        Forbidden: another side than the caller may answer for.
    """
    own = reader_of(scope, introduction)
    may = [own] if own else _sides_of(scope, introduction)
    if asked is not None and asked not in may:
        raise Forbidden(f"you may not answer for the {asked} of this introduction")
    return own or asked


def _sides_of(scope: Scope, introduction: Introduction) -> list[Side]:
    """The sides that the office may answer for: both of its own run's, else its own partner."""
    return list(Side) if introduction.organisation == scope.organisation else [Side.PARTNER]


def _change(scope: Scope, why: str, version: int | None) -> Change:
    """Of the office is asked which version it saw: two who answer calls must not overwrite each other."""
    if scope.principal.is_member:
        return change_of(scope, why, version)
    return change_of_what_was_seen(scope, why, version)
