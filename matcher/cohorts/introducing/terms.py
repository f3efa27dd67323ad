"""How long an introduction is open, and when those who have not answered are reminded."""

import datetime as dt
from dataclasses import dataclass

from matcher.errors import InvalidInput

MOST_DAYS = 365
MOST_REMINDERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """In whole days after the offer. No reminder comes at or after the expiry.

    Raises:
        InvalidInput: days out of their range, a reminder that comes twice or too late.
    """

    expires_after_days: int = 14
    remind_after_days: tuple[int, ...] = (7, 12)

    def __post_init__(self) -> None:
        if not 1 <= self.expires_after_days <= MOST_DAYS:
            rule = f"must be from 1 to {MOST_DAYS} days"
            raise InvalidInput("expires_after_days", self.expires_after_days, rule)
        days = self.remind_after_days
        if len(set(days)) < len(days) or len(days) > MOST_REMINDERS:
            rule = f"must be at most {MOST_REMINDERS} different days"
            raise InvalidInput("remind_after_days", ", ".join(map(str, days)), rule)
        for day in days:
            if not 1 <= day < self.expires_after_days:
                rule = f"must be from 1 to {self.expires_after_days - 1}: before the offer expires"
                raise InvalidInput(
                    "remind_after_days", day, rule, "leave it out, or let the offer run longer"
                )

    def expiry(self, offered_at: dt.datetime) -> dt.datetime:
        """When an offer of that moment ends."""
        return offered_at + dt.timedelta(days=self.expires_after_days)

    def reminders(self, offered_at: dt.datetime) -> list[dt.datetime]:
        """When its reminders are due, the first first."""
        return [offered_at + dt.timedelta(days=day) for day in sorted(self.remind_after_days)]


def default_terms(expires_after_days: int | None, remind_after_days: tuple[int, ...] | None) -> Terms:
    """The terms that somebody asks for; what they leave out (None) is as usual, as far as it fits."""
    usual = Terms()
    days = usual.expires_after_days if expires_after_days is None else expires_after_days
    fitting = tuple(day for day in usual.remind_after_days if day < days)
    reminders = fitting if remind_after_days is None else remind_after_days
    return Terms(expires_after_days=days, remind_after_days=reminders)
