"""Many queries at once: the very rankings that each has alone (see `matcher.matching.ranking`), with the work
of looking up, searching and scoring shared.

A pair's score does not depend on what else is asked (see `matcher.signals`), nor does the index's choice (see
`ExactIndex.search_many`): so neither does a list.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matcher.matching.eligibility import Common, Rule, Rules, common_rules, kind_of, rules_for
from matcher.matching.pool import EXHAUSTIVE, Pool, SearchSpace, Side, blocks_of
from matcher.matching.ranking import CANDIDATES, Candidate, Question, Ranking, best_first, in_order, rank, top
from matcher.matching.retrieval import Blocks
from matcher.matching.scoring import log_odds, two_sided
from matcher.matching.sides import StartupSide
from matcher.matching.signal_matrix import signal_matrix
from matcher.signals.meeting import EVERYBODY, Chosen, Meeting
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

PAIRS = 16_384
"""About so many pairs are scored at once."""
_AT_ONCE = 2048
"""So many pairs' columns become scores at once: they fit a processor's cache."""


def rank_all(asked: Sequence[Question], k: int) -> list[Ranking]:
    """`ranking.rank` of every question, in the order given. All must be put to the same snapshot."""
    found: dict[int, Ranking] = {}
    for places in _alike(asked):
        found |= zip(places, _rank_alike([asked[place] for place in places], k), strict=True)
    return [found[place] for place in range(len(asked))]


def _alike(asked: Sequence[Question]) -> Iterable[list[int]]:
    """Places of the questions that share a model, the pool that asks and the common rules."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        groups[one.role, id(one.home), kind_of(one.request)].append(place)
    return groups.values()


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions that are alike, against one pool; `side` has a row of arrays for each, `rules` what removes
    candidates."""

    asked: Sequence[Question]
    side: Side
    pool: Pool
    common: Common
    rules: Sequence[Rules]

    def __len__(self) -> int:
        return len(self.asked)

    @property
    def candidates(self) -> Side:
        """The arrays of the pool."""
        return self.pool.sides[self.asked[0].role]

    def part(self, places: Sequence[int]) -> "_Group":
        """Some of the questions."""
        asked, rules = [self.asked[place] for place in places], [self.rules[place] for place in places]
        return _Group(asked, self.side.take(np.array(places, dtype=np.intp)), self.pool, self.common, rules)

    def parts(self, pairs: int) -> "Iterator[_Group]":
        """The questions in turn, so many at once that PAIRS are not exceeded where each has so many pairs."""
        step = max(1, PAIRS // max(1, pairs))
        for start in range(0, len(self), step):
            yield self.part(range(start, min(start + step, len(self))))


def _rank_alike(asked: Sequence[Question], k: int) -> list[Ranking]:
    first = asked[0]
    if len(asked) == 1:
        return [rank(first, k)]  # is quicker
    side = first.home.sides[first.role].take(np.array([one.row for one in asked], dtype=np.intp))
    groups = [_group(asked, side, pool) for pool in first.pools]
    size = sum(group.common.visible for group in groups)
    best = zip(*(_best_of(group, k) for group in groups), strict=True)
    removed = zip(*(group.rules for group in groups), strict=True)
    return [
        Ranking(best_first([one for part in parts for one in part])[:k], size, _summed(rules))
        for parts, rules in zip(best, removed, strict=True)
    ]


def _summed(rules: Iterable[Rules]) -> Counter[Rule]:
    counts: Counter[Rule] = Counter()
    for one in rules:
        counts += one.removed
    return counts


def _group(asked: Sequence[Question], side: Side, pool: Pool) -> _Group:
    snapshot = asked[0].snapshot
    common = common_rules(asked[0].request, pool, snapshot.attributes)
    rules = [rules_for(one.request, pool, snapshot.context.relations, common) for one in asked]
    return _Group(asked, side, pool, common, rules)


def _best_of(group: _Group, k: int) -> list[list[Candidate]]:
    """The k best of each question, and all that tie with the last of them."""
    left = int(group.common.eligible.sum()) - np.array([len(_lost(rules)) for rules in group.rules])
    searched = left > EXHAUSTIVE if group.asked[0].role in group.pool.search else np.zeros(len(group), bool)
    best: dict[int, list[Candidate]] = {}
    for places, find in ((searched, _best_found), (~searched, _best_of_all)):
        some = np.flatnonzero(places).tolist()
        best |= zip(some, find(group.part(some), k) if some else (), strict=True)
    return [best[place] for place in range(len(group))]


def _lost(rules: Rules) -> Rows:
    """Rows that only the request's own rules remove."""
    return rules.rows[rules.common.eligible[rules.rows]]


