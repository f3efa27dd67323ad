"""Short ways to say some months of a ledger: the last month is October 2026."""

import datetime as dt
from collections.abc import Sequence

from matcher.attention.months import History, history_of, month_number, month_of
from matcher.ledger import LedgerEntry

OCTOBER = dt.date(2026, 10, 1)

Months = Sequence[float | None]


def entries(startup_id: str = "s1", *, last: dt.date = OCTOBER, **figures: Months) -> list[LedgerEntry]:
    """One entry for each month to `last`; each figure is given month after month, all of one length."""
    count = len(next(iter(figures.values())))
    first = month_number(last) - count + 1
    return [
        LedgerEntry(
            organisation="north",
            startup_id=startup_id,
            month=month_of(first + place),
            **{name: series[place] for name, series in figures.items()},
        )
        for place in range(count)
    ]


def history(due: dt.date = OCTOBER, **figures: Months) -> History:
    """The history of these months, of which the last is October 2026."""
    found = history_of(entries(**figures), due)
    assert found is not None
    return found
