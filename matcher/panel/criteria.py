"""Criteria: what each application is marked by, and the score that the marks make."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.errors import InvalidInput
from matcher.profiles import MAX_NAME

MOST_CRITERIA = 20
MOST_WEIGHT = 1000
_MOST_HELP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that is marked, on the panel's scale; `weight` against the others', `help` for who marks it.

    Raises:
        InvalidInput: a blank name, a weight that is none.
    """

    name: str
    weight: int = 1
    help: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > MAX_NAME or not self.name.isprintable():
            raise InvalidInput("criteria", self.name, f"must be 1 to {MAX_NAME} printable characters")
        if not 1 <= self.weight <= MOST_WEIGHT:
            raise InvalidInput(
                "criteria", self.weight, f"is no weight: a whole number from 1 to {MOST_WEIGHT}"
            )
        if len(self.help) > _MOST_HELP:
            raise InvalidInput("criteria", self.help[:80], f"is longer than {_MOST_HELP} characters")


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Refuse too many criteria, or two of one name.

    Raises:
        InvalidInput: either.
    """
    if len(criteria) > MOST_CRITERIA:
        raise InvalidInput("criteria", len(criteria), f"must be at most {MOST_CRITERIA}")
    names = [criterion.name for criterion in criteria]
    for name in names:
        if names.count(name) > 1:
            raise InvalidInput("criteria", name, "is listed twice", "give each a name of its own")


def weighted(marks: Sequence[float], criteria: Sequence[Criterion]) -> float:
    """The weighted mean of one mark for each criterion: exact, then rounded once, so that equal marks make
    equal scores in whatever order they stand."""
    whole = sum(criterion.weight for criterion in criteria)
    parts = (
        Fraction(repr(float(mark))) * criterion.weight
        for mark, criterion in zip(marks, criteria, strict=True)
    )
    return float(sum(parts, Fraction(0)) / whole)
