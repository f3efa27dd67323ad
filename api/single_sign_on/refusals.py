"""Why somebody was not signed on: one word for pages to say kindly, and what the log may know."""

from enum import StrEnum


class Why(StrEnum):
    """What went wrong between the button and the session."""

    UNREACHABLE = "unreachable"
    MISCONFIGURED = "misconfigured"
    KEY_LOST = "key-lost"
    STALE = "stale"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNPROVEN = "unproven"
    NO_EMAIL = "no-email"
    UNVERIFIED = "unverified"
    DOMAIN = "domain"
    UNINVITED = "uninvited"
    ANOTHER = "another"
    LEFT = "left"
    GONE = "gone"
    LOCKED = "locked"


class NotSignedOn(Exception):
    """Signing on came to nothing. `told` is for the log: no token, no secret, no address of anybody; `email`
    is the address that the provider tells, where the person is to read it again."""

    def __init__(self, why: Why, told: str = "", *, email: str = "") -> None:
        super().__init__(f"{why}: {told}" if told else str(why))
        self.why = why
        self.told = told
        self.email = email
