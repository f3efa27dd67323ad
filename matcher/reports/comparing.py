"""Versions beside each other at equal position: who stands first is asked more often, whoever it is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.reports.attribution import DAY, NEVER, Answers
from matcher.reports.odds import OddsRatio, mantel_haenszel
from matcher.shown import Feedback

FOLLOW_UP_DAYS = 7
"""Every pair is given so long: an older version would otherwise have had more time for its yeses."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`version` against the one before it, at equal position, role and organisation.

    `odds` are those of a yes of the reader; None where the data cannot tell. `pairs` of each were shown and
    followed, of which so many had a yes.
    """

    version: str
    against: str
    odds: OddsRatio | None
    pairs: int
    pairs_against: int
    yes: int
    yes_against: int


@dataclass(frozen=True, slots=True)
class _Pairs:
    """p pairs, each as a version first showed it: codes of version and stratum, whether a yes followed."""

    versions: Places
    strata: Places
    yes: npt.NDArray[np.bool_]


def comparisons(feedback: Feedback, answers: Answers, now: int) -> tuple[Comparison, ...]:
    """Each version against the one that began before it; none of fewer than two. `now` is in microseconds.

    A pair counts once for each version, where that one first showed it, if that was FOLLOW_UP_DAYS ago; a yes
    counts that came within them. Yeses to pairs that the earlier version showed as well may be missed by the
    later one: who is connected is no longer listed.
    """
    names = list(dict.fromkeys(feedback.shown.versions))
    pairs = _first_shown(feedback, answers, names, now)
    return tuple(_comparison(pairs, names, later) for later in range(1, len(names)))


def _first_shown(feedback: Feedback, answers: Answers, names: list[str], now: int) -> _Pairs:
    shown, people = feedback.shown, len(feedback.people.keys)
    codes = {name: code for code, name in enumerate(names)}
    versions = np.array([codes[name] for name in shown.versions], np.int64)[shown.lists]
    directed = (versions * people + shown.queries[shown.lists]) * people + shown.partners
    _, first, pair = np.unique(directed, return_index=True, return_inverse=True)
    yes_at = np.full(len(first), NEVER)
    np.minimum.at(yes_at, pair, answers.yes_at)
    follow_up = FOLLOW_UP_DAYS * DAY
    shown_at = shown.moments[shown.lists[first]]
    ripe = shown_at <= now - follow_up
    strata = _strata(feedback)[first]
    return _Pairs(versions[first][ripe], strata[ripe], (yes_at <= shown_at + follow_up)[ripe])


def _strata(feedback: Feedback) -> Places:
    """A code of each line's position, role of who was shown, and organisation."""
    shown, roles = feedback.shown, feedback.people.roles
    traits = zip(
        shown.positions.tolist(), roles[shown.partners], shown.organisations[shown.lists], strict=True
    )
    codes: dict[tuple[object, ...], int] = {}
    return np.array([codes.setdefault(each, len(codes)) for each in traits], np.intp)


def _comparison(pairs: _Pairs, names: list[str], later: int) -> Comparison:
    tables = np.zeros((int(pairs.strata.max(initial=-1)) + 1, 2, 2))
    for row, code in enumerate((later - 1, later)):
        mine = pairs.versions == code
        for column, said in enumerate((pairs.yes, ~pairs.yes)):
            tables[:, row, column] = np.bincount(pairs.strata[mine & said], minlength=len(tables))
    counts = tables.sum(axis=0).astype(int)
    return Comparison(
        version=names[later],
        against=names[later - 1],
        odds=mantel_haenszel(tables),
        pairs=int(counts[1].sum()),
        pairs_against=int(counts[0].sum()),
        yes=int(counts[1, 0]),
        yes_against=int(counts[0, 0]),
    )
