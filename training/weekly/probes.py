"""Sanity probes: known good pairs must stand in the better half of their lists, whoever made the model."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.errors import NotFound
from matcher.interactions import InteractionTable
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Request
from matcher.matching.ranking import candidate_at, eligible, question
from matcher.matching.snapshot import Snapshot
from matcher.profiles import PARTNER_ROLES, Role
from training.deals import strength_of
from training.weekly.findings import Finding, Severity

Float64 = npt.NDArray[np.float64]
Pair = tuple[str, str]
"""Keys of a startup and a partner."""

STRONG = 0.8
"""Deals at least so strong tell of a good pair: accepted, met, mentored, invested."""
MOST = 100
_BETTER_HALF = 0.5
_EXAMPLES = 3
_NO_FILTERS = Filters()


def latest_deals(events: InteractionTable, most: int = MOST) -> list[Pair]:
    """The distinct pairs of the latest strong deals, the latest first."""
    rows = np.flatnonzero(strength_of(events) >= STRONG)[::-1].tolist()
    return list(dict.fromkeys((events.startups[row], events.partners[row]) for row in rows))[:most]


def standings(snapshot: Snapshot, pairs: Sequence[Pair]) -> list[tuple[Pair, float]]:
    """Each pair that still exists, with the share of its startup's candidates that the partner beats, 0…1.

    Ties count half; a startup without candidates is left out.
    """
    found = ((pair, _standing(snapshot, *pair)) for pair in pairs)
    return [(pair, standing) for pair, standing in found if standing is not None]


def judge_probes(found: Sequence[tuple[Pair, float]], least: float) -> list[Finding]:
    """Whether enough of the pairs stand in the better half; nothing to say of none."""
    if not found:
        return []
    failed = [pair for pair, standing in found if standing < _BETTER_HALF]
    facts = {
        "passed": len(found) - len(failed),
        "of": len(found),
        "least": least,
        "examples": [f"{startup} × {partner}" for startup, partner in failed[:_EXAMPLES]],
    }
    if len(found) - len(failed) < least * len(found):
        return [Finding("probes_failed", Severity.ERROR, facts)]
    return [Finding("probes_ok", Severity.OK, facts)]


def _standing(snapshot: Snapshot, startup: str, partner: str) -> float | None:
    try:
        pool, row = snapshot.find(partner, partner)
        query_pool, query_row = snapshot.find(startup, startup)
    except NotFound:
        return None
    query, role = query_pool.profiles[query_row], pool.profiles[row].role
    if query.role is not Role.STARTUP or role not in PARTNER_ROLES:
        return None
    asked = question(snapshot, Request(query.organisation, query, np.inf, _NO_FILTERS), role)
    scores = np.concatenate([rivals.scores for rivals in eligible(asked)])
    score = candidate_at(asked, pool, row).score
    beaten = float((scores < score).sum() + (scores == score).sum() / 2)
    return beaten / len(scores) if len(scores) else None
