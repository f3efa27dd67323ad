"""Who may be listed at all: the hard rules, applied before the search."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from matcher.features.table import widened
from matcher.matching.answers import Filters
from matcher.matching.filters import wanted_terms
from matcher.matching.pool import Pool, rows_named
from matcher.matching.relations import Relation, Relations
from matcher.profiles import Profile, Role
from matcher.text.comparable import comparable
from matcher.vocabulary import Rows, Vocabulary

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


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for every request of a kind (see `kind_of`): `codes` int8 [n], how many rows each rule
    `removed`, and who is `eligible` [n] as far as that goes."""

    codes: Codes
    removed: Counter[Rule]
    eligible: Mask

    @property
    def visible(self) -> int:
        """How many rows are part of the pool."""
        return int((self.codes != np.int8(Rule.OUTSIDE)).sum())


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule that removes each row of a pool: the common one, but for `rows` with `codes` of their own."""

    common: Common
    rows: Rows
    codes: Codes

    @property
    def every(self) -> Codes:
        """The rule that removes each row, int8 [n]; 0 where it is eligible."""
        every = self.common.codes.copy()
        every[self.rows] = self.codes
        return every

    @property
    def removed(self) -> Counter[Rule]:
        """How many rows each rule removed, OUTSIDE and ELIGIBLE left out."""
        counts = Counter(self.common.removed)
        for before, after in zip(self.common.codes[self.rows].tolist(), self.codes.tolist(), strict=True):
            counts[Rule(before)] -= 1
            counts[Rule(after)] += 1
        return Counter({rule: count for rule, count in counts.items() if rule > Rule.OUTSIDE and count})


def kind_of(request: Request) -> Hashable:
    """Requests of the same kind have the same `Common`."""
    query, full = request.query, request.room <= 0
    active, deploying = query.takes_part, query.deploying is not False
    return request.organisation, query.role is Role.STARTUP, active, deploying, full, request.filters


def common_rules(request: Request, pool: Pool, attributes: Vocabulary) -> Common:
    """The rules that ask only for the request's kind."""
    codes = np.zeros(len(pool), dtype=np.int8)
    for rule, mask in _masks(request, pool, attributes):
        code = np.int8(rule)  # a plain int or enumeration would widen the comparison to 64 bits
        codes[np.flatnonzero(mask & ((codes == 0) | (codes > code)))] = code
    return Common(codes, removed(codes), codes == np.int8(Rule.ELIGIBLE))


def rules_for(request: Request, pool: Pool, relations: Relations, common: Common) -> Rules:
    """The request's own rules, where they go before the common ones."""
    own: dict[int, int] = {}
    for row, rule in _own(request.query, pool, relations):
        before = own.get(row, int(common.codes[row]))
        if before == Rule.ELIGIBLE or before > rule:
            own[row] = rule
    return Rules(common, np.array(list(own), dtype=np.intp), np.array(list(own.values()), dtype=np.int8))


def rules_of(request: Request, pool: Pool, relations: Relations, attributes: Vocabulary) -> Codes:
    """The rule that removes each row of the pool, int8 [n]; 0 where it is eligible."""
    return rules_for(request, pool, relations, common_rules(request, pool, attributes)).every


def removed(codes: Codes) -> Counter[Rule]:
    """How many rows each rule removed, OUTSIDE and ELIGIBLE left out."""
    counts = np.bincount(codes, minlength=len(Rule)).tolist()
    return Counter({rule: counts[rule] for rule in Rule if rule > Rule.OUTSIDE and counts[rule]})


def visible(pool: Pool, organisation: str) -> Rows:
    """Rows of the profiles that the organisation may see: its own and those shared to all."""
    return np.flatnonzero(_seen(pool, organisation))


def _seen(pool: Pool, organisation: str) -> Mask:
    own = pool.organisations.rows((organisation,), unknown=-1)[0]
    return np.asarray(((pool.owners == own) | pool.shared) & pool.present)


def _masks(request: Request, pool: Pool, attributes: Vocabulary) -> list[tuple[Rule, Mask]]:
    query = request.query
    no_room = pool.room <= 0 if query.role is Role.STARTUP else np.full(len(pool), request.room <= 0)
    return [
        (Rule.OUTSIDE, ~_seen(pool, request.organisation)),
        (Rule.INACTIVE, ~pool.active | (not query.takes_part)),
        (Rule.NOT_DEPLOYING, ~pool.deploying | (query.deploying is False)),
        (Rule.FILTERED, ~_passes(request.filters, pool, attributes)),
        (Rule.NO_ROOM, no_room),
    ]


def _own(query: Profile, pool: Pool, relations: Relations) -> Iterator[tuple[int, Rule]]:
    """Rows that the query or they themselves refuse, and those that something has passed with already."""
    refused = rows_named(pool, query.organisation, (*query.exclude, *query.conflicts)).tolist()
    called = (*query.keys, *map(comparable, query.names))
    refusing = [row for name in called for row in pool.refusals.get(name, ())]
    startup_s, partner_s = (refused, refusing) if query.role is Role.STARTUP else (refusing, refused)
    yield from ((row, Rule.EXCLUDED) for row in startup_s)
    yield from ((row, Rule.CONFLICT) for row in partner_s)
    for other, relation in relations.of(query.key).items():
        if other in pool.keys:
            row = pool.keys.row(other)
            yield from ((row, rule) for flag, rule in _RELATION_RULES.items() if relation & flag)


def _passes(filters: Filters, pool: Pool, attributes: Vocabulary) -> Mask:
    """Rows that declare at least one label of every must-have field."""
    passing = np.ones(len(pool), dtype=bool)
    for terms in wanted_terms(filters):
        passing &= declaring(pool, terms, attributes)
    return passing


def declaring(pool: Pool, terms: Sequence[str], attributes: Vocabulary) -> Mask:
    """Rows that declare at least one of the terms."""
    if not len(pool):
        return np.zeros(0, dtype=bool)
    side = next(iter(pool.sides.values()))
    wanted = np.zeros(len(attributes), dtype=np.float32)
    wanted[attributes.known(terms)] = 1
    return np.asarray(widened(side.attributes, len(attributes)) @ wanted > 0)
