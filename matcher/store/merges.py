"""Merging two profiles, and parting them again: what is written, in one transaction of the caller's."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from matcher.amendments import Amendment, Undone
from matcher.errors import Conflict
from matcher.merging import Take
from matcher.profiles import Profile
from matcher.store import amended, moving, moving_panels, undoing
from matcher.store import profiles as stored_profiles
from matcher.store.bulk import upsert
from matcher.store.introduction_schema import contacts
from matcher.store.moving import Named, Place
from matcher.store.profile_rows import blank
from matcher.store.schema import ledger, profiles

FIGURES = tuple(column.name for column in ledger.c if column.name not in ("startup", "month"))
Choose = Callable[[Profile, Profile], Profile]
"""The profile that stays as it shall be, from how both stand now (it, and the one that goes)."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be merged and how: `months` are those of whose figures the one that goes is believed,
    `contact` whose address is kept where both have one."""

    gone: str
    stays: str
    choose: Choose
    months: Collection[dt.date] = field(default_factory=frozenset)
    contact: Take = Take.STAYS


@dataclass(frozen=True, slots=True)
class _Writing:
    """The transaction that merges, and what it writes under."""

    connection: sa.Connection
    amendment: str
    revision: int
    now: dt.datetime


def merge(
    connection: sa.Connection,
    organisation: str,
    amendment: str,
    wanted: Merge,
    revision: int,
    now: dt.datetime,
) -> dict[str, str]:
    """Make one profile another's; gives their ids, role and names. Its interactions stay as they are, and
    whoever reads them follows it.

    Raises:
        NotFound: the organisation has not both. Conflict: they are one already, or of two roles.
    """
    writing = _Writing(connection, amendment, revision, now)
    gone, leaving = _found(connection, organisation, wanted.gone)
    stays, staying = _found(connection, organisation, wanted.stays)
    _refuse(leaving, staying)
    written = wanted.choose(staying, leaving)
    _keep_contact(writing, gone, stays, wanted.contact)
    moving.move(connection, amendment, gone, stays, now)
    moving_panels.move(connection, amendment, gone, stays)
    _join_months(writing, gone, stays, wanted.months)
    stored_profiles.put(connection, [written], revision, now, amendment=amendment)
    _blank(writing, gone, stays, leaving)
    _leave_matching(writing, stays, leaving, staying)
    _call_anew(connection, stays.number, revision)
    names = {"gone_name": leaving.name, "stays_name": written.name}
    return {"gone": gone.id, "stays": stays.id, "role": leaving.role.value, **names}


def part(
    connection: sa.Connection, organisation: str, change: Amendment, revision: int, now: dt.datetime
) -> Undone:
    """Make both as they were before the merge, as far as nobody has changed the same since.

    Raises:
        Conflict: the one that stayed was merged further: that is to be taken back first.
    """
    gone, stays = (_named(connection, organisation, change.summary[name]) for name in ("gone", "stays"))
    also = _own_names(connection, gone, stays)
    moved, left = moving.move_back(connection, change.id, gone, stays)
    moving_panels.move_back(connection, change.id, gone, stays)
    free = {"merged_into": None, "also": also, "revision": revision}
    connection.execute(sa.update(profiles).where(profiles.c.number == gone.number).values(free))
    done = undoing.undo(connection, organisation, change.id, revision, now)
    for number in (gone.number, stays.number):
        _call_anew(connection, number, revision)
    return replace(done, moved=moved, moved_left=left)


def _found(connection: sa.Connection, organisation: str, id_: str) -> tuple[Named, Profile]:
    found = stored_profiles.one(connection, organisation, id_)
    return _named(connection, organisation, found.id), found


def _named(connection: sa.Connection, organisation: str, id_: str) -> Named:
    """The profile of exactly this id, merged or not."""
    wanted = sa.select(profiles.c.number).where(profiles.c.key == f"{organisation}:{id_}")
    return Named(organisation, id_, connection.execute(wanted).scalar_one())


def _refuse(gone: Profile, stays: Profile) -> None:
    if gone.id == stays.id:
        raise Conflict(f"{gone.id!r} is one profile with itself already")
    if gone.role is not stays.role:
        raise Conflict(
            f"{gone.id!r} is {gone.role.noun} and {stays.id!r} {stays.role.noun}: they are not one"
        )


def _keep_contact(writing: _Writing, gone: Named, stays: Named, take: Take) -> None:
    """Where both have an address and that of the one that goes is wanted, the other's makes room."""
    if take is not Take.GONE:
        return
    place = Place(contacts, "profile")
    both = contacts.c.profile.in_((gone.number, stays.number))
    rows = [dict(row) for row in writing.connection.execute(sa.select(contacts).where(both)).mappings()]
    if len(rows) == 2:
        [theirs] = [row for row in rows if row["profile"] == stays.number]
        moving.take_out(writing.connection, writing.amendment, place, theirs)


