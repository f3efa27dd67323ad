"""Who may be listed at all: the hard rules, applied before the search."""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from matcher.features.table import widened
from matcher.matching.answers import Filters
from matcher.matching.filters import wanted_terms
from matcher.matching.pool import Pool, rows_named
from matcher.matching.relations import Relation, Relations
from matcher.profiles import Profile, Role, Status
from matcher.text.comparable import comparable
from matcher.vocabulary import Vocabulary

Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]


class Rule(IntEnum):
    """Why a candidate is not listed; of several rules the smallest counts. ELIGIBLE is none."""

    ELIGIBLE = 0
    OUTSIDE = 1
    """Removed, or of another organisation that does not share it: not part of the pool."""
    INACTIVE = 2
    NOT_DEPLOYING = 3
    EXCLUDED = 4
    CONFLICT = 5
    DISMISSED = 6
    DECLINED = 7
    CONNECTED = 8
    FILTERED = 9
    NO_ROOM = 10


_RELATION_RULES = {
    Relation.CONNECTED: Rule.CONNECTED,
    Relation.DECLINED: Rule.DECLINED,
    Relation.DISMISSED: Rule.DISMISSED,
}


@dataclass(frozen=True, slots=True)
class Request:
    """Whose list is asked for: `organisation` asks for `query`, which has `room` places left."""

    organisation: str
    query: Profile
    room: float
    filters: Filters


def rules_of(request: Request, pool: Pool, relations: Relations, attributes: Vocabulary) -> Codes:
    """The rule that removes each row of the pool, int8 [n]; 0 where it is eligible."""
    codes = np.zeros(len(pool), dtype=np.int8)
    for rule, mask in _masks(request, pool, attributes):
        _apply(codes, rule, mask)
    _apply_relations(codes, request.query.key, pool, relations)
    return codes


def removed(codes: Codes) -> Counter[Rule]:
    """How many rows each rule removed, OUTSIDE and ELIGIBLE left out."""
    counts = {rule: int(np.count_nonzero(codes == np.int8(rule))) for rule in Rule if rule > Rule.OUTSIDE}
    return Counter({rule: count for rule, count in counts.items() if count})


def _apply(codes: Codes, rule: Rule, mask: Mask) -> None:
    code = np.int8(rule)  # a plain int or enumeration would widen the comparison to 64 bits
    codes[np.flatnonzero(mask & ((codes == 0) | (codes > code)))] = code


def _masks(request: Request, pool: Pool, attributes: Vocabulary) -> list[tuple[Rule, Mask]]:
    query = request.query
    own = pool.organisations.rows((request.organisation,), unknown=-1)[0]
    visible = (pool.owners == own) | pool.shared
    refused = _mask(pool, rows_named(pool, query.organisation, (*query.exclude, *query.conflicts)))
    refusing = _mask(
        pool, [*pool.refusals.get(query.key, ()), *pool.refusals.get(comparable(query.name), ())]
    )
    startup_asks = query.role is Role.STARTUP
    no_room = pool.room <= 0 if startup_asks else np.full(len(pool), request.room <= 0)
    return [
        (Rule.OUTSIDE, ~(visible & pool.present)),
        (Rule.INACTIVE, ~pool.active | (query.status is not Status.ACTIVE)),
        (Rule.NOT_DEPLOYING, ~pool.deploying | (query.deploying is False)),
        (Rule.EXCLUDED, refused if startup_asks else refusing),
        (Rule.CONFLICT, refusing if startup_asks else refused),
        (Rule.FILTERED, ~_passes(request.filters, pool, attributes)),
        (Rule.NO_ROOM, no_room),
    ]


def _mask(pool: Pool, rows: npt.ArrayLike) -> Mask:
    mask = np.zeros(len(pool), dtype=bool)
    mask[np.asarray(rows, dtype=np.intp)] = True
    return mask


def _apply_relations(codes: Codes, query: str, pool: Pool, relations: Relations) -> None:
    for other, relation in relations.of(query).items():
        if other in pool.keys:
            row = pool.keys.row(other)
            for flag, rule in _RELATION_RULES.items():
                if relation & flag and (codes[row] == Rule.ELIGIBLE or codes[row] > rule):
                    codes[row] = rule


def _passes(filters: Filters, pool: Pool, attributes: Vocabulary) -> Mask:
    """Rows that declare at least one label of every must-have field."""
    passing = np.ones(len(pool), dtype=bool)
    if not len(pool):
        return passing
    side = next(iter(pool.sides.values()))
    declared = widened(side.table.attributes, len(attributes))
    for terms in wanted_terms(filters):
        wanted = np.zeros(len(attributes), dtype=np.float32)
        wanted[attributes.known(terms)] = 1
        passing &= declared @ wanted > 0
    return passing
