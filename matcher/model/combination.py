"""How columns become two probabilities: one linear combination for each side.

    p_side = sigmoid(intercept_side + Σ weight_side · clip((column − centre) / scale))

An unknown column (NaN) contributes nothing: it stands at the centre. Several columns may speak for one
signal: a signal is what a reason names, a column is one way to measure it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

CLIP = 8.0


@dataclass(frozen=True, slots=True)
class Term:
    """One column's place in the combination.

    `centre` is the value that says nothing, `scale` the step that counts one; the weights are log-odds
    per step for the startup's yes and for the partner's yes. `signal` is the reason that it speaks for.
    A `rising` column never counts against a pair for having more of it.
    """

    signal: str
    centre: float
    scale: float
    startup: float
    partner: float
    rising: bool = True


EXPERT_PRIOR: Mapping[str, Term] = {
    # what the texts say: a founder reads the partner's text closely, the partner skims
    "semantic": Term("semantic", 0.25, 0.12, 0.45, 0.3),
    "lexical": Term("lexical", 0.04, 0.05, 0.45, 0.3),
    # what both declare: needs decide for the startup; field, stage and ticket for the partner
    "needs": Term("needs", 0.40, 0.30, 0.90, 0.30),
    "industry": Term("industry", 0.40, 0.35, 0.50, 0.80),
    "stage": Term("stage", 0.60, 0.30, 0.20, 0.60),
    "region": Term("region", 0.50, 0.35, 0.25, 0.30),
    "ticket": Term("ticket", 0.60, 0.35, 0.35, 0.55),
    # what the partner has really chosen, in nats of log-odds: it speaks most for the partner's next yes
    "affinity_industry": Term("affinity_industry", 0.0, 1.0, 0.1, 0.2),
    "affinity_region": Term("affinity_region", 0.0, 1.0, 0.3, 0.5),
    "affinity_stage": Term("affinity_stage", 0.0, 1.0, 0.3, 0.5),
    "affinity_ask": Term("affinity_ask", 0.0, 1.0, 0.4, 0.6),
    "affinity_currency": Term("affinity_ask", 0.0, 1.0, 0.40, 0.60),
    "ask_fit": Term("affinity_ask", 0.0, 1.0, 0.0, 0.0),
    "ask_nearness": Term("affinity_ask", 0.0, 1.0, 0.0, 0.0),
    "affinity_needs": Term("affinity_needs", 0.0, 1.0, 0.3, 0.5),
    # what everyone does: it speaks most for the startup's choice
    "popularity": Term("activity", 0.0, 1.0, 0.6, 0.4),
    "pace_quarter": Term("activity", 0.0, 1.0, 0.15, 0.1),
    "pace_year": Term("activity", 0.0, 1.0, 0.0, 0.0),
    "pace_ever": Term("activity", 0.0, 1.0, 0.05, 0.05),
    "pace_new": Term("activity", 0.0, 1.0, 0.05, 0.05),
    "since_last": Term("activity", 0.0, 1.0, 0.0, 0.0, rising=False),
    "breadth_industry": Term("breadth", 0.0, 1.0, 0.0, 0.0, rising=False),
    "breadth_region": Term("breadth", 0.0, 1.0, 0.0, 0.0, rising=False),
    "breadth_stage": Term("breadth", 0.0, 1.0, 0.0, 0.0, rising=False),
    "company": Term("breadth", 0.0, 1.0, 0.0, 0.0, rising=False),
    "willingness": Term("response", 0.0, 1.0, 0.0, 0.60),
    "appeal": Term("response", 0.0, 1.0, 0.60, 0.0),
    "neighbours": Term("neighbours", 0.0, 1.0, 0.35, 0.25),
    "neighbours_close": Term("neighbours", 0.0, 1.0, 0.0, 0.0),
    "neighbours_recent": Term("neighbours", 0.0, 1.0, 0.0, 0.0),
    "neighbours_close_recent": Term("neighbours", 0.0, 1.0, 0.0, 0.0),
    "share": Term("neighbours", 0.0, 1.0, 0.3, 0.2),
    "companions": Term("companions", 0.0, 1.0, 0.60, 0.40),
    "factors": Term("factors", 0.0, 1.0, 0.60, 0.60),
    # what either side said no to, in nats below the usual: a partner's declines teach its own half alone
    "declines": Term("refusals", 0.0, 1.0, 0.0, 0.40),
    "dismissals": Term("refusals", 0.0, 1.0, 0.40, 0.0),
}
"""Log-odds that staff of an incubator would recognise. Those of behaviour were chosen on earlier cuts of real
deals (itjuzi 2014-01, 2014-07, 2015-01; crunchbase 2010-07, 2011-01) and are where learning starts from
(`training.combining`); the declared ones fade as behaviour is learned (`training.scaling`)."""

COLUMNS = tuple(EXPERT_PRIOR)
SIGNALS = tuple(dict.fromkeys(term.signal for term in EXPERT_PRIOR.values()))
HABITS = COLUMNS[COLUMNS.index("popularity") : COLUMNS.index("appeal") + 1]
"""Columns that are the partner's own, whoever asks."""
SIGNAL_OF = np.array([SIGNALS.index(term.signal) for term in EXPERT_PRIOR.values()], dtype=np.intp)
"""The signal of each column, as its place in SIGNALS."""
PRIOR_INTERCEPT = -2.0
"""Log-odds of an average pair: about one in eight says yes."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The combination as arrays over COLUMNS, shape [columns] each; intercepts are log-odds."""

    centre: Float64
    scale: Float64
    startup: Float64
    partner: Float64
    startup_intercept: float = PRIOR_INTERCEPT
    partner_intercept: float = PRIOR_INTERCEPT

    def standardise(self, columns: Float32) -> Float64:
        """Columns [..., columns] on the common scale; unknown becomes 0, extremes are clipped at ±8."""
        steps = np.asarray((columns - self.centre) / self.scale)
        np.clip(steps, -CLIP, CLIP, out=steps)
        steps[np.isnan(steps)] = 0
        return steps


def combination_of(terms: Mapping[str, Term]) -> Combination:
    """The arrays behind a table of terms, which must name every column."""
    rows = [terms[name] for name in COLUMNS]
    return Combination(
        centre=np.array([term.centre for term in rows]),
        scale=np.array([term.scale for term in rows]),
        startup=np.array([term.startup for term in rows]),
        partner=np.array([term.partner for term in rows]),
    )


def by_signal(columns: Float64) -> Float64:
    """Sums over the columns of each signal: [..., columns] → [..., signals]."""
    sums = np.zeros((*columns.shape[:-1], len(SIGNALS)))
    for own, signals in _IN_TURN:
        sums[..., signals] += columns[..., own]
    return sums


def _in_turn() -> list[tuple[Rows, Rows]]:
    """The first column of every signal and whose they are, then the second of those that have one, …"""
    own = [np.flatnonzero(np.equal(SIGNAL_OF, signal)) for signal in range(len(SIGNALS))]
    signals = [[s for s in range(len(own)) if len(own[s]) > turn] for turn in range(max(map(len, own)))]
    return [(np.array([own[s][turn] for s in some]), np.array(some)) for turn, some in enumerate(signals)]


_IN_TURN = _in_turn()
