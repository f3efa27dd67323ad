"""A whole cohort against all partners of a role: which rule removes each pair, and what it is worth.

A pair's code and score are those that it has in a list (see `matcher.matching.batch`): only the work is
shared among all pairs.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.interactions import local, qualified
from matcher.matching.answering import pair_scores
from matcher.matching.answers import Filters, PairScore
from matcher.matching.eligibility import Codes, Common, Request, common_rules, kind_of, rules_for, visible
from matcher.matching.labels import refuse_labels
from matcher.matching.pool import Pool
from matcher.matching.ranking import Candidate, Question, in_order, question
from matcher.matching.scoring import log_odds, sigmoid, two_sided
from matcher.matching.sides import PartnerSide, StartupSide
from matcher.matching.signal_matrix import signal_matrix
from matcher.matching.snapshot import Snapshot
from matcher.model.combination import Combination
from matcher.profiles import Profile, Role
from matcher.signals.meeting import EVERYBODY, Chosen, Meeting
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

PAIRS = 16_384
"""About so many pairs have their columns made at once."""
_AT_ONCE = 2048
"""So many pairs' columns become scores at once: they fit a processor's cache."""


@dataclass(frozen=True, slots=True)
class Part:
    """Partners of one pool, in `rows` of it: the grid's columns `start`…`start + len(rows)`."""

    pool: Pool
    rows: Rows
    start: int

    @property
    def columns(self) -> slice:
        """Where they stand in the grid."""
        return slice(self.start, self.start + len(self.rows))


@dataclass(frozen=True, slots=True)
class Grid:
    """n startups, a question each, against the m partners of a role that their organisation may see.

    `partners` are ordered by pool, then key. All questions are put to one snapshot.
    """

    asked: Sequence[Question]
    parts: Sequence[Part]
    partners: Sequence[Profile]

    @property
    def shape(self) -> tuple[int, int]:
        """How many startups and partners there are."""
        return len(self.asked), len(self.partners)

    @property
    def startups(self) -> list[Profile]:
        """The startups, by row."""
        return [one.request.query for one in self.asked]

    def codes(self) -> Codes:
        """The rule that removes each pair, int8 [n, m]; 0 where it is eligible."""
        out = np.empty(self.shape, dtype=np.int8)
        for part in self.parts:
            kinds: dict[Hashable, Common] = {}
            for row, one in enumerate(self.asked):
                out[row, part.columns] = _codes_of(one, part, kinds)
        return out

    def values(self, rows: Rows | None = None) -> Float64:
        """The two-sided score of every pair of these startups (all where None), eligible or not,
        [rows, m]."""
        chosen = np.arange(len(self.asked)) if rows is None else rows
        out = np.empty((len(chosen), len(self.partners)))
        for part in self.parts:
            for places, asked in self._alike(chosen):
                out[places, part.columns] = _values_of(asked, part)
        return out

    def halves(self, rows: Rows, columns: Rows) -> tuple[Float64, Float64]:
        """p_startup and p_partner of the pairs of startups in `rows` with partners in `columns`, [pairs]."""
        startup, partner = np.empty(len(rows)), np.empty(len(rows))
        for places, asked, pool, at in self._chosen(rows, columns):
            found = log_odds(_signals_of(asked, pool, at), _combination(asked[0]))
            startup[places], partner[places] = sigmoid(found.startup), sigmoid(found.partner)
        return startup, partner

    def pairs(self, rows: Rows, columns: Rows) -> list[PairScore]:
        """The pairs of startups in `rows` with partners in `columns` (same length), with their reasons, in
        the order given."""
        found: dict[int, tuple[Question, Candidate]] = {}
        for places, asked, pool, at in self._chosen(rows, columns):
            found |= zip(places.tolist(), _candidates(asked, pool, at), strict=True)
        return pair_scores([found[place] for place in range(len(rows))]) if found else []

    def _chosen(self, rows: Rows, columns: Rows) -> Iterator[tuple[Rows, list[Question], Pool, Rows]]:
        """Places of some pairs that are of like pools, their questions, and their partners' pool and rows."""
        for part in self.parts:
            here = (columns >= part.start) & (columns < part.start + len(part.rows))
            for places in self._together(rows, np.flatnonzero(here)):
                asked = [self.asked[row] for row in rows[places].tolist()]
                yield places, asked, part.pool, part.rows[columns[places] - part.start]

    def _alike(self, rows: Rows) -> Iterator[tuple[list[int], list[Question]]]:
        """Places in `rows` of startups that stand in the same pool, and their questions."""
        groups: dict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(rows.tolist()):
            groups[id(self.asked[row].home)].append(place)
        for places in groups.values():
            yield places, [self.asked[row] for row in rows[places].tolist()]

    def _together(self, rows: Rows, places: Rows) -> Iterator[Rows]:
        """Some of the places at a time, by pool and by startup."""
        for some, _ in self._alike(rows[places]):
            own = places[some]
            own = own[np.argsort([self.asked[row].row for row in rows[own].tolist()], kind="stable")]
            for start in range(0, len(own), PAIRS):
                yield own[start : start + PAIRS]


