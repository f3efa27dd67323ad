"""What time brings about: introductions that are over, reminders that are due, and who has nobody left."""

import datetime as dt
from collections import Counter

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.cohorts.introducing.messages import MessageKind
from matcher.store import outbox_rows
from matcher.store.bulk import lists
from matcher.store.introduction_room import OPEN
from matcher.store.introduction_rows import read
from matcher.store.introduction_schema import introduction_reminders, introductions


def expired(connection: sa.Connection, now: dt.datetime) -> list[tuple[str, str]]:
    """Organisation and id of the open introductions whose time is over, the oldest first."""
    wanted = sa.select(introductions.c.organisation, introductions.c.id)
    order = (introductions.c.expires_at, introductions.c.id)
    rows = connection.execute(wanted.where(OPEN, introductions.c.expires_at <= now).order_by(*order))
    return [(organisation, id_) for organisation, id_ in rows]


def remind(connection: sa.Connection, now: dt.datetime) -> int:
    """Leave messages for the reminders that are due; how many introductions they are about.

    Reminders of introductions that are over are only marked as done.
    """
    due = (introduction_reminders.c.done_at.is_(None), introduction_reminders.c.at <= now)
    wanted = sa.select(introduction_reminders.c.introduction).where(*due).distinct()
    ids = list(connection.execute(wanted).scalars())
    reminded = 0
    for some in lists(sorted(ids)):
        theirs = (OPEN, introductions.c.id.in_(some), introductions.c.expires_at > now)
        open_ = list(read(connection, "", *theirs))
        for organisation in sorted({each.organisation for each in open_}):
            own = [each for each in open_ if each.organisation == organisation]
            outbox_rows.leave(connection, own, MessageKind.REMINDER, now, mark=f" {now.isoformat()}")
        reminded += len(open_)
    connection.execute(sa.update(introduction_reminders).where(*due).values(done_at=now))
    return reminded


def alone(connection: sa.Connection, organisation: str) -> Counter[str]:
    """How many startups of each of the organisation's runs were offered somebody, and by now have nobody: no
    introduction of theirs in it is open or accepted."""
    columns = (introductions.c.run, introductions.c.startup)
    mine = (introductions.c.organisation == organisation, introductions.c.run.is_not(None))
    hopes = introductions.c.status.in_([IntroductionStatus.OFFERED, IntroductionStatus.ACCEPTED])
    left = sa.func.sum(sa.case((hopes, 1), else_=0))
    startups = sa.select(*columns).where(*mine).group_by(*columns).having(left == 0)
    return Counter(run for run, _ in connection.execute(startups))
