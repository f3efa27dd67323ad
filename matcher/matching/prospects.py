"""How one startup stands with each partner of a role: the rule that removes it, the past, both halves."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matcher.interactions import local
from matcher.matching.eligibility import Rule
from matcher.matching.pool import Pool
from matcher.matching.ranking import Question, scored
from matcher.matching.relations import Relation
from matcher.matching.scoring import log_odds, sigmoid
from matcher.profiles import Profile
from matcher.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Prospect:
    """One partner as the startup's organisation may see it.

    `partner_id` is as that organisation writes it. `score`, `p_startup` and `p_partner` are probabilities,
    told whether or not a `rule` removes the pair.
    """

    partner_id: str
    profile: Profile
    rule: Rule
    relation: Relation
    score: float
    p_startup: float
    p_partner: float


def prospects(asked: Question, only: Collection[str] | None = None) -> list[Prospect]:
    """Every partner that the asker may see, or those whose keys are `only`, ordered by key."""
    found = [prospect for pool in asked.pools for prospect in _of_pool(asked, pool, only)]
    return sorted(found, key=lambda prospect: prospect.profile.key)


def _of_pool(asked: Question, pool: Pool, only: Collection[str] | None) -> list[Prospect]:
    codes = asked.rules(pool)
    rows = np.flatnonzero(codes != np.int8(Rule.OUTSIDE))
    if only is not None:
        rows = np.intersect1d(rows, pool.keys.known(sorted(only)))
    return _told(asked, pool, rows, [Rule(code) for code in codes[rows].tolist()])


def _told(asked: Question, pool: Pool, rows: Rows, rules: list[Rule]) -> list[Prospect]:
    context, organisation = asked.snapshot.context, asked.request.organisation
    past = context.relations.of(asked.request.query.key)
    combination = context.knowledge[asked.role].model.combination
    figures: list[tuple[float, float, float]] = []
    for _, signals, scores in scored(asked, pool, rows):
        halves = log_odds(signals, combination)
        figures += zip(
            scores.tolist(), sigmoid(halves.startup).tolist(), sigmoid(halves.partner).tolist(), strict=True
        )
    people = [pool.profiles[row] for row in rows.tolist()]
    return [
        Prospect(local(organisation, who.key), who, rule, past.get(who.key, Relation.NONE), *three)
        for who, rule, three in zip(people, rules, figures, strict=True)
    ]
