"""From ranked candidates to answers: pairs with their reasons, funnels, explanations."""

import numpy as np

from matcher.interactions import local
from matcher.matching.answers import Explanation, Funnel, Match, MatchList, PairScore, Reason, Warmth
from matcher.matching.eligibility import Rule
from matcher.matching.facts import facts_of
from matcher.matching.ranking import Candidate, Question, Ranking, candidate_at, eligible, place_of
from matcher.matching.scoring import log_odds, sigmoid, terms_of
from matcher.matching.snapshot import Snapshot
from matcher.model.combination import SIGNALS, Combination
from matcher.profiles import Profile, Role

SHOWN_REASONS = 5
"""A pair shows its strongest terms; the rest are summed in one that is named "other"."""


def match_list(asked: Question, ranking: Ranking, role: Role | None) -> MatchList:
    """The answer for one query; `role` is what was looked for (None: both partner roles)."""
    matches = [
        Match(place, candidate.pool.profiles[candidate.row].name, pair_score(asked, candidate))
        for place, candidate in enumerate(ranking.best, start=1)
    ]
    query = asked.request.query
    return MatchList(
        query_id=local(asked.request.organisation, query.key),
        role=role,
        matches=tuple(matches),
        funnel=_funnel(ranking),
        warmth=warmth(asked.snapshot, query),
        model_version=asked.snapshot.model.version,
    )


def pair_score(asked: Question, candidate: Candidate) -> PairScore:
    """The pair's score, halves and reasons, under the model that ranked it."""
    combination = asked.snapshot.context.knowledge[candidate.role].model.combination
    query, other = asked.request.query, candidate.pool.profiles[candidate.row]
    startup, partner = (query, other) if query.role is Role.STARTUP else (other, query)
    halves = log_odds(candidate.signals, combination)
    base, reasons = _reasons(candidate, combination, startup, partner)
    return PairScore(
        startup_id=local(asked.request.organisation, startup.key),
        partner_id=local(asked.request.organisation, partner.key),
        role=partner.role,
        score=candidate.score,
        p_startup=float(sigmoid(halves.startup)),
        p_partner=float(sigmoid(halves.partner)),
        base=base,
        reasons=reasons,
        warmth=warmth(asked.snapshot, other),
    )


def explanation(asked: Question, other: Profile, k: int) -> Explanation:
    """Why the pair of the query and `other` is, or is not, in a list of k."""
    pool, row = asked.snapshot.find(other.key, other.id)
    candidate = candidate_at(asked, pool, row)
    rule = Rule(int(asked.rules(pool)[row]))
    rivals = eligible(asked)
    scores = np.sort(np.concatenate([rival.scores for rival in rivals]))[::-1]
    listed = float(scores[min(k, len(scores)) - 1]) if len(scores) else None
    return Explanation(
        pair=pair_score(asked, candidate),
        removed_by=() if rule is Rule.ELIGIBLE else (Reason(rule.name.lower(), 0.0),),
        rank=place_of(candidate, rivals) if rule is Rule.ELIGIBLE else None,
        eligible=len(scores),
        k=k,
        listed_score=listed,
        lacking=max(0.0, listed - candidate.score) if listed is not None else 0.0,
        model_version=asked.snapshot.model.version,
    )


def warmth(snapshot: Snapshot, profile: Profile) -> Warmth:
    """Hot with interactions, warm with anything to compare, else cold."""
    known = snapshot.context.relations.is_active(profile.key) or profile.key in snapshot.model.startups
    if known or any(profile.key in part.partners for part in snapshot.model.roles.values()):
        return Warmth.HOT
    declared = (
        profile.text,
        profile.industries,
        profile.region,
        profile.stage,
        profile.stages,
        profile.needs,
        profile.offers,
    )
    return Warmth.WARM if any(declared) else Warmth.COLD


def _reasons(
    candidate: Candidate, combination: Combination, startup: Profile, partner: Profile
) -> tuple[float, tuple[Reason, ...]]:
    """The base and the reasons, strongest first; base + points = score."""
    terms = terms_of(candidate.signals[None, :], combination)
    points = terms.points[0]
    order = [int(i) for i in np.argsort(-np.abs(points), kind="stable") if points[i]]
    shown = [
        Reason(SIGNALS[i], float(points[i]), facts_of(SIGNALS[i], startup, partner))
        for i in order[:SHOWN_REASONS]
    ]
    rest = float(points[order[SHOWN_REASONS:]].sum())
    return float(terms.base[0]), (*shown, Reason("other", rest)) if len(order) > SHOWN_REASONS else tuple(
        shown
    )


def _funnel(ranking: Ranking) -> Funnel:
    removed = {rule.name.lower(): count for rule, count in sorted(ranking.removed.items())}
    full = ranking.removed[Rule.NO_ROOM]
    left = ranking.pool - sum(ranking.removed.values())
    return Funnel(ranking.pool, left + full, left, len(ranking.best), removed)
