"""What the attention list reads of the store, and the decisions that it keeps."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable

import sqlalchemy as sa

from matcher.attention.decisions import Decision
from matcher.errors import Conflict, NotFound
from matcher.interactions import InteractionTable
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.store import interaction_columns, merged, revisions
from matcher.store import profiles as stored_profiles
from matcher.store.attention_schema import signal_decisions
from matcher.store.audit_reads import LEDGER, read_of, read_of_all
from matcher.store.bulk import insert_new, lists
from matcher.store.engine import reading, writing
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.schema import interactions, ledger, microseconds, profiles
from matcher.store.schema import revisions as stored_revisions
from matcher.store.signal_rows import decision_of, row_of

_MONTH = tuple(field.name for field in dataclasses.fields(LedgerEntry))[2:]


class Attention:
    """Ledgers by organisation, and what its staff decided. Each method is one transaction.

    Whoever asks names an organisation and finds no other's; startups that were deleted are left out.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark(self) -> tuple[int, int]:
        """Numbers that rise: with changes of profiles, interactions or ledgers, and with each decision."""
        last = sa.select(sa.func.coalesce(sa.func.max(signal_decisions.c.number), 0)).scalar_subquery()
        with reading(self._engine) as connection:
            revision, decision = connection.execute(sa.select(stored_revisions.c.revision, last)).one()
        return int(revision), int(decision)

    def ledgers(self, organisation: str, *, startup_id: str = "") -> dict[str, list[LedgerEntry]]:
        """The months of each startup that has some, oldest first, by id; of one alone where it is named."""
        wanted = sa.select(profiles.c.id, *(ledger.c[name] for name in _MONTH)).join_from(ledger, profiles)
        wanted = wanted.where(*_startups(organisation, startup_id)).order_by(profiles.c.id, ledger.c.month)
        found: dict[str, list[LedgerEntry]] = {}
        with reading(self._engine) as connection:
            for id_, *month in connection.execute(wanted):
                entry = LedgerEntry(
                    organisation=organisation, startup_id=id_, **dict(zip(_MONTH, month, strict=True))
                )
                found.setdefault(id_, []).append(entry)
        if startup_id:
            read_of(self._engine, {f"{organisation}:{id_}" for id_ in found}, LEDGER)
        else:
            read_of_all(self._engine, organisation, LEDGER, len(found))
        return found

    def read_again(self, organisation: str) -> None:
        """What the organisation's ledgers came to is shown to somebody else, or once more: that is on record
        as reading them is."""
        wanted = sa.select(sa.func.count(ledger.c.startup.distinct())).join_from(ledger, profiles)
        with reading(self._engine) as connection:
            count = connection.execute(wanted.where(*_startups(organisation))).scalar_one()
        read_of_all(self._engine, organisation, LEDGER, count)

    def latest_month(self, organisation: str, until: dt.date) -> dt.date | None:
        """The latest month up to `until` that any startup has an entry of; None where there is none."""
        latest = sa.select(sa.func.max(ledger.c.month)).join_from(ledger, profiles)
        latest = latest.where(*_startups(organisation), ledger.c.month <= until)
        with reading(self._engine) as connection:
            found: dt.date | None = connection.execute(latest).scalar_one()
        return found

    def decisions(self, organisation: str, *, startup_id: str = "") -> dict[str, list[Decision]]:
        """The decisions about each startup that has some, oldest first, by id; of one where it is named."""
        wanted = sa.select(profiles.c.id, signal_decisions).join_from(signal_decisions, profiles)
        order = (profiles.c.id, signal_decisions.c.at, signal_decisions.c.number)
        found: dict[str, list[Decision]] = {}
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.where(*_startups(organisation, startup_id)).order_by(*order))
            for row in rows.mappings():
                found.setdefault(row["id"], []).append(decision_of(row, organisation))
        return found

    def decide(self, decision: Decision, amended: Callable[[Profile], Profile]) -> Profile:
        """Keep the decision and, at once with it, the startup's profile as `amended` makes it; gives that.

        Raises:
            NotFound: no such startup in the organisation.
            Conflict: the same signal, by its mark, was decided on already: then nothing is changed.
        """
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            profile, number = _startup(connection, decision.organisation, decision.signal.startup_id)
            if not insert_new(
                connection, signal_decisions, [row_of(decision, number)], by=["startup", "mark"]
            ):
                raise Conflict(
                    f"somebody has decided on {decision.signal.rule} of {profile.id!r} already: read it again"
                )
            after = amended(profile)
            if stored_profiles.put(connection, [after], revision, decision.at).written:
                revisions.record(connection, revision)
            return after

    def take_back(
        self,
        organisation: str,
        startup_id: str,
        mark: str,
        amended: Callable[[Profile], Profile],
        *,
        at: dt.datetime,
    ) -> None:
        """Forget the decision on the signal of this mark; the startup's profile becomes what `amended` makes.

        Raises:
            NotFound: no such startup in the organisation, or nobody has decided on that.
        """
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            profile, number = _startup(connection, organisation, startup_id)
            this = (signal_decisions.c.startup == number, signal_decisions.c.mark == mark)
            if not connection.execute(sa.delete(signal_decisions).where(*this)).rowcount:
                raise NotFound(f"nobody has decided on {mark!r} of {startup_id!r}, or that was taken back")
            stored_profiles.put(connection, [amended(profile)], revision, at)
            revisions.record(connection, revision)  # whoever keeps what decisions led to reads anew

    def events(self, organisation: str, since: dt.datetime, until: dt.datetime) -> InteractionTable:
        """What happened to the organisation's startups in [since, until), ordered by moment."""
        own = merged.with_merged(sa.select(profiles.c.number).where(*_startups(organisation)))
        span = (interactions.c.at >= microseconds(since), interactions.c.at < microseconds(until))
        with reading(self._engine) as connection:
            return interaction_columns.read(connection, interactions.c.startup.in_(own), *span)

    def profiles(self, keys: Iterable[str]) -> dict[str, Profile]:
        """The profiles of these keys, of any organisation; deleted ones are left out."""
        found: dict[str, Profile] = {}
        with reading(self._engine) as connection:
            for part in lists(sorted(set(keys))):
                wanted = sa.select(*NEEDED).where(stored_profiles.LIVE, profiles.c.key.in_(part))
                found |= {profile.key: profile for profile in map(profile_of, connection.execute(wanted))}
        return found


def _startups(organisation: str, startup_id: str = "") -> list[sa.ColumnElement[bool]]:
    """The rows of the organisation's startups, or of one of them."""
    named = [profiles.c.id == startup_id] if startup_id else []
    own = (profiles.c.organisation == organisation, profiles.c.role == Role.STARTUP.value)
    return [stored_profiles.LIVE, *own, *named]


def _startup(connection: sa.Connection, organisation: str, id_: str) -> tuple[Profile, int]:
    """The startup and the number of its row."""
    wanted = sa.select(*NEEDED, profiles.c.number).where(*_startups(organisation), profiles.c.id == id_)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"no startup {id_!r} in organisation {organisation!r}")
    return profile_of(row[:-1]), row[-1]
