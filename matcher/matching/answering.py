"""From ranked candidates to answers: pairs with their reasons, funnels, explanations."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np

from matcher.interactions import local
from matcher.matching.answers import Explanation, Funnel, Match, MatchList, PairScore, Reason, Warmth
from matcher.matching.eligibility import Rule
from matcher.matching.facts import Pair, facts_of
from matcher.matching.past import Past, past_of
from matcher.matching.pointing import Pointing, pointings_of
from matcher.matching.ranking import Candidate, Question, Ranking, candidate_at, eligible, place_of
from matcher.matching.scoring import log_odds, sigmoid
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Profile, Role

SHOWN_REASONS = 5
"""A pair shows its strongest terms; the rest are summed in one that is named "other"."""


def match_lists(asked: Sequence[Question], rankings: Sequence[Ranking], role: Role | None) -> list[MatchList]:
    """The answers for many queries put to one snapshot; `role` is what was looked for (None: both partner
    roles)."""
    listed = zip(asked, rankings, strict=True)
    pairs = iter(pair_scores([(one, found) for one, ranking in listed for found in ranking.best]))
    return [
        MatchList(
            query_id=local(one.request.organisation, one.request.query.key),
            role=role,
            matches=tuple(
                Match(place, candidate.pool.profiles[candidate.row].name, next(pairs))
                for place, candidate in enumerate(ranking.best, start=1)
            ),
            funnel=_funnel(ranking),
            warmth=warmth(one.snapshot, one.request.query),
            model_version=one.snapshot.model.version,
        )
        for one, ranking in zip(asked, rankings, strict=True)
    ]


def pair_score(asked: Question, candidate: Candidate) -> PairScore:
    """One pair's score, halves and reasons, under the model that ranked it."""
    (pair,) = pair_scores([(asked, candidate)])
    return pair


def pair_scores(listed: Sequence[tuple[Question, Candidate]]) -> list[PairScore]:
    """The scores of many pairs, in the order given."""
    found: dict[int, PairScore] = {}
    for role in dict.fromkeys(candidate.role for _, candidate in listed):
        places = [place for place, (_, candidate) in enumerate(listed) if candidate.role is role]
        found |= zip(places, _pairs([listed[place] for place in places], role), strict=True)
    return [found[place] for place in range(len(listed))]


def _pairs(listed: Sequence[tuple[Question, Candidate]], role: Role) -> Iterator[PairScore]:
    """Pairs of one role's model."""
    snapshot = listed[0][0].snapshot
    combination = snapshot.context.knowledge[role].model.combination
    columns = np.stack([candidate.signals for _, candidate in listed])
    halves, found = log_odds(columns, combination), pointings_of(columns, combination)
    figures = (sigmoid(halves.startup).tolist(), sigmoid(halves.partner).tolist(), found.base.tolist())
    pair_of = _meetings(snapshot, role)
    for (asked, candidate), pointings, p_startup, p_partner, base in zip(
        listed, found.pairs, *figures, strict=True
    ):
        other = candidate.pool.profiles[candidate.row]
        pair = pair_of(asked.request.query, other)
        yield PairScore(
            startup_id=local(asked.request.organisation, pair.startup.key),
            partner_id=local(asked.request.organisation, pair.partner.key),
            role=pair.partner.role,
            score=candidate.score,
            p_startup=p_startup,
            p_partner=p_partner,
            base=base,
            reasons=reasons_of(pointings, pair),
            warmth=warmth(snapshot, other),
        )


def _meetings(snapshot: Snapshot, role: Role) -> Callable[[Profile, Profile], Pair]:
    """Makes pairs of a query and its candidate; a partner's past is looked up once for all its pairs."""
    model, today, idf = snapshot.context.knowledge[role].model, snapshot.context.today, snapshot.context.idf

    @cache
    def past(partner: str) -> Past:
        return past_of(model, partner, snapshot.attributes, today)

    def pair_of(query: Profile, other: Profile) -> Pair:
        startup, partner = (query, other) if query.role is Role.STARTUP else (other, query)
        return Pair(startup, partner, past(partner.key), idf)

    return pair_of


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


def reasons_of(pointings: Sequence[Pointing], pair: Pair) -> tuple[Reason, ...]:
    """The strongest that can be told truly, strongest first, and the sum of all others.

    What points the other way at the end than on the way (see `Pointing.sound`) is among the others.
    """
    told = (reason for pointing in pointings if pointing.sound and (reason := _reason(pointing, pair)))
    shown = tuple(islice(told, SHOWN_REASONS))
    named = {reason.signal for reason in shown}
    rest = [pointing.points for pointing in pointings if pointing.signal not in named]
    return (*shown, Reason("other", sum(rest))) if sum(rest) else shown


def _reason(pointing: Pointing, pair: Pair) -> Reason | None:
    facts = facts_of(pointing, pair)
    if facts is None:
        return None
    told = {name: value for name, value in facts.items() if name != "uncertain"}
    return Reason(pointing.signal, pointing.points, told, bool(facts.get("uncertain")))


def _funnel(ranking: Ranking) -> Funnel:
    removed = {rule.name.lower(): count for rule, count in sorted(ranking.removed.items())}
    full = ranking.removed[Rule.NO_ROOM]
    left = ranking.pool - sum(ranking.removed.values())
    return Funnel(ranking.pool, left + full, left, len(ranking.best), removed)