def _best_of_all(group: _Group, k: int) -> Iterator[list[Candidate]]:
    """Everybody who is eligible is scored."""
    rows = np.flatnonzero(group.common.eligible)
    candidates = group.candidates.take(rows)
    for part in group.parts(len(rows)):
        signals = _signals(part, candidates, EVERYBODY)
        scores = _scores(part, signals.reshape(-1, signals.shape[-1])).reshape(signals.shape[:-1])
        for rules, columns, line in zip(part.rules, signals, scores, strict=True):
            kept = np.delete(np.arange(len(rows)), np.searchsorted(rows, _lost(rules)))
            best = kept[top(line[kept], k)]
            yield _picked(part, rows[best], columns[best], line[best])


def _best_found(group: _Group, k: int) -> Iterator[list[Candidate]]:
    """Whom the index finds is scored."""
    found = _retrieved(group)
    start = 0
    for part in group.parts(CANDIDATES):
        some, start = found[start : start + len(part)], start + len(part)
        rows, places = np.unique(np.concatenate(some), return_inverse=True)
        meeting = _meeting(part.side, [len(one) for one in some], places)
        signals = _signals(part, group.candidates.take(rows), meeting)
        scores = _scores(part, signals)
        for first, end in pairwise(meeting.ends.tolist()):
            best = first + top(scores[first:end], k)
            yield _picked(part, rows[places[best]], signals[best], scores[best])


def _picked(group: _Group, rows: Rows, signals: Float32, scores: Float64) -> list[Candidate]:
    role = group.asked[0].role
    picked = zip(rows.tolist(), signals, scores.tolist(), strict=True)
    return [Candidate(group.pool, row, role, columns, score) for row, columns, score in picked]


def _meeting(asking: Side, lengths: Sequence[int], places: Rows) -> Chosen:
    """Each asker with as many of the places as its length says."""
    askers = np.repeat(np.arange(len(lengths)), lengths)
    pairs = (askers, places) if isinstance(asking, StartupSide) else (places, askers)
    return Chosen(pairs[0], pairs[1], np.cumsum([0, *lengths]))


def _signals(group: _Group, candidates: Side, meeting: Meeting) -> Float32:
    """Columns [askers, candidates, columns] where everybody meets, else [pairs, columns]."""
    context = group.asked[0].snapshot.context
    startups, partners = in_order(group.side, candidates)
    signals = signal_matrix(
        startups, partners, context.knowledge[group.asked[0].role], context.space, meeting
    )
    return signals.swapaxes(0, 1) if signals.ndim == 3 and startups is candidates else signals


def _scores(group: _Group, signals: Float32) -> Float64:
    combination = group.asked[0].snapshot.context.knowledge[group.asked[0].role].model.combination
    out = np.empty(len(signals))
    for start in range(0, len(signals), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        out[some] = two_sided(log_odds(signals[some], combination))
    return out


def _retrieved(group: _Group) -> list[Rows]:
    role = group.asked[0].role
    space = group.pool.search[role]
    vectors = _vectors(space, blocks_of(group.side, role, group.asked[0].snapshot.context))
    return space.index.search_many(
        vectors, CANDIDATES, group.common.eligible, [_lost(rules) for rules in group.rules]
    )


def _vectors(space: SearchSpace, queries: Blocks) -> Float32:
    """`SearchSpace.vector` of every query; products that would round by the batch's shape one at a time."""
    width = queries.dense.shape[1]
    dense, sparse = space.basis[:width], space.basis[width:]
    out = np.concatenate([queries.dense[[row]] @ dense for row in range(len(queries))])
    out += queries.sparse[:, : len(sparse)] @ sparse
    return out