def grid_of(
    snapshot: Snapshot, organisation: str, startups: Sequence[str], role: Role, filters: Sequence[Filters]
) -> Grid:
    """The grid of these startups (ids), of whom each has must-haves of its own.

    Raises:
        NotFound: an unknown startup. InvalidInput: a must-have that nobody could have.
    """
    for one in set(filters):
        refuse_labels(one, snapshot, (organisation,), role)
    asked = [
        _question(snapshot, organisation, startup, role, own)
        for startup, own in zip(startups, filters, strict=True)
    ]
    parts: list[Part] = []
    for pool in snapshot.pools[role]:
        rows = visible(pool, organisation)
        rows = rows[np.argsort([pool.profiles[row].key for row in rows.tolist()], kind="stable")]
        parts.append(Part(pool, rows, sum(len(part.rows) for part in parts)))
    people = [part.pool.profiles[row] for part in parts for row in part.rows.tolist()]
    return Grid(asked, parts, people)


def _question(snapshot: Snapshot, organisation: str, startup: str, role: Role, filters: Filters) -> Question:
    query = snapshot.profile(qualified(organisation, startup), organisation)
    pool, row = snapshot.find(query.key, local(organisation, query.key))
    return question(snapshot, Request(organisation, query, float(pool.room[row]), filters), role)


def _codes_of(one: Question, part: Part, kinds: dict[Hashable, Common]) -> Codes:
    kind, snapshot = kind_of(one.request), one.snapshot
    if kind not in kinds:
        kinds[kind] = common_rules(one.request, part.pool, snapshot.attributes)
    rules = rules_for(one.request, part.pool, snapshot.context.relations, kinds[kind])
    return rules.every[part.rows]


def _values_of(asked: Sequence[Question], part: Part) -> Float64:
    """Scores [asked, part's partners] of questions that stand in one pool."""
    first = asked[0]
    side = first.home.sides[first.role].take(np.array([one.row for one in asked], dtype=np.intp))
    candidates = part.pool.sides[first.role].take(part.rows)
    out = np.empty((len(asked), len(part.rows)))
    step = max(1, PAIRS // max(1, len(part.rows)))
    for start in range(0, len(asked), step):
        rows = np.arange(start, min(start + step, len(asked)))
        startups, partners = in_order(side.take(rows), candidates)
        signals = _signals(first, (startups, partners), EVERYBODY)
        out[rows] = _scores(first, signals.reshape(-1, signals.shape[-1])).reshape(len(rows), -1)
    return out


def _candidates(asked: Sequence[Question], pool: Pool, at: Rows) -> Iterator[tuple[Question, Candidate]]:
    """Each question with its candidate in a row of the pool; those of one question stand together."""
    signals = _signals_of(asked, pool, at)
    scores = _scores(asked[0], signals).tolist()
    for one, row, columns, score in zip(asked, at.tolist(), signals, scores, strict=True):
        yield one, Candidate(pool, row, one.role, columns, score)


def _signals_of(asked: Sequence[Question], pool: Pool, at: Rows) -> Float32:
    """The columns of each question with its candidate, [pairs, columns]."""
    first = asked[0]
    mine, of_startup = np.unique([one.row for one in asked], return_inverse=True)
    theirs, of_partner = np.unique(at, return_inverse=True)
    ends = np.append(np.flatnonzero(np.diff(of_startup, prepend=-1)), len(asked))
    sides = in_order(first.home.sides[first.role].take(mine), pool.sides[first.role].take(theirs))
    return _signals(first, sides, Chosen(of_startup, of_partner, ends))


def _signals(one: Question, sides: tuple[StartupSide, PartnerSide], meeting: Meeting) -> Float32:
    context = one.snapshot.context
    return signal_matrix(*sides, context.knowledge[one.role], context.space, meeting)


def _scores(one: Question, signals: Float32) -> Float64:
    combination = _combination(one)
    out = np.empty(len(signals))
    for start in range(0, len(signals), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        out[some] = two_sided(log_odds(signals[some], combination))
    return out


def _combination(one: Question) -> Combination:
    return one.snapshot.context.knowledge[one.role].model.combination
