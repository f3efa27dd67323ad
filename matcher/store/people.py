"""People who sign in: invited, active, left; their passwords and codes."""

import datetime as dt
import secrets
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.people import Credentials, Person, Purpose, Tongue, email_of
from matcher.store import mailed_links, organisations, tokens
from matcher.store.audit_notes import tell
from matcher.store.audit_reads import ACCOUNTS, read_of_all
from matcher.store.bulk import insert_new
from matcher.store.engine import reading, writing
from matcher.store.people_schema import people, recovery_codes
from matcher.store.reaching import send_again
from matcher.store.schema import profiles
from matcher.store.sign_on_schema import identities
from matcher.store.texts import check_storable
from matcher.store.values import TokenRecord

_SIGNS_ON = sa.select(1).where(identities.c.person == people.c.id).correlate(people).exists()
PERSON = (
    people.c.id,
    people.c.organisation,
    people.c.role,
    people.c.profile_id,
    people.c.email,
    people.c.name,
    people.c.language,
    people.c.active,
    (people.c.password != "").label("has_password"),
    (people.c.secret != "").label("has_codes"),
    _SIGNS_ON.label("signs_on"),
    people.c.created_at,
    people.c.last_login_at,
)
NO_STEP = -1
_HERE = people.c.erased_at.is_(None)


