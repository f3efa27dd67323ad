"""Single sign-on: organisations' providers, and which account there is whose."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.people import Person
from matcher.single_sign_on import Provider
from matcher.store import organisations
from matcher.store.bulk import insert_new, upsert
from matcher.store.engine import reading, writing
from matcher.store.people import PERSON
from matcher.store.people_schema import people
from matcher.store.schema import organisations as organisation_rows
from matcher.store.sign_on_schema import identities, sign_on_providers

_KEPT = tuple(column.name for column in sign_on_providers.c)


class SignOn:
    """Providers and identities of all organisations. Each method is one transaction."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def put(self, provider: Provider) -> Provider:
        """Keep the organisation's provider, in the place of an earlier one. Accounts at another issuer stay
        on record and are of no use while it is not the organisation's.

        Raises:
            NotFound: the organisation does not exist.
        """
        made = replace(provider, made_at=self._clock())
        row: dict[str, Any] = {name: getattr(made, name) for name in _KEPT}
        row |= {"domains": list(made.domains)}
        with writing(self._engine) as connection:
            organisations.require(connection, {provider.organisation})
            upsert(connection, sign_on_providers, [row], by=["organisation"])
        return made

    def provider(self, organisation: str) -> Provider | None:
        """The organisation's provider; None where it has none."""
        mine = sa.select(sign_on_providers).where(sign_on_providers.c.organisation == organisation)
        with reading(self._engine) as connection:
            row = connection.execute(mine).mappings().one_or_none()
        return None if row is None else _provider(row)

    def providers(self) -> list[tuple[Provider, str]]:
        """All providers, each with its organisation's name, by that name."""
        joined = sa.select(sign_on_providers, organisation_rows.c.name).join(organisation_rows)
        with reading(self._engine) as connection:
            rows = connection.execute(joined).mappings().all()
        named = [(_provider(row), row["name"] or row["organisation"]) for row in rows]
        return sorted(named, key=lambda each: (each[1], each[0].organisation))

    def remove(self, organisation: str) -> None:
        """Have no provider any more, or NotFound. Which account was whose is forgotten."""
        mine = sign_on_providers.c.organisation == organisation
        theirs = sa.select(people.c.id).where(people.c.organisation == organisation)
        with writing(self._engine) as connection:
            if not connection.execute(sa.delete(sign_on_providers).where(mine)).rowcount:
                raise NotFound(f"{organisation} has no single sign-on")
            connection.execute(sa.delete(identities).where(identities.c.person.in_(theirs)))

    def reseal(self, organisation: str, before: str, after: str) -> None:
        """Keep the same secret in another form; nothing where it was changed meanwhile."""
        mine = (sign_on_providers.c.organisation == organisation, sign_on_providers.c.client_secret == before)
        with writing(self._engine) as connection:
            connection.execute(sa.update(sign_on_providers).where(*mine).values(client_secret=after))

    def person(self, issuer: str, subject: str) -> Person | None:
        """Whose account at the issuer it is; None where it was not linked to anybody."""
        mine = (identities.c.issuer == issuer, identities.c.subject == subject)
        wanted = sa.select(*PERSON).join(identities, identities.c.person == people.c.id).where(*mine)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        return None if row is None else Person(**row)

    def link(self, person_id: str, issuer: str, subject: str) -> None:
        """Keep that an account at the issuer is the person's; again changes nothing.

        Raises:
            Conflict: it is another's, or the person has another one there.
            NotFound: there is no such person.
        """
        row = {"issuer": issuer, "subject": subject, "person": person_id, "linked_at": self._clock()}
        locked = sa.select(people.c.id).where(people.c.id == person_id).with_for_update()
        theirs = sa.select(identities.c.subject).where(
            identities.c.person == person_id, identities.c.issuer == issuer
        )
        with writing(self._engine) as connection:
            if connection.execute(locked).first() is None:
                raise NotFound("there is no such person")
            known = connection.execute(theirs).scalar_one_or_none()
            if known == subject:
                return
            if known is not None or not insert_new(connection, identities, [row], by=["issuer", "subject"]):
                raise Conflict("another account is linked already")

    def unlink(self, person_id: str) -> bool:
        """Forget which accounts are the person's; whether there were any. The next sign-in links anew."""
        mine = identities.c.person == person_id
        with writing(self._engine) as connection:
            return bool(connection.execute(sa.delete(identities).where(mine)).rowcount)


def _provider(row: Mapping[Any, Any]) -> Provider:
    values = {name: row[name] for name in _KEPT}
    return Provider(**{**values, "domains": tuple(values["domains"])})
