"""How people are reached: an e-mail address for a profile, a webhook for an organisation."""

import datetime as dt
from collections.abc import Callable, Iterable

import sqlalchemy as sa

from matcher.cohorts.introducing.contacts import Contact, Webhook
from matcher.errors import NotFound
from matcher.profiles import Role, Status
from matcher.store import merged, organisations
from matcher.store.audit_reads import ADDRESS, read_of, read_of_all
from matcher.store.bulk import upsert
from matcher.store.engine import reading, writing
from matcher.store.introduction_room import OPEN
from matcher.store.introduction_schema import contacts, introductions, webhooks
from matcher.store.profiles import LIVE
from matcher.store.reaching import reachable, reached, send_again
from matcher.store.schema import profiles


class Contacts:
    """Contacts of all organisations' profiles, and their webhooks. Each method is one transaction."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def put(self, organisation: str, contact: Contact, by: str) -> None:
        """Keep the contact in the place of an earlier one. Messages that failed for want of one are sent.

        Raises:
            NotFound: the organisation has no such profile.
        """
        self.put_all(organisation, [contact], by)

    def put_all(self, organisation: str, items: Iterable[Contact], by: str) -> None:
        """The same of several, all or none."""
        now = self._clock()
        with writing(self._engine) as connection:
            for contact in items:
                number = _number(connection, organisation, contact.profile_id)
                row = {"profile": number, "email": contact.email, "language": contact.language}
                upsert(connection, contacts, [{**row, "updated_at": now, "who": by}], by=["profile"])
                send_again(connection, profiles.c.number == number, now)

    def get(self, organisation: str, profile_id: str) -> Contact:
        """Where the profile is reached (see `reaching`), or NotFound."""
        with reading(self._engine) as connection:
            number = _number(connection, organisation, profile_id)
            where = reached(profiles.c.number == number)
            wanted = sa.select(profiles.c.id, where.c.email, where.c.language)
            joined = wanted.join_from(where, profiles, profiles.c.number == where.c.profile)
            row = connection.execute(joined).one_or_none()
        if row is None:
            raise NotFound(f"no e-mail address of {profile_id!r} is known; `bole contact set` gives it one")
        read_of(self._engine, {f"{organisation}:{row.id}"}, ADDRESS)
        return Contact(*row)

    def of(self, keys: Iterable[str], *, accounts: bool = True) -> dict[str, Contact]:
        """Where the profiles of these keys are reached; those of whom nobody knows are left out. Without
        `accounts`, the contacts that are kept of them and nothing else."""
        where = reached(LIVE, profiles.c.key.in_(sorted(set(keys))), accounts=accounts)
        wanted = sa.select(profiles.c.key, profiles.c.id, where.c.email, where.c.language)
        joined = wanted.join_from(where, profiles, profiles.c.number == where.c.profile)
        with reading(self._engine) as connection:
            found = {key: Contact(*told) for key, *told in connection.execute(joined)}
        read_of(self._engine, found.keys(), ADDRESS)
        return found

    def all(self, organisation: str) -> list[Contact]:
        """The contacts of the organisation's profiles, by id."""
        wanted = sa.select(profiles.c.id, contacts.c.email, contacts.c.language).join_from(contacts, profiles)
        own = (LIVE, profiles.c.organisation == organisation)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.where(*own).order_by(profiles.c.id))
            found = [Contact(*row) for row in rows]
        read_of_all(self._engine, organisation, ADDRESS, len(found))
        return found

    def names(self, organisation: str) -> dict[str, str]:
        """The names of the organisation's profiles, by id: whose addresses may be given."""
        wanted = sa.select(profiles.c.id, profiles.c.name).where(
            LIVE, profiles.c.organisation == organisation
        )
        with reading(self._engine) as connection:
            return {row.id: row.name for row in connection.execute(wanted)}

    def missing(self, organisation: str) -> list[tuple[str, Role, str, bool]]:
        """Id, role and name of the organisation's active profiles that cannot be reached, and whether
        an introduction of theirs waits for an answer; those first, then by name."""
        waits = sa.exists().where(OPEN, introductions.c.startup == profiles.c.number)
        asked = sa.exists().where(OPEN, introductions.c.partner == profiles.c.number)
        waiting = sa.or_(waits, asked).label("waiting")
        wanted = sa.select(profiles.c.id, profiles.c.role, profiles.c.name, waiting)
        own = (LIVE, profiles.c.organisation == organisation, profiles.c.status == Status.ACTIVE.value)
        wanted = wanted.where(*own, ~reachable())
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(waiting.desc(), profiles.c.name_key, profiles.c.id))
            return [(row.id, Role(row.role), row.name, bool(row.waiting)) for row in rows]

    def remove(self, organisation: str, profile_id: str) -> None:
        """Forget the profile's contact, or NotFound."""
        with writing(self._engine) as connection:
            number = _number(connection, organisation, profile_id)
            if not connection.execute(sa.delete(contacts).where(contacts.c.profile == number)).rowcount:
                raise NotFound(f"no e-mail address of {profile_id!r} is known")

    def put_webhook(self, organisation: str, webhook: Webhook, by: str) -> None:
        """Have the organisation's events sent there from now on, in the place of an earlier address."""
        row = {"organisation": organisation, "url": webhook.url, "secret": webhook.secret, "who": by}
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            upsert(connection, webhooks, [{**row, "updated_at": self._clock()}], by=["organisation"])

    def webhook(self, organisation: str) -> Webhook | None:
        """Where the organisation's events are sent; None where nowhere."""
        columns = (webhooks.c.url, webhooks.c.secret)
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(*columns).where(webhooks.c.organisation == organisation)
            ).one_or_none()
        return None if row is None else Webhook(*row)

    def remove_webhook(self, organisation: str) -> None:
        """Send the organisation's events nowhere, or NotFound."""
        with writing(self._engine) as connection:
            mine = webhooks.c.organisation == organisation
            if not connection.execute(sa.delete(webhooks).where(mine)).rowcount:
                raise NotFound(f"organisation {organisation!r} has no webhook")


def _number(connection: sa.Connection, organisation: str, profile_id: str) -> int:
    key = f"{organisation}:{profile_id}"
    mine = (LIVE, profiles.c.key == merged.followed(connection, [key]).get(key, key))
    number: int | None = connection.execute(sa.select(profiles.c.number).where(*mine)).scalar_one_or_none()
    if number is None:
        raise NotFound(f"no profile {profile_id!r} in organisation {organisation!r}")
    return number
