"""Companions: whom each startup has dealt with, and which partners are met together."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family, family_of, stage_terms
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.model.parameters import Companions
from matcher.profiles import Profile
from matcher.vocabulary import Vocabulary
from training.deals import Deals

LEAST_FOLLOWED = 3
"""Startups whose round of one stage was followed by one of another, before it is expected of others."""
_ROUND = [Family.STAGE.value, Family.AMOUNT.value, Family.CURRENCY.value]
_INVESTED = TYPES.index(InteractionType.INVESTED)


def companions_of(
    deals: Deals, events: InteractionTable, profiles: Mapping[str, Profile], attributes: Vocabulary
) -> Companions:
    """What the deals tell of company. `events` may hold later ones: they are not looked at."""
    shape = (len(deals.startup_keys), len(deals.partner_keys))
    ones, weights = (_pairs(values, deals, shape) for values in (np.ones(len(deals)), deals.weights()))
    together = sp.csr_matrix(weights.T @ ones, dtype=np.float32)
    together.setdiag(0)
    together.eliminate_zeros()
    together.sort_indices()
    rounds = _rounds(events, deals, profiles, attributes)
    families = np.array([family_of(term) for term in attributes.terms], dtype=np.str_)
    return Companions(
        startups=deals.startup_keys,
        partners=ones,
        together=together,
        closed=_closed(rounds, shape[0], len(attributes)),
        asking=_asking(rounds, shape[0]),
        round_columns=np.flatnonzero(np.isin(families, _ROUND)).astype(np.int32),
    )


def _pairs(values: npt.NDArray[np.float64], deals: Deals, shape: tuple[int, int]) -> sp.csr_matrix:
    """The largest value of each startup's deals with each partner."""
    order = np.argsort(values, kind="stable")
    cells = deals.startups[order] * shape[1] + deals.partners[order]
    last = {int(cell): float(value) for cell, value in zip(cells, values[order], strict=True)}
    where = np.array(sorted(last), dtype=np.int64)
    data = np.array([last[cell] for cell in where.tolist()], dtype=np.float32)
    return sp.csr_matrix((data, (where // max(shape[1], 1), where % max(shape[1], 1))), shape=shape)


Rounds = list[tuple[int, int]]
"""Startup and column of the stage of each known round, in order of day."""


def _rounds(
    events: InteractionTable, deals: Deals, profiles: Mapping[str, Profile], attributes: Vocabulary
) -> Rounds:
    """The rounds that investments name, once for each startup and stage."""
    found: dict[tuple[int, int], None] = {}
    invested = (events.types == _INVESTED) & (events.days < deals.as_of) & (events.stages != "")
    for row in np.flatnonzero(invested):
        key = events.startups[row]
        if key in deals.startup_keys and key in profiles:
            for column in attributes.known(stage_terms(events.stages[row])[-1:]):
                found.setdefault((deals.startup_keys.row(key), int(column)))
    return list(found)


def _closed(rounds: Rounds, startups: int, attributes: int) -> sp.csr_matrix:
    rows, columns = np.array(sorted(rounds), dtype=np.intp).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(startups, attributes))


def _asking(rounds: Rounds, startups: int) -> npt.NDArray[np.int32]:
    """The stage that followed each startup's last one most often, where it did so for several startups."""
    last: dict[int, int] = {}
    followed: dict[int, Counter[int]] = defaultdict(Counter)
    for startup, stage in rounds:
        if startup in last:
            followed[last[startup]][stage] += 1
        last[startup] = stage
    asking = np.full(startups, -1, dtype=np.int32)
    for startup, stage in last.items():
        following = sorted(followed[stage].items(), key=lambda found: (-found[1], found[0]))
        if following and following[0][1] >= LEAST_FOLLOWED:
            asking[startup] = following[0][0]
    return asking
