"""One partner's past as counts of startups: what sentences about its record are made of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.interactions import day_number
from matcher.model.cases import Outcome
from matcher.model.parameters import RoleModel
from matcher.vocabulary import Rows, Vocabulary

Mask = npt.NDArray[np.bool_]

YEAR = 365
_MET, _TAKEN = np.int8(Outcome.MET), np.int8(Outcome.TAKEN)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many startups of a kind: `met` (or more), `taken` on among them, or at least `asked` for it; `ago`:
    days since the last that was met, None where none was."""

    met: int
    taken: int
    asked: int
    ago: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """The n cases of one partner, as of `today` (days since 1970-01-01); none of one that is new.

    `terms` are the rows in `attributes` of what the cases are described by, one case after the other, and
    `case_of` the case of each. `requests` are startups that asked for it and were answered, `accepted` those
    that heard a yes; `declined` counts the others by the row of each attribute.
    """

    today: int
    attributes: Vocabulary
    startups: npt.NDArray[np.int32]
    days: npt.NDArray[np.int32]
    outcomes: npt.NDArray[np.int8]
    terms: Rows
    case_of: Rows
    requests: int = 0
    accepted: int = 0
    declined: Mapping[int, int] = field(default_factory=dict)
    _masks: dict[tuple[str, ...], Mask] = field(default_factory=dict, repr=False, compare=False)
    _tallies: dict[tuple[str, ...] | None, Tally] = field(default_factory=dict, repr=False, compare=False)
    """What was asked before: many startups ask the same of a partner."""

    def having(self, terms: Iterable[str]) -> Mask:
        """Which cases have any of the attributes, [n]; only to be read."""
        named = tuple(terms)
        if named not in self._masks:
            found = np.zeros(len(self.days), dtype=bool)
            for row in self.attributes.known(named).tolist():
                found[self.case_of[self.terms == row]] = True
            self._masks[named] = found
        return self._masks[named]

    def tally_of(self, terms: Iterable[str]) -> Tally:
        """The startups of the cases that have any of the attributes."""
        named = tuple(terms)
        if named not in self._tallies:
            self._tallies[named] = tally(self, self.having(named))
        return self._tallies[named]

    @property
    def whole(self) -> Tally:
        """The startups of all cases."""
        if None not in self._tallies:
            self._tallies[None] = tally(self)
        return self._tallies[None]

    def declined_with(self, term: str) -> int:
        """How many startups with the attribute it declined."""
        return sum(self.declined.get(row, 0) for row in self.attributes.known([term]).tolist())


def past_of(model: RoleModel, key: str, attributes: Vocabulary, today: dt.date) -> Past:
    """The past of the partner behind a key, as far as its role's model has heard of it."""
    cases, day = model.cases, day_number(today)
    if key not in model.partners or model.partners.row(key) >= len(cases.ends) - 1:
        none, rows = np.zeros(0, np.int32), np.zeros(0, np.intp)
        return Past(day, attributes, none, none, none.astype(np.int8), rows, rows)
    row = model.partners.row(key)
    own = slice(int(cases.ends[row]), int(cases.ends[row + 1]))
    terms, case_of = _described(cases.described, cases.contexts[own])
    refused, accepted = cases.answers[row].tolist()
    return Past(
        day,
        attributes,
        cases.startups[own],
        cases.days[own],
        cases.outcomes[own],
        terms,
        case_of,
        requests=refused + accepted,
        accepted=accepted,
        declined=_counts(cases.declined, row),
    )


def _described(described: sp.csr_matrix, contexts: npt.NDArray[np.int32]) -> tuple[Rows, Rows]:
    """Columns of the chosen rows, one row after the other, and which of the chosen rows each is of."""
    first, end = described.indptr[contexts], described.indptr[contexts + 1]
    case_of = np.repeat(np.arange(len(contexts)), end - first)
    within = np.arange(len(case_of)) - np.repeat(np.cumsum(end - first) - (end - first), end - first)
    return described.indices[first[case_of] + within], case_of


def _counts(matrix: sp.csr_matrix, row: int) -> Mapping[int, int]:
    """The entries of one row, by column."""
    first, end = matrix.indptr[row : row + 2].tolist()
    columns, counts = (part[first:end].tolist() for part in (matrix.indices, matrix.data))
    return dict(zip(columns, map(int, counts), strict=True))


def tally(past: Past, among: Mask | None = None) -> Tally:
    """The startups of the cases `among` (None: of all)."""
    chosen = slice(None) if among is None else np.flatnonzero(among)
    startups, outcomes = past.startups[chosen], past.outcomes[chosen]
    met = outcomes >= _MET
    days = past.days[chosen][met]
    return Tally(
        met=_distinct(startups[met]),
        taken=_distinct(startups[outcomes >= _TAKEN]),
        asked=_distinct(startups),
        ago=max(0, past.today - int(days.max())) if len(days) else None,
    )


def within_year(past: Past) -> int:
    """How many startups it met in the year before today."""
    recent = (past.outcomes >= _MET) & (past.days > past.today - YEAR)
    return _distinct(past.startups[recent])


def _distinct(startups: npt.NDArray[np.int32]) -> int:
    return len(set(startups.tolist()))
