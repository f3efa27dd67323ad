"""The plainest peers: everyone gets the partners that most startups, or most of their own kind, have had."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.vocabulary import Vocabulary
from training.quality.labels import indicators, parts
from training.quality.records import Profile, Records

Float64 = npt.NDArray[np.float64]
Segments = Callable[[Profile], list[str]]


def popularity(records: Records) -> Float64:
    """How many startups each candidate has had, the same for every query, [q, c]; NaN where none."""
    counts = np.asarray(chosen(records).sum(axis=0), dtype=np.float64).ravel()
    everyone = np.where(counts > 0, counts, np.nan)
    return np.broadcast_to(everyone, (len(records.queries), len(everyone)))


def popularity_within(records: Records, segments: Segments) -> Float64:
    """How many startups of the query's segments each candidate has had, [q, c].

    Ties, and queries of a segment that nobody knows, go by popularity among all.
    """
    member = indicators([segments(profile) for profile in records.startup_profiles], Vocabulary())
    inside = (member[records.asked] @ (member.T @ chosen(records))).toarray()
    everywhere = popularity(records)
    return np.asarray(inside + everywhere / (np.nan_to_num(everywhere).max(initial=0.0) + 1))


def industries(profile: Profile) -> list[str]:
    """The industries of a startup."""
    return parts(profile.get("industries", ""))


def region(profile: Profile) -> list[str]:
    """The region of a startup, down to the state or the city: two levels of its path."""
    path = parts(profile.get("region", ""), "/")[:2]
    return ["/".join(path)] if path else []


def chosen(records: Records) -> sp.csr_matrix:
    """1 where a startup has had a candidate, CSR [startups, candidates]; deals of a pair count once."""
    deals = records.events.positive()
    pairs = np.unique(np.stack([deals.startups, deals.partners]), axis=1)
    shape = (len(records.startups), len(records.candidates))
    return sp.csr_matrix((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=shape)
