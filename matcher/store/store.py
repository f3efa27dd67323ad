"""The store as one object: it holds the database's connections and each method is one transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.amendments import AmendmentKind
from matcher.cohorts.edits import Preference
from matcher.errors import NotReady
from matcher.interactions import Interaction, InteractionTable
from matcher.leases import Lease
from matcher.ledger import LedgerEntry
from matcher.people import TokenKind, TokenScope
from matcher.profiles import Profile, Role
from matcher.runs import RunRecord
from matcher.shown import Feedback, ShownList
from matcher.store import (
    amendments,
    imports,
    interaction_columns,
    leases,
    ledger,
    match_edits,
    organisations,
    pages,
    past,
    revisions,
    schema,
    shown,
    tokens,
)
from matcher.store import interactions as stored_interactions
from matcher.store import profiles as stored_profiles
from matcher.store import runs as stored_runs
from matcher.store import vectors as stored_vectors
from matcher.store.amendments import Amendments
from matcher.store.attempts import Attempts
from matcher.store.attention import Attention
from matcher.store.audit_log import AuditLog
from matcher.store.audit_reads import LEDGER, read_of
from matcher.store.bulk import CHUNK
from matcher.store.cohorts import Cohorts
from matcher.store.contacts import Contacts
from matcher.store.duplicates import Duplicates
from matcher.store.engine import open_engine, reading, writing, writing_now
from matcher.store.erasures import Erasures
from matcher.store.introductions import Introductions
from matcher.store.match_runs import MatchRuns
from matcher.store.migrations import upgrade
from matcher.store.offices import Offices
from matcher.store.outbox import Outbox
from matcher.store.outcomes import Outcomes
from matcher.store.panels import Panels
from matcher.store.people import People
from matcher.store.remarks import Remarks
from matcher.store.second_steps import SecondSteps
from matcher.store.sign_on import SignOn
from matcher.store.uploads import Uploads
from matcher.store.values import ANY, Changes, Counts, Events, Narrowing, Order, Page, Tally, TokenRecord


class Store:
    """A database by URL: "sqlite:///path" or "postgresql+psycopg://…".

    Safe to use from several threads and, opened in each, from several processes. Every method may raise
    NotReady where the database cannot be reached or was never migrated. `clock` says when rows were written.
    """

    def __init__(self, url: str, *, clock: schema.Clock = schema.utc_now) -> None:
        self._engine = open_engine(url, clock)
        self._clock = clock
        self.amendments = Amendments(self._engine, clock)
        self.attention = Attention(self._engine)
        self.audit = AuditLog(self._engine)
        self.cohorts = Cohorts(self._engine, clock)
        self.match_runs = MatchRuns(self._engine, clock)
        self.introductions = Introductions(self._engine, clock)
        self.contacts = Contacts(self._engine, clock)
        self.duplicates = Duplicates(self._engine, clock)
        self.offices = Offices(self._engine)
        self.outbox = Outbox(self._engine, clock)
        self.outcomes = Outcomes(self._engine)
        self.second_steps = SecondSteps(self._engine)
        self.panels = Panels(self._engine, clock)
        self.erasures = Erasures(self._engine, clock)
        self.remarks = Remarks(self._engine, clock)
        self.uploads = Uploads(self._engine, clock)
        self.people = People(self._engine, clock)
        self.attempts = Attempts(self._engine)
        self.sign_on = SignOn(self._engine, clock)

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may do so at once.

        Raises:
            Conflict: a newer Bole made the database.
        """
        with writing(self._engine, audited=False) as connection:
            upgrade(connection)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def add_organisation(self, organisation: str, name: str = "") -> None:
        """Make sure that the organisation exists; see `organisations.add`."""
        with writing(self._engine) as connection:
            organisations.add(connection, organisation, name)

    def organisations(self) -> list[str]:
        """All organisations, in order."""
        with reading(self._engine) as connection:
            return organisations.every(connection)

    def organisation_name(self, organisation: str) -> str:
        """What the organisation is called, its slug where it was given no name."""
        with reading(self._engine) as connection:
            return organisations.name_of(connection, organisation)

    def put_profiles(self, profiles: Iterable[Profile], *, amendment: str = "") -> Counts:
        """Add or update profiles, all or none, with memory bounded however many come; see `profiles.put`."""
        now = self._clock()
        return self._revise(
            lambda connection, revision: stored_profiles.put(
                connection, profiles, revision, now, amendment=amendment
            )
        )

    def profile(self, organisation: str, id: str) -> Profile:  # noqa: A002
        """The profile, or NotFound."""
        with reading(self._engine) as connection:
            return stored_profiles.one(connection, organisation, id)

    def profiles(
        self, organisation: str | None = None, *, roles: Sequence[Role] = tuple(Role)
    ) -> Iterator[Profile]:
        """All profiles of these roles (of every organisation where None), ordered by key, read bit by bit."""
        last = ""
        while True:
            with reading(self._engine) as connection:
                part = stored_profiles.after(connection, last, organisation=organisation, roles=roles)
            yield from part
            if len(part) < CHUNK:
                return
            last = part[-1].key

    def known(self, keys: Iterable[str]) -> dict[str, Profile]:
        """The profiles of these keys, whosever they are; those deleted or unknown are left out."""
        with reading(self._engine) as connection:
            return stored_profiles.known(connection, keys)

    def names(self, keys: Iterable[str]) -> dict[str, str]:
        """The names of the profiles of these keys; those deleted or unknown are left out."""
        with reading(self._engine) as connection:
            return stored_profiles.names(connection, keys)

    def keys(self) -> set[str]:
        """The keys of all profiles that are there."""
        with reading(self._engine) as connection:
            return stored_profiles.keys(connection)

    def visible(self, organisation: str) -> list[tuple[str, Role, str]]:
        """Key, role and name of every profile that the organisation may see; see `profiles.visible`."""
        with reading(self._engine) as connection:
            return stored_profiles.visible(connection, organisation)

    def page(
        self,
        organisation: str,
        *,
        roles: Sequence[Role],
        search: str = "",
        after: str = "",
        limit: int = 50,
        narrowing: Narrowing = ANY,
        order: Order = Order.NAME,
    ) -> Page:
        """Profiles that the organisation may see: its own and shared partners; see `pages.page`."""
        wanted = pages.Wanted(organisation, tuple(roles), search, narrowing)
        with reading(self._engine) as connection:
            return pages.page(connection, wanted, after=after, limit=limit, order=order)

    def tally(
        self, organisation: str, *, roles: Sequence[Role], search: str = "", narrowing: Narrowing = ANY
    ) -> Tally:
        """How many profiles such a listing has, by role and status; see `pages.tally`."""
        wanted = pages.Wanted(organisation, tuple(roles), search, narrowing)
        with reading(self._engine) as connection:
            return pages.tally(connection, wanted)

    def delete_profile(self, organisation: str, id: str) -> None:  # noqa: A002
        """Blank the profile and mark it deleted, or NotFound; a later put revives it."""
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            stored_profiles.delete(connection, organisation, id, revision, self._clock())
            revisions.record(connection, revision)

    def opt_out(self, organisation: str, id: str, *, out: bool) -> None:  # noqa: A002
        """Leave automated matching on behalf of the one behind the profile, or take part again; NotFound
        where there is none. Whatever is put later, this stays as it is."""

        def work(connection: sa.Connection, revision: int) -> Counts:
            since = self._clock() if out else None
            return Counts(changed=stored_profiles.opt_out(connection, organisation, id, since, revision))

        self._revise(work)

    def revision(self) -> int:
        """A number that rises with every change of profiles, interactions or ledgers. Cheap to ask.

        To start from a whole picture and go on with `changes_since`, take that picture by `changes_since(0)`:
        what others write between two calls would otherwise be told twice.
        """
        with reading(self._engine) as connection:
            return revisions.current(connection)

    def changes_since(self, revision: int) -> Changes:
        """What changed after a revision; since 0, everything."""
        with reading(self._engine) as connection:
            # Read first: what others commit meanwhile has a higher revision and comes the next time.
            now = revisions.current(connection)
            retold, events = interaction_columns.told_since(connection, revision, now)
            return Changes(
                now,
                list(stored_profiles.changed(connection, revision, now)),
                stored_profiles.removed(connection, revision, now),
                events,
                retold,
            )

    def add_interactions(self, interactions: Iterable[Interaction], taken: list[str] | None = None) -> Counts:
        """Append interactions, all or none; see `interactions.add`."""
        return self._revise(
            lambda connection, revision: stored_interactions.add(connection, interactions, revision, taken)
        )

    def interactions(self, until: dt.datetime | None = None) -> InteractionTable:
        """The interactions before `until` (all where None), ordered by moment, startup, partner and type."""
        conditions = [] if until is None else [schema.interactions.c.at < schema.microseconds(until)]
        with reading(self._engine) as connection:
            return interaction_columns.read(connection, *conditions)

    def past(self, organisation: str, key: str, *, offset: int = 0, limit: int = 50) -> Events:
        """What happened to a profile, the latest first; see `past.of`."""
        with reading(self._engine) as connection:
            return past.of(connection, organisation, key, offset=offset, limit=limit)

    def put_ledger(self, entries: Iterable[LedgerEntry], *, amendment: str = "") -> Counts:
        """Add or update months of startups' ledgers, all or none; see `ledger.put`."""
        return self._revise(lambda connection, _: ledger.put(connection, entries, amendment=amendment))

    def ledger(self, organisation: str, startup_id: str) -> list[LedgerEntry]:
        """The startup's months, oldest first."""
        with reading(self._engine) as connection:
            months = ledger.of(connection, organisation, startup_id)
        read_of(self._engine, {f"{organisation}:{startup_id}"} if months else (), LEDGER)
        return months

    def vectors(self, encoder: str, hashes: Sequence[bytes]) -> dict[bytes, npt.NDArray[np.float16]]:
        """The cached vectors of these texts' hashes, read-only; missing ones are left out."""
        with reading(self._engine) as connection:
            return stored_vectors.get(connection, encoder, hashes)

    def put_vectors(self, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.floating]]) -> None:
        """Cache vectors as float16; those that are there already stay."""
        with writing(self._engine) as connection:
            stored_vectors.put(connection, encoder, vectors)

    def add_token(
        self,
        *,
        token_hash: str,
        organisation: str,
        role: str,
        profile_id: str = "",
        label: str = "",
        expires_at: dt.datetime | None = None,
        person_id: str = "",
        kind: TokenKind = TokenKind.API,
        scope: TokenScope = TokenScope.FULL,
        way: str = "",
        parent: str = "",
    ) -> None:
        """Keep a token's hash and whom it stands for; see `tokens.add`."""
        record = TokenRecord(
            token_hash=token_hash,
            organisation=organisation,
            role=role,
            profile_id=profile_id,
            label=label,
            created_at=self._clock(),
            expires_at=expires_at,
            person_id=person_id,
            kind=kind,
            scope=scope,
            way=way,
            parent=parent,
        )
        with writing(self._engine) as connection:
            tokens.add(connection, record)

    def token(self, token_hash: str) -> TokenRecord | None:
        """Whom the token stands for, None where unknown or revoked; `expires_at` is the caller's to heed."""
        with reading(self._engine) as connection:
            return tokens.get(connection, token_hash)

    def touch_token(self, token_hash: str, at: dt.datetime) -> None:
        """Note when a token was used; where another one writes just now, leave it for the next time."""
        with suppress(NotReady), writing_now(self._engine) as connection:
            tokens.touch(connection, token_hash, at)

    def revoke_token(self, token_hash: str) -> None:
        """End a token, or NotFound."""
        with writing(self._engine) as connection:
            tokens.revoke(connection, token_hash, self._clock())

    def begin_import(self, organisation: str, who: str, id: str = "") -> str:  # noqa: A002
        """Note that somebody begins to import; the id of the import, which its amendment has too."""
        with writing(self._engine) as connection:
            kind, now = AmendmentKind.IMPORTED, self._clock()
            return amendments.begin(connection, organisation, kind, who, now, {}, id)

    def save_import(
        self,
        organisation: str,
        report: Mapping[str, Any],
        id: str = "",  # noqa: A002
        summary: Mapping[str, Any] | None = None,
    ) -> str:
        """Keep an import's report; gives its id. Of one that was begun, `summary` says what it was for."""
        with writing(self._engine) as connection:
            if summary is not None:
                amendments.tell(connection, id, summary)
            return imports.save(connection, organisation, report, self._clock(), id)

    def import_report(self, organisation: str, id: str) -> dict[str, Any]:  # noqa: A002
        """The report of an import of this organisation, or NotFound."""
        with reading(self._engine) as connection:
            return imports.get(connection, organisation, id)

    def acquire(self, name: str, owner: str, *, stale_after_seconds: float, mark: str = "") -> Lease:
        """Hold the lease, or Conflict that says who does; see `leases.acquire`."""
        with writing(self._engine) as connection:
            now, stale = self._clock(), stale_after_seconds
            return leases.acquire(connection, name, owner, now, stale_after_seconds=stale, mark=mark)

    def beat(self, lease: Lease) -> Lease:
        """Show that the holder lives, or Conflict where the lease was taken over."""
        with writing(self._engine) as connection:
            return leases.beat(connection, lease, self._clock())

    def release(self, lease: Lease) -> None:
        """Let others have the lease, or Conflict where it was taken over."""
        with writing(self._engine) as connection:
            leases.release(connection, lease)

    def lease(self, name: str) -> Lease | None:
        """The lease as it stands, stale or not; None where nobody holds it."""
        with reading(self._engine) as connection:
            return leases.get(connection, name)

    def save_run(self, run: RunRecord) -> None:
        """Keep the run; one of the same id takes the new values."""
        with writing(self._engine) as connection:
            stored_runs.save(connection, run)

    def runs(self, kind: str = "retrain", limit: int = 20) -> list[RunRecord]:
        """The runs of a kind, newest first."""
        with reading(self._engine) as connection:
            return stored_runs.latest(connection, kind, limit)

    def run(self, id: str) -> RunRecord:  # noqa: A002
        """The run, or NotFound."""
        with reading(self._engine) as connection:
            return stored_runs.get(connection, id)

    def add_shown(self, lists: Sequence[ShownList]) -> None:
        """Append lists that were served, all or none; no revision, as matching reads none of it."""
        with writing(self._engine) as connection:
            shown.add(connection, lists)

    def recorded(self, request_id: str) -> set[str]:
        """Keys of the profiles whose lists are on record under a request id."""
        with reading(self._engine) as connection:
            return shown.recorded(connection, request_id)

    def forget_shown(self, before: dt.datetime) -> int:
        """Delete the lists that were served before a moment; how many there were."""
        with writing(self._engine) as connection:
            return shown.forget(connection, schema.microseconds(before))

    def feedback(
        self, since: dt.datetime, until: dt.datetime, *, organisation: str | None = None
    ) -> Feedback:
        """Lists served in [since, until) and the responses since, of one organisation or of all."""
        span = (schema.microseconds(since), schema.microseconds(until))
        with reading(self._engine) as connection:
            return shown.feedback(connection, *span, organisation)

    def preferences(
        self,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        *,
        organisation: str | None = None,
    ) -> list[Preference]:
        """What edits of match runs in [since, until) say of partners, of one organisation or of all."""
        with reading(self._engine) as connection:
            return match_edits.learnt(connection, since, until, organisation)

    def _revise(self, work: Callable[[sa.Connection, int], Counts]) -> Counts:
        """Do the work under the next revision, which becomes the current one where something was written."""
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            counts = work(connection, revision)
            if counts.written:
                revisions.record(connection, revision)
            return counts
