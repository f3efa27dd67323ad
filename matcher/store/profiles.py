"""Profiles: put in bulk, read by key, delete."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.interactions import local
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.store import amended, merged, organisations
from matcher.store.amended import Content
from matcher.store.audit_notes import tell
from matcher.store.bulk import CHUNK, chunks, lists, upsert
from matcher.store.introduction_schema import contacts, introductions
from matcher.store.profile_rows import NEEDED, blank, check_texts, content_of, digest_of, profile_of, row_of
from matcher.store.remark_schema import remarks
from matcher.store.schema import profiles, tokens
from matcher.store.values import Counts


class _Known(NamedTuple):
    """What is there already under a key."""

    key: str
    role: str
    digest: bytes
    deleted: bool


FEW = 50
"""Of so many profiles at a time the audit log tells which fields are other ones."""
LIVE = profiles.c.deleted == sa.false()


def put(
    connection: sa.Connection,
    items: Iterable[Profile],
    revision: int,
    now: dt.datetime,
    *,
    amendment: str = "",
) -> Counts:
    """Add the profiles or bring them up to date; equal ones are left as they are.

    A profile that was deleted counts as added. Where one comes twice, the later one stays. One under the id
    of a merged profile is written to the one that stays. With an `amendment` (its id) what was before is
    kept, so that it can be taken back.

    Raises:
        Conflict: one exists already in another role.
        NotFound: one's organisation does not exist.
    """
    total = Counts()
    for chunk in chunks(_staying(connection, items), key=lambda profile: profile.key):
        total += _put_chunk(connection, chunk, revision, now, amendment)
    return total


def _staying(connection: sa.Connection, items: Iterable[Profile]) -> Iterator[Profile]:
    """The profiles, those of merged ids under the id of the one that stays."""
    for some in lists(items):
        others = merged.followed(connection, [profile.key for profile in some])
        for each in some:
            key = others.get(each.key)
            yield replace(each, id=local(each.organisation, key)) if key else each


def _put_chunk(
    connection: sa.Connection, chunk: Mapping[str, Profile], revision: int, now: dt.datetime, amendment: str
) -> Counts:
    organisations.require(connection, {profile.organisation for profile in chunk.values()})
    known = _known(connection, chunk)
    _refuse_other_roles(chunk, known)
    contents = {key: content_of(profile) for key, profile in chunk.items()}
    digests = {key: digest_of(content) for key, content in contents.items()}
    written = [key for key in chunk if key not in known or known[key].digest != digests[key]]
    for key in written:
        check_texts(contents[key])
    rows = [row_of(chunk[key], contents[key], digests[key], revision, now) for key in written]
    before = amended.contents(connection, written) if amendment or len(written) <= FEW else {}
    upsert(connection, profiles, rows, by=["key"])
    if len(written) <= FEW:
        _tell(connection, before, {key: contents[key] for key in written})
    if amendment:
        amended.keep(connection, amendment, before, {key: digests[key] for key in written})
    added = sum(key not in known or known[key].deleted for key in written)
    return Counts(added, len(written) - added, len(chunk) - len(written))


def _tell(connection: sa.Connection, before: Mapping[str, Content], after: Mapping[str, Content]) -> None:
    """Tell the audit log whether the profiles are new, and else which of their fields are other ones now."""
    added = [key for key in after if key not in before]
    changed = {field for key in after.keys() & before.keys() for field in _unlike(before[key], after[key])}
    action = "changed" if not added else "added" if len(added) == len(after) else ""
    tell(connection, action=action, fields={f"profiles.{field}" for field in changed})


def _unlike(before: Content, after: Content) -> set[str]:
    """The fields in which two contents of a profile differ."""
    one, other = ({**content, **content["body"], "body": None} for content in (before, after))
    return {field for field in other | one if one.get(field) != other.get(field) and field != "opted_out_at"}


def _known(connection: sa.Connection, keys: Iterable[str]) -> dict[str, _Known]:
    columns = (profiles.c[name] for name in _Known._fields)
    rows = connection.execute(sa.select(*columns).where(profiles.c.key.in_(list(keys))))
    return {row[0]: _Known(*row) for row in rows}


def _refuse_other_roles(chunk: Mapping[str, Profile], known: Mapping[str, _Known]) -> None:
    for key, row in known.items():
        if chunk[key].role != row.role:
            before, after = Role(row.role).noun, chunk[key].role.noun
            raise Conflict(f"{key!r} is {before} and cannot become {after}: give it another id")


def one(connection: sa.Connection, organisation: str, id_: str) -> Profile:
    """The profile.

    Raises:
        NotFound: there is none, or it was deleted.
    """
    mine = profiles.c.key == f"{organisation}:{id_}"
    row = connection.execute(sa.select(*NEEDED).where(mine, LIVE)).one_or_none()
    if row is not None:
        return profile_of(row)
    for found in known(connection, [f"{organisation}:{id_}"]).values():
        return found
    raise NotFound(f"no profile {id_!r} in organisation {organisation!r}")


def names(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    """The names of the profiles of these keys; those deleted or unknown are left out. The key of a merged
    profile has the name of the one that stays."""
    wanted, found = set(keys), dict[str, str]()
    for some in lists(sorted(wanted)):
        named = sa.select(profiles.c.key, profiles.c.name).where(LIVE, profiles.c.key.in_(some))
        found |= {row.key: row.name for row in connection.execute(named)}
    others = merged.followed(connection, wanted - found.keys())
    more = names(connection, others.values()) if others else {}
    return found | {key: more[stays] for key, stays in others.items() if stays in more}


def known(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Profile]:
    """The profiles of these keys; those deleted or unknown are left out. Under the key of a merged profile
    comes the one that stays."""
    wanted, found = set(keys), dict[str, Profile]()
    for some in lists(sorted(wanted)):
        rows = connection.execute(sa.select(*NEEDED).where(LIVE, profiles.c.key.in_(some)))
        found |= {each.key: each for each in map(profile_of, rows)}
    others = merged.followed(connection, wanted - found.keys())
    more = known(connection, others.values()) if others else {}
    return found | {key: more[stays] for key, stays in others.items() if stays in more}


def keys(connection: sa.Connection) -> set[str]:
    """The keys of all profiles that are there."""
    return set(connection.execute(sa.select(profiles.c.key).where(LIVE)).scalars())


def visible(connection: sa.Connection, organisation: str) -> list[tuple[str, Role, str]]:
    """Key, role and name of every profile that the organisation may see: its own, and shared partners."""
    shared = sa.and_(profiles.c.shared, profiles.c.role.in_([role.value for role in PARTNER_ROLES]))
    wanted = sa.select(profiles.c.key, profiles.c.role, profiles.c.name).where(LIVE)
    rows = connection.execute(wanted.where(sa.or_(profiles.c.organisation == organisation, shared)))
    return [(key, Role(role), name) for key, role, name in rows]


def after(
    connection: sa.Connection, key: str, *, organisation: str | None, roles: Sequence[Role]
) -> list[Profile]:
    """The next CHUNK profiles past a key, ordered by key; fewer at the end, all organisations where None."""
    wanted = sa.select(*NEEDED).where(LIVE, profiles.c.key > key, profiles.c.role.in_(roles))
    if organisation is not None:
        wanted = wanted.where(profiles.c.organisation == organisation)
    return [profile_of(row) for row in connection.execute(wanted.order_by(profiles.c.key).limit(CHUNK))]


def changed(connection: sa.Connection, since: int, until: int) -> Iterator[Profile]:
    """The profiles last written after revision `since`, up to and with `until`, ordered by key."""
    wanted = sa.select(*NEEDED).where(LIVE, *_written_within(since, until)).order_by(profiles.c.key)
    return map(profile_of, connection.execute(wanted))


def removed(connection: sa.Connection, since: int, until: int) -> list[str]:
    """The keys of the profiles deleted after revision `since`, up to and with `until`, in order."""
    gone = sa.select(profiles.c.key).where(~LIVE, *_written_within(since, until)).order_by(profiles.c.key)
    return list(connection.execute(gone).scalars())


def _written_within(since: int, until: int) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return profiles.c.revision > since, profiles.c.revision <= until


def opt_out(
    connection: sa.Connection, organisation: str, id_: str, since: dt.datetime | None, revision: int
) -> bool:
    """Keep since when the one behind the profile wants no automated matching (None: it takes part again);
    whether that is a change. Said again, the first moment stays.

    Raises:
        NotFound: there is no such profile.
    """
    found = one(connection, organisation, id_)
    if (found.opted_out_at is None) == (since is None):
        return False
    mine = profiles.c.key == found.key  # it may have been merged
    connection.execute(sa.update(profiles).where(mine).values(opted_out_at=since, revision=revision))
    tell(connection, action="opted_in" if since is None else "opted_out")
    return True


def delete(connection: sa.Connection, organisation: str, id_: str, revision: int, now: dt.datetime) -> None:
    """Blank the profile, mark it deleted, revoke its tokens, forget its address and what was remarked. Its
    interactions go on referring to it.

    Raises:
        NotFound: there is none, or it was deleted before.
    """
    mine = profiles.c.key == f"{organisation}:{id_}"
    done = connection.execute(sa.update(profiles).where(mine, LIVE).values(blank(revision, now)))
    if not done.rowcount:
        raise NotFound(f"no profile {id_!r} in organisation {organisation!r}")
    tell(connection, action="deleted", subject="profile", name=("key", f"{organisation}:{id_}"))
    its_tokens = (
        tokens.c.organisation == organisation,
        tokens.c.profile_id == id_,
        tokens.c.revoked_at.is_(None),
    )
    connection.execute(sa.update(tokens).where(*its_tokens).values(revoked_at=now))
    number = sa.select(profiles.c.number).where(mine).scalar_subquery()
    connection.execute(sa.delete(contacts).where(contacts.c.profile == number))
    amended.forget_profile(connection, number)
    its_remarks = sa.or_(remarks.c.startup == number, remarks.c.partner == number)
    connection.execute(sa.delete(remarks).where(its_remarks))
    its_notes = introductions.c.startup == number
    connection.execute(sa.update(introductions).where(its_notes).values(note=""))
