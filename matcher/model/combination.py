"""How signals become two probabilities: one linear combination for each side.

    p_side = sigmoid(intercept_side + Σ weight_side · clip((signal − centre) / scale))

An unknown signal (NaN) contributes nothing: it stands at the centre.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

CLIP = 8.0


@dataclass(frozen=True, slots=True)
class Term:
    """One signal's place in the combination.

    `centre` is the value that says nothing, `scale` the step that counts one; the weights are log-odds
    per step for the startup's yes and for the partner's yes.
    """

    centre: float
    scale: float
    startup: float
    partner: float


EXPERT_PRIOR: dict[str, Term] = {
    # what the texts say: a founder reads the partner's text closely, the partner skims
    "semantic": Term(0.20, 0.12, 0.45, 0.30),
    "lexical": Term(0.03, 0.04, 0.45, 0.30),
    # what both declare: needs decide for the startup; field, stage and ticket for the partner
    "needs": Term(0.40, 0.30, 0.90, 0.30),
    "industry": Term(0.40, 0.35, 0.50, 0.80),
    "stage": Term(0.60, 0.30, 0.20, 0.60),
    "region": Term(0.50, 0.35, 0.25, 0.30),
    "ticket": Term(0.60, 0.35, 0.35, 0.55),
    # what the partner has really done, in nats of log-odds: it speaks most for the partner's next yes
    "affinity_industry": Term(0.0, 1.0, 0.20, 0.40),
    "affinity_region": Term(0.0, 1.0, 0.35, 0.65),
    "affinity_stage": Term(0.0, 1.0, 0.25, 0.65),
    "affinity_ask": Term(0.0, 1.0, 0.25, 0.50),
    # what everyone does: it speaks most for the startup's choice
    "activity": Term(0.0, 1.0, 0.70, 0.30),
    "neighbours": Term(0.0, 1.0, 0.40, 0.20),
    "factors": Term(0.0, 1.0, 1.00, 1.00),
}
"""Log-odds that staff of an incubator would recognise. Those of behaviour were chosen on earlier cuts of real
deals (itjuzi 2014-07, 2015-01; crunchbase 2011-01); the declared ones fade as behaviour is learned
(`training.scaling`)."""

SIGNALS = tuple(EXPERT_PRIOR)
PRIOR_INTERCEPT = -2.0
"""Log-odds of an average pair: about one in eight says yes."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The combination as arrays over SIGNALS, shape [signals] each; intercepts are log-odds."""

    centre: Float64
    scale: Float64
    startup: Float64
    partner: Float64
    startup_intercept: float = PRIOR_INTERCEPT
    partner_intercept: float = PRIOR_INTERCEPT

    def standardise(self, signals: Float32) -> Float64:
        """Signals [..., signals] on the common scale; unknown becomes 0, extremes are clipped at ±8."""
        steps = (signals - self.centre) / self.scale
        return np.clip(np.nan_to_num(steps, nan=0.0, posinf=CLIP, neginf=-CLIP), -CLIP, CLIP)


def combination_of(terms: dict[str, Term]) -> Combination:
    """The arrays behind a table of terms, which must name every signal."""
    rows = [terms[name] for name in SIGNALS]
    return Combination(
        centre=np.array([term.centre for term in rows]),
        scale=np.array([term.scale for term in rows]),
        startup=np.array([term.startup for term in rows]),
        partner=np.array([term.partner for term in rows]),
    )
