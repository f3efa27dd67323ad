"""Temporal slices: what was asked in a window of the past, as it looked on the window's first day.

Each slice knows only the events before its first day; what startups and partners did within the window is
what it is judged by. Learning to rank from such slices is learning to foretell.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import log_odds
from matcher.model.combination import COLUMNS, Combination
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)

STEP_DAYS = 61
SLICES = 9
"""A year and a half, every second month: monthly slices gave the same lists at twice the cost."""
WINDOW_DAYS = 92
TOP, SAMPLED = 100, 60
"""Candidates kept of each query: the best of the unlearned score, and so many drawn from the rest."""


@dataclass(frozen=True, slots=True)
class Choices:
    """q queries with c candidates each. `columns` [q, c, columns]; `stands_for` [q, c]: how many candidates
    each stands for, 0 where it is none; `deals`, `wanted` [q, c]: who was dealt with, who was asked for."""

    columns: Float32
    stands_for: Float32
    deals: Bool
    wanted: Bool

    def __len__(self) -> int:
        return len(self.columns)


NO_CHOICES = Choices(
    np.zeros((0, 0, len(COLUMNS)), np.float32),
    np.zeros((0, 0), np.float32),
    np.zeros((0, 0), dtype=bool),
    np.zeros((0, 0), dtype=bool),
)


@dataclass(frozen=True, slots=True)
class Replies:
    """m answers of one side: `columns` [m, columns] as they looked on the slice's first day, `yes` [m]."""

    columns: Float32
    yes: Bool


@dataclass(frozen=True, slots=True)
class Slice:
    """One window of the past."""

    choices: Choices
    """Of startups that came for the first time."""
    by_startup: Replies
    by_partner: Replies
    returning: Choices = NO_CHOICES
    """Of startups that had partners before: enough to tell how loud evidence speaks, not what it says."""
    preferred: Choices = NO_CHOICES
    """What staff preferred by hand, of two partners each."""


def windows(as_of: int) -> list[tuple[int, int]]:
    """First day and end of each window, the latest first; none reaches `as_of` or beyond."""
    starts = [as_of - STEP_DAYS * place for place in range(1, SLICES + 1)]
    return [(start, min(start + WINDOW_DAYS, as_of)) for start in starts]


def chosen_candidates(
    columns: Float32, outcomes: tuple[Bool, Bool], candidates: Bool, prior: Combination, seed: int
) -> Choices:
    """Of all pairs [q, p, columns] those to learn from; queries whom nobody among `candidates` took drop out.

    `outcomes` are deals and wanted, [q, p]; `candidates` [q, p] those who could have been chosen.
    """
    deals, wanted = (outcome & candidates for outcome in outcomes)
    asked = np.flatnonzero((deals | wanted).any(axis=1))
    halves = log_odds(columns[asked], prior)
    score = np.where(candidates[asked], halves.startup + halves.partner, -np.inf)
    score[(deals | wanted)[asked]] = np.inf
    picked = _picked(score, np.random.default_rng(seed))
    stands_for = _stands_for(candidates[asked], picked)
    return Choices(
        _at(columns[asked], picked), stands_for, _at(deals[asked], picked), _at(wanted[asked], picked)
    )


def joined(parts: list[Choices]) -> Choices:
    """All of them as one, padded with candidates that stand for nobody."""
    width = max((part.columns.shape[1] for part in parts), default=0)
    every = [NO_CHOICES, *parts]
    columns = np.concatenate([_padded(part.columns, width) for part in every])
    stands_for = np.concatenate([_padded(part.stands_for, width) for part in every])
    deals = np.concatenate([_padded(part.deals, width) for part in every])
    return Choices(
        columns, stands_for, deals, np.concatenate([_padded(part.wanted, width) for part in every])
    )


def joined_replies(parts: list[Replies]) -> Replies:
    """All of them as one."""
    none = [Replies(np.zeros((0, len(COLUMNS)), np.float32), np.zeros(0, dtype=bool))]
    return Replies(
        np.concatenate([part.columns for part in none + parts]),
        np.concatenate([part.yes for part in none + parts]),
    )


def _picked(score: npt.NDArray[np.float64], rng: np.random.Generator) -> Rows:
    """Places of the best TOP of each row, then SAMPLED of the others, the same ranks for every row.

    The best stand in the order of the pairs: the chosen are among them, and a tie must not favour them.
    """
    order = np.argsort(-score, axis=1, kind="stable")
    rest = order[:, TOP:]
    drawn = np.sort(rng.permutation(rest.shape[1])[:SAMPLED])
    return np.concatenate([np.sort(order[:, :TOP], axis=1), rest[:, drawn]], axis=1)


def _stands_for(candidates: Bool, picked: Rows) -> Float32:
    """1 for the best; those drawn share the candidates that were not."""
    among = _at(candidates, picked).astype(np.float32)
    left = candidates.sum(axis=1) - among[:, :TOP].sum(axis=1)
    drawn = among[:, TOP:].sum(axis=1)
    among[:, TOP:] *= (left / np.maximum(drawn, 1))[:, None]
    return among


def _at(values: npt.NDArray[Value], picked: Rows) -> npt.NDArray[Value]:
    return values[np.arange(len(values))[:, None], picked]


def _padded(values: npt.NDArray[Value], width: int) -> npt.NDArray[Value]:
    missing = [(0, 0), (0, width - values.shape[1]), (0, 0)][: values.ndim]
    return np.pad(values, missing)