class People:
    """The people of all organisations. Each method is one transaction."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def add(
        self,
        organisation: str,
        email: str,
        *,
        role: str,
        profile_id: str = "",
        name: str = "",
        language: Tongue = "zh",
        by: str = "",
    ) -> Person:
        """A new person, who has no password yet.

        Raises:
            Conflict: somebody has the e-mail address.
            InvalidInput: it is none.
            NotFound: the organisation does not exist.
        """
        check_storable("name", name)
        row: dict[str, Any] = {"id": secrets.token_hex(8), "organisation": organisation, "role": role}
        row |= {"profile_id": profile_id, "email": email_of(email), "name": name, "language": language}
        row |= {"active": True, "password": "", "secret": "", "step": NO_STEP}
        row |= {"created_at": self._clock(), "created_by": by}
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            if not insert_new(connection, people, [row], by=["email"]):
                raise Conflict(f"somebody signs in as {row['email']} already: use another address")
            return _one(connection, people.c.id == row["id"])

    def get(self, person_id: str) -> Person:
        """The person, or NotFound."""
        with reading(self._engine) as connection:
            return _one(connection, people.c.id == person_id)

    def find(self, email: str) -> Person | None:
        """Who has the (normalised) e-mail address; None where nobody has."""
        with reading(self._engine) as connection:
            row = (
                connection.execute(sa.select(*PERSON).where(people.c.email == email)).mappings().one_or_none()
            )
        return None if row is None else Person(**row)

    def all(self, organisation: str) -> list[Person]:
        """The organisation's people by role and e-mail address."""
        mine = sa.select(*PERSON).where(_HERE, people.c.organisation == organisation)
        with reading(self._engine) as connection:
            rows = connection.execute(mine.order_by(people.c.role, people.c.email)).mappings()
            found = [Person(**row) for row in rows]
        read_of_all(self._engine, organisation, ACCOUNTS, len(found), subject="person")
        return found

    def page(
        self, organisation: str, *, search: str = "", after: str = "", limit: int = 50
    ) -> tuple[list[Person], str]:
        """Some of the organisation's people as `all` orders them, whose names, addresses or profiles have the
        words of `search`, and the cursor that continues ("" after the last)."""
        role, _, email = after.partition(" ")
        told = sa.func.lower(people.c.name + " " + people.c.email + " " + people.c.profile_id)
        words = [told.contains(word.lower(), autoescape=True) for word in search.split()]
        beyond = sa.tuple_(people.c.role, people.c.email) > sa.tuple_(role, email)
        wanted = sa.select(*PERSON).where(_HERE, people.c.organisation == organisation, beyond, *words)
        ordered = wanted.order_by(people.c.role, people.c.email).limit(limit + 1)
        with reading(self._engine) as connection:
            found = [Person(**row) for row in connection.execute(ordered).mappings()]
        read_of_all(self._engine, organisation, ACCOUNTS, len(found), subject="person")
        last = found[limit - 1] if len(found) > limit else None
        return found[:limit], f"{last.role} {last.email}" if last else ""

    def credentials(self, *, email: str = "", person_id: str = "") -> Credentials | None:
        """What the person of this address, or id, signs in with; None where there is nobody, or they left."""
        columns = (people.c.password.label("hashed"), people.c.secret)
        whose = people.c.id == person_id if person_id else people.c.email == email
        with reading(self._engine) as connection:
            row = (
                connection.execute(sa.select(*columns, *PERSON).where(whose, people.c.active))
                .mappings()
                .one_or_none()
            )
        if row is None:
            return None
        values = dict(row)
        hashed, secret = values.pop("hashed"), values.pop("secret")
        return Credentials(Person(**values), hashed, secret)

    def tell(self, person_id: str, *, name: str, language: Tongue) -> Person:
        """Keep what the person says of themselves; NotFound where there is nobody."""
        check_storable("name", name)
        return self._change(person_id, name=name, language=language)

    def deactivate(self, person_id: str) -> Person:
        """Let the person in no more: their sessions, tokens and links end at once."""
        now = self._clock()
        with writing(self._engine) as connection:
            _set(connection, person_id, active=False)
            tokens.revoke_all(connection, person_id, now)
            mailed_links.end(connection, person_id, now)
            return _one(connection, people.c.id == person_id)

    def activate(self, person_id: str) -> Person:
        """Let the person in again, with the password they had."""
        return self._change(person_id, active=True)

    def set_password(self, person_id: str, hashed: str, *, keep: str = "") -> None:
        """Take another password. Sessions, tokens and links end; the token of hash `keep` stays."""
        now = self._clock()
        with writing(self._engine) as connection:
            _set(connection, person_id, password=hashed)
            tokens.revoke_all(connection, person_id, now, keep)
            mailed_links.end(connection, person_id, now)

    def rehash(self, person_id: str, before: str, after: str) -> None:
        """The same password under newer parameters; nothing where it was changed meanwhile."""
        with writing(self._engine) as connection:
            mine = (people.c.id == person_id, people.c.password == before)
            connection.execute(sa.update(people).where(*mine).values(password=after))

    def came(self, person_id: str, at: dt.datetime) -> None:
        """Note that the person signed in."""
        with writing(self._engine) as connection:
            _set(connection, person_id, last_login_at=at)
            tell(connection, action="signed_in")

    def add_link(self, person_id: str, purpose: Purpose, hashed: str, expires_at: dt.datetime) -> None:
        """Keep a link's hash. Links that the person had before are of no use from now on."""
        now = self._clock()
        with writing(self._engine) as connection:
            _one(connection, people.c.id == person_id)
            mailed_links.end(connection, person_id, now)
            mailed_links.add(connection, person_id, purpose, hashed, (now, expires_at))

    def linked(self, purpose: Purpose, hashed: str, at: dt.datetime) -> Person:
        """Whom the link is for at a moment; it is not used by that.

        Raises:
            NotFound: unknown, used, expired, or of somebody who left.
        """
        with reading(self._engine) as connection:
            return _welcome(connection, mailed_links.person_of(connection, purpose, hashed, at))

    def redeem(
        self, purpose: Purpose, hashed: str, at: dt.datetime, *, password: str, name: str = ""
    ) -> Person:
        """Use the link up: the person takes the password and, where given, the name. Of several at once one
        succeeds. The person's sessions, tokens and other links end.

        Raises:
            NotFound: as `linked`.
        """
        check_storable("name", name)
        with writing(self._engine) as connection:
            person = _welcome(connection, mailed_links.use(connection, purpose, hashed, at))
            named = {"name": name} if name else {}
            _set(connection, person.id, password=password, **named)
            tokens.revoke_all(connection, person.id, at)
            mailed_links.end(connection, person.id, at)
            send_again(connection, _profile_of(person), at)
            return _one(connection, people.c.id == person.id)

    def ask_for_codes(self, person_id: str, secret: str, recovery: Collection[str], *, step: int) -> None:
        """Ask the person for codes made of `secret` from now on, the first after `step`; `recovery` are the
        hashes of the codes that stand in for them, in the place of earlier ones."""
        with writing(self._engine) as connection:
            _set(connection, person_id, secret=secret, step=step)
            _put_recovery(connection, person_id, recovery)

    def ask_for_no_codes(self, person_id: str) -> None:
        """Let the password do."""
        with writing(self._engine) as connection:
            _set(connection, person_id, secret="", step=NO_STEP)
            _put_recovery(connection, person_id, ())

    def put_recovery(self, person_id: str, recovery: Collection[str]) -> None:
        """Have these recovery codes, by hash, in the place of the earlier ones."""
        with writing(self._engine) as connection:
            _one(connection, people.c.id == person_id)
            _put_recovery(connection, person_id, recovery)

    def reseal(self, person_id: str, before: str, after: str) -> None:
        """Keep the same secret of codes in another form; nothing where it was changed meanwhile."""
        mine = (people.c.id == person_id, people.c.secret == before)
        with writing(self._engine) as connection:
            connection.execute(sa.update(people).where(*mine).values(secret=after))

    def secrets(self) -> dict[str, str]:
        """What is kept of the secrets of codes, by person, of all who have codes."""
        kept = sa.select(people.c.id, people.c.secret).where(people.c.secret != "")
        with reading(self._engine) as connection:
            return {row.id: row.secret for row in connection.execute(kept)}

    def use_step(self, person_id: str, step: int) -> bool:
        """Whether no code of this step or a later one was used yet; it is used by that."""
        later = sa.update(people).where(people.c.id == person_id, people.c.step < step)
        with writing(self._engine) as connection:
            return bool(connection.execute(later.values(step=step)).rowcount)

    def use_recovery(self, person_id: str, hashed: str) -> bool:
        """Whether the person has this recovery code, unused; it is used by that."""
        mine = (recovery_codes.c.person == person_id, recovery_codes.c.hash == hashed)
        unused = sa.update(recovery_codes).where(*mine, recovery_codes.c.used_at.is_(None))
        with writing(self._engine) as connection:
            return bool(connection.execute(unused.values(used_at=self._clock())).rowcount)

    def recovery_left(self, person_id: str) -> int:
        """How many recovery codes the person has left."""
        unused = (recovery_codes.c.person == person_id, recovery_codes.c.used_at.is_(None))
        with reading(self._engine) as connection:
            counted = sa.select(sa.func.count()).select_from(recovery_codes).where(*unused)
            left: int = connection.execute(counted).scalar_one()
        return left

    def tokens(self, person_id: str, at: dt.datetime) -> list[TokenRecord]:
        """The person's tokens that are in use at a moment, the newest first."""
        with reading(self._engine) as connection:
            return tokens.of(connection, person_id, at)

    def revoke_token(self, person_id: str, token_id: str) -> None:
        """End the person's token of this public id, or NotFound."""
        with writing(self._engine) as connection:
            tokens.revoke_own(connection, person_id, token_id, self._clock())

    def sign_out_elsewhere(self, person_id: str, keep: str) -> int:
        """End the person's tokens but the one of hash `keep`; how many they were."""
        with writing(self._engine) as connection:
            return tokens.revoke_all(connection, person_id, self._clock(), keep)

    def _change(self, person_id: str, **values: object) -> Person:
        with writing(self._engine) as connection:
            _set(connection, person_id, **values)
            return _one(connection, people.c.id == person_id)


def _profile_of(person: Person) -> sa.ColumnElement[bool]:
    """Whether a profile is the one that the person signs in for."""
    return profiles.c.key == f"{person.organisation}:{person.profile_id}"


def _one(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Person:
    row = connection.execute(sa.select(*PERSON).where(which, _HERE)).mappings().one_or_none()
    if row is None:
        raise NotFound("there is no such person")
    return Person(**row)


def _welcome(connection: sa.Connection, person_id: str) -> Person:
    """The person whom a link is for, who must not have left."""
    found = _one(connection, people.c.id == person_id)
    if not found.active:
        raise NotFound(mailed_links.REFUSED)
    return found


def _set(connection: sa.Connection, person_id: str, **values: object) -> None:
    here = (people.c.id == person_id, _HERE)
    if not connection.execute(sa.update(people).where(*here).values(**values)).rowcount:
        raise NotFound("there is no such person")


def _put_recovery(connection: sa.Connection, person_id: str, recovery: Collection[str]) -> None:
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.person == person_id))
    rows = [{"person": person_id, "hash": hashed} for hashed in recovery]
    insert_new(connection, recovery_codes, rows, by=["person", "hash"])
