"""Introductions as the store keeps them: each method is one transaction, in which messages are left too."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from matcher.cohorts.introducing.answering import Answered, accepted, declined, interactions_of, refuse_ended
from matcher.cohorts.introducing.introduction import (
    Introduction,
    IntroductionEvent,
    IntroductionEventKind,
    IntroductionStatus,
    Side,
    checked_reason,
)
from matcher.cohorts.introducing.outcomes import Outcome
from matcher.cohorts.introducing.requests import Asking
from matcher.cohorts.introducing.terms import Terms
from matcher.cohorts.publishing import Publication
from matcher.cohorts.run import Change
from matcher.errors import Conflict, NotFound
from matcher.interactions import qualified
from matcher.store import interactions as stored_interactions
from matcher.store import (
    introduction_due,
    introduction_offers,
    introduction_outcomes,
    introduction_requests,
    introduction_room,
    revisions,
)
from matcher.store.engine import reading, writing
from matcher.store.introduction_alternates import promote, successor
from matcher.store.introduction_changes import find, of_organisation, record, seen
from matcher.store.introduction_rows import events_after, partners, read, startups
from matcher.store.introduction_schema import introductions
from matcher.store.match_publishing import Then
from matcher.store.match_results import numbers_of

USUAL = Terms()


class Introductions:
    """The introductions of all organisations. Whoever asks names the own one, and finds those of its startups
    and of its partners, no others (NotFound).

    Whoever changes one says who they are and which version they saw; where it has changed since, that is
    `matcher.cohorts.run.Changed`. What has ended is not changed any more (Conflict). Of several who change
    introductions at once, one waits for the other: all hold the lock on the store's revision.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def offering(self, change: Change, terms: Terms = USUAL) -> Then:
        """What makes introductions of a run's pairs, to be handed to `MatchRuns.publish`.

        There it raises Conflict where a partner no longer has room: then the run is not published.
        """

        def offer(connection: sa.Connection, publication: Publication) -> None:
            revisions.begin(connection)
            introduction_offers.publish(connection, publication, change, terms, self._clock())

        return offer

    def withdrawing(self, change: Change) -> Then:
        """What withdraws a run's open introductions, to be handed to `MatchRuns.close`."""

        def withdraw(connection: sa.Connection, publication: Publication) -> None:
            revisions.begin(connection)
            introduction_offers.close(connection, publication, change, self._clock())

        return withdraw

    def get(self, organisation: str, id: str) -> Introduction:  # noqa: A002
        """The introduction as it stands."""
        with reading(self._engine) as connection:
            return find(connection, organisation, id)

    def all(
        self,
        organisation: str,
        *,
        member: str = "",
        run: str = "",
        status: IntroductionStatus | None = None,
        offset: int = 0,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[Introduction]:
        """The organisation's introductions, or those of one startup or partner, the oldest offer first (or
        the newest).

        All, or `limit` of them after `offset`.
        """
        conditions = [of_organisation(organisation)]
        if member:
            key = qualified(organisation, member)
            conditions.append(sa.or_(startups.c.key == key, partners.c.key == key))
        if run:
            conditions.append(introductions.c.run == run)
        if status is not None:
            conditions.append(introductions.c.status == status.value)
        with reading(self._engine) as connection:
            found = read(
                connection,
                organisation,
                *conditions,
                offset=offset,
                limit=limit,
                newest_first=newest_first,
            )
            return list(found)

    def before(
        self, organisation: str, replaced: str, pairs: Collection[tuple[str, str]]
    ) -> list[Introduction]:
        """What publishing pairs meets with; see `introduction_offers.before`."""
        with reading(self._engine) as connection:
            return introduction_offers.before(connection, organisation, replaced, pairs)

    def tally(self, organisation: str) -> dict[str, Counter[IntroductionStatus]]:
        """How many introductions of each of the organisation's runs stand how."""
        columns = (introductions.c.run, introductions.c.status)
        mine = (introductions.c.organisation == organisation, introductions.c.run.is_not(None))
        wanted = sa.select(*columns, sa.func.count()).where(*mine).group_by(*columns)
        found: dict[str, Counter[IntroductionStatus]] = {}
        with reading(self._engine) as connection:
            for run, status, count in connection.execute(wanted):
                found.setdefault(run or "", Counter())[IntroductionStatus(status)] = count
        return found

    def alone(self, organisation: str) -> Counter[str]:
        """How many startups of each run have nobody any more; see `introduction_due.alone`."""
        with reading(self._engine) as connection:
            return introduction_due.alone(connection, organisation)

    def outcomes(self, ids: Iterable[str]) -> dict[str, list[Outcome]]:
        """What came of introductions, by their ids; see `introduction_outcomes.of`."""
        with reading(self._engine) as connection:
            return introduction_outcomes.of(connection, list(ids))

    def unknown_outcomes(self, organisation: str, before: dt.datetime) -> Counter[str]:
        """How many of each run have no outcome; see `introduction_outcomes.missing`."""
        with reading(self._engine) as connection:
            return introduction_outcomes.missing(connection, organisation, before)

    def without_outcome(
        self, organisation: str, before: dt.datetime, *, offset: int, limit: int
    ) -> list[Introduction]:
        """Those that `unknown_outcomes` counts, the oldest first: `limit` of them after `offset`."""
        which = introduction_outcomes.unknown(organisation, before)
        with reading(self._engine) as connection:
            return list(read(connection, organisation, *which, offset=offset, limit=limit))

    def events(self, organisation: str, id: str) -> list[IntroductionEvent]:  # noqa: A002
        """Every change of the introduction, oldest first."""
        with reading(self._engine) as connection:
            find(connection, organisation, id)
            return events_after(connection, id, 0)

    def accept(self, organisation: str, id: str, sides: Iterable[Side], change: Change) -> Introduction:  # noqa: A002
        """The introduction with the sides' yes, which is recorded as interactions too. Said again it changes
        nothing."""
        with self._changing(organisation, id, change) as (connection, before, revision, now):
            answer = accepted(before, sides)
            if answer is None:
                return before
            columns = {f"{side}_agreed_at": now for side in sorted(answer.agreed - before.agreed)}
            ended = now if answer.status is IntroductionStatus.ACCEPTED else None
            self._record(connection, before, answer, revision, now)
            details = {"sides": sorted(answer.agreed - before.agreed)}
            status = answer.status.value
            record(
                connection,
                before,
                answer.kind,
                change,
                now,
                details,
                status=status,
                ended_at=ended,
                **columns,
            )
            return find(connection, organisation, id)

    def decline(
        self,
        organisation: str,
        id: str,  # noqa: A002
        side: Side,
        change: Change,
    ) -> tuple[Introduction, Introduction | None]:
        """The introduction with the side's no (`change.why` says why), and the next alternate's, which is
        offered in its place; None where there is none."""
        told = Change(by=change.by, why=checked_reason(change.why), version=change.version)
        with self._changing(organisation, id, change) as (connection, before, revision, now):
            answer = declined(before, side)
            self._record(connection, before, answer, revision, now)
            succession = successor(connection, before, now)
            columns = {
                "status": answer.status.value,
                "ended_at": now,
                "declined_by": side.value,
                "reason": told.why,
                f"{side}_agreed_at": None,
            }
            details = {"sides": [side.value], **succession.details}
            record(connection, before, answer.kind, told, now, details, **columns)
            following = promote(connection, before, succession, told, now)
            after = find(connection, organisation, id)
            return after, None if following is None else find(connection, organisation, following.id)

    def withdraw(self, organisation: str, id: str, change: Change) -> Introduction:  # noqa: A002
        """The introduction, taken back by the office of its run; no alternate follows.

        Raises:
            NotFound: also where it is another organisation's run.
        """
        told = Change(by=change.by, why=checked_reason(change.why), version=change.version)
        with self._changing(organisation, id, change, own=True) as (connection, before, _, now):
            refuse_ended(before, "withdrawn")
            introduction_offers.withdraw(connection, before, told, now)
            return find(connection, organisation, id)

    def request(self, organisation: str, asking: Asking, change: Change) -> Introduction:
        """The introduction that the organisation's startup asks for: a new one with its yes. Where one of the
        pair waits for an answer already, that one, with the startup's yes.

        Raises:
            RequestRefused: something stands against it. NotFound: one of the two never existed.
        """
        with writing(self._engine) as connection:
            revisions.begin(connection)  # of two that ask at once one waits, and finds the other's
            found = introduction_requests.open_between(connection, organisation, asking.pair)
            if found is None:
                return introduction_requests.request(connection, organisation, asking, change, self._clock())
        return self.accept(organisation, found.id, [Side.STARTUP], Change(by=change.by))

    def take_back(self, organisation: str, id: str, change: Change) -> Introduction:  # noqa: A002
        """What the organisation's startup asked for, taken back by the startup before it was answered.

        Raises:
            Conflict: it is over. NotFound: also where a run offered it.
        """
        with self._changing(organisation, id, change, own=True) as (connection, before, _, now):
            if before.run:
                raise NotFound(f"no introduction {id!r} that a startup asked for itself")
            refuse_ended(before, "taken back")
            introduction_offers.withdraw(connection, before, change, now, by=Side.STARTUP)
            return find(connection, organisation, id)

    def places_used(self, keys: Iterable[str]) -> dict[str, int]:
        """How many places of each partner (by key) are taken in this cycle or promised; unknown ones are left
        out."""
        with reading(self._engine) as connection:
            numbers = numbers_of(connection, "", keys)
            used = introduction_room.used(connection, numbers.values(), self._clock().date())
            return {key: used[number] for key, number in numbers.items()}

    def expire(self, by: str = "bole") -> list[tuple[Introduction, Introduction | None]]:
        """End those whose time is over, and offer the next alternates; both, the oldest first. Each is a
        transaction of its own."""
        with reading(self._engine) as connection:
            due = introduction_due.expired(connection, self._clock())
        return [pair for organisation, id_ in due if (pair := self._expire(organisation, id_, by))]

    def remind(self) -> int:
        """Leave the reminders that are due; how many introductions they are about. One that was missed while
        nothing ran comes once, not once for each day."""
        with writing(self._engine) as connection:
            revisions.begin(connection)
            return introduction_due.remind(connection, self._clock())

    def _expire(
        self, organisation: str, id_: str, by: str
    ) -> tuple[Introduction, Introduction | None] | None:
        """None where somebody was quicker."""
        change = Change(by=by, why="")
        with self._changing(organisation, id_, change) as (connection, before, _, now):
            if not before.is_open:
                return None
            succession = successor(connection, before, now)
            columns = {"status": IntroductionStatus.EXPIRED.value, "ended_at": now}
            kind, details = IntroductionEventKind.EXPIRED, succession.details
            after = record(connection, before, kind, change, now, details, **columns)
            return after, promote(connection, before, succession, change, now)

    @contextmanager
    def _changing(
        self, organisation: str, id_: str, change: Change, *, own: bool = False
    ) -> Iterator[tuple[sa.Connection, Introduction, int, dt.datetime]]:
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            before = seen(connection, organisation, id_, change)
            if own and before.organisation != organisation:
                raise NotFound(f"no introduction {id_!r} of a run of this organisation")
            yield connection, before, revision, self._clock()

    def _record(
        self,
        connection: sa.Connection,
        before: Introduction,
        answer: Answered,
        revision: int,
        now: dt.datetime,
    ) -> None:
        """Put the answer's interactions on record, for lists, places and training.

        Raises:
            Conflict: one is there already, under a source id that is Bole's.
        """
        told = interactions_of(before, answer.interactions, now)
        written = stored_interactions.add(connection, told, revision).written
        if written < len(told):
            raise Conflict(f"an answer to introduction {before.id} is on record already, from elsewhere")
        if written:
            revisions.record(connection, revision)
