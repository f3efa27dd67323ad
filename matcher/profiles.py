"""Profiles: what an organisation wrote about a startup, mentor or investor.

Labels (industries, region, stages, needs, offers) are kept as written; `matcher.features` resolves
them through the taxonomies, so that a better taxonomy needs no new import.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from matcher.errors import InvalidInput

MAX_ID = 100
MAX_NAME = 300
MAX_DESCRIPTION = 50_000
MAX_LABELS = 200


class Role(StrEnum):
    """What a profile is. Mentors and investors are partners."""

    STARTUP = "startup"
    MENTOR = "mentor"
    INVESTOR = "investor"

    @property
    def noun(self) -> str:
        """The role with its article, as sentences name it: a mentor, an investor."""
        return f"an {self}" if self is Role.INVESTOR else f"a {self}"


PARTNER_ROLES = (Role.MENTOR, Role.INVESTOR)


class Status(StrEnum):
    """Only active profiles are matched."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


COLUMNS: dict[Role, tuple[str, ...]] = {
    Role.STARTUP: tuple(
        "id name description industries region stage needs raising_amount raising_currency founded "
        "team_size languages tags exclude status".split()
    ),
    Role.MENTOR: tuple(
        "id name description offers industries region stages capacity min_load languages tags "
        "conflicts status".split()
    ),
    Role.INVESTOR: tuple(
        "id name description kind industries region stages offers ticket_min ticket_max currency "
        "annual_rate term_months deploying capacity tags conflicts status".split()
    ),
}
"""The exchange format's columns of each role, in order. Each is a field of `Profile`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One startup, mentor or investor.

    `key` is unique everywhere; `id` within its organisation. None and empty mean unknown, never zero.
    Amounts are in units of their currency (ISO 4217), rates in percent a year, terms in months.

    Raises:
        InvalidInput: an id, name or size that no profile may have.
    """

    organisation: str
    role: Role
    id: str
    name: str
    description: str = ""
    industries: tuple[str, ...] = ()
    region: str = ""
    stage: str = ""
    stages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    raising_amount: float | None = None
    raising_currency: str = ""
    founded: dt.date | None = None
    team_size: int | None = None
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    kind: str = ""
    ticket_min: float | None = None
    ticket_max: float | None = None
    currency: str = ""
    annual_rate: float | None = None
    term_months: int | None = None
    deploying: bool | None = None
    capacity: int | None = None
    min_load: int | None = None
    status: Status = Status.ACTIVE
    shared: bool = False
    """A partner that other organisations of the network may be matched with."""
    opted_out_at: dt.datetime | None = dataclasses.field(default=None, compare=False)
    """Since when the one it is about wants no automated matching; None while it takes part. It is theirs to
    say (`Store.opt_out`): no import and no edit of the profile changes it."""
    also: tuple[str, ...] = dataclasses.field(default=(), compare=False)
    """Key, name, key, name … of the profiles that were merged into this one: whoever names one of them means
    this one. Merging sets it, nothing else does."""

    def __post_init__(self) -> None:
        check_id("id", self.id)
        if not self.name.strip():
            raise InvalidInput("name", self.name, "must not be blank", "give the name people know it by")
        _check_length("name", self.name, MAX_NAME)
        _check_length("description", self.description, MAX_DESCRIPTION)
        for field in ("industries", "stages", "needs", "offers", "languages", "tags", "exclude", "conflicts"):
            if len(getattr(self, field)) > MAX_LABELS:
                raise InvalidInput(
                    field, len(getattr(self, field)), f"labels are too many (at most {MAX_LABELS})"
                )
        for field in (
            "raising_amount",
            "ticket_min",
            "ticket_max",
            "annual_rate",
            "capacity",
            "min_load",
            "team_size",
        ):
            value = getattr(self, field)
            if value is not None and not 0 <= value < 1e15:
                raise InvalidInput(field, value, "must be a number from 0 to 10^15")

    @property
    def key(self) -> str:
        """The profile's name in the whole network: organisation:id."""
        return f"{self.organisation}:{self.id}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key, and those of the profiles that were merged into it."""
        return (self.key, *self.also[::2])

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, and those of the profiles that were merged into it."""
        return (self.name, *self.also[1::2])

    @property
    def takes_part(self) -> bool:
        """Whether it is matched at all: active, and not opted out."""
        return self.status is Status.ACTIVE and self.opted_out_at is None

    @property
    def text(self) -> str:
        """What the encoder reads: the description, else nothing (a name alone says too little)."""
        return self.description.strip()


def columns_of(profile: Profile) -> dict[str, object]:
    """The profile as its role's exchange-format columns, typed values, in order."""
    return {name: getattr(profile, name) for name in COLUMNS[profile.role]}


def check_ticket(profile: Profile) -> None:
    """Refuse a smallest ticket above the largest; what is stored already may have them so.

    Raises:
        InvalidInput: names both, and what to do.
    """
    low, high = profile.ticket_min, profile.ticket_max
    if low is not None and high is not None and low > high:
        rule = f"must not be more than the largest ticket ({high:.15g})"
        raise InvalidInput("ticket_min", f"{low:.15g}", rule, "swap the two")


def check_id(field: str, value: str) -> None:
    """Refuse an id that could not be told apart from another or written in a URL.

    Raises:
        InvalidInput: blank, over 100 characters, with a colon, white space at an end or a control character;
            "." and "..", which clients take for steps of a path.
    """
    if not value or len(value) > MAX_ID or ":" in value or value != value.strip() or not value.isprintable():
        rule = f"must be 1 to {MAX_ID} printable characters without a colon"
        raise InvalidInput(field, value, rule, "leave it empty to have one made")
    if value in {".", ".."}:
        raise InvalidInput(field, value, "is a step of a path", "leave it empty to have one made")


def _check_length(field: str, value: str, most: int) -> None:
    if len(value) > most:
        raise InvalidInput(field, value, f"has {len(value)} characters (at most {most})", "shorten it")


FIELDS = tuple(field.name for field in dataclasses.fields(Profile))
