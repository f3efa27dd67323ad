"""A meeting day as a value: who is there when, and who meets whom in which slot."""

from dataclasses import dataclass

from matcher.assignment.problem import Bool, Int64
from matcher.assignment.solving import Assignment
from matcher.errors import InvalidInput
from matcher.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Availability:
    """When everybody is there: `startups` [n, slots], `partners` [m, slots]."""

    startups: Bool
    partners: Bool

    def __post_init__(self) -> None:
        if self.startups.shape[1] != self.partners.shape[1]:
            both = (self.startups.shape[1], self.partners.shape[1])
            raise InvalidInput("slots", both, "must be as many for startups and for partners")

    @property
    def slots(self) -> int:
        """How many there are."""
        return int(self.startups.shape[1])

    def common(self, startups: Rows, partners: Rows) -> Bool:
        """When both of each pair are there, [pairs, slots]."""
        return self.startups[startups] & self.partners[partners]


@dataclass(frozen=True, slots=True)
class Timetable:
    """An `assignment` and the slot of each arc, −1 where it is not chosen. Without prices: one more place
    may be worth nothing where no slot is left for it."""

    assignment: Assignment
    slots: Int64
