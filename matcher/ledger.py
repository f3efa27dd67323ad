"""The monthly ledger: what a startup reports of itself each month."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One startup's figures of one month (`month` is its first day). None means not reported.

    `headcount` and `present` are people, `revenue`, `orders` and `cash` amounts in the organisation's
    currency.
    """

    organisation: str
    startup_id: str
    month: dt.date
    headcount: float | None = None
    present: float | None = None
    revenue: float | None = None
    orders: float | None = None
    cash: float | None = None
    note: str = ""
