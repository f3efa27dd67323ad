"""Several pools of one role as one: what was fresh is folded into the large pool, nothing is read again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from matcher.features.table import stacked
from matcher.matching.pool import Pool
from matcher.profiles import Profile
from matcher.vocabulary import Rows, Vocabulary


def joined(pools: Sequence[Pool]) -> Pool:
    """All who count in any of the pools (at least one) as one pool, in the order of their keys.

    Where one pool holds them all and nobody else, it is that one; else sides and search are to be made
    (see `pool.made_ready`).
    """
    peopled = [pool for pool in pools if pool.present.any()] or list(pools[:1])
    if len(peopled) == 1 and peopled[0].present.all():
        return peopled[0]
    keys = [key for pool in peopled for key in pool.keys.terms]
    here = np.flatnonzero(np.concatenate([pool.present for pool in peopled]))
    return _taken(peopled, np.array(sorted(here.tolist(), key=keys.__getitem__), dtype=np.intp))


def _taken(pools: Sequence[Pool], rows: Rows) -> Pool:
    """The pool of the chosen rows of all pools, one after the other."""
    everyone = [profile for pool in pools for profile in pool.profiles]
    profiles: list[Profile] = [everyone[row] for row in rows.tolist()]
    organisations = Vocabulary(profile.organisation for profile in profiles)
    places = _places(pools, rows)
    return Pool(
        profiles=profiles,
        keys=Vocabulary(profile.key for profile in profiles),
        table=stacked([pool.table for pool in pools]).take(rows),
        present=np.ones(len(rows), dtype=bool),
        active=np.concatenate([pool.active for pool in pools])[rows],
        deploying=np.concatenate([pool.deploying for pool in pools])[rows],
        organisations=organisations,
        owners=organisations.rows((profile.organisation for profile in profiles), unknown=-1),
        shared=np.concatenate([pool.shared for pool in pools])[rows],
        room=np.concatenate([pool.room for pool in pools])[rows],
        refusals=_moved([pool.refusals for pool in pools], places),
        names=_moved([pool.names for pool in pools], places),
        sides={},
        search={},
    )


def _places(pools: Sequence[Pool], rows: Rows) -> list[list[int]]:
    """Where each row of each pool comes to stand among the chosen, −1 where it is not chosen."""
    places = np.full(sum(map(len, pools)), -1)
    places[rows] = np.arange(len(rows))
    ends = np.cumsum([len(pool) for pool in pools])[:-1]
    return [part.tolist() for part in np.split(places, ends)]


def _moved(
    mappings: Sequence[Mapping[str, Sequence[int]]], places: Sequence[Sequence[int]]
) -> Mapping[str, Sequence[int]]:
    """The mappings as one, each row at its new place; those at −1 are left out."""
    moved: dict[str, list[int]] = defaultdict(list)
    for mapping, place in zip(mappings, places, strict=True):
        for name, rows in mapping.items():
            if kept := [place[row] for row in rows if place[row] >= 0]:
                moved[name] += kept
    return moved
