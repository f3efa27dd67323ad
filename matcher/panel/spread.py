"""How far reviewers agree: the spread of an application's scores, and reviews that stand apart.

Both are told as shares of the panel's scale, so that one rule serves every scale. They say where to look and
to talk, not who is right.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.panel.ranking import exact
from matcher.panel.values import Panel, Review

DISAGREEMENT = Fraction(1, 4)
"""From this share of the scale on, an application's scores lie so far apart that reviewers disagree."""
APART = Fraction(1, 5)
"""From this share of the scale on, a score is far from the mean of the others' for the same application."""


@dataclass(frozen=True, slots=True)
class Spread:
    """An application's scores from `low` to `high` (None without one); `disagreed`: they lie far apart."""

    application: str
    count: int
    low: float | None
    high: float | None
    disagreed: bool

    @property
    def width(self) -> float | None:
        """How far the scores lie apart; None of fewer than two."""
        return None if self.low is None or self.high is None or self.count < 2 else self.high - self.low


@dataclass(frozen=True, slots=True)
class Standing:
    """One reviewer beside those who scored the same applications: `compared` scores, the mean `distance` of
    these from the mean of the others' (None of none), and the applications where it stands `apart`."""

    reviewer: str
    compared: int
    distance: float | None
    apart: tuple[str, ...]


def spreads(panel: Panel) -> tuple[Spread, ...]:
    """The spread of every application's scores, in the panel's order."""
    given = _scores(panel)
    return tuple(
        _spread(each.id, list(given[each.id].values()), _scale(panel)) for each in panel.applications
    )


def standings(panel: Panel) -> tuple[Standing, ...]:
    """How every reviewer stands beside the others, in the panel's order."""
    given, scale = _scores(panel), _scale(panel)
    distances: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for application, scores in given.items():
        for reviewer, score in scores.items():
            others = [other for who, other in scores.items() if who != reviewer]
            if others:
                distances[reviewer][application] = abs(score - sum(others, Fraction(0)) / len(others))
    return tuple(_standing(each.id, distances[each.id], scale) for each in panel.reviewers)


def _scale(panel: Panel) -> Fraction:
    return exact(panel.settings.score_max) - exact(panel.settings.score_min)


def _scores(panel: Panel) -> Mapping[str, dict[str, Fraction]]:
    """The scores that are in, by application and reviewer."""
    found: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for review in panel.reviews:
        if review.score is not None:
            found[review.application][review.reviewer] = exact(review.score)
    return found


def _spread(application: str, scores: Sequence[Fraction], scale: Fraction) -> Spread:
    if not scores:
        return Spread(application, 0, None, None, disagreed=False)
    low, high = min(scores), max(scores)
    return Spread(
        application, len(scores), float(low), float(high), disagreed=high - low >= DISAGREEMENT * scale
    )


def _standing(reviewer: str, distances: Mapping[str, Fraction], scale: Fraction) -> Standing:
    if not distances:
        return Standing(reviewer, 0, None, ())
    mean = float(sum(distances.values(), Fraction(0)) / len(distances))
    apart = tuple(application for application, one in distances.items() if one >= APART * scale)
    return Standing(reviewer, len(distances), mean, apart)


def waiting(panel: Panel) -> Mapping[str, Sequence[Review]]:
    """The reviews of each reviewer whose scores are not in, by reviewer; those with none are left out."""
    withdrawn = {application.id for application in panel.applications if application.withdrawn}
    found: dict[str, list[Review]] = defaultdict(list)
    for review in panel.reviews:
        if review.score is None and review.application not in withdrawn:
            found[review.reviewer].append(review)
    return found
