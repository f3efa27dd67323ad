"""Pairs and alternates of solved runs, as rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.result import Alternate, Meeting, Result
from matcher.errors import NotFound
from matcher.interactions import qualified
from matcher.matching.answers import PairScore
from matcher.store import merged
from matcher.store.bulk import insert_new, lists
from matcher.store.cohort_schema import match_alternates, match_pairs
from matcher.store.match_run_rows import alternate_of, meeting_of, pair_columns
from matcher.store.schema import profiles

_startups, _partners = profiles.alias("startups"), profiles.alias("partners")


def save(connection: sa.Connection, organisation: str, run: str, result: Result) -> None:
    """Put the result in the place of an earlier one.

    Raises:
        NotFound: somebody in it never existed.
    """
    for table in (match_pairs, match_alternates):
        connection.execute(sa.delete(table).where(table.c.run == run))
    pairs = [*(each.pair for each in result.meetings), *(each.pair for each in result.alternates)]
    names = {name for pair in pairs for name in (pair.startup_id, pair.partner_id)}
    numbers = numbers_of(connection, organisation, names)
    meetings = (
        _placed(run, each.pair, numbers) | {"origin": each.origin.value, "slot": each.slot}
        for each in result.meetings
    )
    alternates = (_placed(run, each.pair, numbers) | {"place": each.place} for each in result.alternates)
    # Two that were one by the time the run was solved are written once.
    for table, rows in ((match_pairs, meetings), (match_alternates, alternates)):
        for some in lists(rows):
            insert_new(connection, table, some, by=[column.name for column in table.primary_key])


def meetings(
    connection: sa.Connection,
    organisation: str,
    run: str,
    *conditions: sa.ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Meeting, ...]:
    """The run's pairs, by startup's key, the better pair first; all, or `limit` of them after `offset`."""
    wanted = _with_keys(match_pairs).where(match_pairs.c.run == run, *conditions)
    order = (_startups.c.key, match_pairs.c.score.desc(), _partners.c.key)
    rows = connection.execute(wanted.order_by(*order).offset(offset).limit(limit)).mappings()
    return tuple(meeting_of(row, organisation) for row in rows)


def alternates(
    connection: sa.Connection,
    organisation: str,
    run: str,
    *conditions: sa.ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
) -> tuple[Alternate, ...]:
    """The run's alternates, by startup's key, in their order; all, or `limit` of them after `offset`."""
    wanted = _with_keys(match_alternates).where(match_alternates.c.run == run, *conditions)
    order = (_startups.c.key, match_alternates.c.place)
    rows = connection.execute(wanted.order_by(*order).offset(offset).limit(limit)).mappings()
    return tuple(alternate_of(row, organisation) for row in rows)


def of_startup(key: str) -> sa.ColumnElement[bool]:
    """The condition that a pair or alternate is the startup's."""
    return _startups.c.key == key


def of_partner(key: str) -> sa.ColumnElement[bool]:
    """The condition that a pair or alternate is the partner's."""
    return _partners.c.key == key


def numbers_of(connection: sa.Connection, organisation: str, names: Iterable[str]) -> dict[str, int]:
    """The numbers of profiles by id as the organisation writes them; deleted ones have theirs still, merged
    ones that of the one that stays.

    Raises:
        NotFound: one never existed.
    """
    keys = {qualified(organisation, name): name for name in names}
    found: dict[str, int] = {}
    for some in lists(sorted(keys)):
        wanted = sa.select(profiles.c.key, merged.staying_number()).where(profiles.c.key.in_(some))
        found |= {keys[key]: number for key, number in connection.execute(wanted)}
    if unknown := sorted(set(keys.values()) - found.keys()):
        raise NotFound(f"no profile {unknown[0]!r} in organisation {organisation!r}")
    return found


def _placed(run: str, pair: PairScore, numbers: Mapping[str, int]) -> dict[str, Any]:
    who = {"run": run, "startup": numbers[pair.startup_id], "partner": numbers[pair.partner_id]}
    return who | pair_columns(pair)


def _with_keys(table: sa.Table) -> sa.Select[Any]:
    columns: Sequence[sa.ColumnElement[Any]] = (
        *table.c,
        _startups.c.key.label("startup_key"),
        _partners.c.key.label("partner_key"),
        _partners.c.role.label("partner_role"),
    )
    joined = table.join(_startups, table.c.startup == _startups.c.number)
    return sa.select(*columns).select_from(joined.join(_partners, table.c.partner == _partners.c.number))
