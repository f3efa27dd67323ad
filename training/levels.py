"""Levels: mentors and investors on one scale, however much is known of each.

Scores of both stand side by side in lists of all partners and in people's eyes. A half that is calibrated on
answers ("of those asked, so many said yes") is larger than one calibrated on deals among all candidates, and
an uncalibrated one is in the prior's round figures: mixed, they made lists of mentors alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import log_odds
from matcher.model.combination import Combination
from matcher.profiles import Role
from training.calibration import SAME, Scale, Scales, brought_to, scaled

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    """A role's combination and the columns of some of its pairs [..., columns].

    `answers` turns log-odds of deals into those that the halves tell, None where deals are too few to
    calibrate on.
    """

    combination: Combination
    answers: Scales | None
    columns: Float32


def levelled(roles: Mapping[Role, Heard]) -> dict[Role, Combination]:
    """The combinations, each half told in the same terms in every role.

    Where one role's half is told in answers and another's in deals, the other's is turned into answers as
    the first's were. A role without deals enough takes the level of one that has them: what is unknown is
    taken to be the average. Where no role has, all stay as they are.
    """
    known = [heard.answers for heard in roles.values() if heard.answers and heard.columns.size]
    if not known:
        return {role: heard.combination for role, heard in roles.items()}
    terms = _first_told([startup for startup, _ in known]), _first_told([partner for _, partner in known])
    told = {role: _in_terms(heard, terms) for role, heard in roles.items()}
    like = next(
        (told[role], heard.columns) for role, heard in roles.items() if heard.answers and heard.columns.size
    )
    return {
        role: told[role]
        if heard.answers or not heard.columns.size
        else _brought(told[role], heard.columns, like)
        for role, heard in roles.items()
    }


def _first_told(scales: list[Scale]) -> Scale:
    return next((scale for scale in scales if scale != SAME), SAME)


def _in_terms(heard: Heard, terms: Scales) -> Combination:
    """The combination with the halves that are told in deals turned into answers."""
    if heard.answers is None:
        return heard.combination
    startup, partner = (
        wanted if mine == SAME else SAME for mine, wanted in zip(heard.answers, terms, strict=True)
    )
    return scaled(heard.combination, (startup, partner))


def _brought(combination: Combination, columns: Float32, like: tuple[Combination, Float32]) -> Combination:
    """The combination with the mean and spread that the other has over its own pairs."""
    mine, theirs = (
        log_odds(pairs.reshape(-1, pairs.shape[-1]), one) for one, pairs in ((combination, columns), like)
    )
    return scaled(
        combination, (brought_to(mine.startup, theirs.startup), brought_to(mine.partner, theirs.partner))
    )
