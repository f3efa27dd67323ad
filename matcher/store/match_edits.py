"""Edits by hand, and the preferences that they tell of."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.edits import Edit, EditKind, Preference
from matcher.errors import NotFound
from matcher.store.cohort_schema import match_edits, preferences
from matcher.store.match_results import numbers_of
from matcher.store.match_run_rows import edit_of
from matcher.store.schema import profiles
from matcher.store.texts import check_storable

_startups, _partners, _others = (profiles.alias(name) for name in ("startups", "partners", "others"))


def add(
    connection: sa.Connection, organisation: str, run: str, edit: Edit, learnt: Sequence[tuple[str, str]]
) -> int:
    """Keep the edit and the pairs of partners (preferred, over) that it tells of; gives its number.

    Raises:
        NotFound: somebody in it never existed. InvalidInput: a reason that no database keeps.
    """
    check_storable("reason", edit.reason)
    named = [edit.startup_id, edit.partner_id, *(name for pair in learnt for name in pair)]
    numbers = numbers_of(connection, organisation, [*named, *filter(None, [edit.instead_of])])
    row = {
        "run": run,
        "version": edit.version,
        "kind": edit.kind.value,
        "startup": numbers[edit.startup_id],
        "partner": numbers[edit.partner_id],
        "instead_of": numbers.get(edit.instead_of),
        "reason": edit.reason,
        "who": edit.by,
        "at": edit.at,
    }
    number = int(connection.execute(sa.insert(match_edits).returning(match_edits.c.number), row).scalar_one())
    said = {"organisation": organisation, "run": run, "edit": number, "kind": edit.kind.value}
    said |= {"startup": row["startup"], "at": edit.at, "who": edit.by}
    labels = [{**said, "preferred": numbers[one], "over_partner": numbers[other]} for one, other in learnt]
    if labels:
        connection.execute(sa.insert(preferences), labels)
    return number


def undo(connection: sa.Connection, run: str, number: int, version: int) -> None:
    """Take the edit back, with what was learnt from it.

    Raises:
        NotFound: the run has no such edit, or it was taken back before.
    """
    mine = (match_edits.c.run == run, match_edits.c.number == number, match_edits.c.undone.is_(None))
    if not connection.execute(sa.update(match_edits).where(*mine).values(undone=version)).rowcount:
        raise NotFound(f"no edit {number} of this run that could be undone")
    connection.execute(sa.delete(preferences).where(preferences.c.edit == number))


def of_run(connection: sa.Connection, organisation: str, run: str) -> list[Edit]:
    """The run's edits that count, oldest first."""
    joined = (
        match_edits.join(_startups, match_edits.c.startup == _startups.c.number)
        .join(_partners, match_edits.c.partner == _partners.c.number)
        .outerjoin(_others, match_edits.c.instead_of == _others.c.number)
    )
    wanted = sa.select(
        match_edits,
        _startups.c.key.label("startup_key"),
        _partners.c.key.label("partner_key"),
        _others.c.key.label("other_key"),
    ).select_from(joined)
    mine = (match_edits.c.run == run, match_edits.c.undone.is_(None))
    rows = connection.execute(wanted.where(*mine).order_by(match_edits.c.number)).mappings()
    return [edit_of(row, organisation) for row in rows]


def copy(connection: sa.Connection, source: str, target: str) -> None:
    """Give another run the edits that count, without teaching anything twice."""
    names = [column.name for column in match_edits.c if column.name not in {"number", "run", "version"}]
    kept: list[Any] = [sa.literal(target), sa.literal(1), *(match_edits.c[name] for name in names)]
    mine = (match_edits.c.run == source, match_edits.c.undone.is_(None))
    rows = sa.select(*kept).where(*mine).order_by(match_edits.c.number)
    connection.execute(sa.insert(match_edits).from_select(["run", "version", *names], rows))


def learnt(
    connection: sa.Connection, since: dt.datetime | None, until: dt.datetime | None, organisation: str | None
) -> list[Preference]:
    """The preferences of edits that count, made in [since, until), oldest first."""
    conditions = [
        *([] if since is None else [preferences.c.at >= since]),
        *([] if until is None else [preferences.c.at < until]),
        *([] if organisation is None else [preferences.c.organisation == organisation]),
    ]
    joined = (
        preferences.join(_startups, preferences.c.startup == _startups.c.number)
        .join(_partners, preferences.c.preferred == _partners.c.number)
        .join(_others, preferences.c.over_partner == _others.c.number)
    )
    columns = (_startups.c.key, _partners.c.key, _others.c.key, *(preferences.c[n] for n in _SAID))
    wanted = sa.select(*columns).select_from(joined).where(*conditions)
    rows = connection.execute(wanted.order_by(preferences.c.at, preferences.c.number))
    return [_preference_of(row) for row in rows]


_SAID = ("kind", "at", "who", "run")


def _preference_of(row: Sequence[Any]) -> Preference:
    startup, preferred, over, kind, at, who, run = row
    return Preference(
        startup=startup, preferred=preferred, over=over, kind=EditKind(kind), at=at, by=who, run=run
    )
