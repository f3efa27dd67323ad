"""Habits: what is a partner's own whoever asks: how active, since when, how widely, in whose company."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family, family_of
from matcher.model.combination import HABITS
from matcher.model.parameters import Record
from matcher.vocabulary import Vocabulary
from training.answers import Answers, Said
from training.deals import Deals

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

QUARTER, YEAR, EVER = 90.0, 365.0, 1e9
"""Days after which a deal counts 1/e in each measure of pace."""
QUIET = {QUARTER: 0.1, YEAR: 0.1, EVER: 0.5}
"""Deals added before the logarithm, so that a long silence stays finite."""
DAYS_ADDED = 7.0
BREADTH_PRIOR = 0.01
ANSWERS_ADDED = 4.0


def habits_of(
    deals: Deals, record: Record, popularity: Float32, answers: Answers, attributes: Vocabulary
) -> Float32:
    """Each partner's habits, [partners, len(HABITS)] in the order of HABITS.

    `popularity` [partners]: log-odds of being chosen whatever the startup. All but the paces are NaN where a
    partner has no deals (no answers): nothing is known of its ways, but that it was quiet is.
    """
    first = _first_deals(deals)
    found = {
        "popularity": np.where(record.deals > 0, popularity, np.nan),
        "pace_quarter": _pace(deals, QUARTER),
        "pace_year": _pace(deals, YEAR),
        "pace_ever": _pace(deals, EVER),
        "pace_new": _pace(deals, YEAR, first),
        "since_last": _since_last(deals),
        "company": _company(deals),
        "willingness": _usual_answer(answers.by_partner, len(deals.partner_keys)),
        "appeal": _usual_answer(answers.by_startup, len(deals.partner_keys)),
        **_breadths(record, attributes),
    }
    return np.column_stack([found[name] for name in HABITS]).astype(np.float32)


def _pace(deals: Deals, decay_days: float, counted: npt.NDArray[np.bool_] | None = None) -> Float64:
    """Logarithm of the decayed number of deals, less its mean over partners."""
    weights = deals.weights(decay_days) * (1.0 if counted is None else counted)
    pace = np.log(np.bincount(deals.partners, weights, len(deals.partner_keys)) + QUIET[decay_days])
    return np.asarray(pace - pace.mean())


def _first_deals(deals: Deals) -> npt.NDArray[np.bool_]:
    """Whether the startup had no deal before, [n]."""
    first = np.full(len(deals.startup_keys), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(first, deals.startups, deals.days)
    return np.asarray(deals.days == first[deals.startups])


def _since_last(deals: Deals) -> Float64:
    """Logarithm of the days since the last deal."""
    last = np.full(len(deals.partner_keys), np.inf)
    np.minimum.at(last, deals.partners, deals.ages)
    return np.where(np.isfinite(last), np.log(last + DAYS_ADDED), np.nan)


def _company(deals: Deals) -> Float64:
    """Logarithm of the usual number of partners in its deals of one context on one day, itself counted."""
    together = deals.contexts.astype(np.int64) * (deals.as_of + 1) + deals.days
    _, deal_of, sizes = np.unique(together, return_inverse=True, return_counts=True)
    partners = len(deals.partner_keys)
    mean = (np.bincount(deals.partners, sizes[deal_of], partners) + 2) / (
        np.bincount(deals.partners, minlength=partners) + 1
    )
    known = np.bincount(deals.partners, minlength=partners) > 0
    return np.where(known, np.log(mean), np.nan)


def _usual_answer(answers: Said, partners: int) -> Float64:
    """Log-odds of a yes against everyone's, shrunk by ANSWERS_ADDED answers like everyone's."""
    if not len(answers):
        return np.full(partners, np.nan)
    rate = (answers.yes.sum() + 1) / (len(answers) + 2)
    yes = np.bincount(answers.partners, answers.yes, partners) + ANSWERS_ADDED * rate
    no = np.bincount(answers.partners, ~answers.yes, partners) + ANSWERS_ADDED * (1 - rate)
    known = np.bincount(answers.partners, minlength=partners) > 0
    return np.where(known, np.log(yes / no) - np.log(rate / (1 - rate)), np.nan)


def _breadths(record: Record, attributes: Vocabulary) -> dict[str, Float64]:
    families = np.array(
        [family_of(term) for term in attributes.terms[: record.times.shape[1]]], dtype=np.str_
    )
    return {
        f"breadth_{family}": _breadth(record.times[:, np.flatnonzero(families == family.value)])
        for family in (Family.INDUSTRY, Family.REGION, Family.STAGE)
    }


def _breadth(times: sp.csr_matrix) -> Float64:
    """Entropy in nats of a partner's deals over the attributes of a family; NaN where it had none.

    Attributes that no deal had are left out: what is known of them may be of a later day.
    """
    cells = len(np.unique(times.indices))
    counts = times.data + BREADTH_PRIOR
    row_of = np.repeat(np.arange(times.shape[0]), np.diff(times.indptr))
    blanks = cells - np.diff(times.indptr)
    totals = np.bincount(row_of, counts, times.shape[0]) + blanks * BREADTH_PRIOR
    sums = np.bincount(row_of, counts * np.log(counts), times.shape[0])
    sums = sums + blanks * BREADTH_PRIOR * np.log(BREADTH_PRIOR)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = np.log(totals) - sums / totals
    return np.where(np.diff(times.indptr) > 0, entropy, np.nan)
