"""One query against its pools: eligible, retrieved, scored in full, ranked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.matching.eligibility import Codes, Mask, Request, Rule, removed, rules_of
from matcher.matching.pool import EXHAUSTIVE, Pool, Side, blocks_of
from matcher.matching.scoring import log_odds, two_sided
from matcher.matching.sides import PartnerSide, StartupSide
from matcher.matching.signal_matrix import signal_matrix
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Role
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

CANDIDATES = 400
"""How many the index hands to full scoring; the list's recall of this choice is in `make bench`."""
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Candidate:
    """One scored pair: where the candidate stands, its columns [len(COLUMNS)] and score."""

    pool: Pool
    row: int
    role: Role
    """The partner role whose model scored the pair."""
    signals: Float32
    score: float

    @property
    def key(self) -> str:
        """The candidate's key."""
        return self.pool.profiles[self.row].key


class Rivals(NamedTuple):
    """Candidates of one pool with their scores, shape [n] each."""

    pool: Pool
    rows: Rows
    scores: Float64


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best of one request, best first, and how many fell where."""

    best: list[Candidate]
    pool: int
    removed: Counter[Rule]


@dataclass(frozen=True, slots=True)
class Question:
    """A request against one snapshot, under one partner role's model; the query is `row` of pool `home`."""

    snapshot: Snapshot
    request: Request
    role: Role
    home: Pool
    row: int

    @property
    def side(self) -> Side:
        """The query's row of arrays."""
        return self.home.sides[self.role].take(np.array([self.row]))

    @property
    def pools(self) -> tuple[Pool, ...]:
        """Where the candidates stand: partners for a startup, startups for a partner."""
        return self.snapshot.pools[self.role if self.request.query.role is Role.STARTUP else Role.STARTUP]

    def rules(self, pool: Pool) -> Codes:
        """See `eligibility.rules_of`."""
        return rules_of(self.request, pool, self.snapshot.context.relations, self.snapshot.attributes)


def question(snapshot: Snapshot, request: Request, role: Role) -> Question:
    """Look the query up for everything that is asked about it."""
    pool, row = snapshot.find(request.query.key, request.query.id)
    return Question(snapshot, request, role, pool, row)


def rank(asked: Question, k: int) -> Ranking:
    """The k best candidates, ties to the smaller key; fewer where fewer are eligible."""
    found: list[Candidate] = []
    counts: Counter[Rule] = Counter()
    size, side = 0, asked.side
    for pool in asked.pools:
        codes = asked.rules(pool)
        size += int((codes != Rule.OUTSIDE).sum())
        counts += removed(codes)
        found += _best_of(asked, side, pool, codes == Rule.ELIGIBLE, k)
    return Ranking(best_first(found)[:k], size, counts)


def best_first(candidates: list[Candidate]) -> list[Candidate]:
    """Higher scores first; ties by key."""
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.key))


def candidate_at(asked: Question, pool: Pool, row: int) -> Candidate:
    """One row scored, eligible or not."""
    ((_, signals, scores),) = _scored(asked, asked.side, pool, np.array([row]))
    return Candidate(pool, row, asked.role, signals[0], float(scores[0]))


def eligible(asked: Question) -> list[Rivals]:
    """Every eligible candidate of each pool with its score, none left to the index."""
    return [_rivals(asked, pool, np.flatnonzero(asked.rules(pool) == Rule.ELIGIBLE)) for pool in asked.pools]


def place_of(candidate: Candidate, rivals: list[Rivals]) -> int:
    """The candidate's place among its rivals, 1 for the best; ties go to the smaller key."""
    ahead = 0
    for pool, rows, scores in rivals:
        tied = rows[scores == candidate.score].tolist()
        ahead += int((scores > candidate.score).sum())
        ahead += sum(pool.profiles[row].key < candidate.key for row in tied)
    return 1 + ahead


def _rivals(asked: Question, pool: Pool, rows: Rows) -> Rivals:
    chunks = [scores for _, _, scores in _scored(asked, asked.side, pool, rows)]
    return Rivals(pool, rows, np.concatenate(chunks) if chunks else np.zeros(0))


def _best_of(asked: Question, side: Side, pool: Pool, allowed: Mask, k: int) -> list[Candidate]:
    best: list[Candidate] = []
    for rows, signals, scores in _scored(asked, side, pool, _retrieved(asked, side, pool, allowed)):
        best += [
            Candidate(pool, int(rows[i]), asked.role, signals[i], float(scores[i])) for i in top(scores, k)
        ]
    return best


def top(scores: Float64, k: int) -> Rows:
    """Positions of the k largest and of all that tie with the last of them."""
    if len(scores) <= k:
        return np.arange(len(scores))
    last = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= last)


def _retrieved(asked: Question, side: Side, pool: Pool, allowed: Mask) -> Rows:
    if allowed.sum() <= EXHAUSTIVE or asked.role not in pool.search:
        return np.flatnonzero(allowed)
    space = pool.search[asked.role]
    query = blocks_of(side, asked.role, asked.snapshot.context)
    return space.index.search(space.vector(query), CANDIDATES, allowed)


def _scored(asked: Question, side: Side, pool: Pool, rows: Rows) -> Iterator[tuple[Rows, Float32, Float64]]:
    """Rows, their signals and scores with the query, of whom `side` is the row of arrays, in chunks that keep
    memory flat."""
    context = asked.snapshot.context
    knowledge = context.knowledge[asked.role]
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        startups, partners = in_order(side, pool.sides[asked.role].take(chunk))
        signals = signal_matrix(startups, partners, knowledge, context.space).reshape(len(chunk), -1)
        yield chunk, signals, two_sided(log_odds(signals, knowledge.model.combination))


def in_order(query: Side, candidates: Side) -> tuple[StartupSide, PartnerSide]:
    """The startups first, whoever asks."""
    if isinstance(query, StartupSide) and isinstance(candidates, PartnerSide):
        return query, candidates
    if isinstance(query, PartnerSide) and isinstance(candidates, StartupSide):
        return candidates, query
    raise TypeError("a pair has one startup and one partner")
