"""One partner's past as counts of startups: what sentences about its record are made of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.interactions import day_number
from matcher.model.cases import Outcome
from matcher.model.parameters import RoleModel
from matcher.vocabulary import Vocabulary

Mask = npt.NDArray[np.bool_]

YEAR = 365


@dataclass(frozen=True, slots=True)
class Past:
    """The n cases of one partner, as of `today` (days since 1970-01-01); none of one that is new.

    `described` CSR [n, attributes] over `attributes`; `requests` are those it was asked for and answered,
    `accepted` of them; `declined` counts the startups that it declined by attribute, CSR [1, attributes].
    """

    today: int
    attributes: Vocabulary
    startups: npt.NDArray[np.int32]
    days: npt.NDArray[np.int32]
    outcomes: npt.NDArray[np.int8]
    described: sp.csr_matrix
    requests: int = 0
    accepted: int = 0
    declined: sp.csr_matrix | None = None

    def having(self, terms: Iterable[str]) -> Mask:
        """Which cases have any of the attributes, [n]."""
        columns = self._columns(terms)
        return np.asarray(self.described[:, columns].sum(axis=1)).ravel() > 0

    def declined_with(self, term: str) -> int:
        """How many startups with the attribute it declined."""
        columns = self._columns([term])
        return int(self.declined[0, columns].sum()) if self.declined is not None else 0

    def _columns(self, terms: Iterable[str]) -> npt.NDArray[np.intp]:
        found = self.attributes.known(terms)
        return np.asarray(found[found < self.described.shape[1]])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many startups of a kind: `met` (or more), `taken` on among them, or at least `asked` for it; `ago`:
    days since the last that was met, None where none was."""

    met: int
    taken: int
    asked: int
    ago: int | None


def past_of(model: RoleModel, key: str, attributes: Vocabulary, today: dt.date) -> Past:
    """The past of the partner behind a key, as far as its role's model has heard of it."""
    cases, day = model.cases, day_number(today)
    if key not in model.partners or model.partners.row(key) >= len(cases.ends) - 1:
        none = np.zeros(0, np.int32)
        return Past(day, attributes, none, none, none.astype(np.int8), sp.csr_matrix((0, 0)))
    row = model.partners.row(key)
    own = slice(int(cases.ends[row]), int(cases.ends[row + 1]))
    refused, accepted = cases.answers[row].tolist()
    return Past(
        day,
        attributes,
        cases.startups[own],
        cases.days[own],
        cases.outcomes[own],
        cases.described[cases.contexts[own]],
        requests=refused + accepted,
        accepted=accepted,
        declined=cases.declined[row],
    )


def tally(past: Past, among: Mask | None = None) -> Tally:
    """The startups of the cases `among` (None: of all)."""
    chosen = np.ones(len(past.days), dtype=bool) if among is None else among
    met = chosen & (past.outcomes >= Outcome.MET)
    return Tally(
        met=_distinct(past.startups[met]),
        taken=_distinct(past.startups[chosen & (past.outcomes >= Outcome.TAKEN)]),
        asked=_distinct(past.startups[chosen]),
        ago=max(0, past.today - int(past.days[met].max())) if met.any() else None,
    )


def within_year(past: Past) -> int:
    """How many startups it met in the year before today."""
    recent = (past.outcomes >= Outcome.MET) & (past.days > past.today - YEAR)
    return _distinct(past.startups[recent])


def _distinct(startups: npt.NDArray[np.int32]) -> int:
    return len(np.unique(startups))
