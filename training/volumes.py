"""How loud each kind of evidence may speak: a handful of volumes, fitted where there is too little for more.

The expert prior says what matters within a kind of evidence; whether texts, declarations or behaviour tell
more differs from city to city. One factor for each kind, the same for both halves, is found from some dozen
choices by penalised likelihood, where forty weights could not be.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination
from training.slices import Choices

Float64 = npt.NDArray[np.float64]

PENALTY = 3.0
"""In queries: with so many, choices and the prior (every volume 1) weigh about the same. Chosen among 3, 10,
30 and 100 on three quarters of an invented city."""
LOUDEST = 4.0
_KINDS = {
    "texts": ("semantic", "lexical"),
    "declared": ("needs", "industry", "stage", "region", "ticket"),
    "tastes": (
        "affinity_industry",
        "affinity_region",
        "affinity_stage",
        "affinity_ask",
        "affinity_needs",
    ),
    "habits": ("activity", "breadth"),
    "crowd": ("neighbours", "factors"),
    "company": ("companions",),
}
"""The signals of each kind. What either side's answers say (response, refusals) is of none: choices do not
tell how much that counts, and silenced it (mutual acceptances in four invented worlds: 1.606 for 1.589)."""
_KIND_OF = np.array(
    [
        next((place for place, signals in enumerate(_KINDS.values()) if term.signal in signals), len(_KINDS))
        for term in EXPERT_PRIOR.values()
    ]
)
_ABSENT = 1e-30


def volumed(prior: Combination, choices: Choices) -> Combination:
    """The prior with the volumes that make the choices most likely; without choices, the prior.

    A query's choices are its deals, or else its wishes; log-odds of a choice are the mean of the halves.
    Where there are plenty, those of startups that came back stay out: likelihood would silence the company
    that is kept, which ranks their partners best (nDCG@10 of warm startups on itjuzi 2015-01 and crunchbase
    2011-01: .102 and .088 without them, .093 and .083 with them, and new startups alike).
    """
    chosen = np.where(choices.deals.any(axis=1, keepdims=True), choices.deals, choices.wanted)
    asked = np.flatnonzero(chosen.any(axis=1)) if len(choices) else np.zeros(0, np.intp)
    if not len(asked):
        return prior
    parts = _by_kind(prior, choices.columns[asked])
    standing = np.log(np.maximum(choices.stands_for[asked], _ABSENT)).astype(np.float64)
    target = chosen[asked] / chosen[asked].sum(axis=1, keepdims=True)
    found = np.append(_fitted(parts[..., :-1], standing + parts[..., -1], target), 1.0)[_KIND_OF]
    return replace(prior, startup=prior.startup * found, partner=prior.partner * found)


def _by_kind(prior: Combination, columns: npt.NDArray[np.float32]) -> Float64:
    """What each kind, and last what is of none, adds to the mean log-odds of every pair: an array [queries,
    candidates, kinds + 1]."""
    points = prior.standardise(columns) * ((prior.startup + prior.partner) / 2)
    member = np.zeros((len(COLUMNS), len(_KINDS) + 1))
    member[np.arange(len(COLUMNS)), _KIND_OF] = 1
    return np.asarray(points @ member)


def _fitted(parts: Float64, standing: Float64, target: Float64) -> Float64:
    """The volumes, each in 0…LOUDEST (conditional logit with candidates that stand for others)."""

    def loss(volumes: Float64) -> tuple[float, Float64]:
        away = volumes - 1
        scores = parts @ volumes + standing
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        slope = np.einsum("qc,qck->k", likely / total - target, parts)
        value = -float((target * (scores - np.log(total))).sum())
        return value + 0.5 * PENALTY * float(away @ away), slope + PENALTY * away

    bounds = [(0.0, LOUDEST)] * len(_KINDS)
    found = minimize(loss, np.ones(len(_KINDS)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)
