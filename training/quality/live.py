"""The live model of a home through the library, in process: its signals and its probabilities."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.encoding.encoder import UniversalSentenceEncoder
from matcher.interactions import qualified
from matcher.matching.pool import Pool
from matcher.matching.scoring import log_odds, sigmoid, two_sided
from matcher.matching.sides import PartnerSide, StartupSide
from matcher.matching.signal_matrix import signal_matrix
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.combination import EXPERT_PRIOR, SIGNALS, Combination, by_signal
from matcher.model.registry import Registry
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store import Store
from matcher.vocabulary import Rows
from training.quality.records import Records

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

SCORE, HALVES = "score", ("p_startup", "p_partner")

_ORGANISATION = "default"
_PRIOR = np.array([term.startup + term.partner for term in EXPERT_PRIOR.values()])
_AT_ONCE = 50
"""So many queries' columns are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Some queries and all candidates of one role: `where` they stand in [q, c], and their columns."""

    role: Role
    where: tuple[npt.NDArray[np.intp], ...]
    columns: Float32


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    """The store of a home, closed at the end."""
    store = Store(f"sqlite:///{(home / 'bole.db').absolute()}")
    try:
        yield store
    finally:
        store.close()


def snapshot_of(home: Path, today: dt.date) -> Snapshot:
    """What `bole match` would answer from in this home on a day."""
    with opened(home) as store:
        model = Registry(str((home / "models").absolute())).live_model()
        return take_snapshot(Sources(store, UniversalSentenceEncoder()), model, today)


def signal_scores(snapshot: Snapshot, records: Records) -> dict[str, Float32]:
    """What each signal adds to both log-odds of every query and candidate, [q, c] each; NaN is unknown."""
    return _by_name(snapshot, records, lambda learned: learned.startup + learned.partner)


def prior_scores(snapshot: Snapshot, records: Records) -> dict[str, Float32]:
    """The same with the weights of the expert prior in place of what was learned."""
    return _by_name(snapshot, records, lambda _: _PRIOR)


def _by_name(
    snapshot: Snapshot, records: Records, weights: Callable[[Combination], Float64]
) -> dict[str, Float32]:
    found = {name: np.full(records.truth.shape, np.nan, np.float32) for name in SIGNALS}
    for block in _blocks(snapshot, records):
        combination = snapshot.context.knowledge[block.role].model.combination
        points = by_signal(combination.standardise(block.columns) * weights(combination))
        known = by_signal(np.isfinite(block.columns).astype(np.float64)) > 0
        for place, name in enumerate(SIGNALS):
            found[name][block.where] = np.where(known[..., place], points[..., place], np.nan)
    return found


def probabilities(snapshot: Snapshot, records: Records) -> dict[str, Float64]:
    """The score and its two halves of every query and candidate by name, [q, c] each, in 0…1."""
    found = {name: np.full(records.truth.shape, np.nan) for name in (SCORE, *HALVES)}
    for block in _blocks(snapshot, records):
        halves = log_odds(block.columns, snapshot.context.knowledge[block.role].model.combination)
        found[SCORE][block.where] = two_sided(halves)
        for name, half in zip(HALVES, (halves.startup, halves.partner), strict=True):
            found[name][block.where] = sigmoid(half)
    return found


def _blocks(snapshot: Snapshot, records: Records) -> Iterator[_Block]:
    startups = _rows(snapshot, Role.STARTUP, records.queries.terms)
    for role in PARTNER_ROLES:
        places, partners = _present(snapshot, role, records.candidates.terms)
        for start in range(0, len(startups) if len(places) else 0, _AT_ONCE):
            chunk = np.arange(start, min(start + _AT_ONCE, len(startups)))
            columns = _columns(snapshot, role, startups[chunk], partners)
            yield _Block(role, np.ix_(chunk, places), columns)


def _columns(snapshot: Snapshot, role: Role, startups: Rows, partners: Rows) -> Float32:
    one, other = (_pool(snapshot, side).sides[role] for side in (Role.STARTUP, role))
    if not (isinstance(one, StartupSide) and isinstance(other, PartnerSide)):
        raise TypeError("a pool of startups meets one of partners")
    context = snapshot.context
    return signal_matrix(one.take(startups), other.take(partners), context.knowledge[role], context.space)


def _pool(snapshot: Snapshot, role: Role) -> Pool:
    """The one pool that a snapshot just taken has for each role."""
    (pool,) = snapshot.pools[role]
    return pool


def _present(snapshot: Snapshot, role: Role, ids: Sequence[str]) -> tuple[Rows, Rows]:
    """Which of the ids are of this role: their places among the ids, and their rows in its pool."""
    rows = _rows(snapshot, role, ids)
    places = np.flatnonzero(rows >= 0)
    return places, rows[places]


def _rows(snapshot: Snapshot, role: Role, ids: Sequence[str]) -> Rows:
    return _pool(snapshot, role).keys.rows((qualified(_ORGANISATION, id_) for id_ in ids), unknown=-1)