def _join_months(writing: _Writing, gone: Named, stays: Named, preferred: Collection[dt.date]) -> None:
    """One ledger of two: figures of the one that stays, of the other in the `preferred` months; gaps are
    filled from the one that is not preferred."""
    both = ledger.c.startup.in_((gone.number, stays.number))
    rows = writing.connection.execute(sa.select(ledger).where(both)).mappings().all()
    known = {(row["startup"], row["month"]): dict(row) for row in rows}
    months = [month for startup, month in known if startup == gone.number]
    joined = []
    for month in months:
        mine, other = known.get((stays.number, month), {}), known[gone.number, month]
        first, second = (other, mine) if month in preferred else (mine, other)
        figures = {name: _known_of(first.get(name), second.get(name)) for name in FIGURES}
        joined.append({"startup": stays.number, "month": month, **figures})
    written = [row for row in joined if known.get((stays.number, row["month"])) != row]
    upsert(writing.connection, ledger, written, by=["startup", "month"])
    empty = [{"startup": gone.number, "month": month, **dict.fromkeys(FIGURES)} for month in months]
    amended.keep_months(writing.connection, writing.amendment, known, [*written, *empty])
    writing.connection.execute(sa.delete(ledger).where(ledger.c.startup == gone.number))


def _known_of(first: Any, second: Any) -> Any:
    return second if first in (None, "") and second is not None else first


def _blank(writing: _Writing, gone: Named, stays: Named, leaving: Profile) -> None:
    """Leave nothing of the one that goes but whom it was merged into, and what it was called."""
    before = amended.contents(writing.connection, [leaving.key])
    also = "\n".join((leaving.key, leaving.name, *leaving.also))
    values = blank(writing.revision, writing.now) | {
        "merged_into": stays.number,
        "merge_revision": writing.revision,
        "also": also,
    }
    writing.connection.execute(sa.update(profiles).where(profiles.c.number == gone.number).values(values))
    amended.keep(writing.connection, writing.amendment, before, {leaving.key: undoing.DELETED})


def _leave_matching(writing: _Writing, stays: Named, leaving: Profile, staying: Profile) -> None:
    """Whoever asked under one of the two not to be matched by machine is not matched."""
    if leaving.opted_out_at is None or staying.opted_out_at is not None:
        return
    at = leaving.opted_out_at
    moving.change(writing.connection, writing.amendment, moving.OPTED_OUT, stays.number, at)


def _own_names(connection: sa.Connection, gone: Named, stays: Named) -> str:
    """What the profile was merged from before it was merged itself."""
    wanted = sa.select(profiles.c.also, profiles.c.merged_into).where(profiles.c.number == gone.number)
    also, into = connection.execute(wanted).one()
    if into != stays.number:
        raise Conflict(f"{stays.id!r} was merged into another profile since: take that back first")
    return "\n".join(also.split("\n")[2:])


def _call_anew(connection: sa.Connection, number: int, revision: int) -> None:
    """Have the profile called what all that were merged into it were called, and its history told anew, with
    theirs."""
    theirs = profiles.c.merged_into == number
    rows = connection.execute(sa.select(profiles.c.also).where(theirs).order_by(profiles.c.key)).scalars()
    values = {"also": "\n".join(filter(None, rows)), "merge_revision": revision, "revision": revision}
    connection.execute(sa.update(profiles).where(profiles.c.number == number).values(values))
    connection.execute(sa.update(profiles).where(theirs).values(merge_revision=revision))
