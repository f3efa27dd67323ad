"""The store as it was on a day of the past: what a snapshot of that day would have been taken from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import VectorStore
from matcher.interactions import InteractionTable
from matcher.profiles import Profile
from matcher.store.values import Changes

_ONLY = 1


@dataclass(frozen=True, slots=True)
class PastStore:
    """Profiles and the interactions up to a day, with the real store's vectors. It never changes."""

    profiles: Sequence[Profile]
    interactions: InteractionTable
    cache: VectorStore

    def revision(self) -> int:
        """The one revision there is."""
        return _ONLY

    def changes_since(self, revision: int) -> Changes:
        """Everything since 0; since the one revision, nothing."""
        if revision >= _ONLY:
            return Changes(_ONLY, [], [], self.interactions.take(np.zeros(0, dtype=np.intp)))
        return Changes(_ONLY, list(self.profiles), [], self.interactions)

    def keys(self) -> set[str]:
        """The keys of the profiles."""
        return {profile.key for profile in self.profiles}

    def vectors(self, encoder: str, hashes: Sequence[bytes]) -> Mapping[bytes, npt.NDArray[np.float16]]:
        """See `VectorStore.vectors`."""
        return self.cache.vectors(encoder, hashes)

    def put_vectors(self, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float16]]) -> None:
        """See `VectorStore.put_vectors`."""
        self.cache.put_vectors(encoder, vectors)
