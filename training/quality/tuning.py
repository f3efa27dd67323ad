"""Settings of peers, chosen on an earlier cut only: there the best nDCG@10 wins, the first of equals."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from training.measures.lists import best
from training.measures.metrics import hits_of, ndcg
from training.quality import collaborative, hybrid, warm
from training.quality.collaborative import Loss
from training.quality.records import Records, read_records

Setting = TypeVar("Setting")
Scores = npt.NDArray[np.floating]


def hybrid_setting(earlier: Path, *, warm_queries: bool) -> hybrid.Setting:
    """The LightFM setting for cold or for warm queries, by the task in the folder `earlier`."""
    cold, hot = _hybrid_figures(earlier)
    return _winner(hybrid.GRID, hot if warm_queries else cold)


@cache
def _hybrid_figures(earlier: Path) -> tuple[list[float], list[float]]:
    """What each setting reaches on cold and on warm queries: one fit serves both."""
    cold, hot = read_records(earlier), read_records(earlier, warm.QUERIES, warm.TRUTH)
    fits = [hybrid.hybrid(cold, setting, np.concatenate([cold.asked, hot.asked])) for setting in hybrid.GRID]
    n = len(cold.queries)
    return [figure(fit[:n], cold) for fit in fits], [figure(fit[n:], hot) for fit in fits]


def collaborative_setting(earlier: Path, loss: Loss) -> collaborative.Setting:
    """The setting of implicit's ALS or BPR, by the warm task in the folder `earlier`."""
    records = read_records(earlier, warm.QUERIES, warm.TRUTH)
    return chosen_by(
        lambda setting: figure(collaborative.collaborative(records, loss, setting), records),
        collaborative.GRIDS[loss],
    )


def chosen_by(worth: Callable[[Setting], float], settings: Sequence[Setting]) -> Setting:
    """The setting of most worth, the first of equals."""
    return _winner(settings, [worth(setting) for setting in settings])


def figure(scores: Scores, records: Records) -> float:
    """Mean nDCG@10 of the lists that scores [q, c] give."""
    hits = hits_of(best(scores, records.allowed), records.truth)
    return float(ndcg(hits, records.truth.sum(axis=1)).mean())


def _winner(settings: Sequence[Setting], figures: Sequence[float]) -> Setting:
    return settings[int(np.argmax(figures))]
