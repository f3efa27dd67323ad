"""Profiles that were merged into another: whoever names one of them means the one that stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from matcher.store.bulk import lists
from matcher.store.schema import profiles

_gone, _stays = profiles.alias("gone"), profiles.alias("stays")
_BOTH = _gone.join(_stays, _gone.c.merged_into == _stays.c.number)


def staying_number(side: sa.FromClause = profiles) -> sa.ColumnElement[int]:
    """The number of the profile that a row of `profiles`, or of an alias of it, stands for: its own where it
    was not merged."""
    return sa.func.coalesce(side.c.merged_into, side.c.number)


def followed(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Of these keys, those of merged profiles with the key of the one that stays."""
    found: dict[str, str] = {}
    for some in lists(sorted(set(keys))):
        wanted = sa.select(_gone.c.key, _stays.c.key).select_from(_BOTH).where(_gone.c.key.in_(some))
        rows: Any = connection.execute(wanted)
        found |= dict(iter(rows))
    return found


@dataclass(frozen=True, slots=True)
class Staying:
    """Numbers of merged profiles, ascending, and beside each the number of the one that stays."""

    gone: npt.NDArray[np.int64]
    stays: npt.NDArray[np.int64]

    def of(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The numbers with merged ones replaced; the same array where there is nothing to replace."""
        if not len(self.gone) or not len(numbers):
            return numbers
        places = np.minimum(np.searchsorted(self.gone, numbers), len(self.gone) - 1)
        return np.where(self.gone[places] == numbers, self.stays[places], numbers)


def staying(connection: sa.Connection) -> Staying:
    """All merged profiles of all organisations."""
    wanted = sa.select(profiles.c.number, profiles.c.merged_into)
    there = wanted.where(profiles.c.merged_into.is_not(None)).order_by(profiles.c.number)
    rows: Sequence[Any] = connection.execute(there).all()
    numbers = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
    return Staying(numbers[:, 0], numbers[:, 1])


def with_merged(numbers: Sequence[int] | sa.Select[Any]) -> sa.Select[Any]:
    """A query of the numbers with those of the profiles merged into them."""
    return sa.select(_gone.c.number).where(
        sa.or_(_gone.c.number.in_(numbers), _gone.c.merged_into.in_(numbers))
    )


def means(own: sa.ColumnElement[int], number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """The condition that `own`, a number as it was recorded, is `number` or of a profile merged into it."""
    meant = sa.or_(_gone.c.number == number, _gone.c.merged_into == number)
    return own.in_(sa.select(_gone.c.number).where(meant).correlate_except(_gone))


def retold(since: int, until: int) -> sa.Select[Any]:
    """A query of number and key of the profiles whose history became another's, or their own again, after
    revision `since`, up to and with `until`."""
    wanted = sa.select(_gone.c.number, _gone.c.key).order_by(_gone.c.key)
    return wanted.where(_gone.c.merge_revision > since, _gone.c.merge_revision <= until)
