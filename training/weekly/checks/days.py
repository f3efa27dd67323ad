"""Day numbers (days since 1970-01-01) as people and JSON write days."""

import datetime as dt

_EPOCH = dt.date(1970, 1, 1).toordinal()


def iso_day(day: int) -> str:
    """ "2026-11-01" for 20758."""
    return dt.date.fromordinal(day + _EPOCH).isoformat()
